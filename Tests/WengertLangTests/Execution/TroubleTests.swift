import Testing
import WengertLang
import WengertTestSupport

/// Programs that once ended the interpreter or kept it busy for ever.
@Suite struct TroubleTests {
  static let refused: [(code: String, program: String)] = [
    ("E0303", "x = [1, 2]\ni = inf\ny = x[i]"),
    ("E0303", "x = [1, 2]\ni = 1e300\ny = x[i]"),
    ("E0303", "x = 1..5\ny = x[-9e18..9e18 by 2]"),
    ("E0303", "x = 1..5\ny = x[0..9e18 by 9e18]"),
    ("E0312", "n = nan\nfor i, j in 1..n, 1..3 { z = i }"),
    ("E0503", "n = -2\nt = (1, 2)\nz = 0\nrepeat n { z = t[z] }"),
    ("E0503", "n = 1.5\nt = (1, 2)\nz = 0\nrepeat n { z = t[z] }"),
    ("E0503", "x = inf\nfor i in 0..x { z = i }"),
    ("E0503", "x = 0\nfor i in 1..5 by x { z = i }"),
    ("E0308", "for i in 1..5 by 0 { z = i }"),
    ("E0801", "x = 1..5e18"),
    ("E0801", "x = 1..1e18"),
    ("E0801", "x = 1..1e9"),
    ("E0801", "x = zeros(1e9, 1e9)"),
    ("E0801", "x = eye(1e7)"),
    ("E0801", "x = linspace(0, 1, 1e12)"),
    ("E0801", "input X: [1000000000, 1000000000, 1000000000]\ny = X + 1"),
    ("E0801", "input X: [100000, 1000000]\ny = X + 1"),
    ("E0309", "input X: [-1]\ny = X + 1"),
    (
      "E0302",
      "z = zeros(1000)\ny = reshape(z, [1000, 1, 1, 1, 1, 1, 1])"
        + " * reshape(z, [1000, 1, 1, 1, 1, 1])"
        + " * reshape(z, [1000, 1, 1, 1, 1]) * reshape(z, [1000, 1, 1, 1])"
        + " * reshape(z, [1000, 1, 1]) * reshape(z, [1000, 1]) * z"
    ),
    (
      "E0801",
      "x = 1\nz = [x, x]\nfor n in 1..9e18 { z = z*x }\ng = grad(sum(z), x)"
    ),
    ("E0301", "x = concat(axis = 1)"),
    ("E0301", "x = stack(())"),
    ("E0506", "if nan { x = 1 } else { x = 2 }"),
    ("E0506", "while nan { x = 1 }"),
    ("E0206", "f(x) = g(x)\ng(x) = f(x)\nf(1)"),
    ("E0206", "f(g, x) = g(g, x)\nf(f, 1)"),
  ]

  @Test(arguments: refused)
  func `a message says why a program cannot run`(code: String, program: String) {
    let run = ProgramRun(program)
    #expect(!run.isDone)
    #expect(run.codes.last == code, "\(run.diagnostics.last?.title ?? "")")
  }

