/// A place where the slope of an operation is a convention.
public struct Kink: Sendable {
  /// Where: `x = 0`.
  public let place: String
  /// The slopes on both sides and the one that is used.
  public let convention: String
  /// Operands at the kink; the elements of the one operand where the row takes an array.
  let point: [Double]
  /// The partials that the rule gives there, one an operand or element.
  let slopes: [Double]
  /// How far the operands are from the kink, in the shape of the result: 0 there, of another sign
  /// on each side where there are two.
  let distance: @Sendable (Operands) -> Formula
  /// What `set kinks` may choose among.
  let sides: KinkSides

  init(
    place: String, convention: String, point: [Double], slopes: [Double],
    distance: @escaping @Sendable (Operands) -> Formula, sides: KinkSides = .same
  ) {
    self.place = place
    self.convention = convention
    self.point = point
    self.slopes = slopes
    self.distance = distance
    self.sides = sides
  }
}

/// What there is on the sides of a kink.
enum KinkSides: Sendable {
  /// The convention is all there is: the value jumps and its slopes on both sides are alike, or it
  /// ends there.
  case same
  /// The partials where the distance is negative and where it is positive.
  case between(left: [Double], right: [Double])
  /// Partials that hold at the kink, wherever that is, a choice.
  case fixed([KinkChoice: [Double]])
  /// An operation on lines: how it is differentiated by a choice, nil where as ever, and the slopes
  /// that this gives at the kink's point.
  case lines(rule: @Sendable (KinkChoice) -> Rule?, slopes: [KinkChoice: [Double]])

  /// The partials that a choice takes; nil where the row's own ones stay, or there are none.
  func slopes(_ choice: KinkChoice) -> [Double]? {
    switch self {
    case .same: nil
    case .fixed(let slopes), .lines(_, let slopes): slopes[choice]
    case .between(let left, let right):
      switch choice {
      case .convention, .error: nil
      case .left: left
      case .right: right
      case .middle: Self.between(left, right, 0.5)
      case .minimumNorm: Self.between(left, right, Self.shortest(left, right))
      }
    }
  }

  /// How far from the first to the second point the one that is nearest to 0 lies.
  private static func shortest(_ left: [Double], _ right: [Double]) -> Double {
    let steps = zip(left, right).map { $1 - $0 }
    let length = steps.reduce(0) { $0 + $1 * $1 }
    let share = length == 0 ? 0 : -zip(left, steps).reduce(0) { $0 + $1.0 * $1.1 } / length
    return min(1, max(0, share))
  }

  private static func between(
    _ left: [Double], _ right: [Double], _ share: Double
  ) -> [Double] {
    zip(left, right).map { $0 + share * ($1 - $0) }
  }
}
