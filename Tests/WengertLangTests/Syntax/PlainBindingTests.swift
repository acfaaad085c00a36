import Testing
import WengertTestSupport

@testable import WengertLang

/// Plain bindings are recognised by their bytes; programs mean the same without that.
@Suite struct PlainBindingTests {
  /// Lines that are plain, nearly plain, or no statements at all.
  private static let lines = [
    "# = add(@, @)", "# = mul(@, @)", "# = sin(@)", "# = @ + @", "# = @ - @", "# = @ * @",
    "# = @ / @", "# = tanh(@)", "# = sub(@,@)", "# = max(@, @)", "# = relu(@)", "# = exp(@)",
    "# = hypot(@, @)", "#  = add(@, @)", "# = add( @, @)", "# = add(@, @) ", "# = add(@, @)\r",
    "# = add(@, @) // sum", "# = add(@, @); # = sin(@)", "  # = cos(@)", "#= cos(@)",
    "# = 0.5", "# = -2", "# = 1", "# = [1, 2]", "# = [@, @]", "# = mul(2, @)", "# = 2*@",
    "# = @", "# += @", "#, # = @, @", "# = # = add(@, @)", "print @", "@", "add(@, @)",
    "f(x) = x + 1", "# = f(@)", "add(a, b) = a*b", "sin(x) = x", "# = grad(@, @)",
    "# = jacobian(@, @)", "# = sum(@)", "# = matmul(@, @)", "# = len(@)", "_ = add(@, @)",
    "# = add(_, @)", "for = add(@, @)", "# = for(@, @)", "# = if(@)", "# = add(print, @)",
    "# = nosuch(@, @)", "# = add(@)", "# = sin(@, @)", "# = add(nosuch, @)", "# = add(@, @, @)",
    "# = add(@ @)", "# = add(@, @", "# = add @, @)", "# == add(@, @)", "# = @ +@", "# = @ ^ @",
    "# = @ % @", "# = @ and @", "# = not(@)", "# = not @", "α = add(@, @)", "# = add(α, @)",
    "# = add*(@, @)", "# = add(@', @)", "# = (@)", "# = pi", "# = mul(pi, @)", "# = mul(@, e)",
    "input #", "trace @", "check @", "list @", "set kinks left", "set zeros ieee", "", "// note",
    "wl> # = add(@, @)", "... # = sin(@)", "+ @", "# = add(@, @) +", "if @ > 0 { # = sin(@) }",
    "for k in 1..3 { # = add(@, k) }", "repeat 2 {", "}", "# = \"text\"", "# = add(@, @)\u{2028}",
    "# = T(@)", "T = add(@, @)", "by = add(@, @)", "# = add(by, T)", "# = np.sin(@)", "x = @",
  ]

  private static let names = [
    "x", "y", "z1", "z2", "z3", "z07", "long_name_12", "w", "A", "z9999999",
    "abcdef7", "abcdefg7", "_8", "z0",
  ]

  /// Lines, behind some of which a loop or a branch begins, with the names of outside in it.
  private func program(
    _ generator: inout SeededGenerator, plain share: Int, hasBodies: Bool = false
  ) -> String {
    var text = "x = 0.3\ny = 0.4\nA = [1, 2]\n"
    var open = 0
    var known = ["x", "y", "x", "y"]
    for number in 0..<Int.random(in: 1...40, using: &generator) {
      if hasBodies, Int.random(in: 0..<6, using: &generator) == 0 {
        if open > 0, Bool.random(using: &generator) {
          open -= 1
          text += "}\n"
        } else {
          open += 1
          text +=
            ["for k in 1..3 {\n", "repeat 2 {\n", "if x > y - 2 {\n"].randomElement(
              using: &generator) ?? ""
        }
      }
      let isPlain = Int.random(in: 0..<100, using: &generator) < share
      let line = (isPlain ? Self.lines.prefix(12) : Self.lines[...]).randomElement(
        using: &generator)
      for character in line ?? "" {
        if character == "#" {
          let isFresh = Int.random(in: 0..<5, using: &generator) > 0
          let name = isFresh ? "z\(number)" : Self.names.randomElement(using: &generator) ?? "x"
          known.append(name)
          text += name
        } else if character == "@" {
          let isKnown = Int.random(in: 0..<30, using: &generator) > 0
          text += (isKnown ? known : Self.names).randomElement(using: &generator) ?? "x"
        } else {
          text.append(character)
        }
      }
      text += Int.random(in: 0..<60, using: &generator) == 0 ? " " : "\n"
    }
    text += String(repeating: "}\n", count: open)
    if Bool.random(using: &generator) { text.removeLast() }
    return text
  }

