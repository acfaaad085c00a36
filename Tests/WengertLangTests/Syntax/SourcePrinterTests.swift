import Testing
import WengertTestSupport

@testable import WengertLang

@Suite struct SourcePrinterTests {
  private func format(_ text: String) -> String {
    SourcePrinter.print(SourceFile(name: "test.wl", text: text))
  }

  @Test(arguments: 0..<300)
  func `a printed program is the same program, and prints as itself`(_ seed: Int) {
    var programs = RandomPrograms(seed: UInt64(seed))
    let text = programs.program(statements: 8)
    let (before, diagnostics) = outline(text)
    #expect(diagnostics.filter { $0.severity == .error }.isEmpty, "\(text)")
    let printed = format(text)
    #expect(outline(printed).outline == before, "\(text)\n---\n\(printed)")
    #expect(format(printed) == printed, "\(text)")
  }

  static let samples: [(String, String)] = [
    ("x=[ 1,2 , -3 ,- 4]   ;y=2;", "x = [1, 2, -3, -4]; y = 2\n"),
    ("f=( 2 * x1+x2 ) ^ 2", "f = (2*x1 + x2)^2\n"),
    ("y=x[ i + 1 , .. ]-1", "y = x[i+1, ..] - 1\n"),
    (
      "for  i in 0 .. n - 1{\nz=1 # c\n\n\n  # own\nlong=2 # d\ny=3 #e\n}",
      "for i in 0..n-1 {\n  z = 1  # c\n\n  # own\n  long = 2  # d\n  y = 3     #e\n}\n"
    ),
    ("y = f( a ,\n b)", "y = f(a,\n      b)\n"),
    ("y = f(\na,\nb\n)", "y = f(\n  a,\n  b\n)\n"),
    ("y = a +\nb", "y = a +\n  b\n"),
    ("y = add * (2)+add*( a,b )", "y = add * (2) + add*(a, b)\n"),
    ("y = 2. ..3", "y = 2. ..3\n"),
    ("y = 1 .. .5 by.1", "y = 1.. .5 by .1\n"),
    ("if a{b=1}else{\nc=2}", "if a { b = 1 } else {\n  c = 2 }\n"),
    ("x − 1", "x - 1\n"),
    ("y = x[ ..by-1 ]+x[ .. by -1]+x[.. by (2)]", "y = x[..by-1] + x[.. by -1] + x[.. by (2)]\n"),
    ("trace f (2)\nplot f path [1,2- 3]", "trace f(2)\nplot f path [1, 2 - 3]\n"),
    ("plot f over x = [0, 1]inf path [1]", "plot f over x = [0, 1] inf path[1]\n"),
    ("plot f over x = [0, 1]path [1]", "plot f over x = [0, 1] path [1]\n"),
    ("table add*\nx=1", "table add*\nx = 1\n"),
    ("\n\n# head\n\n\nx=1\n\n", "# head\n\nx = 1\n"),
  ]

  @Test(arguments: samples)
  func `blanks, indentation and comments are settled`(_ sample: (text: String, printed: String)) {
    #expect(format(sample.text) == sample.printed)
  }
}

@Suite struct InputStateTests {
  @Test(arguments: ["x = 1", "f(x) = { x }", "x = \"(\"", "# (", "x = (1]", "}", "", "table add*"])
  func `a whole program is complete`(_ text: String) {
    #expect(InputState.isComplete(text))
  }

  @Test func `an open bracket and an open line are told of`() {
    #expect(InputState(of: "f(x) = {\n y = (1") == .open(bracket: "(", offset: 14))
    #expect(InputState(of: "for i in 1..2 {\n x = (1 }\n {") == .open(bracket: "{", offset: 27))
    #expect(InputState(of: "x = 1 +  # c") == .continues(after: "+"))
    #expect(InputState(of: "trace f wrt a,\n") == .continues(after: ","))
  }
}

@Suite struct EditDistanceTests {
  @Test func `a slip of the finger is found`() {
    let names = ["trace", "tangent", "table", "z1", "softmax", "crossEnt"]
    #expect(EditDistance.suggestion(for: "trcae", among: names) == "trace")
    #expect(EditDistance.suggestion(for: "tabel", among: names) == "table")
    #expect(EditDistance.suggestion(for: "softMax", among: names) == "softmax")
    #expect(EditDistance.suggestion(for: "corssEnt", among: names) == "crossEnt")
    #expect(EditDistance.suggestion(for: "zl", among: names) == "z1")
    #expect(EditDistance.suggestion(for: "q", among: names) == nil)
    #expect(EditDistance.suggestion(for: "foo", among: names) == nil)
    #expect(EditDistance.between("ab", "ba") == 1)
    #expect(EditDistance.between("kitten", "sitting") == 3)
    #expect(EditDistance.between("", "abc") == 3)
  }
}
