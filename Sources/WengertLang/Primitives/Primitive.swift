/// A row of the derivative table: everything known about one operation, in one place.
///
/// Parsing, completion, help, execution, both sweeps, printouts, documentation and the laws of the
/// tests read the row; no other place knows its name.
public final class Primitive: Sendable {
  /// How printouts and programs call it.
  public let name: String
  /// Other spellings that programs may use.
  public let spellings: [String]
  /// What it is, in one line.
  public let summary: String
  /// Its arguments in order: operands and static parameters.
  let arguments: [Argument]
  /// The shape of its result.
  let shape: ShapeRule
  /// How it is computed.
  let kernel: Kernel
  /// How it is differentiated.
  let rule: Rule
  /// How it works on complex numbers and series, where that does not follow from the rule.
  let analytic: AnalyticForm
  /// How it is written.
  public let notation: Notation
  /// Exact identities that lists are simplified by.
  let identity: Identity
  /// Where it is defined, and where tests sample it.
  public let domain: Domain
  /// Where its slope is a convention.
  public let kinks: [Kink]
  /// The row of the table that this one is with other slopes at its kink.
  let base: Primitive?
  /// How much arithmetic it is.
  let work: Work
  /// What rounding may make of its result, where that is more than some units in the last place.
  let rounding: Rounding?
  /// Why the rule is right, in lines; empty where the definition of the derivative says it.
  public let proof: [String]
  /// A formula and what it prints.
  public let example: Example?
  /// The row that an entry gets instead when all its operands are arrays.
  let forArrays: (@Sendable () -> Primitive)?
  /// Whether an operation written with a subscript takes it as its first argument: `crossEnt_Y(P)`.
  let takesSubscript: Bool
  /// Whether only lists use it, since programs say it in another way.
  let isHidden: Bool

  init(
    _ name: String, _ summary: String,
    spellings: [String] = [],
    arguments: [Argument] = [.operand("x")],
    kernel: Kernel,
    rule: Rule,
    analytic: AnalyticForm = AnalyticForm(),
    shape: ShapeRule = .elementwise,
    notation: Notation = .function(latex: nil),
    identity: Identity = Identity(),
    domain: Domain = Domain(),
    kinks: [Kink] = [],
    work: Work = .elements,
    rounding: Rounding? = nil,
    proof: [String] = [],
    example: Example? = nil,
    forArrays: (@Sendable () -> Primitive)? = nil,
    takesSubscript: Bool = false,
    isHidden: Bool = false
  ) {
    self.name = name
    self.spellings = spellings
    self.summary = summary
    self.arguments = arguments
    self.kernel = kernel
    self.rule = rule
    self.analytic = analytic
    self.shape = shape
    self.notation = notation
    self.identity = identity
    self.domain = domain
    self.kinks = kinks
    base = nil
    self.work = work
    self.rounding = rounding
    self.proof = proof
    self.example = example
    self.forArrays = forArrays
    self.takesSubscript = takesSubscript
    self.isHidden = isHidden
  }

  /// A row with another rule, and what it needs to be one: operands without a slope may get one.
  init(row: Primitive, rule: Rule, kinks: [Kink], arguments: [Argument]? = nil) {
    name = row.name
    spellings = row.spellings
    summary = row.summary
    self.arguments = arguments ?? row.arguments
    kernel = row.kernel
    self.rule = rule
    analytic = row.analytic
    shape = row.shape
    notation = row.notation
    identity = row.identity
    domain = row.domain
    self.kinks = kinks
    base = row
    example = row.example
    forArrays = row.forArrays
    takesSubscript = row.takesSubscript
    isHidden = row.isHidden
    work = row.work
    rounding = row.rounding
    proof = row.proof
  }

  /// The names of its operands; the last stands for any number where the row takes a list.
  var operandNames: [String] {
    arguments.compactMap {
      switch $0.kind {
      case .operand, .operands: $0.name
      default: nil
      }
    }
  }

  /// Whether it works element by element, stretching its operands.
  var isElementwise: Bool {
    switch kernel {
    case .map, .zip, .select: true
    case .motion, .dense, .structural: false
    }
  }

