import Testing

@testable import WengertLang

@Suite struct ExplanationTests {
  /// The adjoint of an entry in a trace.
  private func adjoint(_ name: String, in trace: Trace) throws -> [Double] {
    try #require(trace.steps.first { trace.labels.name($0.slot) == name }?.value)
  }

  private func expect(_ found: [Double], _ printed: [Double], within tolerance: Double) {
    #expect(found.count == printed.count)
    for (a, b) in zip(found, printed) { #expect(abs(a - b) <= tolerance, "\(a) is not \(b)") }
  }

  @Test func `the net's numbers are those of the handout`() throws {
    let net = try Sketch.net()
    let trace = try Trace.make(of: net.cost, in: net.sketch.list, symbols: net.sketch.symbols)
    expect(trace.value(trace.output), [1.523575], within: 5e-7)
    let printed: [String: [Double]] = [
      "P": [-1.303705, 0, 0, -3.519661], "A2": [-0.232955, 0.232955, 0.715882, -0.715882],
      "Z2b": [-0.179427, 0.114746, 0.666922, -0.401573],
      "A1": [-0.194447, 0.109740, 0.707790, -0.387951], "B2": [0.487496, -0.286827],
      "W2": [0.002934, 0.001836, -0.340679, 0.202033], "B1": [0.553736, -0.145141],
      "W1": [0.207686, -0.029418, -0.692100, 0.231446],
      "X": [-0.095073, 0.006849, 0.415484, 0.045842],
    ]
    for (name, elements) in printed {
      expect(try adjoint(name, in: trace), elements, within: 5.1e-7)
    }
  }

  @Test func `Trask's numbers are those of the handout, transposed`() throws {
    let net = try Sketch.trask()
    let trace = try Trace.make(
      of: net.loss, wrt: net.weights, in: net.sketch.list, symbols: net.sketch.symbols)
    expect(trace.value(trace.output), [0.495187], within: 5e-7)
    expect(
      try adjoint("v3", in: trace), [0.1181, -0.1277, -0.1132, 0.1351], within: 5.1e-5)
    expect(try adjoint("w2", in: trace), [0.0045, 0.0067, 0.0068, 0.0046], within: 5.1e-5)
    let rows = [
      0.0010, 0.0003, -0.0008, 0.0050, 0.0038, 0.0061, 0.0038, 0.0103, 0.0020, 0.0016, 0.0003,
      0.0004,
    ]
    let transposed = (0..<12).map { rows[$0 % 4 * 3 + $0 / 4] }
    expect(try adjoint("W1", in: trace), transposed, within: 5.1e-5)
  }

  @Test func `the list of a program is left as it was`() throws {
    let told = Told("x = 0.5\nz = 1\nfor n in 1..4 { z = z*x }\ny = z")
    let count = told.list.count
    _ = try told.trace("y")
    _ = try told.adjoint("y")
    #expect(told.list.count == count)
  }

  @Test func `a list prints without values, also before its inputs have any`() throws {
    let told = Told("input x, A: [2, 2]\nB = A * x + A\ny = sum(B)")
    let lines = [
      "  v1 = x", "  v2 = A                [2, 2]", "  v3 = t1 = mul(A, x)   [2, 2]",
      "  v4 = B  = add(t1, A)  [2, 2]", "  v5 = y  = sum(B)", "",
    ]
    #expect(try told.list("y") == lines.joined(separator: "\n"))
    #expect(throws: ExplanationError.self) { try told.trace("y") }
  }

  @Test func `made up names avoid those of the program`() throws {
    let told = Told("t1 = 2\ny = t1 * t1 + t1")
    #expect(try told.list("y").contains("t2 = mul(t1, t1)"))
  }

  @Test func `an input that the output does not depend on has a zero adjoint`() throws {
    let told = Told("x = 2\nc = 7\ny = x^2")
    #expect(try told.trace("y", wrt: ["c"]).hasSuffix("= dy/dc = 0\n"))
  }

  @Test func `a loop that is too long stays one line`() throws {
    let told = Told("x = 0.5\nz = 1\nfor n in 1..300000 { z = sin(z*x) + x }\ny = z*x")
    let text = try told.trace("y", wrt: ["x"])
    #expect(text.contains("loop(300000, z_1, x)"))
    #expect(text.contains("a4 dv4/dv1 + a3 dv3/dv1 = 2.62753"))
    #expect(throws: ExplanationError.self) { try told.adjoint("y") }
  }

  @Test func `a trace as JSON holds every step`() throws {
    let (sketch, f) = try Sketch.slide()
    let trace = try Trace.make(of: f, in: sketch.list, symbols: sketch.symbols)
    let text = ExplanationJSON.trace(trace).text
    #expect(
      text.contains(
        #"{"label":"a4","name":"df/dz2","of":"z2","shape":[],"terms":"#
          + #"[{"from":["f"],"rule":"a5 · 2 z2","total":20.0}],"value":20.0}"#))
    #expect(text.contains(#""text":"add(x1, x1)","value":6.0}"#))
  }

  @Test func `a row of the table tells its rule`() throws {
    let row = try #require(Catalogue.rows(spelled: "tanh").first)
    #expect(
      RowRenderer().render(row).plain + "\n" == """
        tanh(x)  The hyperbolic tangent of x.
          d/dx     1 - tanh(x)^2
          example  tanh(0.5)  → 0.462117

        """)
  }

  @Test func `the overview has every row, called as its page calls it`() {
    let text = Catalogue.overview.plain
    #expect(text.contains("  matmul(A, B) ") && text.contains("  sum(A, axis = …"))
    for row in Catalogue.all where !row.isInternal {
      #expect(text.contains("  \(row.signature)"), "\(row.name)")
      #expect(RowRenderer().render(row).plain.hasPrefix(row.signature), "\(row.name)")
    }
  }
}
