/// Writes the body of a loop and makes the entry.
struct LoopWriter {
  /// A name of outside that the body binds again, or the stream of random numbers.
  struct Carried {
    /// Nil for the stream, which has none.
    var name: Symbol?
    var start: Value
    /// Its entries outside and the body's parameters for them.
    var leaves: [(slot: Slot, depth: Int)]
    var parameters: [Slot]
  }

  let header: Lowering.Header
  let span: Span
  /// Carried numbers that the body makes arrays start as arrays of this shape.
  let stretched: [Slot: Shape]
  var carried: [Carried] = []
  var walks: [Slot] = []
  var walkParameters: [Slot] = []
  var turn = Slot(-1)
  var condition: Frame?
  /// Whether its body draws random numbers, so that the stream is carried.
  var draws: Bool

  init(header: Lowering.Header, span: Span, stretched: [Slot: Shape], draws: Bool) {
    self.header = header
    self.span = span
    self.stretched = stretched
    self.draws = draws
  }
}

extension Lowering {
  /// Writes a loop as one entry.
  ///
  /// - Returns: the shapes that carried numbers should start with, where the body makes them arrays
  ///   and the loop is to be written again; nil when it is done.
  mutating func write(
    _ writer: inout LoopWriter, _ body: Node, _ tree: Tree
  ) throws(Refusal) -> [Slot: Shape]? {
    let outside = depth
    openBody(&writer, body, tree)
    var closed = false
    defer { if !closed { closeBody(to: outside) } }
    try declareWalks(&writer)
    if let condition = writer.header.condition { try writeCondition(&writer, condition, tree) }
    try lower(block: body, in: tree)
    if !writer.draws, frames[depth].stream != nil {
      writer.draws = true
      return [:]
    }

    var results: [Slot] = []
    var wider: [Slot: Shape] = [:]
    let layer = scopes[scope].layers.count - 1
    for carried in writer.carried {
      let leaves = valueNow(carried, layer: layer).leaves
      guard leaves.count == carried.leaves.count else {
        throw Refusal(diagnostic: .turnsDiffer(name(carried), at: writer.span), asksForTurns: true)
      }
      for (leaf, (parameter, outer)) in zip(leaves, zip(carried.parameters, carried.leaves)) {
        let slot = try use(leaf.slot, depth: leaf.depth, at: writer.span)
        let (before, after) = (list.shape(parameter), list.shape(slot))
        if before != after {
          guard before.isScalar || before.broadcast(after) == after, !after.isScalar,
            shape(outer.slot, depth: outer.depth).isScalar
          else {
            throw Refusal(
              diagnostic: .shapeChanges(name(carried), before, after, at: writer.span),
              asksForTurns: true)
          }
          wider[outer.slot] = after
        }
        results.append(slot)
      }
    }
    guard wider.isEmpty else { return wider }
    let first = firstBound(writer, layer: layer)
    list.results = results
    var frame = frames[depth]
    closeBody(to: outside)
    closed = true
    try finish(writer, &frame, first)
    return nil
  }

  /// What is handed to the next turn.
  private func valueNow(_ carried: LoopWriter.Carried, layer: Int) -> Value {
    let bound =
      carried.name.map { scopes[scope].layers[layer].values[$0] }
      ?? frames[depth].stream.map { Value.slot($0, depth: depth) }
    return bound ?? carried.start
  }

  private func name(_ carried: LoopWriter.Carried) -> String {
    carried.name.map { symbols[$0] } ?? "the stream of random numbers"
  }

  private mutating func closeBody(to outside: Int) {
    frames.removeSubrange((outside + 1)...)
    scopes[scope].layers.removeLast()
  }

  /// Opens the body: its list, the layer of its names, the parameters of what it carries.
  private mutating func openBody(_ writer: inout LoopWriter, _ body: Node, _ tree: Tree) {
    let counters = writer.header.names
    var carried: [(Symbol?, Value)] = []
    let names = assignedNames(body, tree)
    for name in names where !counters.contains(name) {
      if let value = find(name) { carried.append((name, value)) }
    }
    if writer.draws {
      let stream = streamPlace()
      carried.append((nil, .slot(stream.slot, depth: stream.depth)))
    }
    frames.append(Frame(.body))
    let isLong = names.count > 1000
    scopes[scope].layers.append(Scope.Layer(isDense: isLong, depth: depth))
    let layer = scopes[scope].layers.count - 1
    if isLong {
      list.reserve(names.count)
      scopes[scope].layers[layer].reserve(names: symbols.count)
    }
    for (name, value) in carried {
      let leaves = value.leaves
      var parameters: [Slot] = []
      for leaf in leaves {
        let known = frames[leaf.depth].list.shape(leaf.slot)
        let parameter = list.appendParameter(shape: writer.stretched[leaf.slot] ?? known)
        if leaves.count == 1, let name { list.setName(parameter, name) }
        parameters.append(parameter)
      }
      var inside = parameters.map { Value.slot($0, depth: depth) }[...]
      if let name {
        scopes[scope].layers[layer].bind(name, value.replacing(&inside))
      } else {
        frames[depth].stream = parameters.first
      }
      writer.carried.append(
        .init(name: name, start: value, leaves: leaves, parameters: parameters))
      frames[depth].carried += parameters
    }
  }

