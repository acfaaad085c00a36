/// Derivatives by larger systems of numbers: complex steps and Taylor coefficients.
extension Lowering {
  /// `complexstep(y, x, h)`: for each element of x a step along the imaginary axis.
  mutating func complexStep(
    _ nodes: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let step = try nodes.count > 2 ? lower(nodes[2], in: tree) : number(1e-200)
    let stepSpan = nodes.count > 2 ? tree.span(nodes[2]) : span
    if case .slot(let slot, let depth) = step, frames[depth].list.number(slot) == 0 {
      throw Refusal(diagnostic: .zeroStep(at: stepSpan))
    }
    if let function = try functionInPlace(nodes[0], in: tree) {
      return try complexStep(
        of: function, at: try lower(nodes[1], in: tree), step, at: span)
    }
    let y = try place(of: nodes[0], in: tree)
    let targets = try targets([nodes[1]], of: y, in: tree, at: span)
    try judge(y, targets, at: span)
    guard case .slot(let slot, let from) = step else {
      throw Refusal(diagnostic: .tupleInFormula(at: stepSpan))
    }
    guard from <= y.depth else {
      throw Refusal(diagnostic: .madeInLoop("step", name(y), at: stepSpan))
    }
    guard shape(slot, depth: from).isScalar else {
      throw Refusal(diagnostic: .imaginaryStepIsArray(shape(slot, depth: from), at: stepSpan))
    }
    let h = try use(slot, from: from, to: y.depth, at: span)
    let rows = shape(y.slot, depth: y.depth)
    var found: [Slot: Slot] = [:]
    for target in targets.slots.compactMap({ $0 }) {
      try checkSize(rows, shape(target, depth: y.depth), at: span)
      found[target] = try expand("complexstep", y.depth, at: span) { list throws(ShapeMismatch) in
        try list.appendComplexStep(of: y.slot, wrt: target, h)
      }
    }
    return results(of: targets, for: y, rows: rows) { found[$0] }
  }

  /// A function in place of y: element by element at x.
  private mutating func complexStep(
    of function: Function, at point: Value, _ step: Value, at span: Span
  ) throws(Refusal) -> Value {
    let h = try single(step, at: span)
    var start = try single(point, at: span)
    if let wide = list.shape(start).broadcast(list.shape(h)), wide != list.shape(start) {
      start = try single(try append(.broadcast, [start], wide.extents, at: span), at: span)
    }
    let x = try copied(.slot(start, depth: depth), at: span)
    let y = try single(
      try call(function, with: [.slot(x, depth: depth)], in: Tree(file: 0), at: span), at: span)
    let isConstant = list.shape(y).isScalar && y < x
    guard isConstant || list.shape(y) == list.shape(x), isElementwise(from: x, to: y) else {
      throw Refusal(diagnostic: .complexStepNotElementwise(at: span))
    }
    if isConstant { return .slot(list.appendZeros(list.shape(x)), depth: depth) }
    let quotient = try expand("complexstep", depth, at: span) { list throws(ShapeMismatch) in
      try list.appendImaginaryStep(of: y, wrt: x, h)
    }
    return .slot(quotient, depth: depth)
  }

  /// `taylor(y, x = dx, order)`: the coefficients, along a new first axis.
  mutating func taylor(
    _ output: Node, along changes: [Arguments.Named], order: Node, in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try place(of: output, in: tree)
    let count = try staticInteger(order, in: tree)
    guard (0...limits.seriesOrder).contains(count) else {
      throw Refusal(
        diagnostic: .seriesOrder(count, limit: limits.seriesOrder, at: tree.span(order)))
    }
    let seeds = try seeds(changes, for: y, in: tree, at: span)
    // Each product of two series is as many entries as the order has pairs.
    let entries = frames[y.depth].list.reached(from: [y.slot]).count { $0 }
    guard entries * count * count <= limits.entries else {
      throw Refusal(diagnostic: .tooManyEntries(limits.entries, at: span))
    }
    let result = try expand("taylor", y.depth, at: span) { list throws(ShapeMismatch) in
      (try list.appendTaylor(of: y.slot, along: seeds, order: count), nil)
    }
    return .slot(result, depth: y.depth)
  }

  /// Writes entries of an expansion into the list at a depth.
  private mutating func expand(
    _ word: String, _ depth: Int, at span: Span,
    _ body: (inout List) throws(ShapeMismatch) -> (slot: Slot, refused: WrittenEntry?)
  ) throws(Refusal) -> Slot {
    try checkGrowth(at: span)
    frames[depth].list.span = span
    let result: (slot: Slot, refused: WrittenEntry?)
    do {
      result = try body(&frames[depth].list)
    } catch {
      throw Refusal(diagnostic: misfit(error, word, [], at: span))
    }
    if let refused = result.refused {
      throw Refusal(diagnostic: .notAnalytic(refused.operation, at: span, entry: refused.span))
    }
    try checkGrowth(at: span)
    return result.slot
  }
}
