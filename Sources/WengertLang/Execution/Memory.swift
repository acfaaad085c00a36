/// A chunk of elements that lives as long as somebody holds it; it never moves.
final class Chunk: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>
  let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(count, 1))
  }

  deinit { base.deallocate() }
}

/// Chunks handed out piece by piece, within a limit.
final class Memory {
  private(set) var chunks: [Chunk] = []
  private var free: UnsafeMutablePointer<Double>?
  private var left = 0
  /// How many bytes may still be handed out.
  private var budget: Int

  init(limit: Int) { budget = limit }

  /// Room for some elements; their values are undefined.
  func allocate(_ count: Int) throws(Fault) -> UnsafeMutablePointer<Double> {
    try spend(count)
    if count > left || free == nil {
      let chunk = Chunk(count: max(count, min(4096, 64 + 2 * count)))
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
    guard !overflow, bytes <= budget else { throw Fault(.memory(overflow ? Int.max : bytes)) }
    budget -= bytes
  }
}

/// The values that a slot of a loop's body took, one for each turn.
final class History {
  /// How many elements one value has.
  let width: Int
  private(set) var turns = 0
  private(set) var base: UnsafeMutablePointer<Double>
  private var capacity = 0
  private let memory: Memory

  init(width: Int, memory: Memory) {
    self.width = width
    self.memory = memory
    base = .allocate(capacity: 1)
  }

  deinit { base.deallocate() }

  func clear() { turns = 0 }

  /// Makes room for a number of turns, all of which will be stored.
  func resize(turns count: Int) throws(Fault) {
    let (needed, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow else { throw Fault(.memory(Int.max)) }
    if needed > capacity {
      let grown = max(needed, 2 * capacity)
      try memory.spend(grown - capacity)
      let larger = UnsafeMutablePointer<Double>.allocate(capacity: grown)
      larger.update(from: base, count: turns * width)
      base.deallocate()
      base = larger
      capacity = grown
    }
    turns = count
  }

  /// Keeps the value of a turn.
  func store(_ value: UnsafePointer<Double>, at turn: Int) throws(Fault) {
    if turn >= turns { try resize(turns: turn + 1) }
    (base + turn * width).update(from: value, count: width)
  }

  /// The value of a turn.
  func value(at turn: Int) -> UnsafePointer<Double> { UnsafePointer(base + turn * width) }
}