  /// Gives the body the elements of what it walks and the number of the turn.
  private mutating func declareWalks(_ writer: inout LoopWriter) throws(Refusal) {
    let layer = scopes[scope].layers.count - 1
    writer.turn = list.appendParameter(shape: .scalar)
    for (name, source) in zip(writer.header.names, writer.header.sources) {
      let value: Value
      switch source {
      case .array(let slot):
        let parameter = list.appendParameter(shape: frames[depth - 1].list.shape(slot).element)
        list.setName(parameter, name)
        writer.walks.append(slot)
        writer.walkParameters.append(parameter)
        value = .slot(parameter, depth: depth)
      case .range(let first, let step):
        let from = try use(first, depth: depth - 1, at: writer.span)
        let by = try use(step, depth: depth - 1, at: writer.span)
        let way = try single(
          try append(.mul, [writer.turn, by], at: writer.span), at: writer.span)
        value = try append(.add, [from, way], at: writer.span)
        if case .slot(let slot, _) = value, list.name(slot) == nil { list.setName(slot, name) }
      case .tuple: continue
      }
      scopes[scope].layers[layer].values[name] = value
    }
  }

  /// Writes the condition of a `while` as a list of its own with the same parameters.
  private mutating func writeCondition(
    _ writer: inout LoopWriter, _ node: Node, _ tree: Tree
  ) throws(Refusal) {
    let body = frames.removeLast()
    frames.append(Frame(.condition))
    for carried in writer.carried {
      for parameter in carried.parameters {
        _ = list.appendParameter(shape: body.list.shape(parameter))
      }
    }
    // The parameters are the first entries of both lists, so the names stand for both.
    let slot = try single(try lower(node, in: tree), at: tree.span(node))
    guard list.shape(slot).count == 1 else {
      throw Refusal(diagnostic: .conditionIsArray(list.shape(slot), at: tree.span(node)))
    }
    list.results = [slot]
    writer.condition = frames.removeLast()
    frames.append(body)
  }

  /// The names that the body binds first, which keep the value of the last turn.
  private mutating func firstBound(_ writer: LoopWriter, layer: Int) -> [(Symbol, Value)] {
    let bound = scopes[scope].layers[layer]
    var known = NameSet(isMarked: bound.order.count > 1000)
    for name in writer.header.names + writer.carried.compactMap(\.name) { _ = known.insert(name) }
    var found: [(Symbol, Value)] = []
    for name in bound.order where !known.contains(name) {
      if let (slot, isPlain) = bound.values.slot(name), isPlain {
        found.append((name, .slot(slot, depth: depth)))
        continue
      }
      guard let value = bound.values[name] else { continue }
      var inside: [Value] = []
      for leaf in value.leaves {
        // A parameter is handed over at the end of a turn, so its value is kept by a copy.
        guard let slot = try? use(leaf.slot, depth: leaf.depth, at: writer.span) else { continue }
        guard list[slot].code == Code.parameter,
          let copy = try? list.appendUnshared(.copy, [slot])
        else {
          inside.append(.slot(slot, depth: depth))
          continue
        }
        inside.append(.slot(copy, depth: depth))
      }
      var leaves = inside[...]
      found.append((name, value.replacing(&leaves)))
    }
    return found
  }

