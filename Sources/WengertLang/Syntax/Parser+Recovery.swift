import WengertKernels

/// What the parser does with mistakes: mend a token, or leave a statement and go on behind it.
extension Parser {
  /// Tells of a token that cannot stand, and puts what was most likely meant in its place.
  mutating func mend() {
    let place = span(current)
    switch current.kind {
    case .starStar: report(.doubleStar(at: place))
    case .faultyNumber:
      report(.faultyNumber(text(current), at: place))
      current.kind = .number
    case .openString:
      report(.openString(text(current), at: place))
      current.kind = .string
    case .singleQuoted, .curlyQuoted:
      report(.quotes(text(current), at: place))
      current.kind = .string
    case _ where isTwoByteText:
      report(.twoByteText(at: place))
      leaveText()
    default:
      let sign = text(current)
      if sign == "|" || sign == "||", hasOpenBar, lastKind.endsOperand {
        hasOpenBar = false
        return skipSign()
      }
      if let habit = habit(sign, at: place) {
        report(habit)
        return skipSign()
      }
      if sign == "\\" {
        report(.strayCharacter(sign, at: place))
        current.kind = .slash
        return
      }
      guard let replacement = Typography.replacement(sign) else {
        report(.strayCharacter(sign, at: place))
        return skipSign()
      }
      report(.foreignSign(sign, replacement.ascii, at: place))
      current.kind = replacement.kind
      lexer.state.previous = replacement.kind
    }
  }

  /// What a sign means in mathematics or in TeX at this place; nil where it is no such habit.
  private mutating func habit(_ sign: String, at place: Span) -> Diagnostic? {
    switch sign {
    case "\\" where !lastKind.endsOperand && Lexer.isLetter(lexer.byte(Int(place.end))):
      var ahead = lexer
      let word = ahead.next()
      return .texCommand(text(word), at: place.joined(span(word)))
    case "!" where lastKind.endsOperand && !current.spaced: return .factorial(at: place)
    case "|" where !lastKind.endsOperand || opensAsBracket,
      "||" where !lastKind.endsOperand || opensAsBracket:
      hasOpenBar = true
      return .bars(sign, at: place)
    default: return nil
    }
  }

  /// Whether the current sign has a blank before it and none behind, as an opening bracket has.
  private var opensAsBracket: Bool {
    current.spaced && lexer.byte(Int(current.end)) > UInt8(ascii: " ")
  }

  /// What stands here is nothing; the token behind it is read in its place.
  private mutating func skipSign() {
    let fresh = current.fresh
    current = lexer.next()
    current.fresh = current.fresh || fresh
    // Not by recursion alone: a long run of such signs must not use up the stack.
    skipStrays()
  }

  /// Skips the rest of a run of characters that mean nothing.
  private mutating func skipStrays() {
    while current.kind == .foreign, Typography.replacement(text(current)) == nil {
      current = lexer.next()
    }
    if current.kind.rawValue >= Token.Kind.starStar.rawValue { mend() }
  }

  /// Ends the text here once reading is to stop: long texts are read for seconds.
  mutating func heed() {
    guard wl_interrupt_requested() != 0, !isStopped else { return }
    diagnostics.append(.stopped(at: span(current)))
    isStopped = true
    leaveText()
  }

  /// Reads nothing more.
  private mutating func leaveText() {
    lexer.state.offset = lexer.limit
    current = lexer.next()
  }

  /// Whether the text begins with the mark of UTF-16, of which no further character has a meaning.
  private var isTwoByteText: Bool {
    current.start == 0 && [[0xFE, 0xFF], [0xFF, 0xFE]].contains([lexer.byte(0), lexer.byte(1)])
  }

  /// Goes to the end of the statement that could not be read.
  ///
  /// Blocks on the way are read, for the sake of the mistakes in them.
  mutating func recover() {
    isInArray = false
    isInIndex = false
    while true {
      heed()
      switch current.kind {
      case .end: return
      case .newline, .semicolon:
        if lexer.state.depth == 0 { return }
        advance()
      case .rightBrace: return
      case .leftBrace:
        let before = current.start
        if (try? block()) == nil, current.start == before { advance() }
      default:
        if current.fresh, lexer.state.depth > 0, startsStatement() {
          restartLine()
          return
        }
        advance()
      }
    }
  }

  /// Skips what stands in braces that are no block.
  mutating func skipBraces() {
    var depth = 0
    repeat {
      if current.kind == .leftBrace { depth += 1 }
      if current.kind == .rightBrace { depth -= 1 }
      advance()
    } while depth > 0 && current.kind != .end
  }

  /// Whether the current token, the first of its line, looks like the start of a statement.
  func startsStatement() -> Bool {
    switch current.kind {
    case .for, .repeat, .while, .if, .return, .print: return true
    case .name:
      let next = peek()
      return next.kind == .assign || next.kind == .name || next.kind.update != nil
    default: return false
    }
  }

