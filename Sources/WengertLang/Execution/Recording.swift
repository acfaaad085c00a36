import WengertKernels

/// What a loop's adjoint reads of its turns.
///
/// While memory lasts, the recorded slots of every turn are kept. Where it does not, only the
/// carried values at the beginning of some segments of turns are, and a second loop of the same
/// body makes the turns of a segment again, all at once: the same kernels in the same order, so the
/// same bits.
final class Recording {
  private struct Kept {
    let slot: Slot
    let width: Int
    let buffer: Buffer
  }

  private unowned let loop: LoopCall
  private let site: LoopSite
  private let runner = Runner { _ in }
  private var kept: [Kept] = []
  /// How many recordings stand one behind the other, each making turns of the next one's, with it.
  let depth: Int
  /// How many turns the loop took.
  private var turns = 0
  private var count: Int?

  /// Whether turns are made again.
  private var isThinned = false
  /// How many turns a segment has.
  private var length = 1
  /// The segment whose values the buffers hold.
  private var held: Int?
  private var checkpoints: Checkpoints
  /// While the loop runs: the next segment at whose beginning the state is kept.
  private var next = 0
  /// The loop that makes turns again, and the turn at whose beginning it stands.
  private var second: LoopCall?
  private var position: Int?
  /// Whether something is recorded that the body makes, not only what a turn begins with.
  private let readsBody: Bool
  /// Whether the second loop has computed what all turns share.
  private var hasBegun = false

  /// A recording of some slots of a loop's body.
  init(_ loop: LoopCall, _ slots: [Slot], site: LoopSite) {
    self.loop = loop
    self.site = site
    checkpoints = Checkpoints(
      width: loop.carries.reduce(0) { $0 + $1.count }, memory: site.memory)
    let body = loop.loop.body
    kept = slots.map { slot in
      Kept(slot: slot, width: body.shape(slot).count, buffer: Buffer(memory: site.memory))
    }
    readsBody = !Set(slots).isSubset(of: body.parameters[..<loop.loop.carried])
    depth = 1 + (site.walks.flatMap { $0.history?.recordings ?? [] }.map(\.depth).max() ?? 0)
  }

  /// The history of a recorded slot.
  func history(of slot: Slot) -> History? {
    guard let place = kept.firstIndex(where: { $0.slot == slot }) else { return nil }
    return History(width: kept[place].width, recording: self, place: place)
  }

  /// The values of a recorded slot: of all turns, or of those that are held.
  func values(of place: Int) -> wl_values { values(of: place, in: held) }

  private func values(of place: Int, in segment: Int?) -> wl_values {
    let first = isThinned ? indices(of: segment ?? 0).lowerBound : 0
    return wl_values(array: kept[place].buffer.base, first: first)
  }

  /// Where the machine keeps the values of a recorded slot, while all turns are kept.
  func keep(of place: Int) -> (loop: UnsafePointer<wl_loop>, number: Int) { loop.keep(of: place) }

  /// The indices of a segment's turns.
  private func indices(of segment: Int) -> Range<Int> {
    let (first, end) = (min(segment * length, turns), min((segment + 1) * length, turns))
    return loop.isBackward ? (turns - end)..<(turns - first) : first..<end
  }

  // MARK: while the loop runs

  /// A loop begins, with a number of turns where it is known.
  func begin(count: Int?) throws(Fault) {
    self.count = count
    turns = count ?? 0
    isThinned = false
    held = nil
    position = nil
    hasBegun = false
    defer { connect() }
    if try !makeRoom(for: count ?? 1) { try startThinning() }
  }

  /// A turn begins a segment.
  func beginSegment(at turn: Int) throws(Fault) {
    turns = count ?? (turn + 1)
    try beginSegment(turn / length, of: loop)
    connect()
  }

  /// A turn has run behind which there is no room for another.
  func makeRoom(behind turn: Int) throws(Fault) {
    turns = turn + 1
    defer { connect() }
    if try !makeRoom(for: turn + 2) { try startThinning() }
  }

  /// The loop is over.
  func finish(turns count: Int) { turns = count }

  /// Tells the machine where to keep values, and when it is to tell something.
  private func connect() {
    let machine = loop.machine
    let room = kept.map { $0.buffer.count / max($0.width, 1) }.min() ?? .max
    machine.pointee.isThinned = isThinned ? 1 : 0
    machine.pointee.room = room
    if isThinned {
      machine.pointee.tellAt = held.map { ($0 + 1) * length } ?? 0
    } else {
      machine.pointee.tellAt = count == nil ? room - 1 : .max
    }
    loop.connectKeeps { values(of: $0, in: held) }
  }