  /// Whether a slope goes to an operand: index and condition operands have none.
  func isDifferentiable(operand index: Int) -> Bool {
    var place = 0
    for argument in arguments {
      switch argument.kind {
      case .operand(let differentiable):
        if place == index { return differentiable }
        place += 1
      case .operands: return true
      default: continue
      }
    }
    return true
  }
}

extension Primitive: Hashable {
  /// Rows are compared by identity.
  public static func == (a: Primitive, b: Primitive) -> Bool { a === b }
  /// Rows are compared by identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// One argument of an operation.
struct Argument: Sendable {
  /// What an argument is.
  enum Kind: Sendable {
    /// A value, with or without a slope.
    case operand(differentiable: Bool)
    /// Any number of values, at least one.
    case operands
    /// An axis, counted from 0, from the end when negative; may be left out.
    case axis
    /// 0 or 1, 0 when left out.
    case flag
    /// A whole number that is known when the statement is written.
    case integer(default: Int?)
    /// What each axis keeps: four static parameters an axis, in programs `A[0, 1..3]`.
    case slices
    /// Extents: `[2, 3]`, or `2, 3` as the last arguments. Always the last of the static
    /// parameters.
    case shape
  }

  /// How it is named in calls and help.
  let name: String
  /// What it is.
  let kind: Kind

  /// A value that slopes go through.
  static func operand(_ name: String) -> Argument {
    Argument(name: name, kind: .operand(differentiable: true))
  }
  /// A value without a slope: an index, a condition.
  static func discrete(_ name: String) -> Argument {
    Argument(name: name, kind: .operand(differentiable: false))
  }
  /// Any number of values.
  static func operands(_ name: String) -> Argument { Argument(name: name, kind: .operands) }
  /// The static in the place of an axis that was left out.
  static let noAxis = Int.min
  static let axis = Argument(name: "axis", kind: .axis)
  static let keepdims = Argument(name: "keepdims", kind: .flag)
  static func integer(_ name: String, default value: Int? = nil) -> Argument {
    Argument(name: name, kind: .integer(default: value))
  }
  static let slices = Argument(name: "slices", kind: .slices)
  static let shape = Argument(name: "shape", kind: .shape)
}

/// Identities of an operation that hold exactly, for every value.
struct Identity: Sendable {
  /// `x op right` is x.
  var right: Double?
  /// `left op x` is x.
  var left: Double?
  /// `negator op x` and `x op negator` are -x.
  var negator: Double?
  /// `op(op(x))` is x.
  var involution = false
  /// The operation that is the same where the left operand is a number other than 0.
  var plain: (@Sendable () -> Primitive)?
  /// It is the sum of its operands, each times one of these.
  var sum: [Double]?
  /// It is the product of its operands, each to one of these powers.
  var product: [Double]?
  /// It is the left operand to the power of the right one.
  var isPower = false
}

/// Where an operation is defined, and which operands tests try.
public struct Domain: Sendable {
  /// In words: `x > 0`; empty where it is defined everywhere.
  public var text: String = ""
  /// For each operand the interval that samples come from; the last holds for the rest.
  var samples: [ClosedRange<Double>] = [-2...2]
  /// Shapes that laws are tried at beside scalars, each a list of operand shapes with statics.
  var shapes: [Trial] = []
  /// What is added to the diagonals of square samples, so that they are regular or positive
  /// definite.
  var diagonal: Double = 0
  /// What to write instead where it makes infinities or NaN.
  var rewrite: String = ""

  /// Operand shapes and statics at which a law is tried.
  struct Trial: Sendable {
    var operands: [Shape]
    var statics: [Int] = []

    init(_ operands: [[Int]], _ statics: [Int] = []) {
      self.operands = operands.map { Shape($0) }
      self.statics = statics
    }
  }
}

/// A line that shows an operation at work: it runs in the tests.
public struct Example: Sendable {
  /// What is typed: a formula, or statements that print.
  public let source: String
  /// What is printed.
  public let output: String

  init(_ source: String, _ output: String) {
    self.source = source
    self.output = output
  }
}