  /// Reads the current token again as the first of a statement, all brackets forgotten.
  mutating func restartLine() {
    lexer.state.depth = 0
    lexer.state.offset = Int(current.start)
    lexer.state.previous = .newline
    let place = current.start
    current = Token(kind: .newline, fresh: true, start: place, end: place)
  }

  /// Takes the bracket that closes another one.
  mutating func close(_ open: Token, _ kind: Token.Kind, expected: String)
    throws(Interruption)
  {
    if current.kind == kind { return advance() }
    switch current.kind {
    case .rightParen, .rightBracket:
      throw failure(
        .mismatched(text(current), at: span(current), open: text(open), openedAt: span(open)))
    case .semicolon where kind == .rightBracket:
      throw failure(.semicolonInBrackets(at: span(current)))
    case .end, .leftBrace, .rightBrace:
      throw failure(.unclosed(text(open), at: span(open), next: nil, word: nil))
    case _ where current.fresh:
      let failure = failure(
        .unclosed(text(open), at: span(open), next: span(current), word: text(current)))
      restartLine()
      throw failure
    default: break
    }
    if current.kind == .for, kind == .rightBracket, lastKind.endsOperand {
      throw failure(.comprehension(at: span(current)))
    }
    if kind == .rightParen, lastKind.endsOperand, [.name, .number].contains(current.kind),
      current.spaced
    {
      throw failure(
        isCall(open)
          ? .missingCommaInCall(text(current), at: span(current))
          : .missingOperator(source.text(wordBefore), text(current), at: span(current)))
    }
    if kind == .rightBracket, isInArray, lastKind.endsOperand, current.kind.startsOperand {
      throw failure(.missingComma(text(current), at: span(current)))
    }
    throw unexpected(expected)
  }

  /// Whether a bracket stands right behind a name.
  private func isCall(_ open: Token) -> Bool {
    guard open.start > 0, !open.spaced else { return false }
    let before = lexer.byte(Int(open.start) - 1)
    return Lexer.isLetter(before) || Lexer.isDigit(before)
  }

  /// Where `->` or `=>` stands whose last sign is the current token.
  var arrow: Span? {
    guard current.kind == .greater, lastKind == .minus || lastKind == .assign,
      lastEnd == current.start
    else { return nil }
    return Span(Int(lastEnd) - 1, Int(current.end), file: file)
  }

  /// Says what is wrong with a token behind a complete statement.
  mutating func unexpectedBehindStatement() -> Interruption {
    if let marked = markedLine() { return failure(marked) }
    let place = span(current)
    if isWord("over"), lineBegins(with: "minimize") { return failure(.minimizeFormula(at: place)) }
    switch current.kind {
    case .rightParen, .rightBracket: return failure(.closesNothing(text(current), at: place))
    case .leftBrace: return failure(.strayBlock(at: place))
    case .colon where peek().kind == .assign: return failure(.colonAssign(at: place))
    case .colon where lineDeclares: return failure(.declaredInputs(at: place))
    case .colon: return failure(.strayColon(at: place))
    case .if where lastKind.endsOperand: return failure(.conditional(at: place))
    case .else: return failure(.strayElse(at: place))
    case .assign: return failure(.misplacedAssign(at: place))
    case .name, .number, .string, .starred:
      if let habit = habit(behind: wordBefore) { return failure(habit) }
      if lastKind.endsOperand {
        return failure(.missingOperator(source.text(wordBefore), text(current), at: place))
      }
      return unexpected("the end of the line")
    default: return unexpected("the end of the line")
    }
  }

  /// Where the name is that is the token before the current one; nothing where that is no name.
  private var wordBefore: Span {
    var start = Int(lastEnd)
    while lastKind == .name, start > 0,
      Lexer.isLetter(lexer.byte(start - 1)) || Lexer.isDigit(lexer.byte(start - 1))
    {
      start -= 1
    }
    return Span(start, Int(lastEnd), file: file)
  }

  /// What a word means elsewhere that stands before the current token.
  private func habit(behind word: Span) -> Diagnostic? {
    switch source.text(word) {
    case "lambda" where current.kind == .name: .lambda("lambda", at: word)
    case "f", "F", "r":
      current.kind == .string && current.start == lastEnd
        ? .formattedString(text(current), at: word) : nil
    default: nil
    }
  }

  private func lineBegins(with word: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix(word)
  }

  /// Whether the line begins as slides do that list what is given: `Inputs: X, W`.
  private var lineDeclares: Bool {
    let head = line.prefix { $0 != ":" }.lowercased().split(separator: " ").last ?? ""
    return ["input", "inputs", "given", "parameters", "variables", "weights"].contains(head)
  }
}

extension Token.Kind {
  /// A formula may begin with such a token.
  var startsOperand: Bool {
    switch self {
    case .name, .starred, .number, .string, .leftParen, .leftBracket, .minus, .not: true
    default: false
    }
  }
}
