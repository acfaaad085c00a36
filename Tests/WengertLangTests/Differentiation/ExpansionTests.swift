import Testing
import WengertLang
import WengertTestSupport

/// Complex steps and Taylor coefficients of programs, beside the sweeps.
@Suite struct ExpansionTests {
  private static func changes(_ program: SmoothProgram, _ directions: [[Double]]) -> String {
    program.inputs.indices.map {
      "\(program.inputs[$0].name) = \(program.text(directions[$0], like: $0))"
    }.joined(separator: ", ")
  }

  /// A program along one parameter t, whose change moves all inputs.
  private static func line(_ program: SmoothProgram, _ directions: [[Double]]) -> String {
    var text = program.functions + "t = 0\n"
    for (index, input) in program.inputs.enumerated() {
      text += "\(input.name) = \(input.text) + t*\(program.text(directions[index], like: index))\n"
    }
    return text + program.body
  }

  @Test(arguments: UInt64(5000)..<5060)
  func `random programs have the same slopes by complex step and in reverse`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 5) + 3)
    let run = ModeTests.run(
      program.text + "g = grad(f, \(program.names))\n"
        + program.inputs.map { "c\($0.name) = complexstep(f, \($0.name))\n" }.joined())
    let steps = program.inputs.flatMap { run.numbers("c\($0.name)") }
    #expect(distance(run.numbers("g"), steps) < 1e-12, "seed \(seed)\n\(program.text)")
  }

  @Test(arguments: UInt64(5100)..<5140)
  func `coefficients are nested derivatives over factorials`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 4) + 2)
    let directions = source.directions(program)
    let along = Self.changes(program, directions)
    let run = ModeTests.run(
      program.text + "c = taylor(f, \(along), 3)\nd1 = jvp(f, \(along))\n"
        + "d2 = jvp(d1, \(along))\nd3 = jvp(d2, \(along))\n")
    let nested = [
      run.numbers("f"), run.numbers("d1"), run.numbers("d2").map { $0 / 2 },
      run.numbers("d3").map { $0 / 6 },
    ].flatMap { $0 }
    #expect(distance(run.numbers("c"), nested) < 1e-11, "seed \(seed)\n\(program.text)")
  }

  static let loops = RandomDerivativeTests.loops

  @Test(arguments: loops)
  func `through loops all modes agree, and nest`(body: String) {
    let program =
      "cubic(a) = { z = a; for k in 1..2 { z = z*a + sin(z) }; z }\n"
      + "s = 0.7\nx = [0.4, -0.3, 0.9]\n" + body + "\n"
    let run = ModeTests.run(
      program + "a = complexstep(f, s)\nb = grad(f, s)\nax = complexstep(f, x)\nbx = grad(f, x)\n"
        + "c = taylor(f, s = 1, 4)\nd = grad(c[1], s)\ne = 2*c[2]\n"
        + "h = complexstep(b, s)\nk = grad(a, s)\nl = jvp(c, s = 1)\nm = [1, 2, 3, 4]*c[1..]\n"
        + "n = complexstep(c, s)\n")
    #expect(distance(run.numbers("a"), run.numbers("b")) < 1e-13, "\(body)")
    #expect(distance(run.numbers("ax"), run.numbers("bx")) < 1e-13, "\(body)")
    for name in ["d", "h", "k"] {
      #expect(distance(run.numbers("e"), run.numbers(name)) < 1e-12, "\(name) of \(body)")
    }
    let slopes = run.numbers("m")
    #expect(distance(Array(run.numbers("l").prefix(4)), slopes) < 1e-11, "\(body)")
    #expect(distance(Array(run.numbers("n").prefix(4)), slopes) < 1e-11, "\(body)")
  }

  static let z20 = "g(t) = { z = 0; for n in 1..20 { z = sin(z*t) + t }; z }\n"

  @Test func `the slope of z20 on 201 points is that of the sweep to 1e-13`() {
    let run = ModeTests.run(
      Self.z20 + "xs = linspace(0, 1.5, 201)\na = complexstep(g, xs)\nb = g'(xs)\n"
        + "c = map(g', xs)\n")
    #expect(distance(run.numbers("a"), run.numbers("b")) < 1e-13)
    #expect(distance(run.numbers("a"), run.numbers("c")) < 1e-13)
  }

  /// The slopes of z20 at 1 and at 0.5 by mpmath with 40 digits.
  @Test(arguments: [(1.0, 0.22989268390424820877), (0.5, 3.328658802286949898)])
  func `small steps all give the slope of z20`(point: Double, slope: Double) {
    let run = ModeTests.run(
      Self.z20 + "a = complexstep(g, \(point), logspace(-300, -8, 74))\n")
    let found = run.numbers("a")
    #expect(found.count == 74)
    for value in found { #expect((value - slope).magnitude < 2e-15 * max(1, slope), "\(value)") }
  }

  @Test func `high orders through loops stay cheap and finite`() {
    let run = ModeTests.run(
      "x = 0.3\nz = 0.5\nrepeat 6 { z = 0.5*(z + (1 + x)/z) }\nc = taylor(z, x = 1, 30)\n"
        + "r = sqrt(1 + x)\nd = taylor(r, x = 1, 30)\n")
    #expect(distance(run.numbers("c"), run.numbers("d")) < 1e-12)
  }

  @Test func `arrays, tuples, slices and rules take imaginary steps`() {
    let run = ModeTests.run(
      "rule cube(a) = a^3 { d/da = 3*a^2 }\nx = [0.5, 2]\nW = ([[1, 2], [3, 4]], x)\n"
        + "y = cube(W[0] @ W[1])\ny[0] *= x[1]\na = complexstep(y, x)\nb = jacobian(y, x)\n"
        + "E = sum(y)\nc = complexstep(E, W)\nd = grad(E, W)\n"
        + "t = taylor(y, x = [1, -1], 2)\nu = jvp(y, x = [1, -1])\nv = t[1]\n")
    #expect(distance(run.numbers("a"), run.numbers("b")) < 1e-14)
    #expect(distance(run.numbers("c"), run.numbers("d")) < 1e-14)
    #expect(distance(run.numbers("u"), run.numbers("v")) < 1e-14)
  }

  @Test func `solutions of equations have complex steps and series`() {
    let run = ModeTests.run(
      "F(x, a) = x^2 - a\ng(x, b) = cos(x)*b\nG(x, c) = [x[0]^2 + x[1] - c, x[0] - x[1]^3 + 0.5]\n"
        + "a = 2\nr = root(F, 1, a)\nq = fixpoint(g, 0.3, a/4)\ns = root(G, [1, 1], a)\n"
        + "y = [r, q, s[0], s[1]]\na1 = complexstep(y, a)\nb1 = jacobian(y, a)\n"
        + "c = taylor(y, a = 1, 3)\nd1 = jvp(y, a = 1)\nd2 = jvp(d1, a = 1)\nd3 = jvp(d2, a = 1)\n"
        + "c1 = c[1]\nc2 = 2*c[2]\nc3 = 6*c[3]\n"
        + "k = taylor(r, a = 1, 30)\nw = sqrt(a)\nm = taylor(w, a = 1, 30)\n"
        + "h = complexstep(r, a, 0.05)\nv = complexstep(w, a, 0.05)\n")
    #expect(distance(run.numbers("a1"), run.numbers("b1")) < 1e-14)
    for order in 1...3 {
      #expect(distance(run.numbers("c\(order)"), run.numbers("d\(order)")) < 1e-12, "\(order)")
    }
    #expect(distance(run.numbers("k"), run.numbers("m")) < 1e-14)
    #expect(distance(run.numbers("h"), run.numbers("v")) < 1e-13)
  }

  @Test func `a power that underflows has no series, rather than a wrong one`() {
    let run = ProgramRun(
      "x = 1e-130\ny = x^2.5\nc = taylor(y, x = 1, 3)\nd = c[1]\ng = grad(y, x)\n"
        + "a = 1e-20\nb = a^1.5\ne = taylor(b, a = 1, 1)\n")
    #expect(run.numbers("y") == [0])
    #expect(run.numbers("d").allSatisfy(\.isNaN) && run.numbers("d").count == 1)
    // 2.5 x^1.5 and 1.5 sqrt(a) are far from underflow.
    #expect(distance(run.numbers("g").map { $0 / 2.5e-195 }, [1]) < 1e-12)
    #expect(distance(run.numbers("e").map { $0 / 1e-10 }, [1e-20, 1.5]) < 1e-12)
  }

  @Test func `an order of 0 is the value, and what does not move has no other coefficients`() {
    let run = ModeTests.run(
      "x = 3\ny = x^2\na = taylor(y, x = 1, 0)\nz = [1, floor(x)]\nw = z*x\n"
        + "b = taylor(w, x = 1, 2)\n")
    #expect(run.numbers("a") == [9])
    #expect(run.numbers("b") == [3, 9, 1, 3, 0, 0])
  }
}
