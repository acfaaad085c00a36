/// Numbers of which long stretches count up or down by one: each stretch takes as much room as a
/// single number.
struct NumberRuns: RandomAccessCollection, Sendable {
  private struct Run: BitwiseCopyable {
    /// Where it begins among all numbers.
    let start: Int32
    let first: Int32
  }

  private var runs: [Run] = []
  /// The number that would go on with the last run.
  private var next: Int32 = 0
  private let step: Int32
  private(set) var endIndex = 0
  var startIndex: Int { 0 }

  /// No numbers yet, of which stretches count by 1 or by -1.
  init(step: Int32) { self.step = step }

  subscript(_ index: Int) -> Int32 {
    var (low, high) = (0, runs.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(runs[middle].start) <= index { low = middle } else { high = middle }
    }
    return runs[low].first &+ (Int32(truncatingIfNeeded: index) &- runs[low].start) &* step
  }

  @inline(__always)
  mutating func append(_ number: Int32) {
    if endIndex == 0 || number != next {
      runs.append(Run(start: Int32(truncatingIfNeeded: endIndex), first: number))
    }
    next = number &+ step
    endIndex += 1
  }

  /// Takes a number out, wherever it stands.
  mutating func remove(_ number: Int32) {
    guard contains(number) else { return }
    let old = self
    self = NumberRuns(step: step)
    for other in old where other != number { append(other) }
  }
}
