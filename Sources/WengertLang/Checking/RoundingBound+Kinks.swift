/// Operands that rounding may take across a kink.
extension RoundingBound {
  /// An element of an entry that may be on the other side of its kink.
  struct Crossing: Sendable {
    var use: KinkUse
    var place: Int
    /// How far rounding reaches.
    var reach: Double

    /// Whether there are no slopes on the two sides that could be told apart: the value jumps
    /// there, or it ends.
    var isJump: Bool { if case .same = use.kink.sides { true } else { false } }
  }

  /// Adds what the first order misses: operands that are nearer to a kink than they are rounded by
  /// may be on its other side, where the slope is another, or behind a jump.
  mutating func weighKinks() throws(ExplanationError) {
    // An arm says nothing about the other one: what decided between them counts as a jump.
    for crossing in try crossings(for: [output] + straight.decisions.map(\.slot)) {
      let slot = crossing.use.slot
      let index = shares.firstIndex { $0.slot >= slot } ?? shares.count
      if index == shares.count || shares[index].slot != slot {
        shares.insert(Share(slot: slot, value: [], adjoint: [], bound: 0), at: index)
      }
      let adjoint = shares[index].adjoint
      let weight = adjoint.indices.contains(crossing.place) ? adjoint[crossing.place].magnitude : 0
      // Slopes on the two sides of abs are 2 apart.
      shares[index].bound +=
        crossing.isJump ? .infinity : weight == 0 ? 0 : 2 * weight * crossing.reach
      shares[index].isAtJump = shares[index].isAtJump || crossing.isJump
    }
  }

  /// Of so many entries near their kinks, and so many elements of each, the rounding is looked at.
  private static let mostKinks = 16

  /// What rounding may take across its kink, of what some entries need.
  func crossings(for roots: [Slot]) throws(ExplanationError) -> [Crossing] {
    let needed = straight.list.reached(from: roots)
    let last = roots.map(\.place).max() ?? 0
    let slots = (0...last).map { Slot($0) }.filter { needed[$0.place] }
    let uses = straight.kinks(of: slots).sorted { $0.distance < $1.distance }
    var found: [Crossing] = []
    for use in uses.prefix(Self.mostKinks) { found += try crossings(of: use) }
    return found
  }

  /// The elements of an entry that rounding may take across its kink.
  private func crossings(of use: KinkUse) throws(ExplanationError) -> [Crossing] {
    var other = straight
    let list = straight.list
    let distance: Slot
    do {
      distance = try other.list.append(
        use.kink.distance(list.ruleOperands(use.slot)), operands: list.operands(use.slot),
        result: use.slot, bar: use.slot)
    } catch { throw .shapes(error) }
    do { try other.run() } catch { throw .fault(error) }
    func read(_ slot: Slot) -> [Double] {
      other.values.view(slot, in: other.list)?.array ?? []
    }
    let distances = read(distance)
    // The tip of a cone is as far away as the value is large, and has no slope there.
    var isTip = distances.contains(0) && distances == read(use.slot)
    if case .between = use.kink.sides { isTip = false }
    let near = distances.indices.filter { distances[$0].magnitude < KinkUse.near }
      .sorted { distances[$0].magnitude < distances[$1].magnitude }
    var found: [Crossing] = []
    for place in near.prefix(Self.mostKinks) {
      var reach = try other.rounding(of: distance, at: place)
      if reach == 0, isTip {
        for operand in list.operands(use.slot) { reach += try other.rounding(of: operand) }
      }
      if reach > 0, reach >= distances[place].magnitude {
        found.append(Crossing(use: use, place: place, reach: reach))
      }
    }
    return found
  }
}

extension StraightList {
  /// What rounding may make of an element.
  fileprivate func rounding(of slot: Slot, at place: Int) throws(ExplanationError) -> Double {
    let weights = (0..<list.shape(slot).count).map { $0 == place ? 1.0 : 0 }
    return try RoundingBound(self, output: slot, weights: weights, depth: .first).total
  }

  /// What rounding may make of the elements together; of long values no bound is known.
  fileprivate func rounding(of slot: Slot) throws(ExplanationError) -> Double {
    let count = list.shape(slot).count
    guard list[slot].code != Code.input, list[slot].code != Code.number else { return 0 }
    guard count <= 64 else { return .infinity }
    var sum = 0.0
    for place in 0..<count { sum += try rounding(of: slot, at: place) }
    return sum
  }
}
