import WengertKernels

/// A program text with its name, and the way from offsets to lines and columns.
public struct SourceFile: Sendable {
  /// What messages call it: a path, or `<prompt>`, `<stdin>`, `-e`.
  public let name: String
  /// The text as UTF-8; shared, never copied.
  public let bytes: [UInt8]
  /// How many lines end before each block of bytes, and before the end.
  private let lineEnds: [UInt32]

  private static let block = 1 << 12

  /// Reads a text and counts its lines.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    lineEnds = bytes.withUnsafeBufferPointer { text in
      var ends: [UInt32] = [0]
      for start in stride(from: 0, to: text.count, by: Self.block) {
        let block = UnsafeBufferPointer(
          rebasing: text[start..<min(start + Self.block, text.count)])
        ends.append(ends[ends.count - 1] + Self.lineEnds(block))
      }
      return ends
    }
  }

  private static func lineEnds(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var ends = 0
    wl_count_line_ends(text.baseAddress, text.count, &ends)
    return UInt32(clamping: ends)
  }

  /// Reads a text and counts its lines.
  public init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// How many lines the text has.
  public var lineCount: Int { Int(lineEnds[lineEnds.count - 1]) + 1 }

  /// The line, counted from 1, that holds a byte offset.
  public func line(at offset: Int) -> Int {
    let offset = min(max(offset, 0), bytes.count)
    let block = offset / Self.block
    let ends = bytes.withUnsafeBufferPointer {
      Self.lineEnds(UnsafeBufferPointer(rebasing: $0[block * Self.block..<offset]))
    }
    return Int(lineEnds[block] + ends) + 1
  }

  /// Where a line that the text has begins; a byte order mark is no part of the first.
  private func start(ofLine line: Int) -> Int {
    if line == 1 { return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
    // The first block that an earlier line ends in, and as many line ends from there on.
    var (low, high) = (0, lineEnds.count - 1)
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(lineEnds[middle]) < line - 1 { low = middle } else { high = middle }
    }
    var left = line - 1 - Int(lineEnds[low])
    var offset = low * Self.block
    while left > 0, offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "\n") { left -= 1 }
      offset += 1
    }
    return offset
  }

  /// Line and column, both from 1; columns count bytes of UTF-8.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    return (line, max(0, offset - start(ofLine: line)) + 1)
  }

  /// The byte range of a line (counted from 1) without its line break.
  public func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineCount else { return bytes.count..<bytes.count }
    let start = start(ofLine: line)
    var end = line < lineCount ? self.start(ofLine: line + 1) - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<max(start, end)
  }

  /// The lines, without their line breaks.
  public var lines: [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// The text between two offsets, repaired where it is not valid UTF-8.
  public func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The text of a span.
  public func text(_ span: Span) -> String {
    text(Int(span.start)..<max(Int(span.start), Int(span.end)))
  }
}
