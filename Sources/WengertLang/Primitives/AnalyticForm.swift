/// How an operation works on numbers of more than one component: complex numbers, power series.
///
/// The third reading of a row, beside its kernel and its rule. Most rows need none: what is linear
/// in each operand is applied to the components, series follow from the slopes, and what has no
/// slope reads the real part.
struct AnalyticForm: Sendable {
  /// The operation on complex numbers, as pairs of real formulas.
  var pairs: (@Sendable ([Pair], Operands) -> Pair)?
  /// The operation in simpler ones, which hold for all numbers; nil where that does not help.
  var composed: (@Sendable (inout Composition) -> Formula?)?
  /// Whether series use the composed form too, rather than the pushforward of the rule.
  var composesSeries = true
  /// Whether it is linear in all its operands together: applied to each component.
  var isLinear = false
  /// Whether it jumps, so that it is no function of a complex number.
  var isStep = false
  /// Whether it is a power series in a matrix, so that series follow from a matrix of their
  /// coefficients.
  var isOfMatrix = false
  /// The equation that the result solves, by which series find it.
  var equation: Equation?
  /// Partials for series, where those of the rule lead to ever new operations.
  var slopes: (@Sendable (Composition) -> [Formula]?)?

  /// A condition that determines a result z: a residual that is 0, and how to correct z.
  struct Equation: Sendable {
    /// What is 0, in the operands and the result.
    var residual: @Sendable (Operands) -> Formula
    /// What takes a residual, the adjoint's place, to the change of z that removes it; the operands
    /// and the result stand for their leading values.
    var correction: @Sendable (Operands) -> Formula
  }

  /// A form of pairs.
  static func pairs(_ form: @escaping @Sendable ([Pair]) -> Pair) -> AnalyticForm {
    AnalyticForm(pairs: { pairs, _ in form(pairs) })
  }

  /// A form of pairs of an operation of one operand.
  static func pair(_ form: @escaping @Sendable (Pair) -> Pair) -> AnalyticForm {
    AnalyticForm(pairs: { pairs, _ in form(pairs[0]) })
  }

  /// Simpler operations, for complex numbers and for series.
  static func composed(
    _ form: @escaping @Sendable (inout Composition) -> Formula?
  ) -> AnalyticForm { AnalyticForm(composed: form) }

  /// Simpler operations for complex numbers; series follow from the rule.
  static func complex(
    _ form: @escaping @Sendable (inout Composition) -> Formula?
  ) -> AnalyticForm { AnalyticForm(composed: form, composesSeries: false) }

  /// Applied to each component.
  static let linear = AnalyticForm(isLinear: true)
  /// No function of a complex number.
  static let step = AnalyticForm(isStep: true)
}

/// What a composed form may speak of: the operands, and steps that it keeps on the way.
struct Composition: Sendable {
  let o: Operands
  /// The value of each operand that is a written-out number.
  let numbers: [Double?]
  /// Formulas that later ones may read.
  private(set) var steps: [Formula] = []

  init(_ o: Operands, numbers: [Double?]) {
    self.o = o
    self.numbers = numbers
  }

  /// Keeps a formula as a step, so that it is written once.
  mutating func keep(_ formula: Formula) -> Formula {
    switch formula {
    case .operand, .number: return formula
    default:
      steps.append(formula)
      return .operand(o.count + steps.count - 1)
    }
  }
}

/// A complex number as two real formulas; without an imaginary one it is real.
struct Pair: Sendable {
  var re: Formula
  var im: Formula?

  init(_ re: Formula, _ im: Formula? = nil) {
    self.re = re
    self.im = im
  }

  /// The imaginary part, 0 where there is none.
  var b: Formula { im ?? 0 }
  /// The number with the other sign of the imaginary part.
  var conjugate: Pair { Pair(re, im.map { -$0 }) }
  /// The number times i.
  var turned: Pair { Pair(-b, re) }

  static func + (p: Pair, q: Pair) -> Pair {
    guard let b = p.im, let d = q.im else { return Pair(p.re + q.re, p.im ?? q.im) }
    return Pair(p.re + q.re, b + d)
  }

  static func - (p: Pair, q: Pair) -> Pair { p + Pair(-q.re, q.im.map { -$0 }) }

  static func * (p: Pair, q: Pair) -> Pair {
    guard let b = p.im else { return Pair(p.re * q.re, q.im.map { p.re * $0 }) }
    guard let d = q.im else { return Pair(p.re * q.re, b * q.re) }
    return Pair(p.re * q.re - b * d, b * q.re + p.re * d)
  }

  /// The quotient, scaled so that squares of small imaginary parts do no harm.
  static func / (p: Pair, q: Pair) -> Pair {
    guard let d = q.im else { return Pair(p.re / q.re, p.im.map { $0 / q.re }) }
    let r = d / q.re
    let size = q.re + d * r
    guard let b = p.im else { return Pair(p.re / size, -(p.re * r / size)) }
    return Pair((p.re + b * r) / size, (b - p.re * r) / size)
  }
}

extension Pair {
  /// The principal root; the real part is the real root where the imaginary part is small.
  var root: Pair {
    guard let im else { return Pair(.of(.sqrt, [re])) }
    let r = Formula.of(.chain, [im, 1 / re])
    let size = Formula.of(.sqrt, [1 + .of(.square, [r])])
    let root = Formula.of(.chain, [.of(.sqrt, [re]), .of(.sqrt, [(size + 1) / 2])])
    return Pair(root, .of(.chain, [im, 1 / (2 * root)]))
  }

  /// The logarithm, right of the imaginary axis; left of it the real one is not a number.
  var logarithm: Pair {
    guard let im else { return Pair(.of(.log, [re])) }
    let r = im / re
    return Pair(
      .of(.log, [re]) + 0.5 * .of(.log1p, [.of(.square, [r])]), .of(.atan, [r]))
  }

  /// The angle whose sine it is, by Kahan's formulas (Branch cuts for complex elementary functions,
  /// 1987), which keep a small imaginary part to full precision.
  var arcsine: Pair {
    let (low, high) = ((Pair(1) - self).root, (Pair(1) + self).root)
    return Pair(
      .of(.atan2, [re, (low * high).re]), .of(.asinh, [(low.conjugate * high).b]))
  }

  /// The angle whose tangent it is.
  var arctangent: Pair {
    let squares = Formula.of(.square, [re])
    return Pair(
      0.5 * .of(.atan2, [2 * re, 1 - squares - .of(.square, [b])]),
      0.25 * .of(.log1p, [4 * b / (squares + .of(.square, [1 - b]))]))
  }
}
