/// What lists, slides and prompts of other languages set before a whole statement: the `1.` of
/// `1. x = 3`, the `>>>` of `>>> x = 3`.
struct LineMark {
  /// The mark, and where it begins in the line, in bytes.
  let mark: String
  let start: Int
  /// What stands behind it.
  let statement: String

  /// The mark of a line; nil where it has none, or where no binding follows.
  init?(_ line: String) {
    let text = line.drop { $0 == " " || $0 == "\t" }
    guard let mark = Self.points(text) ?? Self.number(text) else { return nil }
    let statement = text.dropFirst(mark.count).drop { $0 == " " || $0 == "\t" }
    guard statement.first?.isLetter == true, statement.contains(" = ") else { return nil }
    self.mark = String(mark)
    start = line.utf8.count - text.utf8.count
    self.statement = String(statement)
  }

  private static func points(_ text: Substring) -> Substring? {
    let points = text.prefix { "•*->·".contains($0) }
    return points.isEmpty ? nil : points
  }

  /// `1.`, `1)` or `(1)`.
  private static func number(_ text: Substring) -> Substring? {
    let isInParens = text.first == "("
    let behind = text.dropFirst(isInParens ? 1 : 0)
    let rest = behind.drop { $0.isASCII && $0.isNumber }
    guard rest.startIndex > behind.startIndex, let end = rest.first,
      (isInParens ? ")" : ".)").contains(end), rest.dropFirst().first == " "
    else { return nil }
    return text[...rest.startIndex]
  }
}

extension Parser {
  /// The line of the current token.
  var line: String { source.text(source.range(ofLine: source.line(at: Int(current.start)))) }

  /// What to say of the line where a mark makes it unreadable; nil where there is none.
  ///
  /// What was said of the mark's own characters is taken back.
  mutating func markedLine() -> Diagnostic? {
    guard let found = LineMark(line) else { return nil }
    let start = source.range(ofLine: source.line(at: Int(current.start))).lowerBound + found.start
    let span = Span(start, start + found.mark.utf8.count, file: tree.file)
    diagnostics.removeAll {
      guard let told = $0.primary?.span else { return false }
      return told.start >= span.start && told.end <= span.end
    }
    return .markedLine(found.mark, found.statement, at: span)
  }
}
