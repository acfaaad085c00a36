import Testing
import WengertLang
import WengertTestSupport

/// `cost` counts what the list does.
@Suite struct CostTests {
  static func cost(_ program: String) -> String {
    let run = ProgramRun(program)
    let isDone = run.isDone
    #expect(isDone, "\(run.diagnostics.first?.title ?? "")\n\(program)")
    return run.reports.last ?? ""
  }

  /// The numbers of the line that begins with a name.
  static func line(_ name: String, of report: String) -> [String] {
    let line = report.split(separator: "\n").first { $0.split(separator: " ").first == name[...] }
    return line.map { $0.split(separator: " ").dropFirst().map(String.init) } ?? []
  }

  @Test func `what does not depend on values is counted before inputs have theirs`() {
    let program = "y = sum(sigma(X @ w))\ncost y"
    let open = Transcript(of: "input X: [4, 3]\ninput w: [3]\n" + program, name: "open")
    let bound = Transcript(of: "X = ones(4, 3)\nw = ones(3)\n" + program, name: "bound")
    #expect(open.codes == [])
    #expect(open.output.split(separator: "\n")[1] == bound.output.split(separator: "\n")[1])
  }

  @Test func `entries, operations and bytes of straight lists`() {
    let report = Self.cost("x = 2\ny = 3\nf = x*y + sin(x)\ncost f")
    // sin, mul, add; five numbers of eight bytes.
    #expect(Self.line("f", of: report) == ["3", "3", "40", "B"])
    // A factorisation is n³, and n for each element of what it gives.
    let factors = Self.cost("A = 2*eye(3)\nf = cholesky(A)\ncost f")
    #expect(factors.contains(" 54 "), "\(factors)")
    let product = Self.cost("A = ones(3, 4)\nB = ones(4, 5)\nf = sum(A @ B)\ncost f")
    #expect(Self.line("f", of: product)[1] == "\(2 * 3 * 4 * 5 + 15)")
  }

