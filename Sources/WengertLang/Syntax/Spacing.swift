/// Where blanks stand between the tokens of a program in canonical form.
struct Spacing {
  private let tokens: [Token]
  private let text: (Token) -> String
  /// Minus signs before one operand.
  private var isUnary: [Bool]
  /// Sums written without blanks, as in `x[i+1]` and `0..n-1`.
  private var isTight: [Bool]

  /// Words after which a bracket does not call or index, if a blank was there.
  private static let words: Set<String> = [
    "in", "by", "over", "of", "batch", "every", "wrt", "at", "to",
  ]

  init(_ tokens: [Token], text: @escaping (Token) -> String) {
    self.tokens = tokens
    self.text = text
    isUnary = Array(repeating: false, count: tokens.count)
    isTight = isUnary
    for (place, token) in tokens.enumerated() where token.kind == .minus {
      isUnary[place] = place == 0 || !tokens[place - 1].kind.endsOperand || isSign(place)
    }
    markTight()
  }

  /// Whether a minus behind a word is the sign of an operand: `20..1 by -1`.
  private func isSign(_ place: Int) -> Bool {
    isWord(place - 1) && place + 1 < tokens.count && !tokens[place + 1].spaced
  }

  /// Finds the sums inside of indices and at the ends of ranges.
  private mutating func markTight() {
    var levels: [(isIndex: Bool, sums: [Int], hasRange: Bool)] = [(false, [], false)]
    func finish(_ spacing: inout Spacing) {
      guard let level = levels.last else { return }
      for sum in level.sums where level.isIndex || level.hasRange { spacing.isTight[sum] = true }
      levels[levels.count - 1] = (level.isIndex, [], false)
    }
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace:
        if token.kind == .leftBrace { finish(&self) }
        let inIndex = levels.last?.isIndex ?? false
        let indexes = token.kind == .leftBracket && indexes(place)
        levels.append((token.kind == .leftBrace ? false : indexes || inIndex, [], false))
      case .rightParen, .rightBracket, .rightBrace:
        finish(&self)
        if levels.count > 1 { levels.removeLast() }
      case .plus, .minus:
        if !isUnary[place] { levels[levels.count - 1].sums.append(place) }
      case .dotDot: levels[levels.count - 1].hasRange = true
      case .comma, .newline, .semicolon, .assign, .end: finish(&self)
      case .name where isWord(place): finish(&self)
      default: break
      }
    }
  }

  /// Whether a bracket indexes what is before it.
  private func indexes(_ place: Int) -> Bool {
    place > 0 && tokens[place - 1].kind.endsOperand && !isWord(place - 1)
  }

  /// Whether a name is a word in its place: `in (a, b)`.
  private func isWord(_ place: Int) -> Bool {
    guard tokens[place].kind == .name, place + 1 < tokens.count, tokens[place + 1].spaced else {
      return false
    }
    if isStep(place) { return true }
    // A name with an operand before it, on its line, can only be a word.
    guard place > 0, tokens[place - 1].kind.endsOperand else { return false }
    if Spacing.words.contains(text(tokens[place])) { return true }
    // A blank stands before it in the canonical form, whether there was one or not.
    return !isBeginning(place - 1) && !isWord(place - 1)
  }

  /// Whether a token is the word that its statement begins with: `trace`.
  private func isBeginning(_ place: Int) -> Bool {
    guard CommandWord.beginnings.contains(text(tokens[place])) else { return false }
    return place == 0 || [.newline, .semicolon, .leftBrace].contains(tokens[place - 1].kind)
  }

  /// Whether a name is the word of `.. by 2`.
  private func isStep(_ place: Int) -> Bool {
    guard place > 0, place + 2 < tokens.count else { return false }
    return tokens[place - 1].kind == .dotDot && text(tokens[place]) == "by"
      && tokens[place + 1].beginsStep(before: tokens[place + 2])
  }

  /// How a token is written, where that is not as it was.
  func spelling(_ place: Int) -> String? {
    switch tokens[place].kind {
    case .minus: "-"
    case .subtractAssign: "-="
    case .prime: "'"
    default: nil
    }
  }

  /// Whether a token goes on with the statement of the line before.
  func continues(before place: Int) -> Bool {
    place > 0 && tokens[place - 1].kind.isContinuing
  }

  /// Whether the line breaks behind a token.
  func breaks(after place: Int) -> Bool {
    place + 1 < tokens.count && (tokens[place + 1].fresh || tokens[place + 1].kind == .newline)
  }

  /// Whether a blank stands before a token that is not the first of its line.
  func hasBlank(before place: Int) -> Bool {
    guard place > 0 else { return false }
    let (last, next) = (tokens[place - 1].kind, tokens[place].kind)
    switch (last, next) {
    case (_, .rightParen), (_, .rightBracket), (_, .comma), (_, .semicolon), (_, .colon),
      (_, .prime), (.leftParen, _), (.leftBracket, _), (.dot, _):
      return false
    case (.comma, _): return true
    case (_, .dot), (.number, .dotDot):
      // `2.` before a further dot would be read as another number, or as a range.
      return last == .number && text(tokens[place - 1]).hasSuffix(".")
    case (.colon, _): return place > 1 && tokens[place - 2].kind.endsOperand
    case (_, .leftBrace), (.leftBrace, _), (_, .rightBrace), (.rightBrace, _): return true
    case (_, .leftParen) where last.endsOperand, (_, .leftBracket) where last.endsOperand:
      return isWord(place - 1)
    case (.dotDot, .name): return isStep(place)
    // Three dots in one piece would be refused.
    case (.dotDot, .number): return text(tokens[place]).hasPrefix(".")
    case (.starred, .leftParen): return false
    default: break
    }
    if isUnary[place - 1] { return false }
    if isOperator(place - 1) { return isSpaced(place - 1) }
    if isOperator(place) { return isSpaced(place) }
    return true
  }

  private func isOperator(_ place: Int) -> Bool {
    let kind = tokens[place].kind
    if isUnary[place] { return false }
    return kind.rank > 0 || kind == .assign || kind.update != nil
  }

  /// Whether an infix operator has blanks around it.
  private func isSpaced(_ place: Int) -> Bool {
    switch tokens[place].kind {
    case .star:
      // `add*(` would be a name.
      return place > 0 && Lexer.starred.contains(text(tokens[place - 1]))
    case .slash, .percent, .caret, .dotDot: return false
    case .plus, .minus: return !isTight[place]
    default: return true
    }
  }
}
