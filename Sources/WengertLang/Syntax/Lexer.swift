/// Cuts a program text into tokens, one at a time.
///
/// No array of tokens is made. `state` is all that `next()` changes, so looking ahead is: keep it,
/// read on, put it back.
struct Lexer {
  /// Where reading stands.
  struct State {
    /// Offset of the next byte.
    var offset: Int
    /// How many `(` and `[` are open; inside of them a line break is a blank.
    var depth = 0
    /// The token before.
    var previous = Token.Kind.newline
    /// Where the last comment began that was written `//`.
    var slashes = -1
  }

  /// Operations whose starred spelling is a name directly before `(`: `add*(Z, b)`.
  static let starred: Set<String> = ["add", "sub", "mul", "div", "hadamard", "pow", "max", "min"]

  let bytes: [UInt8]
  /// Reading ends here.
  let limit: Int
  /// Comments come as tokens, for those who print the text again.
  let keepsComments: Bool
  var state: State

  /// A lexer for a text, or for a part of it.
  init(_ bytes: [UInt8], range: Range<Int>? = nil, keepsComments: Bool = false) {
    self.bytes = bytes
    self.keepsComments = keepsComments
    let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    limit = range.upperBound
    state = State(offset: range.lowerBound)
    if range.lowerBound == 0 { skipPrompt() }
  }

  /// The byte at an offset, 0 behind the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < limit ? bytes[offset] : 0 }

  /// The next token; `.end` for ever behind the last.
  mutating func next() -> Token {
    var spaced = false
    var fresh = state.offset == 0
    while true {
      let start = state.offset
      guard start < limit else { return make(.end, start, start, spaced: spaced, fresh: fresh) }
      let first = bytes[start]
      switch first {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0b, 0x0c:
        state.offset = start + 1
        spaced = true
        continue
      case UInt8(ascii: "\n"):
        state.offset = start + 1
        skipPrompt()
        let joins = state.depth > 0 || state.previous.isContinuing
        if !joins { return make(.newline, start, start + 1, spaced: spaced, fresh: fresh) }
        spaced = true
        fresh = true
        continue
      default: break
      }
      if startsComment(first, at: start) {
        if first == UInt8(ascii: "/") { state.slashes = start }
        var end = start
        while end < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        state.offset = end
        if keepsComments { return comment(start, end, spaced: spaced, fresh: fresh) }
        spaced = true
        continue
      }
      if first >= 0x80, let blank = Typography.blankLength(self, at: start) {
        state.offset = start + blank
        spaced = true
        continue
      }
      var token = read(first, at: start, spaced: spaced)
      token.spaced = spaced
      token.fresh = fresh || state.previous == .newline
      state.previous = token.kind
      state.offset = Int(token.end)
      return token
    }
  }

  private func startsComment(_ first: UInt8, at start: Int) -> Bool {
    switch first {
    case UInt8(ascii: "#"): true
    case UInt8(ascii: "/"), UInt8(ascii: ";"): byte(start + 1) == first
    default: false
    }
  }

  /// A comment as a token; it leaves no trace in the state, so that lines end as without it.
  private func comment(_ start: Int, _ end: Int, spaced: Bool, fresh: Bool) -> Token {
    var end = end
    while end > start, bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    let fresh = fresh || state.previous == .newline
    return Token(
      kind: .comment, spaced: spaced, fresh: fresh, start: UInt32(clamping: start),
      end: UInt32(clamping: end))
  }

  private mutating func make(
    _ kind: Token.Kind, _ start: Int, _ end: Int, spaced: Bool, fresh: Bool
  ) -> Token {
    let fresh = fresh || state.previous == .newline
    state.previous = kind
    return Token(
      kind: kind, spaced: spaced, fresh: fresh, start: UInt32(clamping: start),
      end: UInt32(clamping: end))
  }

  /// Reads one token that begins at `start`; keeps count of the open brackets.
  private mutating func read(_ first: UInt8, at start: Int, spaced: Bool) -> Token {
    if Lexer.isLetter(first) { return name(from: start, by: start + 1) }
    if Lexer.isDigit(first) { return number(from: start) }
    if first >= 0x80 { return unusual(at: start) }
    switch first {
    case UInt8(ascii: "("), UInt8(ascii: "["):
      state.depth += 1
      return token(first == UInt8(ascii: "(") ? .leftParen : .leftBracket, start, 1)
    case UInt8(ascii: ")"), UInt8(ascii: "]"):
      state.depth = max(0, state.depth - 1)
      return token(first == UInt8(ascii: ")") ? .rightParen : .rightBracket, start, 1)
    case UInt8(ascii: "{"), UInt8(ascii: "}"):
      // No bracket goes on across a brace: a missing `)` spoils one statement, not the file.
      state.depth = 0
      return token(first == UInt8(ascii: "{") ? .leftBrace : .rightBrace, start, 1)
    case UInt8(ascii: "\""): return string(from: start)
    case UInt8(ascii: "'"): return quote(at: start, spaced: spaced)
    case UInt8(ascii: "."):
      if byte(start + 1) == first { return token(.dotDot, start, 2) }
      if Lexer.isDigit(byte(start + 1)) { return number(from: start) }
      return token(.dot, start, 1)
    default: return sign(first, at: start)
    }
  }

  /// Signs of one or two characters.
  private func sign(_ first: UInt8, at start: Int) -> Token {
    let second = byte(start + 1)
    let equals = second == UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: ","): return token(.comma, start, 1)
    case UInt8(ascii: ";"): return token(.semicolon, start, 1)
    case UInt8(ascii: ":"): return token(.colon, start, 1)
    case UInt8(ascii: "="): return equals ? token(.equal, start, 2) : token(.assign, start, 1)
    case UInt8(ascii: "+"): return equals ? token(.addAssign, start, 2) : token(.plus, start, 1)
    case UInt8(ascii: "-"):
      return equals ? token(.subtractAssign, start, 2) : token(.minus, start, 1)
    case UInt8(ascii: "*"):
      if second == first { return token(.starStar, start, 2) }
      return equals ? token(.multiplyAssign, start, 2) : token(.star, start, 1)
    case UInt8(ascii: "/"):
      return equals ? token(.divideAssign, start, 2) : token(.slash, start, 1)
    case UInt8(ascii: "%"): return token(.percent, start, 1)
    case UInt8(ascii: "@"): return token(.at, start, 1)
    case UInt8(ascii: "^"): return token(.caret, start, 1)
    case UInt8(ascii: "<"): return equals ? token(.lessEqual, start, 2) : token(.less, start, 1)
    case UInt8(ascii: ">"):
      return equals ? token(.greaterEqual, start, 2) : token(.greater, start, 1)
    case UInt8(ascii: "!") where equals: return token(.notEqual, start, 2)
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      return token(.foreign, start, second == first ? 2 : 1)
    default: return token(.foreign, start, 1)
    }
  }

  func token(_ kind: Token.Kind, _ start: Int, _ length: Int) -> Token {
    Token(kind: kind, start: UInt32(clamping: start), end: UInt32(clamping: start + length))
  }

  /// A prompt pasted along with its line is no part of the program.
  private mutating func skipPrompt() {
    let start = state.offset
    let first = byte(start)
    guard first == UInt8(ascii: "w") || first == UInt8(ascii: ".") else { return }
    guard spells(start, "wl>") || spells(start, "...") else { return }
    if byte(start + 3) <= UInt8(ascii: " ") { state.offset = min(limit, start + 3) }
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
  }
}
