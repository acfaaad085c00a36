/// The entries that a value needs, with their values where they were asked for.
struct Listing: Sendable {
  let straight: StraightList
  let labels: Labels
  /// The entry that was asked for.
  let output: Slot

  /// Lists what y needs.
  ///
  /// - Parameter running: whether the entries are run, so that every one has its value.
  static func make(
    of y: Slot, in list: List, symbols: Symbols, running: Bool
  ) throws(ExplanationError) -> Listing {
    var straight = try StraightList(list, roots: [y])
    guard let output = straight.places[y] else { throw .notThere }
    if running { do { try straight.run() } catch { throw .fault(error) } }
    return Listing(straight, Labels(straight, roots: [output], symbols: symbols), output)
  }

  private init(_ straight: StraightList, _ labels: Labels, _ output: Slot) {
    self.straight = straight
    self.labels = labels
    self.output = output
  }
}
