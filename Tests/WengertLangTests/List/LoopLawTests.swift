import Testing
import WengertLang
import WengertTestSupport

/// A loop as one entry, a loop written out by hand, and calls written out by hand are the same.
@Suite struct LoopLawTests {
  static let bodies = [
    "z = sin(z*s) + k*s", "z = z*s; q = z + k; z = 0.5*q", "z, w = w*s, z + k",
    "z = tanh(z + k); if z > 0.5 { w = z*s } else { w = w + s }",
    "v[k - 1] = z*s; z = z + v[k % 3]",
    "for j in 1..k { z = 0.3*z + j*s }", "m = v*z; v = 0.5*v + s*m; z = sum(v)*0.1",
    "z += v[-k]*s; v[0..1] *= z", "z = z + sum(map(g, v))*s",
  ]

  @Test(arguments: bodies)
  func `a loop gives the numbers of the same turns written by hand`(body: String) {
    let start = "g(a) = a*a + a\ns = 0.7\nz = 0.2\nw = 0.4\nv = [1, 2, 3]\n"
    let end = "f = z + w*2 + sum(v)\na = grad(f, s)\nb = jvp(f, s = 1)\nc = grad(a, s)\n"
    // The counter is a number that the run knows, and a written one.
    let loop = ProgramRun(start + "n = 3\nfor k in 1..n { \(body) }\n" + end)
    var turns = ""
    for turn in 1...3 { turns += "k = \(turn)\n\(body)\n" }
    let hand = ProgramRun(start + turns + end)
    #expect(loop.isDone && hand.isDone, "\((loop.diagnostics + hand.diagnostics).map(\.title))")
    for name in ["f", "z", "w", "v"] {
      #expect(loop.numbers(name) == hand.numbers(name), "\(name)")
    }
    for name in ["a", "b", "c"] {
      #expect(distance(loop.numbers(name), hand.numbers(name)) < 1e-13, "\(name)")
    }
  }

  @Test(arguments: bodies)
  func `while, repeat and for are the same loop`(body: String) {
    let start = "g(a) = a*a + a\ns = 0.7\nz = 0.2\nw = 0.4\nv = [1, 2, 3]\nk = 0\n"
    let end = "f = z + w*2 + sum(v)\na = grad(f, s)\n"
    let runs = [
      "for k in 1..3 { \(body) }", "while k < 3 { k += 1; \(body) }",
      "repeat 3 { k += 1; \(body) }",
    ].map { ProgramRun(start + $0 + "\n" + end) }
    for run in runs.dropFirst() {
      #expect(run.isDone, "\(run.diagnostics.map(\.title))")
      #expect(run.numbers("f") == runs[0].numbers("f"))
      #expect(distance(run.numbers("a"), runs[0].numbers("a")) < 1e-14)
    }
  }

  @Test(arguments: UInt64(0)..<15)
  func `a program in a function gives the same numbers`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: 4)
    let direct = ProgramRun(program.text + "g = grad(f, \(program.names))\n")
    var called = program
    called.functions += "whole(\(program.names)) = {\n\(program.body)f\n}\n"
    called.body = "f = whole(\(program.names))\n"
    let run = ProgramRun(called.text + "g = grad(f, \(program.names))\n")
    #expect(direct.isDone && run.isDone, "seed \(seed): \(run.diagnostics.map(\.title))")
    #expect(direct.numbers("f") == run.numbers("f"), "seed \(seed)\n\(program.text)")
    #expect(
      distance(direct.numbers("g"), run.numbers("g")) < 1e-12, "seed \(seed)\n\(program.text)")
  }
}
