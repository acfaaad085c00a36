import WengertKernels

/// A chunk of elements that lives as long as somebody holds it; it never moves.
final class Chunk: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>
  let count: Int

  /// Room for some elements, where the machine has it.
  init?(count: Int) {
    guard let base = wl_resize(nil, count) else { return nil }
    self.base = base
    self.count = count
    wl_prefer_large_pages(base, count * 8)
  }

  deinit { wl_release(base) }
}

/// Chunks handed out piece by piece, within a limit.
final class Memory {
  private(set) var chunks: [Chunk] = []
  private var free: UnsafeMutablePointer<Double>?
  private var left = 0
  /// How many bytes may still be handed out.
  private(set) var budget: Int
  /// How many bytes there are for values, those that somebody else has included.
  private let limit: Int

  /// Memory within a limit, of which others have taken some bytes.
  init(limit: Int, besides taken: Int = 0) {
    self.limit = limit
    budget = limit - taken
  }

  /// Room for some elements; their values are undefined.
  func allocate(_ count: Int) throws(Fault) -> UnsafeMutablePointer<Double> {
    try spend(count)
    if count > left || free == nil {
      guard let chunk = Chunk(count: max(count, min(4096, 64 + 2 * count))) else {
        throw Fault(.memory(count * 8))
      }
      chunks.append(chunk)
      free = chunk.base
      left = chunk.count
    }
    guard let start = free else { throw Fault(.memory(count * 8)) }
    free = start + count
    left -= count
    return start
  }

  /// Takes the bytes of some elements out of the budget.
  func spend(_ count: Int) throws(Fault) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 8)
    guard !overflow, bytes <= budget else {
      var fault = Fault(.memory(overflow ? Int.max : bytes))
      fault.taken = limit - budget
      throw fault
    }
    budget -= bytes
  }

  /// How many turns' values of a width are made again at once: what rows have lanes for, if it
  /// takes no more than an eighth of what is left or of a megabyte.
  func turns(of width: Int) -> Int {
    max(1, min(Int(WL_LANES), min(budget, 1 << 20) / 64 / max(width, 1)))
  }

  /// Gives the bytes of some elements back to the budget.
  func release(_ count: Int) { budget += count * 8 }
}

/// Elements in one piece that can grow, within the limit of a memory; it moves when it does.
final class Buffer {
  private(set) var base: UnsafeMutablePointer<Double>?
  private(set) var count = 0
  private let memory: Memory

  init(memory: Memory) { self.memory = memory }

  deinit { wl_release(base) }

  /// How many elements it may have if it takes no more than half of what is left.
  var most: Int { count + memory.budget / 16 }

  /// Makes room for some elements; those that were there stay.
  func grow(to wanted: Int) throws(Fault) {
    guard wanted > count else { return }
    try memory.spend(wanted - count)
    guard let larger = wl_resize(base, wanted) else {
      memory.release(wanted - count)
      throw Fault(.memory(wanted * 8))
    }
    base = larger
    count = wanted
  }

  /// Gives everything back.
  func clear() {
    memory.release(count)
    wl_release(base)
    base = nil
    count = 0
  }
}
