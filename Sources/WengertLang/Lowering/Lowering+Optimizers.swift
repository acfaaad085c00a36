/// The clauses of a `minimize`: what, over what, by which optimizer, with which data.
extension Lowering {
  /// Reads what is made small, the weights, the optimizer and the steps.
  mutating func readMinimize(
    _ parts: Minimize, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Trainer {
    let place = tree.span(parts.objective)
    var name = "the value"
    if case .name(let symbol) = tree.expression(parts.objective) { name = symbols[symbol] }
    let y = try self.place(of: parts.objective, in: tree)
    guard y.depth == depth, list[y.slot].code != Code.parameter else {
      throw Refusal(diagnostic: .trainedOutside(name, at: place))
    }
    guard list.shape(y.slot).count == 1 else {
      throw Refusal(
        diagnostic: .minimizeArray(name, list.shape(y.slot), at: place))
    }
    let targets = try self.targets(
      tree[parts.over], of: y, in: tree, at: span, takesNumbers: true)
    let optimizer = try optimizer(parts, span, tree)
    let steps = try steps(parts, span, tree)
    var trainer = Trainer(optimizer, of: y.slot, depth: depth, limit: steps.slot)
    trainer.mostSteps = steps.count
    adopt(targets)
    for (weight, given) in zip(targets.names, targets.values) {
      for leaf in given.leaves {
        let slot = try use(leaf.slot, depth: leaf.depth, at: weight.span)
        guard !trainer.weights.contains(slot) else {
          throw Refusal(diagnostic: .weightTwice(symbols[weight.name], at: weight.span))
        }
        guard list.affected(by: slot, for: y.slot)[y.slot.place], slot != y.slot else {
          let warned = warnings.count
          try judge(y, targets, at: span) { $0 != slot }
          warnings.removeSubrange(warned...)
          throw Refusal(
            diagnostic: .weightWithoutEffect(
              symbols[weight.name], name, isNumber: list.number(slot) != nil, at: weight.span,
              objective: place))
        }
        guard !isNumber(leaf) else {
          throw Refusal(diagnostic: .gradientByNumber(symbols[weight.name], at: weight.span))
        }
        trainer.weights.append(slot)
        warnIfFrozen(leaf, weight.name, by: "training", at: weight.span)
      }
    }
    try judge(y, targets, at: span) { _ in true }
    try readOptions(parts, &trainer, span, tree)
    trainer.setStates(for: trainer.weights.map { list.shape($0) })
    return trainer
  }

  private func optimizer(
    _ parts: Minimize, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Optimizer {
    let name = symbols[parts.optimizer]
    let known = Optimizer.all.map(\.name)
    guard let optimizer = Optimizer.all.first(where: { $0.name == name.lowercased() }) else {
      throw Refusal(
        diagnostic: .unknownOptimizer(
          name, EditDistance.suggestion(for: name, among: known), known: known, at: span))
    }
    return optimizer
  }

  /// The number of steps, as an entry of its own.
  private mutating func steps(
    _ parts: Minimize, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> (slot: Slot, count: Int) {
    let place = tree.span(parts.steps)
    let number = try staticNumber(parts.steps, in: tree)
    guard let whole = Int(exactly: number), whole >= 0 else {
      throw Refusal(diagnostic: .fault(Fault(.count(number), at: place), in: self))
    }
    let extents = try checked([whole], at: place)
    let count = min(extents[0], cutSteps[span] ?? extents[0])
    list.span = place
    let slot = list.appendData([Double(count)], shape: .scalar, isInput: false)
    return (slot, count)
  }

  /// Reads what stands in the brackets of the optimizer, by place or by name.
  private mutating func readOptions(
    _ parts: Minimize, _ trainer: inout Trainer, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    let optimizer = trainer.optimizer
    let known = optimizer.options + [Optimizer.tolerance]
    var given: [Int: Node] = [:]
    for (place, node) in tree[parts.arguments].enumerated() {
      // The tolerance goes by its name: what stands second behind `sgd` elsewhere is a momentum.
      var (index, value, most) = (place, node, optimizer.options.count)
      if case .named(let name, let formula) = tree.expression(node) {
        guard let found = known.firstIndex(where: { $0.name == symbols[name] }) else {
          throw Refusal(
            diagnostic: .unknownOptimizerOption(symbols[name], optimizer, at: tree.span(node)))
        }
        (index, value, most) = (found, formula, known.count)
      }
      guard index < most, given[index] == nil else {
        throw Refusal(diagnostic: .optimizerOptions(optimizer, at: tree.span(node)))
      }
      given[index] = value
    }
    for (index, option) in known.enumerated() {
      guard let node = given[index] else {
        guard let standard = option.standard else {
          throw Refusal(diagnostic: .missingOption(option.name, optimizer, at: span))
        }
        trainer.options.append(list.appendNumber(standard))
        continue
      }
      let slot = try single(try lower(node, in: tree), at: tree.span(node))
      guard list.shape(slot).isScalar else {
        throw Refusal(diagnostic: .numberNeeded(list.shape(slot), at: tree.span(node)))
      }
      trainer.options.append(slot)
      if option.name == Optimizer.tolerance.name { trainer.mayEnd = true }
      guard case .quasiNewton = optimizer.method, option.name == "memory" else { continue }
      let memory = try staticInteger(node, in: tree)
      guard (1...1000).contains(memory) else {
        throw Refusal(diagnostic: .optimizerOptions(optimizer, at: tree.span(node)))
      }
      trainer.memory = memory
    }
    if case .quasiNewton = optimizer.method { trainer.mayEnd = true }
  }

  /// Reads `batch 128 of X, Y`, and finds what moves with the weights and the data.
  mutating func readData(
    _ parts: Minimize, _ trainer: inout Trainer, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    if let batch = parts.batch {
      guard case .each = trainer.optimizer.method else {
        throw Refusal(
          diagnostic: .batchOfWhole(trainer.optimizer.name, at: tree.span(batch.size)))
      }
      let size = try staticInteger(batch.size, in: tree)
      guard size > 0 else {
        throw Refusal(diagnostic: .batchSize(size, at: tree.span(batch.size)))
      }
      _ = try checked([size], at: tree.span(batch.size))
      for node in tree[batch.names] { try readData(node, &trainer, tree) }
      trainer.batch = size
    }
    trainer.moving = list.leading(from: trainer.weights + trainer.data, to: trainer.value)
    for (slot, node) in zip(trainer.data, parts.batch.map { tree[$0.names] } ?? []) {
      guard !trainer.moving[slot.place] else { continue }
      throw Refusal(
        diagnostic: .dataWithoutEffect(displayName(slot) ?? "this", at: tree.span(node)))
    }
  }

  private mutating func readData(
    _ node: Node, _ trainer: inout Trainer, _ tree: Tree
  ) throws(Refusal) {
    let span = tree.span(node)
    guard case .name(let name) = tree.expression(node), let value = find(name) else {
      throw Refusal(diagnostic: try unknownData(node, tree))
    }
    let slot = try single(value, at: span)
    let shape = list.shape(slot)
    guard let extent = shape.extents.first, extent > 0 else {
      throw Refusal(diagnostic: .dataWithoutRows(symbols[name], shape, at: span))
    }
    if let first = trainer.data.first, list.shape(first)[0] != extent {
      throw Refusal(
        diagnostic: .dataLengths(symbols[name], list.shape(first)[0], extent, at: span))
    }
    trainer.data.append(slot)
  }

  private func unknownData(_ node: Node, _ tree: Tree) throws(Refusal) -> Diagnostic {
    guard case .name(let name) = tree.expression(node) else {
      return .unreadable(at: tree.span(node))
    }
    return unknownName(name, at: tree.span(node))
  }

  /// Warns where the value is divided by the number of entries of the whole data.
  mutating func warnOfScales(_ trainer: Trainer, _ program: List, at span: Span) {
    guard let batch = trainer.batch, let first = trainer.data.first else { return }
    let whole = Double(program.shape(first)[0])
    guard Double(batch) != whole else { return }
    for place in trainer.moving.indices where trainer.moving[place] {
      let slot = Slot(place)
      let row = program.primitive(slot)
      guard row == .div || row == .mul || row == .hadamard else { continue }
      for (index, operand) in program.operands(slot).enumerated()
      where !trainer.moving[operand.place] && program.shape(operand).isScalar {
        let number = program.elements(operand)?.first ?? values.view(operand, in: program)?.number
        let isScale = row == .div ? index == 1 && number == whole : number == 1 / whole
        guard isScale, program[operand].code != Code.parameter else { continue }
        warnings.append(
          .scaledByWhole(Int(whole), batch, at: span, where: program.spans[place]))
        return
      }
    }
  }
}
