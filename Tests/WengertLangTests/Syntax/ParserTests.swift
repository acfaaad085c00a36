import Testing
import WengertTestSupport

@testable import WengertLang

/// What the parser makes of a text.
func outline(_ text: String) -> (outline: String, diagnostics: [Diagnostic]) {
  var symbols = Symbols()
  let source = SourceFile(name: "test.wl", text: text)
  let (tree, diagnostics) = Parser.parse(source, file: 0, symbols: &symbols)
  return (tree.outline(symbols), diagnostics)
}

@Suite struct ParserTests {
  static let formulas: [(String, String)] = [
    ("-x^2", "(minus (^ x 2.0))"),
    ("2^-1", "(^ 2.0 (minus 1.0))"),
    ("a^b^c", "(^ a (^ b c))"),
    ("-a*b", "(* (minus a) b)"),
    ("a @ b*c", "(* (@ a b) c)"),
    ("a - b - c", "(- (- a b) c)"),
    ("a*-b", "(* a (minus b))"),
    ("not a == b and c or d", "(or (and (not (== a b)) c) d)"),
    ("a + 1..b*2", "(range (+ a 1.0) (* b 2.0) _)"),
    ("20..1 by -1", "(range 20.0 1.0 (minus 1.0))"),
    ("n < 1..2", "(< n (range 1.0 2.0 _))"),
    ("1..20", "(range 1.0 20.0 _)"),
    ("2.T", "(transpose 2.0)"),
    ("[2., 2., .5]", "(array 2.0 2.0 0.5)"),
    ("0.. .5", "(range 0.0 0.5 _)"),
    (
      "x[0..-1, .., 2.., ..3, [t]]",
      "(index x (slice 0.0 (minus 1.0) _) (slice _ _ _) (slice 2.0 _ _) (slice _ 3.0 _) (array t))"
    ),
    ("x[-1..0 by -1]", "(index x (slice (minus 1.0) 0.0 (minus 1.0)))"),
    ("x[.. by 2]", "(index x (slice _ _ 2.0))"),
    ("x[..by]", "(index x (slice _ by _))"),
    ("x[(1..3)]", "(index x (range 1.0 3.0 _))"),
    ("f'(2)", "(call f' 2.0)"),
    ("f''(xs)", "(call f'' xs)"),
    ("map(f', xs)", "(call map f' xs)"),
    ("grad(f)(3, 4)", "(call (call grad f) 3.0 4.0)"),
    ("a.op(b).T", "(transpose (method op a b))"),
    ("(-X).exp()", "(method exp (minus X))"),
    ("()", "(tuple)"),
    ("(x,)", "(tuple x)"),
    ("(x)", "x"),
    ("(W1, W2)", "(tuple W1 W2)"),
    ("add*(a, b)", "(call add* a b)"),
    ("add * (a)", "(* add a)"),
    ("c*(a + b)", "(* c (+ a b))"),
    ("sum(A, axis = 1)", "(call sum A (option axis 1.0))"),
    ("σ(α_1) − x\u{A0}+ x̄", "(+ (- (call σ α_1) x) x̄)"),
    ("load(\"a\\tb \\alpha \\\"\")", "(call load \"a\\tb \\\\alpha \\\"\")"),
    ("by + in + at + to + over", "(+ (+ (+ (+ by in) at) to) over)"),
  ]

  @Test(arguments: formulas)
  func `a formula is read by precedence`(_ formula: (text: String, outline: String)) {
    let (outline, diagnostics) = outline("y = " + formula.text)
    #expect(outline == "(= y _ \(formula.outline))\n")
    #expect(diagnostics.isEmpty)
  }

