import CLineEditor
import WengertLang

/// Reads statements from a terminal through libedit.
final class LineEditor {
  /// What came of reading.
  enum Result {
    case text(String)
    case cancelled
    case end
  }

  /// What Tab offers behind a text.
  var complete: (String) -> Completion.Action = { _ in .beep }
  private let drawsColors: Bool
  private var editor: OpaquePointer?

  init?(drawsColors: Bool) {
    self.drawsColors = drawsColors
    let context = Unmanaged.passUnretained(self).toOpaque()
    editor = wl_editor_open("wl", Int32(HistoryFile.limit), context) {
      context, editor, key, before, after, pasted in
      guard let context, let before, let after, let pasted else { return WL_ANSWER_BEEP }
      let reader = Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
      return reader.answer(
        key, editor, String(cString: before), String(cString: after), String(cString: pasted))
    }
    if editor == nil { return nil }
  }

  deinit { close() }

  /// Gives the terminal back.
  func close() {
    if let editor { wl_editor_close(editor) }
    editor = nil
  }

  /// Lets the arrow keys bring an entry back.
  func remember(_ entry: String) {
    if let editor { wl_editor_remember(editor, Gutter.added(to: entry)) }
  }

  /// Reads one statement, or a block that was pasted.
  func read() -> Result {
    guard let editor else { return .end }
    var text: UnsafePointer<CChar>?
    let prompt = drawsColors ? "\u{1}\u{1B}[1;34m\u{1}wl>\u{1}\u{1B}[0m\u{1} " : PastedText.prompt
    let result = prompt.withCString { wl_editor_read(editor, $0, &text) }
    switch result {
    case WL_READ_TEXT: return .text(Gutter.removed(from: text.map { String(cString: $0) } ?? ""))
    case WL_READ_CANCELLED: return .cancelled
    default: return .end
    }
  }

  // MARK: Keys

  private static let keys: [wl_key.RawValue: StatementEditor.Key] = [
    WL_KEY_ENTER.rawValue: .enter, WL_KEY_NEW_LINE.rawValue: .newLine,
    WL_KEY_UP.rawValue: .up, WL_KEY_DOWN.rawValue: .down,
    WL_KEY_LEFT.rawValue: .left, WL_KEY_RIGHT.rawValue: .right,
    WL_KEY_HOME.rawValue: .home, WL_KEY_END.rawValue: .end,
    WL_KEY_BACKSPACE.rawValue: .backspace, WL_KEY_DELETE.rawValue: .delete,
    WL_KEY_END_OF_INPUT.rawValue: .endOfInput,
  ]

  private func answer(
    _ key: wl_key, _ editor: OpaquePointer?, _ before: String, _ after: String, _ pasted: String
  ) -> wl_answer {
    if key == WL_KEY_PASTE { return paste(pasted, editor, before, after) }
    if key == WL_KEY_TAB { return tab(editor, before) }
    guard let key = LineEditor.keys[key.rawValue] else { return WL_ANSWER_BEEP }
    switch StatementEditor.action(for: key, before: before, after: after) {
    case .replace(let count, let text): wl_editor_replace(editor, Int32(count), text)
    case .deleteAhead(let count):
      wl_editor_move(editor, Int32(count))
      wl_editor_replace(editor, Int32(count), "")
    case .move(let count): wl_editor_move(editor, Int32(count))
    case .submit:
      // The cursor goes to the end, so that what is printed comes below the statement.
      wl_editor_move(editor, Int32(after.unicodeScalars.count))
      return WL_ANSWER_SUBMIT
    case .older: return WL_ANSWER_OLDER
    case .newer: return WL_ANSWER_NEWER
    case .leave: return WL_ANSWER_LEAVE
    case .beep: return WL_ANSWER_BEEP
    }
    return WL_ANSWER_EDITED
  }

  private func tab(_ editor: OpaquePointer?, _ before: String) -> wl_answer {
    switch complete(before) {
    case .replace(let count, let text): wl_editor_replace(editor, Int32(count), text)
    case .show(let lines): wl_editor_show(editor, (drawsColors ? Ink.ansi : .none).draw(lines))
    case .beep: return WL_ANSWER_BEEP
    }
    return WL_ANSWER_EDITED
  }

  /// A pasted block joins the statement; when it ends in a line break and nothing is open, it runs.
  private func paste(
    _ pasted: String, _ editor: OpaquePointer?, _ before: String, _ after: String
  ) -> wl_answer {
    let front = Gutter.removed(from: before)
    var block = PastedText.program(pasted)
    let endsLine = block.hasSuffix("\n")
    if endsLine { block.removeLast() }
    let shown = Gutter.added(to: front + block).unicodeScalars
    let text = String(String.UnicodeScalarView(shown.dropFirst(before.unicodeScalars.count)))
    wl_editor_replace(editor, 0, text)
    let isWhole = after.isEmpty && InputState.isComplete(front + block)
    return endsLine && isWhole && !block.isEmpty ? WL_ANSWER_SUBMIT : WL_ANSWER_EDITED
  }
}
