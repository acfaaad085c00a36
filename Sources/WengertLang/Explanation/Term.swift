/// A formula over the entries of one list, every operation resolved and every part with its shape.
struct Term: Hashable, Sendable {
  /// What a formula is made of.
  indirect enum Kind: Hashable, Sendable {
    /// The value of an entry.
    case value(Slot)
    /// The adjoint of an entry.
    case adjoint(Slot)
    /// The tangent of an entry.
    case tangent(Slot)
    /// The derivative of a formula by an entry, not worked out: `dz2/dx1`, `d(z1 + x2)/dx1`.
    case derivative(Term, by: Slot)
    /// The derivative of an operation of one operand, by its name: `sigmoid'(Z1)`.
    case slope(Primitive, Term)
    /// A value that a program makes beforehand, counted from 1.
    case local(Int)
    case number(Double)
    case apply(Primitive, [Term], [Int])
    /// What the language has no formula for, in words and other formulas.
    case phrase([Piece])
  }

  /// A piece of a phrase.
  enum Piece: Hashable, Sendable {
    case text(String)
    case term(Term)
  }

  let kind: Kind
  let shape: Shape

  init(_ kind: Kind, _ shape: Shape) {
    self.kind = kind
    self.shape = shape
  }

  /// A number.
  static func number(_ value: Double) -> Term { Term(.number(value), .scalar) }

  /// The value of an entry; a written-out number is itself.
  static func value(_ slot: Slot, in list: List) -> Term {
    list.number(slot).map(number) ?? Term(.value(slot), list.shape(slot))
  }

  /// An operation; what it becomes for arrays and its shape are found as when a list is written.
  static func apply(
    _ primitive: Primitive, _ operands: [Term], _ statics: [Int] = []
  ) throws(ShapeMismatch) -> Term {
    var row = primitive
    if let forArrays = row.forArrays, !operands.contains(where: \.shape.isScalar) {
      row = forArrays()
    }
    let shape = try row.shape.infer(operands.map(\.shape), statics)
    return Term(.apply(row, operands, statics), shape)
  }

  /// A formula of a rule, its operands standing for other formulas.
  init(
    _ formula: Formula, operands: [Term], result: Term, bar: Term
  ) throws(ShapeMismatch) {
    switch formula {
    case .operand(let index) where operands.indices.contains(index): self = operands[index]
    case .operand: throw ShapeMismatch("a rule speaks of an operand that is not there")
    case .result: self = result
    case .bar: self = bar
    case .number(let value): self = .number(value)
    case .apply(let primitive, let parts, let statics):
      var written: [Term] = []
      for part in parts {
        written.append(try Term(part, operands: operands, result: result, bar: bar))
      }
      self = try .apply(primitive, written, statics)
    }
  }

  /// The number that this is, if it is one.
  var number: Double? {
    if case .number(let value) = kind { return value }
    return nil
  }

  /// Whether it speaks of a change: a tangent, or a derivative that is not worked out.
  var isChange: Bool {
    switch kind {
    case .tangent, .derivative: true
    case .apply(_, let parts, _): parts.contains(where: \.isChange)
    default: false
    }
  }

  /// Whether words stand in it for what the language has no formula for.
  var hasPhrase: Bool {
    switch kind {
    case .phrase: true
    case .apply(_, let parts, _): parts.contains(where: \.hasPhrase)
    default: false
    }
  }

  /// Whether it is an entry or a number, nothing put together.
  var isName: Bool {
    switch kind {
    case .value, .number: true
    default: false
    }
  }

  /// Whether an adjoint stands in it.
  var hasAdjoint: Bool {
    switch kind {
    case .adjoint: true
    case .apply(_, let parts, _): parts.contains(where: \.hasAdjoint)
    default: false
    }
  }
}

extension Term {
  /// What an entry computes, as one operation on its operands; nil for inputs and the like.
  static func entry(_ slot: Slot, in list: List) -> Term? {
    let row = list.primitive(slot)
    guard !row.isInternal else { return nil }
    let operands = list.operands(slot).map { value($0, in: list) }
    return Term(.apply(row, operands, list.statics(slot)), list.shape(slot))
  }
}

// MARK: Adjoints as rows

extension Term {
  /// The transpose, where every adjoint that is written stands for its own transpose.
  ///
  /// So an adjoint that is printed as a row has its rule in rows: `a2 = w2 a3` for `a3 w2ᵀ`.
  var inRows: Term {
    let turned = Shape(shape.rank == 2 ? shape.extents.reversed() : shape.extents)
    switch kind {
    case .adjoint: return Term(kind, turned)
    case .apply(let row, let parts, let statics) where hasAdjoint:
      if row == .transpose, parts[0].shape.rank == 2 { return parts[0].unturned }
      if row == .matmul, parts.allSatisfy({ $0.shape.rank == 2 }) {
        return Term(.apply(row, parts.reversed().map(\.inRows), statics), turned)
      }
      if row == .sumto || row == .broadcast {
        return Term(.apply(row, [parts[0].inRows], turned.extents), turned)
      }
      if row.isElementwise, parts.allSatisfy({ $0.shape.isScalar || $0.shape.rank == 2 }) {
        return Term(.apply(row, parts.map(\.inRows), statics), turned)
      }
      return shape.rank == 2 ? unturned.transposed : unturned
    default: return shape.rank == 2 ? transposed : self
    }
  }

  /// The same value, where every adjoint that is written stands for its own transpose.
  private var unturned: Term {
    switch kind {
    case .adjoint where shape.rank == 2:
      Term(kind, Shape(shape.extents.reversed())).transposed
    case .apply(let row, let parts, let statics):
      Term(.apply(row, parts.map(\.unturned), statics), shape)
    default: self
    }
  }

  private var transposed: Term {
    if case .apply(.transpose, let parts, _) = kind { return parts[0] }
    return Term(.apply(.transpose, [self], []), Shape(shape.extents.reversed()))
  }
}