  /// Each `=` once copied all names before it: 19 s.
  @Test func `a long chain of names is read without delay`() {
    let names = String(repeating: "a=", count: 150_000)
    let time = ContinuousClock().measure { #expect(ProgramRun(names).codes == ["E0106"]) }
    #expect(time < .seconds(10))
  }

  @Test func `long formulas in functions in functions are refused before the stack ends`() {
    let wrapped = { (inner: String) in
      String(repeating: "sin(", count: 190) + inner + String(repeating: ")", count: 190)
    }
    var program = "f0(x) = x\n"
    for level in 1...20 { program += "f\(level)(x) = \(wrapped("f\(level - 1)(x)"))\n" }
    #expect(ProgramRun(program + "print f1(1)").isDone)
    #expect(ProgramRun(program + "print f20(1)").codes == ["E0240"])
    let sum = String(repeating: "x + ", count: 900) + "x"
    #expect(ProgramRun("f(x) = \(sum)\nprint f(1)").output == ["901"])
  }

  /// Each version was looked at for itself: a minute.
  @Test func `a name with very many versions is derived by without delay`() {
    let chain = "x = 1\n" + String(repeating: "x = x*1.00001\n", count: 20_000)
    let time = ContinuousClock().measure {
      #expect(ProgramRun(chain + "y = x^2\nprint grad(y, x)").codes == [])
      #expect(ProgramRun(chain + "y = 2*x\nx = 3\nprint grad(y, x)").codes == ["E0403"])
    }
    #expect(time < .seconds(20))
  }

  @Test func `functions that nest too deep do not call themselves`() {
    let chain = (1...80).map { "f\($0)(x) = f\($0 - 1)(x) + 1\n" }.joined()
    #expect(ProgramRun("f0(x) = x\n\(chain)print f40(2)").output == ["42"])
    #expect(ProgramRun("f0(x) = x\n\(chain)print f80(2)").codes == ["E0240"])
  }

  @Test func `a rule that calls itself for its value is told how it is written`() {
    let run = ProgramRun("rule s(a) = 1/(1 + exp(-a)) { d/da = s(a)*(1 - s(a)) }\ns(1)")
    #expect(run.codes == ["E0206"])
    #expect(run.diagnostics.last?.help == ["`s` alone is the value of the rule here: `1 - s`"])
    let written = "rule s(a) = 1/(1 + exp(-a)) { d/da = s*(1 - s) }\nprint s'(0)"
    #expect(ProgramRun(written).output == ["0.25"])
    let value = ProgramRun("rule s(a) = s(a) + 1 { d/da = 1 }\ns(1)")
    #expect(value.diagnostics.last?.help == ["use a loop: `for n in 1..20 { … }`"])
  }

  @Test func `a number that grows into an ever larger array is written out`() {
    #expect(ProgramRun("z = 1\nfor n in 1..3 { z = [z, z] }\nprint sum(z)").output == ["8"])
  }

  @Test func `a shape read from a long chain of entries in a body is found at once`() {
    let chain = String(repeating: "a = a + a; ", count: 60)
    let run = ProgramRun("k = 2\nfor n in 1..2 { a = k + k; \(chain)v = zeros(a*0 + 2) }\nprint v")
    #expect(run.output == ["[0. 0.]"])
  }

  @Test func `slices far outside are empty, and so is their gradient`() {
    let transcript = Transcript(
      of: """
        x = ones(100)
        A = ones(2, 2)
        print x[4294967296..], x[9000000000000000000..], A[0..1 by 9000000000000000000]
        print grad(sum(A[9000000000000000000.., 0..1]) + A[0, 0], A)
        """, name: "slices")
    #expect(transcript.output == "[] [] [[1. 1.]]\n[[1. 0.]\n [0. 0.]]\n")
  }

  @Test func `arrays without elements work`() {
    let run = ProgramRun(
      """
      print zeros(0), sum(zeros(0)), zeros(3, 0) @ zeros(0, 2), det(zeros(0, 0)), norm(zeros(0))
      print sum(zeros(0, 3), axis = 0), sum(zeros(0, 3), axis = 1), zeros(0, 3).T, 3..1
      for v in zeros(0, 3) { s = v }
      x = 2
      g = grad(sum(zeros(0)*x), x)
      print g, map(sin, zeros(0)), concat(zeros(0), [1])
      """)
    #expect(run.isDone, "\(run.diagnostics.last?.title ?? "")")
    #expect(run.output.last == "0 [] [1.]")
  }

  @Test func `forward mode goes through a loop whose body lost a capture`() {
    let run = ProgramRun(
      """
      lift(a) = { z = a; for k in 1..2 { z = 0.4*tanh(z) + 0.1*k*a }; z }
      s = 0.5
      x = [1, 2]
      q = 3
      f = s
      for n in 1..2 { u = lift(x*q)*0; f = f*s + sum(lift(x)) }
      g = grad(f, s)
      t = jvp(f, s = 1)
      """)
    #expect(run.isDone)
    #expect(run.numbers("g") == run.numbers("t"))
  }
}
