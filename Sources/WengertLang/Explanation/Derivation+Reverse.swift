/// The derivation inwards from the output: the derivative by each entry in turn.
extension Derivation {
  /// What has come in for the adjoints of entries.
  private struct Arrived {
    /// Terms in the adjoints of named entries.
    var inNames: [Slot: [Term]] = [:]
    /// Terms as far worked out as they are short.
    var best: [Slot: [Term]] = [:]
    /// The named entries that handed it back.
    var readers: [Slot: [Slot]] = [:]

    mutating func add(
      _ slot: Slot, inNames name: Term, best term: Term, from sources: [Slot]
    ) {
      inNames[slot, default: []].append(name)
      best[slot, default: []].append(term)
      for source in sources where readers[slot]?.contains(source) != true {
        readers[slot, default: []].append(source)
      }
    }
  }

  mutating func writeReverse() throws(ShapeMismatch) {
    var arrived = Arrived()
    let one = try Term.number(1).stretched(to: list.shape(output))
    steps.append(Step(left: adjoint(output), forms: [one], reason: .words("da/da = 1")))
    guard activity[output] else {
      steps.append(Step(left: adjoint(target), forms: [.number(0)], reason: .words(independence)))
      parts.append((adjoint(target), .number(0)))
      return
    }
    if output == target {
      parts.append((adjoint(output), one))
      return
    }
    arrived.add(output, inNames: adjoint(output), best: one, from: [])
    var inside = Arrived()
    for place in stride(from: output.place, through: 0, by: -1) where !Kernel.isStopped {
      let slot = Slot(place)
      for loop in source.loops where loop.body.upperBound == place + 1 {
        try enter(loop, &arrived)
      }
      let loop = source.loops.last { $0.body.contains(place) }
      try visit(slot, &arrived, inside: &inside, loop)
      for loop in source.loops where loop.body.lowerBound == place {
        try leave(loop, &arrived, &inside)
      }
      if slot == target { break }
    }
    let last = try arrived.best[target].map { terms throws(ShapeMismatch) in try Term.sum(terms) }
    try finishSweep(last ?? .number(0), adjoint(target))
  }

  /// The value that a loop gives back is that of its last turn; from there it goes turn by turn.
  private mutating func enter(
    _ loop: DerivableList.Turns, _ arrived: inout Arrived
  ) throws(ShapeMismatch) {
    for value in loop.carried where activity[value.after] {
      let symbol = adjoint(value.after)
      arrived.inNames[value.after] = [symbol]
      arrived.best[value.after] = [symbol]
    }
  }

  private mutating func leave(
    _ loop: DerivableList.Turns, _ arrived: inout Arrived, _ inside: inout Arrived
  ) throws(ShapeMismatch) {
    for slot in inside.best.keys.sorted() {
      let best = try Term.sum(inside.best[slot] ?? [.number(0)])
      let statics = [Argument.noAxis, 0]
      let sum = Term(
        .apply(.sum, [simplified(closed(best, keepingNames: true))], statics), best.shape)
      arrived.add(slot, inNames: sum, best: sum, from: inside.readers[slot] ?? [])
    }
    inside = Arrived()
    for value in loop.carried where activity[value.first] {
      arrived.inNames[value.first] = [adjoint(value.first)]
      arrived.best[value.first] = [adjoint(value.first)]
    }
  }

  private mutating func visit(
    _ slot: Slot, _ arrived: inout Arrived, inside: inout Arrived, _ loop: DerivableList.Turns?
  ) throws(ShapeMismatch) {
    guard activity[slot], let names = arrived.inNames[slot], let terms = arrived.best[slot] else {
      return
    }
    let best = try Term.sum(terms)
    let rule = ordered(closed(try Term.sum(names), keepingNames: true))
    let shortest = simplified(closed(best, keepingNames: true))
    var bars = (rule, shortest)
    if isNamed(slot) {
      let isGiven = rule == adjoint(slot)
      if !isGiven {
        let forms = rule == shortest ? [rule] : [rule, shortest]
        steps.append(
          Step(left: adjoint(slot), forms: forms, reason: reason(slot, arrived)))
      }
      let isShort = shortest.size <= Self.substitutionLimit || isGiven
      if !isShort, slot != target { parts.append((adjoint(slot), shortest)) }
      bars = (adjoint(slot), isShort ? shortest : adjoint(slot))
    }
    arrived.best[slot] = [shortest]
    guard slot != target else { return }
    for (place, operand) in list.operands(slot).enumerated() where activity[operand] {
      guard let first = try contribution(slot, place, bars.0),
        let second = try contribution(slot, place, bars.1)
      else { continue }
      let readers = isNamed(slot) ? [slot] : arrived.readers[slot] ?? []
      if let loop, operand.place < loop.body.lowerBound {
        inside.add(operand, inNames: first, best: second, from: readers)
      } else {
        arrived.add(operand, inNames: first, best: second, from: readers)
      }
    }
  }

  /// Why an adjoint is what it is: what the entries are that read it.
  private func reason(_ slot: Slot, _ arrived: Arrived) -> Reason? {
    for loop in source.loops {
      if let value = loop.carried.first(where: { $0.final == slot }) {
        return .final(slot, of: value.after, index: loop.index, count: loop.count)
      }
    }
    let readers = arrived.readers[slot] ?? []
    return readers.isEmpty ? nil : .definitions(readers)
  }

  private func contribution(
    _ source: Slot, _ index: Int, _ bar: Term
  ) throws(ShapeMismatch) -> Term? {
    if let sloped = try sloped(source, bar) { return sloped }
    return try Term.contribution(of: source, to: index, in: list, bar: bar)
  }

  /// What a function of an array does to a change, with its slope by its name: `bar ⊙ sigmoid'(Z)`.
  func sloped(_ source: Slot, _ change: Term) throws(ShapeMismatch) -> Term? {
    let row = list.primitive(source)
    guard simplifier != nil, !list.shape(source).isScalar, row.isElementwise,
      list.operandCount(source) == 1, case .function = row.notation,
      let partial = list.partial(of: source, to: 0), partial.operations > 1
    else { return nil }
    let operand = value(list.operand(source, 0))
    return try .apply(.mul, [change, Term(.slope(row, operand), operand.shape)])
  }

  /// The formula as it stands for numbers; of arrays the sums and stretches are put in order.
  func ordered(_ term: Term) -> Term { term.shape.isScalar ? term : simplified(term) }
}

extension Formula {
  /// How many operations it takes.
  fileprivate var operations: Int {
    if case .apply(_, let parts, _) = self { return parts.reduce(1) { $0 + $1.operations } }
    return 0
  }
}
