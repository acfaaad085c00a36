/// The elements of a gradient that are small beside the others, and have fewer digits than these.
struct SmallElements: Sendable {
  /// Their places in the order of the array.
  var places: [Int]
  /// The fewest that one of their sizes has.
  var digits: Int
}

extension GradientCheck {
  /// What rounding leaves of the elements whose slopes are about as large: in a sum over all the
  /// small ones are not to be seen.
  ///
  /// One digit less is that of the verdict. Where it is more, as of what has cancelled beside
  /// larger ones, the elements are named.
  func weigh(
    _ input: inout Input, bySlope place: Slot, _ witnesses: Witnesses
  ) throws(ExplanationError) {
    guard input.gradient.count > 1,
      case .correct(let claimed, let isBounded) = input.verdict, isBounded
    else { return }
    var digits = claimed
    for (number, group) in Self.groups(of: input.gradient).enumerated() {
      guard let left = try self.digits(of: group, input, place, witnesses) else { continue }
      if number == 0 || digits - left <= Self.fewDigits {
        digits = min(digits, left)
      } else {
        let known = input.small ?? SmallElements(places: [], digits: left)
        input.small = SmallElements(
          places: (known.places + group).sorted(), digits: min(known.digits, left))
      }
    }
    input.verdict = digits < 3 ? .imprecise : .correct(digits: digits, isBounded: isBounded)
  }

  /// The digits that rounding leaves of some elements, nil where it takes none.
  private func digits(
    of group: [Int], _ input: Input, _ place: Slot, _ witnesses: Witnesses
  ) throws(ExplanationError) -> Int? {
    var directions = Directions(seed: UInt64(place.place) + 5)
    var direction = input.gradient.map { _ in 0.0 }
    for (element, weight) in zip(group, directions.weights(group.count)) {
      direction[element] = weight
    }
    guard let rounding = try witnesses.rounding(by: place, along: direction), rounding > 0
    else { return nil }
    let size = zip(input.gradient, direction).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
    // What has cancelled to 0 is 0 by rounding.
    return size > 0 ? Agreement.digits(ofError: rounding / size) : 0
  }

  /// So many digits less are not worth a word of their own.
  private static var fewDigits: Int { 1 }

  /// The places of the elements of each size, the largest first, those that are 0 last.
  ///
  /// Alike are numbers within a factor of a thousand, as for ``Directions``; what is smaller than
  /// nearly all digits of the largest counts as one size.
  private static func groups(of gradient: [Double]) -> [[Int]] {
    let largest = gradient.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0, largest.isFinite else { return [] }
    let classes = Dictionary(grouping: gradient.indices) { place in
      let ratio = gradient[place].magnitude / largest
      return ratio == 0 ? 7 : min(6, -Int(ratio.exponent) / 10)
    }
    return classes.sorted { $0.key < $1.key }.map(\.value)
  }
}
