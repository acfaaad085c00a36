/// What names decide beside what they hand on: how often loops turn, and which arm is taken.
extension Lowering {
  /// A comparison that decides, to be looked at once its sides have values.
  struct OpenTie {
    var comparison: Slot
    var warning: Diagnostic
  }

  /// The loops and branches that a value comes through.
  struct Ways {
    var slots: [Slot] = []
    /// What their counts and conditions are computed from.
    var causes: [Bool] = []

    func isCause(_ slot: Slot) -> Bool {
      causes.indices.contains(slot.place) && causes[slot.place]
    }
  }

  /// What y comes through, after the first of some targets, that goes one of several ways.
  func ways(to y: Place, from targets: [Slot]) -> Ways {
    let list = frames[y.depth].list
    let (first, end) = (targets.map(\.place).min() ?? y.slot.place, y.slot.place + 1)
    guard 0..<end ~= first, list.hasStructure(in: first..<end) else { return Ways() }
    let needed = list.reached(from: [y.slot])
    let slots = needed.indices.map { Slot($0) }.filter {
      needed[$0.place] && list.isDecided($0)
    }
    return Ways(slots: slots, causes: list.reached(from: slots.map { list.operand($0, 0) }))
  }

  /// Says that a name decides how many turns a loop takes, and keeps in mind which conditions it
  /// has a part in.
  mutating func noteDecisions(
    _ ways: Ways, of y: Place, by targets: [Slot], _ name: Symbol?, isReached: Bool = true,
    at span: Span
  ) {
    guard !ways.slots.isEmpty, targets.contains(where: ways.isCause) else { return }
    let x = name.map { symbols[$0] }
    let list = frames[y.depth].list
    let affected = list.affected(by: targets, for: y.slot)
    let decided = ways.slots.filter { affected[list.operand($0, 0).place] }
    if isReached, let loop = decided.first(where: { list[$0].code == Code.loop }) {
      say(.turnsDecided(x, at: span, loop: list.spans[loop.place]))
    }
    guard y.depth == 0 else { return }
    for branch in decided where list[branch].code == Code.branch {
      for comparison in list.comparisons(of: list.operand(branch, 0))
      where affected[comparison.place] {
        openTies.append(
          OpenTie(
            comparison: comparison,
            warning: .tie(
              self.name(y), x, at: span, comparison: list.spans[comparison.place])))
      }
    }
  }

  /// Warns, unless a function that is called has said the same of the same loop.
  private mutating func say(_ warning: Diagnostic) {
    let isSaid = warnings.contains {
      $0.title == warning.title && $0.secondary == warning.secondary
    }
    if !isSaid { warnings.append(warning) }
  }

  /// Says which conditions sit at a tie, now that there are values.
  mutating func tellTies() {
    // A statement that was refused has left nothing to look at.
    openTies = openTies.filter { $0.comparison.place < program.count }
    var told: Set<Span> = []
    for tie in openTies where program.isTie(tie.comparison, in: values) {
      if let place = tie.warning.primary?.span, told.insert(place).inserted {
        warnings.append(tie.warning)
      }
    }
    openTies = openTies.filter { values.view($0.comparison, in: program) == nil }
  }
}

extension List {
  /// Whether affected entries decide which arm a branch takes or how often a loop turns; of a loop
  /// with a condition all that reaches it may.
  func decides(_ affected: [Bool]) -> Bool {
    (0..<count).lazy.map { Slot($0) }.contains { slot in
      guard affected[slot.place] else { return false }
      switch self[slot].code {
      case Code.branch: return affected[operand(slot, 0).place]
      case Code.loop: return loop(slot)?.condition != nil || affected[operand(slot, 0).place]
      default: return false
      }
    }
  }

  /// Whether an entry goes one of several ways: a branch, or a loop with a count that is no other
  /// loop's.
  ///
  /// Of the turns of a loop with a condition only `check` and `why` tell.
  fileprivate func isDecided(_ slot: Slot) -> Bool {
    switch self[slot].code {
    case Code.branch: true
    case Code.loop: loop(slot)?.condition == nil && self[operand(slot, 0)].code != Code.turns
    default: false
    }
  }
}
