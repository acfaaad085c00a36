import Testing

@testable import WengertLang

@Suite struct DiagnosticRendererTests {
  private func draw(_ text: String, _ name: String = "demo.wl") -> String {
    var symbols = Symbols()
    let source = SourceFile(name: name, text: text)
    let diagnostics = Parser.parse(source, file: 0, symbols: &symbols).diagnostics
    return DiagnosticRenderer(sources: [source]).markup(diagnostics).plain
  }

  @Test func `a place is underlined, and what helps stands below`() {
    #expect(
      draw("x1 = 1.2.3") == """
        error[E0102]: `1.2.3` is not a number
         --> demo.wl:1:6
          |
        1 | x1 = 1.2.3
          |      ^^^^^ second decimal point
          |
          = note: numbers look like 3, 0.5, .5, 1e-3, -2.5e10, inf, nan

        """)
  }

  @Test func `two places on two lines are both shown`() {
    #expect(
      draw("x1 = 1\nz1 = mul(x1, x1\nf  = square(z1)") == """
        error[E0103]: this `(` is never closed
         --> demo.wl:2:9
          |
        2 | z1 = mul(x1, x1
          |         ^ opened here
        3 | f  = square(z1)
          | - a new line starts here, so `)` should come before it

        """)
  }

  @Test func `two places on one line hang below each other`() {
    #expect(
      draw("y = [1,\t(α + 漢]") == """
        error[E0108]: `(` is closed by `]`
         --> demo.wl:1:15
          |
        1 | y = [1, (α + 漢]
          |         -      ^ expected `)`
          |         |
          |         opened here

        """)
  }

  @Test func `lines far apart, other files and long texts are drawn`() {
    let first = SourceFile(name: "a.wl", text: "x = 1\n\n\n\n\n\n\n\n\ny = x\nz = y")
    let second = SourceFile(name: "b.wl", text: "input x")
    let diagnostic = Diagnostic(
      "W0999", "three places", at: Span(14, 19), "here",
      secondary: [
        Diagnostic.Label(Span(0, 1), "first"), Diagnostic.Label(Span(6, 7, file: 1), "there"),
        Diagnostic.Label(Span(18, 19), "inner"), Diagnostic.Label(Span(0, 1, file: 9), "nowhere"),
      ],
      help: ["one\ntwo"])
    #expect(
      DiagnosticRenderer(sources: [first, second]).markup(diagnostic).plain == """
        warning[W0999]: three places
          --> a.wl:10:1
           |
         1 | x = 1
           | - first
        ...
        10 | y = x
           | ^^^^^ here
           |     - inner
          ::: b.wl:1:7
           |
         1 | input x
           |       - there
           |
           = help: one
                   two

        """)
  }

  @Test func `a very long line is cut around its mark`() {
    let text = "y = " + String(repeating: "a + ", count: 200) + "1.2.3"
    let lines = draw(text).split(separator: "\n")
    #expect(lines.allSatisfy { $0.unicodeScalars.count < 180 })
    let marked = lines.firstIndex { $0.contains("^^^^^") } ?? 0
    let column = lines[marked].split(separator: "^")[0].unicodeScalars.count
    #expect(String(lines[marked - 1].unicodeScalars.dropFirst(column).prefix(5)) == "1.2.3")
  }

  @Test func `a line that is wider than the terminal is cut to what it holds around the mark`() {
    var symbols = Symbols()
    for (before, behind) in [(0, 30), (1, 29), (15, 15), (30, 0)] {
      let text =
        "y = " + String(repeating: "a + ", count: before) + "1.2.3"
        + String(repeating: " + a", count: behind)
      let source = SourceFile(name: "demo.wl", text: text)
      let diagnostics = Parser.parse(source, file: 0, symbols: &symbols).diagnostics
      for width in [20, 40, 80, 128, 200] {
        let drawn = DiagnosticRenderer(sources: [source], width: width).markup(diagnostics).plain
        let lines = drawn.split(separator: "\n").map { Array($0.unicodeScalars) }
        let marked = lines.firstIndex { $0.starts(with: "  |".unicodeScalars) && $0.contains("^") }
        guard let row = marked else {
          Issue.record("no mark in \(drawn)")
          continue
        }
        let column = lines[row].firstIndex(of: "^") ?? 0
        #expect(lines[row - 1].count <= width, "\(drawn)")
        #expect(lines[row - 1].dropFirst(column).starts(with: "1.2.3".unicodeScalars), "\(drawn)")
        if width >= 134 { #expect(!drawn.contains("…")) }
      }
    }
  }

  @Test func `a letter under many marks is cut, too`() {
    let text = "y = x" + String(repeating: "\u{301}", count: 500) + " )"
    #expect(draw(text).split(separator: "\n").allSatisfy { $0.unicodeScalars.count < 180 })
  }

  @Test func `after twenty diagnostics the rest is counted`() {
    let text = String(repeating: "x = )\n", count: 25)
    #expect(draw(text).hasSuffix("\nand 5 more\n"))
  }

  @Test func `a diagnostic without a place is its message`() {
    let diagnostic = Diagnostic("E0601", "cannot read `x.csv`", at: nil, notes: ["no such file"])
    #expect(
      DiagnosticRenderer(sources: []).markup(diagnostic).plain == """
        error[E0601]: cannot read `x.csv`
          = note: no such file

        """)
  }

  @Test func `a diagnostic is one line of JSON`() {
    let source = SourceFile(name: "a.wl", text: "α = 'b'")
    var symbols = Symbols()
    let diagnostics = Parser.parse(source, file: 0, symbols: &symbols).diagnostics
    guard let diagnostic = diagnostics.first else {
      Issue.record("no diagnostic")
      return
    }
    let json = DiagnosticRenderer(sources: [source]).json(of: diagnostic).text
    #expect(
      json.hasPrefix(
        #"{"code":"E0105","severity":"error","message":"strings stand in double quotes","#
          + #""file":"a.wl","primary":{"line":1,"col":6,"endCol":9,"byte":[5,8],"#
          + #""label":"other quotes"},"secondary":[],"notes":[{"kind":"help","text":"\"b\""}],"#
          + #""rendered":"error[E0105]: "#))
    #expect(!json.contains("\n"))
  }
}

