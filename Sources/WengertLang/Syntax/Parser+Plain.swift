/// Plain bindings, recognised by their bytes.
///
/// Only what the grammar reads as the same binding is taken, and nothing is reported; every other
/// statement is left to the grammar as it stands.
extension Parser {
  /// Reads plain bindings, one a line, as long as they come; says which of the tree's they are.
  mutating func plainBindings() -> Range<Int32> {
    while current.kind == .newline || current.kind == .semicolon { advance() }
    let first = Int32(truncatingIfNeeded: tree.plains.count)
    guard current.kind == .name, lexer.state.depth == 0 else { return first..<first }
    var end: Int?
    let letters = Token.Kind.reservedLetters
    lexer.bytes.withUnsafeBufferPointer { bytes in
      var next = Int(current.start)
      while let binding = PlainText(bytes, from: next, limit: lexer.limit),
        add(binding, bytes, reservedLetters: letters)
      {
        end = binding.end
        next = binding.end + 1
        while next < lexer.limit, bytes[next] == UInt8(ascii: " ") { next += 1 }
      }
    }
    guard let end else { return first..<first }
    // As if the last of them had been read token by token, up to the line break.
    lexer.state.offset = end
    lexer.state.previous = .rightParen
    current = Token(
      kind: .rightParen, start: UInt32(clamping: end - 1), end: UInt32(clamping: end))
    advance()
    return first..<Int32(truncatingIfNeeded: tree.plains.count)
  }

  /// Adds a binding to the tree; false where it does not fit or one of its names is reserved.
  private mutating func add(
    _ text: PlainText, _ bytes: UnsafeBufferPointer<UInt8>, reservedLetters: UInt32
  ) -> Bool {
    func isReserved(_ word: PlainWord?) -> Bool {
      // The longest has six letters; capitals share the bits, and are sorted out below.
      guard let word, word.count <= 6, reservedLetters >> (bytes[word.start] & 31) & 1 != 0 else {
        return false
      }
      return lexer.reserved(word.start, word.end) != nil
    }
    guard symbols.count < PlainBinding.symbolLimit - 4, !isReserved(text.target),
      !isReserved(text.callee), !isReserved(text.a), !isReserved(text.b)
    else { return false }
    func symbol(_ word: PlainWord, _ symbols: inout Symbols) -> Symbol {
      symbols.intern(word, UnsafeBufferPointer(rebasing: bytes[word.start..<word.end]))
    }
    let target = symbol(text.target, &symbols)
    let callee = text.callee.map { symbol($0, &symbols) }
    let a = symbol(text.a, &symbols)
    let b = text.b.map { symbol($0, &symbols) }
    tree.plains.append(
      PlainBinding(
        text.form, start: text.target.start, end: text.end, target: target, callee: callee,
        a: a, b: b))
    return true
  }
}

/// Where the words of a plain binding stand.
private struct PlainText {
  let form: PlainBinding.Form
  let target: PlainWord
  let callee: PlainWord?
  let a: PlainWord
  let b: PlainWord?
  /// Behind the last byte: at a line break, or at the end of the text.
  let end: Int

  /// Reads a line; nil where it is anything else.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) {
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 { offset < limit ? bytes[offset] : 0 }
    @inline(__always)
    func word(_ start: Int) -> PlainWord? { PlainWord(bytes, from: start, limit: limit) }
    guard let target = word(start), byte(target.end) == UInt8(ascii: " "),
      byte(target.end + 1) == UInt8(ascii: "="),
      byte(target.end + 2) == UInt8(ascii: " "),
      let first = word(target.end + 3)
    else { return nil }
    self.target = target
    var next = first.end
    if byte(next) == UInt8(ascii: "(") {
      guard let a = word(next + 1) else { return nil }
      (callee, self.a) = (first, a)
      next = a.end
      if byte(next) == UInt8(ascii: ",") {
        let isTight = byte(next + 1) != UInt8(ascii: " ")
        guard let b = word(next + (isTight ? 1 : 2)) else { return nil }
        (form, self.b) = (isTight ? .tight : .call, b)
        next = b.end
      } else {
        (form, b) = (.call, nil)
      }
      guard byte(next) == UInt8(ascii: ")") else { return nil }
      next += 1
    } else {
      guard byte(next) == UInt8(ascii: " "), byte(next + 2) == UInt8(ascii: " "),
        let form = Self.form(byte(next + 1)), let b = word(next + 3)
      else { return nil }
      (self.form, callee, a, self.b) = (form, nil, first, b)
      next = b.end
    }
    guard next == limit || byte(next) == UInt8(ascii: "\n") else { return nil }
    end = next
  }

  @inline(__always)
  private static func form(_ sign: UInt8) -> PlainBinding.Form? {
    switch sign {
    case UInt8(ascii: "+"): .add
    case UInt8(ascii: "-"): .subtract
    case UInt8(ascii: "*"): .multiply
    case UInt8(ascii: "/"): .divide
    default: nil
    }
  }
}
