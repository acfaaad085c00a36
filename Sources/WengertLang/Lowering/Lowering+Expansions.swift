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
      return try quotient(
        of: function, at: try lower(nodes[1], in: tree), (step, stepSpan), at: span,
        misfit: .complexStepNotElementwise(at: span)
      ) { lowering, y, x, step throws(Refusal) in
        try lowering.expand("complexstep", lowering.depth, at: span) {
          list throws(ShapeMismatch) in
          try list.appendImaginaryStep(of: y, wrt: x, step)
        }
      }
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
