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
  /// Which of the machine's keeps hold what the recording keeps.
  private var recorded: [Int] = []
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
          parameter: walk.parameter, array: walk.array, width: walk.width,
          source: walk.history?.keep?.loop, keep: walk.history?.keep?.number ?? 0,
          isHistory: walk.history == nil ? 0 : 1,
          isTaken: lanes?.hands(index) ?? true ? 1 : 0)
      })
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
    (UnsafePointer(machine), recorded[place])
  }

  /// Says which turns' values are recorded, and in which of the machine's keeps.
  func record(_ recording: Recording, in keeps: [Int]) {
    self.recording = recording
    recorded = keeps
    machine.pointee.isRecorded = keeps.isEmpty ? 0 : 1
  }

  /// The values that a slot of its body takes, turn by turn.
  func history(of slot: Slot) -> History? { recording?.history(of: slot) }

  /// Has the machine write what is kept of the turns to where it belongs.
  func connectKeeps() {
    guard let recording else { return }
    for (place, keep) in recorded.enumerated() {
      machine.pointee.keep[keep].array = recording.array(of: place)
    }
  }

  /// Has a stacked result written to an array that has room for some turns.
  func setStack(_ part: Int, to array: UnsafeMutablePointer<Double>, extent: Int) {
    machine.pointee.keep[part].array = array
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

  /// Makes the next carried values the current ones.
  func handOver() {
    for carry in carries {
      if let waiting = carry.waiting { waiting.update(from: carry.next, count: carry.count) }
    }
    for carry in carries where carry.waiting == nil {
      if carry.next != UnsafePointer(carry.parameter) {
        carry.parameter.update(from: carry.next, count: carry.count)
      }
    }
    for carry in carries {
      if let waiting = carry.waiting { carry.parameter.update(from: waiting, count: carry.count) }
    }
  }
}

extension LoopCall.Walk {
  /// The element of a turn.
  func value(at turn: Int) throws(Fault) -> UnsafePointer<Double> {
    if let array { return array + turn * width }
    return try history?.value(at: turn) ?? UnsafePointer(parameter)
  }
}
