/// Entries that hold a function: how they are computed and derived, as lists made from it.
extension List {
  /// Appends a loop that takes a body for each element of an array along its first axis and stacks
  /// what it gives.
  mutating func appendMap(
    over walked: Slot, capturing captures: [Slot],
    body write: (inout List, _ element: Slot, _ captures: [Slot]) throws(ShapeMismatch) -> Slot
  ) throws(ShapeMismatch) -> Slot {
    var body = List()
    body.span = span
    let element = body.appendParameter(shape: shape(walked).element)
    let inside = captures.map { body.appendParameter(shape: shape($0)) }
    let turn = body.appendParameter(shape: .scalar)
    body.results = [try write(&body, element, inside)]
    var kept = List()
    let places = body.pruned(into: &kept, roots: [])
    let reads = kept.readParameters
    let read = captures.indices.filter { reads.contains($0 + 1) }
    kept.keepParameters(([element] + read.map { inside[$0] } + [turn]).map { places[$0.place] })
    let count = shape(walked)[0]
    let loop = appendStructure(
      Code.loop, [appendNumber(Double(count)), walked] + read.map { captures[$0] },
      .loop(Loop(body: kept, carried: 0, walks: 1, captures: read.count, stacks: 1)))
    let result = try Shape.checked([count] + kept.shape(kept.results[0]).extents)
    return appendPart(Code.stacked, of: loop, 0, shape: result)
  }

  /// Appends a call of a held function.
  mutating func appendCall(_ held: HeldFunction, _ arguments: [Slot]) -> Slot {
    inline(held.list, arguments: arguments)[held.list.results[0].place]
  }
}

// MARK: implicit functions

extension HeldFunction {
  /// What an entry that solves for x does with its function: the residual and Newton's step, and
  /// the derivatives of the solution by the implicit function theorem.
  ///
  /// With r = F(x, b) = 0 the theorem says dx = -(∂F/∂x)⁻¹ ∂F/∂b db, whatever found x.
  func solver(parameterNames: [String]) throws(ShapeMismatch) -> Custom {
    let shapes = list.parameters.map { list.shape($0) }
    let isScalar = shapes[0].isScalar
    var parts: [Custom.Part?] = Array(repeating: nil, count: shapes.count)
    let partial = isScalar ? shapes.indices.dropFirst().filter { shapes[$0].isScalar } : []
    for index in partial { parts[index] = try partialPart(index, shapes) }
    let others = shapes.indices.dropFirst().filter { !partial.contains($0) }
    try addPullbacks(of: Array(others), to: &parts, shapes)
    return Custom(
      name: name(of: use), parameterNames: parameterNames, value: try newton(shapes), parts: parts,
      held: self)
  }

  private func name(of use: Use) -> String {
    switch use {
    case .root: "root"
    case .fixpoint: "fixpoint"
    case .smooth: "smooth"
    }
  }

  /// Appends what is to be 0.
  private func appendResidual(
    _ arguments: [Slot], in list: inout List
  ) throws(ShapeMismatch) -> Slot {
    let value = list.appendCall(self, arguments)
    return use == .fixpoint ? try list.append(.sub, [arguments[0], value]) : value
  }

  /// Appends the derivative of the residual by the unknown, of n unknowns an n x n matrix.
  private func appendSlope(
    _ arguments: [Slot], of residual: Slot, in list: inout List
  ) throws(ShapeMismatch) -> Slot {
    let shape = list.shape(arguments[0])
    let square = shape.isScalar ? shape : Shape([shape.count, shape.count])
    let jacobian = try list.appendJacobians(of: residual, wrt: [arguments[0]]) { _ in nil }[0]
    return try list.appendReshaped(jacobian, square)
  }

  /// The residual and the step that Newton takes from x: parameters as the function's.
  private func newton(_ shapes: [Shape]) throws(ShapeMismatch) -> List {
    var list = List()
    let arguments = shapes.map { list.appendParameter(shape: $0) }
    let residual = try appendResidual(arguments, in: &list)
    let slope = try appendSlope(arguments, of: residual, in: &list)
    var step: Slot
    if shapes[0].isScalar {
      step = try list.append(.div, [residual, slope])
    } else {
      let flat = try list.appendReshaped(residual, Shape([shapes[0].count]))
      step = try list.append(.solve, [slope, flat])
      step = try list.appendReshaped(step, shapes[0])
    }
    list.results = [residual, step]
    return list.pruned()
  }

  /// dx/db of numbers; nil where the function does not depend on b.
  private func partialPart(
    _ index: Int, _ shapes: [Shape]
  ) throws(ShapeMismatch) -> Custom.Part? {
    var list = List()
    let operands = shapes.map { list.appendParameter(shape: $0) }
    let solution = list.appendParameter(shape: shapes[0])
    let arguments = [solution] + operands.dropFirst()
    let residual = try appendResidual(arguments, in: &list)
    let slope = try appendSlope(arguments, of: residual, in: &list)
    let one = list.appendNumber(1)
    let swept = try list.appendAdjoint(seeds: [(residual, one)], wrt: [operands[index]])
    guard let change = swept[operands[index]] else { return nil }
    list.results = [try list.append(.neg, [try list.append(.div, [change, slope])])]
    return Custom.Part(isPartial: true, list: list.pruned())
  }

