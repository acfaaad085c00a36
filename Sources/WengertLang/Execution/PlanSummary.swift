import WengertKernels

/// What a plan does with the entries of a list, in numbers.
struct PlanSummary: Hashable, Sendable {
  /// Entries that compute something, those of bodies with them.
  private(set) var entries = 0
  /// What the machine is told to do for them.
  private(set) var steps = 0
  /// Entries of bodies that run once for all turns.
  private(set) var once = 0
  /// Entries of bodies that run for many turns at a time.
  private(set) var wide = 0
  /// Entries of bodies that each turn runs.
  private(set) var turnwise = 0
  /// Entries that run for a few rows at a time, one behind the other.
  private(set) var fused = 0
  /// Numbers that run in groups of one operation, and how many groups these are.
  private(set) var grouped = 0
  private(set) var groups = 0
  /// Entries that take no step, because those that read them read what they are made of.
  private(set) var views = 0
  /// Carried values that the next ones are written over.
  private(set) var inPlace = 0
  /// Carried sums that take the turns of a block at once.
  private(set) var sums = 0
  /// Values whose history is kept for a sweep.
  private(set) var histories = 0
  /// The room that values take before the run; histories grow while it goes on.
  var bytes = 0

  /// What a list takes when it is run, without running it.
  init(of list: List, limit: Int, profile: Planner.Profile) throws(Fault) {
    var values = Values()
    try values.extend(to: list, limit: limit)
    let memory = Memory(limit: limit, besides: values.bytes)
    let before = memory.budget
    var planner = Planner(list, pointers: values.pointers, memory: memory, profile: profile)
    add(try planner.make(), of: list)
    bytes = values.bytes + before - memory.budget
  }

  init() {}

  /// Where an entry runs.
  private enum Part {
    case program, once, wide, turn
  }

  /// Adds what a plan of a list's entries does.
  mutating func add(_ plan: Plan, of list: List) { add(plan, of: list, as: .program) }

  /// - Returns: how many entries of the list itself it computes.
  @discardableResult
  private mutating func add(_ plan: Plan, of list: List, as part: Part) -> Int {
    var seen: Set<Int32> = []
    var own = 0
    for index in 0..<plan.count {
      let step = plan.steps[index]
      let slot = Slot(Int(step.slot))
      switch wl_op(UInt32(step.op)) {
      case WL_LOOP: addLoop(at: step.more, of: plan)
      case WL_BRANCH: addBranch(at: step.more, list, slot, as: part)
      case WL_CHECK_TURN, WL_MISSING: continue
      case WL_GROUPS:
        guard let call = step.more?.assumingMemoryBound(to: wl_groups.self).pointee else { break }
        (grouped, groups, steps) = (grouped + step.n, groups + call.count, steps + call.count)
        own += step.n
      case WL_BLOCKS:
        guard let call = step.more?.assumingMemoryBound(to: wl_blocks.self).pointee else { break }
        let parts = Set((0..<call.count).map { call.parts[$0].slot })
        (fused, steps, own) = (fused + parts.count, steps + call.count, own + parts.count)
      default:
        steps += 1
        if list.isComputing(slot), seen.insert(step.slot).inserted { own += 1 }
      }
    }
    entries += own
    switch part {
    case .program: break
    case .once: once += own
    case .wide: wide += own
    case .turn: turnwise += own
    }
    return own
  }

  private mutating func addLoop(at place: UnsafeRawPointer?, of plan: Plan) {
    let loops = plan.held.lazy.compactMap { $0 as? LoopCall }
    guard let call = loops.first(where: { UnsafeRawPointer($0.machine) == place }) else { return }
    let body = call.loop.body
    let own =
      add(call.once, of: body, as: .once) + add(call.wide, of: body, as: .wide)
      + add(call.body, of: body, as: .turn)
    let summed = call.carries.count(where: \.isSummed)
    let all = (0..<body.count).count { body.isComputing(Slot($0)) }
    let unread = max(all - own - summed, 0)
    (views, entries, sums) = (views + unread, entries + unread + summed, sums + summed)
    for (carry, result) in zip(call.carries, body.results)
    where !carry.isSummed && body[result].code != Code.parameter
      && carry.next == UnsafePointer(carry.parameter)
    {
      inPlace += 1
    }
    histories += max(call.machine.pointee.keeps - call.loop.stacks, 0)
  }

  private mutating func addBranch(
    at place: UnsafeRawPointer?, _ list: List, _ slot: Slot, as part: Part
  ) {
    guard let call = place?.assumingMemoryBound(to: wl_branch.self).pointee,
      case .branch(let branch)? = list.structure(slot)
    else { return }
    for (arm, body) in [(call.arms.0, branch.then), (call.arms.1, branch.otherwise)] {
      guard let owner = arm.owner else { continue }
      add(Unmanaged<Plan>.fromOpaque(owner).takeUnretainedValue(), of: body, as: part)
    }
  }
}

extension List {
  /// Whether an entry computes something itself.
  fileprivate func isComputing(_ slot: Slot) -> Bool {
    if case .custom? = structure(slot) { return true }
    return !primitive(slot).isInternal && !shape(slot).isHistory
  }
}
