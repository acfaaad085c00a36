/// `minimize`: a loop whose turn runs the entries from the weights to a value, sweeps them, and
/// changes the weights.
extension Lowering {
  mutating func minimize(
    _ parts: Minimize, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    var trainer = try readMinimize(parts, span, tree)
    try readData(parts, &trainer, span, tree)
    try resume(parts, &trainer, span, tree)
    // The sweep goes by what `set zeros` says, in every body.
    list.zeros = limits.zeros
    let program = list
    var objective: Objective
    do {
      objective = try Objective(
        trainer.value, weights: trainer.weights,
        data: trainer.data.map { slot in
          let shape = program.shape(slot)
          return (slot, trainer.batch.map { shape.with($0, at: 0) } ?? shape)
        },
        moving: trainer.moving, in: program)
      try checkRows(trainer, program)
    } catch {
      throw Refusal(
        diagnostic: .doesNotTakeBatches(
          error.mismatch, trainer.batch ?? 0, at: program.spans[error.slot.place],
          minimize: span))
    }
    warnOfScales(trainer, program, at: span)
    let loop = try writeTraining(trainer, &objective, parts, span, tree)
    try bindTrained(trainer, loop, parts, span, tree)
  }

  /// What goes by rows has to go by those of a batch, whatever their number.
  private func checkRows(_ trainer: Trainer, _ program: List) throws(Objective.Misfit) {
    guard trainer.batch != nil, let first = trainer.data.first else { return }
    let fixed = Objective.fixed(
      weights: trainer.weights, data: trainer.data, moving: trainer.moving, in: program)
    guard let slot = fixed else { return }
    throw Objective.Misfit(
      slot: slot, mismatch: ShapeMismatch("it holds for all \(program.shape(first)[0]) rows only"))
  }

  /// Writes the loop.
  private mutating func writeTraining(
    _ trainer: Trainer, _ objective: inout Objective, _ parts: Minimize, _ span: Span,
    _ tree: Tree
  ) throws(Refusal) -> Slot {
    let starts = try startTraining(trainer, at: span)
    let outside = depth
    frames.append(Frame(.body))
    scopes[scope].layers.append(Scope.Layer(depth: depth))
    var isOpen = true
    defer {
      if isOpen { frames.removeSubrange((outside + 1)...) }
      if isOpen { scopes[scope].layers.removeLast() }
    }
    var before = Carried()
    let parameters = starts.map { list.appendParameter(shape: frames[outside].list.shape($0)) }
    before.weights = Array(parameters[..<trainer.weights.count])
    for (slot, outer) in zip(before.weights, trainer.weights) {
      if let name = frames[outside].list.name(outer) { list.setName(slot, name) }
    }
    var rest = parameters[trainer.weights.count...]
    before.states = Array(rest.prefix(trainer.stateStarts.count))
    rest = rest.dropFirst(trainer.stateStarts.count)
    if trainer.mayEnd {
      before.goesOn = rest.popFirst()
      before.number = rest.popFirst()
    }
    before.stream = rest.popFirst()
    frames[depth].stream = before.stream
    let turn = list.appendParameter(shape: .scalar)
    let number = try trainer.done == 0 ? turn : count(turn, from: trainer.done, at: span)
    let step = try writeStep(trainer, &objective, before, turn: number, at: span)
    try writeReport(parts, trainer, objective, step.places, number, span, tree)
    try writeSave(parts, trainer, before, number, span, tree)
    let loss = try single(
      .slot(
        list.shape(step.value).isScalar ? step.value : try total(step.value, at: span),
        depth: depth), at: span)
    list.results = step.after.slots + [loss]
    let frame = frames.removeLast()
    scopes[scope].layers.removeLast()
    isOpen = false
    let loop = try closeTraining(trainer, frame, parameters, starts, turn, at: span)
    if before.stream != nil {
      frames[depth].stream = list.appendPart(
        Code.final, of: loop, starts.count - 1, shape: RandomStream.shape)
    }
    return loop
  }

  private mutating func total(_ slot: Slot, at span: Span) throws(Refusal) -> Slot {
    try single(try append(.sum, [slot], [Argument.noAxis, 0], at: span), at: span)
  }

