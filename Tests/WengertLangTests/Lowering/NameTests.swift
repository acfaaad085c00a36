import Testing
import WengertLang
import WengertTestSupport

/// What names, versions and bindings mean: a test for each sentence of the language's page.
@Suite struct NameTests {
  @Test func `what was computed from an old version keeps it`() {
    prints("x = 2\ny = x^2\nx = 5\nprint x, y", "5 4")
    prints("a = [1, 2, 3]\nb = a\nb[0] = 9\nprint a, b", "[1. 2. 3.] [9. 2. 3.]")
    prints("a = [1, 2]\nb = a*2\na += 1\nprint a, b", "[2. 3.] [2. 4.]")
  }

  @Test func `all right sides are computed first`() {
    prints("a, b = 1, 2\na, b = b, a\nprint a, b", "2 1")
    prints("a, b = 1, 2\nfor n in 1..3 { a, b = b, a + b }\nprint a, b", "5 8")
  }

  @Test func `a chain of = gives one entry several names`() {
    prints("a = b = 3\nb += 1\nprint a, b", "3 4")
    prints("v2 = Y1 = sin(0)\nprint v2, Y1", "0 0")
  }

  @Test func `every name that gets a number is an input`() {
    prints("a, b = 2, 3\nf = a*b\nprint grad(f, a, b)", "(3, 2)")
    prints("a, b = 2, 3\nE = 0\nfor p in 1..2 { E += a*p + b }\nprint grad(E, a, b)", "(3, 2)")
    prints("x = y = 3\nf = x*y\nprint grad(f, x)", "6")
    prints("a = 5\na, b = 2, a\nf = a*b\nprint a, b, grad(f, a)", "2 5 5", codes: ["W0404"])
    prints("seed(1)\na, b = rand(), rand()\nprint grad(a*b, a) == b", "1")
  }

  @Test func `the underscore discards`() {
    prints("f(a, b) = a*b, a + b\n_, s = f(3, 4)\nprint s", "7")
    #expect(ProgramRun("_ = 3\nprint _").isDone == false)
  }

  @Test func `a gradient by a name that was bound after y names the line`() {
    let run = ProgramRun("x = 2\ny = x^2\nx = 5\nprint grad(y, x)")
    #expect(run.codes == ["E0403"])
    #expect(run.diagnostics.first?.secondary.first?.span.start == 0)
    // The value is called as it was asked for, though its entry was called x first.
    let title = "`y` was computed from an earlier `x`"
    #expect(ProgramRun("x = 1\ny = x\nx = 3\ngrad(y, x)").diagnostics.map(\.title) == [title])
  }

  @Test func `a gradient that leaves out an earlier version warns`() {
    prints("x = 2\ny = x^2\nx = 5\nz = y*x\nprint grad(z, x)", "4", codes: ["W0404"])
    prints("x = 2\ny = x^2\nx = x*3\nz = y*x\nprint grad(z, x)", "4", codes: ["W0404"])
    prints("x = 2\ny = x^2\nx = x*3\nz = x^2\nprint grad(z, x)", "12", codes: [])
  }

  @Test func `a step from an earlier version to the latest is no reason to warn`() {
    prints("x = 2\nx = x^2\ny = x^3\nprint grad(y, x)", "48")
  }

  @Test func `a gradient by a name that y does not depend on is zero with a warning`() {
    prints("x = 2\nq = [1, 2]\ny = x^2\nprint grad(y, q)", "[0. 0.]", codes: ["W0403"])
  }

  @Test func `elements and slices are bound and changed in place of the old version`() {
    prints("w = [1, 2, 3, 4]\nw[1] = -1\nw[-1] += 6\nw[0..1] *= 2\nprint w", "[ 2. -2.  3. 10.]")
    prints("A = zeros(2, 2)\nA[1, 0] = 3\nA[0] = [1, 2]\nprint A[.., 0], A[1]", "[1. 3.] [3. 0.]")
    prints("w = [1, 2, 3]\nx = 5\nw[1] = x^2\nf = w @ w\nprint grad(f, x)", "500")
  }