  /// What arrays get, and what numbers get from arrays: all from one sweep, whose seed solves the
  /// transposed system.
  private func addPullbacks(
    of places: [Int], to parts: inout [Custom.Part?], _ shapes: [Shape]
  ) throws(ShapeMismatch) {
    guard !places.isEmpty else { return }
    var list = List()
    let operands = shapes.map { list.appendParameter(shape: $0) }
    let solution = list.appendParameter(shape: shapes[0])
    let bar = list.appendParameter(shape: shapes[0])
    let arguments = [solution] + operands.dropFirst()
    let residual = try appendResidual(arguments, in: &list)
    let slope = try appendSlope(arguments, of: residual, in: &list)
    var seed: Slot
    if shapes[0].isScalar {
      seed = try list.append(.div, [bar, slope])
    } else {
      let flat = try list.appendReshaped(bar, Shape([shapes[0].count]))
      seed = try list.append(.solve, [try list.append(.transpose, [slope]), flat])
      seed = try list.appendReshaped(seed, shapes[0])
    }
    seed = try list.append(.neg, [seed])
    let targets = places.map { operands[$0] }
    let swept = try list.appendAdjoint(seeds: [(residual, seed)], wrt: targets)
    let reached = places.filter { swept[operands[$0]] != nil }
    list.results = reached.compactMap { swept[operands[$0]] }
    let joint = list.pruned()
    for (result, place) in reached.enumerated() {
      parts[place] = Custom.Part(isPartial: false, list: joint, result: result, group: 0)
    }
  }
}

// MARK: smoothing

extension HeldFunction {
  /// The average of the function over x ± sigma u for the rows u of U.
  ///
  /// The slope by x is the estimator mean of (f(x + sigma u) - f(x - sigma u)) u / (2 sigma), which
  /// asks nothing of f. Free names of f get the slopes of the average; sigma and U are given.
  func smoothing(parameterNames: [String], draws: Shape) throws(ShapeMismatch) -> Custom {
    let free = list.parameters.dropFirst().map { list.shape($0) }
    let shapes = [list.shape(list.parameters[0]), .scalar, draws] + free
    var value = List()
    let operands = shapes.map { value.appendParameter(shape: $0) }
    value.results = [try appendAverage(operands, in: &value)]
    let result = value.shape(value.results[0])
    var parts: [Custom.Part?] = Array(repeating: nil, count: shapes.count)
    parts[0] = Custom.Part(isPartial: false, list: try estimator(shapes, result))
    try addFreePullbacks(to: &parts, shapes, result)
    return Custom(
      name: name(of: use), parameterNames: parameterNames, value: value.pruned(), parts: parts,
      held: self)
  }

  /// Appends f(x + sigma u) and f(x - sigma u).
  private func appendPair(
    _ u: Slot, _ operands: [Slot], in list: inout List
  ) throws(ShapeMismatch) -> (Slot, Slot) {
    let way = try list.append(.mul, [operands[1], u])
    let free = Array(operands.dropFirst(3))
    let ahead = try list.append(.add, [operands[0], way])
    let behind = try list.append(.sub, [operands[0], way])
    return (list.appendCall(self, [ahead] + free), list.appendCall(self, [behind] + free))
  }

  private func appendAverage(
    _ operands: [Slot], in list: inout List
  ) throws(ShapeMismatch) -> Slot {
    let halves = try list.appendMap(over: operands[2], capturing: operands) {
      body, u, inside throws(ShapeMismatch) in
      let (ahead, behind) = try self.appendPair(u, inside, in: &body)
      let sum = try body.append(.add, [ahead, behind])
      return try body.append(.mul, [body.appendNumber(0.5), sum])
    }
    return try list.append(.mean, [halves], [0, 0])
  }

  private func estimator(_ shapes: [Shape], _ result: Shape) throws(ShapeMismatch) -> List {
    var list = List()
    let operands = shapes.map { list.appendParameter(shape: $0) }
    _ = list.appendParameter(shape: result)
    let bar = list.appendParameter(shape: result)
    let terms = try list.appendMap(over: operands[2], capturing: operands + [bar]) {
      body, u, inside throws(ShapeMismatch) in
      let (ahead, behind) = try self.appendPair(u, Array(inside.dropLast()), in: &body)
      let difference = try body.append(.sub, [ahead, behind])
      var weight = try body.append(.mul, [inside[inside.count - 1], difference])
      if !result.isScalar { weight = try body.append(.sum, [weight], [Argument.noAxis, 0]) }
      return try body.append(.mul, [weight, u])
    }
    let mean = try list.append(.mean, [terms], [0, 0])
    let width = try list.append(.mul, [list.appendNumber(2), operands[1]])
    list.results = [try list.append(.div, [mean, width])]
    return list.pruned()
  }

  private func addFreePullbacks(
    to parts: inout [Custom.Part?], _ shapes: [Shape], _ result: Shape
  ) throws(ShapeMismatch) {
    guard shapes.count > 3 else { return }
    var list = List()
    let operands = shapes.map { list.appendParameter(shape: $0) }
    _ = list.appendParameter(shape: result)
    let bar = list.appendParameter(shape: result)
    let average = try appendAverage(operands, in: &list)
    let swept = try list.appendAdjoint(
      seeds: [(average, bar)], wrt: Array(operands.dropFirst(3)))
    let reached = operands.indices.dropFirst(3).filter { swept[operands[$0]] != nil }
    list.results = reached.compactMap { swept[operands[$0]] }
    let joint = list.pruned()
    for (result, place) in reached.enumerated() {
      parts[place] = Custom.Part(isPartial: false, list: joint, result: result, group: 0)
    }
  }
}
