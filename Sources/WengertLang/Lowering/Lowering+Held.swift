/// Words whose entries hold a function: `root`, `fixpoint`, `smooth`.
extension Form {
  static let held: [Form] = [root, fixpoint, smooth]

  static let root = Form(
    name: "root", operands: "F, x0, b, …",
    summary: "The x with F(x, b, …) = 0, by Newton from x0; derived as an implicit function.",
    functionArguments: [0]
  ) { lowering, arguments, span throws(Refusal) in
    try lowering.solve(.root, "root(F, x0, b)", arguments, at: span)
  }

  static let fixpoint = Form(
    name: "fixpoint", operands: "g, x0, b, …",
    summary: "The x with x = g(x, b, …), from x0; derived as an implicit function.",
    functionArguments: [0]
  ) { lowering, arguments, span throws(Refusal) in
    try lowering.solve(.fixpoint, "fixpoint(g, x0, b)", arguments, at: span)
  }

  static let smooth = Form(
    name: "smooth", operands: "f, x, sigma, U",
    summary: "The average of f over x ± sigma u for the rows u of U; f may have steps.",
    functionArguments: [0]
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.named.isEmpty, arguments.nodes.count == 4 else {
      throw Refusal(diagnostic: .formArguments("smooth(f, x, sigma, U)", at: span))
    }
    return try lowering.smooth(arguments, at: span)
  }
}

extension Lowering {
  /// A function written as a list, and what its entry reads.
  private struct Holding {
    var function: HeldFunction
    /// The values of its free names.
    var free: [Slot]
  }

  /// `root(F, x0, b, …)` and `fixpoint(g, x0, b, …)`.
  mutating func solve(
    _ use: HeldFunction.Use, _ usage: String, _ arguments: Arguments, at span: Span
  ) throws(Refusal) -> Value {
    guard arguments.leading.isEmpty, arguments.named.isEmpty, arguments.nodes.count >= 2 else {
      throw Refusal(diagnostic: .formArguments(usage, at: span))
    }
    var values: [Value] = []
    for node in arguments.nodes.dropFirst() { values.append(try lower(node, in: arguments.tree)) }
    let start = try single(values[0], at: arguments.tree.span(arguments.nodes[1]))
    let shape = list.shape(start)
    let holding = try hold(use, arguments, values, at: span)
    let held = holding.function
    let given = held.list.shape(held.list.results[0])
    guard given == shape else {
      throw Refusal(
        diagnostic: .unknownsDiffer(use, held.name, unknown: shape, given: given, at: span))
    }
    let unknown = held.list.parameters[0]
    let isActive = Activity(held.list, targets: [unknown], end: held.list.count)
    guard use == .fixpoint || isActive[held.list.results[0]] else {
      throw Refusal(diagnostic: .independentOfUnknown(held.name, at: span))
    }
    var operands = [start]
    for value in values.dropFirst() {
      for leaf in value.leaves {
        operands.append(try self.use(leaf.slot, depth: leaf.depth, at: span))
      }
    }
    return try appendHeld(operands + holding.free, shape, at: span) { names throws(ShapeMismatch) in
      try held.solver(parameterNames: names)
    }
  }

  /// `smooth(f, x, sigma, U)`.
  mutating func smooth(_ arguments: Arguments, at span: Span) throws(Refusal) -> Value {
    let tree = arguments.tree
    var slots: [Slot] = []
    for node in arguments.nodes.dropFirst() {
      slots.append(try single(try lower(node, in: tree), at: tree.span(node)))
    }
    let (x, sigma, draws) = (list.shape(slots[0]), list.shape(slots[1]), list.shape(slots[2]))
    guard sigma.isScalar else {
      throw Refusal(diagnostic: .widthNeeded(sigma, at: tree.span(arguments.nodes[2])))
    }
    guard draws.rank == x.rank + 1, draws.element == x, draws[0] > 0 else {
      throw Refusal(diagnostic: .drawsShape(x, draws, at: tree.span(arguments.nodes[3])))
    }
    let holding = try hold(.smooth, arguments, [.slot(slots[0], depth: depth)], at: span)
    let held = holding.function
    let shape = held.list.shape(held.list.results[0])
    return try appendHeld(slots + holding.free, shape, at: span) { names throws(ShapeMismatch) in
      try held.smoothing(parameterNames: names, draws: draws)
    }
  }

  private mutating func appendHeld(
    _ operands: [Slot], _ shape: Shape, at span: Span,
    _ make: ([String]) throws(ShapeMismatch) -> Custom
  ) throws(Refusal) -> Value {
    try checkGrowth(at: span)
    let names = operands.indices.map { "p\($0)" }
    do {
      list.span = span
      let custom = try make(names)
      return .slot(
        list.appendStructure(Code.custom, operands, .custom(custom), shape: shape), depth: depth)
    } catch {
      throw Refusal(diagnostic: misfit(error, "copy", operands, at: span))
    }
  }

  /// Writes a function as a list of its own: its parameters, then its free names.
  private mutating func hold(
    _ use: HeldFunction.Use, _ arguments: Arguments, _ values: [Value], at span: Span
  ) throws(Refusal) -> Holding {
    let function = try function(arguments.nodes[0], in: arguments.tree)
    let leaves = values.flatMap(\.leaves)
    let shapes = leaves.map { shape($0.slot, depth: $0.depth) }
    frames.append(Frame(.body))
    var isOpen = true
    defer { if isOpen { frames.removeLast() } }
    let parameters = shapes.map { list.appendParameter(shape: $0) }
    var inside = parameters.map { Value.slot($0, depth: depth) }[...]
    let given = values.map { $0.replacing(&inside) }
    let result = try single(
      try call(function, with: given, in: Tree(file: 0), at: span), at: span)
    list.results = [result]
    let frame = frames.removeLast()
    isOpen = false
    let all = parameters + frame.captureOrder.map { frame.captured[$0] ?? Slot(0) }
    var body = List()
    let places = frame.list.pruned(into: &body, roots: [])
    body.keepParameters(all.map { places[$0.place] })
    let free = frame.captureOrder.map { list.name($0).map { symbols[$0] } ?? "" }
    let held = HeldFunction(
      use: use, name: functionName(arguments.nodes[0], in: arguments.tree),
      parameterNames: parameterNames(of: function, count: parameters.count) + free, list: body,
      freeCount: frame.captureOrder.count)
    return Holding(function: held, free: frame.captureOrder)
  }

  /// How the program calls a function that it hands on.
  private func functionName(_ node: Node, in tree: Tree) -> String {
    switch tree.expression(node) {
    case .name(let name): symbols[name]
    case .derivative(let name, let order):
      symbols[name] + String(repeating: "'", count: order)
    case .call(_, let arguments):
      "grad(\(tree[arguments].first.map { functionName($0, in: tree) } ?? "f"))"
    default: "f"
    }
  }

  private func parameterNames(of function: Function, count: Int) -> [String] {
    if case .defined(let definition) = function, definition.parameters.count == count {
      return definition.parameters.map { symbols[$0] }
    }
    return (0..<count).map { "x\($0 + 1)" }
  }
}
