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

  /// What y comes through that goes one of several ways.
  func ways(to y: Place) -> Ways {
    let list = frames[y.depth].list
    guard list.hasStructure(in: 0..<(y.slot.place + 1)) else { return Ways() }
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
    let ways = ways.slots.filter { affected[list.operand($0, 0).place] }
    if isReached, let loop = ways.first(where: { list[$0].code == Code.loop }) {
      warnings.append(.turnsDecided(x, at: span, loop: list.spans[loop.place]))
    }
    guard y.depth == 0 else { return }
    for branch in ways where list[branch].code == Code.branch {
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
  /// Whether an entry goes one of several ways: a branch, or a loop with a count that is no other
  /// loop's.
  fileprivate func isDecided(_ slot: Slot) -> Bool {
    switch self[slot].code {
    case Code.branch: true
    case Code.loop: loop(slot)?.condition == nil && self[operand(slot, 0)].code != Code.turns
    default: false
    }
  }
}
