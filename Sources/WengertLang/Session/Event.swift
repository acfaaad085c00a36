import WengertKernels

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

/// What the user can set for a run, with `set` or options of the command line.
public struct Settings: Sendable {
  /// Significant digits of printed numbers.
  public var digits = 6
  /// Whether bindings answer with their values, as they do at the prompt.
  public var echoes = false
  /// How much memory values may take, in bytes: a quarter of what the machine has.
  public var memory = wl_machine_memory() / 4
  /// Whether plans are made as fast as can be, or each entry for itself; the bits are the same.
  public var isLean = true
  /// Which slope operations take at their kinks.
  public var kinks = KinkChoice.convention
  /// What reverse sweeps make of zeros that stand for nothing.
  public var zeros = ZeroRule.structural
  /// The most that `memory` can be set to.
  public var mostMemory = 1 << 62
  /// How many entries a list may have.
  public var entries = 1 << 26
  /// The most that `entries` can be set to.
  public var mostEntries = 1 << 30
  /// Where printouts fold, in cells.
  public var width = 100
  /// How printouts call values and adjoints.
  var notation = TraceNotation.standard

  /// The defaults.
  public init() {}
}
