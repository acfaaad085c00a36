/// Jacobians, Hessians and their products, as formulas.
extension Lowering {
  /// `jacobian(y, x1, …)`: the shape of y followed by that of each x.
  mutating func jacobian(
    _ output: Node, wrt inputs: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try lower(output, in: tree)
    return try jacobian(of: y, at: span) { lowering, y throws(Refusal) in
      let targets = try lowering.targets(inputs, of: y, in: tree, at: span)
      try lowering.judge(y, targets, at: span)
      return targets
    }
  }

  /// The Jacobian of each entry of a value.
  mutating func jacobian(
    of y: Value, at span: Span, wrt targets: (inout Lowering, Place) throws(Refusal) -> Targets
  ) throws(Refusal) -> Value {
    if case .tuple(let parts) = y {
      var jacobians: [Value] = []
      for part in parts { jacobians.append(try jacobian(of: part, at: span, wrt: targets)) }
      return .tuple(jacobians)
    }
    guard case .slot(let slot, let depth) = y else { return y }
    let place = Place(slot: slot, depth: depth)
    let wanted = try targets(&self, place)
    let slots = wanted.slots.compactMap { $0 }
    let found = try appendJacobians(of: place, wrt: slots, at: span)
    return results(of: wanted, for: place, rows: shape(slot, depth: depth)) { target in
      zip(slots, found).first { $0.0 == target }?.1
    }
  }

  /// `hessian(y, x1, …)`: the Jacobian of the gradient, forward over reverse.
  mutating func hessian(
    _ output: Node, wrt inputs: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try place(of: output, in: tree)
    let targets = try targets(inputs, of: y, in: tree, at: span)
    return try hessian(of: y, wrt: targets, output: tree.span(output), at: span)
  }

  /// The second derivatives of a number: for several targets a tuple of rows of blocks.
  mutating func hessian(
    of y: Place, wrt targets: Targets, output: Span, at span: Span
  ) throws(Refusal) -> Value {
    guard shape(y.slot, depth: y.depth).count == 1 else {
      throw Refusal(
        diagnostic: .hessianOfArray(name(y), shape(y.slot, depth: y.depth), at: output))
    }
    let adjoint = try gradientSweep(of: y, wrt: targets, output: output, at: span)
    let slots = targets.slots.compactMap { $0 }
    var rows: [Value] = []
    for (target, leaf) in zip(targets.slots, targets.values.flatMap(\.leaves)) {
      let shape = shape(leaf.slot, depth: leaf.depth)
      let gradient = target.flatMap { adjoint[$0] }
      let found =
        try gradient.map { slot throws(Refusal) in
          try appendJacobians(of: Place(slot: slot, depth: y.depth), wrt: slots, at: span)
        } ?? []
      rows.append(
        results(of: targets, for: y, rows: shape) { column in
          zip(slots, found).first { $0.0 == column }?.1
        })
    }
    var rest = rows[...]
    let structured = targets.values.map { $0.replacing(&rest) }
    return structured.count == 1 ? structured[0] : .tuple(structured)
  }

  /// `hvp(y, x = v)`: the change of the gradient along v, forward over reverse.
  mutating func hessianProduct(
    _ output: Node, along changes: [Arguments.Named], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try place(of: output, in: tree)
    let seeds = try seeds(changes, for: y, in: tree, at: span)
    let values = changes.compactMap { find($0.name) }
    let targets = Targets(values: values, slots: seeds.map(\.slot))
    return try hessianProduct(
      of: y, along: seeds, wrt: targets, output: tree.span(output), at: span)
  }

  /// The change of the gradient along changes of entries.
  mutating func hessianProduct(
    of y: Place, along seeds: [(slot: Slot, tangent: Slot)], wrt targets: Targets, output: Span,
    at span: Span
  ) throws(Refusal) -> Value {
    let adjoint = try gradientSweep(of: y, wrt: targets, output: output, at: span)
    let gradients = seeds.compactMap { adjoint[$0.slot] }
    do {
      let tangent = try frames[y.depth].list.appendTangent(seeds: seeds, to: gradients)
      return results(of: targets, for: y) { target in
        adjoint[target].flatMap { tangent[$0] }
      }
    } catch {
      throw Refusal(diagnostic: misfit(error, "hvp", [], at: span))
    }
  }

  /// Writes the Jacobian of an entry, where it is not too large.
  private mutating func appendJacobians(
    of y: Place, wrt targets: [Slot], at span: Span
  ) throws(Refusal) -> [Slot] {
    try checkGrowth(at: span)
    let shape = shape(y.slot, depth: y.depth)
    for target in targets { try checkSize(shape, self.shape(target, depth: y.depth), at: span) }
    frames[y.depth].list.span = span
    if y.depth == 0 { try flush() }
    let values = KnownValues(of: frames, values)
    do {
      let found = try frames[y.depth].list.appendJacobians(of: y.slot, wrt: targets) {
        values.elements(of: $0, depth: y.depth)
      }
      structural.formUnion(values.read)
      return found
    } catch {
      throw Refusal(diagnostic: misfit(error, "jacobian", [], at: span))
    }
  }

  /// Refuses a Jacobian that is too large.
  func checkSize(_ y: Shape, _ x: Shape, at span: Span) throws(Refusal) {
    let whole = Shape(y.extents + x.extents)
    guard let count = whole.checkedCount, count <= limits.memory / 8 else {
      throw Refusal(diagnostic: .jacobianTooLarge(y, x, at: span))
    }
  }
}

/// Values that are there while a list is written, and which of them were looked at.
private final class KnownValues {
  private let frames: [Frame]
  private let values: Values
  /// The entries of the program whose values decide how the list is written.
  private(set) var read: Set<Slot> = []

  init(of frames: [Frame], _ values: Values) {
    (self.frames, self.values) = (frames, values)
  }

  /// The elements of an entry, or of what a body captures from outside.
  func elements(of slot: Slot, depth: Int) -> [Double]? {
    let frame = frames[depth]
    if depth > 0 {
      guard frame.list[slot].code == Code.parameter,
        let outer = frame.captured.first(where: { $0.value == slot })?.key
      else { return nil }
      return elements(of: outer, depth: depth - 1)
    }
    guard let view = values.view(slot, in: frame.list) else { return nil }
    read.insert(slot)
    return view.array
  }
}
