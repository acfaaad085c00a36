/// Weaves a loop that carries all components of its values along.
///
/// What it carries, walks and captures are those of the loop, followed by the other components of
/// those that have any.
struct ExpansionWeaver {
  private let loop: Loop
  private let operands: [Extended]
  private let extent: Int
  /// The carried values with other components.
  private let live: [Int]
  private var body = List()
  private var carried = 0

  init(loop: Loop, operands: [Extended], extent: Int, isLive: (Int) -> Bool) {
    self.loop = loop
    self.operands = operands
    self.extent = extent
    live = (0..<loop.carried).filter(isLive)
  }

  /// Gives the body a parameter for each place and component.
  private mutating func declare(
    _ places: Range<Int>, components: (Int) -> [Bool]
  ) -> [Extended] {
    let first = loop.startPlaces.lowerBound
    let shapes = places.map { loop.body.shape(loop.body.parameters[$0 - first]) }
    let bases = shapes.map { body.appendParameter(shape: $0) }
    return zip(places, zip(bases, shapes)).map { place, base in
      Extended(
        base.0, components(place).map { $0 ? body.appendParameter(shape: base.1) : nil })
    }
  }

  /// Appends the woven loop.
  ///
  /// - Parameter read: slots of the body whose components are read from outside.
  mutating func weave<System: NumberSystem>(
    with system: inout System, read: [Slot], in list: inout List
  ) throws(ShapeMismatch) -> Expansion<System>.Woven {
    let carriedLive = Set(live)
    let first = loop.startPlaces.lowerBound
    let (count, given) = (extent, operands)
    let startValues = declare(loop.startPlaces) {
      Array(repeating: carriedLive.contains($0 - first), count: count)
    }
    let walked = declare(loop.walkPlaces) { given[$0].rest.map { $0 != nil } }
    let captured = declare(loop.capturePlaces) { given[$0].rest.map { $0 != nil } }
    let parameters = startValues + walked + captured
    let arguments = parameters.map(\.base) + [body.appendParameter(shape: .scalar)]
    let places = body.inline(loop.body, arguments: arguments)
    let swept = try body.appendExpansion(
      seeds: parameters.filter { !$0.isReal }.map { (slot: $0.base, value: $0) }, system: system)
    system = swept.system
    var whole = Expansion<System>.Woven()
    writeResults(loop.body.results.map { swept[places[$0.place]] }, &whole)
    prune(read.map { (slot: $0, value: swept[places[$0.place]]) }, &whole)
    append(&whole, parameters, in: &list)
    return whole
  }

  /// What the turn hands on, and what it stacks.
  private mutating func writeResults<System: NumberSystem>(
    _ next: [Extended], _ whole: inout Expansion<System>.Woven
  ) {
    var results = next[..<loop.carried].map(\.base)
    whole.carried = (0..<loop.carried).map { [$0] + Array(repeating: nil, count: extent) }
    for k in live {
      for component in 1...extent {
        whole.carried[k][component] = results.count
        results.append(next[k][component] ?? body.appendZeros(loop.shape(k)))
      }
    }
    carried = results.count
    for value in next[loop.carried...] {
      var parts: [Int?] = []
      for component in 0...extent {
        parts.append(value[component].map { _ in results.count - carried })
        if let slot = value[component] { results.append(slot) }
      }
      whole.stacked.append(parts)
    }
    body.results = results
  }

  /// Drops what neither the results nor the slots that are read from outside need.
  private mutating func prune<System: NumberSystem>(
    _ read: [(slot: Slot, value: Extended)], _ whole: inout Expansion<System>.Woven
  ) {
    let roots = read.flatMap { read in (0...extent).compactMap { read.value[$0] } }
    var pruned = List()
    let places = body.pruned(into: &pruned, roots: roots)
    body = pruned
    for (slot, value) in read {
      whole.body[slot] = (0...extent).map { value[$0].map { places[$0.place] } }
    }
  }

  private func append<System: NumberSystem>(
    _ whole: inout Expansion<System>.Woven, _ parameters: [Extended], in list: inout List
  ) {
    func components(_ places: Range<Int>) -> [Slot] {
      let first = loop.startPlaces.lowerBound
      var slots = places.map { operands[$0].base }
      for place in places {
        for (index, isThere) in parameters[place - first].rest.enumerated() where isThere != nil {
          slots.append(
            operands[place][index + 1]
              ?? list.appendZeros(body.shape(parameters[place - first].base)))
        }
      }
      return slots
    }
    let starts = components(loop.startPlaces)
    let walked = components(loop.walkPlaces)
    let captured = components(loop.capturePlaces)
    let condition = loop.condition.map {
      loop.widened($0, (starts + captured).map { list.shape($0) }, starts: starts.count)
    }
    whole.slot = list.appendStructure(
      Code.loop, (condition == nil ? [operands[0].base] : []) + starts + walked + captured,
      .loop(
        Loop(
          body: body, condition: condition, carried: carried, walks: walked.count,
          captures: captured.count, stacks: body.results.count - carried,
          isBackward: loop.isBackward)))
  }
}
