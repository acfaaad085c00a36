/// What the interpreter makes of a program on the way from text to numbers.
public enum Stage: String, CaseIterable, Sendable {
  case tokens, tree, list, adjoint, plan

  /// The first two stages, which need nothing but the text.
  ///
  /// - Returns: the stage as text, nil for later ones, and what is wrong with the program.
  public func show(_ source: SourceFile) -> (text: String, diagnostics: [Diagnostic])? {
    switch self {
    case .tokens: (Stage.tokens(of: source), [])
    case .tree: Stage.tree(of: source)
    case .list, .adjoint, .plan: nil
    }
  }

  /// Every token on a line: where it begins, its kind, its text.
  private static func tokens(of source: SourceFile) -> String {
    var scanner = TokenScanner(Lexer(source.bytes))
    var text = ""
    while true {
      let token = scanner.next()
      let (line, column) = source.position(at: Int(token.start))
      let shown = token.kind == .newline ? "" : " " + scanner.text(token)
      text += "\(line):\(column) \(token.kind)\(shown)\n"
      if token.kind == .end { return text }
    }
  }

  private static func tree(of source: SourceFile) -> (String, [Diagnostic]) {
    var symbols = Symbols()
    let (tree, diagnostics) = Parser.parse(source, file: 0, symbols: &symbols)
    return (tree.outline(symbols), diagnostics)
  }
}
