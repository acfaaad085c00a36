/// `save W1, b1 to "w.npz"`: values into files.
extension Session {
  /// Puts out a file with the values that a command names; the program stays as it was.
  mutating func save(
    _ command: Command, in tree: Tree, _ emit: (Event) -> Void
  ) throws(Refusal) {
    if let option = command.options.first {
      throw Refusal(
        diagnostic: .saveWithOption(lowering.symbols[option.word], at: command.wordSpan))
    }
    guard let file = command.to, case .string(let path) = tree.expression(file) else {
      throw Refusal(diagnostic: .saveWithoutFile(at: command.wordSpan))
    }
    if let other = tree[command.wrt].first ?? tree[command.at].first {
      throw Refusal(diagnostic: .saveWithClause(at: tree.span(other)))
    }
    var arrays: [DataArray] = []
    for node in tree[command.operands] { arrays += try self.arrays(node, in: tree) }
    let place = tree.span(file)
    do throws(DataError) {
      guard files.isAllowed else { throw DataError(.filesAreOff) }
      let format = try DataFormat.named(by: path)
      try format.check(arrays)
      emit(.file(path: path, contents: try format.write(arrays), at: place))
    } catch {
      throw Refusal(diagnostic: error.diagnostic.pointing(at: place))
    }
  }

  /// The value of a formula, with its name if it is one; the entries of a tuple are numbered.
  private func arrays(_ node: Node, in tree: Tree) throws(Refusal) -> [DataArray] {
    var scratch = lowering
    scratch.outlet = Outlet()
    let value = try scratch.lower(node, in: tree)
    try scratch.flush()
    var name: String?
    if case .name(let symbol) = tree.expression(node) { name = lowering.symbols[symbol] }
    return try arrays(value, name, scratch, at: tree.span(node))
  }

  private func arrays(
    _ value: Value, _ name: String?, _ scratch: Lowering, at span: Span
  ) throws(Refusal) -> [DataArray] {
    switch value {
    case .slot(let slot, _):
      guard let view = scratch.values.view(slot, in: scratch.program) else {
        throw Refusal(diagnostic: .fault(Fault(.noValue, at: span), in: scratch))
      }
      return [DataArray(name: name, shape: view.shape, elements: view.array)]
    case .tuple(let parts):
      var arrays: [DataArray] = []
      for (number, part) in parts.enumerated() {
        arrays += try self.arrays(part, name.map { "\($0)_\(number)" }, scratch, at: span)
      }
      return arrays
    }
  }
}
