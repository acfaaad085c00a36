/// A name in a text, with what tells whether it is one of a family: `z17` is z and 17.
struct PlainWord {
  let start: Int
  let end: Int
  /// The bytes before the digits at its end, as `NameTable` packs them, and how many they are.
  ///
  /// Names of eight bytes and more have none.
  let stem: UInt64
  let stemCount: Int
  /// What the digits say.
  let number: Int
  /// Whether its family may hold it: few letters, and few digits without a needless zero.
  let isMember: Bool

  var count: Int { end - start }

  /// Reads a name of plain letters; nil where none begins.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) {
    guard start < limit, Lexer.isLetter(bytes[start]) else { return nil }
    let packed = PackedBytes(bytes, from: start, limit: limit)
    let count = packed.wordCount
    self.start = start
    guard count < 8 else {
      var end = start + 8
      while end < limit, Lexer.isLetter(bytes[end]) || Lexer.isDigit(bytes[end]) { end += 1 }
      (self.end, stem, stemCount, number, isMember) = (end, 0, 0, 0, false)
      return
    }
    end = start + count
    stemCount = packed.stemCount(of: count)
    stem = packed.first(stemCount)
    number = packed.number(stemCount..<count)
    let digits = count - stemCount
    isMember = digits > 0 && (digits == 1 || !packed.isZero(at: stemCount))
  }
}

/// Eight bytes of a text, looked at side by side: the first is the lowest, and zeros stand behind
/// the last one of the text.
private struct PackedBytes {
  private let bytes: UInt64
  /// The highest bit of each byte that is a digit, and of each that is a letter or `_`.
  private let digits: UInt64
  private let letters: UInt64

  private static let high: UInt64 = 0x8080_8080_8080_8080
  private static let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f

  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) {
    if start + 8 <= limit, let base = text.baseAddress {
      bytes = UInt64(
        littleEndian: UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self))
    } else {
      var packed: UInt64 = 0
      for place in start..<limit { packed |= UInt64(text[place]) << UInt64(8 * (place - start)) }
      bytes = packed
    }
    /// The highest bit of each byte that is a letter of ASCII from here on.
    @inline(__always)
    func reaches(_ first: UInt8, _ bytes: UInt64) -> UInt64 {
      (bytes & Self.low) &+ PackedBytes.eight(0x80 - first)
    }
    let small = bytes | Self.eight(0x20)
    let ascii = ~bytes & Self.high
    digits = reaches(UInt8(ascii: "0"), bytes) & ~reaches(UInt8(ascii: "9") + 1, bytes) & ascii
    let plain = reaches(UInt8(ascii: "a"), small) & ~reaches(UInt8(ascii: "z") + 1, small)
    let score = reaches(UInt8(ascii: "_"), bytes) & ~reaches(UInt8(ascii: "_") + 1, bytes)
    letters = (plain | score) & ascii
  }

  /// A byte eight times.
  @inline(__always)
  private static func eight(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// How many letters and digits come first.
  @inline(__always)
  var wordCount: Int { (~(letters | digits) & Self.high).trailingZeroBitCount / 8 }

  /// How many of the first bytes stand before the digits at their end.
  @inline(__always)
  func stemCount(of count: Int) -> Int {
    8 - (~digits & Self.high & ~(~0 &<< UInt64(8 * count))).leadingZeroBitCount / 8
  }

  /// The first bytes, one at least, as `NameTable` packs them.
  @inline(__always)
  func first(_ count: Int) -> UInt64 { bytes.byteSwapped &>> UInt64(64 - 8 * count) }

  @inline(__always)
  func isZero(at place: Int) -> Bool {
    UInt8(truncatingIfNeeded: bytes &>> UInt64(8 * place)) == UInt8(ascii: "0")
  }

  /// What digits say: tens and ones of pairs are added first, then hundreds, then the halves.
  @inline(__always)
  func number(_ places: Range<Int>) -> Int {
    let count = UInt64(8 * places.count)
    var sum = (bytes ^ Self.eight(UInt8(ascii: "0"))) &<< UInt64(64 - 8 * places.upperBound)
    sum &= ~(~0 &>> count)
    sum = (sum &* 10 &+ sum &>> 8) & 0x00ff_00ff_00ff_00ff
    sum = (sum &* 100 &+ sum &>> 16) & 0x0000_ffff_0000_ffff
    return Int(truncatingIfNeeded: (sum &* 10_000 &+ sum &>> 32) & 0xffff_ffff)
  }
}
