/// What the process tells its caller.
enum ExitStatus {
  static let success: Int32 = 0
  static let failure: Int32 = 1
  static let disagreement: Int32 = 2
  static let limit: Int32 = 3
  static let usage: Int32 = 64
  static let noInput: Int32 = 66
  static let cannotWrite: Int32 = 73
  static let timedOut: Int32 = 124
  static let interrupted: Int32 = 130

  /// What each means, as the reference shows it.
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
