/// The sweep that reads a list in a larger system of numbers: every entry that depends on a seeded
/// one gets its other components as entries of their own.
///
/// The forward sweep with more than one tangent, in which the first component may change too.
struct Expansion<System: NumberSystem> {
  private(set) var system: System
  private var values: [Slot: Extended] = [:]
  private let activity: Activity
  private var woven: [Slot: Woven] = [:]

  /// A loop or branch that computes all components, and where its parts lie.
  struct Woven {
    var slot = Slot(-1)
    /// For each carried value or result the parts that hold its components.
    var carried: [[Int?]] = []
    var stacked: [[Int?]] = []
    /// For each slot of the body that is read from outside its components in the woven body.
    var body: [Slot: [Slot?]] = [:]
  }

  fileprivate init(_ list: List, seeds: [(slot: Slot, value: Extended)], system: System) {
    self.system = system
    let moving = seeds.filter { !$0.value.isReal }.map(\.slot)
    activity = Activity(list, targets: moving, end: list.count)
    for (slot, value) in seeds { values[slot] = value }
  }

  /// The number that an entry is.
  subscript(_ slot: Slot) -> Extended { values[slot] ?? Extended(slot) }

  fileprivate mutating func visit(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    guard values[slot] == nil else { return }
    let operands = list.operands(slot)
    guard operands.contains(where: { values[$0] != nil || woven[$0] != nil }) else { return }
    list.span = list.spans[slot.place]
    let value: Extended
    switch list[slot].code {
    case Code.print: return
    case Code.loop: return try weaveLoop(slot, in: &list)
    case Code.branch: return try weaveBranch(slot, in: &list)
    case Code.final, Code.stacked, Code.last, Code.history, Code.arm, Code.turns:
      value = part(slot, in: &list)
    case Code.custom: value = try call(slot, in: &list)
    default:
      value = try system.apply(
        list.primitive(slot), operands.map { self[$0] }, list.statics(slot), in: &list)
    }
    values[slot] = try value.stretched(to: list.shape(slot), in: &list)
  }

  /// The value of an operation that a program defines, in the larger system.
  private mutating func call(_ slot: Slot, in list: inout List) throws(ShapeMismatch) -> Extended {
    guard case .custom(let custom)? = list.structure(slot) else { return Extended(slot) }
    let operands = list.operands(slot).map { self[$0] }
    if custom.held?.isSolved == true { return try solve(slot, custom, operands, in: &list) }
    return try results(of: custom.value, operands, in: &list)[0]
  }

  /// The entries of another list at numbers of the larger system.
  private mutating func results(
    of other: List, _ operands: [Extended], in list: inout List
  ) throws(ShapeMismatch) -> [Extended] {
    var seeds: [(slot: Slot, value: Extended)] = []
    var arguments: [Slot] = []
    for operand in operands {
      let copy = try list.appendUnshared(.copy, [operand.base])
      arguments.append(copy)
      if !operand.isReal { seeds.append((copy, Extended(copy, operand.rest))) }
    }
    let places = list.inline(other, arguments: arguments)
    let inside = try list.appendExpansion(seeds: seeds, system: system)
    system = inside.system
    return other.results.map { inside[places[$0.place]] }
  }

  /// The solution of an equation: from the real one by Newton's steps in the larger system, each of
  /// which doubles the order that is right.
  private mutating func solve(
    _ slot: Slot, _ custom: Custom, _ operands: [Extended], in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    let bases = operands.map(\.base)
    let start =
      bases == list.operands(slot)
      ? slot
      : list.appendStructure(Code.custom, bases, .custom(custom), shape: list.shape(slot))
    var solution = Extended(start)
    for _ in 0..<system.newtonSteps {
      let step = try results(of: custom.value, [solution] + operands.dropFirst(), in: &list)[1]
      let moved = try system.applyToComponents(.sub, [solution, step], [], in: &list)
      solution = Extended(system.movesBase ? moved.base : start, moved.rest)
    }
    return solution
  }

  /// A part of a loop or branch that has been woven.
  private func part(_ slot: Slot, in list: inout List) -> Extended {
    guard let whole = woven[list.operand(slot, 0)] else { return self[slot] }
    let (code, part, shape) = (list[slot].code, list.part(slot), list.shape(slot))
    let places: [Int?]
    switch code {
    case Code.final, Code.arm: places = whole.carried[part]
    case Code.stacked: places = whole.stacked[part]
    case Code.turns: places = [part]
    default: places = whole.body[Slot(part)]?.map { $0?.place } ?? [part]
    }
    let slots = places.map { place in
      place.map { list.appendPart(code, of: whole.slot, $0, shape: shape) }
    }
    return Extended(slots[0] ?? slot, Array(slots.dropFirst()))
  }

