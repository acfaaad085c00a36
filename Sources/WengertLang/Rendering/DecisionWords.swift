/// What is said of inputs that decide which way a program takes.
struct DecisionWords {
  /// The programs that spans point into.
  var sources: [SourceFile] = []

  /// What an input of that name decides.
  func words(_ decision: DecidingInput, by x: String) -> String {
    switch decision.way {
    case .tie:
      "the condition\(place(decision.span)) turns at this very point; the way that was taken counts"
    case .turns: "\(x) also decides how many turns the loop\(place(decision.span)) takes"
    }
  }

  /// The line of a branch or loop: ` in line 3`.
  func place(_ span: Span) -> String {
    guard sources.indices.contains(Int(span.file)) else { return "" }
    return " in line \(sources[Int(span.file)].position(at: Int(span.start)).line)"
  }
}
