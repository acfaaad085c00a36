import WengertKernels

/// A program text with its name, and the way from offsets to lines and columns.
public struct SourceFile: Sendable {
  /// What messages call it: a path, or `<prompt>`, `<stdin>`, `-e`.
  public let name: String
  /// The text as UTF-8; shared, never copied.
  public let bytes: [UInt8]
  /// Offset of the first byte of each line.
  private let lineStarts: [UInt32]

  /// Reads a text and finds its lines.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    lineStarts = bytes.withUnsafeBufferPointer { text in
      let count = wl_count_lines(text.baseAddress, text.count)
      return Array(unsafeUninitializedCapacity: count) { starts, filled in
        filled = wl_find_lines(text.baseAddress, text.count, starts.baseAddress, count)
      }
    }
  }

  /// Reads a text and finds its lines.
  public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// How many lines the text has.
  public var lineCount: Int { lineStarts.count }

  /// The line, counted from 1, that holds a byte offset.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Line and column, both from 1; columns count bytes of UTF-8.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    return (line, offset - Int(lineStarts[line - 1]) + 1)
  }

  /// The byte range of a line (counted from 1) without its line break.
  public func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = Int(lineStarts[line - 1])
    var end = line < lineStarts.count ? Int(lineStarts[line]) - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<max(start, end)
  }

  /// The lines, without their line breaks.
  public var lines: [String] { (1...lineCount).map { text(range(ofLine: $0)) } }

  /// The text between two offsets, repaired where it is not valid UTF-8.
  public func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The text of a span.
  public func text(_ span: Span) -> String {
    text(Int(span.start)..<max(Int(span.start), Int(span.end)))
  }
}
