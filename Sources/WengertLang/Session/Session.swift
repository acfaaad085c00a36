/// A conversation, as a value: copying one keeps a state to come back to.
public struct Session: Sendable {
  /// What the user has set.
  public var settings = Settings()
  /// Where files are read from.
  public var files: FileAccess

  /// A session in which nothing has been said.
  public init(files: FileAccess = .none) { self.files = files }

  /// Runs a program text: statement by statement, until an error.
  ///
  /// - Returns: whether all of it ran. After an error the statements before it stay.
  public mutating func run(
    _ text: [UInt8], name: String, emit: (Event) -> Void
  ) -> Bool { true }

  /// Runs the operations of a command given as words: `trace`, ["f", "wrt", "x1"] is `trace f wrt x1`.
  public mutating func run(_ text: String, name: String, emit: (Event) -> Void) -> Bool {
    run(Array(text.utf8), name: name, emit: emit)
  }

  /// Gives an input a new value before a program runs: `--set x1=3`.
  ///
  /// The first binding of the name in the program is replaced by this formula.
  public mutating func preset(_ name: String, to formula: String) {}

  /// The names in sight with a description of each: `3`, `4 x 3`, `function of x, y`.
  public var names: [(name: String, description: String)] { [] }

  /// The value of a name as text, in `digits` digits; nil when it has none.
  public func value(of name: String) -> String? { nil }

  /// The statements so far as a program that `wl` can run.
  public var programText: String { "" }

  /// The source files read so far, which diagnostics point into.
  public var sources: [SourceFile] { [] }

  /// The kinds of session state that a caller wants a name's help for: `?mul`, `?z1`.
  public func help(on topic: String) -> Markup? { nil }
}
