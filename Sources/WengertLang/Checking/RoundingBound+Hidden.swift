/// What the first order does not see.
extension RoundingBound {
  /// An entry whose error shows in no adjoint, and what it might have been.
  struct Hidden {
    var slot: Slot
    var value: [Double]
    /// By how much each element may be wrong; of what is too large for 64 bits, how far the largest
    /// number is from it, without a bound.
    var errors: [Double]
    var isOverflow = false

    /// Nil where the first order says it all.
    ///
    /// Where an adjoint is 0 an error counts by its square, and a number that is too large for 64
    /// bits by all that it was.
    init?(
      _ slot: Slot, _ row: Primitive, _ value: [Double], _ errors: [Double], _ bar: [Double],
      _ operands: [[Double]]
    ) {
      guard errors.count == value.count, bar.count == value.count else { return nil }
      (self.slot, self.value) = (slot, value)
      isOverflow =
        value.contains(where: \.isInfinite)
        && Meeting.find(row, operands: operands, result: value)?.kind == .overflow
      self.errors = zip(errors, bar).map { $1 == 0 && $0.isFinite ? $0 : 0 }
      guard isOverflow || self.errors.contains(where: { $0 > 0 }) else { return nil }
    }

    /// The value with its errors on one side.
    func moved(_ sign: Double) -> [Double] {
      let most = Double.greatestFiniteMagnitude
      return isOverflow
        ? value.map { max(-most, min(most, $0)) } : value.moved(sign, along: errors)
    }
  }

  /// Of so many the value is computed anew, of long lists of fewer.
  private static let mostHidden = 64
  private static let mostEntries = 1_000_000

  /// Adds what the value is moved by where hidden entries are moved, each and all at once.
  mutating func weigh(
    _ hidden: [Hidden], in straight: StraightList
  ) throws(ExplanationError) {
    guard value.isFinite else { return }
    let most = min(Self.mostHidden, Self.mostEntries / (straight.list.count + 1))
    let moved = Array(hidden.prefix(most))
    var sum = 0.0
    for one in moved {
      var bound = 0.0
      for sign in one.isOverflow ? [1.0] : [1, -1] {
        let distance = try distance(moving: [(one, sign)], in: straight)
        bound = max(bound, one.isOverflow && distance > 0 ? .infinity : 2 * distance)
      }
      sum += bound
      add(bound, to: one)
    }
    // Two factors that are both 0 by rounding move their product together only.
    let errors = moved.filter { !$0.isOverflow }
    guard errors.count > 1, let last = errors.last else { return }
    var together = 0.0
    for signs in [[1.0, 1], [-1, -1], [1, -1]] {
      let ways = errors.enumerated().map { ($1, signs[$0 % 2]) }
      together = max(together, 2 * (try distance(moving: ways, in: straight)))
    }
    if together > sum { add(together - sum, to: last) }
  }

  /// Adds to the share of an entry.
  private mutating func add(_ bound: Double, to hidden: Hidden) {
    guard bound > 0 else { return }
    let index = shares.firstIndex { $0.slot >= hidden.slot } ?? shares.count
    if index == shares.count || shares[index].slot != hidden.slot {
      shares.insert(
        Share(slot: hidden.slot, value: hidden.value, adjoint: [], bound: 0), at: index)
    }
    shares[index].bound += bound
  }

  /// How far the value is from where it would be.
  private func distance(
    moving hidden: [(Hidden, Double)], in straight: StraightList
  ) throws(ExplanationError) -> Double {
    if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
    let changes = hidden.map { (slot: $0.slot, elements: $0.moved($1)) }
    let program = Evaluation(straight.list, inputs: changes.map(\.slot), roots: [output])
    let found: [[Double]]?
    do { found = try program.found([output], replacing: changes) } catch { throw .fault(error) }
    guard let there = found?.first, there.count == value.count else { return 0 }
    let distance = zip(zip(there, value), weights).reduce(0) {
      $0 + ($1.0.0 == $1.0.1 ? 0 : ($1.0.0 - $1.0.1) * $1.1).magnitude
    }
    return distance.isNaN ? .infinity : distance
  }
}