  static let statements: [(String, String)] = [
    ("v2 = Y1 = sigma(v1)", "(= v2 _ Y1 _ (call sigma v1))"),
    ("a, b = b, a", "(= a b _ b a)"),
    ("_, b = grad(f, x, y)", "(= _ b _ (call grad f x y))"),
    ("a, b = c, d = f(x)", "(= a b _ c d _ (call f x))"),
    ("Ws[l][i, j] += v", "(+= (index (index Ws l) i j) v)"),
    ("w[1] = -1", "(= (index w 1.0) _ (minus 1.0))"),
    ("f(x, y) = x + y", "(function f x y) (results (+ x y))"),
    ("f() = a, b", "(function f) (results a b)"),
    ("f(3) == 2", "(bare (== (call f 3.0) 2.0))"),
    ("l(X, b) = { Z = X; tanh(Z) }", "(function l X b)  { (= Z _ X) (bare (call tanh Z)) }"),
    ("for x, y in xs, ys { z = 1 }", "(for x y _ xs ys) { (= z _ 1.0) }"),
    ("repeat 600 {\n}", "(repeat 600.0) { }"),
    ("while z < 2 { z += 1 }", "(while (< z 2.0)) { (+= z 1.0) }"),
    (
      "if c { a = 1 } else if d { a = 2 } else { a = 3 }",
      "(if c) { (= a _ 1.0) } else (if d) { (= a _ 2.0) } else  { (= a _ 3.0) }"
    ),
    ("rule cube(a) = a^3 { d/da = 3*a^2 }", "(rule cube a _ (^ a 3.0))(d/da (* 3.0 (^ a 2.0)))"),
    (
      "rule dot(A, b) = A @ b { bar A = outer(bar, b)\nbar b = A.T @ bar }",
      "(rule dot A b _ (@ A b))(bar A (call outer bar b))(bar b (@ (transpose A) bar))"
    ),
    ("print", "(print)"),
    ("print (a + b)*2, \"x\"", "(print (* (+ a b) 2.0) \"x\")"),
    ("input x1, X: [4, 3]", "(input x1 _ X (array 4.0 3.0))"),
    ("input = 3", "(= input _ 3.0)"),
    (
      "trace f wrt x1, x2 = 1 at x1 = 3, y = 4 to \"f.tex\"",
      "(command trace f)(wrt x1 (option x2 1.0))(at (option x1 3.0) (option y 4.0))(to \"f.tex\")"
    ),
    ("trace(A)", "(bare (call trace A))"),
    ("trace = 3", "(= trace _ 3.0)"),
    (":list f", "(command list f)(wrt)(at)(to _)"),
    (
      "plot 2*x, y over x loglog styles \"r--\", \"b-\" in full",
      "(command plot (* 2.0 x) y)(wrt)(at)(to _)(over x)(loglog)(styles \"r--\" \"b-\")(in full)"
    ),
    ("table add*", "(command table add*)(wrt)(at)(to _)"),
    ("set digits 12", "(command set digits 12.0)(wrt)(at)(to _)"),
    (
      "minimize E over W1, w2 by sgd(rate = 1) for 600 steps",
      "(minimize E)(over W1 w2)(by sgd (option rate 1.0))(for 600.0)"
    ),
    (
      "minimize E over W by adam() batch 128 of X, Y for n steps every 100 print E, W",
      "(minimize E)(over W)(by adam)(batch 128.0 X Y)(for n)(every 100.0 E W)"
    ),
  ]

  @Test(arguments: statements)
  func `a statement is read`(_ statement: (text: String, outline: String)) {
    let (outline, diagnostics) = outline(statement.text)
    #expect(outline == statement.outline + "\n")
    #expect(diagnostics.isEmpty)
  }

  @Test func `lines end, go on and are left out`() {
    let text = """
      #!/usr/bin/env wl
      a = 1; b = 2 ;; a comment
      c = a +   # goes on

        b
      d = [1,
        2]; e = sum(d,
      axis = 0
      )
      wl> f = 1
      ... g = 2
      """
    let expected = """
      (= a _ 1.0)
      (= b _ 2.0)
      (= c _ (+ a b))
      (= d _ (array 1.0 2.0))
      (= e _ (call sum d (option axis 0.0)))
      (= f _ 1.0)
      (= g _ 2.0)

      """
    #expect(outline(text).outline == expected)
    #expect(outline(text.replacing("\n", with: "\r\n")).outline == expected)
    #expect(outline("").outline == "")
  }

