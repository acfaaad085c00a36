/// Loops: one entry whose body is written once, or written out where the turns differ.
extension Lowering {
  /// What a loop walks over.
  struct Header {
    enum Source {
      /// `first + step · turn`
      case range(first: Slot, step: Slot)
      /// One element of an array for each turn.
      case array(Slot)
      /// One entry of a tuple for each turn: such a loop is written out.
      case tuple([Value])
    }
    var names: [Symbol] = []
    var sources: [Source] = []
    /// How many turns it takes; nil for `while`.
    var count: Slot?
    /// What decides whether there is another turn.
    var condition: Node?
  }

  mutating func lowerFor(
    _ names: [Node], _ over: [Node], _ body: Node, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    guard names.count == over.count else {
      throw Refusal(diagnostic: .targetCount(names.count, over.count, at: span))
    }
    var header = Header()
    for node in names {
      if case .name(let name) = tree.expression(node) { header.names.append(name) }
    }
    for node in over {
      let (source, count) = try source(node, tree)
      header.sources.append(source)
      if let known = header.count, let a = try staticNumber(known, depth: depth),
        let b = try staticNumber(count, depth: depth), a != b
      {
        throw Refusal(diagnostic: .walkLengths(a, b, at: span))
      }
      header.count = header.count ?? count
    }
    try lowerLoop(header, body, span, tree)
  }

  mutating func lowerRepeat(
    _ count: Node, _ body: Node, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    let slot = try single(try lower(count, in: tree), at: tree.span(count))
    guard list.shape(slot).isScalar else {
      throw Refusal(diagnostic: .numberNeeded(list.shape(slot), at: tree.span(count)))
    }
    try lowerLoop(Header(count: slot), body, span, tree)
  }

  mutating func lowerWhile(
    _ condition: Node, _ body: Node, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    try lowerLoop(Header(condition: condition), body, span, tree)
  }

  /// What stands behind `in`, and how many turns it makes.
  private mutating func source(
    _ node: Node, _ tree: Tree
  ) throws(Refusal) -> (source: Header.Source, count: Slot) {
    let span = tree.span(node)
    if case .range(let from, let to, let by) = tree.expression(node) {
      let first = try single(try lower(from, in: tree), at: span)
      let last = try single(try lower(to, in: tree), at: span)
      let step =
        try by.map { by throws(Refusal) in
          try single(try lower(by, in: tree), at: span)
        } ?? list.appendNumber(1)
      for slot in [first, last, step] where !list.shape(slot).isScalar {
        throw Refusal(diagnostic: .numberNeeded(list.shape(slot), at: span))
      }
      return (.range(first: first, step: step), try turns(first, last, step, at: span))
    }
    let value = try lower(node, in: tree)
    if case .tuple(let parts) = value {
      return (.tuple(parts), list.appendNumber(Double(parts.count)))
    }
    let slot = try single(value, at: span)
    guard let extent = list.shape(slot).extents.first else {
      throw Refusal(diagnostic: .notWalkable(at: span))
    }
    return (.array(slot), list.appendNumber(Double(extent)))
  }

  /// How many turns a range makes: a number where its ends are known, entries elsewhere.
  private mutating func turns(
    _ first: Slot, _ last: Slot, _ step: Slot, at span: Span
  ) throws(Refusal) -> Slot {
    if let a = list.number(first), let b = list.number(last), let s = list.number(step) {
      guard let count = Lowering.turns(from: a, to: b, by: s) else {
        throw Refusal(diagnostic: .badRange(a, b, s, at: span))
      }
      return list.appendNumber(Double(count))
    }
    func write(_ row: String, _ operands: [Slot], _ me: inout Lowering) throws(Refusal) -> Slot {
      try me.single(
        try me.append(try me.row(named: row, at: span), operands, at: span), at: span)
    }
    let length = try write("sub", [last, first], &self)
    let steps = try write("div", [length, step], &self)
    let near = try write("add", [steps, list.appendNumber(1 + 1e-9)], &self)
    let whole = try write("floor", [near], &self)
    return try write("max", [whole, list.appendNumber(0)], &self)
  }

  /// How often a body is written again because numbers that it carries become arrays.
  private static let stretchingRounds = 8

