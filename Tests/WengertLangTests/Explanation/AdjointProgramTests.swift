import Testing

@testable import WengertLang

/// The derivative list is a program: it runs, and gives the numbers of the sweep to the bit.
@Suite struct AdjointProgramTests {
  @Test func `the slide's list is written with the user's names`() throws {
    let told = Told("x1 = 3\nx2 = 4\nz1 = add(x1, x1)\nz2 = add(z1, x2)\nf = square(z2)")
    #expect(
      try told.adjoint("f") == """
        # the gradient of f: its entries, then the sweep
        x1 = 3
        x2 = 4
        z1 = add(x1, x1)
        z2 = add(z1, x2)
        f = square(z2)
        # the sweep, from f down
        df_df = 1
        df_dz2 = df_df * (2 * z2)
        df_dz1 = df_dz2
        df_dx2 = df_dz2
        df_dx1 = df_dz1 + df_dz1
        # the gradient
        print "df/dx1 =", df_dx1
        print "df/dx2 =", df_dx2

        """)
  }

  @Test(arguments: [
    "x = 3\ny = (2*x + 4)^2",
    "x = 0.3\ny = x*x + sin(x) + x^3 + exp(x)/x + 2*x - x/3 - (-x) - -2*x^2",
    "x = 0.5\nz0 = 0\nz = z0\nfor n in 1..5 { z = sin(z*x) + n*x }\ny = z^2",
    "x = 2\nz = 1\nwhile abs(z*z - x) > 1e-9 { z = (z + x/z)/2 }\ny = z",
    "x = -0.7\nif x > 0 { y = x^2 } else { y = exp(x) }",
    "x = [1, 2, 3]\nw = x\nw[1] = 7*x[0]\ny = sum(w*w) - x[2] * sum(x[0..1])",
    "x = [[1, 2], [3, 4]]\nB = [[0.5, 1], [0.25, 2]]\nb = [1, -1]\ny = sum(tanh(x @ B + b)) + sum(x.T @ x)",
    "x = [[0.1, -0.2]]\nY = [[1, 0], [0, 1]]\nA = [[1, 0], [0.5, -1]]\ny = crossEnt(Y, softMax(A + x))",
    "x = [0.1, 0.2, 0.3]\ny = 0\nfor a in x { y = y + sin(a) * y + a }",
    "x = 0.4\nrule cube(a) = a^3 { d/da = 3*a^2 }\ny = cube(2*x) + cube(x)",
    "x = [1, 2, 3]\ny = max(x) + norm(x) + mean(x) + prod(x) + sum(cumsum(x)) + max(x[0], 5)",
    "x = [[1, 2], [3, 5]]\ny = sum(stack(x[0], x[1] * 2)) + sum(concat(x, x, axis = 1)[0, ..]) + trace(x)",
    "x = 0.4\nc = x > 0 and x < 1 or not (x == 2)\ny = where(c, x^2, x)*where(x > 1 or c, 2, 3)",
    "df_dx = 2\nt1 = 3\nx = 5\ny = x * df_dx * t1 + t1",
  ])
  func `the written program gives the same gradient to the bit`(_ program: String) throws {
    let told = Told(program)
    #expect(told.output == "")
    let text = try told.adjoint("y", wrt: ["x"])
    let trace = try Trace.make(
      of: told.slot("y"), wrt: [told.slot("x")], in: told.list, symbols: told.symbols)
    let expected = try #require(trace.steps.last { $0.slot == trace.targets[0] }?.value)
    let written = Told(text)
    let output = trace.labels.name(trace.output)
    let input = trace.labels.name(trace.targets[0])
    let found = written.elements(trace.labels.fresh("d\(output)_d\(input)"))
    #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(text)\n\(written.output)")
    #expect(written.output.hasPrefix("d\(output)/d\(input) ="), "\(written.output)")
  }

  @Test func `inputs without values stay inputs`() throws {
    let told = Told("input x, A: [2, 2]\ny = sum(A * x)")
    let text = try told.adjoint("y")
    #expect(text.contains("input x\n"))
    #expect(text.contains("input A: [2, 2]\n"))
  }

  @Test func `what ran turn by turn is said to be written out`() throws {
    let told = Told("x = 0.5\nz = 1\nfor n in 1..2 { z = z*x }\ny = z")
    let text = try told.adjoint("y", wrt: ["x"])
    #expect(text.contains("# loops are written out turn by turn"))
    #expect(text.contains("z_2 = mul(z_1, x)\n"))
    let branch = try Told("x = 0.5\nif x > 0 { y = x^2 } else { y = 0 }").adjoint("y", wrt: ["x"])
    #expect(branch.contains(", branches as they were taken"))
  }
}
