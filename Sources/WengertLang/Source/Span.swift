/// A half-open range of UTF-8 offsets in one source file.
///
/// Spans stay small because every entry of a list keeps one.
public struct Span: Hashable, Sendable, BitwiseCopyable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset behind the last byte.
  public var end: UInt32
  /// Which file of the session's `Sources`.
  public var file: UInt32

  /// The bytes `start ..< end` of file number `file`.
  public init(_ start: Int, _ end: Int, file: Int = 0) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: end)
    self.file = UInt32(clamping: file)
  }

  /// The smallest span that holds both; they lie in the same file.
  public func joined(_ other: Span) -> Span {
    var joined = self
    joined.start = min(start, other.start)
    joined.end = max(end, other.end)
    return joined
  }
}