  @Test func `what is not counted is said, and no ratio is told of it`() {
    let solver = "F(u, b) = u^2 - b\nb = 2\nr = root(F, 1, b)\n"
    let test = "f(i) = { s = 0*i; for k in 1..10 { s += i*k }; s }\ni = 0\n"
    let rule = "p(a) = { s = 1; repeat 20 { s *= a }; s }\nrule g(a) = p(a) { d/da = 20*p(a)/a }\n"
    for program in [
      solver + "cost r", test + "r = 1\nwhile f(i) < 100 { r *= i; i += 1 }\ncost r",
      rule + "x = 2\nr = g(x)\ncost r", "f(x) = x^3\nx = 2\nr = smooth(f, x, 0.5, [1, 2])\ncost r",
    ] {
      let report = Self.cost(program)
      #expect(
        report.contains("≥ ") && report.contains("not counted: steps of solvers"), "\(report)")
      #expect(!report.contains("ratio of"), "\(report)")
    }
    let plain = Self.cost("rule g(a) = a^3 { d/da = 3*a^2 }\nx = 2\nr = g(x)\ncost r")
    #expect(plain.contains("ratio of") && !plain.contains("≥"), "\(plain)")
  }

  @Test func `a ratio above the bound is not said to be below it`() {
    #expect(Self.cost("x = 2\ny = 3\nz = x*y + x\ncost z").contains(", at most 5 for arithmetic\n"))
    let division = Self.cost("x = 2\ny = 3\nz = x/y/x/y\ncost z")
    #expect(division.contains("ratio of operations 5.7, where 5 can do for arithmetic\n"))
  }

  @Test func `of many names the table shows the first and the last`() {
    let names = (1...100).map { "x\($0)" }
    let inputs = names.map { "\($0) = 2\n" }.joined()
    let report = Self.cost("\(inputs)f = \(names.joined(separator: "*"))\ncost f")
    #expect(report.contains("with df/d(x1, x2, x3, x4, …, x100)  "), "\(report)")
    let few = Self.cost("a = 1\nb = 2\nf = a*b\ncost f")
    #expect(few.contains("with df/d(a, b)  "))
  }

  @Test func `names that take two cells for a letter leave the columns in line`() {
    for command in ["cost 名前", "tangent 名前 wrt 結果"] {
      let wide = Self.cost("結果 = 2\n名前 = sin(結果)^2\n\(command)")
      let report = Self.cost(
        "abcd = 2\nefgh = sin(abcd)^2\n"
          + command.replacing("名前", with: "efgh").replacing("結果", with: "abcd"))
      #expect(wide.replacing("名前", with: "efgh").replacing("結果", with: "abcd") == report)
    }
  }

  @Test func `an input that the value does not depend on is named`() {
    let report = Self.cost("x = 1\ny = x^2\nw = 2\ncost y wrt w")
    #expect(report.contains("\n  y does not depend on w\n"), "\(report)")
    #expect(!Self.cost("x = 1\ny = x^2\ncost y wrt x").contains("depend"))
  }

  @Test func `what is printed before is no part of the plan`() {
    let before = "x = 2\nfor i in 1..9 { x = sin(x) }\nprint x\n"
    #expect(Self.cost(before + "w = 3\ny = w^2\ncost y") == Self.cost("w = 3\ny = w^2\ncost y"))
  }

  @Test func `turns that differ are counted as they are`() {
    let counts = (2...5).map { rows in
      let report = Self.cost(
        "x = 2\nz = x\nfor i in 1..\(rows) { for j in 1..i { z = sin(z) } }\ncost z")
      return Int(Self.line("z", of: report)[1]) ?? 0
    }
    // Row i of a triangle has i turns: its cost is a + b i.
    let rows = zip(counts, counts.dropFirst()).map { $1 - $0 }
    let steps = zip(rows, rows.dropFirst()).map { $1 - $0 }
    #expect(steps[0] > 0 && steps[0] == steps[1])
    let halving = Self.cost("x = 64\nz = x\nwhile z > 1 { z = z/2 }\ncost z")
    #expect(Self.line("z", of: halving)[1] == "12")
  }

  @Test(arguments: [1, 10, 1000])
  func `a gradient takes at most five times its number, whatever the inputs`(count: Int) {
    let report = Self.cost(
      "x = linspace(1, 2, \(count))\nf = sum(x*x*x/(1 + x)) - sum(x)\ncost f wrt x")
    guard let line = report.split(separator: "\n").first(where: { $0.contains("ratio of") }),
      let ratio = ProgramRun.numbers(in: String(line)).first
    else {
      Issue.record("no ratio in \(report)")
      return
    }
    #expect(ratio > 1 && ratio <= 5)
  }

  @Test func `the Hessian of Rosenbrock's function of 100 takes a handful of sweeps`() {
    let start = "n = 100\nx = linspace(-1.2, 1.3, n)\n"
    let expected = """

      d = zeros(n)
      d[..-2] += 1200*x[..-2]^2 - 400*x[1..] + 2
      d[1..] += 200
      K = diag(d)
      for i in 0..98 { K[i, i+1] = -400*x[i]; K[i+1, i] = -400*x[i] }
      apart = max(abs(H - K))/max(abs(K))
      filled = sum(H != 0)
      cost H
      """
    let ways = [
      "E = sum(100*(x[1..] - x[..-2]^2)^2 + (1 - x[..-2])^2)",
      "E = 0\nfor i in 0..98 { E += 100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2 }",
    ]
    for way in ways {
      let run = ProgramRun(start + way + "\nH = hessian(E, x)" + expected)
      let isDone = run.isDone
      #expect(isDone, "\(run.diagnostics.first?.title ?? "")")
      #expect((run.numbers("apart").first ?? .nan) < 1e-14)
      #expect(run.numbers("filled") == [298])
      let report = run.reports.last ?? ""
      #expect(report.contains("\n  3 forward sweeps, in place of 100\n"), "\(way)")
    }
  }

  @Test func `the plan says how each entry of a loop runs`() {
    // sin(w) is the same in all turns; i, s and its sum need no turn before them; z does.
    let start = "w = 0.5\nz = w\nS = 0\n"
    let loop = "for i in 1..1000 { s = sin(w)*i; S += s; z = cos(z*w) }\n"
    let report = Self.cost(start + loop + "f = [z, S]\ncost f")
    #expect(Self.line("plan:", of: report).prefix(2) == ["8", "entries"])
    let ways = "    loops: 1 once for all turns, 2 for 128 turns at a time, 2 in each turn\n"
    #expect(report.contains(ways), "\(report)")
    #expect(report.contains("summed for many turns at a time: 1 sum"), "\(report)")
    // The plain plan runs all of them in each turn, and sums there.
    let plain = Self.cost("set plan plain\n" + start + loop + "f = [z, S]\ncost f")
    #expect(plain.contains("    loops: 6 in each turn"), "\(plain)")
    #expect(!plain.contains("summed") && !plain.contains("in place"), "\(plain)")
  }

  @Test func `the plan says what a step of training does with its rows`() {
    let report = Self.cost(
      """
      X = randn(1000, 4)
      w = zeros(4, 30)
      E = mean((tanh(X @ w) - 1)^2)
      minimize E over w by sgd(rate = 0.1) for 3 steps
      cost w

      """)
    #expect(report.contains("of these, for a few rows at a time"), "\(report)")
    #expect(report.contains("in place: 1 carried value"), "\(report)")
  }
}
