/// What a session says while it works, in order.
///
/// Whoever shows it decides where and in which colours.
public enum Event: Sendable {
  /// Text that `print` or a bare formula put out: belongs on standard output.
  case printed(String)
  /// What a binding at the prompt answers: `z2 = 12`.
  case echoed(name: String, value: String)
  /// The printout of a command, such as `trace f`.
  case report(Markup, json: JSON?)
  /// An error or a warning: belongs on standard error.
  case diagnostic(Diagnostic)
  /// A command was told to write a file: `to "f.tex"`; the path is relative to the program, and
  /// `at` is where the program has it.
  case file(path: String, contents: [UInt8], at: Span?)
  /// How training gets on, once it takes more than a second; nil when it is over.
  case progress(TrainingProgress?)
  /// The printout of `step f`, which waits for Enter behind each of its lines.
  case steps(Markup, json: JSON?)
  /// The tour waits for Enter before it goes on.
  case pause

  /// What a binding answers, the lines of an array below each other.
  public static func echo(_ name: String, _ value: String) -> String {
    let indent = String(repeating: " ", count: Cells.width(name) + 3)
    return "\(name) = " + value.split(separator: "\n").joined(separator: "\n" + indent)
  }
}
