/// What decided which way a program took: the condition of a branch or of a loop's turn, or the
/// count of a loop.
struct Decision: Sendable {
  enum Kind: Sendable {
    case branch
    case turn
    case count
  }

  let kind: Kind
  /// The condition, or the count.
  let slot: Slot
  /// The branch or the loop.
  let span: Span
}

/// What an input has to do with a decision, of which no slope tells.
struct DecidingInput: Hashable, Sendable {
  enum Way: Hashable, Sendable {
    /// Both sides of the comparison are equal: beside this point the program may go another way.
    case tie
    /// It decides how many turns a loop takes.
    case turns
  }

  let way: Way
  let span: Span
}

extension StraightList {
  /// The decisions of the program in which some inputs matter, each once.
  ///
  /// Conditions of branches count at a tie only: elsewhere a small change alters nothing.
  func decisions(by targets: [Slot]) -> [DecidingInput] {
    guard !decisions.isEmpty else { return [] }
    let affected = list.affected(by: targets, for: decisions.map(\.slot))
    var found: [DecidingInput] = []
    for decision in decisions where affected[decision.slot.place] {
      guard decision.kind == .branch else {
        found.append(DecidingInput(way: .turns, span: decision.span))
        continue
      }
      let isTie = list.comparisons(of: decision.slot).contains {
        affected[$0.place] && list.isTie($0, in: values)
      }
      if isTie { found.append(DecidingInput(way: .tie, span: decision.span)) }
    }
    var seen: Set<DecidingInput> = []
    return found.filter { seen.insert($0).inserted }
  }
}

extension List {
  private static let joining = [Primitive.and.code, Primitive.or.code, Primitive.not.code]
  private static let comparing = [
    Primitive.less.code, Primitive.greater.code, Primitive.lessEqual.code,
    Primitive.greaterEqual.code, Primitive.equal.code, Primitive.notEqual.code,
  ]

  /// The comparisons that a condition is made of.
  func comparisons(of condition: Slot) -> [Slot] {
    var (stack, found): ([Slot], [Slot]) = ([condition], [])
    var seen: Set<Slot> = []
    while let next = stack.popLast() {
      guard seen.insert(next).inserted else { continue }
      if Self.comparing.contains(self[next].code) { found.append(next) }
      if Self.joining.contains(self[next].code) { stack += operands(next) }
    }
    return found
  }

  /// Whether both sides of a comparison of numbers have the same value.
  func isTie(_ comparison: Slot, in values: Values) -> Bool {
    let places = operands(comparison).map(origin)
    let sides = places.map { number($0) ?? values.view($0, in: self)?.number }
    // What is compared with itself turns nowhere.
    guard sides.count == 2, places[0] != places[1], let left = sides[0], let right = sides[1]
    else { return false }
    return left == right
  }

  /// The entry that another is a copy of, itself elsewhere; equal numbers are one entry, but not
  /// one value.
  private func origin(_ slot: Slot) -> Slot {
    var slot = slot
    while self[slot].code == Primitive.copy.code, number(operand(slot, 0)) == nil {
      slot = operand(slot, 0)
    }
    return slot
  }
}
