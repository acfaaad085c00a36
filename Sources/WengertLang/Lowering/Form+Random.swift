/// Random numbers, by the names and with the very numbers of NumPy's legacy `np.random`.
extension Form {
  static let draws: [Form] = [seed, rand, random, randn, normal, uniform, randint, permutation]

  static let seed = Form(
    name: "seed", operands: "n", summary: "Begins the stream of random numbers that n stands for.",
    readsNoNames: true, isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    try lowering.seed(try lowering.only(arguments, "seed(1)", at: span), at: span)
    return .tuple([])
  }

  static let rand = Form(
    name: "rand", operands: "m, n, …", summary: "An array of random numbers from 0 to 1.",
    readsNoNames: true, isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let extents = try lowering.extents(arguments, "rand(3, 4)", at: span)
    return try lowering.draw(.uniform, Shape(extents), at: span)
  }

  static let random = Form(
    name: "random", operands: "[m, n]", summary: "An array of random numbers from 0 to 1.",
    readsNoNames: true, isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let extents = try lowering.extents(arguments, "random([3, 4])", at: span)
    return try lowering.draw(.uniform, Shape(extents), at: span)
  }

  static let randn = Form(
    name: "randn", operands: "m, n, …",
    summary: "An array of gaussian random numbers, with mean 0 and variance 1.", readsNoNames: true,
    isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let extents = try lowering.extents(arguments, "randn(3, 4)", at: span)
    return try lowering.draw(.gaussian, Shape(extents), at: span)
  }

  static let normal = Form(
    name: "normal", operands: "mu, sd, size",
    summary: "Gaussian random numbers: mu + sd*randn(size).", readsNoNames: true, isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let given = try lowering.drawing(
      arguments, [["mu", "loc"], ["sd", "scale"]], "normal(0, 1, [3, 4])", at: span)
    let mean = given.bounds[0] ?? lowering.list.appendNumber(0)
    let deviation = given.bounds[1] ?? lowering.list.appendNumber(1)
    let size = try lowering.size(given, [mean, deviation], at: span)
    let numbers = try lowering.draw(.gaussian, size, at: span)
    let wide = try lowering.apply(
      .multiply, .slot(deviation, depth: lowering.depth), numbers, at: span)
    return try lowering.apply(.add, .slot(mean, depth: lowering.depth), wide, at: span)
  }

  static let uniform = Form(
    name: "uniform", operands: "lo, hi, size",
    summary: "Random numbers from lo to hi: lo + (hi - lo)*rand(size).", readsNoNames: true,
    isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let given = try lowering.drawing(
      arguments, [["lo", "low"], ["hi", "high"]], "uniform(0, 1, [3, 4])", at: span)
    let low = given.bounds[0] ?? lowering.list.appendNumber(0)
    let high = given.bounds[1] ?? lowering.list.appendNumber(1)
    let size = try lowering.size(given, [low, high], at: span)
    let numbers = try lowering.draw(.uniform, size, at: span)
    let depth = lowering.depth
    let width = try lowering.apply(
      .subtract, .slot(high, depth: depth), .slot(low, depth: depth), at: span)
    let wide = try lowering.apply(.multiply, width, numbers, at: span)
    return try lowering.apply(.add, .slot(low, depth: depth), wide, at: span)
  }

  static let randint = Form(
    name: "randint", operands: "lo, hi, size",
    summary: "Random whole numbers from lo up to hi - 1; from 0 where only hi is given.",
    readsNoNames: true, isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let given = try lowering.drawing(
      arguments, [["lo", "low"], ["hi", "high"]], "randint(0, 10, [3, 4])", at: span)
    guard let first = given.bounds[0] else {
      throw Refusal(diagnostic: .formArguments("randint(0, 10, [3, 4])", at: span))
    }
    let bounds = given.bounds[1].map { [first, $0] } ?? [lowering.list.appendNumber(0), first]
    let size = try lowering.size(given, [], at: span)
    return try lowering.draw(.whole, size, bounds: bounds, at: span)
  }

  static let permutation = Form(
    name: "permutation", operands: "n",
    summary: "0 … n - 1 in random order; of an array, its entries along the first axis.",
    readsNoNames: true, isDraw: true
  ) { lowering, arguments, span throws(Refusal) in
    let value = try lowering.only(arguments, "permutation(10)", at: span)
    let array = try lowering.single(value, at: span)
    if let extent = lowering.list.shape(array).extents.first {
      let order = try lowering.draw(.permutation, Shape([extent]), at: span)
      let index = try lowering.single(order, at: span)
      return try lowering.append(.gather, [array, index], [0], at: span)
    }
    guard let number = try lowering.staticNumber(array, depth: lowering.depth) else {
      throw Refusal(diagnostic: .notKnownYet(at: span), asksForTurns: true)
    }
    guard let count = Int(exactly: number) else {
      throw Refusal(diagnostic: .wholeNumberNeeded(number, at: span))
    }
    let extents = try lowering.checked([count], at: span)
    return try lowering.draw(.permutation, Shape(extents), at: span)
  }
}

extension Lowering {
  /// What is given to a draw: two bounds, or a mean and a deviation, and a size.
  struct Drawing {
    var bounds: [Slot?] = [nil, nil]
    var size: Shape?
  }

  /// Reads the arguments of a draw, by place or by name.
  fileprivate mutating func drawing(
    _ arguments: Arguments, _ names: [[String]], _ usage: String, at span: Span
  ) throws(Refusal) -> Drawing {
    var given = Drawing()
    guard arguments.count <= 3 else {
      throw Refusal(diagnostic: .formArguments(usage, at: span))
    }
    for (place, value) in arguments.leading.prefix(2).enumerated() {
      given.bounds[place] = try single(value, at: span)
    }
    var nodes = arguments.nodes.enumerated().map {
      ($0.offset + arguments.leading.count, $0.element)
    }
    for named in arguments.named {
      let name = symbols[named.name]
      let place = names.firstIndex { $0.contains(name) } ?? (name == "size" ? 2 : nil)
      guard let place, place >= arguments.count, !nodes.contains(where: { $0.0 == place }) else {
        throw Refusal(diagnostic: .formArguments(usage, at: named.span))
      }
      nodes.append((place, named.node))
    }
    for (place, node) in nodes {
      if place == 2 {
        let extents = try extents(node, in: arguments.tree)
        given.size = Shape(try checked(extents, at: arguments.tree.span(node)))
      } else {
        given.bounds[place] = try single(
          try lower(node, in: arguments.tree), at: arguments.tree.span(node))
      }
    }
    return given
  }

  /// The size of a draw: as given, or what its bounds stretch to.
  fileprivate func size(
    _ given: Drawing, _ bounds: [Slot], at span: Span
  ) throws(Refusal) -> Shape {
    var shape = given.size ?? .scalar
    for bound in bounds {
      let own = list.shape(bound)
      guard let joint = shape.broadcast(own), given.size == nil || joint == shape else {
        throw Refusal(diagnostic: .drawSize(own, given.size ?? shape, at: span))
      }
      shape = joint
    }
    return shape
  }

  /// The extents that the arguments of a call are: `3, 4`, `[3, 4]` or `(3, 4)`.
  fileprivate mutating func extents(
    _ arguments: Arguments, _ usage: String, at span: Span
  ) throws(Refusal) -> [Int] {
    guard arguments.leading.isEmpty, arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments(usage, at: span))
    }
    var extents: [Int] = []
    for node in arguments.nodes { extents += try self.extents(node, in: arguments.tree) }
    return try checked(extents, at: span)
  }
}
