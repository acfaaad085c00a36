/// The values of numbers and strings.
extension Parser {
  /// Powers of ten that a double holds exactly.
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The value of a number: the double nearest to what is written.
  mutating func number(_ token: Token) -> Double {
    if let value = exact(token) { return value }
    let spelling = text(token)
    // A trailing or leading dot is ours; the standard library wants digits on both sides.
    var digits = spelling.hasPrefix(".") ? "0" + spelling : spelling
    if digits.hasSuffix(".") { digits += "0" }
    guard let value = Double(digits) else { return .nan }
    if value.isInfinite { report(.hugeNumber(spelling, at: span(token))) }
    return value
  }

  /// Fewer than 16 digits times or over an exact power of ten: one rounding, so the nearest double.
  private func exact(_ token: Token) -> Double? {
    var (mantissa, digits, scale) = (UInt64(0), 0, 0)
    var offset = Int(token.start)
    var isFraction = false
    while offset < Int(token.end) {
      let byte = lexer.byte(offset)
      if Lexer.isDigit(byte) {
        mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        digits += 1
        if isFraction { scale -= 1 }
      } else if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        break
      }
      offset += 1
    }
    guard digits > 0, digits < 16 else { return nil }
    if offset < Int(token.end) {
      guard let exponent = exponent(from: offset + 1, to: Int(token.end)) else { return nil }
      scale += exponent
    }
    guard abs(scale) < Parser.powers.count else { return nil }
    let power = Parser.powers[abs(scale)]
    return scale < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }

  private func exponent(from start: Int, to end: Int) -> Int? {
    var (value, offset) = (0, start)
    let sign = lexer.byte(offset)
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { offset += 1 }
    guard end - offset < 5 else { return nil }
    while offset < end {
      guard Lexer.isDigit(lexer.byte(offset)) else { return nil }
      value = value * 10 + Int(lexer.byte(offset) &- UInt8(ascii: "0"))
      offset += 1
    }
    return sign == UInt8(ascii: "-") ? -value : value
  }

  /// The text of a string: `\n \t \" \\` resolved, any other backslash kept, for the LaTeX of
  /// labels.
  func string(_ token: Token) -> String {
    let (opening, closing) = quotes(token)
    var bytes: [UInt8] = []
    var offset = Int(token.start) + opening
    let end = Int(token.end) - closing
    while offset < end {
      let byte = lexer.byte(offset)
      let next = offset + 1 < end ? lexer.byte(offset + 1) : 0
      offset += 1
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(next)
      default:
        bytes.append(byte)
        continue
      }
      offset += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes that the quotes of a string take.
  private func quotes(_ token: Token) -> (opening: Int, closing: Int) {
    let length = Int(token.end) - Int(token.start)
    let first = lexer.byte(Int(token.start))
    if first >= 0x80 {
      let opening = Typography.scalar(lexer, at: Int(token.start)).1
      return (opening, text(token).unicodeScalars.last.map { UTF8.width($0) } ?? 0)
    }
    let closes = length > 1 && lexer.byte(Int(token.end) - 1) == first
    return (1, closes ? 1 : 0)
  }
}
