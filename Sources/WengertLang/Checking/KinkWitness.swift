/// What is known of kinks without differences, which do not see a small one beside a large slope:
/// the rows say how far their operands are from them.
struct KinkWitness: Sendable {
  private let straight: StraightList
  private let output: Slot
  private let weights: [Double]
  /// The entries that lie at a kink with a slope on each side, or next to one.
  private let uses: [KinkUse]
  /// The elements that rounding may take across a kink or a jump.
  private let crossings: [RoundingBound.Crossing]
  /// Whether an entry may have kinks that no row tells of: a rule, a solver, a loop as it stands.
  let mayHideKinks: Bool

  init(
    _ straight: StraightList, _ bound: RoundingBound
  ) throws(ExplanationError) {
    self.straight = straight
    (output, weights) = (bound.output, bound.weights)
    let branches = straight.decisions.filter { $0.kind == .branch }.map(\.slot)
    let list = straight.list
    let needed = list.reached(from: [output] + branches)
    let slots = needed.indices.filter { needed[$0] }.map { Slot($0) }
    uses = straight.kinks(of: slots, isRelative: true)
    crossings =
      list.count < Witnesses.longList ? try bound.crossings(for: [output] + branches) : []
    mayHideKinks = slots.contains { list.structure($0) != nil }
  }

  /// Whether the row of an entry says that it is at a kink, or so near that differences reach it.
  func isNear(_ slot: Slot) -> Bool {
    straight.list.structure(slot) != nil || uses.contains { $0.slot == slot }
  }

  /// Whether the value may have a kink, as differences say: not where no row is near one, or
  /// where all are at theirs and the slopes of the two sides are alike.
  func isPossible(
    _ place: Slot, _ direction: [Double], _ reached: [Bool]
  ) throws(ExplanationError) -> Bool {
    let near = uses.filter { reaches(place, $0.slot, reached) }
    guard !mayHideKinks, near.allSatisfy(\.isExact) else { return true }
    guard !near.isEmpty else { return false }
    return try effect(place, direction) > 0
  }

  /// The first entry, of those that an input reaches, that lies exactly at a kink with two sides.
  func entry(_ reached: [Bool]) -> Slot? {
    uses.first { $0.isExact && reached[$0.slot.place] }?.slot
  }

  /// Whether entries that an input reaches lie next to a kink, but not at it.
  func hasNeighbours(_ reached: [Bool]) -> Bool {
    uses.contains { $0.count == 0 && reached[$0.slot.place] }
  }

  /// How far the slopes of the two sides are apart along a direction, where the point lies exactly
  /// at kinks: 0 where they cancel or do not reach the value.
  func effect(_ place: Slot, _ direction: [Double]) throws(ExplanationError) -> Double {
    let left = try slope(.left, place, direction)
    let right = try slope(.right, place, direction)
    return left == right ? 0 : (left - right).magnitude
  }

  /// Whether rounding decides on which side of a kink or jump an entry is that the input reaches.
  func isUncertain(_ place: Slot, _ reached: [Bool]) -> Bool {
    crossings.contains { crossing in
      (crossing.isJump || crossing.use.count == 0) && reaches(place, crossing.use.slot, reached)
    }
  }

  /// Whether rounding took the entry to its kink.
  func isUncertain(_ slot: Slot) -> Bool { crossings.contains { $0.use.slot == slot } }

  /// Conditions of branches are not among what the value is computed from.
  private func reaches(_ place: Slot, _ slot: Slot, _ reached: [Bool]) -> Bool {
    reached[slot.place] || straight.list.affected(by: [place], for: slot)[slot.place]
  }

  private func slope(
    _ choice: KinkChoice, _ place: Slot, _ direction: [Double]
  ) throws(ExplanationError) -> Double {
    var list = straight.list.taking(choice)
    do {
      let seed = list.appendData(weights, shape: list.shape(output), isInput: true)
      let sweep = try list.appendAdjoint(seeds: [(output, seed)], wrt: [place])
      let values = try unlessLimited { () throws(Fault) in try list.evaluated() }
      guard let slot = sweep[place], let values else { return 0 }
      return list.elements(slot, in: values).inner(direction)
    } catch {
      throw .init(error)
    }
  }
}

extension KinkUse {
  /// Whether it is at the kink itself, and that has a slope on each side.
  fileprivate var isExact: Bool {
    if case .same = kink.sides { return false }
    return count > 0
  }
}