  @Test func `indices count from 0 and from the end, and slices hold both ends`() {
    prints(
      "x = 1..5\nprint x[0], x[-1], x[1..2], x[-2..-1], x[3..], x[..1]",
      "1 5 [2. 3.] [4. 5.] [4. 5.] [1. 2.]")
    prints(
      "x = 1..5\nprint x[4..0 by -2], x[..], x[[2, 0]]",
      "[5. 3. 1.] [1. 2. 3. 4. 5.] [3. 1.]")
    prints(
      "X = [[1, 2, 3], [4, 5, 6]]\nt = 1\nprint X[.., [t]], X[.., t], X[-1]",
      "[[2.]\n [5.]] [2. 5.] [4. 5. 6.]")
  }

  @Test func `ranges hold both ends`() {
    prints("print 3..1, 4..1 by -1, 0..1 by 0.25", "[] [4. 3. 2. 1.] [0.   0.25 0.5  0.75 1.  ]")
    prints("t = 0..1 by 0.1\nprint len(t), t[-1]", "11 1")
    prints("s = 0\nfor n in 20..1 by -1 { s = s*1 + n }\nprint s", "210")
    prints("s = 0\nfor n in 3..1 { s += n }\nprint s", "0")
    prints("s = 0\nfor n in 0..1 by 0.1 { s += 1 }\nprint s", "11")
  }

  @Test func `an input without a value is filled by the first binding, without a new version`() {
    prints("input x\ny = x^2\nx = 3\nprint y, grad(y, x)", "9 6")
    prints("input X: [2, 2]\ny = sum(X)\nX = [[1, 2], [3, 4]]\nprint y", "10")
    #expect(ProgramRun("input x\ny = x^2\nprint y").codes == ["E0505"])
    #expect(ProgramRun("input x: [2]\ny = x^2\nx = 3").codes == ["E0317"])
    for program in ["input x, y\nprint y", "input x, y\nz = y^2\nwhy z"] {
      #expect(ProgramRun(program).diagnostics.map(\.title) == ["the input `y` has no value yet"])
    }
  }

  @Test func `a formula that reads no name is an input`() {
    let run = ProgramRun("W = 2*ones(2, 2) - 1\nE = sum(W)\nlist E")
    #expect(run.reports.first?.contains("ones") == false)
  }

  @Test func `functions and values live apart`() {
    prints("sigma = 0.5\nprint sigma(0), sigma", "0.5 0.5")
    prints("f(a, b) = a*b\nf = f(3, 4)\nprint f, f(2, 2)", "12 4")
    prints("relu(x) = 7\nprint relu(-1)", "7")
    prints("sin = 3\nprint map(sin, [0]), sin", "[0.] 3")
    prints("x = [3, 4]\nprint x.sum(), x.norm()", "7 5")
  }

  @Test func `a function reads its free names where it was written, as they are at the call`() {
    prints("a = 1\nf(x) = a*x\na = 10\nprint f(2)", "20")
    prints("a = 1\nf(x) = a*x\ng(a) = f(2)\nprint g(7)", "2")
    prints("w = 3\nf(w) = { w -= 1; w }\nprint f(w), w", "2 3")
  }

  @Test func `a function gives several results and may take functions`() {
    prints(
      "f(a, b) = { c = a*b; return c, a + b }\nu, v = f(2, 3)\nt = f(2, 3)\nprint u, v, t[1]",
      "6 5 5")
    prints("twice(f, x) = f(f(x))\nsq(x) = x*x\nprint twice(sq, 3)", "81")
    prints("f(x) = x + 1\ntwice(f, x) = f(f(x))\nf = 3\nprint twice(f, f)", "5")
  }

  @Test func `a function may be handed on through many`() {
    let chain = (1...12).map { "g\($0)(f, x) = g\($0 - 1)(f, x) + g\($0 - 1)(f, x)\n" }.joined()
    // Each hands it on twice: 2^12 sines.
    prints("g0(f, x) = f(x)\n" + chain + "print g12(square, 3)", "36864")
  }

  @Test func `the entries of a call are called after its result`() {
    let run = ProgramRun(
      "layer(X, W) = { Z = X @ W; tanh(Z) }\nX = [[1, 2]]\nW = [[1], [2]]\nA1 = layer(X, W)\n"
        + "list A1")
    #expect(run.reports.first?.contains("A1_Z") == true)
  }

  @Test func `a call may have other shapes every time`() {
    prints("f(x) = sum(x*x)\nprint f(2), f([1, 2]), f([[1], [2]])", "4 5 5")
  }

