/// Where the entries of a list were written.
///
/// Entries that stand side by side often have one span, as those of a sweep that differentiate one
/// entry do: it is held once, and a bit for each entry tells whether it has the next one.
struct Spans: RandomAccessCollection, Sendable {
  /// The spans, start, length and file in 32, 16 and 16 bits; a length of all ones stands for one
  /// that does not fit.
  private var packed: [UInt64] = []
  private var large: [Int: Span] = [:]
  /// A bit for each entry, 64 in a word, and how many are set before each word.
  private var bits: [UInt64] = []
  private var before: [UInt32] = []
  private var last = Span(0, 0)

  private(set) var endIndex = 0
  var startIndex: Int { 0 }

  private static let tooLong: UInt64 = 0xffff

  init() {}

  subscript(_ place: Int) -> Span {
    let word = place >> 6
    let upTo = bits[word] << UInt64(63 - place & 63)
    let number = Int(before[word]) + upTo.nonzeroBitCount - 1
    let span = packed[number]
    let length = span >> 16 & 0xffff
    if length == Self.tooLong, let span = large[number] { return span }
    let start = Int(span >> 32)
    return Span(start, start + Int(length), file: Int(span & 0xffff))
  }

  @inline(__always)
  mutating func append(_ span: Span) {
    let bit = endIndex & 63
    if bit == 0 {
      bits.append(0)
      before.append(UInt32(truncatingIfNeeded: packed.count))
    }
    if endIndex == 0 || span != last {
      bits[bits.count - 1] |= 1 << UInt64(bit)
      keep(span)
    }
    endIndex += 1
  }

  @inline(__always)
  private mutating func keep(_ span: Span) {
    last = span
    let length = span.end >= span.start ? UInt64(span.end - span.start) : Self.tooLong
    if length < Self.tooLong, span.file <= 0xffff {
      packed.append(UInt64(span.start) << 32 | length << 16 | UInt64(span.file))
    } else {
      large[packed.count] = span
      packed.append(Self.tooLong << 16)
    }
  }

  /// Leaves those of the entries for which something holds.
  mutating func keep(where isKept: (Int) -> Bool) {
    let old = self
    self = Spans()
    for place in old.indices where isKept(place) { append(old[place]) }
  }

  /// Forgets those from a place on.
  mutating func truncate(to count: Int) {
    guard count < endIndex else { return }
    guard count > 0 else { return self = Spans() }
    let last = self[count - 1]
    let (word, bit) = ((count - 1) >> 6, (count - 1) & 63)
    bits.removeSubrange((word + 1)...)
    before.removeSubrange((word + 1)...)
    bits[word] &= ~0 >> UInt64(63 - bit)
    let kept = Int(before[word]) + bits[word].nonzeroBitCount
    packed.removeSubrange(kept...)
    if !large.isEmpty { large = large.filter { $0.key < kept } }
    (self.last, endIndex) = (last, count)
  }

  /// Makes room for the spans of a long list.
  mutating func reserve(_ room: Int) { packed.reserveLarge(room) }
}
