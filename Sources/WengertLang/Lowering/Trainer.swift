/// The parts of a `minimize` while its loop is being written.
struct Trainer {
  let optimizer: Optimizer
  /// The list that value and weights live in.
  let depth: Int
  let value: Slot
  /// The entries of the weights, and the parameters of the body for them.
  var weights: [Slot] = []
  /// The options in their order, with the tolerance last.
  var options: [Slot] = []
  /// How many steps: an entry of its own, since Ctrl-C changes it.
  var limit: Slot
  /// How many there are at most, where that is known.
  var mostSteps: Int?
  /// Arrays of which a step draws some entries.
  var data: [Slot] = []
  /// How many entries a step draws.
  var batch: Int?
  /// Which entries lead from weights and data to the value.
  var moving: [Bool] = []
  /// How many changes a quasi-Newton method remembers.
  var memory = 10
  /// Whether training may end before its last step.
  var mayEnd = false

  /// What the optimizer remembers: its shapes, and the number that each starts at.
  var stateStarts: [(shape: Shape, value: Double)] = []
  /// How many steps were taken before, and what they left: weights, states, the stream.
  var done = 0
  var left: [DataArray] = []

  init(_ optimizer: Optimizer, of value: Slot, depth: Int, limit: Slot) {
    self.optimizer = optimizer
    self.value = value
    self.depth = depth
    self.limit = limit
  }

  /// What the optimizer remembers of weights of some shapes.
  mutating func setStates(for shapes: [Shape]) {
    switch optimizer.method {
    case .each(let states, _):
      stateStarts = shapes.flatMap { shape in
        Array(repeating: (shape: shape, value: 0.0), count: states)
      }
    case .quasiNewton: stateStarts = QuasiNewton.starts(shapes, memory: memory)
    }
  }
}

/// The body of training: a step, written into the innermost list.
extension Lowering {
  /// What a body carries: the weights, the states, whether it goes on, the number of the turn, and
  /// the stream.
  struct Carried {
    var weights: [Slot] = []
    var states: [Slot] = []
    var goesOn: Slot?
    var number: Slot?
    var stream: Slot?

    var slots: [Slot] { weights + states + [goesOn, number, stream].compactMap { $0 } }
  }

  /// Writes a step.
  ///
  /// - Returns: the carried values behind it, and where the entries of the objective went.
  mutating func writeStep(
    _ trainer: Trainer, _ objective: inout Objective, _ before: Carried, turn: Slot, at span: Span
  ) throws(Refusal) -> (after: Carried, value: Slot, places: [Slot]) {
    let outside = depth - 1
    var after = before
    var data: [Slot] = []
    if let batch = trainer.batch {
      data = try drawBatch(trainer, batch, outside, at: span)
      after.stream = frames[depth].stream
    }
    var captures: [Slot] = []
    for slot in objective.captures { captures.append(try use(slot, depth: outside, at: span)) }
    var options: [Slot] = []
    for slot in trainer.options { options.append(try use(slot, depth: outside, at: span)) }
    list.span = span
    let found = objective.write(
      into: &list, weights: before.weights, data: data, captures: captures)
    do {
      switch trainer.optimizer.method {
      case .each:
        try step(trainer, before, found.gradient, options, turn: turn, &after)
      case .quasiNewton:
        let method = QuasiNewton(
          memory: trainer.memory, objective: objective, data: data, captures: captures)
        let first = try list.append(.equal, [turn, list.appendNumber(0)])
        let step = try method.step(
          from: .init(
            weights: before.weights, value: try list.scalar(found.value),
            gradient: found.gradient),
          .init(before.states, count: before.weights.count), first: first, in: &list)
        after.weights = step.weights
        after.states = step.state.slots
        after.goesOn = step.isBetter
      }
      try judgeEnd(trainer, before, found.gradient, options, &after)
    } catch {
      throw Refusal(diagnostic: misfit(error, "minimize", [], at: span))
    }
    return (after, found.value, found.places)
  }

  /// A step of every weight for itself, by the formulas of the optimizer.
  private mutating func step(
    _ trainer: Trainer, _ before: Carried, _ gradient: [Slot], _ options: [Slot], turn: Slot,
    _ after: inout Carried
  ) throws(ShapeMismatch) {
    let formulas = trainer.optimizer.formulas
    let count = trainer.optimizer.stateCount
    let number = try list.append(.add, [turn, list.appendNumber(1)])
    let given = options.prefix(trainer.optimizer.options.count)
    for (index, weight) in before.weights.enumerated() {
      let states = before.states[(index * count)..<((index + 1) * count)]
      var operands = [weight, gradient[index], number] + given + states
      for (place, formula) in formulas.enumerated() {
        let value = try list.append(formula, operands: operands, result: weight, bar: weight)
        operands.append(value)
        if place < count {
          after.states[index * count + place] = value
        } else {
          after.weights[index] = value
        }
      }
    }
  }

  /// Whether there is another step: the largest element of the gradient is above the tolerance.
  private mutating func judgeEnd(
    _ trainer: Trainer, _ before: Carried, _ gradient: [Slot], _ options: [Slot],
    _ after: inout Carried
  ) throws(ShapeMismatch) {
    guard trainer.mayEnd, let tolerance = options.last, let number = before.number else { return }
    var largest: Slot?
    for part in gradient {
      let size = try list.append(.abs, [part])
      let most =
        list.shape(size).isScalar
        ? size : try list.append(.largest, [size], [Argument.noAxis, 0])
      largest =
        try largest.map { known throws(ShapeMismatch) in
          try list.append(.maximum, [known, most])
        } ?? most
    }
    // Where the gradient is no number there is nothing to go on for: the loop shows it.
    let isLarge = try list.append(
      .greater, [largest ?? list.appendNumber(0), tolerance])
    after.goesOn =
      try after.goesOn == before.goesOn
      ? isLarge : list.append(.and, [after.goesOn ?? isLarge, isLarge])
    after.number = try list.append(.add, [number, list.appendNumber(1)])
  }

  /// Draws the entries of a step, the same of all data.
  private mutating func drawBatch(
    _ trainer: Trainer, _ batch: Int, _ outside: Int, at span: Span
  ) throws(Refusal) -> [Slot] {
    let extent = frames[outside].list.shape(trainer.data[0])[0]
    let bounds = [list.appendNumber(0), list.appendNumber(Double(extent))]
    let drawn = try single(
      try draw(.whole, Shape([batch]), bounds: bounds, at: span), at: span)
    var data: [Slot] = []
    for slot in trainer.data {
      let whole = try use(slot, depth: outside, at: span)
      data.append(try single(try append(.gather, [whole, drawn], [0], at: span), at: span))
    }
    return data
  }
}
