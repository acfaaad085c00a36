/// What training makes small, as a list of its own: the value from the weights, and its gradient.
struct Objective {
  /// Parameters are the weights, then the data, then the captured values.
  ///
  /// Results are the value, then the gradient of each weight.
  private(set) var list = List()
  private(set) var weights: [Slot] = []
  /// The slots outside that its captured parameters stand for.
  private(set) var captures: [Slot] = []
  /// Where the entries outside went.
  private(set) var places: [Slot: Slot] = [:]
  private var captured: [Slot: Slot] = [:]

  /// An entry that does not fit any more, with the reason.
  struct Misfit: Error {
    var slot: Slot
    var mismatch: ShapeMismatch
  }

  /// Copies the entries that lead from weights and data to a value, and sweeps them.
  ///
  /// - Parameter data: slots that other arrays take the place of, with their shapes.
  init(
    _ value: Slot, weights: [Slot], data: [(slot: Slot, shape: Shape)], moving: [Bool],
    in program: List
  ) throws(Misfit) {
    try self.init(weights: weights, data: data, moving: moving, in: program)
    try sweep(value, of: program)
  }

  /// The first entry that does not go by the rows of data, nil where all do.
  ///
  /// They are written for a number of rows that nothing else has: a batch may have the one row that
  /// stretches to any number, or as many rows as there are beside the data.
  static func fixed(
    weights: [Slot], data: [Slot], moving: [Bool], in program: List
  ) -> Slot? {
    var most = 1
    for place in moving.indices where moving[place] {
      for slot in [Slot(place)] + program.operands(Slot(place)) {
        most = max(most, program.shape(slot).extents.max() ?? 1)
      }
    }
    let other = data.map { (slot: $0, shape: program.shape($0).with(most + 1, at: 0)) }
    do {
      _ = try Objective(weights: weights, data: other, moving: moving, in: program)
    } catch {
      return error.slot
    }
    return nil
  }

  /// Copies the entries.
  private init(
    weights outer: [Slot], data: [(slot: Slot, shape: Shape)], moving: [Bool], in program: List
  ) throws(Misfit) {
    list.zeros = program.zeros
    for slot in outer {
      let parameter = list.appendParameter(shape: program.shape(slot))
      if let name = program.name(slot) { list.setName(parameter, name) }
      weights.append(parameter)
      places[slot] = parameter
    }
    for (slot, shape) in data {
      let parameter = list.appendParameter(shape: shape)
      if let name = program.name(slot) { list.setName(parameter, name) }
      places[slot] = parameter
    }
    for place in moving.indices where moving[place] && places[Slot(place)] == nil {
      try copy(Slot(place), from: program)
    }
  }

  /// The value and its gradient become the results.
  private mutating func sweep(_ value: Slot, of program: List) throws(Misfit) {
    guard let result = places[value] else { return }
    list.span = program.spans[value.place]
    do {
      let one = list.appendUnit(like: result)
      let sweep = try list.appendAdjoint(seeds: [(result, one)], wrt: weights)
      list.results =
        [result] + weights.map { sweep[$0] ?? list.appendZeros(list.shape($0)) }
    } catch {
      throw Misfit(slot: value, mismatch: error)
    }
  }

  private mutating func copy(_ slot: Slot, from program: List) throws(Misfit) {
    list.span = program.spans[slot.place]
    var operands = Array(repeating: Slot(-1), count: program.count)
    for operand in program.operands(slot) { operands[operand.place] = use(operand, of: program) }
    let isSame = program.operands(slot).allSatisfy {
      program.shape($0) == list.shape(operands[$0.place])
    }
    let copied: Slot
    if isSame {
      copied = list.copyQuietly(slot, from: program, places: operands)
    } else {
      do {
        copied = try list.appendFitted(slot, from: program, places: operands)
      } catch {
        throw Misfit(slot: slot, mismatch: error)
      }
    }
    if let name = program.name(slot) { list.setName(copied, name) }
    places[slot] = copied
  }

  /// The slot here of an operand outside; a parameter where it does not move.
  private mutating func use(_ slot: Slot, of program: List) -> Slot {
    if let known = places[slot] ?? captured[slot] { return known }
    if let number = list.appendNumber(slot, from: program) { return number }
    let parameter = list.appendParameter(shape: program.shape(slot))
    if let name = program.name(slot) { list.setName(parameter, name) }
    captured[slot] = parameter
    captures.append(slot)
    return parameter
  }

  /// Appends the value and the gradient at some weights.
  ///
  /// - Returns: the value, the gradient of each weight, and where the entries went.
  func write(
    into list: inout List, weights: [Slot], data: [Slot], captures: [Slot]
  ) -> (value: Slot, gradient: [Slot], places: [Slot]) {
    let places = list.inline(self.list, arguments: weights + data + captures)
    let results = self.list.results.map { places[$0.place] }
    return (results[0], Array(results.dropFirst()), places)
  }
}

extension List {
  /// The entries that lead from some to a value; what these were made from does not count.
  func leading(from sources: [Slot], to value: Slot) -> [Bool] {
    var isSource = Array(repeating: false, count: count)
    for slot in sources { isSource[slot.place] = true }
    var needed = Array(repeating: false, count: count)
    needed[value.place] = true
    for place in stride(from: value.place, through: 0, by: -1) where needed[place] {
      guard !isSource[place] else { continue }
      for operand in operands(Slot(place)) { needed[operand.place] = true }
    }
    var leads = Array(repeating: false, count: count)
    for place in 0..<count where needed[place] {
      leads[place] = isSource[place] || operands(Slot(place)).contains { leads[$0.place] }
    }
    return leads
  }

  /// Appends an entry of another list to operands of other shapes, as far as its row knows how.
  fileprivate mutating func appendFitted(
    _ slot: Slot, from program: List, places: [Slot]
  ) throws(ShapeMismatch) -> Slot {
    let operands = program.operands(slot)
    guard program.structure(slot) == nil, program[slot].code > Code.print else {
      throw ShapeMismatch("a loop, a branch or a rule is written for the whole data")
    }
    let row = program.primitive(slot)
    var statics = program.statics(slot)
    let before = operands.first.map { program.shape($0) } ?? .scalar
    let after = operands.first.map { shape(places[$0.place]) } ?? .scalar
    if row.arguments.contains(where: { if case .slices = $0.kind { true } else { false } }) {
      var slices = AxisSlice.decode(statics.prefix(AxisSlice.width * before.rank))
      for axis in slices.indices
      where after.rank == before.rank && !slices[axis].drops && slices[axis].step == 1
        && slices[axis].count == before[axis]
      {
        slices[axis].count = after[axis]
      }
      statics.replaceSubrange(
        ..<min(statics.count, AxisSlice.width * before.rank), with: slices.flatMap(\.statics))
    }
    if case .shape? = row.arguments.last?.kind, let first = before.extents.first,
      let extent = after.extents.first, let result = program.shape(slot).extents.first,
      result == first, statics.count >= program.shape(slot).rank
    {
      statics[statics.count - program.shape(slot).rank] = extent
    }
    return try append(row, operands.map { places[$0.place] }, statics)
  }
}
