/// How statements with many parts lie in `children`; each reader stands below its builder.
extension Tree {
  /// Adds `a = value`: the two nodes in a row, `detail` 1.
  mutating func addSimpleBinding(_ target: Node, _ value: Node, _ start: UInt32, _ end: UInt32)
    -> Node
  {
    let place = Int32(truncatingIfNeeded: children.count)
    children.append(target.index)
    children.append(value.index)
    return add(.bind, start, end, detail: 1, a: place)
  }

  /// Adds any other binding: counted lists, `b` of them, the values last.
  mutating func addBinding(_ groups: [ArraySlice<Int32>], _ start: UInt32, _ end: UInt32) -> Node {
    let place = Int32(truncatingIfNeeded: children.count)
    for group in groups { _ = addCounted(group) }
    return add(.bind, start, end, a: place, b: Int32(truncatingIfNeeded: groups.count))
  }

  func binding(_ record: Record) -> Statement {
    let place = record.a
    if record.detail == 1 {
      return .bind(
        targets: [Nodes(start: place, end: place + 1)],
        values: Nodes(start: place + 1, end: place + 2))
    }
    var targets: [Nodes] = []
    var values = counted(at: place)
    for _ in 1..<max(1, Int(record.b)) {
      targets.append(values)
      values = counted(at: values.end)
    }
    return .bind(targets: targets, values: values)
  }

  /// Adds a function: `a` is its name; a counted list of parameters, the span of the name, then the
  /// body: a block (`detail` 1) or a counted list of results.
  mutating func addFunction(
    _ name: Symbol, at token: Token, parameters: ArraySlice<Int32>, block: Node?,
    results: ArraySlice<Int32>, _ start: UInt32, _ end: UInt32
  ) -> Node {
    let place = addCounted(parameters)
    children.append(Int32(bitPattern: token.start))
    children.append(Int32(bitPattern: token.end))
    if let block { children.append(block.index) } else { _ = addCounted(results) }
    return add(.function, start, end, detail: block == nil ? 0 : 1, a: name.index, b: place)
  }

  func function(_ record: Record) -> Statement {
    let parameters = counted(at: record.b)
    let span = span(at: parameters.end)
    let body: FunctionBody =
      record.detail == 1
      ? .block(Node(index: children[Int(parameters.end) + 2]))
      : .results(counted(at: parameters.end + 2))
    return .function(
      Symbol(index: record.a), nameSpan: span, parameters: parameters, body: body)
  }

  /// The span whose two offsets lie at a place of `children`.
  private func span(at place: Int32) -> Span {
    let start = UInt32(bitPattern: children[Int(place)])
    let end = UInt32(bitPattern: children[Int(place) + 1])
    return Span(Int(start), Int(end), file: file)
  }

  /// `a` is the place of pairs, `b` how many: a name and its shape or -1.
  func inputs(_ record: Record) -> Statement {
    .inputs(
      (0..<max(0, record.b)).map { pair in
        let place = Int(record.a + 2 * pair)
        return (Node(index: children[place]), optional(children[place + 1]))
      })
  }

  /// Adds a rule: `a` is its name; the parameters, the value, whether it is unchecked, then five
  /// numbers for each part.
  mutating func addRule(
    _ name: Symbol, parameters: ArraySlice<Int32>, value: Node, parts: [RulePart],
    isUnchecked: Bool, _ start: UInt32, _ end: UInt32
  ) -> Node {
    let place = addCounted(parameters)
    children.append(value.index)
    children.append(isUnchecked ? 1 : 0)
    children.append(Int32(truncatingIfNeeded: parts.count))
    for part in parts {
      children.append(part.isBar ? 1 : 0)
      children.append(part.parameter.index)
      children.append(Int32(bitPattern: part.parameterSpan.start))
      children.append(Int32(bitPattern: part.parameterSpan.end))
      children.append(part.value.index)
    }
    return add(.rule, start, end, a: name.index, b: place)
  }

  func rule(_ record: Record) -> Statement {
    let parameters = counted(at: record.b)
    let value = Node(index: children[Int(parameters.end)])
    let parts = (0..<children[Int(parameters.end) + 2]).map { number in
      let place = parameters.end + 3 + 5 * number
      return RulePart(
        isBar: children[Int(place)] == 1, parameter: Symbol(index: children[Int(place) + 1]),
        parameterSpan: span(at: place + 2), value: Node(index: children[Int(place) + 4]))
    }
    return .rule(
      RuleStatement(
        name: Symbol(index: record.a), parameters: parameters, value: value, parts: parts,
        isUnchecked: children[Int(parameters.end) + 1] == 1))
  }

  /// Adds a `minimize`: objective, optimizer, steps; size, count, count of saves and path (or -1);
  /// then the four lists.
  mutating func addMinimize(
    _ single: [Int32], _ lists: [[Int32]], _ start: UInt32, _ end: UInt32
  ) -> Node {
    let place = Int32(truncatingIfNeeded: children.count)
    children.append(contentsOf: single)
    for list in lists { _ = addCounted(list[...]) }
    return add(.minimize, start, end, a: place)
  }

  func minimize(_ record: Record) -> Statement {
    let place = Int(record.a)
    let over = counted(at: record.a + 8)
    let arguments = counted(at: over.end)
    let names = counted(at: arguments.end)
    let items = counted(at: names.end)
    return .minimize(
      Minimize(
        objective: Node(index: children[place]), over: over,
        optimizer: Symbol(index: children[place + 1]), arguments: arguments,
        batch: optional(children[place + 3]).map { ($0, names) },
        steps: Node(index: children[place + 2]),
        every: optional(children[place + 4]).map { ($0, items) },
        save: optional(children[place + 5]).map { ($0, Node(index: children[place + 6])) },
        from: optional(children[place + 7])))
  }

  /// Adds a command: the span of its word, the file of `to` or -1, operands, `wrt`, `at`, then the
  /// options, each a word and its values.
  mutating func addCommand(
    _ word: Symbol, at token: Token, to file: Node?, lists: [[Int32]],
    options: [(Symbol, [Int32])], _ start: UInt32, _ end: UInt32
  ) -> Node {
    let place = Int32(truncatingIfNeeded: children.count)
    children.append(Int32(bitPattern: token.start))
    children.append(Int32(bitPattern: token.end))
    children.append(file?.index ?? -1)
    for list in lists { _ = addCounted(list[...]) }
    children.append(Int32(truncatingIfNeeded: options.count))
    for (word, values) in options {
      children.append(word.index)
      _ = addCounted(values[...])
    }
    return add(.command, start, end, a: word.index, b: place)
  }

  func command(_ record: Record) -> Statement {
    let operands = counted(at: record.b + 3)
    let wrt = counted(at: operands.end)
    let at = counted(at: wrt.end)
    var place = at.end + 1
    let options = (0..<children[Int(at.end)]).map { _ in
      let values = counted(at: place + 1)
      defer { place = values.end }
      return (word: Symbol(index: children[Int(place)]), values: values)
    }
    return .command(
      Command(
        word: Symbol(index: record.a), wordSpan: span(at: record.b), operands: operands, wrt: wrt,
        at: at, to: optional(children[Int(record.b) + 2]), options: options))
  }
}
