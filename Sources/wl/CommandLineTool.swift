import Glibc
import WengertLang

/// The program `wl`: arguments in, exit code out.
enum CommandLineTool {
  static let version = "1.0.0"

  static func run(_ arguments: [String]) -> Int32 {
    // Plain runs skip the argument parser, whose start takes longer than a small program.
    if arguments == ["--version"] {
      Output.writeAll(version)
      return ExitStatus.success
    }
    let isRun = arguments.first == CommandName.run.rawValue
    let words = isRun ? Array(arguments.dropFirst()) : arguments
    if isRun || !CommandName.begins(words.first ?? ""),
      var invocation = Invocation(plainly: words)
    {
      return start(&invocation)
    }
    return Root.start(arguments)
  }

  /// Runs programs, the prompt, or both.
  static func start(_ invocation: inout Invocation) -> Int32 {
    let hasNoProgram = invocation.files.isEmpty && invocation.code.isEmpty
    if hasNoProgram, !invocation.isInteractive {
      if Terminal.isTerminal(STDIN_FILENO), !invocation.isJSON {
        invocation.isInteractive = true
      } else {
        invocation.files = ["-"]
      }
    }
    return Runner.run(invocation)
  }
}
