/// Statements: bindings, functions, formulas on their own.
extension Parser {
  /// The whole text.
  mutating func program() {
    while current.kind != .end {
      if readsPlain {
        for plain in plainBindings() { tree.append(statement: Node(index: ~plain)) }
      }
      if let node = nextStatement(isFirst: tree.statements.isEmpty) { tree.append(statement: node) }
      if current.kind == .rightBrace {
        report(.closesNothing("}", at: span(current)))
        advance()
      }
    }
  }

  /// Reads a statement and its end; nil where there is none before the end of the text or block.
  mutating func nextStatement(isFirst: Bool) -> Node? {
    while current.kind == .newline || current.kind == .semicolon { advance() }
    heed()
    if current.kind == .end || current.kind == .rightBrace { return nil }
    let start = current.start
    let mark = pending.count
    do throws(Interruption) {
      if current.fresh, !isFirst, current.kind.rank > 0 || current.kind == .comma {
        throw failure(lineBeginsWithInfix())
      }
      let node = try statement()
      warnOfComment(start)
      switch current.kind {
      case .newline, .semicolon, .end, .rightBrace: return node
      default: throw unexpectedBehindStatement()
      }
    } catch {
      pending.removeLast(pending.count - mark)
      let isStuck = current.start == start
      if isStuck, current.kind != .newline, current.kind != .leftBrace { advance() }
      recover()
      return tree.add(.erroneous, start, max(start, lastEnd))
    }
  }

  private mutating func lineBeginsWithInfix() -> Diagnostic {
    if let marked = markedLine() { return marked }
    let sign = text(current)
    let rest = line.drop { $0 == " " || $0 == "\t" }.dropFirst(sign.count)
    return .lineBeginsWithInfix(
      sign, rest: String(rest.drop { $0 == " " }), at: span(current))
  }

  private mutating func statement() throws(Interruption) -> Node {
    switch current.kind {
    case .name: return try beginsWithName()
    case .for: return try forLoop()
    case .repeat: return try repeatLoop()
    case .while: return try whileLoop()
    case .if: return try ifElse()
    case .else: return try strayElse()
    case .return: return try formulaList(.returns)
    case .print: return try formulaList(.prints)
    case .colon where peek().kind == .name && !peek().spaced:
      advance()
      return try statement()
    case .leftBrace: throw failure(.strayBlock(at: span(current)))
    case .rightParen, .rightBracket: throw failure(.closesNothing(text(current), at: span(current)))
    case _ where current.kind.rank > 0 && current.kind != .minus && current.kind != .plus:
      throw failure(lineBeginsWithInfix())
    default:
      let start = current.start
      return try bindingOrFormula(try formula(), start)
    }
  }

  /// A name may begin a binding, a command, a function, or a formula.
  private mutating func beginsWithName() throws(Interruption) -> Node {
    let word = current
    advance()
    switch current.kind {
    case .name, .number, .string, .starred: return try beginsWithWord(word)
    // `explain for` is about a word that is reserved.
    case let kind where kind.isReserved && kind.rank == 0 && takesText(word):
      return try beginsWithWord(word)
    case .assign:
      let target = nameNode(word)
      return try bindingOrFormula(target, word.start)
    default:
      if let statement = try foreignStatement(word) { return statement }
      let base = try postfix(nameNode(word))
      return try bindingOrFormula(try infix(try power(base), Rank.or), word.start)
    }
  }

  /// Reads targets ("=" {targets "="} exprs | ("+=" | …) expr) | expr.
  private mutating func bindingOrFormula(_ first: Node, _ start: UInt32) throws(Interruption)
    -> Node
  {
    if current.kind == .assign { return try binding(first, start) }
    if let operation = current.kind.update {
      try checkTarget(first)
      advance()
      let value = try formula()
      refuseDerivatives(value, value)
      return tree.add(
        .update, start, lastEnd, detail: operation.rawValue, a: first.index, b: value.index)
    }
    guard current.kind == .comma else {
      if let word = lonelyOperand(first) { throw failure(word) }
      refuseDerivatives(first, first)
      return tree.add(.bare, start, lastEnd, a: first.index)
    }
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    try formulas(startingWith: first)
    guard current.kind == .assign else {
      let place = Span(Int(start), Int(lastEnd), file: file)
      throw failure(.namesAlone(source.text(place), at: place))
    }
    return try groups(mark, start)
  }

  /// Reads the rest of a list of formulas into `pending`.
  mutating func formulas(startingWith first: Node) throws(Interruption) {
    pending.append(first.index)
    while take(.comma) { pending.append(try formula().index) }
  }

  // MARK: Bindings

  /// Reads `a = …`, `f(x) = …`, `a = b = …`.
  private mutating func binding(_ first: Node, _ start: UInt32) throws(Interruption) -> Node {
    let kind = tree.records[Int(first.index)].kind
    if kind == .call { return try functionDefinition(first, start) }
    try checkTarget(first)
    advance()
    if current.kind == .leftBrace {
      let failure = failure(.bracesAsValue(at: span(current)))
      skipBraces()
      throw failure
    }
    let value = try formula()
    if current.kind != .comma, current.kind != .assign {
      refuseDerivatives(value, value)
      return tree.addSimpleBinding(first, value, start, lastEnd)
    }
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    pending.append(first.index)
    let boundary = pending.count
    try formulas(startingWith: value)
    return try groups(mark, start, boundaries: [mark, boundary])
  }

