/// Complex numbers, their real and imaginary parts as entries.
struct ComplexNumbers: NumberSystem {
  let extent = 1
  /// The error is of the eighth power of the imaginary part.
  let newtonSteps = 3
  let movesBase = true
  /// The first entry that is no function of a complex number.
  private(set) var refused: WrittenEntry?

  mutating func append(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], to list: inout List
  ) throws(ShapeMismatch) -> Extended {
    let analytic = row.analytic
    let isChosen = operands.indices.allSatisfy {
      operands[$0].isReal || !row.isDifferentiable(operand: $0)
    }
    if !isChosen, !analytic.isStep {
      switch row.linearity {
      case .separately: return try multiply(row, operands, statics, in: &list)
      case .jointly: return try applyToComponents(row, operands, statics, in: &list)
      case .flat: break
      case .none:
        if let composed = try compose(row, operands, statics, in: &list) { return composed }
        if let pairs = analytic.pairs {
          return try append(pairs, row, operands, statics, in: &list)
        }
      }
    }
    if analytic.isStep || (!isChosen && row.linearity == .none) { refuse(row, in: list) }
    return try applyToBases(row, operands, statics, in: &list)
  }

  private mutating func refuse(_ row: Primitive, in list: List) {
    if refused == nil { refused = WrittenEntry(operation: row.name, span: list.span) }
  }

  /// Appends an operation that is linear in each operand: the sum over all choices of parts.
  private func multiply(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    let complex = operands.indices.filter {
      row.isDifferentiable(operand: $0) && !operands[$0].isReal
    }
    var sums: [Slot?] = [nil, nil]
    for choice in 0..<(1 << complex.count) {
      var parts = operands.map(\.base)
      for (bit, place) in complex.enumerated() where choice >> bit & 1 == 1 {
        parts[place] = operands[place][1] ?? parts[place]
      }
      let term = try list.append(row, parts, statics)
      let power = choice.nonzeroBitCount
      guard let sum = sums[power % 2] else {
        sums[power % 2] = power % 4 < 2 ? term : try list.append(.neg, [term])
        continue
      }
      sums[power % 2] = try list.append(power % 4 < 2 ? .add : .sub, [sum, term])
    }
    return Extended(sums[0] ?? list.appendNumber(0), [sums[1]])
  }

  /// Appends a form of pairs; equal formulas in it are one entry.
  private func append(
    _ form: ([Pair], Operands) -> Pair, _ row: Primitive, _ operands: [Extended],
    _ statics: [Int], in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    let o = try row.composition(operands, statics, in: list).o
    let pairs = operands.enumerated().map { place, operand in
      Pair(
        list.number(operand.base).map { .number($0) } ?? .operand(2 * place),
        operand[1].map { _ in .operand(2 * place + 1) })
    }
    let value = form(pairs, o)
    let slots = operands.flatMap { [$0.base, $0[1] ?? $0.base] }
    var known: [Formula: Slot] = [:]
    let base = try list.append(value.re, slots, &known, shape: o.resultShape)
    return Extended(
      base,
      try value.im.map { im throws(ShapeMismatch) in
        [try list.append(im, slots, &known, shape: o.resultShape)]
      } ?? [])
  }
}

extension List {
  /// Appends a formula, equal parts once, stretched to a shape.
  fileprivate mutating func append(
    _ formula: Formula, _ operands: [Slot], _ known: inout [Formula: Slot], shape: Shape
  ) throws(ShapeMismatch) -> Slot {
    let slot = try append(formula, operands, &known)
    return self.shape(slot) == shape ? slot : try append(.broadcast, [slot], shape.extents)
  }

  private mutating func append(
    _ formula: Formula, _ operands: [Slot], _ known: inout [Formula: Slot]
  ) throws(ShapeMismatch) -> Slot {
    switch formula {
    case .operand(let index): return operands[index]
    case .number(let value): return appendNumber(value)
    case .result, .bar: return appendNumber(.nan)
    case .apply(let row, let parts, let statics):
      if let slot = known[formula] { return slot }
      var slots: [Slot] = []
      for part in parts { slots.append(try append(part, operands, &known)) }
      let slot = try append(row, slots, statics)
      known[formula] = slot
      return slot
    }
  }
}
