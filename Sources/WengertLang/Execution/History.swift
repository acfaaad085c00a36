import WengertKernels

/// The values that a slot of a loop's body took, one for each turn.
final class History {
  /// Where the value of a turn comes from.
  private enum Source {
    /// The body slot at a place among those that a recording keeps.
    case recorded(Recording, place: Int)
    /// Two histories, element by element.
    case zipped(History, History, Kernel.Zip.Block, UnsafeMutablePointer<Double>)
  }

  /// How many elements one value has.
  let width: Int
  /// The values of how many turns can be had at once.
  let most: Int
  private let source: Source

  /// The values that a loop's recording keeps or makes again.
  init(width: Int, recording: Recording, place: Int) {
    self.width = width
    most = .max
    source = .recorded(recording, place: place)
  }

  /// What an operation makes of two histories, turn by turn, when it is read.
  init(_ block: @escaping Kernel.Zip.Block, _ a: History, _ b: History, memory: Memory)
    throws(Fault)
  {
    width = a.width
    most = min(memory.turns(of: width), a.most, b.most)
    source = .zipped(a, b, block, try memory.allocate(most * width))
  }

  /// The recordings that it reads.
  var recordings: [Recording] {
    switch source {
    case .recorded(let recording, _): [recording]
    case .zipped(let a, let b, _, _): a.recordings + b.recordings
    }
  }

  /// Where the machine keeps the values of all turns, as long as they are kept.
  var keep: (loop: UnsafePointer<wl_loop>, number: Int)? {
    guard case .recorded(let recording, let place) = source else { return nil }
    return recording.keep(of: place)
  }

  /// The values of turns that its recordings hold, good until they are asked for others.
  ///
  /// - Parameter turns: at most `most` of them.
  func values(of turns: Range<Int>) -> wl_values {
    switch source {
    case .recorded(let recording, let place): return recording.values(of: place)
    case .zipped(let a, let b, let block, let out):
      let first = turns.lowerBound
      var (left, right) = (a.values(of: turns), b.values(of: turns))
      if let x = wl_value_at(&left, first, width), let y = wl_value_at(&right, first, width) {
        block(x, y, out, turns.count * width, 1, 1)
      }
      return wl_values(array: out, first: first)
    }
  }
}
