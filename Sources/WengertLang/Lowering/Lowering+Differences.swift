/// `difference(y, x, h, "central")`: derivatives to compare with.
extension Lowering {
  mutating func difference(
    _ nodes: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let side = try side(nodes.count > 3 ? nodes[3] : nil, in: tree)
    if let function = try functionInPlace(nodes[0], in: tree) {
      return try quotient(
        of: function, at: try lower(nodes[1], in: tree),
        (try lower(nodes[2], in: tree), tree.span(nodes[2])), at: span,
        misfit: .differenceNotElementwise(at: span)
      ) { lowering, y, x, step throws(Refusal) in
        try lowering.write(at: span, depth: lowering.depth) { list throws(ShapeMismatch) in
          try list.appendQuotient(of: y, wrt: x, Difference(side: side, step: step))
        }
      }
    }
    let y = try place(of: nodes[0], in: tree)
    let targets = try targets([nodes[1]], of: y, in: tree, at: span)
    let list = frames[y.depth].list
    try judge(y, targets, at: span, isMoved: true) {
      list.affected(by: $0, for: y.slot)[y.slot.place]
    }
    let step = try place(of: nodes[2], in: tree)
    guard shape(step.slot, depth: step.depth).isScalar else {
      throw Refusal(
        diagnostic: .stepIsArray(
          shape(step.slot, depth: step.depth), at: tree.span(nodes[2])))
    }
    guard step.depth <= y.depth else {
      throw Refusal(
        diagnostic: .madeInLoop("step", name(y), at: tree.span(nodes[2])))
    }
    let difference = Difference(
      side: side, step: try use(step.slot, from: step.depth, to: y.depth, at: span))
    let rows = shape(y.slot, depth: y.depth)
    var found: [Slot: Slot] = [:]
    for (name, value) in zip(targets.names, targets.values) {
      for leaf in value.leaves {
        warnIfFrozen(leaf, name.name, by: "the difference quotient", at: name.span)
      }
    }
    for target in targets.slots.compactMap({ $0 }) {
      try checkSize(rows, shape(target, depth: y.depth), at: span)
      found[target] = try write(at: span, depth: y.depth) { list throws(ShapeMismatch) in
        try list.appendDifference(of: y.slot, wrt: target, difference)
      }
    }
    return results(of: targets, for: y, rows: rows) { found[$0] }
  }

  /// A quotient of a function in place of y, element by element at x.
  ///
  /// - Parameters:
  ///   - misfit: what is said where an element of y depends on several of x.
  ///   - write: the quotient of y by x, of the step's width.
  mutating func quotient(
    of function: Function, at point: Value, _ step: (value: Value, span: Span), at span: Span,
    misfit: Diagnostic,
    _ write: (inout Lowering, _ y: Slot, _ x: Slot, _ step: Slot) throws(Refusal) -> Slot
  ) throws(Refusal) -> Value {
    let step = try single(step.value, at: step.span)
    var start = try single(point, at: span)
    if let wide = list.shape(start).broadcast(list.shape(step)), wide != list.shape(start) {
      start = try single(try append(.broadcast, [start], wide.extents, at: span), at: span)
    }
    let x = try copied(.slot(start, depth: depth), at: span)
    let y = try single(
      try call(function, with: [.slot(x, depth: depth)], in: Tree(file: 0), at: span), at: span)
    let isConstant = list.shape(y).isScalar && y < x
    guard isConstant || list.shape(y) == list.shape(x), isElementwise(from: x, to: y) else {
      throw Refusal(diagnostic: misfit)
    }
    if isConstant { return .slot(list.appendZeros(list.shape(x)), depth: depth) }
    return .slot(try write(&self, y, x, step), depth: depth)
  }

  /// Writes entries of a difference into the list at a depth.
  private mutating func write(
    at span: Span, depth: Int, _ body: (inout List) throws(ShapeMismatch) -> Slot
  ) throws(Refusal) -> Slot {
    try checkGrowth(at: span)
    frames[depth].list.span = span
    do {
      return try body(&frames[depth].list)
    } catch {
      throw Refusal(diagnostic: misfit(error, "difference", [], at: span))
    }
  }

  /// The function that an argument names which may also be a value; a value goes first.
  func functionInPlace(_ node: Node, in tree: Tree) throws(Refusal) -> Function? {
    switch tree.expression(node) {
    case .name(let name): return find(name) == nil ? findFunction(name) : nil
    case .derivative(let name, let order):
      guard let function = findFunction(name) else {
        throw Refusal(diagnostic: unknownOperation(symbols[name], at: tree.span(node)))
      }
      return .derivative(function, order: order)
    default: return nil
    }
  }

  /// The side that a word names.
  private func side(_ node: Node?, in tree: Tree) throws(Refusal) -> Difference.Side {
    guard let node else { return .central }
    guard case .string(let word) = tree.expression(node),
      let side = Difference.Side(rawValue: word)
    else {
      var written: String?
      if case .string(let word) = tree.expression(node) { written = word }
      if case .name(let name) = tree.expression(node) { written = symbols[name] }
      throw Refusal(diagnostic: .unknownSide(written, at: tree.span(node)))
    }
    return side
  }
}
