/// Loops, branches and their blocks.
extension Parser {
  /// Reads block = "{" {statement end} "}".
  mutating func block() throws(Interruption) -> Node {
    let open = current
    guard open.kind == .leftBrace else {
      if open.kind == .colon { throw failure(.colonBlock(at: span(open))) }
      if open.kind == .assign { throw failure(.assignInCondition(at: span(open))) }
      let place = open.kind == .newline || open.kind == .end ? endOfLine : span(open)
      throw failure(.missingBlock(describe(open), at: place))
    }
    try descend()
    defer { depth -= 1 }
    let (wasInIndex, wasInArray) = (isInIndex, isInArray)
    defer { (isInIndex, isInArray) = (wasInIndex, wasInArray) }
    (isInIndex, isInArray) = (false, false)
    advance()
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    while true {
      if readsPlain {
        for plain in plainBindings() { pending.append(~plain) }
      }
      guard let node = nextStatement(isFirst: pending.count == mark) else { break }
      pending.append(node.index)
    }
    if current.kind == .rightBrace {
      advance()
    } else if !isOpenReported {
      isOpenReported = true
      report(.unclosed("{", at: span(open), next: nil, word: nil))
    }
    let nodes = tree.add(pending[mark...])
    return tree.add(.block, open.start, lastEnd, a: nodes.start, b: nodes.end)
  }

  /// Takes the word that begins a statement; nobody may bind it.
  private mutating func head() throws(Interruption) -> UInt32 {
    let word = current
    advance()
    if current.kind == .assign { throw failure(.reservedWord(text(word), at: span(word))) }
    return word.start
  }

  /// Reads "for" NAME {"," NAME} "in" expr {"," expr} block.
  mutating func forLoop() throws(Interruption) -> Node {
    let start = try head()
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    repeat {
      guard current.kind != .leftParen else {
        throw failure(
          .loopHead(
            found: "`(`", expected: "the name of the loop's counter", at: span(current)))
      }
      let token = try name("the name of the loop's counter")
      pending.append(nameNode(token).index)
    } while take(.comma)
    let names = pending[mark...]
    try refuseTwins(names)
    guard take(word: "in") else {
      guard current.kind == .assign else { throw unexpected("`in`") }
      throw failure(.loopHead(found: "`=`", expected: "`in`", at: span(current)))
    }
    let boundary = pending.count
    try formulas(startingWith: try formula())
    let sources = pending[boundary...]
    if names.count != sources.count {
      let place = tree.span(Node(index: pending[mark]))
      throw failure(.walkCount(names.count, sources.count, at: place))
    }
    let body = try block()
    let place = tree.addCounted(names)
    _ = tree.addCounted(sources)
    return tree.add(.forLoop, start, lastEnd, a: body.index, b: place)
  }

  /// Reads "repeat" expr block.
  mutating func repeatLoop() throws(Interruption) -> Node {
    let start = try head()
    let count = try formula()
    let body = try block()
    return tree.add(.repeatLoop, start, lastEnd, a: count.index, b: body.index)
  }

  /// Reads "while" expr block.
  mutating func whileLoop() throws(Interruption) -> Node {
    let start = try head()
    let condition = try formula()
    let body = try block()
    return tree.add(.whileLoop, start, lastEnd, a: condition.index, b: body.index)
  }

  /// Reads "if" expr block ["else" (block | if)].
  mutating func ifElse() throws(Interruption) -> Node {
    try descend()
    defer { depth -= 1 }
    let start = try head()
    let condition = try formula()
    let then = try block()
    var otherwise: Node?
    if isWord("elif") || isWord("elseif") || isWord("elsif") {
      report(.elif(text(current), at: span(current)))
      otherwise = try ifElse()
    } else if take(.else) {
      otherwise = current.kind == .if ? try ifElse() : try block()
    }
    let arms = tree.add([then.index, otherwise?.index ?? -1])
    return tree.add(.ifElse, start, lastEnd, a: condition.index, b: arms.start)
  }

  /// An `else` on a line of its own; what it holds is read for the mistakes in it.
  mutating func strayElse() throws(Interruption) -> Node {
    report(.strayElse(at: span(current)))
    let start = current.start
    advance()
    if current.kind == .if { _ = try ifElse() } else { _ = try block() }
    return tree.add(.erroneous, start, lastEnd)
  }
}