  /// Makes room for the values of some turns; false where they do not fit.
  private func makeRoom(for wanted: Int) throws(Fault) -> Bool {
    for slot in kept {
      let (needed, overflow) = wanted.multipliedReportingOverflow(by: max(slot.width, 1))
      guard !overflow, !needed.multipliedReportingOverflow(by: 8).overflow else {
        throw Fault(.memory(.max))
      }
      guard needed > slot.buffer.count else { continue }
      let size = count == nil ? max(needed, 2 * slot.buffer.count) : needed
      guard size <= slot.buffer.most / kept.count else { return false }
      try slot.buffer.grow(to: size)
    }
    return true
  }

  /// From here on the values of one segment are kept, and the states of some.
  ///
  /// Of a `while` some turns have been taken; they are made again.
  private func startThinning() throws(Fault) {
    isThinned = true
    for slot in kept { slot.buffer.clear() }
    length = min(site.memory.turns(of: kept.reduce(0) { $0 + $1.width }), max(count ?? .max, 1))
    for slot in kept { try slot.buffer.grow(to: length * slot.width) }
    try checkpoints.open(most: count.map { ($0 - 1) / length + 1 } ?? .max)
    next = 0
    guard count == nil, turns > 0 else { return }
    let second = try secondLoop()
    second.start()
    position = 0
    for segment in 0...((turns - 1) / length) {
      try beginSegment(segment, of: second)
      try advance(second, to: min((segment + 1) * length, turns))
    }
  }

  /// Keeps the state with which a segment begins, if it is due, and says which is the next.
  private func beginSegment(_ segment: Int, of loop: LoopCall) throws(Fault) {
    held = segment
    guard segment == next else { return }
    if let count {
      let segments = (count - 1) / length + 1
      // The state of the first turn is what the loop starts from.
      if segment > 0 { loop.saveState(to: try checkpoints.push(segment)) }
      let free = checkpoints.left(upTo: segment)
      next =
        free > 0 && segment + 1 < segments
        ? segment + Checkpoints.step(segments: segments - segment, free: free) : -1
    } else {
      if checkpoints.thin(for: segment) { loop.saveState(to: try checkpoints.push(segment)) }
      next = segment - segment % checkpoints.stride + checkpoints.stride
    }
  }

  // MARK: behind the loop

  /// Has the values of a turn, by its index, at hand; says of which others they are as well, until
  /// some that are not among them are asked for.
  func turns(around index: Int) throws(Fault) -> Range<Int> {
    guard isThinned else { return 0..<Int.max }
    guard (0..<turns).contains(index) else { throw Fault(.noTurn) }
    let segment = (loop.isBackward ? turns - 1 - index : index) / length
    if held != segment { try makeAgain(segment) }
    return indices(of: segment)
  }

  /// Has the buffers hold a segment.
  private func makeAgain(_ segment: Int) throws(Fault) {
    let second = try secondLoop()
    let end = min((segment + 1) * length, turns)
    held = nil
    try go(to: segment, second)
    try advance(second, to: readsBody ? end : end - 1)
    if !readsBody { keepBeginning(of: end - 1, second) }
    held = segment
  }

  /// Brings the second loop to the beginning of a segment, and keeps states for the way back.
  private func go(to segment: Int, _ second: LoopCall) throws(Fault) {
    let known = checkpoints.latest(upTo: segment)
    var here = known?.segment ?? 0
    var stop = -1
    if let position, position >= here * length, position <= segment * length {
      here = position / length
    } else {
      if let known { second.loadState(from: known.state) } else { second.start() }
      position = here * length
      stop = here
    }
    while here < segment {
      if here == stop {
        if here > (known?.segment ?? 0) { second.saveState(to: try checkpoints.push(here)) }
        let (count, free) = (segment - here, checkpoints.left(upTo: here))
        stop = free > 0 && count > 1 ? here + Checkpoints.step(segments: count, free: free) : -1
      }
      here += 1
      try advance(second, to: here * length)
    }
  }

  /// Runs the second loop up to a turn of the segment in which it is, or to its end, and keeps what
  /// is read.
  private func advance(_ second: LoopCall, to end: Int) throws(Fault) {
    guard let begin = position, begin < end else { return }
    let segment = begin / length
    second.connectKeeps { values(of: $0, in: segment) }
    (held, position) = (nil, nil)
    try runner.run(begin..<end, of: turns, second)
    (held, position) = (segment, end)
  }

  /// Keeps what a turn begins with, at which the second loop stands.
  private func keepBeginning(of turn: Int, _ second: LoopCall) {
    for slot in kept {
      guard let from = second.pointers[slot.slot.place], let base = slot.buffer.base else {
        continue
      }
      let place = loop.isBackward ? 0 : turn % length
      (base + place * slot.width).update(from: from, count: slot.width)
    }
  }

  private func secondLoop() throws(Fault) -> LoopCall {
    let made: LoopCall
    if let second { made = second } else { made = try site.makeAgain(kept.map(\.slot)) }
    second = made
    if !hasBegun {
      hasBegun = true
      made.start()
      try runner.run(made.once, silently: true)
    }
    return made
  }
}
