/// What the larger systems of numbers are for.
extension List {
  /// The derivative of y by each element of x, in the shape of y followed by that of x.
  mutating func appendComplexStep(
    of y: Slot, wrt x: Slot, _ h: Slot
  ) throws(ShapeMismatch) -> (slot: Slot, refused: WrittenEntry?) {
    let (m, n) = (shape(y).count, shape(x).count)
    let whole = Shape(shape(y).extents + shape(x).extents)
    guard affected(by: x, for: y)[y.place], whole.count > 0 else {
      return (appendZeros(whole), nil)
    }
    if n == 1 {
      let (quotient, refused) = try appendImaginaryStep(of: y, wrt: x, h)
      return (try appendReshaped(quotient, whole), refused)
    }
    let seed = appendSeed(shape(x))
    let (quotient, refused) = try appendImaginaryStep(of: y, wrt: x, along: seed, h)
    let sweeps = SweepLoop(count: n, purpose: Sweeps(way: .complexStep, places: n))
    let columns = try appendSweepLoop(sweeps, seed: seed, results: [quotient])[0]
    return (try appendTransposed(columns, rows: n, columns: m, to: whole), refused)
  }

  /// The imaginary part of y at x + i h, over h; a direction chooses elements of x.
  mutating func appendImaginaryStep(
    of y: Slot, wrt x: Slot, along direction: Slot? = nil, _ h: Slot
  ) throws(ShapeMismatch) -> (slot: Slot, refused: WrittenEntry?) {
    var change = h
    if let direction { change = try append(.mul, [h, direction]) }
    if shape(change) != shape(x) { change = try append(.broadcast, [change], shape(x).extents) }
    let swept = try appendExpansion(
      seeds: [(x, Extended(x, [change]))], system: ComplexNumbers(), through: y)
    guard let part = swept[y][1] else { return (appendZeros(shape(y)), swept.system.refused) }
    return (try append(.div, [part, h]), swept.system.refused)
  }

  /// The coefficients of y along changes of slots, from the constant up.
  mutating func appendTaylor(
    of y: Slot, along changes: [(slot: Slot, tangent: Slot)], order: Int
  ) throws(ShapeMismatch) -> Slot {
    guard order > 0 else { return try append(.stack, [y], [0]) }
    let rest = Array(repeating: Slot?.none, count: order - 1)
    let swept = try appendExpansion(
      seeds: changes.map { ($0.slot, Extended($0.slot, [$0.tangent] + rest)) },
      system: SeriesNumbers(extent: order), through: y)
    var parts: [Slot] = []
    for index in 0...order { parts.append(swept[y][index] ?? appendZeros(shape(y))) }
    return try append(.stack, parts, [0])
  }
}
