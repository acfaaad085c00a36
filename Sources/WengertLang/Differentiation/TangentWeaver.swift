/// Weaves a loop that carries the tangents of its values along.
///
/// What it carries, walks, captures and stacks are those of the loop, each followed by the tangents
/// of the active ones.
struct TangentWeaver {
  private let loop: Loop
  private let operands: [Slot]
  /// The carried values, walks and captures with tangents, by place among the operands.
  private let live: [Int]
  private let walks: [Int]
  private let captures: [Int]
  private var body = List()
  private var whole = Tangent.Woven()
  private var carried = 0

  init(loop: Loop, operands: [Slot], live: (Int) -> Bool, isActive: (Slot) -> Bool) {
    self.loop = loop
    self.operands = operands
    self.live = (0..<loop.carried).filter(live)
    walks = loop.walkPlaces.filter { isActive(operands[$0]) }
    captures = loop.capturePlaces.filter { isActive(operands[$0]) }
  }

  /// The shape of the parameter that an operand is handed to.
  private func shape(_ place: Int) -> Shape {
    loop.body.shape(loop.body.parameters[place - loop.startPlaces.lowerBound])
  }

  private mutating func declare(_ places: some Collection<Int>) -> [Slot] {
    let shapes = places.map { shape($0) }
    return shapes.map { body.appendParameter(shape: $0) }
  }

  /// Writes the body: the turn and its tangents.
  ///
  /// - Returns: for each slot of the loop's body where it went.
  mutating func sweep() throws(ShapeMismatch) -> (places: [Slot], tangent: Tangent) {
    let first = loop.startPlaces.lowerBound
    let starts = declare(loop.startPlaces)
    let startTangents = declare(live.map { first + $0 })
    let elements = declare(loop.walkPlaces)
    let elementTangents = declare(walks)
    let captured = declare(loop.capturePlaces)
    let capturedTangents = declare(captures)
    let arguments = starts + elements + captured + [body.appendParameter(shape: .scalar)]
    let seeded = live.map { arguments[$0] } + (walks + captures).map { arguments[$0 - first] }
    let seeds = zip(seeded, startTangents + elementTangents + capturedTangents)
      .map { (slot: $0, tangent: $1) }
    let places = body.inline(loop.body, arguments: arguments)
    let tangent = try body.appendTangent(seeds: seeds)
    for (place, slot) in places.enumerated() where slot.place >= 0 {
      if let found = tangent[slot] { whole.body[Slot(place)] = found }
    }
    writeResults(places, tangent)
    return (places, tangent)
  }

  private mutating func writeResults(_ places: [Slot], _ tangent: Tangent) {
    let next = loop.body.results.map { places[$0.place] }
    var results = Array(next[..<loop.carried])
    for k in live {
      whole.carried[k] = results.count
      results.append(tangent[next[k]] ?? body.appendZeros(loop.shape(k)))
    }
    carried = results.count
    results += next[loop.carried...]
    for j in 0..<loop.stacks {
      guard let found = tangent[next[loop.carried + j]] else { continue }
      whole.stacked[j] = results.count - carried
      results.append(found)
    }
    body.results = results
  }

  /// Appends the woven loop.
  mutating func finish(
    _ swept: (places: [Slot], tangent: Tangent), in list: inout List, tangent: (Slot) -> Slot?
  ) -> Tangent.Woven {
    var starts = loop.startPlaces.map { operands[$0] }
    for k in live {
      let start = operands[loop.startPlaces.lowerBound + k]
      starts.append(tangent(start) ?? list.appendZeros(loop.shape(k)))
    }
    // What depends on the inputs may have no tangent, where a rule hands none on; the body has a
    // parameter for it.
    func changes(_ places: [Int]) -> [Slot] {
      places.map { tangent(operands[$0]) ?? list.appendZeros(list.shape(operands[$0])) }
    }
    let walked = loop.walkPlaces.map { operands[$0] } + changes(walks)
    let captured = loop.capturePlaces.map { operands[$0] } + changes(captures)
    let shapes = starts.map { list.shape($0) } + captured.map { list.shape($0) }
    let condition = loop.condition.map { loop.widened($0, shapes, starts: starts.count) }
    whole.slot = list.appendStructure(
      Code.loop, (condition == nil ? [operands[0]] : []) + starts + walked + captured,
      .loop(
        Loop(
          body: body, condition: condition, carried: carried, walks: walked.count,
          captures: captured.count, stacks: body.results.count - carried,
          isBackward: loop.isBackward)))
    return whole
  }
}

extension Loop {
  /// The condition of a `while` with the parameters of a woven loop, of which it reads those that
  /// the loop had before.
  ///
  /// - Parameter starts: how many are carried in the woven loop.
  func widened(_ original: List, _ shapes: [Shape], starts: Int) -> List {
    var condition = List()
    let parameters = shapes.map { condition.appendParameter(shape: $0) }
    let arguments =
      Array(parameters[..<carried]) + parameters[starts...].prefix(captures)
    let places = condition.inline(original, arguments: arguments)
    condition.results = original.results.map { places[$0.place] }
    return condition
  }
}
