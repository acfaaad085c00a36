/// The words that write derivatives.
extension Form {
  static let derivatives: [Form] = [grad, vjp, jvp, jacobian, hessian, hvp, difference]

  static let grad = Form(
    name: "grad", operands: "y, x1, …",
    summary: "The partial derivatives of a number y, in reverse.",
    derivedArguments: 1..<Int.max
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.nodes.count >= 2, arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments("grad(y, x1, x2)", at: span))
    }
    return try lowering.grad(
      arguments.nodes[0], wrt: Array(arguments.nodes.dropFirst()), in: arguments.tree, at: span)
  }

  static let vjp = Form(
    name: "vjp", operands: "y = ybar, x1, …",
    summary: "The adjoints of names when the adjoint of y is ybar.",
    derivedArguments: 0..<Int.max
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.named.count == 1, !arguments.nodes.isEmpty,
      let seeded = arguments.named.first, let y = lowering.find(seeded.name),
      case .slot(let slot, let depth) = y
    else { throw Refusal(diagnostic: .formArguments("vjp(y = ybar, x)", at: span)) }
    let value = try lowering.lower(seeded.node, in: arguments.tree)
    guard case .slot(let bar, let barDepth) = value,
      lowering.shape(bar, depth: barDepth) == lowering.shape(slot, depth: depth)
    else { throw Refusal(diagnostic: .seedShape("ybar", at: seeded.span)) }
    guard barDepth <= depth else {
      let name = lowering.symbols[seeded.name]
      throw Refusal(diagnostic: .madeInLoop("seed", name, at: seeded.span))
    }
    let seed = try lowering.use(bar, from: barDepth, to: depth, at: span)
    return try lowering.sweep(
      .init(slot: slot, depth: depth), seed: seed, wrt: arguments.nodes, in: arguments.tree,
      at: span)
  }

  static let jvp = Form(
    name: "jvp", operands: "y, x = dx, …",
    summary: "The change of y along changes of names, in forward mode.",
    derivesByChanges: true
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.nodes.count == 1, !arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments("jvp(y, x = dx)", at: span))
    }
    return try lowering.push(
      arguments.nodes[0], along: arguments.named, in: arguments.tree, at: span)
  }

  static let jacobian = Form(
    name: "jacobian", operands: "y, x1, …",
    summary: "All partial derivatives of y: its shape followed by that of x.",
    derivedArguments: 1..<Int.max
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.nodes.count >= 2, arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments("jacobian(y, x)", at: span))
    }
    return try lowering.jacobian(
      arguments.nodes[0], wrt: Array(arguments.nodes.dropFirst()), in: arguments.tree, at: span)
  }

  static let hessian = Form(
    name: "hessian", operands: "y, x1, …",
    summary: "The second derivatives of a number y, forward over reverse.",
    derivedArguments: 1..<Int.max
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.nodes.count >= 2, arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments("hessian(y, x)", at: span))
    }
    return try lowering.hessian(
      arguments.nodes[0], wrt: Array(arguments.nodes.dropFirst()), in: arguments.tree, at: span)
  }

  static let hvp = Form(
    name: "hvp", operands: "y, x = v, …",
    summary: "The Hessian of a number y times v, without the Hessian.",
    derivesByChanges: true
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.nodes.count == 1, !arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments("hvp(y, x = v)", at: span))
    }
    return try lowering.hessianProduct(
      arguments.nodes[0], along: arguments.named, in: arguments.tree, at: span)
  }
}

extension Form {
  static let difference = Form(
    name: "difference", operands: "y, x, h, \"central\"",
    summary: "Derivatives by differences with a step h, also \"forward\" and \"backward\".",
    functionArguments: [0],
    derivedArguments: 1..<2
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, 3...4 ~= arguments.nodes.count, arguments.named.isEmpty else {
      throw Refusal(
        diagnostic: .formArguments("difference(y, x, 1e-5, \"central\")", at: span))
    }
    return try lowering.difference(arguments.nodes, in: arguments.tree, at: span)
  }
}

extension Lowering {
  /// `jvp(y, x = dx)`: the forward sweep along given changes.
  mutating func push(
    _ output: Node, along changes: [Arguments.Named], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try place(of: output, in: tree)
    return try push(y, along: try seeds(changes, for: y, in: tree, at: span), at: span)
  }

  /// The change of y along changes of entries.
  mutating func push(
    _ y: Place, along seeds: [(slot: Slot, tangent: Slot)], at span: Span
  ) throws(Refusal) -> Value {
    do {
      let shape = shape(y.slot, depth: y.depth)
      let tangent = try frames[y.depth].list.appendTangent(seeds: seeds, to: [y.slot])
      return .slot(
        tangent[y.slot] ?? frames[y.depth].list.appendZeros(shape), depth: y.depth)
    } catch {
      throw Refusal(diagnostic: misfit(error, "jvp", [], at: span))
    }
  }

  /// The changes behind names, as seeds in the list that y lives in; tuples change by tuples.
  mutating func seeds(
    _ changes: [Arguments.Named], for y: Place, in tree: Tree, at span: Span
  ) throws(Refusal) -> [(slot: Slot, tangent: Slot)] {
    var seeds: [(slot: Slot, tangent: Slot)] = []
    var targets = Targets()
    for change in changes {
      guard let target = find(change.name) else {
        throw Refusal(diagnostic: unknownName(change.name, at: change.span))
      }
      targets.names.append((change.name, change.span))
      targets.values.append(target)
      let value = try lower(change.node, in: tree)
      guard value.leaves.count == target.leaves.count else {
        throw Refusal(diagnostic: .seedShape(symbols[change.name], at: change.span))
      }
      for (found, given) in zip(target.leaves, value.leaves) {
        let leaf = derivedEntry(found, of: y)
        guard given.depth <= y.depth else {
          throw Refusal(diagnostic: .madeInLoop("change", name(y), at: change.span))
        }
        guard leaf.depth <= y.depth,
          shape(given.slot, depth: given.depth) == shape(leaf.slot, depth: leaf.depth)
        else { throw Refusal(diagnostic: .seedShape(symbols[change.name], at: change.span)) }
        seeds.append(
          (
            try use(leaf.slot, from: leaf.depth, to: y.depth, at: span),
            try use(given.slot, from: given.depth, to: y.depth, at: span)
          ))
      }
    }
    targets.slots = seeds.map(\.slot)
    try judge(y, targets, at: span)
    return seeds
  }
}
