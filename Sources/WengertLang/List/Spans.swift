/// Where the entries of a list were written, eight bytes for each.
struct Spans: RandomAccessCollection, Sendable {
  /// Start, length and file in 32, 16 and 16 bits; a length of all ones stands for a span that does
  /// not fit.
  private var packed: [UInt64] = []
  private var large: [Int: Span] = [:]

  private static let tooLong: UInt64 = 0xffff

  init() {}

  var startIndex: Int { 0 }
  var endIndex: Int { packed.count }

  subscript(_ place: Int) -> Span {
    get {
      let bits = packed[place]
      let length = bits >> 16 & 0xffff
      if length == Self.tooLong, let span = large[place] { return span }
      let start = Int(bits >> 32)
      return Span(start, start + Int(length), file: Int(bits & 0xffff))
    }
    set {
      if packed[place] >> 16 & 0xffff == Self.tooLong { large[place] = nil }
      packed[place] = Self.bits(newValue)
      if packed[place] >> 16 & 0xffff == Self.tooLong { large[place] = newValue }
    }
  }

  @inline(__always)
  mutating func append(_ span: Span) {
    let bits = Self.bits(span)
    if bits >> 16 & 0xffff == Self.tooLong { large[packed.count] = span }
    packed.append(bits)
  }

  /// Forgets those from a place on.
  mutating func truncate(to count: Int) {
    packed.removeSubrange(count...)
    if !large.isEmpty { large = large.filter { $0.key < count } }
  }

  mutating func reserve(_ room: Int) { packed.reserveLarge(room) }

  @inline(__always)
  private static func bits(_ span: Span) -> UInt64 {
    let length = span.end >= span.start ? UInt64(span.end - span.start) : tooLong
    guard length < tooLong, span.file <= 0xffff else { return tooLong << 16 }
    return UInt64(span.start) << 32 | length << 16 | UInt64(span.file)
  }
}