  /// The starts of what is carried: weights, states, whether it goes on, the turn, the stream.
  private mutating func startTraining(
    _ trainer: Trainer, at span: Span
  ) throws(Refusal) -> [Slot] {
    var starts = trainer.weights
    for (shape, value) in trainer.stateStarts {
      guard let count = shape.checkedCount, count <= limits.memory / 8 else {
        throw Refusal(
          diagnostic: .tooLarge(shape.checkedCount ?? Int.max, limit: limits.memory, at: span))
      }
      starts.append(
        shape.isScalar ? list.appendNumber(value) : list.appendZeros(shape))
    }
    for (index, array) in trainer.left.prefix(starts.count).enumerated() {
      starts[index] = list.appendData(array.elements, shape: array.shape, isInput: false)
    }
    if trainer.mayEnd { starts += [list.appendNumber(1), list.appendNumber(0)] }
    if trainer.batch != nil {
      if let stream = trainer.left.last {
        starts.append(list.appendData(stream.elements, shape: stream.shape, isInput: false))
      } else {
        let stream = streamPlace()
        starts.append(try use(stream.slot, depth: stream.depth, at: span))
      }
    }
    return starts
  }

  /// The number of a step, of which some were taken before.
  private mutating func count(_ turn: Slot, from done: Int, at span: Span) throws(Refusal) -> Slot {
    try single(try append(.add, [turn, list.appendNumber(Double(done))], at: span), at: span)
  }

  /// Makes the entry from a body that is written.
  private mutating func closeTraining(
    _ trainer: Trainer, _ frame: Frame, _ parameters: [Slot], _ starts: [Slot], _ turn: Slot,
    at span: Span
  ) throws(Refusal) -> Slot {
    var body = List()
    let places = frame.list.pruned(into: &body, roots: [])
    let captures = frame.captureOrder.filter { slot in
      frame.captured[slot].map { places[$0.place].place >= 0 } ?? false
    }
    let kept = captures.compactMap { frame.captured[$0] }
    body.keepParameters((parameters + kept + [turn]).map { places[$0.place] })
    var condition: List?
    var outer = captures
    if trainer.mayEnd {
      outer.append(trainer.limit)
      let limit = body.appendParameter(shape: .scalar)
      body.keepParameters(
        (parameters + kept).map { places[$0.place] } + [limit, places[turn.place]])
      condition = try endCondition(trainer, starts, captures, at: span)
    }
    list.span = span
    return list.appendStructure(
      Code.loop, (condition == nil ? [trainer.limit] : []) + starts + outer,
      .loop(
        Loop(
          body: body, condition: condition, carried: starts.count, walks: 0,
          captures: outer.count, stacks: 1, isTraining: true)))
  }

  /// Whether there is another step: it goes on, and the limit is not reached.
  private func endCondition(
    _ trainer: Trainer, _ starts: [Slot], _ captures: [Slot], at span: Span
  ) throws(Refusal) -> List {
    var condition = List()
    condition.span = span
    var known = starts.map { condition.appendParameter(shape: list.shape($0)) }
    known += captures.map { condition.appendParameter(shape: list.shape($0)) }
    let limit = condition.appendParameter(shape: .scalar)
    let place = trainer.weights.count + trainer.stateStarts.count
    do {
      let isEarly = try condition.append(.less, [known[place + 1], limit])
      condition.results = [try condition.append(.and, [known[place], isEarly])]
    } catch {
      throw Refusal(diagnostic: misfit(error, "minimize", [], at: span))
    }
    return condition
  }

  /// The slot that an entry has in the list at a depth, nil where that list does not read it.
  private func known(_ leaf: (slot: Slot, depth: Int), at depth: Int) -> Slot? {
    guard leaf.depth <= depth else { return nil }
    var slot: Slot? = leaf.slot
    for level in (leaf.depth + 1)..<(depth + 1) {
      slot = slot.flatMap { frames[level].captured[$0] }
    }
    return slot
  }

  /// The names that stand for weights and for entries between them and the value, with what they
  /// become where `place` says where a slot went.
  func moved(
    _ trainer: Trainer, depth from: Int, _ place: (Slot) -> Slot?, to depth: Int
  ) -> [(name: Symbol, value: Value)] {
    var found: [(name: Symbol, value: Value)] = []
    var seen: Set<Symbol> = []
    var here: Int? = scope
    while let place = here {
      for layer in scopes[place].layers.reversed() {
        for name in layer.order where seen.insert(name).inserted {
          if let value = layer.values[name] { found.append((name, value)) }
        }
      }
      here = scopes[place].home
    }
    return found.compactMap { name, value in
      func went(_ leaf: (slot: Slot, depth: Int)) -> Slot? {
        known(leaf, at: from).flatMap(place)
      }
      let leaves = value.leaves
      guard leaves.contains(where: { went($0) != nil }) else { return nil }
      var rest = leaves.map { leaf in
        went(leaf).map { .slot($0, depth: depth) } ?? Value.slot(leaf.slot, depth: leaf.depth)
      }[...]
      return (name, value.replacing(&rest))
    }
  }
}
