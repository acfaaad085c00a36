import Foundation
import Testing

@testable import WengertLang

@Suite struct SyntaxDiagnosticTests {
  /// A program with `①` before the place of its one diagnostic, the code, and a help it must give.
  struct Case: CustomTestStringConvertible {
    let code: String
    let text: String
    let help: String?

    init(_ code: String, _ text: String, _ help: String? = nil) {
      (self.code, self.text, self.help) = (code, text, help)
    }

    var testDescription: String { "\(code) \(text)" }
  }

  static let formulas: [Case] = [
    Case("E0101", "y = a ①· b", "type `*` in place of `·`"),
    Case("E0101", "y = a ①&& b", "type `and` in place of `&&`"),
    Case("E0101", "y = x①²", "a power is written `x^2`"),
    Case("E0101", "y = A①\\b", "the solution of A x = b is `solve(A, b)`"),
    Case("E0101", "y = ①$ 3"),
    Case("E0102", "x = ①1.2.3"),
    Case("E0102", "x = ①1_000", "1000"),
    Case("E0102", "x = ①0xFF", "255"),
    Case("E0102", "x = ①1.e5", "1.0e5"),
    Case("E0102", "x = ①1e999", "infinity is written `inf`"),
    Case("E0103", "z = mul①(x1, x1\nf = 3"),
    Case("E0103", "z = ①[1, 2"),
    Case("E0103", "f(x) = { y = ①(1 }"),
    Case("E0103", "repeat 3 ①{ x = 1"),
    Case("E0104", "s = ①\"hello", "\"hello\""),
    Case("E0105", "s = ①'hello'", "\"hello\""),
    Case("E0105", "s = ①“hello”", "\"hello\""),
    Case("E0106", "x =①"),
    Case("E0106", "x = 1 + ①)"),
    Case("E0106", "e = [1 ①2]", "commas stand between elements: [1, 2]"),
    Case("E0106", "e = [1, 2①; 3, 4]", "each row has its own brackets: [[1, 2], [3, 4]]"),
    Case("E0106", "y = x①[]", "the whole axis is `..`: x[..]"),
    Case("E0106", "y = a + ①not b", "(not a)"),
    Case("E0112", "y = a①.3"),
    Case("E0107", "y = a①)"),
    Case("E0107", "x = 1\n①}"),
    Case("E0108", "y = (a, b①]"),
    Case("E0112", "y = ①2x1", "2*x1"),
    Case("E0112", "y = 3①(x + 1)", "a product is written with `*`: 3*("),
    Case("E0112", "y = a ①b", "a call has brackets: a(b)"),
    Case("E0112", "x ①3", "x = 3"),
    Case("E0113", "y = x①**2", "x^2"),
    Case("E0114", "y = ①A' @ B", "the transpose: A.T"),
    Case("E0114", "y = B @ ①A'", "the transpose: A.T"),
    Case("E0114", "y = ①(A + B)'", "the transpose: (A + B).T"),
    Case("E0115", "y = X[①:, t]", "X[.., …]"),
    Case("E0115", "y = X[t, 1①:3]", "X[…, 1..2]"),
    Case("E0115", "y = x[0①:3]", "x[0..2]"),
    Case("E0115", "y = x[1①:n]", "x[1..n-1]"),
    Case("E0115", "y = x[①::2]", "x[.. by 2]"),
    Case("E0117", "y = ①np.exp(x)", "exp"),
    Case("E0117", "y = ①np.random.randn(3)", "randn"),
    Case("E0117", "y = ①np.pi", "pi"),
    Case("E0119", "y = f(a + 1 ①= 3)"),
    Case("E0122", "y = ①+3"),
    Case("E0123", "y = a < b ①< c", "a < b and b < c"),
    Case("E0123", "y = 1..2①..3"),
    Case("E0127", "y = " + String(repeating: "(", count: 200) + "①(1"),
    Case("E0130", "y = A①.shape", "shape(A)"),
    Case("E0130", "y = A①.t", "A.T"),
    Case("W0101", "y = [1 ①-2]"),
    Case("W0102", "n = 7 ①// 2"),
    Case("W0102", "n = 3\ny = 7 ①// n"),
  ]

