import Foundation
import Testing

@testable import WengertLang

/// Printouts as users see them, beside this file in `printouts`; RECORD=1 writes them anew.
@Suite struct PrintoutTests {
  private func check(_ text: String, _ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "printouts/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test func `a net of two layers prints rules, shapes and entries`() throws {
    let net = try Sketch.net()
    try check(net.sketch.trace(net.cost), "net")
  }

  @Test func `a name used twice shows its contributions as they are added`() throws {
    let net = try Sketch.net(tied: true)
    try check(net.sketch.trace(net.cost, wrt: net.inputs[2]), "tied")
  }

  @Test func `adjoints print as rows, as handouts have them`() throws {
    let trask = try Sketch.trask()
    let text = try trask.sketch.trace(
      trask.loss, wrt: trask.weights[0], trask.weights[1], rows: true)
    try check(text, "rows")
  }

  @Test func `a loop shows its turns`() throws {
    let told = Told("x = 0.5\nz0 = 0\nz = z0\nfor n in 1..3 { z = sin(z*x) + x }")
    try check(told.trace("z", wrt: ["x"]), "loop")
    try check(told.tangent("z", ["x": [1]]), "loop-tangent")
  }

  @Test func `of many turns the first and the last three are shown`() throws {
    let told = Told("x = 0.5\nz0 = 0\nz = z0\nfor n in 1..20 { z = z*x + x }")
    try check(told.trace("z", wrt: ["x"]), "long-loop")
  }

  @Test func `names that look like labels stand for the labels`() throws {
    let told = Told("v1 = 3\nv2 = sin(v1)\nv3 = v2 * v1\ny = v3 + v1")
    try check(told.trace("y"), "names")
  }

  @Test func `earlier versions of a name are numbered`() throws {
    let told = Told("w = 2\nx = 3\nw = w * x\nw += x\ny = w^2")
    try check(told.trace("y", wrt: ["x"]), "versions")
  }

  @Test func `large arrays print as a summary`() throws {
    let told = Told(
      "X = reshape(linspace(-1, 1, 500), [100, 5])\nw = linspace(0, 1, 5)\nb = 0.1\n"
        + "y = sum((X @ w + b)^2)")
    try check(told.trace("y", wrt: ["b"]), "large")
  }

  @Test func `forward mode of arrays has a line for the value and one for the tangent`() throws {
    let net = try Sketch.net()
    let trace = try TangentTrace.make(
      of: net.cost, seeds: [(net.inputs[2], [1, 0])], in: net.sketch.list,
      symbols: net.sketch.symbols)
    try check(TangentRenderer().render(trace).plain + "\n", "net-tangent")
  }

  @Test func `a written rule is shown and runs`() throws {
    let told = Told(
      """
      rule cube(a) = a^3 { d/da = 3*a^2 }
      rule times(A, b) = A @ b { bar A = outer(bar, b); bar b = A.T @ bar }
      A = [[1, 2], [3, 4]]
      b = [1, 2]
      x = 2
      y = cube(x) * sum(times(A, b))
      """)
    try check(told.trace("y"), "rule")
    try check(told.adjoint("y"), "rule-adjoint")
  }
}
