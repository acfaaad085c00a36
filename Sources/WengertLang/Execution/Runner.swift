import WengertKernels

/// Runs plans.
struct Runner {
  /// Where the output of `print` goes.
  let output: (PrintCall) -> Void
  /// Who wants to know how training gets on.
  var progress: Progress?
  private let interrupt = wl_interrupt_flag()

  init(output: @escaping (PrintCall) -> Void) { self.output = output }

  /// Runs every call of a plan.
  func run(_ plan: Plan, silently: Bool = false) throws(Fault) {
    var place = 0
    do {
      try plan.calls.withUnsafeBufferPointer { calls throws(Fault) in
        while place < calls.count {
          if place & 0xfff == 0xfff, isInterrupted { throw Fault(.interrupted) }
          if !runScalar(calls[place]) { try runOther(calls[place], plan, silently) }
          place += 1
        }
      }
    } catch {
      var fault = error
      let slot = Int(plan.calls[place].slot)
      fault.place = slot
      if fault.span == nil, slot < plan.spans.count { fault.span = plan.spans[slot] }
      throw fault
    }
  }

  private var isInterrupted: Bool { (interrupt?.pointee ?? 0) != 0 }

  @inline(__always)
  private func runScalar(_ call: Plan.Call) -> Bool {
    guard let code = ScalarCode(rawValue: call.opcode) else { return false }
    let x = call.a.pointee
    switch code {
    case .add: call.out.pointee = x + call.b.pointee
    case .sub: call.out.pointee = x - call.b.pointee
    case .mul: call.out.pointee = x * call.b.pointee
    case .div: call.out.pointee = x / call.b.pointee
    case .neg: call.out.pointee = -x
    case .square: call.out.pointee = x * x
    case .chain: call.out.pointee = x == 0 ? 0 : x * call.b.pointee
    case .copy: call.out.pointee = x
    case .sqrt: call.out.pointee = x.squareRoot()
    case .exp: wl_exp(call.a, call.out, 1)
    case .log: wl_log(call.a, call.out, 1)
    case .sin: wl_sin(call.a, call.out, 1)
    case .cos: wl_cos(call.a, call.out, 1)
    case .tanh: wl_tanh(call.a, call.out, 1)
    case .sigmoid: wl_sigmoid(call.a, call.out, 1)
    case .pow: wl_pow(call.a, call.b, call.out, 1, 1, 1)
    }
    return true
  }

  private func runOther(_ call: Plan.Call, _ plan: Plan, _ silently: Bool) throws(Fault) {
    let extra = Int(call.extra)
    switch Plan.Opcode(rawValue: call.opcode) {
    case .map: plan.maps[extra](call.a, call.out, call.count)
    case .zip:
      plan.zips[extra >> 2](call.a, call.b, call.out, call.count, extra >> 1 & 1, extra & 1)
    case .zipRows: runRows(plan.rows[extra], call)
    case .selectRows: runSelect(plan.selects[extra], call.out)
    case .dense:
      if isInterrupted { throw Fault(.interrupted) }
      try plan.denses[extra].kernel(plan.denses[extra].call)
    case .loop:
      let loop = plan.loops[extra]
      try run(loop, silently: silently || loop.isSilent)
    case .branch: try run(plan.branches[extra], silently)
    case .custom:
      try run(plan.customs[extra].plan, silently: silently)
      call.out.update(from: call.a, count: call.count)
    case .solver:
      let solver = plan.solvers[extra]
      var solving = Solver(solver, self)
      try solving.run()
      call.out.update(from: call.a, count: call.count)
    case .print: if !silently { output(plan.prints[extra]) }
    case .copy: call.out.update(from: call.a, count: call.count)
    case .checkTurn: if call.a.pointee == 0 { throw Fault(.noTurn) }
    case .missing: throw Fault(.noValue)
    case nil: break
    }
  }

  private func runRows(_ rows: ZipRows, _ call: Plan.Call) {
    var out = call.out
    for (a, b) in zip(rows.a.starts, rows.b.starts) {
      rows.block(call.a + a, call.b + b, out, rows.length, rows.a.stride, rows.b.stride)
      out += rows.length
    }
  }

