/// Draws: inputs at top level; inside of loops and branches entries that a stream goes through.
///
/// Every list that is being written has its stream (`Frame.stream`), nil while it has drawn
/// nothing. A body that has one at its end carries it.
extension Lowering {
  /// Draws numbers: now where the list runs once, when its turn runs in a body.
  mutating func draw(
    _ draw: Draw, _ shape: Shape, bounds: [Slot] = [], at span: Span
  ) throws(Refusal) -> Value {
    guard drawsNow else { return try drawInBody(draw, shape, bounds, at: span) }
    var numbers: [Double] = []
    for bound in bounds {
      guard let number = try staticNumber(bound, depth: depth) else {
        throw Refusal(diagnostic: .numberNeeded(list.shape(bound), at: span))
      }
      numbers.append(number)
    }
    try catchUp(at: span)
    list.span = span
    do {
      let elements = try stream.draw(draw, shape.count, bounds: numbers)
      return .slot(
        list.appendData(elements, shape: shape, isInput: frames[depth].kind == .program),
        depth: depth)
    } catch {
      var fault = error
      fault.span = span
      throw Refusal(diagnostic: .fault(fault, in: self))
    }
  }

  /// Begins the stream of a seed.
  mutating func seed(_ value: Value, at span: Span) throws(Refusal) {
    let seed = try single(value, at: span)
    guard list.shape(seed).isScalar else {
      throw Refusal(diagnostic: .numberNeeded(list.shape(seed), at: span))
    }
    guard drawsNow else {
      try refuseInRules(at: span)
      frames[depth].stream = try single(try append(.seeded, [seed], at: span), at: span)
      return
    }
    guard let number = try staticNumber(seed, depth: depth) else {
      throw Refusal(diagnostic: .notKnownYet(at: span))
    }
    guard RandomStream.isSeed(number) else {
      throw Refusal(diagnostic: .notASeed(number, at: span))
    }
    stream = RandomStream(seed: number)
    frames[0].stream = nil
  }

  /// Whether numbers are drawn while the list is written: it runs once.
  private var drawsNow: Bool { depth == 0 || frames[depth].kind == .value }

  /// Lets the stream go on where the program's loops and branches left it.
  private mutating func catchUp(at span: Span) throws(Refusal) {
    guard let left = frames[0].stream else { return }
    try flush()
    guard let view = values.view(left, in: program), let caughtUp = RandomStream(view.array) else {
      throw Refusal(diagnostic: .streamWaits(at: span))
    }
    stream = caughtUp
    frames[0].stream = nil
  }

  private func refuseInRules(at span: Span) throws(Refusal) {
    guard !frames.contains(where: { $0.kind == .rule }) else {
      throw Refusal(diagnostic: .ruleDraws(at: span))
    }
    guard frames[depth].kind != .condition else {
      throw Refusal(diagnostic: .conditionDraws(at: span))
    }
  }

  private mutating func drawInBody(
    _ draw: Draw, _ shape: Shape, _ bounds: [Slot], at span: Span
  ) throws(Refusal) -> Value {
    try refuseInRules(at: span)
    let (before, from) = streamPlace()
    let stream = try use(before, depth: from, at: span)
    let packed = try single(
      try append(draw.row, [stream] + bounds, [shape.count], at: span), at: span)
    frames[depth].stream = try single(try append(.streamAfter, [packed], at: span), at: span)
    return try append(.drawn, [packed], shape.extents, at: span)
  }

  /// The slot of the stream here, and the depth that it lives at; made where nothing was drawn yet.
  mutating func streamPlace() -> (slot: Slot, depth: Int) {
    for depth in frames.indices.reversed() {
      if let stream = frames[depth].stream { return (stream, depth) }
    }
    let slot = frames[0].list.appendData(
      stream.elements, shape: RandomStream.shape, isInput: false)
    frames[0].stream = slot
    return (slot, 0)
  }

  /// Whether a formula draws, or begins a stream.
  func draws(_ node: Node, _ tree: Tree) -> Bool {
    tree.formulaContains(node) { part in
      guard case .call(let callee, _) = tree.expression(part),
        case .name(let name) = tree.expression(callee)
      else { return false }
      return isDraw(name)
    }
  }

  /// Takes the draws of a statement from the stream, and nothing else of it.
  mutating func skipDraws(of statement: Node, in tree: Tree) throws(Refusal) {
    var copy = self
    try copy.lower(statement: statement, in: tree)
    if copy.frames[0].stream != nil { try copy.catchUp(at: tree.span(statement)) }
    stream = copy.stream
  }

  /// Whether a name stands for a draw before `(`.
  func isDraw(_ name: Symbol) -> Bool {
    findFunction(name) == nil && Form.all[symbols[name]]?.isDraw ?? false
  }
}
