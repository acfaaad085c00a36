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
    "a serial chain": """
    x = 0.5
    z = x
    for n in 1..300 { z = sin(z*x) + x }
    g = grad(z, x)
    h = grad(g, x)
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
    "faults in what all turns share": """
    x = [1, 2]
    i = 7
    for n in 1..0 { y = x[i] }
    print "fine"
    """,
  ]

  @Test(arguments: loops.keys.sorted())
  func `loops have the same bits`(_ name: String) throws {
    let program = try #require(Self.loops[name])
    let (plain, lean) = (outcome(program, plan: "plain"), outcome(program, plan: "lean"))
    #expect(plain == lean)
    #expect(!plain.contains { $0.hasPrefix("E0") }, "\(plain)")
  }

  @Test func `the plan can be looked at`() {
    let run = ProgramRun(
      """
      E = 0
      w = 2
      for k in 1..10 { E += sin(w*k) }
      show plan
      """)
    #expect(run.reports.first?.contains("turns at a time:") == true)
  }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
