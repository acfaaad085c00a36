/// `rule` and `minimize`.
extension Parser {
  /// Reads "rule" NAME "(" names ")" "=" expr ["unchecked"] "{" { part end } "}".
  mutating func rule(_ word: Token) throws(Interruption) -> Node {
    let title = try name("the name of the rule")
    let mark = pending.count
    defer { pending.removeLast(pending.count - mark) }
    let open = current
    guard take(.leftParen) else { throw unexpected("`(`") }
    repeat {
      let token = try name("the name of a parameter")
      pending.append(nameNode(token).index)
    } while take(.comma)
    try close(open, .rightParen, expected: "`,` or `)`")
    guard take(.assign) else { throw unexpected("`=` and the rule's value") }
    let value = try formula()
    let isUnchecked = take(word: "unchecked") || takeMisspelled("unchecked")
    let parameters = pending[mark...]
    let parts = try ruleParts(text(title), parameters)
    return tree.addRule(
      symbol(of: title), parameters: parameters, value: value, parts: parts,
      isUnchecked: isUnchecked, word.start, lastEnd)
  }

  /// Takes a word of a rule that is spelled nearly right, and says so.
  private mutating func takeMisspelled(_ word: String) -> Bool {
    guard current.kind == .name, EditDistance.between(text(current), word, limit: 2) <= 2 else {
      return false
    }
    report(.uncheckedMeant(text(current), at: span(current)))
    advance()
    return true
  }

  private mutating func ruleParts(_ rule: String, _ parameters: ArraySlice<Int32>)
    throws(Interruption) -> [RulePart]
  {
    let open = current
    guard open.kind == .leftBrace else {
      let parameter = parameters.first.map { text(Node(index: $0)) } ?? "x"
      throw failure(.ruleWithoutBlock(parameter, at: endOfLine))
    }
    advance()
    var parts: [RulePart] = []
    while true {
      while current.kind == .newline || current.kind == .semicolon { advance() }
      if take(.rightBrace) { return parts }
      if current.kind == .end {
        isOpenReported = true
        throw failure(.unclosed("{", at: span(open), next: nil, word: nil))
      }
      do throws(Interruption) {
        let part = try rulePart(rule, parameters)
        if parts.contains(where: { $0.parameter == part.parameter }) {
          throw failure(.repeated(symbols[part.parameter], at: part.parameterSpan))
        }
        parts.append(part)
      } catch {
        recover()
      }
    }
  }

  /// Reads "d" "/" dNAME "=" expr | "bar" NAME "=" expr.
  private mutating func rulePart(_ rule: String, _ parameters: ArraySlice<Int32>)
    throws(Interruption) -> RulePart
  {
    var token = current
    let isBar = isWord("bar")
    if take(word: "d") {
      guard take(.slash) else { throw unexpected("`/`, as in `d/da = …`") }
      token = current
      let isPartial = token.kind == .name && lexer.byte(Int(token.start)) == UInt8(ascii: "d")
      guard isPartial, token.end - token.start > 1 else {
        throw unexpected("`da`, as in `d/da = …`")
      }
      token.start += 1
      advance()
    } else if take(word: "bar") {
      token = try name("the name of a parameter")
    } else {
      throw failure(.rulePart(text(current), at: span(current)))
    }
    let name = symbol(of: token)
    guard parameters.contains(where: { tree.records[Int($0)].a == name.index }) else {
      let known = parameters.map { text(Node(index: $0)) }
      throw failure(.noParameter(rule, text(token), known, at: span(token)))
    }
    guard take(.assign) else { throw unexpected("`=`") }
    let value = try formula()
    switch current.kind {
    case .newline, .semicolon, .rightBrace, .end: break
    default: throw unexpectedBehindStatement()
    }
    return RulePart(isBar: isBar, parameter: name, parameterSpan: span(token), value: value)
  }

  /// What a `minimize` has been told so far.
  private struct Parts {
    var over: [Int32] = []
    var optimizer: Symbol?
    var arguments: [Int32] = []
    var batch: (size: Int32, names: [Int32])?
    var steps: Int32?
    var every: (count: Int32, items: [Int32])?
    var save: (count: Int32, path: Int32)?
    var from: Int32?
  }

