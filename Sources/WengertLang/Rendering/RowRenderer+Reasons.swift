/// Why the rule of a row is right: read off its kernel, its rule and its own lines of proof.
extension RowRenderer {
  /// Which shapes the row takes, and what comes out.
  func shapes(of row: Primitive) -> String {
    if row.isElementwise { return "any that stretch to one shape, which the result has" }
    var seen: [String] = []
    for trial in row.domain.shapes where trial.operands.count > 0 {
      guard let result = try? row.shape.infer(trial.operands, trial.statics) else { continue }
      let operands = trial.operands.map { $0.isScalar ? "number" : $0.description }
      let told = result.isScalar ? "number" : result.description
      let line = "\(operands.joined(separator: ", ")) → \(told)"
      if !seen.contains(line) { seen.append(line) }
    }
    if seen.isEmpty { return "numbers" }
    return "such as " + seen.prefix(4).joined(separator: "; ")
  }

  /// The proof, line by line: how the result changes, what follows for the adjoints, and the
  /// numbers at a point.
  func reasons(for row: Primitive) -> [(String, Markup)] {
    let scene = Scene(row)
    var lines: [Markup] = row.proof.map { Markup($0) }
    switch row.rule {
    case .flat:
      lines.append("Small changes leave the result as it is, except where it jumps: slope 0.")
    case .structural: return []
    case .partials, .singularPartials:
      if lines.isEmpty { lines = scene.quotients }
    case .multilinear, .general: lines = scene.changes + lines + scene.transposition
    }
    if case .singularPartials = row.rule {
      lines.append("Where the slope is infinite, the sweep takes 0 times it for 0.")
    }
    var rows = lines.enumerated().map { ($0 == 0 ? "proof" : "", $1) }
    if let check = scene.check { rows.append(("checked", check)) }
    return rows
  }
}

extension RowRenderer.Scene {
  /// The definition of each partial derivative: the limit of a quotient, and what the rule says.
  fileprivate var quotients: [Markup] {
    zip(operands.indices, rules).compactMap { index, rule in
      guard let result, let quotient = try? quotient(of: result, by: index) else { return nil }
      var line = Markup("The limit of ") + writer.write(quotient)
      line += Markup(" as h goes to 0: ") + rule.1
      return line
    }
  }

  private func quotient(of result: Term, by index: Int) throws(ShapeMismatch) -> Term {
    var shifted = operands
    shifted[index] = try .apply(.add, [operands[index], Self.step])
    let change = try Term.apply(.sub, [.apply(row, shifted, statics), result])
    return try .apply(.div, [change, Self.step])
  }

  /// How the result changes with its operands, where that is a short formula.
  fileprivate var changes: [Markup] {
    guard let result, let facts else { return [] }
    var change = Markup()
    for (index, formula) in row.pushes(facts).enumerated() {
      let tangent = Term(.tangent(Slot(index)), operands[index].shape)
      guard let formula,
        let term = try? Term(formula, operands: operands, result: result, bar: tangent)
      else { continue }
      change += Markup(change.isEmpty ? "The result changes by " : " + ")
      change += writer.write(term.inTextbookWords)
    }
    return change.isEmpty || change.width > 90 ? [] : [change]
  }

  /// That the adjoint of an operand is the transpose of what its change adds.
  fileprivate var transposition: [Markup] {
    guard let rule = rules.first else { return [] }
    let name = String(rule.0.dropFirst(4))
    let (bar, change) = ("⟨bar \(name), d\(name)⟩", "⟨bar, what d\(name) adds⟩")
    let line = "bar \(name) makes the sums of products \(bar) and \(change)"
    return [Markup(line + " agree for every d\(name).")]
  }

  /// The rule beside a central difference, at a point of the domain.
  fileprivate var check: Markup? {
    let formulas: [Formula?]
    switch row.rule {
    case .partials(let rule), .singularPartials(let rule):
      guard let facts else { return nil }
      formulas = rule(facts)
    default: return nil
    }
    guard operands.allSatisfy(\.shape.isScalar), let last = row.domain.samples.last else {
      return nil
    }
    let point = operands.indices.map { index in
      let range = row.domain.samples.indices.contains(index) ? row.domain.samples[index] : last
      let share = index == 0 ? 0.7 : 0.6
      let value = range.lowerBound + share * (range.upperBound - range.lowerBound)
      return (value * 100).rounded() / 100
    }
    guard let value = row.kernel.scalarValue(point) else { return nil }
    var slopes: [String] = []
    for (index, formula) in formulas.enumerated() {
      let number = formula?.substituting(
        operand: { .number(point[$0]) }, result: .number(value)
      ).number
      guard let number, let quotient = difference(at: point, by: index) else { continue }
      let name = row.operandNames[index]
      slopes.append(
        "d/d\(name) = \(NumberFormat.significant(number)), "
          + "by a central difference \(NumberFormat.significant(quotient))")
    }
    guard !slopes.isEmpty else { return nil }
    let place = zip(row.operandNames, point).map { "\($0) = \(NumberFormat.significant($1))" }
    return Markup("at \(place.joined(separator: ", ")): \(slopes.joined(separator: "; "))")
  }

  private func difference(at point: [Double], by index: Int) -> Double? {
    let step = 0x1p-17
    var (above, below) = (point, point)
    above[index] += step
    below[index] -= step
    guard let high = row.kernel.scalarValue(above), let low = row.kernel.scalarValue(below) else {
      return nil
    }
    return (high - low) / (2 * step)
  }
}