@Suite struct MarkupTests {
  @Test func `neighbours in one role are one piece`() {
    var markup = Markup("a", .name)
    markup.append("b", .name)
    markup.append("")
    markup += " = " + Markup("1", .number)
    #expect(markup.pieces.count == 3)
    #expect(markup.plain == "ab = 1")
  }

  @Test func `ink colours by role and leaves plain text alone`() {
    let markup = Markup("error", .error) + ": x\n" + Markup("a\n\nb", .heading)
    #expect(Ink.none.draw(markup) == "error: x\na\n\nb")
    #expect(
      Ink.ansi.draw(markup)
        == "\u{1B}[1;31merror\u{1B}[0m: x\n\u{1B}[1ma\u{1B}[0m\n\n\u{1B}[1mb\u{1B}[0m")
  }

  @Test func `cells count what a terminal shows`() {
    #expect(Cells.width("abc") == 3)
    #expect(Cells.width("αβ") == 2)
    #expect(Cells.width("x\u{304}") == 1)
    #expect(Cells.width("漢字") == 4)
    #expect(Cells.width("a\tb") == 5)
    #expect(Cells.width("😀") == 2)
  }

  @Test func `JSON escapes what it must and keeps every bit of a number`() {
    let value = JSON.members([
      "a\"": .array([
        .null, .bool(true), .int(-3), .number(0.1), .number(.nan), .number(-.infinity),
      ]),
      "b": .string("\\ \n \u{1} α"),
    ])
    #expect(value.text == #"{"a\"":[null,true,-3,0.1,"nan","-inf"],"b":"\\ \n \u0001 α"}"#)
  }
}
