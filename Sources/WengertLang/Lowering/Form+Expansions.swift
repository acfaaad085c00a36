/// The words that read a list in a larger system of numbers.
extension Form {
  static let expansions: [Form] = [complexStep, taylor]

  static let complexStep = Form(
    name: "complexstep", operands: "y, x, h",
    summary: "The derivative by a small imaginary step: im(y(x + i h)) / h.",
    functionArguments: [0],
    derivedArguments: 1..<2
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.named.isEmpty,
      (2...3).contains(arguments.nodes.count)
    else { throw Refusal(diagnostic: .formArguments("complexstep(y, x, 1e-200)", at: span)) }
    return try lowering.complexStep(arguments.nodes, in: arguments.tree, at: span)
  }

  static let taylor = Form(
    name: "taylor", operands: "y, x = dx, order",
    summary: "The coefficients c0, c1, … of y at x + t dx in powers of t.",
    derivesByChanges: true
  ) { lowering, arguments, span throws(Refusal) in
    var (nodes, changes) = (arguments.nodes, arguments.named)
    // The order may stand with its name.
    if nodes.count == 1, let place = changes.firstIndex(where: { lowering.isOrder($0) }) {
      nodes.append(changes.remove(at: place).node)
    }
    guard arguments.leading.isEmpty, nodes.count == 2, !changes.isEmpty else {
      throw Refusal(diagnostic: .formArguments("taylor(y, x = dx, order)", at: span))
    }
    return try lowering.taylor(
      nodes[0], along: changes, order: nodes[1], in: arguments.tree, at: span)
  }
}

extension Lowering {
  /// Whether a named argument is the order of a series.
  fileprivate func isOrder(_ argument: Arguments.Named) -> Bool {
    symbols[argument.name] == "order"
  }
}
