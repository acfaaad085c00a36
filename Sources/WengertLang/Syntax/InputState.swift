/// Whether a text typed at the prompt is a whole program, or goes on in the next line.
public enum InputState: Hashable, Sendable {
  /// It can be read as it is; perhaps with diagnostics.
  case complete
  /// A bracket or a brace is open.
  case open(bracket: String, offset: Int)
  /// The last line ends in an infix operator or a comma.
  case continues(after: String)

  /// The state of a text.
  public init(of text: String) {
    var scanner = TokenScanner(Lexer(Array(text.utf8)))
    var open: [Token] = []
    var last: Token?
    while true {
      let token = scanner.next()
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace: open.append(token)
      case .rightParen, .rightBracket: if open.last?.kind != .leftBrace { _ = open.popLast() }
      case .rightBrace:
        // A missing `)` does not outlive the block around it.
        while let bracket = open.popLast(), bracket.kind != .leftBrace {}
      default: break
      }
      if token.kind == .end { break }
      if token.kind != .newline { last = token }
    }
    if let bracket = open.last {
      self = .open(bracket: scanner.text(bracket), offset: Int(bracket.start))
    } else if let last, last.kind.isContinuing {
      self = .continues(after: scanner.text(last))
    } else {
      self = .complete
    }
  }

  /// Whether a text can be read as it is.
  public static func isComplete(_ text: String) -> Bool { InputState(of: text) == .complete }
}

/// Tokens for those who read a text without the parser; knows `table add*`, where the parser helps
/// the lexer out.
struct TokenScanner {
  private(set) var lexer: Lexer
  private var last = Token.Kind.newline
  private var isTable = false

  init(_ lexer: Lexer) { self.lexer = lexer }

  /// The next token.
  mutating func next() -> Token {
    var token = lexer.next()
    if token.kind == .comment { return token }
    switch last {
    case .newline, .semicolon, .leftBrace, .rightBrace, .colon:
      isTable = lexer.isWord(token, "table")
    default:
      if isTable, token.kind == .name, lexer.byte(Int(token.end)) == UInt8(ascii: "*") {
        token.end += 1
        lexer.state.offset = Int(token.end)
      }
    }
    last = token.kind
    return token
  }

  /// The text of a token.
  func text(_ token: Token) -> String {
    String(decoding: lexer.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }
}
