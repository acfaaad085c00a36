/// The reverse sweep through loops and branches.
extension Adjoint {
  /// The adjoint of a loop is a loop that runs backwards over the history of the carried values,
  /// makes each turn again, and sweeps it.
  mutating func sweepLoop(
    _ slot: Slot, _ arrived: [(part: Slot, adjoint: Slot)], in list: inout List
  ) throws(ShapeMismatch) {
    guard let loop = list.loop(slot), let inside = activity.loops[slot] else { return }
    list.span = list.spans[slot.place]
    var weaver = BodyWeaver(loop: loop, operands: list.operands(slot), zeros: list.zeros)
    let plan = try weaver.declare(arrived, inside: inside, activity: activity, in: &list)
    try weaver.sweep(plan)
    let woven = weaver.finish(loop: slot, in: &list)
    for (k, index) in plan.live.enumerated() {
      let operand = loop.startPlaces.lowerBound + index
      try add(
        list.appendPart(Code.final, of: woven, k, shape: loop.shape(index)),
        to: weaver.operands[operand], from: slot, index: operand, in: &list)
    }
    for (k, index) in plan.captures.enumerated() {
      let operand = loop.capturePlaces.lowerBound + index
      let shape = list.shape(weaver.operands[operand])
      let part = plan.live.count + plan.lastSeeds.count + k
      try add(
        list.appendPart(Code.final, of: woven, part, shape: shape),
        to: weaver.operands[operand], from: slot, index: operand, in: &list)
    }
    for (k, index) in plan.walks.enumerated() {
      let operand = loop.walkPlaces.lowerBound + index
      let shape = list.shape(weaver.operands[operand])
      try add(
        list.appendPart(Code.stacked, of: woven, k, shape: shape),
        to: weaver.operands[operand], from: slot, index: operand, in: &list)
    }
  }

  /// The adjoint of a branch is a branch on the same condition.
  mutating func sweepBranch(
    _ slot: Slot, _ arrived: [(part: Slot, adjoint: Slot)], in list: inout List
  ) throws(ShapeMismatch) {
    guard case .branch(let branch)? = list.structure(slot) else { return }
    list.span = list.spans[slot.place]
    let operands = list.operands(slot)
    let captures = Array(operands.dropFirst())
    let wanted = captures.indices.filter { activity[captures[$0]] }
    func adjoint(of body: List) throws(ShapeMismatch) -> List {
      var arm = List()
      arm.zeros = list.zeros
      let parameters = body.parameters.map { arm.appendParameter(shape: body.shape($0)) }
      let bars = arrived.map { arm.appendParameter(shape: list.shape($0.adjoint)) }
      let places = arm.inline(body, arguments: parameters)
      let seeds = zip(arrived, bars).map { arrival, bar in
        (slot: places[body.results[list.part(arrival.part)].place], adjoint: bar)
      }
      let swept = try arm.appendAdjoint(seeds: seeds, wrt: wanted.map { parameters[$0] })
      arm.results = wanted.map {
        swept[parameters[$0]] ?? arm.appendZeros(arm.shape(parameters[$0]))
      }
      return arm.pruned()
    }
    let woven = list.appendStructure(
      Code.branch, operands + arrived.map(\.adjoint),
      .branch(
        Branch(then: try adjoint(of: branch.then), otherwise: try adjoint(of: branch.otherwise))))
    for (k, index) in wanted.enumerated() {
      let part = list.appendPart(Code.arm, of: woven, k, shape: list.shape(captures[index]))
      markSparse(captures[index])
      try add(part, to: captures[index], from: slot, index: index + 1, in: &list)
    }
  }
}

extension Loop {
  /// The shape of a carried value.
  func shape(_ carried: Int) -> Shape { body.shape(body.parameters[carried]) }

  /// Elements that are kept of all turns for a sweep, beside those of carried values: what stays in
  /// the cache until it is read.
  private static let mostKept = 1 << 15

