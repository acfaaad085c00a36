import Testing
import WengertTestSupport

@testable import WengertLang

/// `minimize`, held to runs of NumPy and SciPy, and to the loops that it stands for.
@Suite struct TrainingTests {
  /// Runs with what NumPy ends at; `scripts/make-training-cases` writes them.
  static let cases = ProgramCase.all(
    in: Folder.package() + "/Tests/WengertLangTests/Optimization/training-cases.txt")

  @Test func `the cases are there`() { #expect(Self.cases.count > 10) }

  @Test(arguments: cases)
  func `training ends where it ends in NumPy and SciPy`(_ the: ProgramCase) {
    let run = ProgramRun(the.program)
    #expect(run.isDone && run.codes.isEmpty, "\(run.diagnostics)")
    for (name, numbers) in the.values {
      let away = distance(run.elements(name), numbers)
      #expect(away <= the.tolerance, "\(name) is \(away) away")
    }
  }

  static let net = """
    X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
    y0 = [[0, 1, 1, 0]].T
    seed(1)
    W1 = 2*rand(3, 4) - 1
    w2 = 2*rand(4, 1) - 1
    """
  static let forward = """
    Y1 = sigmoid(X0 @ W1)
    y2 = sigmoid(Y1 @ w2)
    E = sum((y2 - y0)^2)/2
    """

  /// The loops that the optimizers stand for, by hand.
  static let loops: [(optimizer: String, start: String, update: String)] = [
    ("sgd(rate = 0.7)", "", "W1 -= 0.7*g1; w2 -= 0.7*g2"),
    (
      "momentum(0.1, 0.8)", "v1 = 0*W1; v2 = 0*w2",
      "v1 = 0.8*v1 + g1; v2 = 0.8*v2 + g2; W1 -= 0.1*v1; w2 -= 0.1*v2"
    ),
    (
      "rmsprop(rate = 0.01, beta = 0.95)", "s1 = 0*W1; s2 = 0*w2",
      """
      s1 = 0.95*s1 + (1 - 0.95)*g1^2; s2 = 0.95*s2 + (1 - 0.95)*g2^2
      W1 -= 0.01*g1/(sqrt(s1) + 1e-8); w2 -= 0.01*g2/(sqrt(s2) + 1e-8)
      """
    ),
    (
      "adam(rate = 0.03)", "m1 = 0*W1; m2 = 0*w2; s1 = 0*W1; s2 = 0*w2; t = 0",
      """
      t += 1
      m1 = 0.9*m1 + (1 - 0.9)*g1; m2 = 0.9*m2 + (1 - 0.9)*g2
      s1 = 0.999*s1 + (1 - 0.999)*g1^2; s2 = 0.999*s2 + (1 - 0.999)*g2^2
      W1 -= 0.03*(m1/(1 - 0.9^t))/(sqrt(s1/(1 - 0.999^t)) + 1e-8)
      w2 -= 0.03*(m2/(1 - 0.9^t))/(sqrt(s2/(1 - 0.999^t)) + 1e-8)
      """
    ),
  ]

  @Test(arguments: loops)
  func `a loop by hand gives the same bits`(
    optimizer: String, start: String, update: String
  ) {
    let trained = ProgramRun(
      "\(Self.net)\n\(Self.forward)\nminimize E over W1, w2 by \(optimizer) for 150 steps")
    let looped = ProgramRun(
      """
      \(Self.net)
      \(start)
      repeat 150 {
      \(Self.forward)
      g1, g2 = grad(E, W1, w2)
      \(update)
      }
      \(Self.forward)
      """)
    #expect(trained.isDone && looped.isDone, "\(trained.diagnostics + looped.diagnostics)")
    for name in ["W1", "w2", "Y1", "y2", "E"] {
      #expect(trained.elements(name) == looped.elements(name), "\(name)")
    }
  }

  // MARK: what it binds

  @Test func `weights and what lies between are new, other names keep what they were`() {
    let run = ProgramRun(
      """
      w = 3; other = w; u = 2*w; half = u/2; E = (u - 4)^2; twice = 2*E; aside = 5*w
      minimize E over w by sgd(rate = 0.05) for 200 steps
      """)
    #expect(distance(run.numbers("w"), [2]) < 1e-9)
    #expect(distance(run.numbers("u"), [4]) < 1e-9)
    #expect(run.numbers("E")[0] < 1e-15)
    #expect(run.numbers("other") == [3])
    #expect(run.numbers("half") == [3])
    #expect(run.numbers("twice") == [8])
    #expect(run.numbers("aside") == [15])
  }

  @Test func `the history has the value before each step`() {
    let run = ProgramRun(
      """
      w = 1; E = w^2; minimize E over w by sgd(rate = 0.25) for 4 steps
      minimize E over w by sgd(rate = 0.25) for 0 steps
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(run.numbers("w") == [0.0625])
    #expect(run.numbers("E_history").isEmpty)
    let once = ProgramRun("w = 1; E = w^2; minimize E over w by sgd(0.25) for 4 steps")
    #expect(once.numbers("E_history") == [1, 0.25, 0.0625, 0.015625])
  }

  @Test func `every k prints before the steps 0, k, 2k`() {
    let run = ProgramRun(
      """
      w = 1; u = 3*w; E = u^2
      minimize E over w by sgd(rate = 1/36) for 5 steps every 2 print step, "{w:.4f} {u:.3f}", E
      """)
    #expect(
      run.output == ["0 1.0000 3.000 9", "2 0.2500 0.750 0.5625", "4 0.0625 0.188 0.03515625"])
  }

  @Test func `training is printed once, however often it runs`() {
    let run = ProgramRun(
      """
      x = 1; w = x; E = (w - 2)^2
      minimize E over w by sgd(rate = 0.1) for 3 steps every 2 print E
      g = grad(w, x); forward w at x = 2; print g
      """)
    #expect(run.output.count == 3)
    #expect(distance(ProgramRun.numbers(in: run.output[2]), [0.8 * 0.8 * 0.8]) < 1e-15)
  }

  // MARK: as a loop among others

  @Test func `one can differentiate through training`() {
    for optimizer in [
      "sgd(rate = r)", "momentum(rate = r, beta = 0.5)", "rmsprop(rate = r)", "adam(rate = r)",
    ] {
      let run = ProgramRun(
        """
        \(Self.net)
        r = 0.1
        \(Self.forward)
        minimize E over W1, w2 by \(optimizer) for 25 steps
        g = grad(E, r); d = difference(E, r, 1e-5, "central")
        """)
      #expect(run.isDone, "\(run.diagnostics)")
      #expect(distance(run.numbers("g"), run.numbers("d")) < 1e-6, "\(optimizer)")
    }
  }

  @Test func `one can differentiate through a search for the minimum`() {
    let run = ProgramRun(
      """
      seed(2); A = randn(6, 3); b = randn(6); lam = 0.3; w = zeros(3)
      E = sum((A @ w - b)^2) + lam*sum(w^2)
      minimize E over w by lbfgs() for 60 steps
      best = solve(A.T @ A + lam*eye(3), A.T @ b)
      s = sum(w^2); g = grad(s, lam); h = grad(sum(best^2), lam)
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(distance(run.numbers("w"), run.numbers("best")) < 1e-7)
    #expect(distance(run.numbers("g"), run.numbers("h")) < 1e-4)
  }

  @Test func `training works in functions, loops and branches`() {
    let run = ProgramRun(
      """
      fit(start) = { v = start; e = (v - 5)^2; minimize e over v by sgd(rate = 0.5) for 1 steps; v }
      one = 1; a = fit(one); b = 0
      for k in 1..3 { u = k; q = (u - 7)^2; minimize q over u by sgd(rate = 0.25) for 1 steps; b += u }
      c = 1
      if b > 0 { E = (c - 9)^2; minimize E over c by sgd(rate = 0.5) for 1 steps }
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(run.numbers("a") == [5])
    #expect(run.numbers("b") == [13.5])
    #expect(run.numbers("c") == [9])
  }

  /// Ways from w = 1 to what is made small, s = (w - 3)^2; b is what it was before.
  ///
  /// Three steps with the rate 0.1 leave w = 3 - 2*0.8^3.
  @Test(arguments: [
    "p(a) = { s = (a - 3)^2; s }; s = p(w)", "l = (w - 3)^2; s = 1*l",
    "l = (w - 3)^2; s = l", "p(a) = { r = (a - 3)^2; return r, r }; s, l = p(w)",
    "q = [(w - 3)^2]; l = q[..]; s = l[0]", "if 1 > 0 { r = (w - 3)^2; s = r } else { s = 0 }",
    "for i in 1..2 { r = (w - 3)^2; s = r }", "t = ((w - 3)^2, 2); s, c = t",
    "v = w; s = (v - 3)^2", "h(a) = a; v = h(w); s = (v - 3)*(w - 3)",
  ])
  func `every name of what training changes is what the weights make it`(_ way: String) {
    for (start, end) in [("", ""), ("f(w) = { ", "; return w, s, b }\nw, s, b = f(1)\n")] {
      let run = ProgramRun(
        "w = 1\n" + start + "\(way); b = s\n"
          + "minimize s over w by sgd(rate = 0.1) for 3 steps" + end + "\n")
      #expect(run.isDone && run.diagnostics.isEmpty, "\(way): \(run.diagnostics)")
      let w = 3 - 2 * 0.8 * 0.8 * 0.8
      #expect(abs((run.numbers("w").first ?? 0) - w) < 1e-14, "\(way)")
      for name in ["s", "l"] where end.isEmpty || name == "s" {
        let found = run.numbers(name)
        guard !(found.isEmpty && name == "l") else { continue }
        #expect(abs((found.last ?? 0) - (w - 3) * (w - 3)) < 1e-14, "\(way): \(name) = \(found)")
      }
      #expect(run.numbers("b") == [4], "\(way)")
    }
  }

  @Test func `weights that begin as another name keep it as it was`() {
    // (w - 5)^2 + (w - 2)^2 is least at 3.5, where it is 4.5.
    let loss = "w = w0\nE = (w - 5)^2 + (w - w0)^2\n"
    let training = "minimize E over w by sgd(rate = 0.1) for 200 steps"
    for program in [
      "w0 = 2\n" + loss + training,
      "fit(w0) = {\n\(loss)\(training)\nreturn w, w0, E }\nw, w0, E = fit(2)",
    ] {
      let run = ProgramRun(program + "\n")
      #expect(abs((run.numbers("w").first ?? 0) - 3.5) < 1e-12, "\(run.diagnostics)")
      #expect(run.numbers("w0") == [2])
      #expect(abs((run.numbers("E").first ?? 0) - 4.5) < 1e-12)
    }
    let two = ProgramRun(
      """
      z = zeros(2); x = z; y = z; E = sum((x - 1)^2 + (y - 2)^2)
      minimize E over x by sgd(rate = 0.1) for 200 steps

      """)
    #expect(two.numbers("x").allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(two.numbers("y") == [0, 0] && two.numbers("z") == [0, 0])
    #expect(two.numbers("E") == [8])
    let tuples = ProgramRun(
      """
      a = (1, [2, 3]); b = a; E = (b[0] - 4)^2 + sum((b[1] - 5)^2)
      minimize E over b by sgd(rate = 0.5) for 1 steps

      """)
    #expect(tuples.numbers("a") == [1, 2, 3] && tuples.numbers("b") == [4, 5, 5])
    for other in ["a", "1*a", "same(a)"] {
      let run = ProgramRun(
        "same(t) = t\na = (1, 2); b = \(other); E = (b[0] - 4)^2 + (b[1] - 5)^2\n"
          + "minimize E over b by sgd(rate = 0.5) for 1 steps\n")
      #expect(run.numbers("a") == [1, 2] && run.numbers("b") == [4, 5], "\(other)")
    }
  }

  @Test func `training says what it cannot move`() {
    func codes(_ program: String) -> [String] { ProgramRun(program + "\n").codes }
    let step = "minimize E over n by sgd(rate = 0.01) for 2 steps"
    #expect(codes("x = [1, 2, 4]; n = 1; E = (sum(x[0..n])*n - 5)^2; \(step)") == ["W0406"])
    #expect(codes("n = 2; E = (sum(1..n)*n - 5)^2; \(step)") == ["W0406"])
    #expect(codes("n = 2; E = (3*n - 5)^2; \(step)") == [])
    let jacobian = "x = linspace(1, 2, 12); n = 2; y = x^2; y[round(n)] = x[7]*x[8]*n; "
    #expect(codes(jacobian + "J = jacobian(y, x); E = sum(J^2); \(step)") == ["W0406"])
    let quotient = "d = difference(y, n, 1, \"forward\")"
    #expect(codes("x = 1..5; n = 2; y = sum(x[0..n])*n; \(quotient)") == ["W0406"])
    #expect(codes("x = 1..5; n = 2; y = sum(x)*n; \(quotient)") == [])
  }

  @Test func `weights may stand in tuples`() {
    let run = ProgramRun(
      """
      seed(3); X = randn(20, 2); t = X @ [1, -1]
      Ws = (randn(2, 3), randn(3)); b = 0
      p = tanh(X @ Ws[0]) @ Ws[1] + b; E = mean((p - t)^2)
      before = E; minimize E over Ws, b by adam(rate = 0.05) for 300 steps
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(run.numbers("E")[0] < 0.05 * run.numbers("before")[0])
  }

  // MARK: batches

  @Test func `a batch of everything by mean, and the warning where it is not`() {
    let data = "seed(1); X = randn(40, 2); t = X @ [1, 2]; w = zeros(2); n = len(X)\n"
    func codes(_ loss: String) -> [String] {
      ProgramRun(
        data + "E = \(loss)\nminimize E over w by sgd(0.1) batch 8 of X, t for 5 steps"
      ).codes
    }
    #expect(codes("mean((X @ w - t)^2)") == [])
    #expect(codes("sum((X @ w - t)^2)/40") == ["W0700"])
    #expect(codes("sum((X @ w - t)^2)/n") == ["W0700"])
    #expect(codes("sum((X @ w - t)^2)/len(X)") == ["W0700"])
    #expect(codes("sum((X @ w - t)^2)*(1/40)") == ["W0700"])
    #expect(codes("sum((X[.., 0]*w[0] + X[.., [1]] @ w[[1]] - t)^2)/2") == [])
    #expect(codes("mean((X @ w - t)^2 * ones(40))") == ["E0719"])
  }

  @Test func `rows that are not drawn are refused whatever the size of the batch`() {
    func codes(_ loss: String, over weights: String = "w", _ batch: String) -> [String] {
      ProgramRun(
        """
        X = [[1, 2], [3, 4], [5, 6], [7, 8]]; t = [1, 2, 3, 4]; c = [1, 0, 2, 1]
        w = [0, 0]; b = [0, 0, 0, 0]; E = \(loss)
        minimize E over \(weights) by sgd(rate = 1e-6) batch \(batch) for 3 steps
        """
      ).codes
    }
    for size in 1...5 {
      #expect(codes("mean((X @ w - t)^2)", "\(size) of X") == ["E0719"])
      #expect(codes("mean(c*(X @ w - t)^2)", "\(size) of X, t") == ["E0719"])
      #expect(codes("mean((X @ w - t - b)^2)", over: "w, b", "\(size) of X, t") == ["E0719"])
      #expect(codes("mean((X @ w - t)^2)", "\(size) of X, t") == [])
      #expect(codes("mean(c*(X @ w - t)^2)", "\(size) of X, t, c") == [])
      #expect(codes("mean((X[.., 0]*w[0] + 1 - t)^2) + sum(w^2)", "\(size) of X, t") == [])
    }
  }

  @Test func `what training needs is told`() {
    let start = "w = 1; x = [1, 2]; E = (w - 2)^2; t = 3\n"
    for (line, code) in [
      ("minimize E over w by newton(rate = 1) for 3 steps", "E0706"),
      ("minimize E over w by sgd(speed = 1) for 3 steps", "E0707"),
      ("minimize E over w by sgd(1, 2, 3) for 3 steps", "E0708"),
      ("minimize E over w by sgd for 3 steps", "E0709"),
      ("minimize x over w by sgd(rate = 1) for 3 steps", "E0710"),
      ("repeat 2 { minimize E over w by sgd(rate = 1) for 3 steps }", "E0711"),
      ("minimize E over t by sgd(rate = 1) for 3 steps", "E0712"),
      ("minimize E over w, w by sgd(rate = 1) for 3 steps", "E0713"),
      ("minimize E over w by sgd(rate = 1) for -3 steps", "E0503"),
      ("minimize E over w by sgd(rate = x) for 3 steps", "E0306"),
      ("minimize E over w by sgd(rate = 1) for 3 steps every x print E", "E0306"),
      ("minimize E over v by sgd(rate = 1) for 3 steps", "E0203"),
    ] {
      let run = ProgramRun(start + line)
      #expect(run.codes == [code], "\(line)")
      #expect(run.numbers("w") == [1])
    }
  }
}

extension ProgramRun {
  /// The elements of a name's value, to the last bit.
  func elements(_ name: String) -> [Double] {
    let lowering = session.lowering
    guard let symbol = lowering.symbols.find(name),
      let slot = lowering.scopes[0].value(symbol)?.leaves.first?.slot
    else { return [] }
    return lowering.values.view(slot, in: lowering.program)?.array ?? []
  }
}