  /// Reads "minimize" NAME "over" names "by" NAME "(" args ")" ["batch" expr "of" names]
  /// "for" expr "steps" ["every" expr "print" exprs] ["save" "every" expr "to" STRING]
  /// ["from" STRING].
  mutating func minimize(_ word: Token) throws(Interruption) -> Node {
    let objective = nameNode(try name("the name of what becomes small"))
    var parts = Parts()
    while try clause(&parts) {}
    switch current.kind {
    case .newline, .semicolon, .rightBrace, .end: break
    default: throw unexpected("`over`, `by`, `batch`, `for … steps` or `every`")
    }
    guard !parts.over.isEmpty, let optimizer = parts.optimizer, let steps = parts.steps else {
      let place = Span(Int(word.start), Int(lastEnd), file: file)
      let missing = parts.over.isEmpty ? "over" : parts.optimizer == nil ? "by" : "for"
      throw failure(.minimizeWithout(missing, text(objective), at: place))
    }
    return tree.addMinimize(
      [
        objective.index, optimizer.index, steps, parts.batch?.size ?? -1,
        parts.every?.count ?? -1, parts.save?.count ?? -1, parts.save?.path ?? -1,
        parts.from ?? -1,
      ],
      [parts.over, parts.arguments, parts.batch?.names ?? [], parts.every?.items ?? []],
      word.start, lastEnd)
  }

  /// Reads one clause; false where none begins.
  private mutating func clause(_ parts: inout Parts) throws(Interruption) -> Bool {
    let word = current
    if take(word: "over") {
      if !parts.over.isEmpty { throw failure(.repeated("over", at: span(word))) }
      parts.over = try names()
    } else if take(word: "by") {
      if parts.optimizer != nil { throw failure(.repeated("by", at: span(word))) }
      let token = try name("the name of an optimizer")
      parts.optimizer = symbol(of: token)
      if current.kind == .leftParen {
        let call = try postfix(nameNode(token))
        guard case .call(_, let list) = tree.expression(call) else {
          throw unexpected("another clause")
        }
        parts.arguments = tree[list].map(\.index)
      }
    } else if take(word: "batch") {
      if parts.batch != nil { throw failure(.repeated("batch", at: span(word))) }
      let size = try formula()
      guard take(word: "of") else { throw unexpected("`of` and the names that are drawn from") }
      parts.batch = (size.index, try names())
    } else if take(.for) {
      if parts.steps != nil { throw failure(.repeated("for", at: span(word))) }
      parts.steps = try formula().index
      guard take(word: "steps") || take(word: "step") else { throw unexpected("`steps`") }
    } else if take(word: "every") {
      if parts.every != nil { throw failure(.repeated("every", at: span(word))) }
      let count = try formula()
      guard take(.print) else { throw unexpected("`print`") }
      let mark = pending.count
      defer { pending.removeLast(pending.count - mark) }
      try formulas(startingWith: try formula())
      parts.every = (count.index, Array(pending[mark...]))
    } else if isWord("save") {
      if parts.save != nil { throw failure(.repeated("save", at: span(word))) }
      parts.save = try saveClause()
    } else if take(word: "from") {
      if parts.from != nil { throw failure(.repeated("from", at: span(word))) }
      parts.from = try path().index
    } else {
      return false
    }
    return true
  }

  /// Reads "save" "every" expr "to" STRING.
  private mutating func saveClause() throws(Interruption) -> (count: Int32, path: Int32) {
    _ = take(word: "save")
    guard take(word: "every") else { throw unexpected("`every`, as in `save every 100 to …`") }
    let count = try formula()
    guard take(word: "to") else { throw unexpected("`to` and a path in quotes") }
    return (count.index, try path().index)
  }

  private mutating func path() throws(Interruption) -> Node {
    let path = try formula()
    guard case .string = tree.expression(path) else { throw unexpected("a path in quotes") }
    return path
  }

  private mutating func names() throws(Interruption) -> [Int32] {
    var nodes: [Int32] = []
    repeat {
      let token = try name("a name")
      nodes.append(nameNode(token).index)
    } while take(.comma)
    return nodes
  }
}
