/// Prints a program in its canonical form: the same statements, comments and line breaks, with
/// settled blanks and indentation.
///
/// It works on tokens, so whatever the user wrote stays: parentheses, the spelling of numbers, the
/// lines of an array. Printing twice changes nothing, and the text is read as the same program;
/// both hold for programs without syntax errors only.
public struct SourcePrinter {
  /// A line that is finished.
  private struct Line {
    var code = ""
    var comment = ""
  }

  /// An open bracket or brace.
  private struct Open {
    let kind: Token.Kind
    /// Where the lines in it begin.
    var indent: Int
    /// Where the line began that opened it.
    let outside: Int
  }

  private let tokens: [Token]
  private let spacing: Spacing
  private let text: (Token) -> String
  private var lines: [Line] = []
  private var line = Line()
  private var open: [Open] = []
  /// Where the line that is being written began.
  private var indent = 0
  private var isSeparated = false

  /// The canonical form of a program.
  public static func print(_ source: SourceFile) -> String {
    var printer = SourcePrinter(source)
    printer.run()
    return printer.joined()
  }

  private init(_ source: SourceFile) {
    var scanner = TokenScanner(Lexer(source.bytes, keepsComments: true))
    var tokens: [Token] = []
    repeat { tokens.append(scanner.next()) } while tokens.last?.kind != .end
    self.tokens = tokens
    text = { source.text(Int($0.start)..<Int($0.end)) }
    spacing = Spacing(tokens.filter { $0.kind != .comment }, text: text)
  }

  // MARK: Lines

  private mutating func run() {
    var position = 0
    for token in tokens {
      switch token.kind {
      case .comment: comment(token)
      case .newline: endLine()
      case .semicolon: isSeparated = !line.code.isEmpty
      case .end: break
      default: write(token, position)
      }
      if token.kind != .comment { position += 1 }
    }
    if !line.code.isEmpty || !line.comment.isEmpty { endLine() }
  }

  private mutating func endLine() {
    lines.append(line)
    line = Line()
    isSeparated = false
  }

  private mutating func comment(_ token: Token) {
    if token.fresh, !line.code.isEmpty || !line.comment.isEmpty { endLine() }
    if line.code.isEmpty {
      indentLine(closing: false)
      line.code = String(repeating: " ", count: indent)
    }
    line.comment = text(token)
  }

  private mutating func indentLine(closing: Bool) {
    indent = open.last.map { closing ? $0.outside : $0.indent } ?? 0
  }

  private mutating func write(_ token: Token, _ position: Int) {
    let kind = token.kind
    let goesOn = token.fresh && !(line.code.isEmpty && line.comment.isEmpty)
    if goesOn { endLine() }
    let closes = kind == .rightParen || kind == .rightBracket || kind == .rightBrace
    if line.code.isEmpty {
      let isContinued = goesOn || (token.fresh && spacing.continues(before: position))
      indentLine(closing: closes && opensHanging)
      if isContinued, open.last.map({ $0.kind == .leftBrace }) ?? true, kind != .rightBrace {
        indent += 2
      }
      line.code = String(repeating: " ", count: indent)
    } else if isSeparated, kind != .rightBrace {
      line.code += "; "
    } else if spacing.hasBlank(before: position) {
      line.code += " "
    }
    isSeparated = false
    if closes { _ = open.popLast() }
    line.code += spacing.spelling(position) ?? text(token)
    if kind == .leftParen || kind == .leftBracket || kind == .leftBrace { push(kind, position) }
  }

  /// The innermost bracket ends its line, so that what closes it stands where that line begins.
  private var opensHanging: Bool { open.last.map { $0.indent == $0.outside + 2 } ?? false }

  private mutating func push(_ kind: Token.Kind, _ position: Int) {
    let hangs = kind == .leftBrace || spacing.breaks(after: position)
    let outside = kind == .leftBrace ? (open.last?.indent ?? 0) : indent
    let column = Cells.width(line.code)
    open.append(Open(kind: kind, indent: hangs ? outside + 2 : column, outside: outside))
  }

  // MARK: Text

  /// The lines, with at most one blank line in a row and comments in columns.
  private func joined() -> String {
    var kept: [Line] = []
    for line in lines {
      let isBlank = line.code.isEmpty && line.comment.isEmpty
      let last = kept.last
      if isBlank, last.map({ $0.code.hasSuffix("{") || ($0.code + $0.comment).isEmpty }) ?? true {
        continue
      }
      if line.code.hasSuffix("}"), line.code.allSatisfy({ $0 == " " || $0 == "}" }),
        let last, (last.code + last.comment).isEmpty
      {
        kept.removeLast()
      }
      kept.append(line)
    }
    while let last = kept.last, (last.code + last.comment).isEmpty { kept.removeLast() }
    var text = ""
    var start = 0
    while start < kept.count {
      var end = start
      while end < kept.count, isTrailing(kept[end]) { end += 1 }
      let width = kept[start..<end].map { Cells.width($0.code) }.max() ?? 0
      for line in kept[start..<end] {
        let blanks = width - Cells.width(line.code) + 2
        text += line.code + String(repeating: " ", count: blanks) + line.comment + "\n"
      }
      if end < kept.count { text += kept[end].code + kept[end].comment + "\n" }
      start = end + 1
    }
    return text
  }

  /// Whether a comment stands behind code.
  private func isTrailing(_ line: Line) -> Bool {
    !line.comment.isEmpty && line.code.contains { $0 != " " }
  }
}
