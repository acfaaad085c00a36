/// The statements that made a program, to write them again when a shape changes.
///
/// Plain bindings, which come by the million, are kept as runs.
struct WrittenStatements: RandomAccessCollection, Sendable {
  /// Where a statement stands: the number of its tree, and its node.
  struct Place: Sendable, BitwiseCopyable {
    let tree: Int32
    let node: Node
  }

  /// Statements whose nodes count down and of which each has one entry, or a single one.
  private struct Run: BitwiseCopyable {
    let tree: Int32
    let node: Int32
    /// Its first statement among all.
    let start: Int32
    /// How many entries the program has behind the first statement.
    let end: Int32
  }

  private var runs: [Run] = []
  private(set) var endIndex = 0
  var startIndex: Int { 0 }

  subscript(_ index: Int) -> Place {
    let run = runs[self.run(of: index)]
    let offset = Int32(truncatingIfNeeded: index) - run.start
    return Place(tree: run.tree, node: Node(index: run.node - offset))
  }

  /// Adds a statement, behind which the program has some entries.
  mutating func append(_ place: Place, entries: Int) { append(1, from: place, entries: entries) }

  /// Adds plain bindings that follow each other, behind which the program has some entries.
  mutating func append(_ count: Int, from first: Place, entries: Int) {
    guard count > 0 else { return }
    runs.append(
      Run(
        tree: first.tree, node: first.node.index, start: Int32(truncatingIfNeeded: endIndex),
        end: Int32(truncatingIfNeeded: entries - count + 1)))
    endIndex += count
  }

  /// The first statement from one on that has an entry at a place or behind it.
  func firstIndex(from first: Int, reaching entry: Int) -> Int {
    var (low, high) = (first, endIndex)
    while low < high {
      let middle = (low + high) / 2
      let run = runs[self.run(of: middle)]
      if Int(run.end) + middle - Int(run.start) <= entry { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Forgets those from one on.
  mutating func truncate(to count: Int) {
    while let last = runs.last, Int(last.start) >= count { runs.removeLast() }
    endIndex = Swift.min(endIndex, count)
  }

  /// The run that a statement is in.
  private func run(of index: Int) -> Int {
    var (low, high) = (0, runs.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(runs[middle].start) <= index { low = middle } else { high = middle }
    }
    return low
  }
}
