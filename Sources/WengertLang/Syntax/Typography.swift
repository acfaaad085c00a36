/// Characters beyond ASCII: letters of names, and what slides and word processors put in place of
/// signs.
enum Typography {
  /// The character at an offset and its length in bytes; U+FFFD where it is no UTF-8.
  static func scalar(_ lexer: Lexer, at offset: Int) -> (Unicode.Scalar, Int) {
    let end = min(lexer.limit, offset + 4)
    guard offset < end else { return ("\u{FFFD}", 1) }
    var bytes = lexer.bytes[offset..<end].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return ("\u{FFFD}", 1) }
    return (scalar, UTF8.width(scalar))
  }

  /// The length of the blank at an offset: a no-break space, a thin space, a byte order mark.
  static func blankLength(_ lexer: Lexer, at offset: Int) -> Int? {
    let (scalar, length) = scalar(lexer, at: offset)
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: return length
    default: return nil
    }
  }

  /// The length of the character at an offset if names may hold it: letters of any script; behind
  /// the first also marks above letters (z̄) and subscript digits (x₁).
  static func nameLength(_ lexer: Lexer, at offset: Int, first: Bool) -> Int? {
    let (scalar, length) = scalar(lexer, at: offset)
    switch scalar.value {
    case 0x80...0xBF, 0x1D2C...0x1D6A, 0x2070...0x207F: return nil
    case 0x2080...0x2089: return first ? nil : length
    default: break
    }
    if scalar.properties.isAlphabetic { return length }
    if !first, scalar.properties.generalCategory == .nonspacingMark { return length }
    return nil
  }

  /// Quotes as word processors set them.
  static func isCurlyQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x201C...0x201F, 0xAB, 0xBB, 0x2018...0x201B: true
    default: false
    }
  }

  /// What to type in place of a sign, and the token it most likely stands for.
  static func replacement(_ sign: String) -> (ascii: String, kind: Token.Kind)? {
    let scalars = sign.unicodeScalars
    guard let first = scalars.first, let found = replacements[first] else { return nil }
    guard scalars.count > 1 else { return found }
    return sign == "&&" || sign == "||" ? found : nil
  }

  /// By its scalar, since a comparison of texts brings their accents into order first.
  private static let replacements: [Unicode.Scalar: (ascii: String, kind: Token.Kind)] = {
    let rows: [(signs: String, ascii: String, kind: Token.Kind)] = [
      ("·×⋅∗⊙∘•⨯", "*", .star), ("÷∕⁄", "/", .slash), ("–—‐‑", "-", .minus), ("＋", "+", .plus),
      ("≤⩽", "<=", .lessEqual), ("≥⩾", ">=", .greaterEqual), ("≠", "!=", .notEqual),
      ("←≔＝", "=", .assign), ("…", "..", .dotDot), ("&∧", "and", .and), ("|∨", "or", .or),
      ("!~¬", "not", .not), ("′’", "'", .prime), ("，", ",", .comma), ("（", "(", .leftParen),
      ("）", ")", .rightParen),
    ]
    var found: [Unicode.Scalar: (ascii: String, kind: Token.Kind)] = [:]
    for row in rows {
      for sign in row.signs.unicodeScalars { found[sign] = (row.ascii, row.kind) }
    }
    return found
  }()
}
