extension Term {
  /// What an entry hands back to one of its operands, in the adjoint of the entry, as it is told.
  ///
  /// For numbers it is `adjoint · partial`, also where the partial is 1. For arrays it is the rule,
  /// summed where the operand was stretched.
  ///
  /// - Parameter bar: the adjoint of the entry, where it is not to be called by its name.
  static func contribution(
    of source: Slot, to index: Int, in list: List, bar: Term? = nil
  ) throws(ShapeMismatch) -> Term? {
    let slots = list.operands(source)
    guard slots.indices.contains(index) else { return nil }
    var scene = Scene(source, in: list)
    scene.bar = bar ?? scene.bar
    if scene.isScalar, let partial = list.partial(of: source, to: index) {
      return try .apply(.mul, [scene.bar, scene.write(partial)])
    }
    if let words = inWords(of: source, to: index, bar: scene.bar, in: list) { return words }
    guard let formula = list.contribution(of: source, to: index) else { return nil }
    return try scene.write(formula).inTextbookWords.summed(to: list.shape(slots[index]))
  }

  /// What an entry hands back to one of its operands, in the operations of the sweep.
  static func pullback(
    of source: Slot, to index: Int, in list: List
  ) throws(ShapeMismatch) -> Term? {
    guard let amount = try amount(of: source, to: index, in: list) else { return nil }
    let shape = list.shape(list.operand(source, index))
    guard amount.shape != shape else { return amount }
    let isSmaller = amount.shape.broadcast(shape) == shape
    return try .apply(isSmaller ? .broadcast : .sumto, [amount], shape.extents)
  }

  /// The tangent that an operand's tangent gives an entry.
  ///
  /// - Parameter change: the operand's tangent, where it is not to be called by its name.
  static func pushforward(
    of source: Slot, from index: Int, in list: List, change: Term? = nil
  ) throws(ShapeMismatch) -> Term? {
    let operand = list.operand(source, index)
    var scene = Scene(source, in: list)
    scene.bar = change ?? Term(.tangent(operand), list.shape(operand))
    if scene.isScalar, let partial = list.partial(of: source, to: index) {
      return try .apply(.mul, [scene.write(partial), scene.bar])
    }
    if let words = inWords(of: source, from: index, change: scene.bar, in: list) { return words }
    let formulas = list.primitive(source).pushes(list.ruleOperands(source))
    guard formulas.indices.contains(index), let formula = formulas[index] else { return nil }
    return try scene.write(formula).inTextbookWords
  }

  private static func amount(
    of source: Slot, to index: Int, in list: List
  ) throws(ShapeMismatch) -> Term? {
    guard let formula = list.contribution(of: source, to: index) else { return nil }
    return try Scene(source, in: list).write(formula)
  }

  /// What the formulas of one entry speak of.
  private struct Scene {
    let operands: [Term]
    let result: Term
    var bar: Term

    init(_ source: Slot, in list: List) {
      operands = list.operands(source).map { .value($0, in: list) }
      result = .value(source, in: list)
      bar = Term(.adjoint(source), list.shape(source))
    }

    var isScalar: Bool { bar.shape.isScalar && operands.allSatisfy(\.shape.isScalar) }

    func write(_ formula: Formula) throws(ShapeMismatch) -> Term {
      try Term(
        formula.knowing(operands.map(\.number)), operands: operands, result: result, bar: bar)
    }
  }

  /// The sum of some, of many as a sum of two halves, so that it does not nest deep.
  static func sum(_ terms: [Term]) throws(ShapeMismatch) -> Term {
    guard terms.count > 8 else {
      var whole: Term?
      for term in terms { whole = try sum(whole, term) }
      return whole ?? .number(0)
    }
    let middle = terms.count / 2
    return try sum(sum(Array(terms[..<middle])), sum(Array(terms[middle...])))
  }

  /// The sum of two, or the second where there is no first.
  static func sum(_ known: Term?, _ part: Term) throws(ShapeMismatch) -> Term {
    guard let known else { return part }
    return try .apply(.add, [known, part])
  }

