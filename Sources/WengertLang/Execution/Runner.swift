import WengertKernels

/// Runs plans.
struct Runner {
  private let errand: Errand
  /// Who wants to know how training gets on.
  var progress: Progress? {
    get { errand.progress }
    nonmutating set { errand.progress = newValue }
  }

  /// Training inside of bodies that ended with what is no finite number, and where it is written.
  var astray: [Span] { errand.astray }

  /// How many turns the `while` loops of a run may take, all together; nil for any number.
  private let mostTurns: Int?

  /// - Parameter output: where the output of `print` goes.
  init(mostTurns: Int? = nil, output: @escaping (RunOutput) -> Void) {
    errand = Errand(output)
    self.mostTurns = mostTurns
  }

  /// Runs every step of a plan.
  func run(_ plan: Plan, silently: Bool = false) throws(Fault) {
    var program = plan.program
    try run(silently) { wl_run(&program, &$0) }
    withExtendedLifetime(plan) {}
  }

  /// Runs some turns of a loop that takes `count`, silently, on what it carries.
  func run(_ turns: Range<Int>, of count: Int, _ loop: LoopCall) throws(Fault) {
    try run(true) {
      wl_run_turns(loop.machine, &$0, turns.lowerBound, turns.upperBound, count)
    }
  }

  private func run(_ isSilent: Bool, _ machine: (inout wl_context) -> Int32) throws(Fault) {
    guard wl_interrupt_requested() == 0 else { throw Fault(.interrupted) }
    var context = errand.context
    context.isSilent = isSilent ? 1 : 0
    context.turnsLeft = mostTurns ?? 0
    let failed = withExtendedLifetime(errand) { machine(&context) }
    if failed != 0 { throw errand.fault ?? Fault(.other("the run stopped")) }
  }
}

/// What the machine asks for while it runs.
private final class Errand {
  let output: (RunOutput) -> Void
  var fault: Fault?
  var progress: Progress?
  var astray: [Span] = []
  /// The callbacks.
  private(set) var context = wl_context()

  init(_ output: @escaping (RunOutput) -> Void) {
    self.output = output
    context = callbacks
  }

  /// Does some work for the machine; nil when it fails.
  func attempt<T>(_ work: () throws(Fault) -> T) -> T? {
    do {
      return try work()
    } catch {
      fault = error
      return nil
    }
  }

  /// Adds where a fault happened.
  func locate(_ plan: Plan, _ slot: Int) {
    fault?.place = slot
    if fault?.span == nil, plan.spans.indices.contains(slot) { fault?.span = plan.spans[slot] }
  }

  func fail(_ kind: Int32, _ value: Double) {
    switch wl_fault(UInt32(kind)) {
    case WL_INTERRUPTED: fault = Fault(.interrupted)
    case WL_CONDITION: fault = Fault(.condition(value))
    case WL_COUNT: fault = Fault(.count(value))
    case WL_NO_TURN: fault = Fault(.noTurn)
    default: fault = Fault(.noValue)
    }
  }

  func noteAstray(_ loop: LoopCall) {
    guard let span = loop.span, !astray.contains(span) else { return }
    astray.append(span)
  }

  private var callbacks: wl_context {
    var context = wl_context()
    context.`self` = Unmanaged.passUnretained(self).toOpaque()
    context.call = { errand, plan, index, isSilent in
      guard let errand = errand?.errand, let action = plan?.plan.foreign[index] else { return 1 }
      let output = isSilent == 0 ? errand.output : nil
      if case .dense = action, wl_interrupt_requested() != 0 {
        errand.fault = Fault(.interrupted)
        return 1
      }
      let isDone = errand.attempt { () throws(Fault) in try action.run(output) } != nil
      guard wl_interrupt_requested() != 0 else { return isDone ? 0 : 1 }
      // A kernel that was stopped left its result half done, or found a fault in what was.
      errand.fault = Fault(.interrupted)
      return 1
    }
    context.fail = { errand, kind, value in errand?.errand.fail(kind, value) }
    context.locate = { errand, plan, slot in
      guard let plan = plan?.plan else { return }
      errand?.errand.locate(plan, Int(slot))
    }
    context.begin = { errand, loop, count in
      guard let loop = loop?.loop, let recording = loop.recording else { return 0 }
      return errand?.errand.attempt { () throws(Fault) in
        try recording.begin(count: count < 0 ? nil : count)
      } == nil ? 1 : 0
    }
    context.tell = { errand, loop, turn, hasRun in
      guard let recording = loop?.loop.recording else { return 0 }
      return errand?.errand.attempt { () throws(Fault) in
        switch hasRun {
        case 0: try recording.beginSegment(at: turn)
        case 1: try recording.makeRoom(behind: turn)
        default: recording.finish(turns: turn)
        }
      } == nil ? 1 : 0
    }
    context.cut = { errand, loop in
      guard let errand = errand?.errand, let loop = loop?.loop, loop.mayBeCut else { return 0 }
      if let fault = errand.fault {
        guard case .interrupted = fault.reason else { return 0 }
        // Somebody said so: training keeps what it has. A limit ends the program.
        guard wl_interrupt_requested() == Int32(WL_STOP_ASKED) else { return 0 }
      }
      errand.fault = nil
      loop.cut()
      return 1
    }
    context.look = { errand, loop, turn in
      guard let errand = errand?.errand, let loop = loop?.loop else { return }
      switch turn {
      case WL_LOOK_BEGIN: errand.progress?.begin()
      case WL_LOOK_END: errand.progress?.end()
      case WL_LOOK_ASTRAY: errand.noteAstray(loop)
      default:
        loop.lookForTrouble(at: turn)
        errand.progress?.look(loop, turn)
      }
    }
    context.take = { errand, loop, low, count in
      guard let loop = loop?.loop else { return -1 }
      return errand?.errand.attempt { () throws(Fault) in try loop.take(low, count) } ?? -1
    }
    return context
  }
}

extension UnsafeMutableRawPointer {
  fileprivate var errand: Errand { Unmanaged<Errand>.fromOpaque(self).takeUnretainedValue() }
  fileprivate var plan: Plan { Unmanaged<Plan>.fromOpaque(self).takeUnretainedValue() }
  fileprivate var loop: LoopCall { Unmanaged<LoopCall>.fromOpaque(self).takeUnretainedValue() }
}
