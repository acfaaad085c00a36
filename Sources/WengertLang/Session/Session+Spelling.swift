/// How what others hand over is written in a program.
extension Session {
  /// Whether programs can call something so.
  public static func isName(_ text: String) -> Bool { Lexer.isName(text) }

  /// A string that has this text.
  public static func literal(_ text: String) -> String {
    let marked = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }
    return "\"" + marked.joined() + "\""
  }
}