  /// The entries of the body whose values a sweep had better read than make again: functions of one
  /// number that depend on the turn, but on nothing that is carried.
  ///
  /// - Parameter turns: how many turns there are, where that is known.
  fileprivate func worthKeeping(turns: Double?) -> [Slot] {
    guard let turns, turns > 0 else { return [] }
    var isFixed: [Bool] = []
    var isShared: [Bool] = []
    var found: [Slot] = []
    var elements = 0.0
    let (walked, handed) = (carried..<(carried + walks), Set(body.parameters[..<carried]))
    for place in 0..<body.count {
      let slot = Slot(place)
      let entry = body[slot]
      guard entry.code != Code.parameter else {
        let number = body.parameters.firstIndex(of: slot)
        isFixed.append(!handed.contains(slot) && number != nil)
        isShared.append(number.map { $0 >= walked.upperBound && slot != turn } ?? false)
        continue
      }
      let operands = body.operands(slot)
      let isPlain = !body.primitive(slot).isInternal || entry.code == Code.number
      isFixed.append(isPlain && operands.allSatisfy { isFixed[$0.place] })
      isShared.append(isPlain && operands.allSatisfy { isShared[$0.place] })
      guard isFixed[place], !isShared[place], case .map(let map) = body.primitive(slot).kernel,
        map.function != nil, body.primitive(slot).takesTime
      else { continue }
      elements += turns * Double(body.shape(slot).count)
      found.append(slot)
    }
    return elements <= Double(Self.mostKept) ? found : []
  }
}

extension Primitive {
  /// Whether a value takes longer to make than to read.
  fileprivate var takesTime: Bool {
    ![.neg, .square, .copy, .abs, .sign, .relu, .floor, .ceil, .round, .not].contains(self)
  }
}

/// Weaves the body of a loop's adjoint: the turn made again, then its sweep.
struct BodyWeaver {
  /// What the adjoint loop carries, walks and stacks.
  struct Plan {
    /// The carried values of the loop whose adjoints are carried.
    var live: [Int] = []
    /// Body slots with an adjoint at the last turn only, and the parameter it comes in.
    var lastSeeds: [(slot: Slot, parameter: Slot)] = []
    /// The captures whose adjoints are summed up.
    var captures: [Int] = []
    /// The walks whose adjoints are stacked.
    var walks: [Int] = []
    /// Body slots with an adjoint at every turn, and the parameter it comes in.
    var turnSeeds: [(slot: Slot, parameter: Slot)] = []
    var liveParameters: [Slot] = []
    var sums: [Slot] = []
    /// Entries of the body of which every turn's value is kept, and the parameter it comes in.
    var kept: [(slot: Slot, parameter: Slot)] = []
    /// What the parameters of the loop's body are in the woven body.
    var arguments: [Slot] = []
  }

  let loop: Loop
  let operands: [Slot]
  private var body = List()
  private var starts: [Slot] = []
  /// What the woven loop walks: a slot outside, or the history of an entry of the body.
  private enum Walk {
    case slot(Slot)
    case history(Slot)
  }
  private var walks: [Walk] = []
  private var captured: [Slot] = []
  private var stacks = 0

  init(loop: Loop, operands: [Slot], zeros: ZeroRule) {
    self.loop = loop
    self.operands = operands
    body.zeros = zeros
  }

  /// Gives the woven body its parameters.
  mutating func declare(
    _ arrived: [(part: Slot, adjoint: Slot)], inside: Activity, activity: Activity,
    in list: inout List
  ) throws(ShapeMismatch) -> Plan {
    var plan = Plan()
    plan.live = (0..<loop.carried).filter { inside[loop.body.parameters[$0]] }
    try declareCarried(arrived, &plan, in: &list)
    plan.captures = (0..<loop.captures).filter {
      activity[operands[loop.capturePlaces.lowerBound + $0]]
    }
    for index in plan.captures {
      let shape = list.shape(operands[loop.capturePlaces.lowerBound + index])
      plan.sums.append(body.appendParameter(shape: shape))
      starts.append(list.appendZeros(shape))
    }
    let histories = (0..<loop.carried).map { k in
      walks.append(.history(loop.body.parameters[k]))
      return body.appendParameter(shape: loop.shape(k))
    }
    let elements = loop.walkPlaces.map { place in
      walks.append(.slot(operands[place]))
      return body.appendParameter(shape: list.shape(operands[place]).element)
    }
    for (part, adjoint) in arrived where [Code.stacked, Code.history].contains(list[part].code) {
      walks.append(.slot(adjoint))
      let parameter = body.appendParameter(shape: list.shape(adjoint).element)
      let index = list.part(part)
      let slot =
        list[part].code == Code.history ? Slot(index) : loop.body.results[loop.carried + index]
      plan.turnSeeds.append((slot, parameter))
    }
    for slot in loop.worthKeeping(turns: loop.condition == nil ? list.number(operands[0]) : nil) {
      walks.append(.history(slot))
      plan.kept.append((slot, body.appendParameter(shape: loop.body.shape(slot))))
    }
    captured = loop.capturePlaces.map { operands[$0] }
    let captures = captured.map { body.appendParameter(shape: list.shape($0)) }
    plan.arguments = histories + elements + captures + [body.appendParameter(shape: .scalar)]
    plan.walks = (0..<loop.walks).filter { activity[operands[loop.walkPlaces.lowerBound + $0]] }
    return plan
  }

