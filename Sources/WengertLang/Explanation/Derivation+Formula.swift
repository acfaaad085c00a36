/// The derivation in one formula, rewritten step by step.
extension Derivation {
  /// Writes the steps; false where they would be too many, or too long.
  ///
  /// - Parameter opensAll: whether entries are opened too that do not depend on the target.
  mutating func writeFormula(opensAll: Bool) throws(ShapeMismatch) -> Bool {
    mode = .formula
    let left = derivative(output)
    guard activity[output] else {
      steps = [Step(left: left, forms: [.number(0)], reason: .words(independence))]
      parts.append((left, .number(0)))
      return true
    }
    var whole = left
    var written: [Step] = []
    while let (next, reason) = try rewritten(whole, opensAll) {
      whole = next
      written.append(Step(left: left, forms: [whole], reason: reason))
      let limit = opensAll ? Self.wholeLimit : Self.stepLimit
      guard written.count <= limit, whole.size <= Self.lengthLimit, !Kernel.isStopped else {
        return false
      }
    }
    let settled = whole.replacing { kind in
      guard case .derivative(let term, _) = kind, case .value(let slot) = term.kind else {
        return nil
      }
      return .number(slot == target ? 1 : 0)
    }
    if settled != whole || written.isEmpty {
      written.append(
        Step(
          left: left, forms: [settled],
          reason: .words(
            opensAll
              ? "da/da = 1 and da/db = 0 for inputs a, b"
              : "da/da = 1 and da/db = 0 where a does not depend on b")))
    }
    steps = written
    finish(settled, left)
    return true
  }

  /// The last lines: the formula simplified in names, then in the inputs.
  mutating func finish(_ whole: Term, _ left: Term) {
    let names = factorByFactor(whole)
    let inputs = simplified(closed(whole, keepingNames: false))
    parts.append((left, inputs))
    var forms: [Term] = [names, inputs]
    forms.removeAll { $0 == steps.last?.forms.last }
    if forms.count == 2, forms[0] == forms[1] { forms.removeFirst() }
    guard let shown = forms.last else { return }
    let isSum = shown.isSum
    steps.append(
      Step(
        left: left, forms: forms,
        reason: .words(
          simplifier == nil ? "in the inputs" : isSum ? "collected" : "simplified")))
  }

  /// A product simplified in each of its factors, as one would do it first: `2 z2 · 2`.
  private func factorByFactor(_ term: Term) -> Term {
    guard case .apply(let row, let factors, let statics) = term.kind, row == .mul else {
      return simplified(term)
    }
    return Term(.apply(row, factors.map { simplified($0) }, statics), term.shape)
  }

  /// The formula with the first derivative that can be worked out, worked out by one step.
  private func rewritten(
    _ term: Term, _ opensAll: Bool
  ) throws(ShapeMismatch) -> (Term, Reason)? {
    switch term.kind {
    case .derivative(let inner, let slot):
      if case .value(let entry) = inner.kind { return try opened(entry, opensAll) }
      return try ruled(inner, by: slot)
    case .apply(let row, var parts, let statics):
      for place in parts.indices {
        guard let (part, reason) = try rewritten(parts[place], opensAll) else { continue }
        parts[place] = part
        return (Term(.apply(row, parts, statics), term.shape), reason)
      }
      return nil
    default: return nil
    }
  }

  /// `dz2/dx1` with what z2 is: `d(z1 + x2)/dx1`, or by the chain rule where it has one operand.
  private func opened(
    _ slot: Slot, _ opensAll: Bool
  ) throws(ShapeMismatch) -> (Term, Reason)? {
    guard slot != target, opensAll || activity[slot], let entry = Term.entry(slot, in: list) else {
      return nil
    }
    let operands = list.operands(slot).filter { list.number($0) == nil }
    if list.primitive(slot).identity.sum == [1], let operand = operands.first {
      return (derivative(operand), .definitions([slot]))
    }
    if operands.count == 1, operands[0] != target {
      let outer = Term(.derivative(entry, by: operands[0]), .scalar)
      return (try .apply(.mul, [outer, derivative(operands[0])]), .definitions([slot]))
    }
    return (Term(.derivative(entry, by: target), .scalar), .definitions([slot]))
  }

  /// The derivative of one operation, by its row.
  private func ruled(_ term: Term, by slot: Slot) throws(ShapeMismatch) -> (Term, Reason)? {
    guard case .apply(let row, let operands, let statics) = term.kind else { return nil }
    let scene = Operands(
      shapes: operands.map(\.shape), resultShape: term.shape, statics: statics)
    let formal = operands.enumerated().map { place, operand in
      operand.number == nil ? Term(.value(Slot(-1 - place)), .scalar) : operand
    }
    let whole = Term(.apply(row, formal, statics), term.shape)
    let isOne = operands.count { $0.number == nil } == 1
    var sum: Term?
    var rules: [(derivative: Term, value: Term)] = []
    for place in operands.indices where operands[place].number == nil {
      guard case .value(let operand) = operands[place].kind else { continue }
      let change = isOne ? Term.number(1) : derivative(operand)
      guard
        let part = try Self.slope(row, scene, place, operands, term, change)
      else { continue }
      sum = try Term.sum(sum, part)
      let one = Term.number(1)
      if let rule = try Self.slope(row, scene, place, formal, whole, one) {
        rules.append((Term(.derivative(whole, by: Slot(-1 - place)), .scalar), rule))
      }
    }
    if rules.isEmpty { rules = [(Term(.derivative(whole, by: Slot(-1)), .scalar), .number(0))] }
    return (sum ?? .number(0), .rules(rules))
  }

  /// What the change of one operand gives: `partial · change`; the partial alone for a change of 1.
  private static func slope(
    _ row: Primitive, _ scene: Operands, _ place: Int, _ operands: [Term], _ result: Term,
    _ change: Term
  ) throws(ShapeMismatch) -> Term? {
    func write(_ formula: Formula, _ bar: Term) throws(ShapeMismatch) -> Term {
      try Term(
        formula.knowing(operands.map(\.number)), operands: operands, result: result, bar: bar)
    }
    switch row.rule {
    case .partials(let rule), .singularPartials(let rule):
      let partials = rule(scene)
      guard partials.indices.contains(place), let partial = partials[place] else { return nil }
      let factor = try write(partial, change)
      return change.number == 1 ? factor : try .apply(.mul, [factor, change])
    default:
      let pushes = row.pushes(scene)
      guard pushes.indices.contains(place), let push = pushes[place] else { return nil }
      return try write(push, change)
    }
  }
}
