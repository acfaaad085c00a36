import WengertLang

extension Presenter {
  /// A diagnostic as members of a JSON object; columns count bytes.
  static func members(
    of diagnostic: Diagnostic, _ sources: [SourceFile]
  ) -> [(String, JSON)] {
    var members: [(String, JSON)] = [
      ("code", .string(diagnostic.code)),
      ("severity", .string(diagnostic.severity.rawValue)),
      ("message", .string(diagnostic.title)),
    ]
    if let primary = diagnostic.primary { members.append(("primary", place(primary, sources))) }
    members.append(("secondary", .array(diagnostic.secondary.map { place($0, sources) })))
    members.append(("notes", .array(diagnostic.notes.map { .string($0) })))
    members.append(("help", .array(diagnostic.help.map { .string($0) })))
    return members
  }

  private static func place(_ label: Diagnostic.Label, _ sources: [SourceFile]) -> JSON {
    let span = label.span
    var members: [(String, JSON)] = []
    if Int(span.file) < sources.count {
      let source = sources[Int(span.file)]
      let start = source.position(at: Int(span.start))
      let end = source.position(at: Int(span.end))
      members = [
        ("file", .string(source.name)),
        ("line", .number(Double(start.line))), ("column", .number(Double(start.column))),
        ("endLine", .number(Double(end.line))), ("endColumn", .number(Double(end.column))),
      ]
    }
    members.append(("bytes", .array([.number(Double(span.start)), .number(Double(span.end))])))
    members.append(("label", .string(label.text)))
    return .object(members)
  }
}

/// What can go wrong with files, code family E06.
extension Diagnostic {
  static let unreadableCode = "E0601"
  static let unwritableCode = "E0602"

  /// A program that is not there, with the nearest name of its folder.
  static func cannotRead(_ path: String, reason: String) -> Diagnostic {
    let folder = Files.folder(of: path)
    let name = String(path.dropFirst(folder.count))
    let neighbours = Files.list(folder).filter { $0.hasSuffix(".wl") || name.contains(".") }
    var diagnostic = Diagnostic(unreadableCode, "`\(path)` cannot be read: \(reason)", at: nil)
    if let near = EditDistance.suggestion(for: name, among: neighbours) {
      diagnostic.help.append("did you mean `\(folder)\(near)`?")
    } else if neighbours.contains(name + ".wl") {
      diagnostic.help.append("did you mean `\(path).wl`?")
    }
    if path.contains("=") {
      diagnostic.help.append("an input gets a value with `--set \(path)`")
    }
    return diagnostic
  }

  static func cannotWrite(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(unwritableCode, "`\(path)` cannot be written: \(reason)", at: nil)
  }
}
