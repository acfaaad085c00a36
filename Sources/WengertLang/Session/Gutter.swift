/// What stands before the further lines of a statement while it is typed.
///
/// It names what is open, `  ( `, and is part of the edited text: four cells wide like the prompt,
/// with a no-break space at its end, by which it is known and taken out again.
public enum Gutter {
  static let mark: Unicode.Scalar = "\u{A0}"

  /// The gutter of the line that follows a text.
  public static func behind(_ text: String) -> String {
    let sign =
      switch InputState(of: text) {
      case .complete: ""
      case .open(let bracket, _): bracket
      case .continues(let word): word
      }
    let shown = String(sign.prefix(3))
    return String(repeating: " ", count: 3 - shown.count) + shown + String(mark)
  }

  /// How many characters at the beginning of a line are its gutter.
  static func length(in line: some Sequence<Unicode.Scalar>) -> Int {
    for (place, scalar) in line.prefix(4).enumerated() where scalar == mark { return place + 1 }
    return 0
  }

  /// The text without its gutters.
  public static func removed(from text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let bare = lines.enumerated().map { $0 == 0 ? $1 : withoutGutter($1) }
    return bare.joined(separator: "\n")
  }

  /// A line without its gutter.
  static func withoutGutter(_ line: Substring) -> Substring {
    Substring(line.unicodeScalars.dropFirst(length(in: line.unicodeScalars)))
  }

  /// The text with a gutter before every line but the first.
  public static func added(to text: String) -> String {
    var shown = ""
    var above = ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if number > 0 { shown += "\n" + behind(above) }
      shown += line
      above += (number > 0 ? "\n" : "") + line
    }
    return shown
  }
}
