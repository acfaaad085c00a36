import WengertPages

/// The page of a message: what it means, how it is mended, and the smallest programs that get it.
struct MessagePage: Sendable {
  /// The stable code: `E0302`.
  let code: String
  private let meaning: String
  private let mend: String
  private let programs: [(name: String, text: String, message: String)]

  /// The page of a code; nil where there is none.
  static func find(_ code: String) -> MessagePage? {
    let wanted = code.uppercased()
    var reader = Reader()
    while let page = reader.next() {
      if page.code == wanted { return page }
    }
    return nil
  }

  /// Every code there is.
  static var codes: [String] {
    var reader = Reader()
    var codes: [String] = []
    while let page = reader.next() { codes.append(page.code) }
    return codes
  }

  /// What codes are about, each from its number on.
  private static let families = [
    (100, "the text"), (200, "names and structure"), (300, "shapes and counts"),
    (400, "derivatives"), (500, "runs"), (600, "files"), (602, "the command line"), (603, "files"),
    (604, "the command line"), (605, "files"),
    (636, "the Swift library"), (650, "pictures"), (700, "draws"), (706, "training"),
    (720, "checks and kinks"), (800, "limits"), (1000, "commands"),
  ]

  /// What the code is about.
  private var family: String {
    guard let number = Int(code.dropFirst()) else { return "" }
    // There are no warnings about draws.
    let place = code.hasPrefix("W") && number / 100 == 7 ? 706 : number
    return MessagePage.families.last { $0.0 <= place }?.1 ?? ""
  }

  /// The page for the terminal.
  var page: Markup {
    let isWarning = code.hasPrefix("W")
    let kind = isWarning ? "a warning" : "an error"
    var page = Markup(code, isWarning ? .warning : .error)
    page.append("  \(kind) about \(family)\n", .dimmed)
    for (name, text) in [("means", meaning), ("mend it", mend)] where !text.isEmpty {
      page.append("\n")
      for (number, line) in Paragraph.lines(text, width: 80).enumerated() {
        page += Markup(number == 0 ? name : "", .keyword).padded(to: 9) + Markup(line + "\n")
      }
    }
    for program in programs {
      page.append("\n")
      for line in program.text.split(separator: "\n") {
        page.append("  \(line)\n", .operation)
      }
      page.append("\n")
      for line in program.message.split(separator: "\n") { page.append("  \(line)\n") }
    }
    return page.withoutLastBreak
  }

  /// Reads the table from its beginning.
  private struct Reader {
    private var place = wl_message_pages()

    /// The next page; nil at the end.
    mutating func next() -> MessagePage? {
      let code = text()
      guard !code.isEmpty else { return nil }
      let (meaning, mend) = (text(), text())
      let programs = (0..<(Int(text()) ?? 0)).map { _ in (text(), text(), text()) }
      return MessagePage(code: code, meaning: meaning, mend: mend, programs: programs)
    }

    private mutating func text() -> String {
      guard let start = place else { return "" }
      let text = String(cString: start)
      place = start + text.utf8.count + 1
      return text
    }
  }
}

/// Running text, broken into lines.
enum Paragraph {
  /// The words in lines of at most so many cells.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, Cells.width(last) + 1 + Cells.width(String(word)) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
