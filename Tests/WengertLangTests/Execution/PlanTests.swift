import Testing
import WengertLang
import WengertTestSupport

/// A plan that is made as fast as can be gives the same bits as one that does entry by entry.
@Suite struct PlanTests {
  /// What a program prints, and its names with all digits.
  private func outcome(_ program: String, plan: String) -> [String] {
    let run = ProgramRun("set plan \(plan)\n" + program)
    return run.output + run.reports + run.codes + run.state
  }

  private static let folder = Folder.package() + "/examples"

  @Test(arguments: Folder.files(in: folder, ending: ".wl").filter { !$0.contains("errors/") })
  func `examples print the same`(_ path: String) {
    let text = Folder.text(Self.folder + "/" + path) ?? ""
    let (plain, lean) = ["plain", "lean"].map { plan in
      Transcript(of: "set plan \(plan)\n" + text, name: path, folder: Folder.package())
    }.pair
    #expect(plain.output == lean.output)
    #expect(plain.codes == lean.codes)
  }

  @Test(arguments: UInt64(7000)..<7120)
  func `random programs have the same bits`(_ seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 7) + 2)
    let text =
      program.text + "g = grad(f, \(program.names))\n"
      + (seed % 3 == 0 ? "h = grad(sum(g[0]^2), \(program.names))\n" : "")
    let (plain, lean) = (outcome(text, plan: "plain"), outcome(text, plan: "lean"))
    #expect(plain == lean, "\(text)")
  }

  @Test(arguments: [(100, 1), (100_000, 2)])
  func `a sweep reads functions of short loops, and makes those of long ones again`(
    turns: Int, times: Int
  ) {
    let start = "w, v = 0.5, -0.7\nE = 0\n"
    let loop = "for i in 1..\(turns) { h = tanh(w*i/1000); E += v*h*h }\n"
    let slopes = "gw, gv = grad(E, w, v)\n"
    let plan = Transcript(of: start + loop + slopes + "show plan\n", name: "plan").output
    #expect(plan.split(separator: "tanh(").count - 1 == times, "\(plan)")
    // The same as an array, in which nothing is made again.
    let array = "i = linspace(1, \(turns), \(turns))\nE = v*sum(tanh(w*i/1000)^2)\n"
    let second = slopes + "k = grad(gw*gv, w)\n"
    let (plain, lean) = ["plain", "lean"].map { outcome(start + loop + second, plan: $0) }.pair
    #expect(plain == lean)
    let (looped, whole) = [loop, array].map { ProgramRun(start + $0 + second) }.pair
    for name in ["E", "gw", "gv", "k"] {
      let (found, wanted) = (looped.numbers(name), whole.numbers(name))
      #expect(found.count == 1 && abs(found[0] / wanted[0] - 1) < 1e-11, "\(name): \(found)")
    }
  }

  /// Loops of every kind, long enough for blocks of turns with a rest.
  static let loops = [
    "accumulators": """
    X = reshape(linspace(-1, 1, 900), [300, 3])
    w = [0.3, -0.2, 0.7]
    b = 0.1
    E = 0
    for v, k in X, 1..300 { E += log(1 + exp(-sum(w*v) - b)) + 0.001*k*b }
    g = grad(E, w, b)
    """,
    "a net, sample by sample": """
    X = reshape(linspace(-1, 1, 600), [300, 2])
    W1 = [[0.5, -0.3], [0.8, 0.2], [0.1, 0.4]]
    w2 = [0.7, -0.6, 0.2]
    for epoch in 1..3 {
      E = 0
      for v in X { E += (sigma(w2 @ tanh(W1 @ v)) - v[0]*v[1])^2 / 2 }
      d1, d2 = grad(E, W1, w2)
      W1 -= 0.01*d1
      w2 -= 0.01*d2
    }
    """,
    "elements by their index": """
    n = 40
    x = linspace(0.1, 0.9, n)
    s = 0.5
    for i in 0..n-1 { s = s + x[i]*x[i]*s/n + x[-i-1]*x[mod(7*i, n)] }
    g = grad(s, x)
    h = grad(sum(g^2), x)
    """,
    "elements of a matrix": """
    A = reshape(linspace(-1, 1, 30), [5, 6])
    s = 0
    for i in 0..4 { for j in 0..5 { s += A[i, j]^2*A[mod(i*j, 5), j]*(i + 1) + sum(A[i]^3) } }
    g = grad(s, A)
    """,
    "arrays that are filled": """
    x = linspace(0.1, 0.9, 40)
    y = zeros(40)
    z = ones(40)
    for i in 0..39 { y[i] = x[i]*i + y[0] + y[i]; z[0..1] = z[i]*x[0..1]; z[i] = sum(z) }
    g = grad(sum(y^2*z), x)
    """,
    "zeros with a sign": """
    z = -zeros(5)
    w = z
    for i in 0..2 { z = z + scatteradd(1, i, 0, [5]) }
    for i in 1..0 { w = w + scatteradd(1, i, 0, [5]) }
    for i in 0..2 { w = scatteradd(-0., i, 0, [5]) + w }
    f = 1/z
    g = 1/w
    """,
    "zeros with a sign, read before they are added to": """
    w = -zeros(3)
    s = 0
    for n in 1..2 {
      s = s + tanh(1/w[2])
      w = w + scatteradd(n, 1, axis = 0, [3])
    }
    """,
    "a serial chain": """
    x = 0.5
    z = x
    for n in 1..300 { z = sin(z*x) + x }
    g = grad(z, x)
    h = grad(g, x)
    """,
    "an adjoint that vanishes and stays subnormal": """
    x = 0.5000003
    z = x
    for n in 1..3000 { z = sin(z*x) + x }
    g = grad(z, x)
    h = grad(g, x)
    """,
    "numbers that become subnormal and grow again": """
    x = 0.7
    p, q = 1, 3
    w = 0
    for n in 1..6600 {
      p = p*where(n < 3300, x + 0.1, 1.1*x + 0.4)
      q = 0.25*q + 0.75*p*x
      w = 2e-310 + w*x*q
    }
    g = grad(p + q + w, x)
    """,
    "products to which something is added": """
    x = 0.3
    a, b, c, d = 1, 2, 3, 4
    for n, y in 1..300, linspace(-1, 1, 300) {
      a = a*x + y
      b = y + x*b
      t = b*y
      c = t + 0.5*c
      d = t*t + t
      c += t*d
      u = x*y
      d = u + u
    }
    g = grad(a + b + c + d, x)
    k = grad(c*d, x)
    """,
    "carried in place and handed on": """
    x = 0.5
    a = 1 + x
    b = [1, 2]
    c = 2*x
    for n in 1..200 { t = a; a = c; c = 0.9*t + 0.01*n; b = b*0.99 + c }
    g = grad(sum(b), x)
    """,
    "transposes in products": """
    A = reshape(linspace(-1, 1, 12), [4, 3])
    B = reshape(linspace(-0.5, 0.5, 12), [3, 4])
    for n in 1..50 { B = tanh(B + 0.1 * A.T @ (A @ B @ B.T).T.T @ B) }
    g = grad(sum(B), A)
    """,
    "backwards over a while, values of the last turn": """
    x = 0.3
    z = x
    k = 0
    while k < 140 { u = cos(z + k); z = 0.5*z + 0.1*u*x; k += 1 }
    g = grad(z + u, x)
    """,
    "loops in loops over rows": """
    X = reshape(linspace(-1, 1, 400), [200, 2])
    s = [0.1, 0.2]
    E = 0
    for v in X {
      q = v
      for j in 1..3 { q = tanh(q*s) }
      E += sum(q)
      if v[0] > 0 { E += v[1]*s[0] } else { E -= s[1] }
    }
    g = grad(E, s)
    """,
    "parts that are the same in every turn": """
    x = [0.4, -0.3, 0.9, 0.25]
    y = x*1.3
    M = reshape(y, [2, 2])
    M[0] = M[1]*M[0]
    y = reshape(M, [4])
    y[1..] = y[1..]*y[..-2] + x[1..]
    J = jacobian(y, x)
    S = jacobian(J @ x, x)
    """,
    "numbers that come from the entry before": """
    a = 0.7
    b = -0.4
    p = 1.3
    u = linspace(0.1, 0.9, 150)
    X = reshape(linspace(-1, 1, 300), [150, 2])
    for x, v, n in u, X, 1..150 {
      c = x - a; d = b / (1.5 + c*c); e = (a - d) / (2 + x)
      t = a
      a = sqrt(1 + e*e) - v[1]*p + n*0.001
      b = t - tanh(sigma(log(1 + exp(d))) * cos(b - v[0]))
    }
    g = grad(a*b, p)
    """,
    "numbers handed on, kept and swapped": """
    x = 0.4
    a, b, c = x, 2*x, 1
    P = linspace(-2, 2, 140)
    d = 0
    for q in P { t = a; a = b; b = c; c = -t*0.9 + q; d = q }
    g = grad(a + 2*b + 3*c + d, x)
    h = grad(g^2 + g, x)
    """,
    "arrays that are handed on from rows": """
    X = [0.41, 0.88, 0.99]
    c = [0.5, -1.5]
    s = 0.8
    for j in 1..2 {
      a, b = c, c
      z = 0.3
      for x in X { z = z*x*s; b = a; a = c*sin(x + s)^2 }
      s = z + sum(a*b)
    }
    g = grad(s, X)
    """,
    "sines of numbers and of rows": """
    turn = 3.14159265358979
    X = reshape([linspace(-10, 10, 300), linspace(turn/4 - 0.001, turn/4 + 0.001, 300),
      linspace(-0.75*turn - 0.001, 0.001 - 0.75*turn, 300), linspace(-1e6, 1e6, 300),
      linspace(-2, 2, 300)/1e8], [1500])
    s, c = 0, 0
    for x in X { s += sin(x); c += cos(x) }
    z = 0.1
    for x in X { z = sin(z + x) - cos(z*x) }
    """,
    "a net on rows, in blocks of them": """
    X = sin(reshape(linspace(-70, 90, 1800), [300, 6]))
    Y = eye(3)[round(1 + sin(linspace(0, 50, 300)))]
    V, W = cos(reshape(0..131, [6, 22])), sin(reshape(0..65, [22, 3]))
    b, c = zeros(22), zeros(3)
    for n in 1..5 {
      H = tanh(X @ V + b)
      P = softMax(H @ W + c)
      E = crossEnt(Y, P) / 300 + 0.01*sum(V^2)
      dV, db, dW, dc = grad(E, V, b, W, c)
      V -= 0.5*dV
      b -= 0.5*db
      W -= 0.5*dW
      c -= 0.5*dc
    }
    """,
    "rows of every kind": """
    A = reshape(linspace(-1, 1, 5200), [130, 40])
    u = linspace(0.5, 1.5, 40)
    v = linspace(-1, 1, 130)
    w = u
    for n in 1..4 {
      B = (A*w + reshape(v, [130, 1])) / (1 + A^2)
      D = B - rowsum(B) / 40
      L = logSumExp(D, axis = 1)
      M = D - mean(D, axis = 1, keepdims = 1)
      q = v @ M
      r = M @ w
      G = exp(-(M^2)) * where(M > 0, 1, 0.5)
      E = sum(L) + sum(G) + sum(q*w) + sum(r^2) + sum(colsum(M*G)) + squaredError(M @ A.T @ v, v)
      d, e = grad(E, w, A)
      w -= 1e-6*d
      A -= 1e-7*e
    }
    """,
    "long element-wise chains": """
    x = linspace(-2, 2, 20000)
    y = x
    z = 1
    for n in 1..4 {
      a = sin(y)*x + z
      h = erf(a)*tan(a/9) + abs(a)^1.5
      y = y + 0.01*h*exp(-(a^2))
      z = z + sum(h)/20000
    }
    g = grad(sum(y), x)
    """,
    "elements that move between rows": """
    A = sin(reshape(0..9999, [100, 100]))
    for n in 1..3 {
      B = tanh(A)*0.5
      C = B.T + A
      D = C*flip(B, axis = 0) + B[..][(99..0 by -1)]
      A = A + 0.1*cumsum(D, 1)*B[3]
    }
    g = sum(A)
    """,
    "faults in what all turns share": """
    x = [1, 2]
    i = 7
    for n in 1..0 { y = x[i] }
    print "fine"
    """,
  ]

  @Test(arguments: UInt64(1)...100)
  func `random loops over numbers have the same bits`(_ seed: UInt64) {
    let program = LoopPrograms.numbers(seed: seed, turns: 160)
    let (plain, lean) = (outcome(program, plan: "plain"), outcome(program, plan: "lean"))
    #expect(plain == lean, "\(program)")
    #expect(!plain.contains { $0.hasPrefix("E0") }, "\(program)\n\(plain)")
  }

  @Test(arguments: loops.keys.sorted())
  func `loops have the same bits`(_ name: String) throws {
    let program = try #require(Self.loops[name])
    let (plain, lean) = (outcome(program, plan: "plain"), outcome(program, plan: "lean"))
    #expect(plain == lean)
    #expect(!plain.contains { $0.hasPrefix("E0") }, "\(plain)")
  }

  @Test(arguments: 1...23, [1, 127, 128, 129, 300])
  func `any number of carried sums has the same bits`(_ sums: Int, turns: Int) throws {
    let range = 1...sums
    let starts = range.map { "s\($0), w\($0) = 1, \($0)/7\n" }
    // Every fifth takes what all turns share.
    let amounts = range.map { "  s\($0) += \($0 % 5 == 4 ? "w\($0)^2" : "sin(w\($0)*i)")\n" }
    let program =
      starts.joined() + "for i in 1..\(turns) {\n" + amounts.joined() + "}\n"
      + "f = \(range.map { "log(s\($0)^2 + 1)" }.joined(separator: " + "))\n"
      + "\(range.map { "g\($0)" }.joined(separator: ", "))"
      + " = grad(f, \(range.map { "w\($0)" }.joined(separator: ", ")))\n"
    let (plain, lean) = ["plain", "lean"].map { outcome(program, plan: $0) }.pair
    #expect(plain == lean, "\(program)")
    #expect(!plain.contains { $0.hasPrefix("E") }, "\(plain)")
  }

  @Test func `the plan can be looked at`() {
    let run = ProgramRun(
      """
      E = 0
      w = 2
      for k in 1..10 { E += sin(w*k) }
      show plan
      """)
    let plan = run.reports.first ?? ""
    for line in ["10 turns", "128 turns at a time:", "= mul(w, k)", "= sin(#"] {
      #expect(plan.contains(line), "\(line) is not in\n\(plan)")
    }
  }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