  private mutating func weaveLoop(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    guard let loop = list.loop(slot) else { return }
    let inside = activity.loops[slot]
    var weaver = ExpansionWeaver(
      loop: loop, operands: list.operands(slot).map { self[$0] }, extent: system.extent,
      isLive: { inside?[loop.body.parameters[$0]] ?? false })
    woven[slot] = try weaver.weave(
      with: &system, read: list.bodySlots(readFrom: slot), in: &list)
  }

  private mutating func weaveBranch(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    guard case .branch(let branch)? = list.structure(slot) else { return }
    let operands = list.operands(slot).map { self[$0] }
    let captures = Array(operands.dropFirst())
    var arms: [(list: List, results: [Extended])] = []
    for body in [branch.then, branch.otherwise] {
      var arm = List()
      let bases = body.parameters.map { arm.appendParameter(shape: body.shape($0)) }
      var seeds: [(slot: Slot, value: Extended)] = []
      for (base, capture) in zip(bases, captures) {
        let shape = arm.shape(base)
        let rest = capture.rest.map { $0.map { _ in arm.appendParameter(shape: shape) } }
        if !capture.isReal { seeds.append((base, Extended(base, rest))) }
      }
      let places = arm.inline(body, arguments: bases)
      let swept = try arm.appendExpansion(seeds: seeds, system: system)
      system = swept.system
      arms.append((arm, body.results.map { swept[places[$0.place]] }))
    }
    var whole = Woven()
    var results: [[Slot]] = [[], []]
    for place in branch.then.results.indices {
      var parts: [Int?] = []
      for component in 0...system.extent {
        let slots = arms.map { $0.results[place][component] }
        guard slots.contains(where: { $0 != nil }) else {
          parts.append(nil)
          continue
        }
        parts.append(results[0].count)
        for side in arms.indices {
          let shape = arms[side].list.shape(arms[side].results[place].base)
          results[side].append(slots[side] ?? arms[side].list.appendZeros(shape))
        }
      }
      whole.carried.append(parts)
    }
    for side in arms.indices {
      arms[side].list.results = results[side]
      arms[side].list = arms[side].list.pruned()
    }
    whole.slot = list.appendStructure(
      Code.branch,
      [operands[0].base] + captures.map(\.base) + captures.flatMap { $0.rest.compactMap { $0 } },
      .branch(Branch(then: arms[0].list, otherwise: arms[1].list)))
    woven[slot] = whole
  }
}

extension Extended {
  /// The same number with components of a shape.
  fileprivate func stretched(
    to shape: Shape, in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    var result = Extended(try list.appendStretched(base, to: shape), rest)
    for (place, slot) in rest.enumerated() {
      if let slot { result.rest[place] = try list.appendStretched(slot, to: shape) }
    }
    return result
  }
}

extension List {
  /// An entry with the elements of another shape that it stretches to.
  mutating func appendStretched(_ slot: Slot, to shape: Shape) throws(ShapeMismatch) -> Slot {
    self.shape(slot) == shape ? slot : try append(.broadcast, [slot], shape.extents)
  }
}

extension List {
  /// Appends the components of everything that depends on seeded slots, or of what one slot needs.
  mutating func appendExpansion<System: NumberSystem>(
    seeds: [(slot: Slot, value: Extended)], system: System, through output: Slot? = nil
  ) throws(ShapeMismatch) -> Expansion<System> {
    let end = output.map { $0.place + 1 } ?? count
    let isNeeded = output.map { reached(from: [$0]) }
    var expansion = Expansion(self, seeds: seeds, system: system)
    let first = seeds.map(\.slot.place).min() ?? end
    let written = span
    for place in min(first, end)..<end where isNeeded?[place] ?? true {
      try expansion.visit(Slot(place), in: &self)
    }
    span = written
    return expansion
  }

  /// The slots of a loop's body that entries read by their last value or history.
  fileprivate func bodySlots(readFrom loop: Slot) -> [Slot] {
    var slots: Set<Slot> = []
    for place in loop.place..<count {
      let slot = Slot(place)
      guard [Code.last, Code.history].contains(self[slot].code), operand(slot, 0) == loop else {
        continue
      }
      slots.insert(Slot(part(slot)))
    }
    return slots.sorted()
  }
}
