/// Looks for formulas and statements in what was written.
extension Tree {
  /// Whether a function's body has a formula, at any depth, that a test holds for.
  func contains(_ body: FunctionBody, where test: (Node) -> Bool) -> Bool {
    switch body {
    case .block(let block): contains(block, where: test)
    case .results(let formulas): self[formulas].contains { formulaContains($0, test) }
    }
  }

  /// Whether a statement or one inside it passes a test, or has a formula that does.
  func contains(
    _ node: Node, where test: (Node) -> Bool, statement passes: (Statement) -> Bool = { _ in false }
  ) -> Bool {
    func any(_ nodes: Nodes) -> Bool { self[nodes].contains { formulaContains($0, test) } }
    func inside(_ node: Node) -> Bool { contains(node, where: test, statement: passes) }
    let statement = statement(node)
    if passes(statement) { return true }
    switch statement {
    case .bind(let targets, let values): return targets.contains(where: any) || any(values)
    case .update(let target, _, let value):
      return formulaContains(target, test) || formulaContains(value, test)
    case .bare(let formula): return formulaContains(formula, test)
    case .forLoop(_, let over, let body): return any(over) || inside(body)
    case .repeatLoop(let head, let body), .whileLoop(let head, let body):
      return formulaContains(head, test) || inside(body)
    case .ifElse(let condition, let then, let otherwise):
      return formulaContains(condition, test) || inside(then)
        || otherwise.map(inside) ?? false
    case .block(let nodes): return self[nodes].contains { plain($0) == nil && inside($0) }
    case .returns(let values), .prints(let values): return any(values)
    case .function(_, _, _, .results(let formulas)): return any(formulas)
    case .function(_, _, _, .block(let block)): return inside(block)
    case .minimize(let parts):
      return formulaContains(parts.objective, test) || any(parts.arguments)
        || formulaContains(parts.steps, test)
        || parts.every.map { formulaContains($0.count, test) || any($0.items) } ?? false
    default: return false
    }
  }

  /// Whether a formula or a part of it passes a test.
  func formulaContains(_ node: Node, _ test: (Node) -> Bool) -> Bool {
    if test(node) { return true }
    func any(_ nodes: Nodes) -> Bool { self[nodes].contains { formulaContains($0, test) } }
    switch expression(node) {
    case .call(let callee, let arguments):
      return formulaContains(callee, test) || any(arguments)
    case .starredCall(_, let arguments): return any(arguments)
    case .method(let receiver, _, let arguments):
      return formulaContains(receiver, test) || any(arguments)
    case .index(let base, let indices): return formulaContains(base, test) || any(indices)
    case .slice(let from, let to, let by):
      return [from, to, by].contains { $0.map { formulaContains($0, test) } ?? false }
    case .range(let from, let to, let by):
      return [from, to, by].contains { $0.map { formulaContains($0, test) } ?? false }
    case .tuple(let parts), .array(let parts): return any(parts)
    case .unary(_, let operand), .transpose(let operand), .named(_, let operand):
      return formulaContains(operand, test)
    case .binary(_, let a, let b): return formulaContains(a, test) || formulaContains(b, test)
    case .number, .string, .name, .derivative, .erroneous: return false
    }
  }
}
