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
  private let source: Source

  /// The values that a loop's recording keeps or makes again.
  init(width: Int, recording: Recording, place: Int) {
    self.width = width
    source = .recorded(recording, place: place)
  }

  /// What an operation makes of two histories, turn by turn, when it is read.
  init(_ block: @escaping Kernel.Zip.Block, _ a: History, _ b: History, memory: Memory)
    throws(Fault)
  {
    width = a.width
    source = .zipped(a, b, block, try memory.allocate(a.width))
  }

  /// Where the values of all turns lie, where they are kept.
  var array: UnsafePointer<Double>? {
    guard case .recorded(let recording, let place) = source, !recording.isThinned else {
      return nil
    }
    return recording.array(of: place).map { UnsafePointer($0) }
  }

  /// Where the machine keeps the values of all turns, as long as they are kept.
  var keep: (loop: UnsafePointer<wl_loop>, number: Int)? {
    guard case .recorded(let recording, let place) = source else { return nil }
    return recording.keep(of: place)
  }

  /// The value of a turn, good until the next one is asked for.
  func value(at turn: Int) throws(Fault) -> UnsafePointer<Double> {
    switch source {
    case .recorded(let recording, let place): return try recording.value(of: place, at: turn)
    case .zipped(let a, let b, let block, let out):
      block(try a.value(at: turn), try b.value(at: turn), out, width, 1, 1)
      return UnsafePointer(out)
    }
  }
}
