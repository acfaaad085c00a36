/// Where a loop stands: what it reads of its surroundings.
struct LoopSite {
  let loop: Loop
  let memory: Memory
  /// Where the number of turns lies; nil for a `while`.
  var count: UnsafePointer<Double>?
  var starts: [UnsafePointer<Double>] = []
  var walks: [(array: UnsafePointer<Double>?, history: History?)] = []
  var captures: [UnsafeMutablePointer<Double>] = []

  init(_ loop: Loop, memory: Memory) {
    self.loop = loop
    self.memory = memory
  }

  /// Plans the turns of the loop; each call gives them places of their own.
  func make() throws(Fault) -> LoopCall {
    let body = loop.body
    var parameters: [UnsafeMutablePointer<Double>?] = []
    for slot in body.parameters[..<(loop.carried + loop.walks)] {
      parameters.append(try memory.allocate(body.shape(slot).count))
    }
    parameters += captures.map { $0 }
    let turn = try memory.allocate(1)
    parameters.append(turn)

    var planner = Planner(body, parameters: parameters, memory: memory)
    let call = LoopCall(
      loop, body: try planner.make(), turn: turn, turnsTaken: try memory.allocate(1))
    call.isBackward = loop.isBackward
    call.count = count
    try connect(call, &planner)
    call.pointers = planner.pointers
    call.bodyLasts = Dictionary(uniqueKeysWithValues: planner.lasts)
    if let condition = loop.condition {
      let handed = parameters[..<loop.carried] + captures.map { $0 }
      var planner = Planner(condition, parameters: Array(handed), memory: memory)
      call.condition = try planner.make()
      call.conditionValue = UnsafePointer(try planner.place(condition.results[0]))
    }
    return call
  }

  /// Says what is carried, walked and stacked, and where it lies.
  private func connect(_ call: LoopCall, _ planner: inout Planner) throws(Fault) {
    let body = loop.body
    let carried = Set(body.parameters[..<loop.carried])
    for k in 0..<loop.carried {
      let (parameter, result) = (body.parameters[k], body.results[k])
      let count = loop.shape(k).count
      let isHandedOn = carried.contains(result) && result != parameter
      call.carries.append(
        LoopCall.Carry(
          start: starts[k], parameter: try planner.place(parameter),
          next: UnsafePointer(try planner.place(result)), count: count,
          waiting: isHandedOn ? try memory.allocate(count) : nil))
    }
    for (k, walk) in walks.enumerated() {
      let parameter = body.parameters[loop.carried + k]
      call.walks.append(
        LoopCall.Walk(
          parameter: try planner.place(parameter), width: body.shape(parameter).count,
          array: walk.array, history: walk.history))
    }
    for result in body.results[loop.carried...].prefix(loop.stacks) {
      call.stacks.append(
        LoopCall.Stack(
          value: UnsafePointer(try planner.place(result)), width: body.shape(result).count))
    }
  }
}

/// Plans of loops and of what is read of them.
extension Planner {
  mutating func addLoop(_ slot: Slot) throws(Fault) {
    let call = try makeLoop(slot)
    call.isSilent = slot.place < silentBefore
  }

  /// The call of a loop; one that ran in an earlier plan is made again, silently.
  private mutating func loopCall(_ slot: Slot) throws(Fault) -> LoopCall? {
    if let known = loops[slot] { return known }
    guard slot.place < first else { return nil }
    let call = try makeLoop(slot)
    call.isSilent = true
    return call
  }

  /// Plans a loop and appends its call.
  private mutating func makeLoop(_ slot: Slot) throws(Fault) -> LoopCall {
    guard let loop = list.loop(slot) else { throw Fault(.other("a loop without a body")) }
    let operands = list.operands(slot)
    var site = LoopSite(loop, memory: memory)
    if loop.condition == nil { site.count = UnsafePointer(try place(operands[0])) }
    for index in loop.startPlaces { site.starts.append(UnsafePointer(try place(operands[index]))) }
    for index in loop.walkPlaces {
      let operand = operands[index]
      let isHistory = list.shape(operand).isHistory
      site.walks.append(
        (
          isHistory ? nil : UnsafePointer(try place(operand)),
          isHistory ? try history(operand) : nil
        ))
    }
    for index in loop.capturePlaces { site.captures.append(try place(operands[index])) }
    let call = try site.make()
    call.recording = Recording(call, site: site)
    loops[slot] = call
    plan.loops.append(call)
    append(.loop, slot, plan.loops.count, out: call.turnsTaken)
    return call
  }

  mutating func addLoopPart(_ slot: Slot) throws(Fault) {
    let whole = list.operand(slot, 0)
    let part = list.part(slot)
    guard let call = try loopCall(whole) else { throw Fault(.other("a part without its loop")) }
    switch list[slot].code {
    case Code.final: try alias(slot, UnsafePointer(call.carries[part].parameter))
    case Code.turns: try alias(slot, UnsafePointer(call.turnsTaken))
    case Code.last:
      lasts.append((slot, call))
      guard let value = call.pointers[part] else { return }
      try alias(slot, UnsafePointer(value))
    case Code.history: histories[slot] = call.history(of: Slot(part))
    default:
      if list.shape(slot).isHistory {
        histories[slot] = call.history(of: call.loop.body.results[call.loop.carried + part])
      } else {
        call.stacks[part].array = try place(slot)
        call.stacks[part].extent = list.shape(slot)[0]
      }
    }
  }

  /// The history that an entry is; one that an earlier plan had is recorded again.
  mutating func history(_ slot: Slot) throws(Fault) -> History? {
    if histories[slot] == nil, slot.place < first {
      if list.primitive(slot).isInternal {
        try addLoopPart(slot)
      } else {
        try addHistoryOperation(slot)
      }
    }
    return histories[slot]
  }

  /// Has the run check that there was a last turn, before a value is read that a loop keeps of it.
  mutating func checkTurns(_ slot: Slot, readBy reader: Slot) {
    guard list[slot].code == Code.last, var call = loops[list.operand(slot, 0)] else { return }
    var part = list.part(slot)
    while true {
      append(.checkTurn, reader, 1, 1, UnsafePointer(call.turnsTaken), nil, out: Planner.nowhere)
      guard let inner = call.bodyLasts[Slot(part)] else { return }
      part = call.loop.body.part(Slot(part))
      call = inner
    }
  }
}

extension LoopCall {
  /// The values that a slot of its body takes, turn by turn.
  func history(of slot: Slot) -> History? {
    guard let value = pointers[slot.place] else { return nil }
    return recording?.add(
      slot, width: loop.body.shape(slot).count, value: UnsafePointer(value))
  }
}
