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
  /// A bug in wl.
  static let software: Int32 = 70
  /// A file cannot be written.
  static let cannotWrite: Int32 = 73
  /// The time of `--timeout` was over.
  static let timedOut: Int32 = 124
  /// Stopped by Ctrl-C.
  static let interrupted: Int32 = 130
}
