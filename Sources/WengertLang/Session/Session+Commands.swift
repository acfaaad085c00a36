/// The commands of the language: `trace f wrt x1`, `set digits 12` …
extension Session {
  /// Runs a command; the program stays as it was.
  mutating func run(
    _ command: Command, in tree: Tree, _ emit: (Event) -> Void
  ) throws(Refusal) {
    throw Refusal(diagnostic: .unsupported(lowering.symbols[command.word], at: command.wordSpan))
  }

  /// What is known of a name or an operation: `?mul`, `?z1`.
  public func help(on topic: String) -> Markup? { nil }
}
