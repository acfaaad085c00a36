import WengertKernels

/// Plans of loops and of what is read of them.
extension Planner {
  mutating func addLoop(_ slot: Slot) throws(Fault) {
    try makeLoop(slot).isSilent = slot.place < silentBefore
  }

  /// The call of a loop; one that ran in an earlier plan is made again, silently.
  private mutating func loopCall(_ slot: Slot) throws(Fault) -> LoopCall? {
    if let known = loops[slot] { return known }
    guard slot.place < first else { return nil }
    let call = try makeLoop(slot)
    call.isSilent = true
    return call
  }

  /// Plans a loop and appends its step.
  private mutating func makeLoop(_ slot: Slot) throws(Fault) -> LoopCall {
    guard let loop = list.loop(slot) else { throw Fault(.other("a loop without a body")) }
    let operands = list.operands(slot)
    var site = LoopSite(loop, memory: memory, profile: profile, reads: reads[slot] ?? LoopReads())
    site.span = list.spans[slot.place]
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
    loops[slot] = call
    plan.hold(call)
    plan.append(wl_step(WL_LOOP, slot: slot.index, more: call.machine))
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
        call.setStack(part, to: try place(slot), extent: list.shape(slot)[0])
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
      plan.append(
        wl_step(WL_CHECK_TURN, slot: reader.index, UnsafePointer(call.turnsTaken)))
      guard let inner = call.bodyLasts[Slot(part)] else { return }
      part = call.loop.body.part(Slot(part))
      call = inner
    }
  }
}

/// Where a loop stands: what it reads of its surroundings, and what is read of it.
struct LoopSite {
  let loop: Loop
  let memory: Memory
  let profile: Planner.Profile
  let reads: LoopReads
  /// Where the loop is written.
  var span: Span?
  /// Where the number of turns lies; nil for a `while`.
  var count: UnsafePointer<Double>?
  var starts: [UnsafePointer<Double>] = []
  var walks: [(array: UnsafePointer<Double>?, history: History?)] = []
  var captures: [UnsafeMutablePointer<Double>] = []
  /// Where the value of a condition lies.
  fileprivate(set) var conditionValue: UnsafePointer<Double>?

  init(_ loop: Loop, memory: Memory, profile: Planner.Profile, reads: LoopReads) {
    self.loop = loop
    self.memory = memory
    self.profile = profile
    self.reads = reads
  }

  /// Plans the turns of the loop.
  func make() throws(Fault) -> LoopCall {
    let call = try plan(reads)
    call.record(Recording(call, reads.histories, site: self))
    return call
  }

  /// Plans a second loop that makes turns again, for some of their slots.
  func makeAgain(_ slots: [Slot]) throws(Fault) -> LoopCall {
    var again = LoopReads()
    again.histories = slots
    return try plan(again, stacks: false)
  }

  /// - Parameter stacks: whether it is to stack what the loop stacks.
  private func plan(_ reads: LoopReads, stacks: Bool = true) throws(Fault) -> LoopCall {
    let body = loop.body
    var parameters: [UnsafeMutablePointer<Double>?] = []
    for slot in body.parameters[..<(loop.carried + loop.walks)] {
      parameters.append(try memory.allocate(body.shape(slot).count))
    }
    parameters += captures.map { $0 }
    let turn = try memory.allocate(1)
    parameters.append(turn)
    let call = LoopCall(
      loop, at: span, spans: body.spans, turn: turn, turnsTaken: try memory.allocate(1))
    var planner = Planner(body, parameters: parameters, memory: memory, profile: profile)
    let analysis = BodyAnalysis(loop)
    let isLean = profile == .lean
    var lanes =
      isLean && loop.condition == nil ? Lanes(loop, analysis, reads, memory: memory) : nil
    try planBody(call, &planner, analysis, reads, &lanes)
    call.pointers = planner.pointers
    call.bodyLasts = Dictionary(uniqueKeysWithValues: planner.lasts)
    var site = self
    if let condition = loop.condition {
      let handed = parameters[..<loop.carried] + captures.map { $0 }
      var planner = Planner(
        condition, parameters: Array(handed), memory: memory, profile: profile)
      call.condition = try planner.make()
      site.conditionValue = UnsafePointer(try planner.place(condition.results[0]))
    }
    var keeps = try connect(call, &planner, reads, lanes)
    if !stacks { for part in 0..<loop.stacks { keeps[part].value = nil } }
    call.seal(site, keeps: keeps, lanes: lanes, isListed: isLean)
    return call
  }

  /// Appends the steps of the body, each to the plan in which it belongs.
  private func planBody(
    _ call: LoopCall, _ planner: inout Planner, _ analysis: BodyAnalysis, _ reads: LoopReads,
    _ lanes: inout Lanes?
  ) throws(Fault) {
    let body = loop.body
    if body.hasStructure(in: 0..<body.count) {
      planner.reads = LoopReads.inside(body, 0..<body.count)
    }
    guard profile == .lean else { return try planner.make(0..<body.count) { _ in call.body } }
    var kept = SlotSet(body.results + reads.histories)
    kept.formUnion(reads.lasts)
    planner.mayShare = { !kept.contains($0) }
    let wide = lanes
    let folded = foldedTransposes(planner, kept) { wide?.takes($0) ?? false }
    var isElsewhere = folded
    if let wide {
      for place in 0..<body.count where wide.takes(Slot(place)) { isElsewhere[place] = true }
    }
    let runs = Groups.runs(in: body, analysis.order) {
      !isElsewhere[$0.place] && !analysis.isShared($0)
    }
    for place in runs.lazy.flatMap(\.members) { isElsewhere[Int(place)] = true }
    let inPlace = analysis.inPlace(reads).filter { result, _ in
      lanes?.isSummed(result) != true && !isElsewhere[result.place]
    }
    for (result, parameter) in inPlace {
      planner.pointers[result.place] = planner.pointers[parameter.place]
    }
    try planSparse(call, &planner, analysis, reads, inPlace, kept, &isElsewhere)
    var rest = analysis.order[...]
    for run in runs {
      let first = run.members[0]
      try planBody(call, &planner, analysis, rest.prefix { $0 != first }, isElsewhere)
      try planner.add(run, to: call.body)
      rest = rest.drop { $0 != first }
    }
    try planBody(call, &planner, analysis, rest, isElsewhere)
    try lanes?.write(to: call.wide, &planner)
    var blocks = RowBlocks(body, kept: kept, folded: folded, memory: memory)
    try blocks.rewrite(call.body)
  }