  static let statements: [Case] = [
    Case("E0109", "repeat 3①\nx = 1"),
    Case("E0109", "①{ x = 1 }"),
    Case("E0109", "x = ①{1, 2}"),
    Case("E0109", "x = 3 ①{ y = 1 }"),
    Case("E0110", "y = a\n①+ b", "move the `+` to the end of the line above"),
    Case("E0110", "y = a\n  ①- b", "(-b)   if a new formula is meant"),
    Case("E0110", "①* b"),
    Case("E0110", "①* b = 3", "b = 3"),
    Case("E0110", "a = 3\n①- b = 2*a", "b = 2*a"),
    Case("E0110", "①>>> x = 3", "x = 3"),
    Case("E0110", "①- x = 3", "x = 3"),
    Case("E0110", "①• x = 3", "x = 3"),
    Case("E0110", "①1. x = 3", "x = 3"),
    Case("E0110", "  ①2) x = 3", "x = 3"),
    Case("E0110", "①(12) x = 3", "x = 3"),
    Case("E0112", "2 ①x = 3"),
    Case("E0110", "y = f(x)\n①, z = 3"),
    Case("E0111", "if a { x = 1 }\n①else { x = 2 }", "} else {"),
    Case("E0116", "①def f(x):", "f(x) = { … }"),
    Case("E0116", "if a { x = 1 } ①elif b { x = 2 }", "} else if c {"),
    Case("E0116", "①let x = 3", "x = 3"),
    Case("E0116", "①import numpy as np"),
    Case("E0118", "for i in 1..3①:"),
    Case("E0118", "if a①:"),
    Case("E0118", "x ①:= 3", "x = 3"),
    Case("E0119", "if a ①= 3 { x = 1 }", "if a == b { … }"),
    Case("E0119", "input x ①= 3", "an input with its value is just bound: x1 = 3"),
    Case("E0120", "a = ①1, 2", "an array: a = [1, 2]"),
    Case("E0120", "a, b = ①1, 2, 3"),
    Case("E0120", "for ①x, y in xs { z = 1 }"),
    Case("E0121", "①a, b", "print a, b"),
    Case("E0124", "①trcae f wrt x", "did you mean `trace`?"),
    Case("E0124", "①imput x", "did you mean `input`?"),
    Case("E0125", "①for = 3"),
    Case("E0125", "①print = 3"),
    Case("E0125", "y = ①for + 1"),
    Case("E0125", "for ①if in 1..3 { x = 1 }"),
    Case("E0126", "derive ①(2*x1 + x2)^2 wrt x1", "f = (2*x1 + x2)^2"),
    Case("E0126", "list ①(a + b)", "list f"),
    Case("E0126", "plot y, ①(a + b)"),
    Case("E0128", "①2 = x"),
    Case("E0128", "①a + b = 3"),
    Case("E0129", "f(①2) = 3"),
    Case("E0131", "rule cube(a) = a^3①", "{ d/da = … }"),
    Case("E0131", "rule cube(a) = a^3 { d/d①b = 3 }", "its parameters: a"),
    Case("E0131", "rule cube(a) = a^3 { ①x = 3 }"),
    Case("E0132", "①minimize E over W by sgd(rate = 1)"),
    Case("E0132", "minimize E over W by sgd() for 3 steps ①over V"),
    Case("E0106", "trace f to ①f.tex", "to \"trace.tex\""),
    Case("E0106", "for x ①1..3 { y = 1 }"),
  ]

