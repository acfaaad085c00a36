/// What keys do to a statement of several lines while it is typed.
///
/// Positions count Unicode scalars, as libedit does.
public enum StatementEditor {
  /// The keys whose meaning depends on the lines of the statement.
  public enum Key: CaseIterable, Sendable {
    case enter, newLine, up, down, left, right, home, end, backspace, delete, endOfInput
  }

  /// What becomes of the text.
  public enum Action: Hashable, Sendable {
    /// Characters before the cursor go, others come there.
    case replace(deleting: Int, inserting: String)
    /// Characters behind the cursor go.
    case deleteAhead(Int)
    /// The cursor moves.
    case move(Int)
    /// The statement is finished.
    case submit
    /// An older, or a newer entry of the history takes its place.
    case older, newer
    /// The conversation is over.
    case leave
    /// There is nothing to do.
    case beep
  }

  /// What a key does between the text before the cursor and the text behind it.
  public static func action(for key: Key, before text: String, after tail: String) -> Action {
    let before = Scalars(text.unicodeScalars)
    let after = Scalars(tail.unicodeScalars)
    let line = lastLine(of: before)
    let gutter = line.count == before.count ? 0 : Gutter.length(in: line)
    let rest = after.prefix { $0 != "\n" }
    let isLast = rest.count == after.count
    switch key {
    case .enter: return isFinished(text + tail) ? .submit : newLine(behind: text)
    case .newLine: return newLine(behind: text)
    case .up: return up(before: before, line: line)
    case .down:
      let cell = line.count == before.count ? promptWidth + line.count : line.count
      return isLast ? .newer : down(after: after, rest: rest, cell: cell)
    case .left:
      if before.isEmpty { return .beep }
      return .move(line.count == gutter && gutter > 0 ? -gutter - 1 : -1)
    case .right:
      if after.isEmpty { return .beep }
      return .move(rest.isEmpty ? joint(after) : 1)
    case .home:
      return .move(line.count > gutter ? gutter - line.count : -before.count)
    case .end: return .move(rest.isEmpty ? after.count : rest.count)
    case .backspace:
      if before.isEmpty { return .beep }
      let count = line.count == gutter && gutter > 0 ? gutter + 1 : 1
      return .replace(deleting: count, inserting: "")
    case .delete, .endOfInput:
      if after.isEmpty { return key == .endOfInput && before.isEmpty ? .leave : .beep }
      return .deleteAhead(rest.isEmpty ? joint(after) : 1)
    }
  }

  private typealias Scalars = Substring.UnicodeScalarView

  /// A statement is finished when nothing is open, or when what is open is left so: a command for
  /// the prompt or two empty lines follow.
  private static func isFinished(_ text: String) -> Bool {
    let bare = Gutter.removed(from: text)
    return SessionCommand.isMeant(by: bare) || InputState.isComplete(bare) || isLeftOpen(bare)
  }

  private static func isLeftOpen(_ text: String) -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, let last = lines.last else { return false }
    if lines.count > 2, lines.suffix(2).allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
      return true
    }
    let command = last.drop { $0.isWhitespace }
    let word = command.dropFirst().prefix { $0.isLetter }
    return command.first == ":" && SessionCommand.find(String(word)).contains { $0.name == word }
  }

  private static func newLine(behind text: String) -> Action {
    .replace(deleting: 0, inserting: "\n" + Gutter.behind(Gutter.removed(from: text)))
  }

  /// How many characters join the line with the next: the line break and its gutter.
  private static func joint(_ after: Scalars) -> Int { 1 + Gutter.length(in: after.dropFirst()) }

  private static func lastLine(of text: Scalars) -> Scalars {
    text.split(separator: "\n", omittingEmptySubsequences: false).last ?? text
  }

  /// The first line begins behind the prompt, which is as wide as a gutter.
  private static let promptWidth = PastedText.prompt.count

  private static func up(before: Scalars, line: Scalars) -> Action {
    guard line.count < before.count else { return .older }
    let above = before.dropLast(line.count + 1)
    let target = lastLine(of: above)
    let isFirst = target.count == above.count
    let least = isFirst ? 0 : Gutter.length(in: target)
    let aimed = isFirst ? line.count - promptWidth : line.count
    let column = max(least, min(aimed, target.count))
    return .move(column - target.count - 1 - line.count)
  }

  private static func down(after: Scalars, rest: Scalars, cell: Int) -> Action {
    let target = after.dropFirst(rest.count + 1).prefix { $0 != "\n" }
    let column = max(Gutter.length(in: target), min(cell, target.count))
    return .move(rest.count + 1 + column)
  }
}