  private mutating func declareCarried(
    _ arrived: [(part: Slot, adjoint: Slot)], _ plan: inout Plan, in list: inout List
  ) throws(ShapeMismatch) {
    for k in plan.live {
      plan.liveParameters.append(body.appendParameter(shape: loop.shape(k)))
      // Two entries that read one final value arrive as two parts.
      let bars = arrived.filter { list[$0.part].code == Code.final && list.part($0.part) == k }
      let start = try list.appendSum(bars.map(\.adjoint))
      starts.append(start ?? list.appendZeros(loop.shape(k)))
    }
    for (part, adjoint) in arrived where list[part].code == Code.last {
      plan.lastSeeds.append((Slot(list.part(part)), body.appendParameter(shape: list.shape(part))))
      starts.append(adjoint)
    }
  }

  /// Makes the turn again and sweeps it.
  mutating func sweep(_ plan: Plan) throws(ShapeMismatch) {
    let places = body.inline(loop.body, arguments: plan.arguments)
    var seeds: [(slot: Slot, adjoint: Slot)] = []
    for (k, parameter) in zip(plan.live, plan.liveParameters) {
      seeds.append((places[loop.body.results[k].place], parameter))
    }
    for (slot, parameter) in plan.turnSeeds + plan.lastSeeds {
      seeds.append((places[slot.place], parameter))
    }
    let walkTargets = plan.walks.map { plan.arguments[loop.carried + $0] }
    let captureTargets = plan.captures.map { plan.arguments[loop.carried + loop.walks + $0] }
    let targets = plan.live.map { plan.arguments[$0] } + walkTargets + captureTargets
    let adjoint = try body.appendAdjoint(seeds: seeds, wrt: targets)

    var results: [Slot] = []
    for k in plan.live {
      results.append(adjoint[plan.arguments[k]] ?? body.appendZeros(loop.shape(k)))
    }
    for (_, parameter) in plan.lastSeeds { results.append(body.appendZeros(body.shape(parameter))) }
    for (sum, target) in zip(plan.sums, captureTargets) {
      guard let amount = adjoint[target] else {
        results.append(sum)
        continue
      }
      results.append(try body.append(.add, [sum, amount]))
    }
    for target in walkTargets {
      results.append(adjoint[target] ?? body.appendZeros(body.shape(target)))
    }
    stacks = walkTargets.count
    body.results = results
    readKept(plan, places)
  }

  /// Has all entries read what was kept, and none what the turn would make again.
  private mutating func readKept(_ plan: Plan, _ places: [Slot]) {
    guard !plan.kept.isEmpty else { return }
    var other: [Slot: Slot] = [:]
    for kept in plan.kept { other[places[kept.slot.place]] = kept.parameter }
    for place in 0..<body.count {
      let operands = body.operands(Slot(place))
      guard operands.contains(where: { other[$0] != nil }) else { continue }
      body.replaceOperands(of: Slot(place), by: operands.map { other[$0] ?? $0 })
    }
    body.results = body.results.map { other[$0] ?? $0 }
  }

  /// Appends the woven loop, without the walks and captures that its turns do not read.
  mutating func finish(loop slot: Slot, in list: inout List) -> Slot {
    body = body.pruned()
    let carried = starts.count
    var keptParameters = Array(body.parameters[..<carried])
    let reads = body.readParameters
    var keptWalks: [Slot] = []
    for (index, walk) in walks.enumerated() where reads.contains(carried + index) {
      keptParameters.append(body.parameters[carried + index])
      switch walk {
      case .slot(let slot): keptWalks.append(slot)
      case .history(let entry):
        let shape = loop.body.shape(entry).history
        keptWalks.append(list.appendPart(Code.history, of: slot, entry.place, shape: shape))
      }
    }
    var keptCaptures: [Slot] = []
    for (index, capture) in captured.enumerated()
    where reads.contains(carried + walks.count + index) {
      keptParameters.append(body.parameters[carried + walks.count + index])
      keptCaptures.append(capture)
    }
    keptParameters.append(body.parameters[carried + walks.count + captured.count])
    body.keepParameters(keptParameters)
    let turns = list.appendPart(Code.turns, of: slot, 0, shape: .scalar)
    return list.appendStructure(
      Code.loop, [turns] + starts + keptWalks + keptCaptures,
      .loop(
        Loop(
          body: body, carried: carried, walks: keptWalks.count, captures: keptCaptures.count,
          stacks: stacks, isBackward: !loop.isBackward)))
  }
}
