import WengertKernels

/// A loop made ready: its body's plan and where everything lies.
final class LoopCall {
  struct Walk {
    var parameter: UnsafeMutablePointer<Double>
    var width: Int
    var array: UnsafePointer<Double>?
    var history: History?
  }
  struct Carry {
    var start: UnsafePointer<Double>
    var parameter: UnsafeMutablePointer<Double>
    var next: UnsafePointer<Double>
    var count: Int
    /// Where the next value waits while others are handed over, if it is itself a carried value.
    var waiting: UnsafeMutablePointer<Double>?
    /// Whether it is a sum that grows many turns at a time.
    var isSummed = false
  }

  let loop: Loop
  /// Where it is written.
  let span: Span?
  /// What all turns share, what each does, and what is done for many at once.
  let once: Plan
  let body: Plan
  let wide: Plan
  var condition: Plan?
  var carries: [Carry] = []
  var walks: [Walk] = []
  let turn: UnsafeMutablePointer<Double>
  let turnsTaken: UnsafeMutablePointer<Double>
  /// Whether its output was printed before and is not to be printed again.
  var isSilent = false { didSet { machine.pointee.isSilent = isSilent ? 1 : 0 } }
  /// Whether it is training, whose steps are looked at.
  var isKept = false { didSet { machine.pointee.isKept = isKept ? 1 : 0 } }
  /// Whether its weights are kept when it is interrupted: somebody asks how many steps it took.
  var mayBeCut = false
  /// Whether it was interrupted.
  private(set) var isCut = false
  /// Where the slots of the body lie.
  var pointers = Addresses()
  /// The values of its body that inner loops keep of their last turns, with those loops.
  var bodyLasts: [Slot: LoopCall] = [:]
  /// What is kept of its turns for those who read them.
  private(set) var recording: Recording?
  /// Which of the machine's keeps hold what is recorded.
  private var recorded: Range<Int> = 0..<0
  /// The recordings whose turns it walks, those first that make turns of others' turns.
  private var sources: [Recording] = []
  /// The loop as the machine takes it.
  let machine: UnsafeMutablePointer<wl_loop>

  init(
    _ loop: Loop, at span: Span?, spans: Spans, turn: UnsafeMutablePointer<Double>,
    turnsTaken: UnsafeMutablePointer<Double>
  ) {
    self.loop = loop
    self.span = span
    self.turn = turn
    self.turnsTaken = turnsTaken
    once = Plan(spans: spans)
    body = Plan(spans: spans)
    wide = Plan(spans: spans)
    machine = .allocate(capacity: 1)
    machine.initialize(to: wl_loop())
  }

  deinit { machine.deallocate() }

  var isBackward: Bool { loop.isBackward }

  /// Whether there is a value of the last turn: there was one, of this loop and of those inside.
  func hasLast(_ part: Int) -> Bool {
    guard turnsTaken.pointee > 0 else { return false }
    return bodyLasts[Slot(part)]?.hasLast(loop.body.part(Slot(part))) ?? true
  }

  /// Tells the machine about everything.
  ///
  /// - Parameter isListed: whether turns may be run as one list.
  func seal(_ site: LoopSite, keeps: [wl_keep], lanes: Lanes?, isListed: Bool) {
    let handed = carries.filter { !$0.isSummed } + carries.filter(\.isSummed)
    var loop = wl_loop()
    loop.owner = Unmanaged.passUnretained(self).toOpaque()
    loop.once = once.program
    loop.body = body.program
    loop.wide = wide.program
    if let condition {
      loop.condition = condition.program
      loop.condition_value = site.conditionValue
    }
    loop.count = site.count
    loop.turn = turn
    loop.turns_taken = turnsTaken
    loop.isBackward = isBackward ? 1 : 0
    loop.isSilent = isSilent ? 1 : 0
    loop.isTraining = self.loop.isTraining ? 1 : 0
    loop.commit = self.loop.isTraining ? firstOverwriting : body.count
    loop.carries = carries.count
    loop.handed = carries.count { !$0.isSummed }
    loop.carry = body.keep(
      handed.map {
        wl_carry(
          start: $0.start, parameter: $0.parameter, next: $0.next, waiting: $0.waiting,
          count: $0.count)
      })
    loop.walks = walks.count
    loop.walk = body.keep(
      walks.enumerated().map { index, walk in
        wl_walk(
          parameter: walk.parameter,
          values: wl_values(array: UnsafeMutablePointer(mutating: walk.array), first: 0),
          width: walk.width, source: walk.history?.keep?.loop,
          keep: walk.history?.keep?.number ?? 0,
          isHistory: walk.history == nil ? 0 : 1,
          isTaken: lanes?.hands(index) ?? true ? 1 : 0)
      })
    let recordings = walks.flatMap { $0.history?.recordings ?? [] }
    sources = Dictionary(recordings.map { (ObjectIdentifier($0), $0) }) { known, _ in known }
      .values.sorted { $0.depth > $1.depth }
    recorded = self.loop.stacks..<keeps.count
    loop.keeps = keeps.count
    loop.keep = body.keep(keeps)
    lanes?.seal(&loop, body)
    if isListed {
      loop.turns = Turns.list(of: self, loop, scatters: lanes?.scatters ?? [])
    }
    machine.pointee = loop
  }

