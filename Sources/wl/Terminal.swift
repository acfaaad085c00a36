import CLineEditor
import Glibc

/// What is known of the terminal and the environment.
enum Terminal {
  /// A variable of the environment; nil when it is missing or empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  static var isDumb: Bool {
    let kind = variable("TERM")
    return kind == nil || kind == "dumb"
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) != 0 }

  /// Whether text on a file descriptor is coloured.
  static func isColored(_ descriptor: Int32, _ choice: Invocation.Color) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal(descriptor) && !isDumb && variable("NO_COLOR") == nil
    }
  }

  /// How many cells messages may take: all that there are off a terminal.
  static var complaintWidth: Int {
    let columns = Int(wl_terminal_columns(STDERR_FILENO))
    return columns >= 20 ? columns : .max
  }

  /// How many cells printouts may take.
  static var width: Int {
    let columns = Int(wl_terminal_columns(STDOUT_FILENO))
    return columns >= 20 ? columns : 100
  }
}
