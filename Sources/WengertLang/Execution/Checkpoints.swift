/// States of a loop at the beginning of some turns, in order, within a limit.
struct Checkpoints {
  /// How many elements a state has.
  let width: Int
  /// The turns that have a state, from first to last.
  private(set) var turns: [Int] = []
  /// How many there may be.
  private(set) var capacity = 0
  /// Of `thin`: every how many turns a state is kept.
  private(set) var stride = 1
  private let buffer: Buffer

  init(width: Int, memory: Memory) {
    self.width = width
    buffer = Buffer(memory: memory)
  }

  /// How many more there may be.
  var left: Int { capacity - turns.count }

  /// Forgets all of them and takes the memory that there is.
  ///
  /// - Parameter most: how many will ever be wanted.
  mutating func open(most: Int) throws(Fault) {
    turns.removeAll(keepingCapacity: true)
    stride = 1
    capacity = min(most, buffer.most / max(width, 1))
    guard capacity > 0 else { throw Fault(.memory(width * 8)) }
    try buffer.grow(to: capacity * width)
  }

  /// Where the state of the latest turn up to a turn lies.
  func latest(upTo turn: Int) -> (turn: Int, state: UnsafeMutablePointer<Double>)? {
    var (low, high) = (0, turns.count)
    if let last = turns.last, last <= turn { low = high }
    while low < high {
      let middle = (low + high) / 2
      if turns[middle] <= turn { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let base = buffer.base else { return nil }
    return (turns[low - 1], base + (low - 1) * width)
  }

  /// Room for the state of a turn behind those that are there.
  mutating func push(_ turn: Int) throws(Fault) -> UnsafeMutablePointer<Double> {
    guard let base = buffer.base, turns.count < capacity else {
      throw Fault(.memory(width * 8))
    }
    turns.append(turn)
    return base + (turns.count - 1) * width
  }

  /// Forgets the states behind a turn.
  mutating func drop(behind turn: Int) {
    while let last = turns.last, last > turn { turns.removeLast() }
  }

  /// Whether the state of a turn is to be kept while nobody knows how many will follow: every
  /// turn at first, and when half of the room is taken, every second of those, and so on.
  mutating func thin(for turn: Int) -> Bool {
    if turns.count >= max(1, capacity / 2), let base = buffer.base {
      stride *= 2
      var kept = 0
      for (place, known) in turns.enumerated() where known % stride == 0 {
        if kept < place { (base + kept * width).update(from: base + place * width, count: width) }
        turns[kept] = known
        kept += 1
      }
      turns.removeSubrange(kept...)
    }
    return turn % stride == 0
  }

  /// How far to go on from a state before the next is kept, so that `turns` of them can be
  /// visited from last to first with the fewest turns made again (Griewank's binomial schedule).
  static func step(turns length: Int, free: Int) -> Int {
    guard length > free + 2 else { return 1 }
    guard free > 0 else { return length }
    // With the one that it begins with there are so many states.
    let states = free + 1
    // The smallest r with binomial(states + r, r) >= length: no turn is made more than r times.
    var (r, reach, before) = (1, states + 1, 1)
    while reach < length {
      before = reach
      r += 1
      let (product, overflow) = reach.multipliedReportingOverflow(by: states + r)
      reach = overflow ? Int.max : product / r
    }
    // Behind the next state, with one state fewer: binomial(states - 1 + r, r) turns at most.
    let behind = reach - before
    return max(1, min(length - 1, max(length - behind, before * (r - 1) / (states + r - 1))))
  }
}
