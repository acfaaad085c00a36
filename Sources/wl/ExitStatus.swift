/// What the process tells its caller.
enum ExitStatus {
  /// All is well; warnings are allowed.
  static let success: Int32 = 0
  /// The program has an error.
  static let failure: Int32 = 1
  /// A check said no: `check` disagrees, `fmt --check` differs.
  static let disagreement: Int32 = 2
  /// A limit was reached: memory, entries.
  static let limit: Int32 = 3
  /// The command line cannot be understood.
  static let usage: Int32 = 64
  /// An input file cannot be read.
  static let noInput: Int32 = 66
  /// A file cannot be written.
  static let cannotWrite: Int32 = 73
  /// The time of `--timeout` was over.
  static let timedOut: Int32 = 124
  /// Stopped by Ctrl-C.
  static let interrupted: Int32 = 130

  /// Each with its meaning, for the reference.
  static let all: [(status: Int32, meaning: String)] = [
    (success, "all is well; warnings are allowed"),
    (failure, "the program has an error"),
    (disagreement, "`check` says that a derivative is wrong; `fmt --check` would change a file"),
    (limit, "a limit of memory or entries was reached"),
    (usage, "the command line cannot be understood"),
    (noInput, "a program or a data file cannot be read"),
    (cannotWrite, "a file cannot be written"),
    (timedOut, "the time of `--timeout` was over"),
    (interrupted, "stopped by Ctrl-C"),
  ]
}
