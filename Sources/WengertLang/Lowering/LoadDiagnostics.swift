/// What is said where `load` is written.
extension Diagnostic {
  static func unknownLoadOption(_ name: String, at span: Span) -> Diagnostic {
    var diagnostic = Diagnostic(
      "E0625", "`load` has no option `\(name)`", at: span, "its options are columns and header")
    if let near = EditDistance.suggestion(for: name, among: ["columns", "header"]) {
      diagnostic.help.append("did you mean `\(near)`?")
    }
    return diagnostic
  }

  static func noColumns(_ path: String) -> Diagnostic {
    Diagnostic(
      "E0625", "`columns` and `header` are for tables, and `\(path)` is none", at: nil,
      notes: ["a part of an array is taken with an index"], help: ["load(\"\(path)\")[.., 0..1]"])
  }

  static func columnsByName(_ path: String, _ names: [String]) -> Diagnostic {
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    return Diagnostic(
      "E0625", "columns of a table are chosen with `columns =`", at: nil,
      help: ["load(\"\(path)\", columns = \(names.count == 1 ? list : "[\(list)]"))"])
  }
}
