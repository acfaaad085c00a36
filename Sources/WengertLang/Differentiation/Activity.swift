/// Which entries of a list depend on chosen ones through slopes.
struct Activity {
  /// One flag an entry.
  private(set) var isActive: [Bool]
  /// The activity inside the bodies of loops.
  private(set) var loops: [Slot: Activity] = [:]
  /// The activity inside both arms of branches.
  private(set) var arms: [Slot: (then: Activity, otherwise: Activity)] = [:]

  /// Marks what depends on the targets, among the first `end` entries.
  ///
  /// - Parameter constants: entries that depend on nothing.
  init(_ list: List, targets: [Slot], constants: SlotSet = SlotSet(), end: Int) {
    isActive = Array(repeating: false, count: end)
    var first = end
    for target in targets where target.place < end {
      isActive[target.place] = true
      first = min(first, target.place)
    }
    guard first < end else { return }
    for place in first..<end where !isActive[place] && !constants.contains(Slot(place)) {
      isActive[place] = depends(Slot(place), in: list)
    }
  }

  subscript(_ slot: Slot) -> Bool { slot.place < isActive.count && isActive[slot.place] }

  private mutating func depends(_ slot: Slot, in list: List) -> Bool {
    let entry = list[slot]
    switch entry.code {
    case Code.loop: return enterLoop(slot, in: list)
    case Code.branch: return enterBranch(slot, in: list)
    case Code.final: return partIsActive(slot, in: list) { $0.parameters[list.part(slot)] }
    case Code.stacked:
      return partIsActive(slot, in: list) { body in
        body.results[(list.loop(list.operand(slot, 0))?.carried ?? 0) + list.part(slot)]
      }
    case Code.last, Code.history: return partIsActive(slot, in: list) { _ in Slot(list.part(slot)) }
    case Code.arm: return armIsActive(slot, in: list)
    case Code.turns, Code.print: return false
    default:
      let flat = Slopes.masks[Int(entry.code)]
      for index in 0..<list.operandCount(slot) where isActive[list.operand(slot, index).place] {
        if index > 7 || flat & (1 << index) == 0 { return true }
      }
      return false
    }
  }

  private mutating func enterLoop(_ slot: Slot, in list: List) -> Bool {
    guard let loop = list.loop(slot) else { return false }
    var targets: Set<Slot> = []
    for (place, operand) in list.operands(slot).enumerated() where isActive[operand.place] {
      if let parameter = loop.parameter(forOperand: place) { targets.insert(parameter) }
    }
    guard !targets.isEmpty else { return false }
    // A carried value is active as soon as one turn makes it so.
    while true {
      let inside = Activity(loop.body, targets: Array(targets), end: loop.body.count)
      let before = targets.count
      for k in 0..<loop.carried where inside[loop.body.results[k]] {
        targets.insert(loop.body.parameters[k])
      }
      if targets.count == before {
        loops[slot] = inside
        return true
      }
    }
  }

  private mutating func enterBranch(_ slot: Slot, in list: List) -> Bool {
    guard case .branch(let branch)? = list.structure(slot) else { return false }
    let active = list.operands(slot).dropFirst().enumerated().filter { isActive[$1.place] }
    guard !active.isEmpty else { return false }
    func inside(_ body: List) -> Activity {
      Activity(body, targets: active.map { body.parameters[$0.offset] }, end: body.count)
    }
    arms[slot] = (inside(branch.then), inside(branch.otherwise))
    return true
  }

  private func partIsActive(_ slot: Slot, in list: List, _ body: (List) -> Slot) -> Bool {
    let whole = list.operand(slot, 0)
    guard let inside = loops[whole], let loop = list.loop(whole) else { return false }
    return inside[body(loop.body)]
  }

  private func armIsActive(_ slot: Slot, in list: List) -> Bool {
    let whole = list.operand(slot, 0)
    guard let arms = arms[whole], case .branch(let branch)? = list.structure(whole) else {
      return false
    }
    let part = list.part(slot)
    return arms.then[branch.then.results[part]] || arms.otherwise[branch.otherwise.results[part]]
  }
}

/// What the rows say about slopes, as tables by row number.
enum Slopes {
  /// For each row a bit for every operand without a slope.
  static let masks: [UInt8] = Catalogue.all.map { row in
    if case .flat = row.rule { return 0xff }
    return (0..<8).reduce(0) { $0 | (row.isDifferentiable(operand: $1) ? 0 : 1 << $1) }
  }
}
