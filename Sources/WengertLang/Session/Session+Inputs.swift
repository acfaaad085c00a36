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
  /// Whether a statement gives a name a value or a meaning; others only print.
  func binds(_ statement: Place) -> Bool {
    switch tree(statement.tree).statement(statement.node) {
    case .bare, .prints, .command: false
    default: true
    }
  }
}
