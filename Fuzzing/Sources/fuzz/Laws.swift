@testable import WengertLang

/// What holds of every message.
enum Laws {
  /// Messages about a run as a whole, which have no place.
  private static let placeless: Set = ["E0811"]

  static func check(_ diagnostic: Diagnostic, _ sources: [SourceFile]) {
    guard let span = diagnostic.primary?.span else {
      if diagnostic.severity == .error, !placeless.contains(diagnostic.code) {
        broken("\(diagnostic.code) has no place")
      }
      return
    }
    if span.start > span.end { broken("\(diagnostic.code) ends before it begins") }
    if sources.indices.contains(Int(span.file)),
      Int(span.end) > sources[Int(span.file)].bytes.count + 1
    {
      broken("\(diagnostic.code) points behind the text")
    }
    let text = DiagnosticRenderer(sources: sources).markup(diagnostic).plain
    let title = text.prefix { $0 != "\n" }
    if !title.contains("[\(diagnostic.code)]: ") { broken("\(diagnostic.code) is not one line") }
  }
}
