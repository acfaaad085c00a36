extension Lexer {
  /// A name, a reserved word or a starred name; its first character is read already.
  func name(from start: Int, by next: Int) -> Token {
    var end = next
    while true {
      let byte = byte(end)
      if Lexer.isLetter(byte) || Lexer.isDigit(byte) {
        end += 1
      } else if byte >= 0x80, let length = Typography.nameLength(self, at: end, first: false) {
        end += length
      } else {
        break
      }
    }
    let kind = reserved(start, end) ?? .name
    if byte(end) == UInt8(ascii: "*"), byte(end + 1) == UInt8(ascii: "("), kind == .name,
      Lexer.starred.contains(String(decoding: bytes[start..<end], as: UTF8.self))
    {
      return token(.starred, start, end + 1 - start)
    }
    return token(kind, start, end - start)
  }

  /// Whether a text is a name as programs write it: one word, and none of the reserved ones.
  static func isName(_ text: String) -> Bool { onlyToken(of: text) == .name }

  /// Whether a text is a name or a reserved word.
  static func isWord(_ text: String) -> Bool {
    onlyToken(of: text).map { $0 == .name || $0.isReserved } ?? false
  }

  /// What a text is that holds one token and nothing else.
  private static func onlyToken(of text: String) -> Token.Kind? {
    var lexer = Lexer(Array(text.utf8))
    let token = lexer.next()
    return token.start == 0 && Int(token.end) == lexer.limit ? token.kind : nil
  }

  /// The reserved word between two offsets; first byte and length sort out nearly every name.
  func reserved(_ start: Int, _ end: Int) -> Token.Kind? {
    switch (bytes[start], end - start) {
    case (UInt8(ascii: "f"), 3): spells(start, "for") ? .for : nil
    case (UInt8(ascii: "r"), 6):
      spells(start, "repeat") ? .repeat : spells(start, "return") ? .return : nil
    case (UInt8(ascii: "w"), 5): spells(start, "while") ? .while : nil
    case (UInt8(ascii: "i"), 2): spells(start, "if") ? .if : nil
    case (UInt8(ascii: "e"), 4): spells(start, "else") ? .else : nil
    case (UInt8(ascii: "p"), 5): spells(start, "print") ? .print : nil
    case (UInt8(ascii: "a"), 3): spells(start, "and") ? .and : nil
    case (UInt8(ascii: "o"), 2): spells(start, "or") ? .or : nil
    case (UInt8(ascii: "n"), 3): spells(start, "not") ? .not : nil
    default: nil
    }
  }

  /// Whether the text at an offset begins with a word.
  func spells(_ start: Int, _ word: StaticString) -> Bool {
    guard start >= 0, start + word.utf8CodeUnitCount <= limit else { return false }
    return word.withUTF8Buffer { letters in
      for (index, letter) in letters.enumerated() where bytes[start + index] != letter {
        return false
      }
      return true
    }
  }

  /// Whether a token is a name of this spelling.
  func isWord(_ token: Token, _ word: StaticString) -> Bool {
    token.kind == .name && Int(token.end - token.start) == word.utf8CodeUnitCount
      && spells(Int(token.start), word)
  }

  /// A number: `3`, `2.5e-3`, `.5`, `2.`; the dots of `1..20` and `2.T` are not part of it.
  func number(from start: Int) -> Token {
    if byte(start) == UInt8(ascii: "0"), byte(start + 1) | 0x20 == UInt8(ascii: "x"),
      Lexer.isHexadecimal(byte(start + 2))
    {
      return faulty(start, start + 2, while: Lexer.isHexadecimal)
    }
    var end = digits(start)
    if byte(end) == UInt8(ascii: ".") {
      let after = byte(end + 1)
      if Lexer.isDigit(after) {
        end = digits(end + 1)
      } else if hasExponent(end + 1) {
        return faulty(start, exponent(end + 1)) { _ in false }
      } else if after != UInt8(ascii: "."), !Lexer.isLetter(after), after < 0x80 {
        end += 1
      }
    }
    end = exponent(end)
    if byte(end) == UInt8(ascii: "."), Lexer.isDigit(byte(end + 1)) {
      return faulty(start, end) { Lexer.isDigit($0) || $0 == UInt8(ascii: ".") }
    }
    if byte(end) == UInt8(ascii: "_"), Lexer.isDigit(byte(end + 1)) {
      return faulty(start, end) {
        Lexer.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
      }
    }
    return token(.number, start, end - start)
  }

  private func faulty(_ start: Int, _ from: Int, while goesOn: (UInt8) -> Bool) -> Token {
    var end = from
    while end < limit, goesOn(bytes[end]) { end += 1 }
    return token(.faultyNumber, start, end - start)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }

  private func digits(_ start: Int) -> Int {
    var end = start
    while Lexer.isDigit(byte(end)) { end += 1 }
    return end
  }

  private func hasExponent(_ start: Int) -> Bool {
    guard byte(start) | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = byte(start + 1)
    let signed = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    return Lexer.isDigit(byte(start + (signed ? 2 : 1)))
  }

  /// The end of an exponent that begins at an offset; the offset itself when there is none.
  private func exponent(_ start: Int) -> Int { hasExponent(start) ? digits(start + 2) : start }

  /// A string in double quotes; it ends on its line.
  func string(from start: Int) -> Token {
    var end = start + 1
    while end < limit, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "\"") { return token(.string, start, end + 1 - start) }
      let escapes = bytes[end] == UInt8(ascii: "\\") && byte(end + 1) != UInt8(ascii: "\n")
      end = min(limit, end + (escapes ? 2 : 1))
    }
    if end > start + 1, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return token(.openString, start, end - start)
  }

  /// `'` directly behind a name or a value is a prime, elsewhere somebody means a string.
  func quote(at start: Int, spaced: Bool) -> Token {
    if !spaced, state.previous.endsOperand { return token(.prime, start, 1) }
    var end = start + 1
    while end < limit, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "'") { return token(.singleQuoted, start, end + 1 - start) }
      end += 1
    }
    return token(.foreign, start, 1)
  }

  /// What begins with a byte beyond ASCII: a Greek letter, a typographic sign.
  func unusual(at start: Int) -> Token {
    if let length = Typography.nameLength(self, at: start, first: true) {
      return name(from: start, by: start + length)
    }
    let (scalar, length) = Typography.scalar(self, at: start)
    if scalar == "\u{2212}" {
      let equals = byte(start + length) == UInt8(ascii: "=")
      return token(equals ? .subtractAssign : .minus, start, length + (equals ? 1 : 0))
    }
    if scalar == "\u{2032}", state.previous.endsOperand { return token(.prime, start, length) }
    if Typography.isCurlyQuote(scalar) {
      var end = start + length
      while end < limit, bytes[end] != UInt8(ascii: "\n") {
        let (other, step) = Typography.scalar(self, at: end)
        end += step
        if Typography.isCurlyQuote(other) { return token(.curlyQuoted, start, end - start) }
      }
    }
    return token(.foreign, start, length)
  }
}
