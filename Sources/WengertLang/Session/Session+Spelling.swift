/// How what others hand over is written in a program.
extension Session {
  /// Whether programs can call something so.
  public static func isName(_ text: String) -> Bool {
    var symbols = Symbols()
    let (tree, diagnostics) = Parser.parse(
      SourceFile(name: "", text: text), file: 0, symbols: &symbols)
    guard diagnostics.isEmpty, tree.statements.count == 1, let node = tree.statements.first,
      case .bare(let formula) = tree.statement(node), case .name = tree.expression(formula)
    else { return false }
    return tree.span(formula) == Span(0, text.utf8.count)
  }

  /// A string that has this text.
  public static func literal(_ text: String) -> String {
    let marked = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }
    return "\"" + marked.joined() + "\""
  }
}