  /// Has turns add in a few places to carried arrays, where nobody reads what else there is.
  private func planSparse(
    _ call: LoopCall, _ planner: inout Planner, _ analysis: BodyAnalysis, _ reads: LoopReads,
    _ inPlace: [Slot: Slot], _ kept: SlotSet, _ isElsewhere: inout [Bool]
  ) throws(Fault) {
    let elsewhere = isElsewhere
    let sums = inPlace.filter { _, parameter in
      analysis.readers[parameter.place] == 1 && !reads.histories.contains(parameter)
    }
    let found = SparseSums(loop, analysis, inPlace: sums) {
      !kept.contains($0) && !elsewhere[$0.place]
    }
    guard !found.sums.isEmpty else { return }
    for place in isElsewhere.indices where found.replaced.contains(Slot(place)) {
      isElsewhere[place] = true
    }
    planner.sparse = found.sums
    planner.plan = call.once
    for result in found.sums.keys.sorted(by: { $0 < $1 }) { try planner.addZeros(to: result) }
  }

  /// Appends the steps of some entries of the body, except of those that run in another way.
  private func planBody(
    _ call: LoopCall, _ planner: inout Planner, _ analysis: BodyAnalysis,
    _ places: ArraySlice<Int32>, _ isElsewhere: [Bool]
  ) throws(Fault) {
    try planner.make(places.lazy.map { Int($0) }) { slot in
      isElsewhere[slot.place] ? nil : analysis.isShared(slot) ? call.once : call.body
    }
  }

  /// The transposes that only products read, which need not be computed.
  private func foldedTransposes(
    _ planner: Planner, _ kept: SlotSet, isWide: (Slot) -> Bool
  ) -> [Bool] {
    let body = loop.body
    guard body.entries.contains(where: { KernelTable.isMotion[Int($0.code)] }) else {
      return Array(repeating: false, count: body.count)
    }
    var folds = Array(repeating: 0, count: body.count)
    var readers = folds
    for place in 0..<body.count {
      let slot = Slot(place)
      for index in 0..<body.operandCount(slot) { readers[body.operand(slot, index).place] += 1 }
      guard KernelTable.isMotion[Int(body[slot].code)], body.operandCount(slot) == 2, !isWide(slot),
        case .motion(let motion) = body.primitive(slot).kernel
      else { continue }
      let operands = body.operands(slot)
      guard
        case .product(let m, let n, let k) = motion(
          operands.map { body.shape($0) }, body.statics(slot), body.shape(slot))
      else { continue }
      if planner.transposed(operands[0], rows: m, columns: k) != nil {
        folds[operands[0].place] += 1
      }
      if planner.transposed(operands[1], rows: k, columns: n) != nil {
        folds[operands[1].place] += 1
      }
    }
    return folds.indices.map {
      folds[$0] > 0 && folds[$0] == readers[$0] && !kept.contains(Slot($0))
    }
  }

  /// Says what is carried, walked and kept, and where it lies.
  private func connect(
    _ call: LoopCall, _ planner: inout Planner, _ reads: LoopReads, _ lanes: Lanes?
  ) throws(Fault) -> [wl_keep] {
    let body = loop.body
    let carried = Set(body.parameters[..<loop.carried])
    for k in 0..<loop.carried {
      let (parameter, result) = (body.parameters[k], body.results[k])
      let count = loop.shape(k).count
      let isSummed = lanes?.isSummed(result) ?? false
      let place = try planner.place(parameter)
      let isHandedOn = carried.contains(result) && result != parameter
      call.carries.append(
        LoopCall.Carry(
          start: starts[k], parameter: place,
          next: isSummed ? UnsafePointer(place) : UnsafePointer(try planner.place(result)),
          count: count, waiting: isHandedOn ? try memory.allocate(count) : nil,
          isSummed: isSummed))
    }
    for (k, walk) in walks.enumerated() {
      let parameter = body.parameters[loop.carried + k]
      call.walks.append(
        LoopCall.Walk(
          parameter: try planner.place(parameter), width: body.shape(parameter).count,
          array: walk.array, history: walk.history))
    }
    let handed = Set(body.parameters)
    var keeps: [wl_keep] = []
    for slot in body.results[loop.carried...].prefix(loop.stacks) + reads.histories {
      let isWide = lanes?.takes(slot) ?? false
      keeps.append(
        wl_keep(
          value: isWide ? nil : UnsafePointer(try planner.place(slot)), values: wl_values(),
          width: body.shape(slot).count, extent: .max,
          isEarly: handed.contains(slot) ? 1 : 0))
    }
    return keeps
  }
}
