/// Colours for places such that no group holds two of one colour.
struct Colouring {
  /// The colour of each place.
  private(set) var colours: [Int]
  /// How many colours there are.
  private(set) var count = 0
  /// How often a place may look at a neighbour; sweeps without colours are faster than more.
  private static let mostWork = 1 << 28

  /// Colours places one after another, each with the first colour that no neighbour has.
  ///
  /// - Parameters:
  ///   - groups: places that need different colours.
  ///   - limit: how many colours may be used; nil comes back where they do not do.
  init?(_ count: Int, groups: Set<[Int32]>, limit: Int) {
    guard (groups.map(\.count).max() ?? 0) <= limit,
      groups.reduce(0, { $0 + $1.count * $1.count }) <= Self.mostWork
    else { return nil }
    colours = Array(repeating: -1, count: count)
    var memberships: [[[Int32]]] = Array(repeating: [], count: count)
    for group in groups {
      for place in group { memberships[Int(place)].append(group) }
    }
    // The place at which a colour was last seen beside another.
    var taken = Array(repeating: -1, count: limit)
    for place in 0..<count {
      if Kernel.isStopped { return nil }
      for group in memberships[place] {
        for other in group where colours[Int(other)] >= 0 { taken[colours[Int(other)]] = place }
      }
      guard let free = taken.firstIndex(where: { $0 != place }) else { return nil }
      colours[place] = free
      self.count = max(self.count, free + 1)
    }
  }
}
