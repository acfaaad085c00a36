import WengertKernels

extension Diagnostic {
  /// What is said when work is stopped from outside, by somebody or by a limit.
  public static func stopped(at span: Span?) -> Diagnostic {
    switch wl_interrupt_requested() {
    case Int32(WL_STOP_TIME):
      Diagnostic(
        "E0810", "the time allowed is over", at: span, "stopped here", help: ["--timeout 60"])
    case Int32(WL_STOP_MEMORY):
      Diagnostic(
        "E0811", "the program takes more memory than it is allowed", at: span, "stopped here",
        notes: ["its list and its plans count as well as its values"],
        help: ["--max-memory 4GB"])
    default: Diagnostic("E0803", "interrupted", at: span, "stopped here")
    }
  }
}