  private func runSelect(_ select: SelectRows, _ target: UnsafeMutablePointer<Double>) {
    var out = target
    let (c, a, b) = (select.rows[0], select.rows[1], select.rows[2])
    for row in c.starts.indices {
      for i in 0..<select.length {
        out[i] = select.select(
          select.operands[0][c.starts[row] + i * c.stride],
          select.operands[1][a.starts[row] + i * a.stride],
          select.operands[2][b.starts[row] + i * b.stride])
      }
      out += select.length
    }
  }

  private func run(_ branch: BranchCall, _ silently: Bool) throws(Fault) {
    let condition = branch.condition.pointee
    guard !condition.isNaN else { throw Fault(.condition(condition)) }
    let arm = condition != 0 ? branch.then : branch.otherwise
    try run(arm.plan, silently: silently)
    for (result, value) in zip(branch.results, arm.results) {
      result.place.update(from: value, count: result.count)
    }
  }
}

extension Runner {
  /// Runs a loop from its starts to its end.
  private func run(_ loop: LoopCall, silently: Bool) throws(Fault) {
    loop.start()
    var turns = Int.max
    if let count = loop.count {
      guard let whole = Int(exactly: count.pointee), whole >= 0 else {
        throw Fault(.count(count.pointee))
      }
      turns = whole
    }
    let recording = loop.recording?.ifNeeded
    try recording?.begin(count: loop.count == nil ? nil : turns)
    var turn = 0
    let watch = silently ? nil : loop.isKept ? progress?.begin() : nil
    while turn < turns {
      if isInterrupted {
        guard loop.isKept, !silently else { throw Fault(.interrupted) }
        loop.cut()
        break
      }
      if let condition = loop.condition {
        try run(condition, silently: silently)
        guard let value = loop.conditionValue?.pointee, value != 0 else { break }
        if value.isNaN { throw Fault(.condition(value)) }
      }
      let index = loop.isBackward ? turns - 1 - turn : turn
      loop.turn.pointee = Double(index)
      for walk in loop.walks { try walk.take(index) }
      try recording?.keepState(at: turn)
      do throws(Fault) {
        try run(loop.body, silently: silently)
      } catch {
        guard loop.isKept, !silently, case .interrupted = error.reason else { throw error }
        loop.cut()
        break
      }
      for stack in loop.stacks { stack.keep(index) }
      try recording?.keepValues(at: turn)
      loop.handOver()
      turn += 1
      watch?.look(loop, turn)
    }
    loop.turnsTaken.pointee = Double(turn)
    for stack in loop.stacks { stack.empty(from: turn) }
    watch?.end()
  }
}

extension LoopCall.Walk {
  /// Hands the body the element of a turn.
  @inline(__always)
  func take(_ turn: Int) throws(Fault) {
    if let array {
      parameter.update(from: array + turn * width, count: width)
    } else if let history {
      parameter.update(from: try history.value(at: turn), count: width)
    }
  }
}

extension LoopCall.Stack {
  /// Keeps the value of a turn.
  @inline(__always)
  func keep(_ turn: Int) {
    guard let array, turn < extent else { return }
    (array + turn * width).update(from: value, count: width)
  }

  /// Turns that were not taken have no value.
  func empty(from turn: Int) {
    guard let array, turn < extent else { return }
    (array + turn * width).update(repeating: .nan, count: (extent - turn) * width)
  }
}

extension LoopCall {
  /// Makes the next carried values the current ones.
  func handOver() {
    for carry in carries {
      if let waiting = carry.waiting { waiting.update(from: carry.next, count: carry.count) }
    }
    for carry in carries {
      if let waiting = carry.waiting {
        carry.parameter.update(from: waiting, count: carry.count)
      } else if carry.next != UnsafePointer(carry.parameter) {
        carry.parameter.update(from: carry.next, count: carry.count)
      }
    }
  }
}
