/// Draws diagnostics: the message, the lines it is about with marks below, what helps.
public struct DiagnosticRenderer: Sendable {
  /// The texts that spans point into, by file number.
  let sources: [SourceFile]

  /// The cells that lines of a program may take; longer ones are cut around their marks.
  let width: Int

  /// A renderer for diagnostics of these texts.
  public init(sources: [SourceFile], width: Int = .max) {
    self.sources = sources
    self.width = width
  }

  /// A title that quotes several lines of a program, in one.
  private static func inOneLine(_ title: String) -> String {
    String(title.map { $0.isNewline ? " " : $0 })
  }

  /// A diagnostic as text, with a line break at the end.
  public func markup(_ diagnostic: Diagnostic) -> Markup {
    let role: Markup.Role = diagnostic.severity == .error ? .error : .warning
    var text = Markup("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", role)
    text.append(": " + Self.inOneLine(diagnostic.title) + "\n", .heading)
    let marks = marks(of: diagnostic)
    let digits = marks.map { String($0.line).count }.max() ?? 1
    var files: [Int] = []
    for mark in marks where !files.contains(mark.file) { files.append(mark.file) }
    for (index, file) in files.enumerated() {
      let excerpt = Excerpt(
        source: sources[file], marks: marks.filter { $0.file == file }, role: role, digits: digits,
        room: min(Excerpt.widest, max(Excerpt.narrowest, width - digits - Excerpt.frame)))
      excerpt.draw(arrow: index == 0 ? "-->" : ":::", to: &text)
    }
    if marks.isEmpty, let name = sourceName(diagnostic) { text.append("  --> \(name)\n", .dimmed) }
    if !marks.isEmpty, !(diagnostic.notes.isEmpty && diagnostic.help.isEmpty) {
      text.pad(digits + 1)
      text.append("|\n", .underline)
    }
    for note in diagnostic.notes { line("note", note, .note, digits, to: &text) }
    for help in diagnostic.help { line("help", help, .help, digits, to: &text) }
    return text
  }

  /// Several diagnostics, a blank line between; after twenty, how many more there are.
  public func markup(_ diagnostics: [Diagnostic]) -> Markup {
    var text = Markup()
    for (index, diagnostic) in diagnostics.prefix(DiagnosticRenderer.limit).enumerated() {
      if index > 0 { text.append("\n") }
      text.append(markup(diagnostic))
    }
    let rest = diagnostics.count - DiagnosticRenderer.limit
    if rest > 0 { text.append("\nand \(rest) more\n", .dimmed) }
    return text
  }

  /// Nobody reads more diagnostics at once.
  public static let limit = 20

  /// A note; the further lines of its text begin below the first.
  private func line(
    _ word: String, _ body: String, _ role: Markup.Role, _ digits: Int, to text: inout Markup
  ) {
    text.pad(digits + 1)
    text.append("= ", .underline)
    text.append(word, role)
    text.append(": ")
    let indent = digits + 5 + word.count
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    text.append(lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n")
  }

  // MARK: Marks

  private func sourceName(_ diagnostic: Diagnostic) -> String? {
    guard let file = diagnostic.primary?.span.file, Int(file) < sources.count else { return nil }
    return sources[Int(file)].name
  }

  /// The labels, the primary first; those of unknown texts are left out.
  private func marks(of diagnostic: Diagnostic) -> [Mark] {
    var labels = diagnostic.secondary.map { ($0, false) }
    if let primary = diagnostic.primary { labels.insert((primary, true), at: 0) }
    return labels.compactMap { label, isPrimary in
      let file = Int(label.span.file)
      guard file < sources.count else { return nil }
      return Mark(label, isPrimary: isPrimary, in: sources[file])
    }
  }

  // MARK: JSON

  /// A diagnostic as an object: bytes and columns count UTF-8, from 0 and from 1.
  public func json(of diagnostic: Diagnostic) -> JSON {
    var members: [JSON.Member] = [
      .init(name: "code", value: .string(diagnostic.code)),
      .init(name: "severity", value: .string(diagnostic.severity.rawValue)),
      .init(name: "message", value: .string(diagnostic.title)),
    ]
    if let name = sourceName(diagnostic) {
      members.append(.init(name: "file", value: .string(name)))
    }
    if let primary = diagnostic.primary {
      members.append(.init(name: "primary", value: json(of: primary)))
    }
    let notes =
      diagnostic.notes.map { JSON.members(["kind": .string("note"), "text": .string($0)]) }
      + diagnostic.help.map { JSON.members(["kind": .string("help"), "text": .string($0)]) }
    members += [
      .init(name: "secondary", value: .array(diagnostic.secondary.map(json))),
      .init(name: "notes", value: .array(notes)),
      .init(name: "rendered", value: .string(markup(diagnostic).plain)),
    ]
    return .object(members)
  }

  private func json(of label: Diagnostic.Label) -> JSON {
    let (start, end) = (Int(label.span.start), Int(label.span.end))
    let bytes = JSON.Member(name: "byte", value: .array([.int(start), .int(end)]))
    let text = JSON.Member(name: "label", value: .string(label.text))
    guard Int(label.span.file) < sources.count else { return .object([bytes, text]) }
    let source = sources[Int(label.span.file)]
    let from = source.position(at: start)
    let to = source.position(at: max(start, end - 1))
    var members: [JSON.Member] = [
      .init(name: "line", value: .int(from.line)), .init(name: "col", value: .int(from.column)),
      .init(name: "endCol", value: .int(to.column + 1)),
    ]
    if to.line != from.line { members.append(.init(name: "endLine", value: .int(to.line))) }
    return .object(members + [bytes, text])
  }
}
