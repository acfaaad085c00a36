import Testing
import WengertLang
import WengertTestSupport

/// All ways to get a derivative give the same one.
@Suite struct ModeTests {
  /// A program that has run, or the reason why it did not.
  static func run(_ program: String) -> ProgramRun {
    let run = ProgramRun(program)
    let isDone = run.isDone
    #expect(isDone, "\(run.diagnostics.first?.title ?? "")\n\(program)")
    return run
  }

  /// The unit vector of a place, as a program writes it.
  static func unit(_ place: Int, of count: Int) -> String {
    "[" + (0..<count).map { $0 == place ? "1" : "0" }.joined(separator: ", ") + "]"
  }

  @Test(arguments: UInt64(2000)..<2030)
  func `a Jacobian is its columns by jvp and its rows by vjp`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 5) + 2)
    var text = program.text + "y = [f, f*s, sin(f) + x[1]]\nJ = jacobian(y, \(program.names))\n"
    for place in 0..<3 {
      let unit = Self.unit(place, of: 3)
      text += "column\(place) = jvp(y, x = \(unit))\nrow\(place) = vjp(y = \(unit), A)\n"
    }
    text += "Jx = J[1]\nJA = J[2]\nback = vjp(y = [1, 0, 0], s)\n"
    let run = Self.run(text)
    let byX = run.numbers("Jx")
    let columns = (0..<3).map { run.numbers("column\($0)") }
    let expected = (0..<3).flatMap { row in columns.map { $0.count == 3 ? $0[row] : .nan } }
    #expect(distance(byX, expected) < 1e-12, "seed \(seed)\n\(text)")
    let rows = (0..<3).flatMap { run.numbers("row\($0)") }
    #expect(distance(run.numbers("JA"), rows) < 1e-12, "seed \(seed)\n\(text)")
    #expect(distance([run.numbers("J").first ?? .nan], run.numbers("back")) < 1e-12)
  }

  @Test(arguments: UInt64(3000)..<3025)
  func `second derivatives are the same in every order of the sweeps`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 4) + 2)
    var text = program.text + "H = hessian(f, x)\ng = grad(f, x)\n"
    for place in 0..<3 {
      let unit = Self.unit(place, of: 3)
      text += "overReverse\(place) = hvp(f, x = \(unit))\n"
      text += "overForward\(place) = grad(jvp(f, x = \(unit)), x)\n"
      text += "twiceReverse\(place) = grad(g[\(place)], x)\n"
    }
    text += "twiceForward = jvp(jvp(f, x = [1, 0, 0]), x = [0, 1, 0])\n"
    let run = Self.run(text)
    let hessian = run.numbers("H")
    for way in ["overReverse", "overForward", "twiceReverse"] {
      let rows = (0..<3).flatMap { run.numbers("\(way)\($0)") }
      #expect(distance(hessian, rows) < 1e-11, "seed \(seed): \(way)\n\(text)")
    }
    #expect(distance([hessian.count == 9 ? hessian[1] : .nan], run.numbers("twiceForward")) < 1e-11)
  }

  @Test(arguments: UInt64(4000)..<4020)
  func `differences come near the Jacobian, and have derivatives`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 5) + 2)
    let run = Self.run(
      program.text
        + """
        y = [f, f*x[0]]
        J = jacobian(y, x)
        D = difference(y, x, 1e-5, "central")
        g = grad(f, A)
        G = difference(f, A, 1e-5)
        d = jacobian(difference(f, s, 1e-4), x)
        e = difference(grad(f, x), s, 1e-4)

        """)
    #expect(distance(run.numbers("D"), run.numbers("J")) < 1e-8, "seed \(seed)\n\(program.text)")
    #expect(distance(run.numbers("G"), run.numbers("g")) < 1e-8, "seed \(seed)\n\(program.text)")
    #expect(distance(run.numbers("d"), run.numbers("e")) < 1e-10, "seed \(seed)\n\(program.text)")
  }

  @Test(arguments: RandomDerivativeTests.loops)
  func `loops, whiles and branches have Hessians to third order`(body: String) {
    let text = """
      cubic(a) = { z = a; for k in 1..2 { z = z*a + sin(z) }; z }
      s = 0.7
      x = [0.4, -0.3, 0.9]
      \(body)
      H = hessian(f, x)
      T = jacobian(H, x)
      first = jacobian(hvp(f, x = [1, 0, 0]), x)
      cross = jacobian(grad(f, s), x)
      back = jvp(grad(f, x), s = 1)

      """
    let run = Self.run(text)
    let third = run.numbers("T")
    #expect(third.count == 27)
    for (i, j, k) in [(0, 1, 2), (1, 0, 2), (2, 0, 1), (1, 2, 0)] where third.count == 27 {
      #expect(distance([third[9 * i + 3 * j + k]], [third[9 * 0 + 3 * 1 + 2]]) < 1e-12)
    }
    #expect(distance(Array(third.prefix(9)), run.numbers("first")) < 1e-12)
    #expect(distance(run.numbers("cross"), run.numbers("back")) < 1e-12)
  }

  @Test(arguments: RandomDerivativeTests.loops)
  func `derivatives that are asked for one statement after another are the same`(body: String) {
    let text = """
      cubic(a) = { z = a; for k in 1..2 { z = z*a + sin(z) }; z }
      s = 0.7
      x = [0.4, -0.3, 0.9]
      \(body)
      g = grad(f, s)
      h = grad(g, x)
      t = grad(sum(h*h), s)
      k = jvp(t, x = [1, 2, 3])

      """
    let whole = Self.run(text)
    let pieces = ProgramRun(text, atPrompt: true)
    for name in ["g", "h", "t", "k"] {
      #expect(whole.numbers(name) == pieces.numbers(name), "\(name)\n\(body)")
    }
  }

  @Test func `derivatives stand in loops and functions`() {
    let text = """
      z20(x) = { z = 0*x; for n in 1..3 { z = sin(z*x) + x }; z }
      slope(f, a) = difference(f, a, 1e-6, "central")
      a = slope(z20, 0.8)
      b = z20'(0.8)
      total = 0
      for k in 1..3 {
        u = [0.1*k, 0.2]
        v = [u[0]*u[1], u[1]^2]
        total += sum(jacobian(v, u)) + sum(hessian(sum(v), u)) + sum(hvp(sum(v), u = u))
        total += sum(difference(v, u, 1e-3))
      }
      J = jacobian(z20)([0.5, 0.8])
      H = hessian(square)(3)
      """
    let run = Self.run(text)
    #expect(distance(run.numbers("a"), run.numbers("b")) < 1e-8)
    // For v = (p q, q²): the sum of the Jacobian is p + 3q, of the Hessian 4, of H u p + q + 2q.
    let expected = [0.1, 0.2, 0.3].reduce(0.0) { $0 + 3 * ($1 + 0.6) + 4 }
    #expect(distance(run.numbers("total"), [expected]) < 1e-10)
    #expect(run.numbers("J")[1] == 0 && run.numbers("J")[2] == 0)
    #expect(run.numbers("H") == [2])
  }

  @Test func `every way to the slope of z20 agrees on 201 points`() {
    let text = """
      z20(x) = { z = 0*x; for n in 1..20 { z = sin(z*x) + x }; z }
      xs = linspace(0, 1.5, 201)
      y = z20(xs)
      forward = jvp(y, xs = ones(201))
      reverse = vjp(y = ones(201), xs)
      prime = z20'(xs)
      mapped = map(z20', xs)
      gradient = grad(sum(y), xs)
      J = jacobian(y, xs)
      diagonal = diag(J)
      filled = sum(J != 0)
      complex = complexstep(z20, xs)
      central = difference(z20, xs, 1e-6, "central")
      """
    let run = Self.run(text)
    var expected: [Double] = []
    for x in run.numbers("xs") {
      var (z, dz) = (0.0, 0.0)
      for _ in 1...20 { (z, dz) = (sine(z * x).0 + x, sine(z * x).1 * (dz * x + z) + 1) }
      expected.append(dz)
    }
    for way in ["forward", "reverse", "prime", "mapped", "gradient", "complex"] {
      #expect(distance(run.numbers(way), expected) < 1e-13, "\(way)")
    }
    #expect(distance(run.numbers("diagonal"), expected) < 1e-13)
    #expect(run.numbers("filled") == [201])
    #expect(distance(run.numbers("central"), expected) < 1e-8)
  }

  /// Sine and cosine by Taylor's series, so that nothing of the table is used.
  private func sine(_ x: Double) -> (Double, Double) {
    var (sum, cosine) = (0.0, 0.0)
    var term = 1.0
    for k in 0..<40 {
      let signed = k % 4 < 2 ? term : -term
      if k % 2 == 0 { cosine += signed } else { sum += signed }
      term *= x / Double(k + 1)
    }
    return (sum, cosine)
  }

  @Test func `a loop reads what depends on the input and has no tangent beside what has one`() {
    // a is (1, 0) wherever x is; s is b₀ + b₁ with b = x², and t is (1/4 + 1 + 3) b₀.
    let run = Self.run(
      """
      x = [2, 3]
      p = prod(x[0])
      a = grad(p, x)
      b = x^2
      s = 0
      for u, v in a, b { s = s/2 + u*v + v }
      t = 0
      for i in 1..3 { t = t/2 + sum(a*b)*i }
      js = jvp(s, x = [1, 10])
      jt = jvp(t, x = [1, 10])
      hs = hessian(s, x)
      ht = hessian(t, x)
      """)
    #expect(run.numbers("js") == [64])
    #expect(run.numbers("jt") == [17])
    #expect(run.numbers("hs") == [2, 0, 0, 2])
    #expect(run.numbers("ht") == [8.5, 0, 0, 0])
  }
}
