/// A list that runs again and again with other inputs.
struct Evaluation: Sendable {
  private let list: List
  private let places: [Slot]
  private let mostTurns: Int?

  /// The entries that the roots need.
  ///
  /// - Parameter mostTurns: how many turns `while` loops may take: elsewhere they may not end.
  init(_ whole: List, inputs: [Slot], roots: [Slot], mostTurns: Int? = nil) {
    self.mostTurns = mostTurns
    var whole = whole
    whole.silence()
    var list = List(like: whole)
    places = whole.pruned(into: &list, roots: inputs + roots)
    self.list = list
  }

  /// The values of roots where some entries have other values.
  func values(
    of roots: [Slot], replacing changes: [(slot: Slot, elements: [Double])]
  ) throws(Fault) -> [[Double]] {
    var list = list
    for (slot, elements) in changes { list.replaceWithInput(places[slot.place], elements) }
    let values = try list.evaluated(mostTurns: mostTurns)
    return roots.map { values.view(places[$0.place], in: list)?.array ?? [] }
  }

  /// The values, nil where there are none; only a limit is thrown.
  func found(
    _ roots: [Slot], replacing changes: [(slot: Slot, elements: [Double])]
  ) throws(Fault) -> [[Double]]? {
    try unlessLimited { () throws(Fault) in try values(of: roots, replacing: changes) }
  }
}

/// What a run gives, nil where it fails; a limit that ends it is thrown, for it is no evidence.
func unlessLimited<Result>(_ run: () throws(Fault) -> Result) throws(Fault) -> Result? {
  do { return try run() } catch {
    guard !error.isLimit else { throw error }
    return nil
  }
}

extension [Double] {
  /// The sum of products, element by element.
  func inner(_ other: [Double]) -> Double {
    zip(self, other).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Moved along a direction.
  func moved(_ step: Double, along direction: [Double]) -> [Double] {
    zip(self, direction).map { $0 + step * $1 }
  }

  var isFinite: Bool { allSatisfy(\.isFinite) }
}
