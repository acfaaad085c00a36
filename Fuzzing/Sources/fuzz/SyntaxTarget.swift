@testable import WengertLang

/// Lexer, parser and canonical layout.
enum SyntaxTarget {
  static func run(_ text: [UInt8]) {
    let source = SourceFile(name: "fuzz", bytes: text)
    let (outline, diagnostics) = parsed(source)
    for diagnostic in diagnostics { Laws.check(diagnostic, [source]) }
    _ = InputState.isComplete(source.text(0..<text.count))
    guard !diagnostics.contains(where: { $0.severity == .error }), isText(text) else { return }
    // What `explain` is asked for is a text, blanks and all.
    guard !outline.contains("explain") else { return }
    let printed = SourcePrinter.print(source)
    let again = SourceFile(name: "printed", text: printed)
    if parsed(again).outline != outline { broken("a printed program is the same program") }
    if SourcePrinter.print(again) != printed { broken("printing twice changes nothing") }
  }

  private static func parsed(_ source: SourceFile) -> (outline: String, [Diagnostic]) {
    var symbols = Symbols()
    let (tree, diagnostics) = Parser.parse(source, file: 0, symbols: &symbols)
    return (tree.outline(symbols), diagnostics)
  }

  /// Whether the bytes are a text that survives being one.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    Array(String(decoding: bytes, as: UTF8.self).utf8) == bytes
  }
}
