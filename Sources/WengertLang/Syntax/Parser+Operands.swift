/// What formulas are made of: literals, names, brackets, calls, indices.
extension Parser {
  /// Reads postfix = primary { "(" args ")" | "[" indices "]" | "'" | ".T" | "." NAME "(" args ")"
  /// }.
  mutating func postfix(_ primary: Node) throws(Interruption) -> Node {
    var base = primary
    while true {
      switch current.kind {
      case .leftParen:
        guard isCallable(base) else { throw failure(notCallable(base)) }
        base = try call(base)
      case .leftBracket: base = try index(base)
      case .prime: base = try primes(base)
      case .dot: base = try member(base)
      default: return base
      }
      if tree.height(base) > Tree.maximumHeight { throw tooLong() }
    }
  }

  /// Reads primary = NUMBER | STRING | NAME | "(" … ")" | "[" exprs "]".
  mutating func primary() throws(Interruption) -> Node {
    let token = current
    switch token.kind {
    case .name:
      advance()
      return nameNode(token)
    case .number:
      advance()
      tree.numbers.append(number(token))
      return tree.add(
        .number, token.start, token.end, a: Int32(truncatingIfNeeded: tree.numbers.count - 1))
    case .string:
      advance()
      tree.strings.append(string(token))
      return tree.add(
        .string, token.start, token.end, a: Int32(truncatingIfNeeded: tree.strings.count - 1))
    case .starred:
      advance()
      let name = symbol(from: Int(token.start), to: Int(token.end) - 1)
      let mark = pending.count
      let height = try arguments()
      defer { pending.removeLast(pending.count - mark) }
      return tree.add(
        .starredCall, token.start, lastEnd, a: name.index, list: pending[mark...], height: height)
    case .leftParen: return try parenthesized()
    case .leftBracket: return try array()
    case .prime: throw failure(.strayPrime(at: span(token)))
    default: throw unexpected("a formula")
    }
  }

  // MARK: Calls

  private func isCallable(_ node: Node) -> Bool {
    switch tree.records[Int(node.index)].kind {
    case .name, .derivative, .call: tree.height(node) <= Tree.maximumHeight
    default: false
    }
  }

  private func notCallable(_ node: Node) -> Diagnostic {
    .notCallable(text(node), at: tree.span(node), bracket: span(current))
  }

  private mutating func call(_ callee: Node) throws(Interruption) -> Node {
    let mark = pending.count
    let height = max(try arguments(), tree.height(callee) + 1)
    defer { pending.removeLast(pending.count - mark) }
    return tree.add(
      .call, tree.records[Int(callee.index)].start, lastEnd, a: callee.index,
      list: pending[mark...], height: height)
  }

  /// Reads `( … )` with named arguments, and leaves the nodes in `pending`; one more than the
  /// height of the highest.
  private mutating func arguments() throws(Interruption) -> UInt16 {
    let mark = pending.count
    let height = try bracketed(.rightParen, expected: "`,` or `)`") {
      (parser) throws(Interruption) in
      let node = try parser.formula()
      guard parser.current.kind == .assign else { return node }
      guard parser.tree.records[Int(node.index)].kind == .name else {
        throw parser.failure(.namedArgument(at: parser.span(parser.current)))
      }
      parser.advance()
      let value = try parser.formula()
      let record = parser.tree.records[Int(node.index)]
      return parser.tree.add(
        .named, record.start, parser.lastEnd, a: record.a, b: value.index,
        height: parser.tree.height(value))
    }.height
    try refuseSecondValues(pending[mark...])
    return height
  }

  /// Refuses a second value for a name: of `sum(A, axis = 0, axis = 1)` one would not be read.
  mutating func refuseSecondValues(_ nodes: ArraySlice<Int32>) throws(Interruption) {
    var seen: Set<Int32> = []
    for node in nodes {
      let record = tree.records[Int(node)]
      guard record.kind == .named, !seen.insert(record.a).inserted else { continue }
      let name = symbols[Symbol(index: record.a)]
      let start = Int(record.start)
      throw failure(.repeated(name, at: Span(start, start + name.utf8.count, file: file)))
    }
  }

