/// The numbers of a derivation.
extension Derivation {
  /// The formulas of the steps with every part that is known by now as a number.
  ///
  /// nil where a number is missing: an input without a value, or the values of turns.
  func numbers() -> [Term]? {
    guard mode == .formula, source.loops.isEmpty else { return nil }
    var known: [Term: Double?] = [:]
    let formulas = steps.compactMap(\.forms.last)
    for formula in formulas { formula.collectKnown(&known) }
    var straight = source.straight
    var places: [Term: Slot] = [:]
    for term in known.keys {
      guard let slot = try? straight.list.append(term) else { return nil }
      places[term] = slot
    }
    straight.describe(turn: nil)
    guard (try? straight.run()) != nil else { return nil }
    for (term, slot) in places {
      guard let view = straight.values.view(slot, in: straight.list) else { return nil }
      known[term] = view.number
    }
    return formulas.map { $0.withNumbers(known) }
  }

  /// The values of the entries that the derivation speaks of, inputs first.
  func values() -> [(slot: Slot, elements: [Double])] {
    var straight = source.straight
    guard source.loops.isEmpty, (try? straight.run()) != nil else { return [] }
    return labels.lines.filter { isNamed($0) }.map { slot in
      (slot, straight.values.view(slot, in: straight.list)?.array ?? [])
    }
  }
}

extension Term {
  /// Whether it is a number as soon as the entries have values.
  fileprivate var isKnown: Bool {
    switch kind {
    case .number, .value, .slope: true
    case .apply(_, let parts, _): parts.allSatisfy(\.isKnown)
    default: false
    }
  }

  fileprivate func collectKnown(_ known: inout [Term: Double?]) {
    // A product of numbers that is written out stays one: 1 · 1.
    if number != nil || isOfNumbers { return }
    if isKnown, !hasNumberWork {
      known[self] = .some(nil)
    } else if case .apply(_, let parts, _) = kind {
      for part in parts { part.collectKnown(&known) }
    }
  }

  /// Whether an operation on numbers alone stands in it.
  var hasNumberWork: Bool {
    guard case .apply(_, let parts, _) = kind else { return false }
    return isOfNumbers || parts.contains(where: \.hasNumberWork)
  }

  fileprivate func withNumbers(_ known: [Term: Double?]) -> Term {
    replacing { kind in
      guard let value = known[Term(kind, .scalar)] ?? nil else { return nil }
      return .number(value)
    }
  }

  /// Whether nothing but numbers stands in it.
  var isOfNumbers: Bool {
    switch kind {
    case .number: true
    case .apply(_, let parts, _): parts.allSatisfy(\.isOfNumbers)
    default: false
    }
  }
}

extension List {
  /// Appends a formula over entries of this list.
  mutating func append(_ term: Term) throws(ShapeMismatch) -> Slot {
    switch term.kind {
    case .value(let slot): return slot
    case .number(let value): return appendNumber(value)
    case .apply(let row, let parts, let statics):
      var slots: [Slot] = []
      for part in parts { slots.append(try append(part)) }
      return try append(row, slots, statics)
    default: throw ShapeMismatch("a formula that is no value")
    }
  }
}
