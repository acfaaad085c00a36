import CLineEditor
import Glibc

/// Standard output and standard error, in the order in which things were said.
struct Output {
  private var pending: [UInt8] = []
  private let flushesLines: Bool

  init() { flushesLines = isatty(STDOUT_FILENO) != 0 }

  /// Results.
  mutating func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    let endsLine = flushesLines && text.utf8.contains(UInt8(ascii: "\n"))
    if endsLine || pending.count > 1 << 16 { flush() }
  }

  /// Writes a line and nothing else.
  static func writeAll(_ text: String) {
    var output = Output()
    output.writeLine(text)
    output.flush()
  }

  /// Results that end a line.
  mutating func writeLine(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Diagnostics and progress; what was written before comes out before.
  mutating func complain(_ text: String) {
    flush()
    _ = Output.send(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Hands over what waits; a reader that has left is no error, and ends the process.
  mutating func flush() {
    guard !pending.isEmpty else { return }
    let code = Output.send(pending, to: STDOUT_FILENO)
    pending.removeAll(keepingCapacity: true)
    if code == EPIPE { exit(128 + SIGPIPE) }
    if code != 0 {
      let reason = String(cString: strerror(code))
      complain("wl: standard output cannot be written: \(reason)\n")
      exit(ExitStatus.cannotWrite)
    }
  }

  /// Writes all bytes to a file descriptor; the error number, or 0.
  static func send(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
