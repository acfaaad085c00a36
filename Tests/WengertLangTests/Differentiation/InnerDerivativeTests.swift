import Testing
import WengertLang
import WengertTestSupport

/// Derivatives that functions and bodies take themselves, held to closed forms: whatever an argument
/// is, and however it is handed on, the slope is that of what the body computes.
@Suite struct InnerDerivativeTests {
  /// Programs, with what the formula beside them says at a = 3.
  private static let cases: [(program: String, wanted: [Double])] = [
    // 2a, of a number that is written as an argument.
    ("f(a) = { y = a^2; grad(y, a) }; r = f(3)", [6]),
    ("f(a) = { y = a^2; grad(y, a) }; r = f(a = 3)", [6]),
    ("f(a) = { y = a^2; grad(y, a) }; r = 3.f()", [6]),
    ("f(a) = { y = a^2; grad(y, a) }; r = map(f, [3, 4])", [6, 8]),
    // b is a name of its own: 2ab.
    ("f(a) = { b = a; y = b^2*a; grad(y, b) }; r = f(3)", [18]),
    // 1/a · 2a · 3a²: handed on, by place, by name, through two functions, as a function.
    ("s(y, x) = grad(y, x); f(a) = { y = log(a); s(y, a) }; r = f(3)", [1.0 / 3]),
    ("s(y, x) = grad(y, x); f(a) = { y = a^2; s(x = a, y = y) }; r = f(3)", [6]),
    ("s(y, x) = k(y, x); k(y, x) = grad(y, x); f(a) = { y = a^3; s(y, a) }; r = f(3)", [27]),
    ("s(y, x) = grad(y, x); f(g, a) = { y = a^3; g(y, a) }; r = f(s, 3)", [27]),
    ("f(g, a) = { y = g(a); grad(y, a) }; g(t) = t^3; r = f(g, 3)", [27]),
    ("f(a) = { s(b) = { y = a^2*b; grad(y, a) }; s(5) }; r = f(3)", [30]),
    ("f(a) = { s(b) = { y = a*b^2; grad(y, b) }; s(a) }; r = f(3)", [18]),
    // 2, the derivative of what the function returns.
    ("f(a) = { y = a^2; grad(y, a) }; r = grad(f)(3)", [2]),
    // Every word that derives: 2a·5, 2a·5, 2, 2·5, c₂ = 1, 2a, 2a.
    ("f(a) = { y = a^2; vjp(y = 5, a) }; r = f(3)", [30]),
    ("f(a) = { y = a^2; jvp(y, a = 5) }; r = f(3)", [30]),
    ("f(a) = { y = a^2; hessian(y, a) }; r = f(3)", [2]),
    ("f(a) = { y = a^2; hvp(y, a = 5) }; r = f(3)", [10]),
    ("f(a) = { y = a^2; c = taylor(y, a = 1, 2); c[2] }; r = f(3)", [1]),
    ("f(a) = { y = a^2; jacobian(y, a) }; r = f(3)", [6]),
    ("f(a) = { y = a^2; complexstep(y, a) }; r = f(3)", [6]),
    // Loops: Σ i aⁱ⁻¹, a body's own number, turns that are written out, a count that is derived by.
    ("f(a) = { s = 0; for i in 1..3 { y = a^i; s += grad(y, a) }; s }; r = f(3)", [34]),
    ("r = 0; for i in 1..3 { b = 3; y = b^i; r += grad(y, b) }", [34]),
    ("r = 0; for b in (3, 1) { y = b^2; r += grad(y, b) }", [8]),
    ("f(a) = { y = a; repeat a { y *= a }; grad(y, a) }; r = f(3)", [108]),
    ("x = 1; r = 0; if x > 0 { c = 3; y = c^2; r = grad(y, c) }", [6]),
    // Tuples: products without one factor.
    ("f(a, b) = { t = (a, b); y = a^2*b; grad(y, t) }; u, v = f(3, 4); r = [u, v]", [24, 9]),
    (
      "t = (2, 3); t = append(t, 5); u = grad(t[0]*t[1]*t[2], t); r = [u[0], u[1], u[2]]",
      [15, 10, 6]
    ),
    (
      "f(a) = { t = (2,); t = append(t, a); t = append(t, 5); grad(t[0]*t[1]*t[2], t) }; u = f(3); r = [u[0], u[1], u[2]]",
      [15, 10, 6]
    ),
    (
      "t = (); for i in (2, 3, 5) { t = append(t, i) }; u = grad(t[0]*t[1]*t[2], t); r = [u[0], u[1], u[2]]",
      [15, 10, 6]
    ),
    // What the arguments have to do with each other outside does not count inside: a, a, a².
    ("p(a, b) = { e = a*b; grad(e, b) }; x = 3; y = x; r = p(y, x)", [3]),
    ("p(a, b) = { e = a*b; grad(e, b) }; x = 3; r = p(x^2, x)", [9]),
    ("p(b) = { e = x*b; grad(e, b) }; x = 3; r = p(x)", [3]),
    ("p(a, b) = { e = a*b; grad(e, b) }; x = 3; s = 0; repeat 2 { s += x; r = p(s, x) }", [6]),
    // A value that was made before the call is derived as the caller made it: 2a.
    ("s(y, x) = grad(y, x); x = 3; r = s(x^2, x)", [6]),
    // The smallest of (v - 5)², from a start that is written as a number.
    (
      "f(v) = { e = (v - 5)^2; minimize e over v by sgd(rate = 0.5) for 2 steps; v }; r = f(1)", [5]
    ),
    (
      "f(v) = { e = (v[0] - 5)^2 + (v[1] - 6)^2; minimize e over v by sgd(rate = 0.5) for 2 steps; v }; u = f((1, 2)); r = [u[0], u[1]]",
      [5, 6]
    ),
    // Weights of a value that was made before the call are those that it was made from.
    (
      "f(e, v) = { minimize e over v by sgd(rate = 0.5) for 2 steps; v }; w = 1; r = f((w - 5)^2, w)",
      [5]
    ),
  ]

  @Test(arguments: cases.indices, [false, true])
  func `a slope inside is that of what is computed there`(place: Int, atPrompt: Bool) {
    let (program, wanted) = Self.cases[place]
    let run = ProgramRun(program + "\n", atPrompt: atPrompt)
    // `repeat a` is said to be what it is.
    let codes = program.contains("repeat a") ? ["W0407"] : []
    #expect(run.codes == codes, "\(program): \(run.diagnostics.first?.title ?? "")")
    let found = run.numbers("r")
    #expect(
      found.count == wanted.count
        && zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-12 * abs($1) + 1e-14 },
      "\(program): \(found), not \(wanted)")
  }
}
