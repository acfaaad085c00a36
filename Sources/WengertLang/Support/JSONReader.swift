import WengertKernels

/// Reads JSON from bytes (RFC 8259), and Python's `NaN` and `Infinity`.
public struct JSONReader: Sendable {
  /// Where and why a text is no JSON.
  public struct Failure: Error {
    /// Offset of the byte.
    public var offset: Int
    /// What is wrong there, in a few words.
    public var fact: String
  }

  /// How deep arrays and objects may nest.
  static let deepest = 256

  let bytes: [UInt8]
  var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// The value of a whole text.
  public static func parse(_ bytes: [UInt8]) throws(Failure) -> JSON {
    var reader = JSONReader(bytes)
    let value = try reader.value()
    try reader.end()
    return value
  }

  /// The next byte that is no blank; nil at the end.
  mutating func peek() -> UInt8? {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        offset += 1
      default: return bytes[offset]
      }
    }
    return nil
  }

  /// Takes a sign, if it is the next.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard let byte = peek(), byte == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  func failure(_ fact: String) -> Failure {
    Failure(offset: offset, fact: offset < bytes.count ? fact : "the text ends too early")
  }

  /// Nothing may follow.
  mutating func end() throws(Failure) {
    guard peek() == nil else { throw failure("something follows the value") }
  }

  /// Any value.
  mutating func value() throws(Failure) -> JSON {
    switch peek() {
    case UInt8(ascii: "{"):
      var members: [JSON.Member] = []
      try object { reader, name throws(Failure) in
        members.append(JSON.Member(name: name, value: try reader.value()))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var values: [JSON] = []
      try array { reader throws(Failure) in values.append(try reader.value()) }
      return .array(values)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      for (word, value) in [("true", JSON.bool(true)), ("false", .bool(false)), ("null", .null)]
      where bytes[offset...].starts(with: word.utf8) {
        offset += word.utf8.count
        return value
      }
      throw failure("a value is expected")
    default: return .number(try number())
    }
  }

  /// Goes through the members of an object; `read` takes the value of each.
  mutating func object(
    _ read: (inout JSONReader, String) throws(Failure) -> Void
  ) throws(Failure) {
    try nested { reader throws(Failure) in
      var names: Set<String> = []
      guard reader.take("{") else { throw reader.failure("an object is expected") }
      if reader.take("}") { return }
      repeat {
        guard reader.peek() == UInt8(ascii: "\"") else {
          throw reader.failure("a name in double quotes is expected")
        }
        let start = reader.offset
        let name = try reader.string()
        guard names.insert(name).inserted else {
          throw Failure(offset: start, fact: "the name `\(name)` stands here again")
        }
        guard reader.take(":") else { throw reader.failure("`:` is expected") }
        try read(&reader, name)
      } while reader.take(",")
      guard reader.take("}") else { throw reader.failure("`,` or `}` is expected") }
    }
  }

  /// Goes through the elements of an array; `read` takes each.
  mutating func array(_ read: (inout JSONReader) throws(Failure) -> Void) throws(Failure) {
    try nested { reader throws(Failure) in
      guard reader.take("[") else { throw reader.failure("an array is expected") }
      if reader.take("]") { return }
      repeat {
        if wl_interrupt_requested() != 0 { throw reader.failure("reading was stopped") }
        try read(&reader)
      } while reader.take(",")
      guard reader.take("]") else { throw reader.failure("`,` or `]` is expected") }
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(Failure) -> Void
  ) throws(Failure) {
    guard depth < JSONReader.deepest else { throw failure("it nests too deep") }
    depth += 1
    try read(&self)
    depth -= 1
  }

  /// A number as it stands, or `NaN`, `Infinity`, `-Infinity`.
  mutating func number() throws(Failure) -> Double {
    _ = peek()
    let rest = bytes[offset...]
    for (word, value) in [("NaN", Double.nan), ("Infinity", .infinity), ("-Infinity", -.infinity)]
    where rest.starts(with: word.utf8) {
      offset += word.utf8.count
      return value
    }
    let digits = rest.prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e")
        || $0 == UInt8(ascii: "E")
    }
    guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "."),
      let value = Double(String(decoding: digits, as: UTF8.self))
    else { throw failure("a value is expected") }
    guard value.isFinite else { throw failure("this number is too large") }
    offset += digits.count
    return value
  }

  /// A text in double quotes.
  mutating func string() throws(Failure) -> String {
    guard take("\"") else { throw failure("a text in double quotes is expected") }
    var text: [UInt8] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw failure("a control character stands in a text")
      default:
        text.append(byte)
        offset += 1
      }
    }
    throw failure("")
  }

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
      UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
      UInt8(ascii: "t"): 9,
    ]
    guard offset + 1 < bytes.count else {
      offset = bytes.count
      throw failure("")
    }
    if let byte = simple[bytes[offset + 1]] {
      text.append(byte)
      offset += 2
      return
    }
    guard let first = unit(at: offset) else { throw failure("this escape is unknown") }
    offset += 6
    var units = [first]
    if UTF16.isLeadSurrogate(first), let second = unit(at: offset), UTF16.isTrailSurrogate(second) {
      units.append(second)
      offset += 6
    }
    text += String(decoding: units, as: UTF16.self).utf8
  }

  /// The unit that `\u00e9` at an offset stands for.
  private func unit(at offset: Int) -> UInt16? {
    guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(offset + 2)..<(offset + 6)]
    guard digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
