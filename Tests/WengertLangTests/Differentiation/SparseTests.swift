import Testing
import WengertLang
import WengertTestSupport

/// Jacobians in compressed sweeps are those in one sweep for each column.
@Suite struct SparseTests {
  /// Statements that hand the places of `y`, a vector of eight, on in a sparse way.
  static let steps = [
    "y = sin(y)*x",
    "y[1..] = y[1..]*y[..-2] + x[1..]",
    "y = y + 0.5*flip(x)*y",
    "y = concat(y[3..], y[..2])*1.5",
    "y = y[[7, 6, 5, 4, 3, 2, 1, 0]] + tanh(y)",
    "k = [1, 0, 3, 2, 5, 4, 7, 6]\ny = y[k]*y",
    "for i in 0..6 { y[i] = y[i]*x[i+1] + 0.1*y[i+1]^2 }",
    "for i in 1..7 by 2 { y[i] = sin(y[i-1]) }",
    "for a, b in x, y[..] { y[0] = 0.1*a*b }",
    "n = 0\nwhile n < 3 { y = 0.9*y + 0.1*sin(x*y); n += 1 }",
    "j = 0\nrepeat 4 { y[j] = y[j]^2 + x[j]; j = j + 2 }",
    "for i in [5, 1, 3] { for l in 0..1 { y[i + l] = cos(y[i]*x[l]) } }",
    "if x[0] > 0.2 { y = y*x } else { y[2] = x[3] }",
    "M = reshape(y, [4, 2])\ny = reshape(M*sum(M, axis = 1, keepdims = 1), [8])",
    "M = reshape(y, [4, 2])\ny = reshape(M.T*2, [8])",
    "M = reshape(y, [2, 4])\nM[0] = M[1]*M[0]\ny = reshape(M, [8])",
    "y = where(x > 0, y*y, x)",
    "y = stack(y[0..3]*x[4..], sin(y[4..7]))[[1, 0]]\ny = reshape(y, [8])",
    "y = map(wave, y)",
    "y = wave(y) + y",
  ]

  static let start = """
    wave(a) = { z = a; for k in 1..2 { z = sin(z) + 0.3*a*k }; z }
    x = [0.4, -0.3, 0.9, 0.25, -0.7, 0.6, 0.1, -0.2]
    y = x*1.3

    """

  static func columns(_ name: String, _ formula: (String) -> String) -> String {
    (0..<8).map { "\(name)\($0) = \(formula(ModeTests.unit($0, of: 8)))\n" }.joined()
  }

  @Test(arguments: 0..<120)
  func `a compressed Jacobian and Hessian equal the dense ones`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var text = Self.start
    for _ in 0...(seed % 4) {
      text += Self.steps[Int.random(in: 0..<Self.steps.count, using: &generator)] + "\n"
    }
    if seed < Self.steps.count { text = Self.start + Self.steps[seed] + "\n" }
    text += "J = jacobian(y, x)\n" + Self.columns("c") { "jvp(y, x = \($0))" }
    text += "E = sum(y[..3]^3) + sum(y*y[7]*0.01)\nif \(seed % 2) == 1 { E = sum(sin(y)) }\n"
    text += "H = hessian(E, x)\n" + Self.columns("h") { "hvp(E, x = \($0))" }
    text += "T = jacobian(J[1], x)\nR = jacobian(jvp(y, x = x)*1, x)\nS = jacobian(J @ x, x)\n"
    let run = ModeTests.run(text)
    for (whole, part) in [("J", "c"), ("H", "h")] {
      let columns = (0..<8).map { run.numbers("\(part)\($0)") }
      let rows = (0..<8).flatMap { row in columns.map { $0.count == 8 ? $0[row] : .nan } }
      #expect(distance(run.numbers(whole), rows) < 1e-13, "seed \(seed): \(whole)\n\(text)")
    }
    // d(J x)/dx by the Jacobian itself, and J with the x that it is applied to moving along.
    #expect(distance(run.numbers("S"), run.numbers("R")) < 1e-12, "seed \(seed)\n\(text)")
  }

  @Test func `what mixes all elements is no sparse operation`() {
    let run = ModeTests.run(
      """
      A = [[0.1, 0.2], [0.3, 0.4]]
      J = jacobian(expm(A), A)
      D = difference(expm(A), A, 1e-6)
      f = sum(expm(A))
      H = hessian(f, A)
      g = grad(f, A)
      row = grad(g[0, 0], A)
      off = max(abs(H[0, 0] - row))
      """)
    #expect(zip(run.numbers("J"), run.numbers("D")).allSatisfy { abs($0 - $1) < 1e-8 })
    #expect(run.numbers("off")[0] < 1e-13 && run.numbers("H")[0] > 1)
  }

  @Test func `another index where one decided the pattern writes the program again`() {
    var run = ModeTests.run(
      """
      x = [1, 2, 3, 4, 5, 6, 7, 8]
      k = [0, 1, 2, 3, 4, 5, 6, 7]
      y = x[k]^2
      J = jacobian(y, x)
      s = J[0, 0] + 10*J[0, 7]
      """)
    run.go(on: "forward s at k = [7, 6, 5, 4, 3, 2, 1, 0]\n")
    #expect(run.reports.last?.hasSuffix("= 160") == true, "\(run.reports)")
  }
}
