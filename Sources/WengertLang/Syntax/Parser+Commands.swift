/// Command lines, and statements of other languages that look like them.
extension Parser {
  /// A word with a name, a number or a string behind it.
  mutating func beginsWithWord(_ word: Token) throws(Interruption) -> Node {
    let spelling = text(word)
    switch spelling {
    case "input": return try inputs(word)
    case "rule": return try rule(word)
    case "minimize": return try minimize(word)
    default: break
    }
    if let known = CommandWord(rawValue: spelling) { return try command(word, known) }
    if let statement = try foreignStatement(word) { return statement }
    if ["grad", "jacobian", "hessian"].contains(spelling) {
      throw failure(.callWithoutBrackets(spelling, restOfLine(), at: span(word)))
    }
    let suggestion =
      CommandWord.foreign[spelling]
      ?? EditDistance.suggestion(for: spelling, among: CommandWord.beginnings)
    guard let suggestion else {
      throw failure(.twoOperands(spelling, text(current), restOfLine(), at: span(current)))
    }
    throw failure(.unknownCommand(spelling, suggestion, at: span(word)))
  }

  /// Reads command = WORD exprs { "wrt" … | "at" … | "to" STRING | option }.
  private mutating func command(_ word: Token, _ command: CommandWord) throws(Interruption)
    -> Node
  {
    let name = symbol(of: word)
    let operands =
      command.takesText
      ? [topic().index]
      : command.takesWords
        ? try blankSeparated() : try commandOperands(spellings: command == .table)
    var (wrt, at, file) = ([Int32](), [Int32](), Node?.none)
    var options: [(Symbol, [Int32])] = []
    while current.kind == .name {
      if take(word: "wrt") {
        wrt += try clauseNames(needValue: false)
      } else if take(word: "at") {
        at += try clauseNames(needValue: true)
      } else if isWord("to") {
        if let file { throw failure(.fileTwice(tree.span(file), at: span(current))) }
        file = try outputFile()
      } else {
        options.append(try option())
      }
    }
    try refuseSecondValues(wrt[...])
    try refuseSecondValues(at[...])
    return tree.addCommand(
      name, at: word, to: file, lists: [operands, wrt, at], options: options, word.start, lastEnd)
  }

  /// Formulas between commas; none begins with `(`, which would make the command's word a call.
  private mutating func commandOperands(spellings: Bool) throws(Interruption) -> [Int32] {
    var operands: [Int32] = []
    repeat {
      if current.kind == .leftParen { throw failure(.operandInParens(at: span(current))) }
      let node = spellings && current.kind == .name ? spelling() : try formula()
      operands.append(node.index)
    } while take(.comma)
    return operands
  }

  /// A name of the derivative table, which may end in a star.
  private mutating func spelling() -> Node {
    let token = current
    let hasStar = lexer.byte(Int(token.end)) == UInt8(ascii: "*")
    if hasStar {
      lexer.state.offset = Int(token.end) + 1
      lexer.state.previous = .name
    }
    let end = Int(token.end) + (hasStar ? 1 : 0)
    let name = symbol(from: Int(token.start), to: end)
    advance()
    lastEnd = UInt32(clamping: end)
    return tree.add(.name, token.start, lastEnd, a: name.index)
  }

  func takesText(_ word: Token) -> Bool { CommandWord(rawValue: text(word))?.takesText ?? false }

  /// The words up to the end of the line or `to`, as one name.
  private mutating func topic() -> Node {
    let start = current.start
    repeat {
      lastEnd = current.end
      advance()
    } while !isWord("to") && !current.fresh && ![.newline, .end, .semicolon].contains(current.kind)
    let name = symbol(from: Int(start), to: Int(lastEnd))
    return tree.add(.name, start, lastEnd, a: name.index)
  }

  /// The operands of `set digits 12`: a blank is between them.
  private mutating func blankSeparated() throws(Interruption) -> [Int32] {
    var operands: [Int32] = []
    while current.kind.startsOperand {
      let isClause = isWord("wrt") || isWord("at") || isWord("to")
      if isClause, !operands.isEmpty { break }
      // In `set memory 64MB` the unit is a word of its own.
      operands.append(try (unitFollows ? primary() : formula(Rank.sum)).index)
      _ = take(.comma)
    }
    return operands
  }

  /// Whether a number is the next token and a unit of memory comes behind it.
  private var unitFollows: Bool {
    guard current.kind == .number else { return false }
    var start = Int(current.end)
    while lexer.byte(start) == UInt8(ascii: " ") { start += 1 }
    var unit = ""
    while Lexer.isLetter(lexer.byte(start + unit.utf8.count)), unit.utf8.count < 4 {
      unit.unicodeScalars.append(Unicode.Scalar(lexer.byte(start + unit.utf8.count) | 0x20))
    }
    return ["b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib"].contains(unit)
  }

