import Testing
import WengertLang
import WengertTestSupport

/// Averages over given draws: their values and estimators, held to the same sums written by hand.
@Suite struct SmoothTests {
  private static let byHand = """
    U = [[1, 0.5], [-0.3, 1], [0.2, -2]]
    x = [0.4, -0.1]
    sigma = 0.3
    average = 0
    slope = zeros(2)
    for u in U {
      average += (f(x + sigma*u) + f(x - sigma*u))/2/3
      slope += (f(x + sigma*u) - f(x - sigma*u))*u/(2*sigma)/3
    }

    """

  private func agrees(
    _ program: String, _ names: (String, String)..., codes: [String] = [],
    at place: SourceLocation = #_sourceLocation
  ) {
    let run = ProgramRun(program)
    #expect(run.codes == codes && run.isDone, "\(run.diagnostics)", sourceLocation: place)
    for (a, b) in names {
      let off = distance(run.numbers(a), run.numbers(b))
      #expect(off < 1e-14, "\(a) is off by \(off)", sourceLocation: place)
    }
  }

  @Test(arguments: [
    "f(v) = sum(v > 0)", "f(v) = sum(v^2)", "f(v) = max(v)", "f(v) = sum(round(3*v))",
  ])
  func `value and estimator are the sums they are named for`(function: String) {
    agrees(
      function + "\n" + Self.byHand + """
        y = smooth(f, x, sigma, U)
        g = grad(y, x)
        d = jvp(y, x = [2, -1])
        e = dot(slope, [2, -1])
        """, ("y", "average"), ("g", "slope"), ("d", "e"))
  }

  @Test func `of a quadratic the estimator is the slope where draws fill the axes`() {
    agrees(
      """
      U = [[sqrt(2), 0], [0, sqrt(2)]]
      x = [0.4, -0.1]
      f(v) = 3*sum(v^2) + 2*v[0]
      y = smooth(f, x, 0.7, U)
      g = grad(y, x)
      s = f(x)
      h = grad(s, x)
      H = jacobian(g, x)
      K = 6*eye(2)
      """, ("g", "h"), ("H", "K"))
  }

  @Test func `free names get the slopes of the average, sigma and the draws none`() {
    agrees(
      """
      a = [2, 3]
      x = 0.5
      U = [1, -0.4, 0.2]
      f(v) = sum(a^2 * sin(v*a))
      y = smooth(f, x, 0.1, U)
      g = grad(y, a)
      z = 0
      for u in U { z += (f(x + 0.1*u) + f(x - 0.1*u))/6 }
      h = grad(z, a)
      G = grad(g[0], a)
      H = grad(h[0], a)
      """, ("y", "z"), ("g", "h"), ("G", "H"))
    let given = ProgramRun(
      "x = 1\nsigma = 0.1\nf(v) = v^3\ny = smooth(f, x, sigma, [1, 2])\ng = grad(y, sigma)\nprint g"
    )
    #expect(given.output == ["0"])
    #expect(given.codes == ["W0403"])
  }

  @Test func `arrays of results, functions of grids, loops`() {
    agrees(
      """
      x = [0.5, 1]
      U = [[1, 0], [0, 1], [1, -1]]
      f(v) = [v[0]*v[1], v[0]^2, v[1]]
      y = smooth(f, x, 0.2, U)
      g = vjp(y = [1, 2, 3], x)
      w(v) = dot(f(v), [1, 2, 3])
      z = smooth(w, x, 0.2, U)
      h = grad(z, x)
      """, ("g", "h"))
    agrees(
      """
      U = [1, -0.5, 2]
      q(x) = smooth(relu, x, 0.5, U)
      xs = [-1, 0.1, 2]
      a = map(q, xs)
      b = stack(q(-1), q(0.1), q(2))
      c = map(q', xs)
      d = stack(q'(-1), q'(0.1), q'(2))
      """, ("a", "b"), ("c", "d"))
  }
}
