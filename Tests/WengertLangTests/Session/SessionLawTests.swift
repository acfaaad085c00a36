import Testing
import WengertLang
import WengertTestSupport

/// Laws of sessions: mistakes change nothing, copies are states, `at` is running again.
@Suite struct SessionLawTests {
  static let start = """
    x = 2
    A = [[1, 2], [3, 4]]
    t = (x, A)
    f(a) = a*x
    y = f(x)^2
    s = sum(A)*y
    for n in 1..3 { s = s + n*x; q = n }
    input late
    waits = late*2 + A[0, 1]
    pick = A[0]

    """

  static let mistakes = [
    "y = undefined + 1", "A[5, 5] = 1", "x, y = 3, undefined", "for k in 1..3 { x = k; y = nope }",
    "for W in t { x = W; y = W[7] }", "i = 9\nz = A[i]", "repeat -1 { x = 1 }",
    "if x > 1 { y = 3; A = undefined } else { y = 4 }", "f(1, 2)", "grad(A, x)", "x = ",
    "g = grad(y, unknown)", "late = [1, 2]", "A = A @ [1, 2, 3]", "while x { y = nope }",
    "n = 1.5\nrepeat n { x += 1 }", "set digits eye(1e6)", "set digits 99", "list nope",
    "trace A", "forward s at x = nope", "print waits", "y = y + 1\nprint undefined",
    "h(a) = { b = a; nope }\nh(3)", "z = zeros(1e9, 1e9)", "x += A[2]",
    "t[0] = nope", "while nan { x = 7 }",
  ]

  @Test(arguments: mistakes)
  func `a mistake leaves a session exactly as it was`(mistake: String) {
    var run = ProgramRun(Self.start, atPrompt: true)
    #expect(run.isDone)
    // What stands before the mistaken statement stays.
    let parts = mistake.split(separator: "\n").map(String.init)
    for part in parts.dropLast() { run.go(on: part) }
    let before = run.state
    run.go(on: parts[parts.count - 1])
    #expect(!run.isDone)
    #expect(run.state == before)
    run.go(on: "r = s + x\nlate = 5\nprint waits, r, y")
    let isDone = run.isDone
    #expect(isDone, "\(run.diagnostics.last?.title ?? "")")
  }

  @Test func `a statement of a list that passes the limit of entries is taken back`() {
    var session = Session()
    session.settings.echoes = true
    session.settings.entries = 4
    var codes: [String] = []
    var echoes: [String] = []
    func go(on text: String) -> Bool {
      session.run(text, name: "test") { event in
        if case .diagnostic(let diagnostic) = event { codes.append(diagnostic.code) }
        if case .echoed(let name, let value) = event { echoes.append("\(name) = \(value)") }
      }
    }
    #expect(go(on: "x = 3\nz1 = add(x, x)\nz2 = mul(z1, x)\nz3 = square(z2)"))
    #expect(!go(on: "z4 = square(z3)"))
    #expect(codes == ["E0802"])
    #expect(!session.names.contains { $0.name == "z4" })
    // The name is free again, and the list as long as it was.
    session.settings.entries = 5
    #expect(go(on: "z4 = sub(z3, x)"))
    #expect(echoes == ["x = 3", "z1 = 6", "z2 = 18", "z3 = 324", "z4 = 321"])
  }

  @Test func `a value for an input that makes a fault is taken back`() {
    var run = ProgramRun("input n\nv = [1, 2]\ny = v[n]*2", atPrompt: true)
    let before = run.state
    run.go(on: "n = 7")
    #expect(run.codes.last == "E0303")
    #expect(run.state == before)
    run.go(on: "n = 1\nprint y")
    #expect(run.output == ["4"])
  }

  @Test func `after a program with a fault others can follow`() {
    var run = ProgramRun("x = 2\nprint x\ny = x*3\nv = [1, 2]\nz = v[y]\nw = z + 1")
    #expect(run.codes == ["E0303"])
    #expect(run.output == ["2"])
    #expect(run.state == ["x: 2 = 2", "y: 6 = 6", "v: a vector of 2 = [1. 2.]"])
    run.go(on: "print x + y")
    #expect(run.output == ["2", "8"])
    run.go(on: "g = grad(y, x)\nforward y at x = 5")
    #expect(run.isDone)
    #expect(run.numbers("g") == [3])
  }

  @Test func `a copy of a session is a state to come back to`() {
    let first = ProgramRun(Self.start, atPrompt: true)
    var second = first
    second.go(on: "x = 100\nA[0, 0] = 50\ns = s*2\nlate = 3\nf(a) = 0")
    #expect(second.isDone)
    #expect(first.state == ProgramRun(Self.start, atPrompt: true).state)
    var third = first
    third.go(on: "z = f(3) + s")
    #expect(third.numbers("z") == [6 + first.numbers("s")[0]])
  }

  static let replacements = [
    ("x", "3"), ("x", "[1, 2]"), ("n", "2"), ("n", "5"), ("w", "[1, 1, 1]"), ("w", "[4, 5]"),
    ("y", "7"), ("u", "2*3"), ("k", "4"), ("w", "k*[1, 2, 3]"),
  ]

  @Test(arguments: replacements)
  func `at is the same program with the latest binding replaced`(name: String, value: String) {
    let lines = [
      "x = 1.5", "n = 3", "k = 1", "w = [1, 2, 3]", "y = x^2 + k", "u = sin(0.5)",
      "v = sum(w*zeros(len(w)) + w)*u", "z = 0", "for i in 1..n { z = z + y*x*i }",
      "B = zeros(n, 2) + 1", "f = sum(z) + v + sum(B) + sum(y)",
    ]
    let changed = lines.map { $0.hasPrefix("\(name) =") ? "\(name) = \(value)" : $0 }
    let direct = ProgramRun(changed.joined(separator: "\n"))
    let run = ProgramRun(
      lines.joined(separator: "\n") + "\nset digits 17\nforward f at \(name) = \(value)")
    #expect(direct.isDone && run.isDone, "\(run.diagnostics.last?.title ?? "")")
    let last = run.reports.last?.split(separator: "\n").last ?? ""
    let shown = ProgramRun.numbers(in: String(last.split(separator: "=").last ?? ""))
    #expect(distance(shown, direct.numbers("f")) < 1e-13, "\(run.reports.last ?? "")")
    #expect(run.numbers("f") == ProgramRun(lines.joined(separator: "\n")).numbers("f"))
  }

  @Test(arguments: UInt64(0)..<12)
  func `a session fed line by line is the session that ran all at once`(seed: UInt64) {
    var source = RandomPrograms(seed: seed)
    let program = source.scalarList(inputs: 2, entries: 15)
    let whole = ProgramRun(program)
    var parts = ProgramRun("", atPrompt: true)
    for line in program.split(separator: "\n") { parts.go(on: String(line)) }
    #expect(whole.state == parts.state)
  }
}