  /// Reads a bracket with elements between commas, and leaves their nodes in `pending`.
  ///
  /// A comma may stand behind the last.
  private mutating func bracketed(
    _ closing: Token.Kind, expected: String, inIndex: Bool = false, inArray: Bool = false,
    element: (inout Parser) throws(Interruption) -> Node
  ) throws(Interruption) -> (height: UInt16, trailingComma: Bool) {
    let open = current
    try descend()
    let (wasInIndex, wasInArray, mark) = (isInIndex, isInArray, pending.count)
    var (height, comma) = (UInt16(0), false)
    do throws(Interruption) {
      advance()
      (isInIndex, isInArray) = (inIndex, inArray)
      while current.kind != closing {
        heed()
        let node = try element(&self)
        pending.append(node.index)
        height = max(height, tree.height(node))
        comma = current.kind == .comma
        if !comma { break }
        advance()
      }
      try close(open, closing, expected: expected)
    } catch {
      pending.removeLast(pending.count - mark)
      (depth, isInIndex, isInArray) = (depth - 1, wasInIndex, wasInArray)
      throw error
    }
    (depth, isInIndex, isInArray) = (depth - 1, wasInIndex, wasInArray)
    return (height + 1, comma)
  }

  // MARK: Brackets

  /// Reads `(a)`, `(a, b)`, `(a,)`, `()`; the place of `(a)` takes the brackets in.
  private mutating func parenthesized() throws(Interruption) -> Node {
    let start = current.start
    let mark = pending.count
    let (height, comma) = try bracketed(.rightParen, expected: "`,` or `)`") {
      (parser) throws(Interruption) in try parser.formula()
    }
    defer { pending.removeLast(pending.count - mark) }
    if pending.count == mark + 1, !comma {
      let inner = Int(pending[mark])
      tree.records[inner].start = start
      tree.records[inner].end = lastEnd
      return Node(index: pending[mark])
    }
    if height > Tree.maximumHeight { throw tooLong() }
    let nodes = tree.add(pending[mark...])
    return tree.add(.tuple, start, lastEnd, a: nodes.start, b: nodes.end, height: height)
  }

  private mutating func array() throws(Interruption) -> Node {
    let start = current.start
    let mark = pending.count
    let (height, _) = try bracketed(.rightBracket, expected: "`,` or `]`", inArray: true) {
      (parser) throws(Interruption) in try parser.formula()
    }
    defer { pending.removeLast(pending.count - mark) }
    if height > Tree.maximumHeight { throw tooLong() }
    let nodes = tree.add(pending[mark...])
    return tree.add(.array, start, lastEnd, a: nodes.start, b: nodes.end, height: height)
  }

  // MARK: Indices

  private mutating func index(_ base: Node) throws(Interruption) -> Node {
    refuseDerivatives(base, base)
    let mark = pending.count
    let open = current
    let (height, _) = try bracketed(.rightBracket, expected: "`,` or `]`", inIndex: true) {
      (parser) throws(Interruption) in
      try parser.oneIndex(base, isFirst: parser.pending.count == mark)
    }
    defer { pending.removeLast(pending.count - mark) }
    if pending.count == mark { throw failure(.emptyIndex(text(base), at: span(open))) }
    return tree.add(
      .index, tree.records[Int(base.index)].start, lastEnd, a: base.index, list: pending[mark...],
      height: max(height, tree.height(base) + 1))
  }

  /// Reads index = expr | [sum] ".." [sum] ["by" sum].
  private mutating func oneIndex(_ base: Node, isFirst: Bool) throws(Interruption) -> Node {
    let start = current.start
    var from: Node?
    if current.kind != .dotDot, current.kind != .colon { from = try formula() }
    if current.kind == .colon { return try colonSlice(base, from, start, isFirst) }
    guard current.kind == .dotDot else { return from ?? tree.add(.erroneous, start, start) }
    goOverDots(behind: from)
    let to = endsSlice ? nil : try formula(Rank.sum)
    var by: Node?
    if take(word: "by") { by = try formula(Rank.sum) }
    if current.kind == .dotDot { throw failure(.chainedRange(at: span(current))) }
    return slice(from, to, by, start)
  }

