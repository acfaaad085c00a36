/// A value as a number of more than one component: complex, or a power series.
///
/// The first component is a real number; of the others those that are zero have no slot.
struct Extended: Equatable, Sendable {
  var base: Slot
  var rest: [Slot?]

  init(_ base: Slot, _ rest: [Slot?] = []) {
    self.base = base
    self.rest = rest.contains { $0 != nil } ? rest : []
  }

  /// A component, nil where it is zero.
  subscript(_ index: Int) -> Slot? {
    index == 0 ? base : index <= rest.count ? rest[index - 1] : nil
  }

  /// Whether there is nothing beside the real number.
  var isReal: Bool { rest.isEmpty }
}

/// Numbers of more than one component, and what operations are on them.
///
/// Complex numbers and power series extend the real ones by the same sweep through a list.
protocol NumberSystem {
  /// How many components a number has beside the first.
  var extent: Int { get }
  /// How many of Newton's steps lead from the real solution of an equation to the whole one.
  var newtonSteps: Int { get }
  /// Whether the other components have an influence on the first.
  var movesBase: Bool { get }

  /// Appends an operation, of whose operands some are not real.
  mutating func append(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], to list: inout List
  ) throws(ShapeMismatch) -> Extended
}

extension NumberSystem {
  /// Appends an operation.
  mutating func apply(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    guard operands.contains(where: { !$0.isReal }) else {
      return Extended(try list.append(row, operands.map(\.base), statics))
    }
    return try append(row, operands, statics, to: &list)
  }

  /// Appends an operation without a slope, or of choices only: it reads the real parts.
  func applyToBases(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    Extended(try list.append(row, operands.map(\.base), statics))
  }

  /// Appends an operation that is linear in all operands together, component by component.
  func applyToComponents(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    // Conditions that a row of `set kinks error` looks at stay real.
    let plain = row.base ?? row
    var rest: [Slot?] = []
    for index in 1...extent {
      let isZero = operands.indices.allSatisfy {
        !plain.isDifferentiable(operand: $0) || operands[$0][index] == nil
      }
      guard !isZero else {
        rest.append(nil)
        continue
      }
      var parts: [Slot] = []
      for (place, operand) in operands.enumerated() {
        guard plain.isDifferentiable(operand: place) else {
          parts.append(operand.base)
          continue
        }
        parts.append(operand[index] ?? list.appendZeros(list.shape(operand.base)))
      }
      rest.append(try list.append(row, parts, statics))
    }
    return Extended(try list.append(row, operands.map(\.base), statics), rest)
  }

  /// Appends a composed form; nil where the row has none for these operands.
  mutating func compose(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], in list: inout List
  ) throws(ShapeMismatch) -> Extended? {
    guard let composed = row.analytic.composed else { return nil }
    var composition = try row.composition(operands, statics, in: list)
    guard let formula = composed(&composition) else { return nil }
    var values = operands
    var known: [Formula: Extended] = [:]
    for step in composition.steps {
      values.append(try evaluate(step, values, &known, in: &list))
    }
    return try evaluate(formula, values, &known, in: &list)
  }

  private mutating func evaluate(
    _ formula: Formula, _ operands: [Extended], _ known: inout [Formula: Extended],
    in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    switch formula {
    case .operand(let index): return operands[index]
    case .number(let value): return Extended(list.appendNumber(value))
    case .result, .bar: return Extended(list.appendNumber(.nan))
    case .apply(let row, let parts, let statics):
      if let value = known[formula] { return value }
      var values: [Extended] = []
      for part in parts { values.append(try evaluate(part, operands, &known, in: &list)) }
      let value = try apply(row, values, statics, in: &list)
      known[formula] = value
      return value
    }
  }
}

extension Primitive {
  /// What a composed form may know of an entry.
  func composition(
    _ operands: [Extended], _ statics: [Int], in list: List
  ) throws(ShapeMismatch) -> Composition {
    let shapes = operands.map { list.shape($0.base) }
    return Composition(
      Operands(
        shapes: shapes, resultShape: try shape.infer(shapes, statics), statics: statics),
      numbers: operands.map { $0.isReal ? list.number($0.base) : nil })
  }

  /// Whether it is linear in each operand, or, by constant partials, in all together.
  var linearity: Linearity {
    if analytic.isLinear { return .jointly }
    // A row that only stops at its kinks is what it is made from.
    if let base, case .flat = base.rule { return .flat }
    switch rule {
    case .flat: return .flat
    case .multilinear: return .separately
    case .partials(let rule), .singularPartials(let rule):
      let scalars = Array(repeating: Shape.scalar, count: operandNames.count)
      let partials = rule(Operands(shapes: scalars, resultShape: .scalar, statics: []))
      let atZero = kernel.scalarValue(Array(repeating: 0, count: scalars.count))
      if atZero == 0, partials.allSatisfy({ $0?.number != nil }) { return .jointly }
      return partials == [.operand(1), .operand(0)] ? .separately : .none
    case .general, .structural: return .none
    }
  }

  /// How an operation is linear.
  enum Linearity { case flat, separately, jointly, none }
}
