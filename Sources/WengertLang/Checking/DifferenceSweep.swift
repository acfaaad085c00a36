/// The slope of a function of one number at 0, from differences at ever smaller steps.
///
/// The error of a difference falls with the step until rounding makes it rise again: a V. Nobody is
/// asked where its lowest point is; the extrapolated differences are compared with each other.
struct DifferenceSweep: Sendable {
  /// A slope with what it may be wrong by.
  struct Estimate: Sendable {
    var slope: Double
    var error: Double
    /// The step that it comes from.
    var step: Double

    /// The slope, where it is one: beside a pole or a root the quotients grow without end.
    var reliableSlope: Double? {
      if error < 0.01 * slope.magnitude { return slope }
      guard error < 1e-6 else { return nil }
      return slope.magnitude > error ? slope : 0
    }
  }

  /// The steps, each half as long as the one before.
  static func steps(_ count: Int) -> [Double] { (0..<count).map { first / Double(1 << $0) } }
  private static let first = 0.125
  /// As many steps reach from an eighth of a number to some hundred times its rounding.
  static let most = 44
  /// How often differences are extrapolated.
  private static let levels = 4

  let center: Double
  /// What rounding on the way may make of each value, beside that of the value itself.
  var valueError = 0.0
  /// The steps, the longest first.
  let steps: [Double]
  /// The values above and below 0, one a step.
  let above: [Double]
  let below: [Double]

  /// The slopes by central differences, one a step.
  var quotients: [Double] {
    zip(steps, zip(above, below)).map { ($1.0 - $1.1) / (2 * $0) }
  }

  /// The slope, from both sides.
  var central: Estimate? { estimate(quotients, order: 2, stride: 2) }
  /// The slope on the upper side.
  var upper: Estimate? {
    estimate(zip(steps, above).map { ($1 - center) / $0 }, order: 1, stride: 1)
  }
  /// The slope on the lower side.
  var lower: Estimate? {
    estimate(zip(steps, below).map { (center - $1) / $0 }, order: 1, stride: 1)
  }

  /// The best of all extrapolated quotients: the one that its neighbours agree with most.
  private func estimate(_ quotients: [Double], order: Int, stride: Int) -> Estimate? {
    var best: Estimate?
    var row: [Double] = []
    let noise = self.noise.isFinite ? self.noise : 0
    for (k, quotient) in quotients.enumerated() {
      let before = row
      row = [quotient]
      guard quotient.isFinite else {
        row = []
        continue
      }
      for level in 0..<Swift.min(before.count, Self.levels) {
        let factor = Double(1 << (order + stride * level))
        let refined = (factor * row[level] - before[level]) / (factor - 1)
        let change = Swift.max(
          (refined - row[level]).magnitude, (refined - before[level]).magnitude)
        row.append(refined)
        let error = Swift.max(
          2 * change + rounding(k, slope: refined),
          departure(from: refined, quotients, k, noise))
        if error < best?.error ?? .infinity {
          best = Estimate(slope: refined, error: error, step: steps[k])
        }
      }
    }
    return best
  }

  /// What rounding, of values and of the place that a step leads to, may make of its quotient.
  private func rounding(_ k: Int, slope: Double) -> Double {
    let size = Swift.max(center.magnitude, above[k].magnitude, below[k].magnitude)
    // Steps are measured by the size of the input.
    let relative = (4 * size + 2 * slope.magnitude) * Double.ulpOfOne
    return (relative + 4 * Rounding.least + 2 * valueError) / steps[k]
  }

  /// How far the quotients of shorter steps are from a slope that they should be nearer to.
  ///
  /// But for rounding, that is: the quotients of steps that reach beyond a kink, or over many turns
  /// of a wave, can agree by chance.
  private func departure(
    from slope: Double, _ quotients: [Double], _ k: Int, _ noise: Double
  ) -> Double {
    let reached = 0.75 * (quotients[k] - slope).magnitude
    return quotients.indices.dropFirst(k + 1).reduce(0) { most, next in
      let distance = (quotients[next] - slope).magnitude
      let rounding = 2 * rounding(next, slope: slope) + 8 * noise / steps[next]
      return distance <= reached + rounding || !distance.isFinite
        ? most : Swift.max(most, distance)
    }
  }

  /// How much the value jumps on a side as the step goes to 0, nil where it does not.
  func jump(_ side: [Double]) -> Double? {
    let last = side.suffix(4).map { $0 - center }
    guard let least = last.last, last.count == 4, least.isFinite else { return nil }
    let noise =
      1e4 * Double.ulpOfOne * Swift.max(center.magnitude, least.magnitude) + 4 * valueError
    guard least.magnitude > noise, let step = steps.last else { return nil }
    // A slope that is only steep takes the value to 0 with the step, a root of it more slowly.
    let isSteady = last.allSatisfy { ($0 - least).magnitude <= 0.02 * least.magnitude }
    return isSteady && least.magnitude > step ? least : nil
  }

  /// Whether the quotients of a side grow as the step goes to 0, and not by rounding, as those of a
  /// root do.
  func isSteep(_ side: [Double]) -> Bool {
    let quotients = zip(steps, side).map { (($1 - center) / $0).magnitude }
    guard let first = quotients.first else { return false }
    return quotients.indices.contains {
      quotients[$0] > 8 * first && quotients[$0] > 8 * rounding($0, slope: quotients[$0])
    }
  }

  /// What rounding leaves of the value: how far neighbours differ that a straight line would join.
  var noise: Double {
    let bends = zip(above, below).suffix(5).map { (($0 - center) - (center - $1)).magnitude / 2 }
    return bends.filter(\.isFinite).sorted().dropFirst(2).first ?? .nan
  }

  /// Whether the slopes of the two sides differ.
  var isKinked: Bool {
    if jump(above) != nil || jump(below) != nil { return true }
    guard let upper, let lower else {
      return (upper == nil) != (lower == nil)
    }
    return (upper.slope - lower.slope).magnitude > resolution
  }

  /// How far apart the slopes of the two sides have to be to be seen.
  var resolution: Double {
    guard let upper, let lower else { return .infinity }
    let size = Swift.max(upper.slope.magnitude, lower.slope.magnitude)
    return 20 * (upper.error + lower.error) + 1e-6 * size
  }

  /// How the remainder of a straight line with some slope falls: with h to this power; nil where it
  /// is rounding alone.
  func remainderRate(of slope: Double) -> Double? {
    var rates: [Double] = []
    for k in steps.indices.dropLast() {
      let size = Swift.max(center.magnitude, above[k].magnitude)
      let limit = 64 * Double.ulpOfOne * size
      let long = (above[k] - center - slope * steps[k]).magnitude
      let short = (above[k + 1] - center - slope * steps[k + 1]).magnitude
      guard short > limit, long.isFinite else { continue }
      rates.append(logarithm(long / short))
    }
    guard rates.count > 1 else { return nil }
    // The shorter steps tell the order, before rounding takes over.
    let tail = rates.suffix(6).sorted()
    return tail[tail.count / 2]
  }

  private func logarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return .nan }
    let exponent = value.exponent
    return Double(exponent) + Self.fraction(value.significand)
  }

  /// The logarithm to base 2 of a number from 1 to 2, by squaring.
  private static func fraction(_ significand: Double) -> Double {
    var (rest, sum, bit) = (significand, 0.0, 0.5)
    for _ in 0..<20 {
      rest *= rest
      if rest >= 2 {
        rest /= 2
        sum += bit
      }
      bit /= 2
    }
    return sum
  }
}
