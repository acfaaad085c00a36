import WengertKernels

/// What training leaves: names bound anew, the history of the value, and what Ctrl-C cut short.
extension Lowering {
  /// Binds weights, the entries between them and the value, and the history.
  mutating func bindTrained(
    _ trainer: Trainer, _ loop: Slot, _ parts: Minimize, _ span: Span,
    _ tree: Tree
  ) throws(Refusal) {
    var steps = trainer.mostSteps ?? 0
    let history = list.appendPart(Code.stacked, of: loop, 0, shape: Shape([steps]))
    var finals: [Slot: Slot] = [:]
    for (index, weight) in trainer.weights.enumerated() {
      finals[weight] = list.appendPart(
        Code.final, of: loop, index, shape: list.shape(weight))
    }
    let turns = list.appendPart(Code.turns, of: loop, 0, shape: .scalar)
    let taken = try runTraining(trainer, loop, turns, at: span)
    if let taken, cutLoops.remove(loop) != nil {
      // It is as long as if no more steps had been asked for.
      steps = taken
      list.setShape(history, Shape([taken]))
    }
    let program = list
    var places = (0..<program.count).map { Slot($0) }
    for (weight, final) in finals { places[weight.place] = final }
    let moving = program.leading(from: trainer.weights, to: trainer.value)
    var again = finals
    for place in moving.indices where moving[place] && finals[Slot(place)] == nil {
      list.span = program.spans[place]
      let slot = list.copyQuietly(Slot(place), from: program, places: places)
      if let name = program.name(Slot(place)) { list.setName(slot, name) }
      places[place] = slot
      again[Slot(place)] = slot
    }
    for (weight, final) in finals {
      if let name = program.name(weight), list.name(final) == nil { list.setName(final, name) }
    }
    list.span = span
    for (name, value) in moved(trainer, depth: trainer.depth, { again[$0] }, to: depth) {
      bind(name, value, at: span)
    }
    guard case .name(let name) = tree.expression(parts.objective) else { return }
    var kept = Value.slot(history, depth: depth)
    if let taken, taken < steps {
      kept = try append(
        .slice, [history], AxisSlice.range(0, count: taken).statics, at: span)
    }
    bindEntry(historyName(of: name), kept, at: span)
  }

  /// The name of the values of what was made small: `E_history`.
  mutating func historyName(of objective: Symbol) -> Symbol {
    symbols.intern(symbols[objective] + "_history")
  }

  /// Runs the training of the program at once, so that Ctrl-C ends it and nothing else.
  ///
  /// - Returns: how many steps it took; nil where it does not run yet.
  private mutating func runTraining(
    _ trainer: Trainer, _ loop: Slot, _ turns: Slot, at span: Span
  ) throws(Refusal) -> Int? {
    guard depth == 0, openInputs.isEmpty else { return nil }
    try flush(stopping: loop)
    guard let view = values.view(turns, in: program), let taken = Int(exactly: view.number)
    else { return nil }
    if trainer.mayEnd {
      // How long the history is depends on all of this.
      for (place, isNeeded) in program.reached(from: [turns]).enumerated() where isNeeded {
        structural.insert(Slot(place))
      }
    }
    guard cutLoops.contains(loop) else { return taken }
    list.setInput(trainer.limit, [Double(taken)])
    values.replace(trainer.limit, by: Double(taken))
    if scope == 0 { cutSteps[span] = trainer.done + taken }
    warnings.append(
      .trainingCut(taken, trainer.mostSteps ?? taken, isSaved: scope == 0, at: span))
    return taken
  }
}