  /// Reads `= group` until there is no further `=`; the last group holds the values.
  private mutating func groups(_ mark: Int, _ start: UInt32, boundaries: [Int] = [])
    throws(Interruption) -> Node
  {
    var boundaries = boundaries.isEmpty ? [mark] : boundaries
    while current.kind == .assign {
      try checkTargets(from: boundaries.last ?? mark)
      advance()
      boundaries.append(pending.count)
      try formulas(startingWith: try formula())
    }
    boundaries.append(pending.count)
    let lists = zip(boundaries, boundaries.dropFirst()).map { pending[$0..<$1] }
    guard let values = lists.last else { return tree.add(.erroneous, start, lastEnd) }
    for index in values { refuseDerivatives(Node(index: index), Node(index: index)) }
    for targets in lists.dropLast() where values.count > 1 && values.count != targets.count {
      throw failure(valueCount(targets, values))
    }
    return tree.addBinding(lists, start, lastEnd)
  }

  /// Checks what is before an equals sign.
  ///
  /// A function of its own: what is pending would be copied for each sign if a part of it were held
  /// while the next group is read.
  private mutating func checkTargets(from boundary: Int) throws(Interruption) {
    let targets = pending[boundary...]
    for index in targets { try checkTarget(Node(index: index)) }
    try refuseTwins(targets)
  }

  /// Refuses names of which one statement would bind the same twice, the last one silently.
  mutating func refuseTwins(_ targets: ArraySlice<Int32>) throws(Interruption) {
    guard targets.count > 1 else { return }
    var seen: Set<Symbol> = []
    for node in targets.lazy.map({ Node(index: $0) }) {
      guard case .name(let name) = tree.expression(node), !seen.insert(name).inserted,
        text(node) != "_"
      else { continue }
      throw failure(.twinTarget(text(node), at: tree.span(node)))
    }
  }

  private func valueCount(_ targets: ArraySlice<Int32>, _ values: ArraySlice<Int32>) -> Diagnostic {
    let names = targets.map { text(Node(index: $0)) }
    let formulas = values.map { text(Node(index: $0)) }
    let place = values.map { tree.span(Node(index: $0)) }
    guard let first = place.first, let last = place.last else {
      return .valueCount(names, formulas, at: endOfLine)
    }
    return .valueCount(names, formulas, at: first.joined(last))
  }

  /// A target is a name, or a name with indices.
  private mutating func checkTarget(_ node: Node) throws(Interruption) {
    var base = node
    while tree.records[Int(base.index)].kind == .index {
      base = Node(index: tree.records[Int(base.index)].a)
    }
    if tree.records[Int(base.index)].kind == .name { return }
    throw failure(
      markedLine() ?? .notBindable(text(node), at: tree.span(node), equals: span(current)))
  }

  // MARK: Functions

  /// `f(x, y) = …`; the head was read as a call.
  private mutating func functionDefinition(_ head: Node, _ start: UInt32) throws(Interruption)
    -> Node
  {
    guard case .call(let callee, let parameters) = tree.expression(head),
      case .name(let name) = tree.expression(callee)
    else {
      throw failure(.notBindable(text(head), at: tree.span(head), equals: span(current)))
    }
    for parameter in tree[parameters] {
      guard case .name = tree.expression(parameter) else {
        throw failure(.parameter(text(parameter), at: tree.span(parameter)))
      }
    }
    let record = tree.records[Int(callee.index)]
    let token = Token(kind: .name, start: record.start, end: record.end)
    let names = tree[parameters].map(\.index)
    advance()
    if current.kind == .leftBrace {
      // A function's statements are looked at as they are written.
      let readPlain = readsPlain
      readsPlain = false
      defer { readsPlain = readPlain }
      let body = try block()
      return tree.addFunction(
        name, at: token, parameters: names[...], block: body, results: [], start, lastEnd)
    }
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    try formulas(startingWith: try formula())
    if current.kind == .assign { throw failure(.misplacedAssign(at: span(current))) }
    return tree.addFunction(
      name, at: token, parameters: names[...], block: nil, results: pending[mark...], start,
      lastEnd)
  }

  /// `return a, b` and `print a, "…"`; the list may be empty.
  private mutating func formulaList(_ kind: Tree.Kind) throws(Interruption) -> Node {
    let start = current.start
    advance()
    if current.kind == .assign {
      let word = Span(Int(start), Int(lastEnd), file: file)
      throw failure(.reservedWord(source.text(word), at: word))
    }
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    switch current.kind {
    case .newline, .semicolon, .end, .rightBrace: break
    default: try formulas(startingWith: try formula())
    }
    for index in pending[mark...] { refuseDerivatives(Node(index: index), Node(index: index)) }
    let nodes = tree.add(pending[mark...])
    return tree.add(kind, start, lastEnd, a: nodes.start, b: nodes.end)
  }

  // MARK: Warnings

  /// `n = 7 // 2` is 7: what stands behind `//` is a comment.
  private mutating func warnOfComment(_ start: UInt32) {
    let slashes = lexer.state.slashes
    guard slashes >= Int(start), slashes >= Int(lastEnd) else { return }
    guard current.kind == .newline || current.kind == .end else { return }
    let line = source.line(at: slashes)
    guard source.line(at: Int(lastEnd)) == line else { return }
    var ahead = Lexer(lexer.bytes, range: slashes + 2..<source.range(ofLine: line).upperBound)
    let operand = ahead.next()
    guard ahead.next().kind == .end, operand.kind == .number || isBound(operand) else { return }
    let divisor = text(operand)
    let comment = Span(slashes, Int(operand.end), file: file)
    report(.commentLikeDivision(divisor, at: comment))
  }

  /// Whether a name was bound a few statements ago.
  private func isBound(_ token: Token) -> Bool {
    guard token.kind == .name, let symbol = symbols.find(text(token)) else { return false }
    return tree.statements.suffix(200).contains {
      if let plain = tree.plain($0) { return plain.target == symbol.index }
      guard let (target, _) = tree.simpleBinding($0) else { return false }
      return tree.records[Int(target.index)].a == symbol.index
    }
  }
}
