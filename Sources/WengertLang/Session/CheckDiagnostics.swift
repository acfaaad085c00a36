/// What checks of derivatives say, code families E047 and E072.
extension Diagnostic {
  static func wrongRule(
    _ rule: String, _ parameter: String, _ facts: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0470", "the rule of `\(rule)` is not the derivative of its value", at: span,
      "by \(parameter) \(facts)",
      notes: ["a rule that is meant so says `unchecked` before its `{`"])
  }

  static func untriedRule(_ rule: String, fits: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0470", "the rule of `\(rule)` could not be checked", at: span,
      fits
        ? "it has no slope to compare with at any operands that were tried"
        : "it fits no operands that were tried",
      notes: ["`check` looks at it where it is used"])
  }

  static func wrongDerivative(_ y: String, _ x: String, isAtKink: Bool, at span: Span) -> Diagnostic
  {
    var diagnostic = Diagnostic(
      "E0720", "the derivative of `\(y)` by `\(x)` is wrong", at: span,
      isAtKink ? "at a kink it lies outside of the slopes on both sides" : "see the verdict above",
      help: ["check \(y) wrt \(x) full"])
    if isAtKink { diagnostic.notes.append("each entry uses its own convention there") }
    return diagnostic
  }
}
