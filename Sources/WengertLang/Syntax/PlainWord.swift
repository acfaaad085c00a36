/// A name in a text, with what tells whether it is one of a family: `z17` is z and 17.
struct PlainWord {
  let start: Int
  private(set) var end: Int
  /// The letters before the digits at its end, as `NameTable` packs them, and how many they are.
  private(set) var stem: UInt64
  private(set) var stemCount = 1
  /// What the digits say.
  private(set) var number = 0

  var count: Int { end - start }
  /// Whether its family may hold it: few letters, and few digits without a needless zero.
  var isMember: Bool {
    let digits = count - stemCount
    return 1...7 ~= digits && stemCount <= 8 && (digits == 1 || !startsWithZero)
  }
  private var startsWithZero = false

  /// Reads a name of plain letters; nil where none begins.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) {
    guard start < limit, Lexer.isLetter(bytes[start]) else { return nil }
    self.start = start
    var key = UInt64(bytes[start])
    stem = key
    end = start + 1
    while end < limit {
      let byte = bytes[end]
      if Lexer.isDigit(byte) {
        if end - start == stemCount { (number, startsWithZero) = (0, byte == UInt8(ascii: "0")) }
        number = number &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        key = key << 8 | UInt64(byte)
      } else if Lexer.isLetter(byte) {
        key = key << 8 | UInt64(byte)
        (stem, stemCount) = (key, end - start + 1)
      } else {
        return
      }
      end += 1
    }
  }
}
