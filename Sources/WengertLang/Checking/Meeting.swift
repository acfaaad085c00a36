/// How finite numbers became none: which met which.
struct Meeting: Sendable {
  /// What happened.
  enum Kind: String, Sendable {
    case zeroTimesInfinity = "0 · ∞"
    case infinityMinusInfinity = "∞ − ∞"
    case zeroByZero = "0 / 0"
    case infinityByInfinity = "∞ / ∞"
    case pole = "a pole"
    case outside = "outside of its domain"
    case overflow = "overflow"
    case given = "given so"
    case handedOn = "handed on"
  }

  var kind: Kind
  /// The operation.
  var row: Primitive
  /// The operands at the element where it happened, and the result.
  var operands: [Double]
  var result: Double
  /// Which element it is.
  var element = 0

  /// What made the first element of an entry that is no finite number; nil where all are finite.
  static func find(_ row: Primitive, operands: [[Double]], result: [Double]) -> Meeting? {
    let bad = result.indices.filter { !result[$0].isFinite }
    guard let first = bad.first else { return nil }
    guard row.isElementwise, !operands.isEmpty else {
      return dense(row, operands, result, first)
    }
    let meetings = bad.prefix(1024).map { place in
      let parts = operands.map { $0.count == result.count ? $0[place] : $0.first ?? .nan }
      return Meeting(
        kind: kind(row, parts, result[place]), row: row, operands: parts, result: result[place],
        element: place)
    }
    return meetings.first { $0.kind != .handedOn } ?? meetings.first
  }

  private static func dense(
    _ row: Primitive, _ operands: [[Double]], _ result: [Double], _ place: Int
  ) -> Meeting {
    let all = operands.joined()
    let isFinite = all.allSatisfy(\.isFinite)
    var kind = Kind.handedOn
    if operands.isEmpty {
      kind = .given
    } else if isFinite {
      kind = result[place].isNaN ? .outside : row.domain.text.isEmpty ? .overflow : .pole
    } else if result[place].isNaN, !all.contains(where: \.isNaN) {
      kind =
        operands.count == 1 && all.contains(.infinity) && all.contains(-.infinity)
        ? .infinityMinusInfinity : .zeroTimesInfinity
    }
    return Meeting(kind: kind, row: row, operands: [], result: result[place], element: place)
  }

  /// What happened at one element of an element-wise operation.
  private static func kind(_ row: Primitive, _ parts: [Double], _ result: Double) -> Kind {
    if parts.contains(where: \.isNaN) { return .handedOn }
    let isFinite = parts.allSatisfy(\.isFinite)
    if let powers = row.identity.product {
      let factors = zip(parts, powers)
      let zeros = factors.filter { $1 > 0 ? $0 == 0 : $0.isInfinite }.count
      let isDivided = factors.contains { $1 < 0 && $0 == 0 }
      if result.isNaN, zeros > 0 {
        if isDivided, isFinite { return .zeroByZero }
        return powers.contains { $0 < 0 } && !parts.contains(0)
          ? .infinityByInfinity : .zeroTimesInfinity
      }
      if isDivided { return .pole }
      if isFinite, !result.isNaN { return .overflow }
    }
    if row.identity.sum != nil, result.isNaN { return .infinityMinusInfinity }
    if row.identity.isPower, isFinite, !result.isNaN { return parts[0] == 0 ? .pole : .overflow }
    guard isFinite else { return result.isNaN ? .outside : .handedOn }
    if result.isNaN { return .outside }
    // A value grows beyond all numbers from large operands, or beside a point that has none.
    return row.domain.text.isEmpty && parts.contains { $0.magnitude > 1 } ? .overflow : .pole
  }
}
