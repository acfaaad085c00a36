/// The program once more, with another value of one name.
extension Session {
  /// Writes the statements again with one binding replaced: shapes may differ then.
  func rewrite(
    into lowering: inout Lowering, replacing name: Symbol, by value: Lowering.Given
  ) throws(Refusal) {
    var (latest, index) = (-1, 0)
    forEach(statements) { tree, node in
      let isBound =
        self.lowering.assignedNames(node, tree).contains(name) || tree.declares(name, node)
      if isBound { latest = index }
      index += 1
    }
    var again = Lowering(outlet: Outlet())
    again.symbols = lowering.symbols
    again.files = lowering.files
    again.limits = lowering.limits
    again.cutSteps = lowering.cutSteps
    index = 0
    try forEach(statements) { tree, node throws(Refusal) in
      defer { index += 1 }
      if index == latest {
        try again.skipDraws(of: node, in: tree)
        again.presets[name] = value
        let slot = again.list.appendData(value.elements, shape: value.shape, isInput: true)
        again.list.setName(slot, name)
        again.bind(name, .slot(slot, depth: 0), at: tree.span(node))
        again.presets = [:]
      } else {
        try again.lower(statement: node, in: tree)
      }
    }
    try again.flush()
    again.warnings = []
    lowering = again
  }
}

extension Tree {
  /// Whether a statement is an `input` of a name.
  func declares(_ name: Symbol, _ node: Node) -> Bool {
    guard case .inputs(let inputs) = statement(node) else { return false }
    return inputs.contains { expression($0.name).isName(name) }
  }
}

extension Expression {
  /// Whether the formula is a name alone.
  func isName(_ name: Symbol) -> Bool {
    if case .name(name) = self { true } else { false }
  }
}
