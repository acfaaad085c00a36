/// The line search: how far to go along a direction.
extension QuasiNewton {
  /// A length of the step must lower the value by this much of what the slope promises.
  private static let decrease = 1e-4
  /// And leave no more of the slope than this.
  private static let flattening = 0.9
  /// How many lengths are tried.
  private static let trials = 50.0

  /// What a search ends with.
  struct Found {
    var length: Slot
    /// 1 where no length was good.
    var goesOn: Slot
    var gradient: [Slot]
  }

  /// Appends a loop that tries lengths until one is neither too long nor too short.
  func search(
    _ point: Point, _ direction: [Slot], _ slope: Slot, from start: Slot, in list: inout List
  ) throws(ShapeMismatch) -> Found {
    var body = List()
    body.span = list.span
    let zeros = point.weights.map { list.appendZeros(list.shape($0)) }
    let starts =
      [start, list.appendNumber(0), list.appendNumber(.infinity), list.appendNumber(1)]
      + [list.appendNumber(0)] + zeros
    let outside = point.weights + direction + [point.value, slope] + data + captures
    let carried = starts.map { body.appendParameter(shape: list.shape($0)) }
    let inside = outside.map { body.appendParameter(shape: list.shape($0)) }
    _ = body.appendParameter(shape: .scalar)
    body.results = try trial(carried, inside, count: point.weights.count, in: &body)

    var condition = List()
    condition.span = list.span
    let known = (starts + outside).map { condition.appendParameter(shape: list.shape($0)) }
    let isEarly = try condition.append(
      .less, [known[4], condition.appendNumber(Self.trials)])
    condition.results = [try condition.append(.and, [known[3], isEarly])]

    let loop = list.appendStructure(
      Code.loop, starts + outside,
      .loop(
        Loop(
          body: body, condition: condition, carried: starts.count, walks: 0,
          captures: outside.count)))
    func final(_ index: Int) -> Slot {
      list.appendPart(Code.final, of: loop, index, shape: list.shape(starts[index]))
    }
    return Found(
      length: final(0), goesOn: final(3), gradient: zeros.indices.map { final(5 + $0) })
  }

  /// One trial: the value and the slope at a length, and the next length.
  private func trial(
    _ carried: [Slot], _ inside: [Slot], count: Int, in body: inout List
  ) throws(ShapeMismatch) -> [Slot] {
    let (length, low, high) = (carried[0], carried[1], carried[2])
    let (weights, direction) = (inside[..<count], inside[count..<(2 * count)])
    let (value, slope) = (inside[2 * count], inside[2 * count + 1])
    let rest = inside[(2 * count + 2)...]
    var moved: [Slot] = []
    for (weight, way) in zip(weights, direction) {
      moved.append(try body.append(.add, [weight, try body.append(.mul, [length, way])]))
    }
    let there = objective.write(
      into: &body, weights: moved, data: Array(rest.prefix(data.count)),
      captures: Array(rest.dropFirst(data.count)))
    let slopeThere = try body.inner(there.gradient, Array(direction))

    let promised = try body.append(
      .mul, [try body.append(.mul, [body.appendNumber(Self.decrease), length]), slope])
    let bound = try body.append(.add, [value, promised])
    // A value that is no number is too far, too.
    let isLow = try body.append(.lessEqual, [try body.scalar(there.value), bound])
    let isFar = try body.append(.not, [isLow])
    let steepest = try body.append(.mul, [body.appendNumber(Self.flattening), slope])
    let isNear = try body.append(.less, [slopeThere, steepest])
    let lowNext = try body.append(
      .choose, [isFar, low, try body.append(.choose, [isNear, length, low])])
    let highNext = try body.append(.choose, [isFar, length, high])
    let half = body.appendNumber(0.5)
    let middle = try body.append(.mul, [half, try body.append(.add, [lowNext, highNext])])
    let isOpen = try body.append(.equal, [highNext, body.appendNumber(.infinity)])
    let double = try body.append(.mul, [body.appendNumber(2), length])
    let longer = try body.append(.choose, [isOpen, double, middle])
    let goesOn = try body.append(.or, [isFar, isNear])
    let next = try body.append(.choose, [goesOn, longer, length])
    let number = try body.append(.add, [carried[4], body.appendNumber(1)])
    return [next, lowNext, highNext, goesOn, number] + there.gradient
  }
}

extension List {
  /// The sum of all elements.
  mutating func total(_ slot: Slot) throws(ShapeMismatch) -> Slot {
    shape(slot).isScalar ? slot : try append(.sum, [slot], [Argument.noAxis, 0])
  }

  /// The one element of an array as a number.
  mutating func scalar(_ slot: Slot) throws(ShapeMismatch) -> Slot { try total(slot) }

  /// The sum of the products of the elements of arrays in pairs.
  mutating func inner(_ a: [Slot], _ b: [Slot]) throws(ShapeMismatch) -> Slot {
    var sum: Slot?
    for (x, y) in zip(a, b) {
      let row: Primitive = shape(x).isScalar ? .mul : .hadamard
      let part = try total(try append(row, [x, y]))
      sum = try sum.map { known throws(ShapeMismatch) in try append(.add, [known, part]) } ?? part
    }
    return sum ?? appendNumber(0)
  }

  /// An array with its first entry gone and another behind the last, where a condition holds.
  mutating func pushed(
    _ array: Slot, _ entry: Slot, if condition: Slot
  ) throws(ShapeMismatch) -> Slot {
    let shape = shape(array)
    let one = try append(.reshape, [entry], [1] + shape.element.extents)
    guard shape[0] > 1 else { return try append(.choose, [condition, one, array]) }
    let slices =
      [AxisSlice.range(1, count: shape[0] - 1)]
      + shape.element.extents.map { AxisSlice.range(0, count: $0) }
    let rest = try append(.slice, [array], slices.flatMap(\.statics))
    return try append(.choose, [condition, try append(.concat, [rest, one], [0]), array])
  }
}
