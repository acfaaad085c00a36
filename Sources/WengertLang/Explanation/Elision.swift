/// Which lines of a long loop are left out: all but those of its first and last turns.
struct Elision {
  /// How many turns are shown at either end.
  static let ends = 3

  /// For each line the turn because of which it is hidden.
  private let hidden: [Int?]

  init(_ lines: [Slot], in straight: StraightList) {
    hidden = lines.map { slot in
      var turn = straight.turn(slot)
      while let known = turn {
        if known.count > 2 * Self.ends + 1, known.number > Self.ends,
          known.number <= known.count - Self.ends
        {
          return known.number
        }
        turn = known.outer.map { straight.turns[$0] }
      }
      return nil
    }
  }

  func isShown(_ index: Int) -> Bool { hidden[index] == nil }

  /// The turns that are left out before a line, the first and the last.
  func gap(before index: Int) -> (first: Int, last: Int)? {
    guard index > 0, hidden[index] == nil, let last = hidden[index - 1] else { return nil }
    var start = index - 1
    while start > 0, hidden[start - 1] != nil { start -= 1 }
    return hidden[start].map { ($0, last) }
  }
}