  @Test(arguments: UInt64(0)..<400)
  func `the tree is the same with every place and message`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let source = SourceFile(
      name: "t",
      text: program(&generator, plain: Int(seed % 10) * 10, hasBodies: seed % 3 == 0))
    let (plain, full) = [true, false].map { readsPlain in
      var symbols = Symbols()
      let (tree, diagnostics) = Parser.parse(
        source, file: 0, symbols: &symbols, readsPlain: readsPlain)
      let spans: [Span] = tree.statements.map { tree.span($0) }
      return (tree.outline(symbols), spans, diagnostics, symbols.all)
    }.pair
    #expect(plain.0 == full.0)
    #expect(plain.1 == full.1)
    #expect(plain.2 == full.2)
    #expect(plain.3 == full.3)
  }

  @Test(arguments: UInt64(1000)..<1600)
  func `the list is the same with every place, name, message and value`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let text = program(&generator, plain: 60 + Int(seed % 5) * 10, hasBodies: seed >= 1400)
    let (plain, full) = try [true, false].map { readsPlain in
      var session = Session()
      session.readsPlain = readsPlain
      session.settings.digits = 17
      var events: [String] = []
      for text in [text, "u = add(x, y)\nv = mul(u, z1)\nprint v\n"] {
        _ = session.run(text, name: "t") { event in
          switch event {
          case .diagnostic(let diagnostic): events.append("\(diagnostic)")
          case .printed(let text): events.append(text)
          case .report(let markup, _): events.append(markup.plain)
          default: events.append("other")
          }
        }
      }
      let list = session.lowering.program
      events += session.names.map { "\($0.name) \($0.description)" }
      events += [try session.text(of: .list), session.programText, try session.text(of: .plan)]
      events += list.spans.map { "\($0.start) \($0.end) \($0.file)" }
      return events
    }.pair
    #expect(plain == full, "\(text)")
  }

  @Test func `names of a long body are those of a short one`() throws {
    let lines = (0..<1200).map { number in
      let other = ["x", "y", "w"][number % 3]
      return number % 7 == 0 ? "  x = sin(z\(number))" : "  z\(number + 1) = add(\(other), x)"
    }
    let text =
      "x = 0.5\ny = 2\nw = 3\nz0 = 1\nfor k in 1..3 {\n" + lines.joined(separator: "\n")
      + "\n  u, v = grad(x, x, y)\n}\n"
    let (plain, full) = try [true, false].map { readsPlain in
      var session = Session()
      session.readsPlain = readsPlain
      var events: [String] = []
      _ = session.run(text + "print x, u, v, z1200\n", name: "t") { events.append("\($0)") }
      return try events + session.names.map { "\($0.name) \($0.description)" }
        + [session.text(of: .list), session.text(of: .plan)]
    }.pair
    #expect(plain == full)
    #expect(plain.count > 1000)
  }

  @Test func `most lines of a long list are plain`() {
    let text = "x = 1\n" + (0..<100).map { "z\($0) = add(x, x)\n" }.joined()
    var symbols = Symbols()
    let (tree, _) = Parser.parse(SourceFile(name: "t", text: text), file: 0, symbols: &symbols)
    #expect(tree.plains.count == 100)
    #expect(tree.statements.count == 101)
  }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
