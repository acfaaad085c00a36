import Testing
import WengertLang
import WengertTestSupport

/// Solutions of equations and their derivatives, held to closed forms in the same program.
@Suite struct RootTests {
  /// Runs a program and compares its names `a1, a2, …` with `b1, b2, …`.
  private func agrees(
    _ program: String, _ count: Int, within tolerance: Double = 1e-12, codes: [String] = [],
    at place: SourceLocation = #_sourceLocation
  ) {
    let run = ProgramRun(program)
    #expect(run.isDone && run.codes == codes, "\(run.diagnostics)", sourceLocation: place)
    for index in 1...count {
      let off = distance(run.numbers("a\(index)"), run.numbers("b\(index)"))
      #expect(off <= tolerance, "a\(index) is off by \(off)", sourceLocation: place)
    }
  }

  @Test func `a root of one equation has the implicit function theorem's derivatives`() {
    agrees(
      """
      a = 2
      b = 3
      F(x, b) = a*x^2 - b
      x = root(F, 1, b)
      a1 = x
      b1 = (b/a)^0.5
      a2, a3 = grad(x, b, a)
      b2, b3 = grad(b1, b, a)
      a4, a5 = grad(a2, b, a)
      b4, b5 = grad(b2, b, a)
      a6 = grad(a4, b)
      b6 = grad(b4, b)
      a7 = jvp(x, b = 1)
      b7 = b2
      a8 = jvp(a2, a = 1)
      b8 = b5
      a9 = grad(a7, a)
      b9 = b5
      """, 9)
  }

  private static let system = """
    b = [5, 2]
    F(x, b) = [x[0]^2 + x[1]^2 - b[0], x[0] - x[1]*b[1]]
    x = root(F, [1, 1], b)
    second = (b[0]/(1 + b[1]^2))^0.5

    """

  @Test func `a square system in reverse, forward, and in each other`() {
    agrees(
      Self.system + """
        s = x[0] * x[1]^2
        t = b[1]*second * second^2
        a1 = x
        b1 = [b[1]*second, second]
        a2 = grad(s, b)
        b2 = grad(t, b)
        a3 = jvp(s, b = [0.3, -2])
        b3 = jvp(t, b = [0.3, -2])
        a4 = jvp(a2, b = [1, 0.5])
        b4 = jvp(b2, b = [1, 0.5])
        a5 = grad(a3, b)
        b5 = grad(b3, b)
        a6 = grad(sum(a2 * [1, 3]), b)
        b6 = grad(sum(b2 * [1, 3]), b)
        a7 = grad(sum(a6 * [2, -1]), b)
        b7 = grad(sum(b6 * [2, -1]), b)
        a8 = vjp(x = [2, 3], b)
        b8 = grad(2*b[1]*second + 3*second, b)
        """, 8)
  }

  @Test func `a linear system is what solve says, and a matrix of unknowns works`() {
    agrees(
      """
      A = [[4, 1], [1, 3]]
      b = [1, 2]
      G(x) = A @ x - b
      y = root(G, [0, 0])
      a1 = y
      b1 = solve(A, b)
      a2, a3 = grad(sum(y^3), A, b)
      b2, b3 = grad(sum(b1^3), A, b)
      H(X, A) = A @ X - eye(2)
      a4 = root(H, zeros(2, 2), A)
      b4 = inv(A)
      a5 = grad(sum(a4^2), A)
      b5 = grad(sum(b4^2), A)
      S(X, A) = X @ X - A
      a6 = root(S, eye(2), A)
      b6 = expm(0.5 * logm(A))
      a7 = grad(sum(a6^3), A)
      b7 = grad(sum(b6^3), A)
      """, 7)
  }

  @Test func `fixed points, of a contraction, of a repelling point and of a step of Newton`() {
    agrees(
      """
      K(x, m, e) = m + e*sin(x)
      m = 1
      e = 0.9
      x = fixpoint(K, 1, m, e)
      a1 = x - e*sin(x)
      b1 = m
      a2, a3 = grad(x, m, e)
      b2 = 1/(1 - e*cos(x))
      b3 = sin(x)/(1 - e*cos(x))
      r = 3.7
      L(x, r) = r*x*(1 - x)
      y = fixpoint(L, 0.6, r)
      a4 = y
      b4 = 1 - 1/r
      a5 = grad(y, r)
      b5 = 1/r^2
      N(x, c) = (x + c/x)/2
      c = 2
      z = fixpoint(N, 1, c)
      a6 = z
      b6 = sqrt(c)
      a7 = grad(z, c)
      b7 = grad(b6, c)
      a8 = grad(a7, c)
      b8 = grad(b7, c)
      A = [[0.5, 0.2], [0.1, 0.3]]
      v = [1, 2]
      T(w) = A @ w + v
      w = fixpoint(T, [0, 0])
      a9 = w
      b9 = solve(eye(2) - A, v)
      """, 9)
    let w = """
      A = [[0.5, 0.2], [0.1, 0.3]]
      v = [1, 2]
      T(w) = A @ w + v
      w = fixpoint(T, [0, 0])
      u = solve(eye(2) - A, v)
      a1, a2 = grad(sum(w^2), A, v)
      b1, b2 = grad(sum(u^2), A, v)
      """
    agrees(w, 2)
  }

