/// How markup is drawn on a terminal or in a file.
public enum Ink: Sendable {
  /// Text alone.
  case none
  /// Colours by ANSI escape sequences.
  case ansi

  /// The text, drawn.
  public func draw(_ markup: Markup) -> String {
    guard self == .ansi else { return markup.plain }
    var text = ""
    for piece in markup.pieces {
      guard let code = Ink.code(piece.role) else {
        text += piece.text
        continue
      }
      // A colour does not go across a line break: pagers forget it there.
      let lines = piece.text.split(separator: "\n", omittingEmptySubsequences: false)
      text += lines.map { $0.isEmpty ? "" : "\u{1B}[\(code)m\($0)\u{1B}[0m" }
        .joined(separator: "\n")
    }
    return text
  }

  /// The parameter of the escape sequence; nil for the terminal's own colour.
  private static func code(_ role: Markup.Role) -> String? {
    switch role {
    case .plain, .name, .number, .value: nil
    case .keyword: "35"
    case .string: "32"
    case .operation: "34"
    case .comment, .dimmed: "2"
    case .adjoint: "36"
    case .tangent: "33"
    case .shape: "2"
    case .heading: "1"
    case .underline: "1;34"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .help: "1;32"
    case .success: "32"
    }
  }
}
