import Glibc
import WengertLang

/// Reads statements line by line, where a line editor cannot work: pipes and dumb terminals.
struct PlainReader {
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// Reads one statement; `ask` shows what stands before a line.
  mutating func read(ask: (_ prompt: String) -> Void) -> LineEditor.Result {
    var statement = ""
    ask(PastedText.prompt)
    while true {
      guard let line = readLine() else {
        if !isAtEnd { return .cancelled }
        return statement.isEmpty ? .end : .text(statement)
      }
      statement += (statement.isEmpty ? "" : "\n") + line
      if SessionCommand.isMeant(by: statement) || InputState.isComplete(statement) {
        return .text(statement)
      }
      ask(String(Gutter.behind(statement).dropLast()) + " ")
    }
  }

  /// The next line without its line break; nil at the end, and when a signal came.
  private mutating func readLine() -> String? {
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeSubrange(...end)
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
      }
      if isAtEnd {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
      }
      let count = Glibc.read(STDIN_FILENO, &block, block.count)
      if count < 0, errno == EINTR { return nil }
      if count <= 0 { isAtEnd = true } else { buffer += block[..<count] }
    }
  }
}
