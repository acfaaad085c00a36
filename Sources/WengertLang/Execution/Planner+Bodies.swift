import WengertKernels

/// Plans of branches and of operations with their own rules.
extension Planner {
  /// A planner for a body whose parameters lie at some places.
  init(
    _ body: List, parameters: [UnsafeMutablePointer<Double>?], memory: Memory, profile: Profile
  ) {
    var places: [UnsafeMutablePointer<Double>?] = Array(repeating: nil, count: body.count)
    for (slot, place) in zip(body.parameters, parameters) { places[slot.place] = place }
    self.init(body, pointers: Addresses(places), memory: memory, profile: profile)
  }

  /// Lets a slot lie where a value is; at top level, where values outlive the plan, copies it.
  mutating func alias(_ slot: Slot, _ value: UnsafePointer<Double>) throws(Fault) {
    guard let own = pointers[slot.place] else {
      pointers[slot.place] = UnsafeMutablePointer(mutating: value)
      return
    }
    plan.append(
      wl_step(WL_MOVE, slot: slot.index, n: list.shape(slot).count, value, out: own))
  }

  mutating func addBranch(_ slot: Slot) throws(Fault) {
    guard case .branch(let branch)? = list.structure(slot) else { return }
    let operands = list.operands(slot)
    var captures: [UnsafeMutablePointer<Double>?] = []
    for operand in operands.dropFirst() { captures.append(try place(operand)) }
    var places: [UnsafeMutablePointer<Double>] = []
    let counts = branch.then.results.map { branch.then.shape($0).count }
    for count in counts { places.append(try memory.allocate(count)) }
    var call = wl_branch()
    call.condition = UnsafePointer(try place(operands[0]))
    let (then, thenValues) = try arm(branch.then, captures)
    let (otherwise, otherwiseValues) = try arm(branch.otherwise, captures)
    call.arms = (then, otherwise)
    call.values = (thenValues, otherwiseValues)
    call.results = places.count
    call.counts = UnsafePointer(plan.keep(counts))
    call.places = UnsafePointer(plan.keep(places.map { Optional($0) }))
    branches[slot] = places
    plan.append(wl_step(WL_BRANCH, slot: slot.index, more: plan.keep(call)))
  }

  /// The steps of an arm, and where its results lie.
  private func arm(
    _ body: List, _ captures: [UnsafeMutablePointer<Double>?]
  ) throws(Fault) -> (wl_program, UnsafePointer<UnsafePointer<Double>?>) {
    var planner = Planner(body, parameters: captures, memory: memory, profile: profile)
    let made = try planner.make()
    planner.plan = made
    for result in body.results { planner.checkTurns(result, readBy: result) }
    var results: [UnsafePointer<Double>?] = []
    for result in body.results { results.append(UnsafePointer(try planner.place(result))) }
    plan.hold(made)
    return (made.program, UnsafePointer(plan.keep(results)))
  }

  mutating func addArm(_ slot: Slot) throws(Fault) {
    guard let places = branches[list.operand(slot, 0)] else {
      throw Fault(.other("a part without its branch"))
    }
    try alias(slot, UnsafePointer(places[list.part(slot)]))
  }

  mutating func addCustom(_ slot: Slot) throws(Fault) {
    guard case .custom(let custom)? = list.structure(slot) else { return }
    if let held = custom.held, held.isSolved { return try addSolver(slot, custom, held) }
    var operands: [UnsafeMutablePointer<Double>?] = []
    for operand in list.operands(slot) { operands.append(try place(operand)) }
    var planner = Planner(custom.value, parameters: operands, memory: memory, profile: profile)
    let body = try planner.make()
    let result = UnsafePointer(try planner.place(custom.value.results[0]))
    plan.hold(body)
    plan.append(wl_step(WL_CALL, slot: slot.index, more: plan.keep(body.program)))
    plan.append(
      wl_step(
        WL_MOVE, slot: slot.index, n: list.shape(slot).count, result, out: try place(slot)))
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
    var planner = Planner(custom.value, parameters: operands, memory: memory, profile: profile)
    let body = try planner.make()
    let sizes = custom.value.sizing(custom.value.results[0])
    var sizer = Planner(sizes, parameters: operands, memory: memory, profile: profile)
    let sizing = try sizer.make()
    let call = SolverCall(
      plan: body, use: held.use, start: UnsafePointer(try place(slots[0])), unknown: unknown,
      residual: UnsafePointer(try planner.place(custom.value.results[0])),
      step: UnsafePointer(try planner.place(custom.value.results[1])), count: count,
      residualPlace: custom.value.results[0].place, span: list.spans[slot.place],
      sizing: sizing, sizes: UnsafePointer(try sizer.place(sizes.results[0])))
    plan.append(.solver(call, try place(slot)), slot: slot.index)
  }
}
