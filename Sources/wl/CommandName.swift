import ArgumentParser

/// The first words that only the argument parser understands.
///
/// They stand apart from the commands themselves, so that a plain run need not ask the parser, which
/// takes longer to start than a small program to run.
enum CommandName: String, CaseIterable {
  case run, list, forward, trace, adjoint, grad, check, fmt, table, explain, show
  case doctor, completions, reference

  /// The command of that name.
  var command: any ParsableCommand.Type {
    switch self {
    case .run: Run.self
    case .list: List.self
    case .forward: Forward.self
    case .trace: Trace.self
    case .adjoint: Adjoint.self
    case .grad: Grad.self
    case .check: Check.self
    case .fmt: Fmt.self
    case .table: Table.self
    case .explain: Explain.self
    case .show: Show.self
    case .doctor: Doctor.self
    case .completions: Completions.self
    case .reference: ReferencePage.self
    }
  }

  /// Words of the parser's own.
  private static let builtIn = [
    "help", "-h", "--help", "-help", "--version", "--generate-completion-script",
  ]

  /// Whether the parser must read arguments that begin with this one.
  static func begins(_ word: String) -> Bool {
    CommandName(rawValue: word) != nil || builtIn.contains(word)
  }
}
