/// Derivatives by differences: the entries between x and y again, at shifted x.
struct Difference: Sendable {
  /// On which sides of x the values are taken.
  enum Side: String, CaseIterable, Sendable {
    case central, forward, backward
  }

  var side: Side
  /// The entry that holds the step: a number, or an array of the shape of x.
  var step: Slot
}

extension List {
  /// The quotients of differences of y: a shift of each element of x by itself, in the shape of y
  /// followed by that of x.
  mutating func appendDifference(
    of y: Slot, wrt x: Slot, _ difference: Difference
  ) throws(ShapeMismatch) -> Slot {
    let (m, n) = (shape(y).count, shape(x).count)
    let whole = Shape(shape(y).extents + shape(x).extents)
    guard affected(by: x, for: y)[y.place], whole.count > 0 else { return appendZeros(whole) }
    if n == 1 {
      let quotient = try appendQuotient(of: y, wrt: x, difference)
      return try appendReshaped(quotient, whole)
    }
    let seed = appendSeed(shape(x))
    let quotient = try appendQuotient(of: y, wrt: x, where: seed, difference)
    let sweeps = SweepLoop(count: n, purpose: Sweeps(way: .difference, places: n))
    let columns = try appendSweepLoop(sweeps, seed: seed, results: [quotient])[0]
    return try appendTransposed(columns, rows: n, columns: m, to: whole)
  }

  /// One quotient of differences: x is shifted where the choice is not 0, everywhere without one.
  mutating func appendQuotient(
    of y: Slot, wrt x: Slot, where choice: Slot? = nil, _ difference: Difference
  ) throws(ShapeMismatch) -> Slot {
    func shifted(_ row: Primitive, in list: inout List) throws(ShapeMismatch) -> Slot {
      let moved = try list.append(row, [x, difference.step])
      let place = try choice.map { choice throws(ShapeMismatch) in
        try list.append(.choose, [choice, moved, x])
      }
      return list.appendAgain(y, replacing: x, by: place ?? moved)
    }
    let step = difference.step
    switch difference.side {
    case .central:
      let above = try shifted(.add, in: &self)
      let below = try shifted(.sub, in: &self)
      let twice = try append(.mul, [appendNumber(2), step])
      return try append(.div, [try append(.sub, [above, below]), twice])
    case .forward:
      let above = try shifted(.add, in: &self)
      return try append(.div, [try append(.sub, [above, y]), step])
    case .backward:
      let below = try shifted(.sub, in: &self)
      return try append(.div, [try append(.sub, [y, below]), step])
    }
  }

  /// Appends the entries that lead from x to y again, from another x of the same shape.
  mutating func appendAgain(_ y: Slot, replacing x: Slot, by other: Slot) -> Slot {
    let again = affected(by: x, for: y)
    var places = (0..<count).map { Slot($0) }
    // One copy of the list to read from, where a copy for each entry would be made else.
    let (written, original) = (span, self)
    places[x.place] = other
    for place in again.indices where again[place] && place != x.place {
      span = original.spans[place]
      places[place] = copyQuietly(Slot(place), from: original, places: places)
    }
    span = written
    return places[y.place]
  }

  /// What a change of x changes, also where no slope goes, of what y needs.
  func affected(by x: Slot, for y: Slot) -> [Bool] {
    let needed = reached(from: [y])
    var affected = Array(repeating: false, count: count)
    affected[x.place] = true
    guard y > x else { return affected }
    for place in (x.place + 1)...y.place where needed[place] {
      affected[place] = operands(Slot(place)).contains { affected[$0.place] }
    }
    return affected
  }
}
