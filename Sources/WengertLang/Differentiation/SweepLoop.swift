/// Sweeps that are linear in a seed, made a loop that runs them for one seed after another.
///
/// The sweep is written once, behind a seed that stands for any; then the entries that depend on
/// the seed move into the body of a loop, and what all turns share stays outside. The loop counts
/// colours: at turn c the seed is 1 in the places of colour c and 0 elsewhere.
struct SweepLoop {
  /// The colour of each place of the seed; nil where each place is a colour of its own.
  var colours: [Double]?
  /// How many colours there are: the turns of the loop.
  var count: Int
  /// What the loop is for, to be told by `cost`.
  var purpose: Sweeps
}

extension List {
  /// A slot that stands for any seed while a sweep is written.
  mutating func appendSeed(_ shape: Shape) -> Slot { appendInput(shape: shape) }

  /// Makes the entries behind a seed a loop over seeds.
  ///
  /// - Returns: for each result the array of its values at all turns.
  mutating func appendSweepLoop(
    _ sweeps: SweepLoop, seed: Slot, results: [Slot]
  ) throws(ShapeMismatch) -> [Slot] {
    let split = SweepSplit(self, seed: seed, results: results)
    let written = self
    let shape = written.shape(seed)
    truncate(to: seed.place)
    var places = (0..<written.count).map { $0 < seed.place ? Slot($0) : Slot(-1) }
    appendCopies(split.outside, of: written, &places)
    let colours = try appendColours(sweeps, count: shape.count)

    var body = List()
    body.zeros = zeros
    var inside = Array(repeating: Slot(-1), count: written.count)
    var captures = [colours]
    var parameters = [body.appendParameter(shape: self.shape(colours))]
    let turn = body.appendParameter(shape: .scalar)
    inside[seed.place] = try body.appendSeed(parameters[0], turn: turn, shape: shape)
    for (place, slot) in places.enumerated() where split.captured[place] {
      if let number = body.appendNumber(slot, from: self) {
        inside[place] = number
        continue
      }
      captures.append(slot)
      inside[place] = body.appendParameter(shape: self.shape(slot))
      parameters.append(inside[place])
    }
    body.appendCopies(split.inside, of: written, &inside)
    body.results = results.map { inside[$0.place] }
    body.keepParameters(parameters + [turn])
    let loop = appendStructure(
      Code.loop, [appendNumber(Double(sweeps.count))] + captures,
      .loop(
        Loop(
          body: body, carried: 0, walks: 0, captures: captures.count, stacks: results.count,
          purpose: sweeps.purpose)))
    return results.indices.map { index in
      let result = body.shape(body.results[index])
      return appendPart(
        Code.stacked, of: loop, index, shape: Shape([sweeps.count] + result.extents))
    }
  }

  private mutating func appendColours(
    _ sweeps: SweepLoop, count: Int
  ) throws(ShapeMismatch) -> Slot {
    if let colours = sweeps.colours {
      return appendData(colours, shape: Shape([count]), isInput: false)
    }
    return try append(.range, [appendNumber(0), appendNumber(1)], [count])
  }

  /// The seed of a turn: 1 in the places of its colour.
  private mutating func appendSeed(
    _ colours: Slot, turn: Slot, shape: Shape
  ) throws(ShapeMismatch) -> Slot {
    let flat = try append(.equal, [colours, turn])
    return shape.rank == 1 ? flat : try append(.reshape, [flat], shape.extents)
  }

  /// Copies some entries of a list, in their order, and says where they went.
  private mutating func appendCopies(
    _ wanted: [Bool], of list: List, _ places: inout [Slot]
  ) {
    let written = span
    for place in wanted.indices where wanted[place] {
      let slot = Slot(place)
      span = list.spans[place]
      places[place] = copyQuietly(slot, from: list, places: places)
    }
    span = written
  }
}

/// Which entries behind a seed belong into the turns of a loop, and which stay outside.
private struct SweepSplit {
  /// What depends on the seed, and the loops whose histories it reads: those are made again, since
  /// only the turns of one run can walk them.
  private(set) var inside: [Bool]
  /// What stands behind the seed, does not depend on it, and is needed.
  private(set) var outside: [Bool]
  /// What the turns take from outside.
  private(set) var captured: [Bool]

  init(_ list: List, seed: Slot, results: [Slot]) {
    let none = Array(repeating: false, count: list.count)
    (inside, outside, captured) = (none, none, none)
    let wanted = list.reached(from: results)
    var depends = none
    depends[seed.place] = true
    for place in (seed.place + 1)..<max(list.count, seed.place + 1) where wanted[place] {
      depends[place] = list.operands(Slot(place)).contains { depends[$0.place] }
      inside[place] = depends[place]
    }
    for result in results where !depends[result.place] { captured[result.place] = true }
    for place in stride(from: list.count - 1, through: 0, by: -1) where inside[place] {
      for operand in list.operands(Slot(place)) where !depends[operand.place] {
        if list.shape(operand).isHistory || list.isWhole(operand) {
          inside[operand.place] = true
        } else {
          captured[operand.place] = true
        }
      }
    }
    for place in stride(from: list.count - 1, to: seed.place, by: -1)
    where captured[place] || outside[place] {
      outside[place] = true
      for operand in list.operands(Slot(place)) where operand > seed {
        outside[operand.place] = true
      }
    }
  }
}

extension List {
  /// Whether an entry is a loop or branch, which is nothing but its parts.
  fileprivate func isWhole(_ slot: Slot) -> Bool {
    self[slot].code == Code.loop || self[slot].code == Code.branch
  }
}
