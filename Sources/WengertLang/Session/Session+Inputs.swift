extension Session {
  /// The names of the inputs that a value is computed from, in the order of the program.
  public func inputs(of name: String) -> [String] {
    guard let symbol = lowering.symbols.find(name), let value = lowering.scopes[0].value(symbol)
    else { return [] }
    let program = lowering.program
    let needed = program.needed(value.leaves.map(\.slot))
    return (0..<program.count).compactMap { place in
      guard needed[place], program.primitive(Slot(place)) === Primitive.input,
        let symbol = program.name(Slot(place)),
        // Only the latest version of a name can be asked about.
        lowering.scopes[0].value(symbol)?.leaves.map(\.slot) == [Slot(place)]
      else { return nil }
      return lowering.symbols[symbol]
    }
  }
}

extension Session {
  /// What printouts call the inputs that a value is computed from, and names that mean them.
  ///
  /// An earlier x is `x_1`, an element of a tuple `t1`; they are bound to these names.
  mutating func nameInputs(of name: String) -> [(label: String, name: String)] {
    let latest = inputs(of: name).map { (label: $0, name: $0) }
    guard let symbol = lowering.symbols.find(name), let value = lowering.scopes[0].value(symbol)
    else { return latest }
    let roots = value.leaves.map(\.slot)
    let needed = lowering.program.needed(roots)
    let count = needed.indices.count {
      needed[$0] && lowering.program.primitive(Slot($0)) === Primitive.input
    }
    // Most programs have names for all of them.
    guard count > latest.count, let straight = try? StraightList(lowering.program, roots: roots)
    else { return latest }
    let labels = Labels(
      straight, roots: roots.compactMap { straight.places[$0] }, symbols: lowering.symbols)
    let places = straight.origins
    return labels.lines.compactMap { line in
      guard straight.list[line].code == Code.input, let slot = places[line] else { return nil }
      return (labels.name(line), self.name(slot, labels.name(line), labels))
    }
  }

  /// A name for an entry: what it is called, where that means nothing else.
  private mutating func name(_ slot: Slot, _ label: String, _ labels: Labels) -> String {
    var name = label
    while let known = lowering.symbols.find(name).flatMap({ lowering.scopes[0].value($0) }),
      known.leaves.map(\.slot) != [slot]
    {
      name = labels.fresh(name + "_")
    }
    let symbol = lowering.symbols.intern(name)
    if lowering.scopes[0].value(symbol) == nil {
      lowering.bind(symbol, .slot(slot, depth: 0), at: Span(0, 0))
    }
    // Of earlier versions no warning is needed: they are all among the inputs.
    lowering.versions[symbol] = nil
    return name
  }

  /// Whether a statement gives a name a value or a meaning; others only print.
  func binds(_ statement: Place) -> Bool {
    switch tree(statement.tree).statement(statement.node) {
    case .bare, .prints, .command: false
    default: true
    }
  }
}