  /// Makes the entry from the written body, and binds what it gives.
  private mutating func finish(
    _ writer: LoopWriter, _ frame: inout Frame, _ first: [(Symbol, Value)]
  ) throws(Refusal) {
    try checkGradients(writer, frame)
    var roots: [Slot] = []
    for (_, value) in first {
      if case .slot(let slot, _) = value {
        roots.append(slot)
      } else {
        roots += value.leaves.map(\.slot)
      }
    }
    var body = List()
    swap(&body, &frame.list)
    let places = body.prune(roots)
    var condition = writer.condition
    var outer = frame.captureOrder
    for slot in condition?.captureOrder ?? [] where !outer.contains(slot) { outer.append(slot) }
    let reads = body.readParameterSlots
    let kept = outer.filter { slot in
      condition?.captured[slot] != nil
        || frame.captured[slot].map { reads.contains(places[$0.place]) } ?? false
    }
    let captures = kept.map { slot in
      frame.captured[slot].map { places[$0.place] }
        ?? body.appendParameter(shape: list.shape(slot))
    }
    let carriedParameters = writer.carried.flatMap(\.parameters).map { places[$0.place] }
    body.keepParameters(
      carriedParameters + writer.walkParameters.map { places[$0.place] } + captures
        + [places[writer.turn.place]])
    if var frame = condition {
      let parameters = kept.map { slot in
        frame.captured[slot] ?? frame.list.appendParameter(shape: list.shape(slot))
      }
      frame.list.keepParameters(
        Array(frame.list.parameters[..<carriedParameters.count]) + parameters)
      condition = frame
    }
    let starts = try starts(writer, body, carriedParameters)
    list.span = writer.span
    let count = condition == nil ? [writer.header.count ?? list.appendNumber(0)] : []
    let slot = list.appendStructure(
      Code.loop, count + starts + writer.walks + kept,
      .loop(
        Loop(
          body: body, condition: condition?.list, carried: carriedParameters.count,
          walks: writer.walks.count, captures: kept.count)))
    bindParts(of: slot, writer, body, first, places)
  }

  /// What the carried values start from, stretched where the body makes them arrays.
  private mutating func starts(
    _ writer: LoopWriter, _ body: List, _ parameters: [Slot]
  ) throws(Refusal) -> [Slot] {
    var starts: [Slot] = []
    for (leaf, parameter) in zip(writer.carried.flatMap(\.leaves), parameters) {
      var start = try use(leaf.slot, depth: leaf.depth, at: writer.span)
      if list.shape(start) != body.shape(parameter) {
        start = try single(
          try append(.broadcast, [start], body.shape(parameter).extents, at: writer.span),
          at: writer.span)
      }
      starts.append(start)
    }
    return starts
  }

  private mutating func bindParts(
    of loop: Slot, _ writer: LoopWriter, _ body: List, _ first: [(Symbol, Value)], _ places: [Slot]
  ) {
    var index = 0
    for carried in writer.carried {
      var finals: [Value] = []
      for _ in carried.parameters {
        let shape = body.shape(body.parameters[index])
        finals.append(
          .slot(list.appendPart(Code.final, of: loop, index, shape: shape), depth: depth))
        index += 1
      }
      guard let name = carried.name else {
        frames[depth].stream = finals.first?.leaves.first?.slot
        continue
      }
      var leaves = finals[...]
      bindEntry(name, carried.start.replacing(&leaves), at: writer.span)
    }
    list.reserve(first.count)
    for (name, value) in first {
      if case .slot(let slot, _) = value {
        let place = places[slot.place]
        let part = list.appendPart(Code.last, of: loop, place.place, shape: body.shape(place))
        bindEntry(name, .slot(part, depth: depth), at: writer.span)
        continue
      }
      let parts = value.leaves.map { leaf in
        let place = places[leaf.slot.place]
        return Value.slot(
          list.appendPart(Code.last, of: loop, place.place, shape: body.shape(place)),
          depth: depth)
      }
      var leaves = parts[...]
      bindEntry(name, value.replacing(&leaves), at: writer.span)
    }
  }

  /// Refuses a gradient inside the body that depends on its input also through carried values.
  private func checkGradients(_ writer: LoopWriter, _ frame: Frame) throws(Refusal) {
    for gradient in frame.gradients {
      let body = frame.list
      let parameters = writer.carried.flatMap(\.parameters)
      var targets = [gradient.input]
      let outer = frame.captured.first { $0.value == gradient.input }?.key
      let outside = outer.map { Activity(list, targets: [$0], end: list.count) }
      for (leaf, parameter) in zip(writer.carried.flatMap(\.leaves), parameters)
      where leaf.depth == depth && outside?[leaf.slot] == true {
        targets.append(parameter)
      }
      while true {
        let inside = Activity(body, targets: targets, end: body.count)
        let reached = zip(parameters, body.results).filter { parameter, result in
          inside[result] && !targets.contains(parameter)
        }
        if reached.isEmpty { break }
        targets += reached.map(\.0)
      }
      let through = targets.dropFirst().filter { parameter in
        Activity(body, targets: [parameter], end: body.count)[gradient.output]
      }
      guard let first = through.first else { continue }
      let name = body.name(first).map { symbols[$0] } ?? "a carried value"
      throw Refusal(
        diagnostic: .gradientThroughCarried(gradient.name, name, at: gradient.span))
    }
  }
}

extension List {
  /// The parameters that an entry or a result reads.
  var readParameterSlots: Set<Slot> { Set(readParameters.map { parameters[$0] }) }
}