  /// Reads NAME ["=" expr] {"," …}.
  private mutating func clauseNames(needValue: Bool) throws(Interruption) -> [Int32] {
    var nodes: [Int32] = []
    repeat {
      let token = try name("a name")
      if current.kind == .assign {
        advance()
        let value = try formula()
        let node = tree.add(
          .named, token.start, lastEnd, a: symbol(of: token).index, b: value.index,
          height: tree.height(value))
        nodes.append(node.index)
      } else if needValue {
        throw unexpected("`=` and a value")
      } else {
        nodes.append(nameNode(token).index)
      }
    } while take(.comma)
    return nodes
  }

  private mutating func outputFile() throws(Interruption) -> Node {
    advance()
    guard current.kind == .string else {
      throw failure(.fileName(describe(current), text(current), at: span(current)))
    }
    return try primary()
  }

  /// Reads `over x`, `over x = linspace(0, 1, 11)`, `loglog`, `styles "r--", "b-"`.
  private mutating func option() throws(Interruption) -> (Symbol, [Int32]) {
    let word = text(current)
    let symbol = symbol(of: current)
    advance()
    var values: [Int32] = []
    if current.kind.startsOperand, !CommandWord.flags.contains(word) {
      repeat { values.append(try optionValue().index) } while take(.comma)
    }
    return (symbol, values)
  }

  /// A formula, or a name that gets one.
  private mutating func optionValue() throws(Interruption) -> Node {
    let token = current
    let node = try formula()
    guard current.kind == .assign, tree.records[Int(node.index)].kind == .name else { return node }
    advance()
    let value = try formula()
    return tree.add(
      .named, token.start, lastEnd, a: symbol(of: token).index, b: value.index,
      height: tree.height(value))
  }

  /// Reads "input" NAME [":" expr] {"," …}.
  private mutating func inputs(_ word: Token) throws(Interruption) -> Node {
    var pairs: [Int32] = []
    repeat {
      let token = try name("the name of an input")
      pairs.append(nameNode(token).index)
      pairs.append(take(.colon) ? try formula().index : -1)
    } while take(.comma)
    if current.kind == .assign { throw failure(.inputWithValue(text(word), at: span(current))) }
    let place = Int32(truncatingIfNeeded: tree.children.count)
    tree.children.append(contentsOf: pairs)
    return tree.add(
      .inputs, word.start, lastEnd, a: place, b: Int32(truncatingIfNeeded: pairs.count / 2))
  }

  // MARK: Habits

  /// Statements of other languages, told of by their first word.
  mutating func foreignStatement(_ word: Token) throws(Interruption) -> Node? {
    switch text(word) {
    case "elif", "elseif", "elsif":
      guard current.kind != .assign else { return nil }
      throw failure(.elif(text(word), at: span(word)))
    case "def", "function", "func", "fun", "fn":
      guard current.kind == .name else { return nil }
      throw failure(.def(text(word), header: restOfLine(), at: span(word)))
    case "let", "var", "const":
      guard current.kind == .name else { return nil }
      throw failure(.declaration(text(word), rest: restOfLine(), at: span(word)))
    case "int", "float", "double", "real", "auto", "val":
      guard current.kind == .name, peek().kind == .assign else { return nil }
      throw failure(.declaration(text(word), rest: restOfLine(), at: span(word)))
    case "import", "from", "using":
      guard current.kind == .name else { return nil }
      throw failure(.importing(text(word), at: span(word)))
    default: return nil
    }
  }

  /// The line from the current token on, without a comment.
  func restOfLine() -> String {
    var ahead = lexer
    var end = current.end
    while true {
      let token = ahead.next()
      if token.kind == .newline || token.kind == .end || token.kind == .semicolon { break }
      if token.fresh { break }
      end = token.end
    }
    return source.text(Int(current.start)..<Int(end))
  }

  /// `list (a + b)` reads as a call of `list`: the operand wants a name first.
  func lonelyOperand(_ formula: Node) -> Diagnostic? {
    var node = formula
    while true {
      let record = tree.records[Int(node.index)]
      switch record.kind {
      case .binary, .index, .transpose: node = Node(index: record.a)
      case .call:
        let callee = tree.records[Int(record.a)]
        guard callee.kind == .name, callee.start == tree.records[Int(formula.index)].start,
          let command = CommandWord(rawValue: text(Node(index: record.a)))
        else { return nil }
        let hasBlank = lexer.byte(Int(callee.end)) <= UInt8(ascii: " ")
        let isCertain = current.kind == .name
        guard isCertain || (hasBlank && command != .trace) else { return nil }
        let operand = Int(callee.end)..<Int(tree.records[Int(formula.index)].end)
        return .commandOperand(
          command.rawValue, source.text(operand),
          at: Span(operand.lowerBound + (hasBlank ? 1 : 0), operand.upperBound, file: file))
      default: return nil
      }
    }
  }
}
