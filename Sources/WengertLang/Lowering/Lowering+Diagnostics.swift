/// What is said where names, spellings and shapes must be looked up first.
extension Lowering {
  /// What is said when operands do not fit, with the place that each came from.
  func misfit(
    _ mismatch: ShapeMismatch, _ row: String, _ operands: [Slot], at span: Span
  ) -> Diagnostic {
    var made = Diagnostic("E0302", mismatch.fact, at: span, shapesLabel(operands))
    if !Lowering.silentRows.contains(row) { made.title = "`\(row)`: \(mismatch.fact)" }
    for operand in Set(operands).sorted() {
      let place = list.spans[operand.place]
      guard place != span, place.file == span.file, let name = list.name(operand) else { continue }
      made.secondary.append(.init(place, "`\(symbols[name])` is \(list.shape(operand).inWords)"))
      if openInputs.contains(operand), list.shape(operand).isScalar {
        made.help.append("an input that is a matrix says so: input \(symbols[name]): [4, 3]")
      }
    }
    if let needs = mismatch.needs { made.notes.append(needs) }
    if let help = mismatch.help { made.help.append(help) }
    return made
  }

  /// What a message about shapes does not name: the user has not written it.
  private static let silentRows: Set<String> = ["copy", "grad", "jvp"]

  private func shapesLabel(_ operands: [Slot]) -> String {
    operands.map { "(" + list.shape($0).inWords + ")" }.joined(separator: " and ")
  }

  func unknownName(_ name: Symbol, at span: Span) -> Diagnostic {
    for layer in scopes[scope].layers.reversed() {
      if let branch = layer.halves[name] {
        return .halfBound(symbols[name], at: span, branch: branch)
      }
    }
    let known = scopes.flatMap { $0.layers.flatMap(\.order) }.map { symbols[$0] }
    return .unknownName(
      symbols[name], suggestion: closest(to: symbols[name], among: Array(Set(known)).sorted()),
      isFunction: findFunction(name) != nil || Form.all[symbols[name]] != nil, at: span)
  }

  /// What is wrong with `dy/dx` where y and x have values, and `dy` has none.
  func quotientOfChanges(_ a: Node, _ b: Node, _ tree: Tree) -> Diagnostic? {
    guard case .name(let above) = tree.expression(a), case .name(let below) = tree.expression(b),
      find(above) == nil
    else { return nil }
    let names = [above, below].map { symbols[$0] }
    guard names.allSatisfy({ $0.hasPrefix("d") && $0.count > 1 }) else { return nil }
    let parts = names.map { String($0.dropFirst()) }
    guard parts.allSatisfy({ symbols.find($0).flatMap(find) != nil }) else { return nil }
    var diagnostic = unknownName(above, at: tree.span(a))
    diagnostic.help = ["a derivative is written grad(\(parts[0]), \(parts[1]))"]
    return diagnostic
  }

  func unknownOperation(_ name: String, at span: Span) -> Diagnostic {
    let functions = scopes.flatMap { $0.functions.keys }.map { symbols[$0] }
    if CommandWord(rawValue: name) != nil { return .commandAsCall(name, at: span) }
    if symbols.find(name).flatMap(find) != nil { return .valueAsFunction(name, at: span) }
    let known = Catalogue.allSpellings + Form.table.map(\.name) + functions
    return .unknownOperation(name, suggestion: closest(to: name, among: known), at: span)
  }

  func unknownOption(_ named: Arguments.Named, _ row: Primitive) -> Diagnostic {
    .unknownOption(
      symbols[named.name], of: row, known: row.arguments.map(\.name), at: named.span)
  }

  private func closest(to name: String, among known: [String]) -> String? {
    EditDistance.suggestion(for: name, among: known)
  }
}
