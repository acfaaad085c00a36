/// A block of text that came from elsewhere: another terminal, a lecture slide, a mail.
public enum PastedText {
  /// What the prompt looks like, in transcripts too.
  public static let prompt = "wl> "

  /// The statements of a block, without the prompts of a transcript and without its printouts.
  public static func program(_ text: String) -> String {
    let lines = cleaned(text).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: isPrompted) else {
      return Gutter.removed(from: lines.joined(separator: "\n"))
    }
    var kept: [Substring] = []
    var statement = ""
    for line in lines {
      if isPrompted(line) {
        statement = String(line.dropFirst(prompt.count))
        kept.append(line.dropFirst(prompt.count))
      } else if !statement.isEmpty, !InputState.isComplete(statement) {
        let bare = withoutGutter(line, behind: statement)
        statement += "\n" + bare
        kept.append(bare)
      }
    }
    let end = text.hasSuffix("\n") || text.hasSuffix("\r") ? "\n" : ""
    return kept.joined(separator: "\n") + end
  }

  /// The parts of a block that run one behind the other; lines belong together while one is open.
  public static func statements(_ text: String) -> [String] {
    var statements: [String] = []
    var open: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let statement = open.map { $0 + "\n" + line } ?? String(line)
      if SessionCommand.isMeant(by: statement) || InputState.isComplete(statement) {
        statements.append(statement)
        open = nil
      } else {
        open = statement
      }
    }
    if let open { statements.append(open) }
    return statements.filter { $0.contains { !$0.isWhitespace } }
  }

  private static func isPrompted(_ line: Substring) -> Bool {
    line.hasPrefix(prompt) || line == prompt.dropLast()
  }

  /// A copied gutter may have lost its no-break space.
  private static func withoutGutter(_ line: Substring, behind statement: String) -> Substring {
    let bare = Gutter.withoutGutter(line)
    if bare != line { return bare }
    let gutter = Gutter.behind(statement).dropLast() + " "
    return line.hasPrefix(gutter) ? line.dropFirst(gutter.count) : line
  }

  /// One kind of line break, and no characters that steer a terminal.
  private static func cleaned(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      switch scalar {
      case "\r": scalars.append("\n")
      case "\n": if last != "\r" { scalars.append("\n") }
      case "\t": scalars.append(contentsOf: "  ".unicodeScalars)
      default: if scalar.value >= 0x20, scalar.value != 0x7F { scalars.append(scalar) }
      }
    }
    return String(scalars)
  }
}