  @Test func `written mul of two arrays is the matrix product and the star is element by element`()
  {
    prints(
      "A = [[1, 2], [3, 4]]\nB = [[1, 0], [1, 1]]\nprint mul(A, B)[0], (A*B)[0], mul(2, A)[0]",
      "[3. 2.] [1. 0.] [2. 4.]")
    prints("print mul([1, 2], [3, 4])", "11")
  }

  @Test func `stretching both of two arrays of different rank warns`() {
    #expect(ProgramRun("a = [1, 2]\nb = [[1], [2]]\nc = a - b").codes == ["W0301"])
    #expect(ProgramRun("a = [[1, 2]]\nb = [[1], [2]]\nc = a - b").codes == [])
    let formulas = ProgramRun("a = [1, 2]\nb = [[1], [2]]\nc = 2*a - 3*b").diagnostics.first
    #expect(formulas?.primary?.text == "the left one is [2], the right one is [2, 1]")
    #expect(ProgramRun("a = [[1, 2], [3, 4]]\nb = [1, 2]\nc = a - b").codes == [])
  }

  @Test func `tuples work entry by entry`() {
    prints(
      "t = ([1, 2], 3)\nu = t - 0.5*t\nprint u[0], u[-1], len(u), u",
      "[0.5 1. ] 1.5 2 ([0.5 1. ], 1.5)")
    prints(
      "hs = ()\nhs = append(hs, 1)\nhs = append(hs, [2, 3])\nprint hs[1], len(hs)", "[2. 3.] 2")
    prints("Ws = ([1, 2], [3])\nWs[0][1] = 9\nprint Ws", "([1. 9.], [3.])")
    prints("Ws = ([1, 2], 3)\nE = sum(Ws[0])*Ws[1]\nprint grad(E, Ws)", "([3. 3.], 3)")
  }

  @Test func `and and or compute both sides`() {
    prints("x = 2\nprint x > 1 and x < 3, x > 5 or x == 2, not x", "1 1 0")
    #expect(ProgramRun("s = [1]\ni = 5\ny = i < 1 and s[i] > 0\nprint y").codes == ["E0303"])
  }

  @Test func `a name bound to another name is an entry of its own`() {
    for right in ["b", "1*b", "b + 0", "b^1", "id(b)", "t[0]"] {
      // 2wv, w² and 4b·b as partials at 2, w²·v by b as 3b².
      prints(
        "id(x) = x\nb = 2\nt = (b, 1)\nw = \(right)\nv = \(right)\ny = w^2*v\n"
          + "print grad(y, w), grad(y, v), grad(y, b)", "8 4 12")
    }
    prints("a = 1\nb = 2\na, b = b, a\ny = 10*a + b\nprint a, b, grad(y, a)", "2 1 10")
    // Earlier than the name there is nothing of it.
    let run = ProgramRun("x = 3\ny = x^2\nb = x\ng = grad(y, b)\n")
    #expect(run.codes == ["W0403"] && run.numbers("g") == [0])
  }

  @Test(arguments: [
    ("F(x) = { for i in 1..1 { d = 1*x; E = d^2*x; g = grad(E, d) }; g }; print F(3)", "18"),
    ("x0 = 3; for i in 1..1 { d = 1*x0; E = d^2*x0; print grad(E, d) }", "18"),
    ("b(x) = { return x, x^2 }; x = 3; p, q = b(x); E = (p - 1)^2*x; print grad(E, p)", "12"),
    ("x = 3; a, b = (x, 2*x); E = (a - 1)^2*x; print grad(E, a)", "12"),
    ("b(x) = { return x, x^2 }; g(a) = { p, q = b(a); e = p*a; grad(e, p) }; print g(3)", "3"),
    // A tuple that is written out stands for its entries.
    ("a = 2; b = 3; t = (a, b); y = a^2*b; g = grad(y, t); print g[0], g[1]", "12 4"),
    // A result of one element is a number to derive: 2x.
    ("x = 3; y = [x^2]; print grad(y, x)", "6"),
  ])
  func `names are apart in bodies, behind calls and in tuples`(_ program: String, _ wanted: String)
  {
    prints(program, wanted)
  }

