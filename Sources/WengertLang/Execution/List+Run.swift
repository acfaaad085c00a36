extension List {
  /// The values of all entries, which have run by themselves.
  func evaluated(mostTurns: Int? = nil) throws(Fault) -> Values {
    var values = Values()
    try run(into: &values, mostTurns: mostTurns)
    return values
  }

  /// Runs the entries that have no value yet; nothing is printed.
  ///
  /// - Parameter mostTurns: how many turns `while` loops may take, all together.
  func run(into values: inout Values, mostTurns: Int? = nil) throws(Fault) {
    let first = values.count
    guard first < count else { return }
    try values.extend(to: self, limit: memory)
    var planner = Planner(
      self, pointers: values.pointers, first: first,
      memory: Memory(limit: memory, besides: values.bytes))
    try Runner(mostTurns: mostTurns) { _ in }.run(try planner.make(), silently: true)
  }

  /// The elements of an entry that has run.
  func elements(_ slot: Slot, in values: Values) -> [Double] {
    values.view(slot, in: self)?.array ?? []
  }
}