  /// Writes a loop as one entry; written out where its turns differ.
  private mutating func lowerLoop(
    _ header: Header, _ body: Node, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    let isWrittenOut = header.sources.contains { if case .tuple = $0 { true } else { false } }
    guard !isWrittenOut else { return try writeOut(header, body, nil, span, tree) }
    let warned = warnings.count
    var stretched: [Slot: Shape] = [:]
    var draws = drawingBodies.contains(tree.span(body))
    var rounds = 0
    while true {
      do throws(Refusal) {
        var writer = LoopWriter(header: header, span: span, stretched: stretched, draws: draws)
        if let wider = try write(&writer, body, tree) {
          draws = writer.draws
          if draws { drawingBodies.insert(tree.span(body)) }
          rounds += 1
          guard rounds <= Lowering.stretchingRounds else {
            throw Refusal(diagnostic: .shapesGrow(at: span), asksForTurns: true)
          }
          stretched.merge(wider) { $1 }
          warnings.removeSubrange(warned...)
          continue
        }
        return
      } catch {
        warnings.removeSubrange(min(warned, warnings.count)...)
        guard error.asksForTurns else { throw error }
        return try writeOut(header, body, error, span, tree)
      }
    }
  }

  /// Writes every turn for itself.
  private mutating func writeOut(
    _ header: Header, _ body: Node, _ reason: Refusal?, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    guard let count = header.count, let turns = try staticNumber(count, depth: depth) else {
      guard let reason else {
        throw Refusal(diagnostic: .notKnownYet(at: span), asksForTurns: true)
      }
      throw reason
    }
    guard !(turns > Double(limits.writtenTurns)) else {
      throw Refusal(diagnostic: .tooManyTurns(turns, limits.writtenTurns, at: span))
    }
    guard let whole = Int(exactly: turns), whole >= 0 else {
      throw Refusal(diagnostic: .fault(Fault(.count(turns), at: span), in: self))
    }
    let layer = scopes[scope].layers.count - 1
    let hidden = header.names.map { scopes[scope].layers[layer].values[$0] }
    for turn in 0..<whole {
      try checkGrowth(at: span)
      for (name, source) in zip(header.names, header.sources) {
        let element = try element(source, turn, at: span)
        scopes[scope].layers[layer].bind(name, ofItsOwn(element, for: name, at: span))
      }
      try lower(block: body, in: tree)
    }
    for (name, value) in zip(header.names, hidden) {
      scopes[scope].layers[layer].values[name] = value
      if value == nil { scopes[scope].layers[layer].forget(name) }
    }
  }

  private mutating func element(
    _ source: Header.Source, _ turn: Int, at span: Span
  ) throws(Refusal) -> Value {
    switch source {
    case .tuple(let parts): return parts[turn]
    case .array(let slot):
      return try append(.gather, [slot, list.appendNumber(Double(turn))], [0], at: span)
    case .range(let first, let step):
      guard let a = try staticNumber(first, depth: depth),
        let s = try staticNumber(step, depth: depth)
      else { throw Refusal(diagnostic: .notKnownYet(at: span), asksForTurns: true) }
      return number(a + s * Double(turn))
    }
  }

  /// The names that a block binds, in order, bodies inside it included.
  func assignedNames(_ node: Node, _ tree: Tree) -> [Symbol] {
    var names: [Symbol] = []
    var seen = NameSet()
    func target(_ node: Node) {
      switch tree.expression(node) {
      case .name(let name): if seen.insert(name) { names.append(name) }
      case .index(let base, _): target(base)
      default: return
      }
    }
    func visit(_ node: Node) {
      switch tree.statement(node) {
      case .plain(let plain):
        let name = Symbol(index: plain.target)
        if seen.insert(name) { names.append(name) }
      case .bind(let targets, _): for group in targets { tree[group].forEach(target) }
      case .update(let name, _, _): target(name)
      case .block(let statements):
        for place in 0..<statements.count { visit(tree.node(statements, place)) }
      case .minimize(let parts):
        tree[parts.over].forEach(target)
        target(parts.objective)
      case .forLoop(_, _, let body), .repeatLoop(_, let body), .whileLoop(_, let body): visit(body)
      case .ifElse(_, let then, let otherwise):
        visit(then)
        otherwise.map(visit)
      default: return
      }
    }
    visit(node)
    return names
  }
}