  /// The first step of the body that writes over a carried value, where a step from there on can be
  /// stopped halfway; else their number.
  private var firstOverwriting: Int {
    let carried = Set(carries.map(\.parameter))
    let steps = (0..<body.count).map { body.steps[$0] }
    let first = steps.firstIndex { step in
      guard UInt32(step.op) == WL_BLOCKS.rawValue, let more = step.more else {
        return step.out.map(carried.contains) ?? false
      }
      let blocks = more.assumingMemoryBound(to: wl_blocks.self).pointee
      return (0..<blocks.count).contains { blocks.parts[$0].out.map(carried.contains) ?? false }
    }
    guard let first, steps[first...].contains(where: { UInt32($0.op) > WL_COPY.rawValue }) else {
      return steps.count
    }
    return first
  }

  /// Where the machine keeps what is recorded at a place.
  func keep(of place: Int) -> (loop: UnsafePointer<wl_loop>, number: Int) {
    (UnsafePointer(machine), recorded.lowerBound + place)
  }

  /// Says who keeps what is recorded.
  func record(_ recording: Recording) {
    self.recording = recording
    machine.pointee.isRecorded = recorded.isEmpty ? 0 : 1
  }

  /// The values that a slot of its body takes, turn by turn.
  func history(of slot: Slot) -> History? { recording?.history(of: slot) }

  /// Has the machine write what is recorded of the turns to where its places are to lie.
  func connectKeeps(_ values: (_ place: Int) -> wl_values) {
    for (place, keep) in recorded.enumerated() {
      machine.pointee.keep[keep].values = values(place)
    }
  }

  /// Has the walks of histories hold some of `count` turns from the index `low` on, among them the
  /// one that comes first; says how many.
  func take(_ low: Int, _ count: Int) throws(Fault) -> Int {
    var turns = low..<(low + count)
    let first = isBackward ? turns.upperBound - 1 : low
    // A recording that makes turns again may ask for others of one behind it.
    for recording in sources { turns = turns.clamped(to: try recording.turns(around: first)) }
    for walk in walks {
      guard let most = walk.history?.most, most < turns.count else { continue }
      turns = isBackward ? (turns.upperBound - most)..<turns.upperBound : low..<(low + most)
    }
    for (number, walk) in walks.enumerated() {
      guard let history = walk.history else { continue }
      machine.pointee.walk[number].values = history.values(of: turns)
    }
    return turns.count
  }

  /// Has a stacked result written to an array that has room for some turns.
  func setStack(_ part: Int, to array: UnsafeMutablePointer<Double>, extent: Int) {
    machine.pointee.keep[part].values = wl_values(array: array, first: 0)
    machine.pointee.keep[part].extent = extent
  }

  /// The value that is stacked first, and how many turns there may be.
  var watched: (value: Double, extent: Int)? {
    guard loop.stacks > 0, let value = machine.pointee.keep[0].value else { return nil }
    return (value.pointee, machine.pointee.keep[0].extent)
  }

  /// The first step at which the value of training was no finite number, and that value.
  private(set) var trouble: (turn: Int, value: Double)?

  /// Looks whether the value that training makes small is a finite number.
  @inline(__always)
  func lookForTrouble(at turn: Int) {
    guard trouble == nil, let value = watched?.value, !value.isFinite else { return }
    trouble = (turn, value)
  }

  /// Ends training at the step that was finished last; the request to stop is met.
  func cut() {
    isCut = true
    wl_interrupt_set(0)
  }

  /// Makes the starts the current carried values.
  func start() {
    for carry in carries { carry.parameter.update(from: carry.start, count: carry.count) }
  }

  /// Writes the carried values one behind the other.
  func saveState(to place: UnsafeMutablePointer<Double>) {
    var next = place
    for carry in carries {
      next.update(from: carry.parameter, count: carry.count)
      next += carry.count
    }
  }

  /// Makes carried values that were written so the current ones.
  func loadState(from place: UnsafeMutablePointer<Double>) {
    var next = place
    for carry in carries {
      carry.parameter.update(from: next, count: carry.count)
      next += carry.count
    }
  }
}