  @Test(arguments: formulas + statements)
  func `a mistake is told of at its place`(_ sample: Case) {
    let parts = sample.text.split(separator: "①", omittingEmptySubsequences: false)
    let text = parts.joined()
    let offset = parts.first?.utf8.count ?? 0
    let (_, diagnostics) = outline(text)
    #expect(diagnostics.map(\.code) == [sample.code])
    guard let diagnostic = diagnostics.first else { return }
    #expect((diagnostic.primary?.span.start).map(Int.init) == offset, "\(diagnostic.title)")
    if let help = sample.help { #expect(diagnostic.help.contains(help), "\(diagnostic.help)") }
    let end = Int(diagnostic.primary?.span.end ?? 0)
    #expect(end > offset && end <= text.utf8.count + 1)
    for words in [diagnostic.title, diagnostic.primary?.text ?? ""] {
      #expect(!words.hasSuffix("."), "\(words)")
    }
  }

  @Test func `every mistake of a text is told of`() {
    let text = """
      x = 1.2.3
      y = (a
      z = 2
      for i 1..20 {
        q = = 3
        r = 2 3
      }
      w = f(1, [2, 3 4],
        5)
      v = a..b
      """
    let (tree, diagnostics) = outline(text)
    #expect(diagnostics.map(\.code) == ["E0102", "E0103", "E0106", "E0106", "E0112", "E0106"])
    #expect(tree.hasSuffix("(= v _ (range a b _))\n"))
    #expect(tree.contains("(= z _ 2.0)"))
  }

  @Test(arguments: [
    "((((((", "))))", "{{{{", "}}}}", "f(f(f(", "[1..", "x[", "x[:", "'", "\"", "..", "...", "=",
    ",",
    "x =", "for", "for x", "for x in", "if", "if a {", "else", "rule", "rule r", "rule r(",
    "rule r(a) =", "rule r(a) = a {", "rule r(a) = a { d", "rule r(a) = a { d/", "minimize E",
    "minimize E over", "trace f wrt", "trace f at x", "trace f to", "set x", "table x*", "print",

    "\u{0}", "\u{FEFF}x = 1", "x = \u{202E}", "a'", "a''", "''", "x.", "x.T.", "np.", "-", "not",
    "wl> ", "wl>", "... ", "input x:", "input x,", ":", ":x", "2..", "..2", "1e", "1e+", "0x",
    ".5.",
  ])
  func `any beginning of a program is survived`(_ text: String) {
    for end in ["", "\n", "\nx = 1\n", " }", "]", ")", "\r\n"] {
      _ = outline(text + end)
      _ = InputState(of: text + end)
      _ = SourcePrinter.print(SourceFile(name: "t", text: text + end))
    }
  }

  @Test func `deep and long formulas are refused, not walked`() {
    let texts = [
      String(repeating: "(", count: 100_000), "x = " + String(repeating: "-", count: 100_000),
      "x = 1" + String(repeating: " + 1", count: 20_000), String(repeating: "if a {", count: 5000),
      "x = y" + String(repeating: ".T", count: 5000),
      "x = y" + String(repeating: "[1]", count: 5000),
      "x = 2" + String(repeating: "^2", count: 5000),
      "x = f" + String(repeating: "(1)", count: 5000),
    ]
    for text in texts { #expect(outline(text).diagnostics.contains { $0.code == "E0127" }) }
    let sum = "x = 1" + String(repeating: " + 1", count: 900)
    #expect(outline(sum).diagnostics.isEmpty)
  }

  @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
  func `a text in UTF-16 is one mistake`(_ encoding: String.Encoding) throws {
    let text = try #require("\u{FEFF}x = 1\ny = x^2\nprint y\n".data(using: encoding))
    var symbols = Symbols()
    let source = SourceFile(name: "t", bytes: Array(text))
    let (_, diagnostics) = Parser.parse(source, file: 0, symbols: &symbols)
    #expect(diagnostics.map(\.title) == ["the text is UTF-16, not UTF-8"])
  }

  @Test(arguments: 0..<200)
  func `a damaged program is survived`(_ seed: Int) {
    var generator = DamageGenerator(state: UInt64(seed))
    let sample = """
      f(x, y) = { z = [1, 2]*x'(3) }
      for i in 1..3 { print "a", A[i, ..] }
      list f wrt x
      """
    var bytes = Array(sample.utf8)
    for _ in 0..<6 {
      let place = Int(generator.next() % UInt64(bytes.count))
      switch generator.next() % 3 {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
      default: bytes.insert(bytes[Int(generator.next() % UInt64(bytes.count))], at: place)
      }
    }
    var symbols = Symbols()
    let source = SourceFile(name: "t", bytes: bytes)
    let (tree, diagnostics) = Parser.parse(source, file: 0, symbols: &symbols)
    _ = tree.outline(symbols)
    _ = SourcePrinter.print(source)
    let drawn = DiagnosticRenderer(sources: [source]).markup(diagnostics).plain
    #expect(drawn.isEmpty == diagnostics.isEmpty)
  }
}

/// A few random bits.
private struct DamageGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