  @Test func `what a loop or a branch hands on can be asked for by its name`() {
    for (start, slope) in [
      ("x = 2\nif x > 1 { q = x } else { q = 3*x }\nE = q*x\n", "2"),
      ("x = 2\nq = x\nrepeat 0 { q = 3*x }\nE = q*x\n", "2"),
      ("x = 2\nq = 0\nfor i in 1..2 { q = x }\nE = q*x\n", "2"),
      ("x = 2\ny = 3\nfor i in 1..2 { q = 2*x; x = 0.5*x + y*q }\nE = x*q\n", "84.5"),
    ] {
      prints(start + "print grad(E, q)", slope)
      for command in ["trace E wrt q", "tangent E wrt q = 1", "adjoint E wrt q", "check E wrt q"] {
        let run = ProgramRun(start + command + "\n")
        let report = (run.reports + run.output).joined(separator: "\n")
        #expect(run.isDone && run.codes.isEmpty, "\(run.diagnostics)")
        if command.hasPrefix("adjoint") {
          #expect(ProgramRun(report + "\n").output.last == "dE/dq = \(slope)", "\(report)")
        } else if command.hasPrefix("check") {
          #expect(report.hasPrefix("dE/dq = \(slope)  correct"), "\(report)")
        } else {
          #expect(report.hasSuffix("= \(slope)"), "\(report)")
        }
      }
    }
  }

  @Test func `the inputs that a value is made from are found behind every name of theirs`() {
    let start = "x = 2\nz = x\nw = x\ny = x*z*w\nE = z*x\nrepeat 2 { E = E*x }\n"
    // Which of several names is found must not hang on the order of a dictionary.
    for _ in 0..<8 {
      #expect(ProgramRun(start + "check y\n").reports == ["dy/dx = 12  correct to 15 digits"])
      #expect(ProgramRun(start + "check E\n").reports == ["dE/dx = 32  correct to 15 digits"])
    }
  }

  @Test func `further names are those of their own entry`() {
    func list(_ program: String) -> String? { ProgramRun(program + "\n").reports.last }
    #expect(list("y = 2; a = b = y; f = a*b; list f") == "  v1 = y\n  v2 = f = mul(y, y)")
    let sine = list("x = 2; y = z = sin(x); a = y; g = a*y; list g")
    #expect(sine?.contains("v2 = y = z = sin(x)") == true)
    #expect(list("w0 = 2; w = w0; list w") == "  v1 = w0\n  v2 = w = copy(w0)")
  }

  @Test func `many names for one entry take no time and no memory`() {
    let names = (1...3000).map { "b\($0) = a\n" }.joined()
    let run = ProgramRun(
      "set memory 1MB\na = linspace(0, 1, 1000)\n" + names + "print sum(b3000)\n")
    #expect(run.output == ["500"], "\(run.diagnostics)")
    let again = String(repeating: "b = a\n", count: 20_000)
    let slopes = ProgramRun("a = 3\n" + again + "f = a*b\nprint grad(f, b), grad(f, a)\n")
    #expect(slopes.output == ["3 6"], "\(slopes.diagnostics)")
  }

  @Test func `at gives a value to a name and to no other`() {
    for (program, wanted) in [
      ("x0 = 1; x = x0; d = (x - x0)^2; forward d at x = 5", " = 16\n"),
      ("a = 1; b = 2; u = 100*b; a, b = b, a; z = u + 10*a + b; forward z at a = 7", " = 271\n"),
      ("x = 3; y = x; z = y*x; forward z at y = 5", " = 15\n"),
    ] {
      let run = ProgramRun(program + "\n")
      #expect((run.reports.last.map { $0 + "\n" } ?? "").hasSuffix(wanted), "\(run.reports)")
    }
  }

  @Test func `printouts show the entry behind a name, unless they are asked for the name`() {
    let start = "x = 3\ny = x\nf = y*x\n"
    for command in ["list f", "forward f", "trace f", "trace f wrt x", "graph f", "derive f wrt x"]
    {
      let reports = ProgramRun(start + command + "\n").reports
      #expect(reports == ProgramRun("x = 3\nf = x*x\n" + command + "\n").reports)
    }
    let trace = ProgramRun(start + "trace f wrt y\n").reports.joined()
    #expect(
      trace.contains("v2 = y = copy(x)    = 3") && trace.contains("df/dy = a3 dv3/dv2 = a3 · x"))
  }
}
