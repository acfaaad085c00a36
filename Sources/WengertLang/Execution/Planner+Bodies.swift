/// Plans of loops, branches, and operations with their own rules.
extension Planner {
  /// A planner for a body, whose captured parameters lie where their operands lie.
  private func bodyPlanner(_ body: List, parameters: [UnsafeMutablePointer<Double>?]) -> Planner {
    var places: [UnsafeMutablePointer<Double>?] = Array(repeating: nil, count: body.count)
    for (slot, place) in zip(body.parameters, parameters) { places[slot.place] = place }
    return Planner(body, pointers: places, memory: memory)
  }

  mutating func addLoop(_ slot: Slot) throws(Fault) {
    let call = try makeLoop(slot)
    call.isSilent = slot.place < silentBefore
    plan.loops.append(call)
    append(.loop, slot, plan.loops.count, out: call.turnsTaken)
  }

  /// Plans the turns of a loop.
  private mutating func makeLoop(_ slot: Slot) throws(Fault) -> LoopCall {
    guard let loop = list.loop(slot) else { throw Fault(.other("a loop without a body")) }
    let operands = list.operands(slot)
    var parameters: [UnsafeMutablePointer<Double>?] = []
    for place in loop.startPlaces {
      parameters.append(try memory.allocate(list.shape(operands[place]).count))
    }
    for place in loop.walkPlaces {
      parameters.append(try memory.allocate(list.shape(operands[place]).element.count))
    }
    for place in loop.capturePlaces { parameters.append(try self.place(operands[place])) }
    let turn = try memory.allocate(1)
    parameters.append(turn)

    var planner = bodyPlanner(loop.body, parameters: parameters)
    let call = LoopCall(
      loop, body: try planner.make(), turn: turn, turnsTaken: try memory.allocate(1))
    call.isBackward = loop.isBackward
    call.pointers = planner.pointers
    call.bodyLasts = Dictionary(uniqueKeysWithValues: planner.lasts)
    call.bodyHistories = planner.histories
    if loop.condition == nil { call.count = UnsafePointer(try self.place(operands[0])) }
    try connect(call, loop, operands, planner)
    if let condition = loop.condition {
      let captures = parameters[(loop.carried + loop.walks)..<(parameters.count - 1)]
      let handed = Array(parameters[..<loop.carried]) + Array(captures)
      var planner = bodyPlanner(condition, parameters: handed)
      call.condition = try planner.make()
      call.conditionValue = UnsafePointer(try planner.place(condition.results[0]))
    }
    loops[slot] = call
    return call
  }

  /// Says what is carried, walked and stacked, and where it lies.
  private mutating func connect(
    _ call: LoopCall, _ loop: Loop, _ operands: [Slot], _ body: Planner
  ) throws(Fault) {
    var body = body
    let results = loop.body.results
    let carried = Set(loop.body.parameters[..<loop.carried])
    for k in 0..<loop.carried {
      let parameter = loop.body.parameters[k]
      let count = loop.shape(k).count
      let isHandedOn = carried.contains(results[k]) && results[k] != parameter
      call.carries.append(
        LoopCall.Carry(
          start: UnsafePointer(try place(operands[loop.startPlaces.lowerBound + k])),
          parameter: try body.place(parameter), next: UnsafePointer(try body.place(results[k])),
          count: count, waiting: isHandedOn ? try memory.allocate(count) : nil))
    }
    for (k, index) in loop.walkPlaces.enumerated() {
      let operand = operands[index]
      let parameter = try body.place(loop.body.parameters[loop.carried + k])
      let shape = list.shape(operand)
      call.walks.append(
        LoopCall.Walk(
          parameter: parameter, width: shape.element.count,
          array: shape.isHistory ? nil : UnsafePointer(try place(operand)),
          history: shape.isHistory ? histories[operand] : nil))
    }
    for j in 0..<loop.stacks {
      let result = results[loop.carried + j]
      call.stacks.append(
        LoopCall.Stack(
          value: UnsafePointer(try body.place(result)), width: loop.body.shape(result).count))
    }
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
    case Code.history:
      guard let value = call.pointers[part] else { return }
      let history = History(width: list.shape(slot).element.count, memory: memory)
      call.records.append((UnsafePointer(value), history))
      histories[slot] = history
    default:
      if list.shape(slot).isHistory {
        let history = History(width: list.shape(slot).element.count, memory: memory)
        call.stacks[part].history = history
        histories[slot] = history
      } else {
        call.stacks[part].array = try place(slot)
      }
    }
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

  /// The call of a loop; one that ran in an earlier plan is made again, silently.
  private mutating func loopCall(_ slot: Slot) throws(Fault) -> LoopCall? {
    if let known = loops[slot] { return known }
    guard slot.place < first else { return nil }
    let call = try makeLoop(slot)
    call.isSilent = true
    plan.loops.append(call)
    append(.loop, slot, plan.loops.count, out: call.turnsTaken)
    return call
  }

  /// Lets a slot lie where a value is; at top level, where values outlive the plan, copies it.
  private mutating func alias(_ slot: Slot, _ value: UnsafePointer<Double>) throws(Fault) {
    guard let own = pointers[slot.place] else {
      pointers[slot.place] = UnsafeMutablePointer(mutating: value)
      return
    }
    append(.copy, slot, 1, list.shape(slot).count, value, nil, out: own)
  }

  mutating func addBranch(_ slot: Slot) throws(Fault) {
    guard case .branch(let branch)? = list.structure(slot) else { return }
    let operands = list.operands(slot)
    var captures: [UnsafeMutablePointer<Double>?] = []
    for operand in operands.dropFirst() { captures.append(try place(operand)) }
    func arm(_ body: List) throws(Fault) -> BranchCall.Arm {
      var planner = bodyPlanner(body, parameters: captures)
      var plan = try planner.make()
      for result in body.results { planner.checkTurns(result, readBy: result) }
      plan = planner.plan
      var results: [UnsafePointer<Double>] = []
      for result in body.results { results.append(UnsafePointer(try planner.place(result))) }
      return BranchCall.Arm(plan: plan, results: results)
    }
    var results: [(place: UnsafeMutablePointer<Double>, count: Int)] = []
    for result in branch.then.results {
      let count = branch.then.shape(result).count
      results.append((try memory.allocate(count), count))
    }
    let call = BranchCall(
      condition: UnsafePointer(try place(operands[0])), then: try arm(branch.then),
      otherwise: try arm(branch.otherwise), results: results)
    branches[slot] = call
    plan.branches.append(call)
    append(.branch, slot, plan.branches.count, out: Planner.nowhere)
  }

  mutating func addArm(_ slot: Slot) throws(Fault) {
    guard let call = branches[list.operand(slot, 0)] else {
      throw Fault(.other("a part without its branch"))
    }
    try alias(slot, UnsafePointer(call.results[list.part(slot)].place))
  }

  mutating func addCustom(_ slot: Slot) throws(Fault) {
    guard case .custom(let custom)? = list.structure(slot) else { return }
    var operands: [UnsafeMutablePointer<Double>?] = []
    for operand in list.operands(slot) { operands.append(try place(operand)) }
    var planner = bodyPlanner(custom.value, parameters: operands)
    let body = try planner.make()
    let result = UnsafePointer(try planner.place(custom.value.results[0]))
    plan.customs.append(CustomCall(plan: body, result: result))
    append(
      .custom, slot, plan.customs.count, list.shape(slot).count, result, nil, out: try place(slot))
  }
}
