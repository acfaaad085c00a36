/// A gradient that is asked for by names, whatever a program calls its functions.
extension Session {
  /// A value and its partial derivatives by names as text, as `grad(y, x1, x2)` makes them.
  ///
  /// - Returns: nil where there are none, which a diagnostic has said.
  public mutating func gradient(
    of output: String, wrt inputs: [String], emit: (Event) -> Void
  ) -> [String]? {
    let names = ([output] + inputs).joined(separator: ", ")
    let source = SourceFile(name: "<command>", text: "grad(\(names))")
    sources.append(source)
    let (tree, diagnostics) = Parser.parse(
      source, file: sources.count - 1, symbols: &lowering.symbols)
    for diagnostic in diagnostics { emit(.diagnostic(diagnostic)) }
    guard diagnostics.isEmpty, let node = tree.statements.first,
      case .bare(let formula) = tree.statement(node),
      case .call(_, let arguments) = tree.expression(formula)
    else { return nil }
    let nodes = Array(tree[arguments])
    let (span, checkpoint) = (tree.span(formula), lowering.checkpoint(withNames: true))
    var values: [Value] = []
    let isDone = report(emit, at: span) { session throws(Refusal) in
      values = [try session.lowering.lower(nodes[0], in: tree)]
      if !inputs.isEmpty {
        let slopes = try session.lowering.grad(
          nodes[0], wrt: Array(nodes.dropFirst()), in: tree, at: span)
        if inputs.count > 1, case .tuple(let parts) = slopes {
          values += parts
        } else {
          values.append(slopes)
        }
      }
      try session.lowering.flush()
    }
    guard isDone else {
      lowering.goBack(to: checkpoint)
      return nil
    }
    return values.map { text(of: $0) ?? "?" }
  }
}
