import Testing

@testable import WengertLang

/// `|` marks the cursor, `¦` the end of a gutter.
private func press(_ key: StatementEditor.Key, _ text: String) -> StatementEditor.Action {
  let parts = text.replacing("¦", with: "\u{A0}").split(
    separator: "|", omittingEmptySubsequences: false)
  return StatementEditor.action(
    for: key, before: String(parts[0]), after: parts.count > 1 ? String(parts[1]) : "")
}

@Suite struct StatementEditorTests {
  @Test func `Enter runs what is whole and goes on with what is open`() {
    #expect(press(.enter, "z = x1|") == .submit)
    #expect(press(.enter, "z = |x1") == .submit)
    #expect(press(.enter, "z = (x1|") == .replace(deleting: 0, inserting: "\n  (\u{A0}"))
    #expect(press(.enter, "z = [1,|") == .replace(deleting: 0, inserting: "\n  [\u{A0}"))
    #expect(press(.enter, "z = 1 +|") == .replace(deleting: 0, inserting: "\n  +\u{A0}"))
    #expect(press(.enter, "f(x) = {\n  {¦x^2\n  {¦}|") == .submit)
    #expect(press(.enter, ":help (|") == .submit)
  }

  @Test func `two empty lines or a command end what is left open`() {
    let newLine = StatementEditor.Action.replace(deleting: 0, inserting: "\n  (\u{A0}")
    #expect(press(.enter, "z = add(x1, x9\n  (¦|") == newLine)
    #expect(press(.enter, "z = add(x1, x9\n  (¦ \n  (¦|") == .submit)
    #expect(press(.enter, "z = add(x1,\n  (¦\n  (¦x9|") == newLine)
    #expect(press(.enter, "z = add(x1, x9\n  (¦:quit|") == .submit)
    #expect(press(.enter, "z = x[1\n  (¦:n|") == press(.enter, "z = x[1\n  (¦2|"))
    #expect(press(.enter, "z = x[1\n  (¦:|") == press(.enter, "z = x[1\n  (¦2|"))
  }

  @Test func `the gutter names what is open before the cursor, not behind it`() {
    #expect(press(.enter, "z = (x1 +| [") == .replace(deleting: 0, inserting: "\n  (\u{A0}"))
    #expect(press(.newLine, "a = 1|") == .replace(deleting: 0, inserting: "\n   \u{A0}"))
  }

  @Test func `the arrow keys stay in the statement, in the same cell`() {
    #expect(press(.up, "a|") == .older)
    #expect(press(.down, "a|") == .newer)
    // The first line begins behind the prompt, which is as wide as the gutter.
    #expect(press(.up, "abc\n  (¦d|ef") == .move(-8))
    #expect(press(.down, "a|bc\n  (¦def") == .move(3 + 5))
    #expect(press(.up, "ab\n  (¦defghi|") == .move(-11))
    #expect(press(.up, "ab\n  (¦|") == .move(-7))
    #expect(press(.up, "a\n  (¦abc\n  (¦d|") == .move(-8))
  }

  @Test func `left and right jump over the gutter`() {
    #expect(press(.left, "a\n  (¦|b") == .move(-5))
    #expect(press(.left, "a\n  (¦b|") == .move(-1))
    #expect(press(.right, "a|\n  (¦b") == .move(5))
    #expect(press(.right, "|a") == .move(1))
    #expect(press(.left, "|a") == .beep)
    #expect(press(.right, "a|") == .beep)
  }

  @Test func `removing the line break removes the gutter`() {
    #expect(press(.backspace, "a\n  (¦|b") == .replace(deleting: 5, inserting: ""))
    #expect(press(.backspace, "a\n  (¦b|") == .replace(deleting: 1, inserting: ""))
    #expect(press(.delete, "a|\n  (¦b") == .deleteAhead(5))
    #expect(press(.delete, "|ab") == .deleteAhead(1))
    #expect(press(.backspace, "|a") == .beep)
  }

  @Test func `Ctrl-D leaves from an empty line only`() {
    #expect(press(.endOfInput, "|") == .leave)
    #expect(press(.endOfInput, "a|") == .beep)
    #expect(press(.endOfInput, "|a") == .deleteAhead(1))
    #expect(press(.delete, "|") == .beep)
  }

  @Test func `Home and End go to the ends of the line, then of the statement`() {
    #expect(press(.home, "a\n  (¦bc|") == .move(-2))
    #expect(press(.home, "a\n  (¦|bc") == .move(-6))
    #expect(press(.end, "|a\n  (¦bc") == .move(1))
    #expect(press(.end, "a|\n  (¦bc") == .move(7))
  }

  @Test func `every key counts scalars, as libedit does`() {
    #expect(press(.home, "e\u{301}日|") == .move(-3))
    #expect(press(.end, "|e\u{301}") == .move(2))
  }

  @Test func `gutters come and go without a trace`() {
    let text = "f(x) = {\ny = (x\n+ 1)\ny *\ny\n}"
    #expect(Gutter.removed(from: Gutter.added(to: text)) == text)
    #expect(
      Gutter.added(to: text).replacing("\u{A0}", with: "¦")
        == "f(x) = {\n  {¦y = (x\n  (¦+ 1)\n  {¦y *\n  {¦y\n  {¦}")
  }
}