  @Test func `the eight lines of the slide run as they stand`() {
    let slide = """
      Z1a = mul(X,W1) // matrix mult
      Z1b = add*(Z1a,B1) // add bias vec
      A1 = tanh(Z1b) //element-wise
      Z2a = mul(A1,W2)
      Z2b = add*(Z2a,B2)
      A2 = tanh(Z2b) // element-wise
      P = softMax(A2) // vec to vec
      C = crossEnt_Y(P) // cost function
      """
    let (text, diagnostics) = outline(slide)
    #expect(diagnostics.isEmpty)
    #expect(text.split(separator: "\n").count == 8)
    #expect(text.hasSuffix("(= C _ (call crossEnt_Y P))\n"))
  }

  @Test(arguments: ["0.1", "1e22", "1e23", "123456789012345678", "4.35", "5e-324", "1.7e308", "2."])
  func `a number is the nearest double`(_ text: String) {
    let value = Double(text.hasSuffix(".") ? text + "0" : text) ?? .nan
    #expect(outline("x = " + text).outline == "(= x _ \(value))\n")
  }

  @Test func `the place of a formula takes its brackets in`() {
    let source = SourceFile(name: "t", text: "y = (a + b)*c")
    var symbols = Symbols()
    let tree = Parser.parse(source, file: 0, symbols: &symbols).tree
    guard let (_, value) = tree.statements.first.flatMap({ tree.simpleBinding($0) }) else {
      Issue.record("no binding")
      return
    }
    #expect(source.text(tree.span(value)) == "(a + b)*c")
  }

  @Test func `a text is a name where a program can bind it`() {
    for (text, isName) in [
      ("x", true), ("_", true), ("z̄", true), ("x₁", true), ("größe", true), ("fort", true),
      ("x²", false), ("3x", false), ("₁", false), ("a b", false), ("", false), ("add*(", false),
      ("x\n", false), (" x", false),
    ] {
      #expect(Lexer.isName(text) == isName, "\(text)")
      #expect(Lexer.isWord(text) == isName, "\(text)")
    }
    #expect(Token.Kind.reserved.count == 10)
    for kind in Token.Kind.reserved {
      var lexer = Lexer(Array("\(kind)".utf8))
      #expect(lexer.next().kind == kind && !Lexer.isName("\(kind)") && Lexer.isWord("\(kind)"))
    }
  }

  @Test func `equal names are equal symbols`() {
    var symbols = Symbols()
    var known: [String: Symbol] = [:]
    let names = ["z07", "z99999999", "z123456", "a", "verylongname12"]
    for name in (0..<3000).map({ "z\($0)" }) + names
      + (0..<500).map({ "name_of_entry_\($0 * 97)x" })
    {
      known[name] = symbols.intern(name)
    }
    for (name, symbol) in known {
      #expect(symbols.intern(name) == symbol)
      #expect(symbols.find(name) == symbol)
      #expect(symbols[symbol] == name)
    }
    #expect(symbols.count == known.count)
    #expect(symbols.find("z3000") == nil)
  }

  @Test func `a letter with its accent is the same in one character and in two`() {
    // z with a bar has no character of its own: its marks keep an order instead (UAX 15).
    for (one, two) in [
      ("\u{e9}", "e\u{301}"), ("\u{e9}7", "e\u{301}7"),
      ("\u{1ead}\u{1ead}1", "a\u{323}\u{302}a\u{323}\u{302}1"),
      ("z\u{304}\u{323}", "z\u{323}\u{304}"),
    ] {
      for (first, second) in [(one, two), (two, one)] {
        var symbols = Symbols()
        let symbol = symbols.intern(first)
        #expect(symbols.find(second) == symbol)
        #expect(symbols.intern(second) == symbol && symbols.intern(first) == symbol)
        #expect(symbols.count == 1 && symbols.intern("e") != symbol)
      }
    }
    #expect(ProgramRun("\u{e9}1 = 3\nprint e\u{301}1").output == ["3"])
  }
}
