/// The L-BFGS method (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5), with a
/// line search by bisection that ends at the weak Wolfe conditions (Lewis and Overton, 2013).
///
/// It carries the last changes of the weights and of their gradients, the oldest first, one behind
/// the other along a new first axis; a change that is not there yet has the factor 0.
struct QuasiNewton {
  /// The point where a step begins.
  struct Point {
    var weights: [Slot]
    var value: Slot
    var gradient: [Slot]
  }

  /// What it carries: `2 n + 2` slots for n weights, in the order of `starts`.
  struct State {
    var changes: [Slot]
    var gradientChanges: [Slot]
    var factors: Slot
    var scale: Slot

    init(_ slots: [Slot], count: Int) {
      changes = Array(slots[..<count])
      gradientChanges = Array(slots[count..<(2 * count)])
      factors = slots[2 * count]
      scale = slots[2 * count + 1]
    }
    var slots: [Slot] { changes + gradientChanges + [factors, scale] }
  }

  let memory: Int
  let objective: Objective
  let data: [Slot]
  let captures: [Slot]

  /// The shapes of what is carried, each with the number that it is filled with at the start.
  static func starts(_ weights: [Shape], memory: Int) -> [(shape: Shape, value: Double)] {
    let stacks = weights.map { (shape: Shape([memory] + $0.extents), value: 0.0) }
    return stacks + stacks + [(Shape([memory]), 0), (.scalar, 1)]
  }

  /// Appends a step.
  ///
  /// - Returns: the weights and the state behind it, and whether it found a better point.
  func step(
    from point: Point, _ state: State, first: Slot, in list: inout List
  ) throws(ShapeMismatch) -> (weights: [Slot], state: State, isBetter: Slot) {
    let direction = try direction(point, state, in: &list)
    let slope = try list.inner(point.gradient, direction)
    // The first step knows nothing of scales: it goes as far as 1 at most.
    var total = list.appendNumber(0)
    for part in point.gradient {
      let size = try list.append(.abs, [part])
      total = try list.append(.add, [total, try list.total(size)])
    }
    let one = list.appendNumber(1)
    let short = try list.append(.minimum, [one, try list.append(.div, [one, total])])
    let start = try list.append(.choose, [first, short, one])
    let search = try search(point, direction, slope, from: start, in: &list)
    let isBetter = try list.append(.not, [search.goesOn])
    var next: [Slot] = []
    var changes: [Slot] = []
    var gradientChanges: [Slot] = []
    for (index, weight) in point.weights.enumerated() {
      let change = try list.append(.mul, [search.length, direction[index]])
      let moved = try list.append(.add, [weight, change])
      next.append(try list.append(.choose, [isBetter, moved, weight]))
      changes.append(change)
      gradientChanges.append(
        try list.append(.sub, [search.gradient[index], point.gradient[index]]))
    }
    let curvature = try list.inner(changes, gradientChanges)
    let square = try list.inner(gradientChanges, gradientChanges)
    let isUpward = try list.append(.greater, [curvature, list.appendNumber(0)])
    let isKept = try list.append(.and, [isBetter, isUpward])
    var after = state
    for index in changes.indices {
      after.changes[index] = try list.pushed(state.changes[index], changes[index], if: isKept)
      after.gradientChanges[index] = try list.pushed(
        state.gradientChanges[index], gradientChanges[index], if: isKept)
    }
    let factor = try list.append(.div, [one, curvature])
    after.factors = try list.pushed(state.factors, factor, if: isKept)
    after.scale = try list.append(
      .choose, [isKept, try list.append(.div, [curvature, square]), state.scale])
    return (next, after, isBetter)
  }

  /// The direction of the step, by two loops over the remembered changes.
  private func direction(
    _ point: Point, _ state: State, in list: inout List
  ) throws(ShapeMismatch) -> [Slot] {
    let walks = state.changes + state.gradientChanges + [state.factors]
    let n = point.weights.count
    let count = list.appendNumber(Double(memory))
    let (back, backOperands) = try loop(list, point.gradient, walks, isBackward: true) {
      body, carried, walked throws(ShapeMismatch) in
      let inner = try body.inner(Array(walked[..<n]), carried)
      let amount = try body.append(.mul, [walked[2 * n], inner])
      var results: [Slot] = []
      for (q, y) in zip(carried, walked[n..<(2 * n)]) {
        results.append(try body.append(.sub, [q, try body.append(.mul, [amount, y])]))
      }
      return results + [amount]
    }
    let backward = list.appendStructure(Code.loop, [count] + backOperands, .loop(back))
    let amounts = list.appendPart(Code.stacked, of: backward, 0, shape: Shape([memory]))
    var scaled: [Slot] = []
    for (index, gradient) in point.gradient.enumerated() {
      let shape = list.shape(gradient)
      let part = list.appendPart(Code.final, of: backward, index, shape: shape)
      scaled.append(try list.append(.mul, [state.scale, part]))
    }
    let (there, operands) = try loop(list, scaled, walks + [amounts], isBackward: false) {
      body, carried, walked throws(ShapeMismatch) in
      let inner = try body.inner(Array(walked[n..<(2 * n)]), carried)
      let amount = try body.append(.mul, [walked[2 * n], inner])
      let rest = try body.append(.sub, [walked[2 * n + 1], amount])
      var results: [Slot] = []
      for (r, s) in zip(carried, walked[..<n]) {
        results.append(try body.append(.add, [r, try body.append(.mul, [rest, s])]))
      }
      return results
    }
    let forward = list.appendStructure(Code.loop, [count] + operands, .loop(there))
    var direction: [Slot] = []
    for (index, part) in scaled.enumerated() {
      let final = list.appendPart(Code.final, of: forward, index, shape: list.shape(part))
      direction.append(try list.append(.neg, [final]))
    }
    return direction
  }

  /// A loop that carries some slots of a list and walks others.
  private func loop(
    _ list: List, _ starts: [Slot], _ walks: [Slot], isBackward: Bool,
    _ write: (inout List, [Slot], [Slot]) throws(ShapeMismatch) -> [Slot]
  ) throws(ShapeMismatch) -> (loop: Loop, operands: [Slot]) {
    var body = List()
    body.span = list.span
    let carried = starts.map { body.appendParameter(shape: list.shape($0)) }
    let walked = walks.map { body.appendParameter(shape: list.shape($0).element) }
    _ = body.appendParameter(shape: .scalar)
    body.results = try write(&body, carried, walked)
    let loop = Loop(
      body: body, carried: starts.count, walks: walks.count, captures: 0,
      stacks: body.results.count - starts.count, isBackward: isBackward)
    return (loop, starts + walks)
  }
}