  /// Sums of rows and columns by their own names.
  var inTextbookWords: Term {
    guard case .apply(let row, let parts, let statics) = kind else { return self }
    let written = parts.map(\.inTextbookWords)
    if row == .sum, let part = written.first, part.shape.rank == 2, statics.last == 1 {
      if statics[0] == 1 || statics[0] == -1 { return Term(.apply(.rowsum, written, []), shape) }
      if statics[0] == 0 || statics[0] == -2 { return Term(.apply(.colsum, written, []), shape) }
    }
    if row == .sum, let part = written.first, part.shape.rank == 1 {
      return Term(.apply(.sum, written, [Argument.noAxis, 0]), shape)
    }
    if row == .sumto, let part = written.first {
      return (try? part.summed(to: shape)) ?? self
    }
    return Term(.apply(row, written, statics), shape)
  }

  /// The sum over the axes along which an operand was stretched, or the value stretched to a shape.
  private func summed(to target: Shape) throws(ShapeMismatch) -> Term {
    if shape == target { return self }
    if shape.broadcast(target) == target { return try .apply(.broadcast, [self], target.extents) }
    if target.isScalar { return try .apply(.sum, [self], [Argument.noAxis, 0]) }
    if shape.rank == 2, target == Shape([1, shape[1]]) { return try .apply(.colsum, [self]) }
    if shape.rank == 2, target == Shape([shape[0], 1]) { return try .apply(.rowsum, [self]) }
    return try .apply(.sumto, [self], target.extents)
  }
}

extension List {
  /// The entries that hold what an entry computes: the parts of a loop or branch, else itself.
  func results(of slot: Slot) -> [Slot] {
    guard self[slot].code == Code.loop || self[slot].code == Code.branch else { return [slot] }
    return ((slot.place + 1)..<count).map { Slot($0) }.filter { part in
      primitive(part).isPart && operand(part, 0) == slot
    }
  }

  /// The partial of an entry, as a formula of its rule; nil where the rule is no list of partials.
  func partial(of source: Slot, to index: Int) -> Formula? {
    let partials: [Formula?]
    switch primitive(source).rule {
    case .partials(let rule), .singularPartials(let rule): partials = rule(ruleOperands(source))
    default:
      guard case .custom(let custom)? = structure(source), custom.parts.indices.contains(index),
        let part = custom.parts[index], part.isPartial
      else { return nil }
      return Formula(part.list, operandCount: custom.parameterNames.count)
    }
    return partials.indices.contains(index) ? partials[index] : nil
  }

  /// What an entry hands back to one of its operands, as a formula of its rule.
  func contribution(of source: Slot, to index: Int) -> Formula? {
    guard case .custom(let custom)? = structure(source) else {
      let formulas = primitive(source).contributions(ruleOperands(source))
      return formulas.indices.contains(index) ? formulas[index] : nil
    }
    guard custom.parts.indices.contains(index), let part = custom.parts[index],
      let formula = Formula(part.list, operandCount: custom.parameterNames.count)
    else { return nil }
    return part.isPartial ? .bar * formula : formula
  }
}

extension Primitive {
  /// Whether its entries read a part of a loop or branch.
  var isPart: Bool {
    [Primitive.final, .last, .stacked, .history, .turns, .arm].contains(self)
  }
}

extension Formula {
  /// The formula with operands that are numbers put in, simplified.
  func knowing(_ numbers: [Double?]) -> Formula {
    substituting { index in
      let value = numbers.indices.contains(index) ? numbers[index] : nil
      return value.map(Formula.number) ?? .operand(index)
    }
  }

  /// The formula that a body computes, its parameters being operands, the result and its adjoint;
  /// nil where it would be very long.
  init?(_ body: List, operandCount: Int, limit: Int = 200) {
    guard let root = body.results.first else { return nil }
    var formulas: [Formula] = []
    var sizes: [Int] = []
    for place in 0..<body.count {
      let slot = Slot(place)
      let operands = body.operands(slot)
      var size = 1
      for operand in operands { size += sizes[operand.place] }
      sizes.append(size)
      if let value = body.number(slot) {
        formulas.append(.number(value))
      } else if body[slot].code == Code.parameter {
        let number = Int(body[slot].a)
        formulas.append(
          number < operandCount ? .operand(number) : number == operandCount ? .result : .bar)
      } else if !body.primitive(slot).isInternal, size <= limit {
        formulas.append(
          .apply(
            body.primitive(slot), operands.map { formulas[$0.place] }, body.statics(slot)))
      } else {
        return nil
      }
    }
    self = formulas[root.place]
  }
}
