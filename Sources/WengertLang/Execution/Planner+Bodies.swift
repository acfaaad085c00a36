/// Plans of branches and of operations with their own rules.
extension Planner {
  /// A planner for a body, whose captured parameters lie where their operands lie.
  private func bodyPlanner(_ body: List, parameters: [UnsafeMutablePointer<Double>?]) -> Planner {
    Planner(body, parameters: parameters, memory: memory)
  }

  /// Lets a slot lie where a value is; at top level, where values outlive the plan, copies it.
  mutating func alias(_ slot: Slot, _ value: UnsafePointer<Double>) throws(Fault) {
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
    if let held = custom.held, held.isSolved { return try addSolver(slot, custom, held) }
    var operands: [UnsafeMutablePointer<Double>?] = []
    for operand in list.operands(slot) { operands.append(try place(operand)) }
    var planner = bodyPlanner(custom.value, parameters: operands)
    let body = try planner.make()
    let result = UnsafePointer(try planner.place(custom.value.results[0]))
    plan.customs.append(CustomCall(plan: body, result: result))
    append(
      .custom, slot, plan.customs.count, list.shape(slot).count, result, nil, out: try place(slot))
  }

  /// Plans one step of a solver; the unknown has a place of its own, where it moves.
  private mutating func addSolver(
    _ slot: Slot, _ custom: Custom, _ held: HeldFunction
  ) throws(Fault) {
    let count = list.shape(slot).count
    let slots = list.operands(slot)
    let unknown = try memory.allocate(count)
    var operands: [UnsafeMutablePointer<Double>?] = [unknown]
    for operand in slots.dropFirst() { operands.append(try place(operand)) }
    var planner = bodyPlanner(custom.value, parameters: operands)
    let body = try planner.make()
    plan.solvers.append(
      SolverCall(
        plan: body, use: held.use, start: UnsafePointer(try place(slots[0])), unknown: unknown,
        residual: UnsafePointer(try planner.place(custom.value.results[0])),
        step: UnsafePointer(try planner.place(custom.value.results[1])), count: count,
        residualPlace: custom.value.results[0].place))
    append(
      .solver, slot, plan.solvers.count, count, UnsafePointer(unknown), nil, out: try place(slot))
  }
}

extension Planner {
  /// A planner for a body whose parameters lie at some places.
  init(_ body: List, parameters: [UnsafeMutablePointer<Double>?], memory: Memory) {
    var places: [UnsafeMutablePointer<Double>?] = Array(repeating: nil, count: body.count)
    for (slot, place) in zip(body.parameters, parameters) { places[slot.place] = place }
    self.init(body, pointers: places, memory: memory)
  }
}
