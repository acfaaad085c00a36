/// States of a loop at the beginning of some segments of turns, in order, within a limit.
struct Checkpoints {
  /// How many elements a state has.
  let width: Int
  /// The segments that have a state, from first to last.
  private(set) var segments: [Int] = []
  /// Where in the buffer their states lie; the places that are free, and the first behind all.
  private var places: [Int] = []
  private var spare: [Int] = []
  private var end = 0
  /// How many there may be.
  private(set) var capacity = 0
  /// Of `thin`: every how many segments a state is kept.
  private(set) var stride = 1
  private let buffer: Buffer

  init(width: Int, memory: Memory) {
    self.width = width
    buffer = Buffer(memory: memory)
  }

  /// How many more there may be, if those behind a segment may go.
  func left(upTo segment: Int) -> Int { capacity - count(upTo: segment) }

  /// Forgets all of them and takes the memory that there is.
  ///
  /// - Parameter most: how many will ever be wanted.
  mutating func open(most: Int) throws(Fault) {
    segments.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    spare.removeAll(keepingCapacity: true)
    end = 0
    stride = 1
    capacity = min(most, buffer.most / max(width, 1))
    guard capacity > 0 else { throw Fault(.memory(width * 8)) }
    try buffer.grow(to: capacity * width)
  }

  /// Where the state of the latest segment up to one lies.
  func latest(upTo segment: Int) -> (segment: Int, state: UnsafeMutablePointer<Double>)? {
    let count = count(upTo: segment)
    guard count > 0, let base = buffer.base else { return nil }
    return (segments[count - 1], base + places[count - 1] * width)
  }

  /// How many segments up to one have a state.
  private func count(upTo segment: Int) -> Int {
    var (low, high) = (0, segments.count)
    if let last = segments.last, last <= segment { low = high }
    while low < high {
      let middle = (low + high) / 2
      if segments[middle] <= segment { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Room for the state of a segment; if need be the last one of those behind it goes.
  mutating func push(_ segment: Int) throws(Fault) -> UnsafeMutablePointer<Double> {
    if segments.count == capacity, let last = segments.last, last > segment {
      segments.removeLast()
      spare.append(places.removeLast())
    }
    guard let base = buffer.base, segments.count < capacity else {
      throw Fault(.memory(width * 8))
    }
    let place = spare.popLast() ?? end
    end = max(end, place + 1)
    let index = count(upTo: segment)
    segments.insert(segment, at: index)
    places.insert(place, at: index)
    return base + place * width
  }

  /// Whether the state of a segment is to be kept while nobody knows how many will follow: every
  /// segment at first, and when half of the room is taken, every second of those, and so on.
  mutating func thin(for segment: Int) -> Bool {
    if segments.count >= max(1, capacity / 2) {
      stride *= 2
      let known = zip(segments, places)
      spare += known.filter { $0.0 % stride != 0 }.map(\.1)
      places = known.filter { $0.0 % stride == 0 }.map(\.1)
      segments.removeAll { $0 % stride != 0 }
    }
    return segment % stride == 0
  }

  /// How far to go on from a state before the next is kept, so that as many segments can
  /// be visited from last to first with the fewest made again (Griewank's binomial schedule).
  static func step(segments length: Int, free: Int) -> Int {
    guard length > free + 2 else { return 1 }
    guard free > 0 else { return length }
    // With the one that it begins with there are so many states.
    let states = free + 1
    // The smallest r with binomial(states + r, r) >= length: no segment is made more than r times.
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