  /// Whether a slice has no second end: it closes here, or `by` follows.
  private var endsSlice: Bool {
    switch current.kind {
    case .comma, .rightBracket, .dotDot: return true
    case .name:
      guard isWord("by") else { return false }
      var ahead = lexer
      let next = ahead.next()
      return next.beginsStep(before: ahead.next())
    default: return false
    }
  }

  private mutating func slice(_ from: Node?, _ to: Node?, _ by: Node?, _ start: UInt32) -> Node {
    let parts = [from, to, by].compactMap { $0 }
    let height = (parts.map { tree.height($0) }.max() ?? 0) + 1
    guard let by else {
      return tree.add(
        .slice, start, lastEnd, a: from?.index ?? -1, b: to?.index ?? -1, height: height)
    }
    return tree.add(
      .slice, start, lastEnd, detail: 1, a: from?.index ?? -1,
      b: tree.add([to?.index ?? -1, by.index]).start, height: height)
  }

  /// `a:b:c` as other languages write it: read for the sake of the message.
  private mutating func colonSlice(
    _ base: Node, _ from: Node?, _ start: UInt32, _ isFirst: Bool
  ) throws(Interruption) -> Node {
    let colon = current
    var parts: [Node?] = [from]
    while take(.colon) {
      let ends = [.comma, .rightBracket, .colon].contains(current.kind)
      parts.append(ends ? nil : try formula(Rank.sum))
    }
    let spelled = parts.map { $0.map { text($0) } }
    report(
      .colonSlice(
        text(base), spelled, isFirst: isFirst, isLast: current.kind != .comma, at: span(colon)))
    return slice(from, parts[1], parts.count > 2 ? parts[2] : nil, start)
  }

  // MARK: Primes and members

  /// Reads `f'`, `f''`.
  private mutating func primes(_ base: Node) throws(Interruption) -> Node {
    let record = tree.records[Int(base.index)]
    guard record.kind == .name, record.end == current.start else {
      let place = Span(Int(record.start), Int(current.end), file: file)
      report(.transposePrime(source.text(place), at: place))
      advance()
      return tree.add(
        .transpose, record.start, lastEnd, a: base.index, height: tree.height(base) + 1)
    }
    var order: Int32 = 0
    while current.kind == .prime {
      order += 1
      advance()
    }
    return tree.add(.derivative, record.start, lastEnd, a: record.a, b: order)
  }

  /// Reads `.T`, `.op(b)`.
  private mutating func member(_ base: Node) throws(Interruption) -> Node {
    let dot = current
    advance()
    guard current.kind == .name else { throw unexpected("a name behind the `.`") }
    refuseDerivatives(base, base)
    let name = current
    let start = tree.records[Int(base.index)].start
    advance()
    guard current.kind == .leftParen else {
      if lexer.isWord(name, "T") {
        return tree.add(.transpose, start, name.end, a: base.index, height: tree.height(base) + 1)
      }
      if isModule(base) { return try moduleMember(base, name) }
      let place = Span(Int(dot.start), Int(name.end), file: file)
      throw failure(.attribute(text(base), text(name), at: place))
    }
    let mark = pending.count
    if isModule(base) {
      report(.moduleCall(text(base), text(name), at: tree.span(base).joined(span(dot))))
      return try call(nameNode(name))
    }
    let word = symbol(of: name).index
    let height = max(try arguments(), tree.height(base) + 1)
    defer { pending.removeLast(pending.count - mark) }
    let place = Int32(truncatingIfNeeded: tree.children.count)
    tree.children.append(word)
    _ = tree.addCounted(pending[mark...])
    return tree.add(.method, start, lastEnd, a: base.index, b: place, height: height)
  }

  /// Whether a name is a library of another language: `np.exp(x)`.
  private func isModule(_ node: Node) -> Bool {
    tree.records[Int(node.index)].kind == .name
      && ["np", "numpy", "jnp", "jax", "math", "torch", "tf"].contains(text(node))
  }

  /// Reads `np.pi`, `np.random.randn(3, 4)`.
  private mutating func moduleMember(_ base: Node, _ name: Token) throws(Interruption) -> Node {
    var last = name
    while take(.dot) { last = try self.name("a name behind the `.`") }
    let place = tree.span(base)
    let prefix = Span(Int(place.start), Int(last.start), file: file)
    report(.moduleCall(text(base), text(last), at: prefix))
    return nameNode(last)
  }
}
