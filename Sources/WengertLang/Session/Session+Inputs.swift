extension Session {
  /// The names of the inputs that a value is computed from, in the order of the program.
  public func inputs(of name: String) -> [String] {
    guard let symbol = lowering.symbols.find(name), let value = lowering.scopes[0].value(symbol)
    else { return [] }
    let program = lowering.program
    let needed = program.needed(value.slots)
    return (0..<program.count).compactMap { place in
      guard needed[place], program.primitive(Slot(place)) === Primitive.input,
        let symbol = program.name(Slot(place)),
        // Only the latest version of a name can be asked about.
        lowering.scopes[0].value(symbol)?.slots == [Slot(place)]
      else { return nil }
      return lowering.symbols[symbol]
    }
  }
}

extension Value {
  /// The entries of a value, those of a tuple one behind the other.
  fileprivate var slots: [Slot] {
    switch self {
    case .slot(let slot, _): [slot]
    case .tuple(let parts): parts.flatMap(\.slots)
    }
  }
}