  @Test func `roots in functions, loops, branches and in other roots`() {
    agrees(
      """
      F(x, b) = x^3 + x - b
      f(b) = root(F, 0.5, b)
      a1 = f'(2)
      b1 = 1/4
      a2 = map(f', [2, 10])
      b2 = [1/4, 1/13]
      p = 2
      q = p
      for n in 1..3 { q = root(F, 1, q) + p }
      a3 = grad(q, p)
      d = 1
      z = p
      for n in 1..3 { r = root(F, 1, z); d = d/(3*r^2 + 1) + 1; z = r + p }
      b3 = d
      outer(y, c) = y + f(y) - c
      c = 3
      y = root(outer, 1, c)
      a4 = grad(y, c)
      b4 = 1/(1 + 1/(3*f(y)^2 + 1))
      a5 = grad(a4, c)
      B(c) = 1/(1 + 1/(3*f(y)^2 + 1))
      u = f(y)
      du = 1/(3*u^2 + 1)
      b5 = a4 * (1 + du)^(-2) * 6*u*du^3
      """, 5)
  }

  @Test func `the start has no slope`() {
    let run = ProgramRun(
      """
      x0 = 1
      b = 4
      F(x, b) = x^2 - b
      x = root(F, x0, b)
      g = grad(x, x0)
      print g
      """)
    #expect(run.output == ["0"])
    #expect(run.codes == ["W0403"])
  }

  @Test func `rounding is the only error, near 0 and far away`() {
    for (program, expected) in [
      ("F(x) = sin(x)\nx = root(F, 1)", 0), ("F(x) = exp(x) - 1\nx = root(F, 3)", 0),
      ("F(x) = x^3 - 1e30\nx = root(F, 1)", 1e10), ("F(x) = log(x)\nx = root(F, 5)", 1),
      ("F(x) = atan(x - 3)\nx = root(F, 10)", 3), ("F(x) = x\nx = root(F, 0)", 0),
      ("F(x) = x + 0.1 + 0.2 - 0.3\nx = root(F, 5)", 0),
      ("F(x) = x^2 - 1e-20\nx = root(F, 1)", 1e-10),
    ] as [(String, Double)] {
      let run = ProgramRun(program)
      #expect(run.codes == [], "\(program): \(run.diagnostics)")
      let off = ((run.numbers("x").first ?? .nan) - expected).magnitude
      // exp(x) - 1 is 0 for every x below 1e-16: the residual cannot tell more.
      #expect(off <= 4e-16 * (expected == 0 ? 0.25 : expected), "\(program): \(off)")
    }
  }

  @Test(arguments: [
    ("F(x) = x^2 + 1\nx = root(F, 3)", "E0513"), ("F(x) = x^2 + 1\nx = root(F, 0)", "E0514"),
    ("F(x) = [x[0] + x[1], x[0] + x[1] - 1]\nx = root(F, [0, 0])", "E0514"),
    ("g(x) = x + 1\nx = fixpoint(g, 0)", "E0514"), ("g(x) = x^2 + 1\nx = fixpoint(g, 2)", "E0514"),
    ("F(x) = 3\nx = root(F, 0)", "E0431"), ("F(x) = x[0] + x[1]\nx = root(F, [1, 2])", "E0430"),
    ("F(x) = [x, x]\nx = root(F, 1)", "E0430"), ("x = root(sin)", "E0223"),
    ("x = root(2, 3)", "E0208"), ("F(x) = (x, x)\nx = root(F, 1)", "E0216"),
    ("F(x, b) = x - b\nx = root(F, 1)", "E0301"), ("x = root(nothing, 1)", "E0201"),
    ("A = [[1, 2], [2, 4]]\nF(x) = solve(A, [x, 1])[0]\nx = root(F, 1)", "E0510"),
    ("F(x) = log(x)\nx = root(F, -1)", "E0513"), ("F(x) = x\nx = root(F, nan)", "E0513"),
  ])
  func `what cannot be solved is told apart`(program: String, code: String) {
    let run = ProgramRun(program)
    #expect(run.codes == [code], "\(program): \(run.diagnostics.map(\.title))")
    #expect(!run.isDone)
  }

  /// Equations that bounded functions keep away from 0, at points where the next number is far.
  @Test(arguments: [
    "F(u) = cos(u) + 2; y = root(F, 1e16)", "F(u) = sin(1e16*u) + 1.5; y = root(F, 1)",
    "F(u, a) = u - 0.4*cos(a*u); a = 1e15; y = root(F, 0.5, a)",
    "G(u) = 2 + sin(1e18*u); y = fixpoint(G, 1)",
  ])
  func `steps as short as the places of numbers are no solution`(_ program: String) {
    #expect(ProgramRun(program).codes == ["E0513"])
  }

  @Test func `a solution between two numbers is one`() {
    agrees("F(u) = 1e20*u - 1; a1 = root(F, 1)*1e20; b1 = 1", 1)
    agrees("F(u) = exp(u) - 1e15; a1 = root(F, 30); b1 = log(1e15)", 1)
  }
}
