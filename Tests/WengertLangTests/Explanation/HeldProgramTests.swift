import Testing
import WengertTestSupport

@testable import WengertLang

/// Entries that hold functions, as they are told: in lists, traces and programs that run.
@Suite struct HeldProgramTests {
  @Test(arguments: [
    "b = 3\na = 2\nF(x, b) = a*x^2 - b\ny = root(F, 1, b) * a",
    "b = [5, 2]\nF(x, b) = [x[0]^2 + x[1]^2 - b[0], x[0] - x[1]*b[1]]\ny = sum(root(F, [1, 1], b)^2)",
    "A = [[4, 1], [1, 3]]\nS(X) = X @ X - A\ny = sum(root(S, eye(2))^3)",
    "b = [1, 2]\nF(x, b) = x^3 + x - sum(b)\ny = root(F, 1, b)^2 + root(F, 2, 3*b)",
    "k = [0.1, 0.2]\nT(w) = sin(w)/2 + k*x\nx = 0.3\ny = sum(fixpoint(T, [0, 0])^2) + x",
    "x = 0.4\ny = fixpoint(cos, x) + x",
    "x = [0.4, -0.2]\nU = [[1, 0.5], [0, 1]]\nu = 3\nf(v) = u*sum(v*v*v)\ny = smooth(f, x, 0.1, U)",
    "u = 0.4\nx = 2\nf(t) = x*(t > 0) + sin(t*x)\ny = smooth(f, u, 0.5, [1, -0.2])^2 + u*x",
    "x = [0.4, -0.2]\nf(v) = [v[0] > 0, v[1]*3]\ny = sum(smooth(f, x, 0.5, eye(2)) * [1, 2])",
    "c = 2\nG(x, c) = { y = x*x; z = y*y + exp(y)*y*sin(y)*cos(y)*y + tanh(y*y)*y*y - c; z*z*z }\n"
      + "y = root(G, 1, c)",
    "b = 2\nF(x, b) = x^2 - b\nz = 1\nx = z\nfor n in 1..3 { x = root(F, x, b + x) }\ny = x^2",
  ])
  func `the gradient as a program gives the same numbers`(program: String) throws {
    let told = ProgramRun(program + "\nadjoint y")
    let text = try #require(told.reports.first, "\(told.diagnostics)")
    let run = ProgramRun(text)
    // The power of z makes its solution a triple one, which is said.
    let expected = program.contains("z*z*z") ? ["W0513"] : []
    #expect(run.codes == expected, "\(run.diagnostics) in\n\(text)")
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("print") }
    let names = lines.compactMap { $0.split(separator: "/d").last?.split(separator: " ").first }
    #expect(!names.isEmpty && names.count == lines.count)
    for name in names {
      let there = ProgramRun(program + "\nthere = grad(y, \(name))").numbers("there")
      let here = run.numbers("dy_d\(name)")
      #expect(distance(here, there) < 1e-12, "\(name): \(here), \(there) in\n\(text)")
    }
  }

  @Test func `a trace names the theorem and the estimator`() {
    let system = ProgramRun(
      "b = [5, 2]\nF(x, b) = [x[0]^2 + x[1]^2 - b[0], x[0] - x[1]*b[1]]\n"
        + "x = root(F, [1, 1], b)\ns = sum(x)\ntrace s\ntangent s wrt b = [1, 0]")
    #expect(system.reports[0].contains("x = root(F, t1, b)"))
    #expect(system.reports[0].contains("a3 dv3/dv1 = -(∂F/∂b)ᵀ (∂F/∂x)⁻ᵀ a3"))
    #expect(system.reports[1].contains("dx = -(∂F/∂x)⁻¹ ∂F/∂b db"))
    let number = ProgramRun("b = 3\nF(x, b) = x^2 - b\nx = root(F, 1, b)\ntrace x")
    #expect(number.reports[0].contains("= a2 · (-(-1 / (2 x)))"))
    let smooth = ProgramRun(
      "x = 1\na = 2\nf(t) = a*abs(t)\ny = smooth(f, x, 0.1, [1, 2])\ntrace y wrt x, a")
    #expect(
      smooth.reports[0].contains("a4 · mean((f(x + 0.1 u) - f(x - 0.1 u)) u) / (2 · 0.1)"),
      "\(smooth.reports[0])")
    #expect(smooth.reports[0].contains("mean(∂f/∂a at x ± 0.1 u)"))
    let point = ProgramRun(
      "k = [0.1, 0.2]\nT(w) = sin(w)/2 + k\nw = fixpoint(T, [0, 0])\ny = sum(w)\ntrace y")
    #expect(point.reports[0].contains("(∂T/∂k)ᵀ (1 - ∂T/∂w)⁻ᵀ a3"))
  }

  @Test func `a derivation that ends in words is no program`() {
    for program in [
      "m = 0.5\nf(x) = floor(x) + x^2\ny = smooth(f, m, 0.3, [1, -2])\nderive y wrt m to \"d.wl\"",
      "A = [[4, 1], [1, 3]]\nS(X) = X @ X - A\ny = sum(root(S, eye(2))^3)\nderive y wrt A to \"d.wl\"",
    ] {
      let run = ProgramRun(program)
      #expect(run.codes == ["E0603"], "\(run.diagnostics)")
      #expect(ProgramRun(program.replacing(" to \"d.wl\"", with: "")).reports.count == 1)
    }
  }

  @Test func `inverses are raised`() {
    let run = ProgramRun("A = [[2, 1], [0, 1]]\ny = logdet(A)\ntrace y")
    #expect(run.reports[0].contains("= a2 · (A⁻¹)ᵀ"), "\(run.reports[0])")
  }
}
