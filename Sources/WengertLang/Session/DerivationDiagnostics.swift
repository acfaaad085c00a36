/// What can be wrong with a derivation, and with the words behind a command: codes E0460 to E0469.
extension Diagnostic {
  static func derivationOfArray(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0460", "a derivation in reverse starts from one number", at: span, "is about an array",
      notes: ["forward mode tells the change of an array"], help: ["derive y wrt x mode forward"])
  }

  static func notDerivable(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0461", "the values of all turns of a loop cannot be told in one formula", at: span,
      "reads them",
      notes: ["the derivative of a loop, and `map`, keep the values of every turn"],
      help: ["trace f"])
  }

  static func unknownMode(_ known: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "E0462", "there is no such mode", at: span, "has a mode behind it that is not known",
      notes: ["the modes are \(known.joined(separator: ", "))"], help: ["derive f mode reverse"])
  }

  static func unknownNotation(_ known: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "E0463", "there is no such notation", at: span,
      "one of the notations stands here",
      notes: ["the notations are \(known.joined(separator: ", "))"],
      help: ["trace f notation delta"])
  }

  static func unknownWord(_ word: String, _ known: [String], at span: Span) -> Diagnostic {
    var diagnostic = Diagnostic(
      "E0464", "`\(word)` says nothing to this command", at: span, "does not know the word",
      notes: known.isEmpty ? [] : ["it knows \(known.joined(separator: ", "))"])
    if let near = EditDistance.suggestion(for: word, among: known) {
      diagnostic.help.append("did you mean `\(near)`?")
    }
    return diagnostic
  }

  static func changeWithoutTangent(_ word: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0464", "a change of \(name) says nothing to `\(word)`", at: span,
      "only `tangent` goes along a change",
      help: [
        "by \(name): `wrt \(name)`", "another value of \(name): `at \(name) = …`",
      ])
  }
}
