import WengertKernels

/// What a loop's adjoint reads of its turns.
///
/// While memory lasts, the recorded slots of every turn are kept. Where it does not, only the
/// carried values of some turns are, and a second loop of the same body makes the others again from
/// there: the same kernels in the same order, so the same bits.
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
  /// How many turns the loop took.
  private(set) var turns = 0
  /// Whether turns are made again.
  private(set) var isThinned = false
  private var checkpoints: Checkpoints
  /// While the loop runs: the next turn whose state is kept.
  private var next = 0
  private var count: Int?
  /// The loop that makes turns again, the turn that it stands at, whether that turn's body has run.
  private var second: LoopCall?
  private var position: Int?
  private var hasRun = false
  /// Whether something is recorded that the body makes, not only what a turn begins with.
  private var readsBody = false
  /// Whether the second loop has computed what all turns share.
  private var hasBegun = false
  private var previous = Int.max

  /// A recording of some slots of a loop's body.
  init(_ loop: LoopCall, _ slots: [Slot], site: LoopSite) {
    self.loop = loop
    self.site = site
    checkpoints = Checkpoints(
      width: loop.carries.reduce(0) { $0 + $1.count }, memory: site.memory)
    let body = loop.loop.body
    kept = slots.compactMap { slot in
      let width = body.shape(slot).count
      return Kept(slot: slot, width: width, buffer: Buffer(memory: site.memory))
    }
    readsBody = !Set(slots).isSubset(of: body.parameters[..<loop.loop.carried])
  }

  /// The history of a recorded slot.
  func history(of slot: Slot) -> History? {
    guard let place = kept.firstIndex(where: { $0.slot == slot }) else { return nil }
    return History(width: kept[place].width, recording: self, place: place)
  }

  /// Where the values of a recorded slot lie, turn by turn, where all are kept.
  func array(of place: Int) -> UnsafeMutablePointer<Double>? {
    isThinned ? nil : kept[place].buffer.base
  }

  /// Where the machine keeps the values of a recorded slot, while all turns are kept.
  func keep(of place: Int) -> (loop: UnsafePointer<wl_loop>, number: Int) { loop.keep(of: place) }

  // MARK: while the loop runs

  /// A loop begins, with a number of turns where it is known.
  func begin(count: Int?) throws(Fault) {
    turns = 0
    self.count = count
    isThinned = false
    position = nil
    previous = .max
    hasBegun = false
    turns = count ?? 0
    if try !makeRoom(for: count ?? 1) { try startThinning() }
    connect()
  }

  /// A turn begins at which the machine was to tell.
  func keepState(at turn: Int) throws(Fault) {
    guard turn == next else { return }
    try checkpoint(turn, of: loop)
    connect()
  }

  /// A turn has run behind which there is no room for another.
  func makeRoom(behind turn: Int) throws(Fault) {
    turns = turn + 1
    if try !makeRoom(for: turn + 2) { try startThinning() }
    connect()
  }

  /// The loop is over.
  func finish(turns count: Int) { turns = count }

  /// Tells the machine where to keep values, and when it is to tell something.
  private func connect() {
    loop.machine.pointee.isThinned = isThinned ? 1 : 0
    let room = kept.map { $0.buffer.count / max($0.width, 1) }.min() ?? .max
    loop.machine.pointee.room = room
    loop.machine.pointee.tellAt = isThinned ? (next < 0 ? .max : next) : count ?? room - 1
    loop.connectKeeps()
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

  /// From here on only the states of some turns are kept.
  ///
  /// Of a `while` some turns have been taken; their states are made again.
  private func startThinning() throws(Fault) {
    isThinned = true
    for slot in kept { slot.buffer.clear() }
    try checkpoints.open(most: count ?? Int.max)
    next = 0
    guard count == nil, turns > 0 else { return }
    let second = try secondLoop()
    second.start()
    for turn in 0..<turns {
      if turn == next { try checkpoint(turn, of: second) }
      try run(second, turn)
      second.handOver()
    }
    position = nil
  }

  /// Keeps the state of a turn and says which is the next one.
  private func checkpoint(_ turn: Int, of loop: LoopCall) throws(Fault) {
    if let count {
      // The state of the first turn is what the loop starts from.
      if turn > 0 { loop.saveState(to: try checkpoints.push(turn)) }
      next =
        checkpoints.left > 0 && turn + 1 < count
        ? turn + Checkpoints.step(turns: count - turn, free: checkpoints.left) : -1
    } else {
      if checkpoints.thin(for: turn) { loop.saveState(to: try checkpoints.push(turn)) }
      next = turn - turn % checkpoints.stride + checkpoints.stride
    }
  }

  // MARK: behind the loop

  /// The value of a recorded slot at a turn, good until another turn is asked for.
  @inline(__always)
  func value(of place: Int, at index: Int) throws(Fault) -> UnsafePointer<Double> {
    let slot = kept[place]
    if !isThinned, let base = slot.buffer.base {
      return UnsafePointer(base + index * slot.width)
    }
    let second = try standing(at: loop.isBackward ? turns - 1 - index : index)
    guard let value = second.pointers[slot.slot.place] else { throw Fault(.noTurn) }
    return UnsafePointer(value)
  }

  /// The second loop at a turn whose body has run; many values of one turn are asked for in a row.
  private func standing(at turn: Int) throws(Fault) -> LoopCall {
    if let second, position == turn, hasRun || !readsBody { return second }
    return try makeAgain(turn)
  }

  /// Has the second loop stand at a turn whose body has run.
  private func makeAgain(_ turn: Int) throws(Fault) -> LoopCall {
    let second = try secondLoop()
    if position != turn { try go(to: turn, second) }
    if readsBody, !hasRun {
      try run(second, turn)
      hasRun = true
    }
    previous = turn
    return second
  }

  /// Brings the second loop to the beginning of a turn, and keeps states for the way back.
  private func go(to turn: Int, _ second: LoopCall) throws(Fault) {
    if turn < previous { checkpoints.drop(behind: turn) }
    let known = checkpoints.latest(upTo: turn)
    var here = known?.turn ?? 0
    if let position, position <= turn, position >= here {
      here = position
    } else {
      hasRun = false
      if let known { second.loadState(from: known.state) } else { second.start() }
    }
    var stop = turn - here > 1 && here == (known?.turn ?? 0) ? here : -1
    while here < turn {
      if here == stop {
        if here > (known?.turn ?? 0) { second.saveState(to: try checkpoints.push(here)) }
        let (length, free) = (turn - here, checkpoints.left)
        stop = free > 0 && length > 1 ? here + Checkpoints.step(turns: length, free: free) : -1
      }
      if !hasRun { try run(second, here) }
      second.handOver()
      hasRun = false
      here += 1
    }
    position = turn
  }

  private func run(_ second: LoopCall, _ turn: Int) throws(Fault) {
    let index = second.isBackward ? turns - 1 - turn : turn
    second.turn.pointee = Double(index)
    for walk in second.walks {
      walk.parameter.update(from: try walk.value(at: index), count: walk.width)
    }
    try runner.run(second.body, silently: true)
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

extension LoopCall {
  /// Writes the carried values one behind the other.
  fileprivate func saveState(to place: UnsafeMutablePointer<Double>) {
    var next = place
    for carry in carries {
      next.update(from: carry.parameter, count: carry.count)
      next += carry.count
    }
  }

  fileprivate func loadState(from place: UnsafeMutablePointer<Double>) {
    var next = place
    for carry in carries {
      carry.parameter.update(from: next, count: carry.count)
      next += carry.count
    }
  }
}
