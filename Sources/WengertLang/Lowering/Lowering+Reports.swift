/// What training prints and saves on its way, at every k-th step.
extension Lowering {
  /// Writes what is printed at every k-th step, before it.
  mutating func writeReport(
    _ parts: Minimize, _ trainer: Trainer, _ objective: Objective, _ places: [Slot],
    _ turn: Slot, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    guard let every = parts.every else { return }
    let layer = scopes[scope].layers.count - 1
    if find(symbols.intern("step")) == nil {
      scopes[scope].layers[layer].bind(
        symbols.intern("step"), .slot(turn, depth: depth))
    }
    for (name, value) in moved(
      trainer, depth: trainer.depth,
      { slot in
        objective.places[slot].map { places[$0.place] }
      }, to: depth)
    {
      scopes[scope].layers[layer].bind(name, value)
    }
    try whenDue(every.count, turn, span, tree) { lowering throws(Refusal) in
      try lowering.lowerPrint(tree[every.items], span, tree)
    }
  }

  /// Writes the weights to a file after every k steps, with what `from` needs to go on.
  mutating func writeSave(
    _ parts: Minimize, _ trainer: Trainer, _ before: Carried, _ number: Slot, _ span: Span,
    _ tree: Tree
  ) throws(Refusal) {
    guard let save = parts.save, case .string(let path) = tree.expression(save.path) else { return }
    let place = tree.span(save.path)
    var arrays: [DataArray] = []
    do throws(DataError) {
      guard (files[Int(span.file)] ?? .none).isAllowed else { throw DataError(.filesAreOff) }
      let format = try DataFormat.named(by: path)
      arrays = kept(parts, trainer, tree)
      if !format.holdsNames { arrays.removeSubrange(trainer.weights.count...) }
      try format.check(arrays)
    } catch {
      throw Refusal(diagnostic: error.diagnostic.pointing(at: place))
    }
    let slots = before.weights + before.states + [number] + [before.stream].compactMap { $0 }
    try whenDue(save.count, number, span, tree, fromStart: false) { lowering throws(Refusal) in
      var operands: [Slot] = []
      for slot in slots.prefix(arrays.count) {
        operands.append(try lowering.use(slot, depth: lowering.depth - 1, at: span))
      }
      lowering.list.span = span
      let names = arrays.compactMap(\.name)
      _ = lowering.list.appendStructure(
        Code.print, operands,
        .print(PrintItems(items: [], save: .init(path: path, names: names, span: place))))
    }
  }

  /// Writes what is done at every k-th step, before it.
  ///
  /// - Parameter fromStart: whether it is done before the first step too.
  private mutating func whenDue(
    _ every: Node, _ turn: Slot, _ span: Span, _ tree: Tree, fromStart: Bool = true,
    _ work: (inout Lowering) throws(Refusal) -> Void
  ) throws(Refusal) {
    let count = try single(try lower(every, in: tree), at: tree.span(every))
    guard list.shape(count).isScalar else {
      throw Refusal(diagnostic: .numberNeeded(list.shape(count), at: tree.span(every)))
    }
    let rest = try single(try append(.mod, [turn, count], at: span), at: span)
    var isTime = try single(
      try append(.equal, [rest, list.appendNumber(0)], at: span), at: span)
    if !fromStart {
      let isLater = try single(
        try append(.greater, [turn, list.appendNumber(0)], at: span), at: span)
      isTime = try single(try append(.and, [isTime, isLater], at: span), at: span)
    }
    frames.append(Frame(.arm))
    defer { if frames.last?.kind == .arm { frames.removeLast() } }
    try work(&self)
    let arm = frames.removeLast()
    var then = List()
    let inside = arm.list.pruned(into: &then, roots: [])
    then.keepParameters(
      arm.captureOrder.compactMap { arm.captured[$0] }.map { inside[$0.place] })
    var otherwise = List()
    for slot in arm.captureOrder { _ = otherwise.appendParameter(shape: list.shape(slot)) }
    list.span = span
    _ = list.appendStructure(
      Code.branch, [isTime] + arm.captureOrder,
      .branch(Branch(then: then, otherwise: otherwise)))
  }
}
