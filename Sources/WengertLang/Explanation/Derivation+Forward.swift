/// The derivation outwards from the inputs: what each entry's derivative is, in turn.
extension Derivation {
  /// What is known of the derivatives of entries.
  private struct Known {
    /// In the derivatives of named entries.
    var inNames: [Slot: Term] = [:]
    /// As far worked out as it is short.
    var best: [Slot: Term] = [:]
  }

  mutating func writeForward() throws(ShapeMismatch) {
    var known = Known()
    let one: Term = list.shape(target).isScalar ? .number(1) : change(target)
    known.best[target] = one
    known.inNames[target] = change(target)
    if one.number != nil {
      steps.append(Step(left: change(target), forms: [one], reason: .words("da/da = 1")))
    }
    for place in 0..<list.count where !Kernel.isStopped {
      let slot = Slot(place)
      for loop in source.loops where loop.body.lowerBound == place {
        openTurn(loop, &known)
      }
      guard activity[slot], slot != target, known.best[slot] == nil else { continue }
      if isReadBehindLoop(slot, &known) { continue }
      try step(slot, &known)
    }
    let last = known.best[output] ?? .number(0)
    if activity[output] {
      try finishSweep(last, change(output))
    } else {
      steps.append(
        Step(left: change(output), forms: [.number(0)], reason: .words(independence)))
      parts.append((change(output), .number(0)))
    }
  }

  /// Why a derivative is 0 everywhere.
  var independence: String {
    list.number(output) != nil
      ? "a number has no slope" : "\(name(output)) does not depend on \(name(target))"
  }

  /// What stands for the change of an entry: its derivative, or its differential where x is an
  /// array.
  private func change(_ slot: Slot) -> Term {
    list.shape(target).isScalar ? derivative(slot) : Term(.tangent(slot), list.shape(slot))
  }

  /// The values that a turn is handed have derivatives of their own; they start with those of z_0.
  private mutating func openTurn(_ loop: DerivableList.Turns, _ known: inout Known) {
    for value in loop.carried where activity[value.before] {
      known.best[value.before] = change(value.before)
      known.inNames[value.before] = change(value.before)
      guard !activity[value.first] else { continue }
      steps.append(
        Step(left: change(value.first), forms: [.number(0)], reason: .definitions([value.first])))
    }
    for walk in loop.walks where activity[walk.element] {
      known.best[walk.element] = change(walk.element)
      known.inNames[walk.element] = change(walk.element)
    }
  }

  /// The line of a value that a loop leaves behind.
  private mutating func isReadBehindLoop(_ slot: Slot, _ known: inout Known) -> Bool {
    for loop in source.loops {
      let inside =
        loop.carried.first { $0.final == slot }?.after
        ?? loop.lasts.first { $0.slot == slot }?.inside
      guard let inside else { continue }
      known.best[slot] = change(slot)
      known.inNames[slot] = change(slot)
      steps.append(
        Step(
          left: change(slot), forms: [change(inside)],
          reason: .final(slot, of: inside, index: loop.index, count: loop.count)))
      return true
    }
    return false
  }

  private mutating func step(_ slot: Slot, _ known: inout Known) throws(ShapeMismatch) {
    var (inNames, best) = (Term?.none, Term?.none)
    for (place, operand) in list.operands(slot).enumerated() where activity[operand] {
      if let amount = known.inNames[operand],
        let term = try pushed(slot, place, amount)
      {
        inNames = try Term.sum(inNames, term)
      }
      if let amount = known.best[operand],
        let term = try pushed(slot, place, amount)
      {
        best = try Term.sum(best, term)
      }
    }
    // A change that is the same for all elements may be one number; the entry's has its shape.
    let shape = list.shape(slot)
    let (zero, names) = (Term.number(0), try inNames?.stretched(to: shape))
    best = try best?.stretched(to: shape)
    let whole = closed(names ?? zero, keepingNames: true)
    let rule = list.shape(target).isScalar ? ordered(whole) : simplified(whole)
    let shortest = simplified(closed(best ?? zero, keepingNames: true))
    guard isNamed(slot) else {
      known.inNames[slot] = rule
      known.best[slot] = shortest
      return
    }
    let forms = rule == shortest ? [rule] : [rule, shortest]
    steps.append(Step(left: change(slot), forms: forms, reason: .definitions([slot])))
    known.inNames[slot] = change(slot)
    let isShort = shortest.size <= Self.substitutionLimit && !isOfTurn(slot)
    known.best[slot] = isShort ? shortest : change(slot)
    if !isShort, slot != output { parts.append((change(slot), shortest)) }
    if slot == output { known.best[slot] = shortest }
  }

  private func pushed(
    _ slot: Slot, _ place: Int, _ change: Term
  ) throws(ShapeMismatch) -> Term? {
    if let sloped = try sloped(slot, change) { return sloped }
    return try Term.pushforward(of: slot, from: place, in: list, change: change)
  }

  /// Whether an entry is the value that a turn hands on.
  private func isOfTurn(_ slot: Slot) -> Bool {
    source.loops.contains { loop in loop.carried.contains { $0.after == slot } }
  }

  /// The last line: numbers go down to the inputs, arrays stay in the names of the program.
  mutating func finishSweep(_ whole: Term, _ left: Term) throws(ShapeMismatch) {
    let isOfNumbers = (0..<list.count).allSatisfy {
      !activity[Slot($0)] || list.shape(Slot($0)).isScalar
    }
    let closed = simplified(closed(whole, keepingNames: !isOfNumbers))
    parts.append((left, closed))
    guard closed != steps.last?.forms.last, closed != left || steps.isEmpty else { return }
    steps.append(Step(left: left, forms: [closed], reason: .words("in the inputs")))
  }
}
