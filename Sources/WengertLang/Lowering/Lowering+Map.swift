/// `map(f, xs)`: a loop that stacks its results, and carries the stream where f draws.
extension Lowering {
  mutating func map(
    _ function: Function, over walked: Value, at span: Span
  ) throws(Refusal) -> Value {
    if case .tuple(let parts) = walked {
      var results: [Value] = []
      for part in parts {
        results.append(try call(function, with: [part], in: Tree(file: 0), at: span))
      }
      return .tuple(results)
    }
    let array = try single(walked, at: span)
    guard !list.shape(array).isScalar else { throw Refusal(diagnostic: .notWalkable(at: span)) }
    // Only when it is written is it seen whether the function draws.
    if let value = try map(function, over: array, from: nil, at: span) { return value }
    let stream = streamPlace()
    let start = try use(stream.slot, depth: stream.depth, at: span)
    guard let value = try map(function, over: array, from: start, at: span) else {
      throw Refusal(diagnostic: .notWalkable(at: span))
    }
    return value
  }

  /// Writes the loop; nil where the function draws, and there is no stream to draw from.
  private mutating func map(
    _ function: Function, over array: Slot, from start: Slot?, at span: Span
  ) throws(Refusal) -> Value? {
    let starts = start.map { [$0] } ?? []
    frames.append(Frame(.body))
    var isOpen = true
    defer { if isOpen { frames.removeLast() } }
    let carried = starts.map { _ in list.appendParameter(shape: RandomStream.shape) }
    frames[depth].stream = carried.first
    let element = list.appendParameter(shape: frames[depth - 1].list.shape(array).element)
    let turn = list.appendParameter(shape: .scalar)
    let value = try call(
      function, with: [.slot(element, depth: depth)], in: Tree(file: 0), at: span)
    let stream = frames[depth].stream
    if start == nil, stream != nil { return nil }
    list.results = [stream, try single(value, at: span)].compactMap { $0 }
    let frame = frames.removeLast()
    isOpen = false
    var body = List()
    let places = frame.list.pruned(into: &body, roots: [])
    body.keepParameters(
      (carried + [element] + frame.captureOrder.compactMap { frame.captured[$0] } + [turn])
        .map { places[$0.place] })
    let extent = list.shape(array)[0]
    list.span = span
    let loop = list.appendStructure(
      Code.loop, [list.appendNumber(Double(extent))] + starts + [array] + frame.captureOrder,
      .loop(
        Loop(
          body: body, carried: carried.count, walks: 1, captures: frame.captureOrder.count,
          stacks: 1)))
    if start != nil {
      frames[depth].stream = list.appendPart(Code.final, of: loop, 0, shape: RandomStream.shape)
    }
    let shape = Shape([extent] + body.shape(body.results[carried.count]).extents)
    guard shape.checkedCount != nil else {
      throw Refusal(diagnostic: .tooLarge(Int.max, limit: limits.memory, at: span))
    }
    return .slot(list.appendPart(Code.stacked, of: loop, 0, shape: shape), depth: depth)
  }
}
