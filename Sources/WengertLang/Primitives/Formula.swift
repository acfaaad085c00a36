/// A formula in the operations of the derivative table: the language that its rules are written in.
///
/// A rule never computes; it returns formulas, which the sweeps append to a list as entries and the
/// printouts write out. Building one simplifies it where an identity is exact: numbers fold, and
/// neutral elements (`x · 1`, `x + 0`) go.
indirect enum Formula: Hashable, Sendable {
  /// An operand of the entry whose rule this is, counted from 0.
  case operand(Int)
  /// The result of that entry.
  case result
  /// The adjoint of its result.
  case bar
  /// A number.
  case number(Double)
  /// An operation with its static parameters.
  case apply(Primitive, [Formula], [Int])
}

extension Formula: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number.
  init(floatLiteral value: Double) { self = .number(value) }
  /// A number.
  init(integerLiteral value: Int) { self = .number(Double(value)) }
}

extension Formula {
  /// The formula `primitive(operands)`, simplified by exact identities.
  static func of(_ primitive: Primitive, _ operands: [Formula], _ statics: [Int] = []) -> Formula {
    let numbers = operands.compactMap(\.number)
    if numbers.count == operands.count, !operands.isEmpty, statics.isEmpty,
      let folded = primitive.kernel.scalarValue(numbers)
    {
      return .number(folded)
    }
    if operands.count == 2 {
      let (a, b) = (operands[0], operands[1])
      if let plain = primitive.identity.plain, let factor = a.number, factor != 0 {
        return of(plain(), operands)
      }
      if let neutral = primitive.identity.right, b.number == neutral { return a }
      if let neutral = primitive.identity.left, a.number == neutral { return b }
      if let negator = primitive.identity.negator, a.number == negator { return -b }
      if let negator = primitive.identity.negator, b.number == negator { return -a }
    }
    if primitive.identity.involution, case .apply(primitive, let inner, _)? = operands.first {
      return inner[0]
    }
    return .apply(primitive, operands, statics)
  }

  /// The number that this formula is, if it is one.
  var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  static func + (a: Formula, b: Formula) -> Formula { of(.add, [a, b]) }
  static func - (a: Formula, b: Formula) -> Formula { of(.sub, [a, b]) }
  static func * (a: Formula, b: Formula) -> Formula { of(.mul, [a, b]) }
  static func / (a: Formula, b: Formula) -> Formula { of(.div, [a, b]) }
  static prefix func - (a: Formula) -> Formula { of(.neg, [a]) }

  /// The formula with every operand, result and adjoint replaced, and simplified again.
  func substituting(
    operand: (Int) -> Formula, result: Formula = .result, bar: Formula = .bar
  ) -> Formula {
    switch self {
    case .operand(let index): operand(index)
    case .result: result
    case .bar: bar
    case .number: self
    case .apply(let primitive, let parts, let statics):
      .of(
        primitive,
        parts.map { $0.substituting(operand: operand, result: result, bar: bar) }, statics)
    }
  }

  /// Whether the adjoint of the result stands in it.
  var hasBar: Bool {
    switch self {
    case .bar: true
    case .apply(_, let parts, _): parts.contains(where: \.hasBar)
    default: false
    }
  }
}

extension Primitive {
  /// The formula of this operation, as rules write it: `cos(o.x)`.
  func callAsFunction(_ operands: Formula..., statics: [Int] = []) -> Formula {
    .of(self, operands, statics)
  }
}

/// What a rule may speak of: the operands of its entry, its result, the result's adjoint, shapes.
struct Operands: Sendable {
  /// The shape of each operand.
  let shapes: [Shape]
  /// The shape of the result.
  let resultShape: Shape
  /// The static parameters of the entry.
  let statics: [Int]

  /// How many operands there are.
  var count: Int { shapes.count }
  /// The first operand.
  var x: Formula { .operand(0) }
  /// The second operand.
  var y: Formula { .operand(1) }
  /// The result.
  var z: Formula { .result }
  /// The adjoint of the result.
  var bar: Formula { .bar }

  subscript(_ index: Int) -> Formula { .operand(index) }
}
