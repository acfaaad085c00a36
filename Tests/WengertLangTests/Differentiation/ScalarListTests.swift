import Testing
import WengertLang
import WengertTestSupport

/// Straight lists of numbers: reverse, forward, and the complex step of an evaluator of its own.
@Suite struct ScalarListTests {
  @Test(arguments: UInt64(0)..<40)
  func `reverse, forward and complex step agree`(seed: UInt64) {
    var source = RandomPrograms(seed: seed)
    let inputs = Int(seed % 4) + 1
    let entries = 5 + Int(seed * 7 % 60)
    let program = source.scalarList(inputs: inputs, entries: entries)
    let f = "z\(entries)"
    let names = (1...inputs).map { "x\($0)" }
    var text = program + "g = grad(\(f), \(names.joined(separator: ", ")))\n"
    for name in names { text += "t_\(name) = jvp(\(f), \(name) = 1)\n" }
    let run = ProgramRun(text)
    let steps = names.map { name in
      let moved = ComplexEvaluator(program, moving: name, by: 1e-30)
      return (moved.values[f]?.imaginary ?? .nan) / 1e-30
    }
    #expect(distance(run.numbers("g"), steps) < 1e-10, "seed \(seed)\n\(program)")
    let forward = names.flatMap { run.numbers("t_\($0)") }
    #expect(distance(forward, steps) < 1e-10, "seed \(seed)\n\(program)")
    let value = ComplexEvaluator(program, moving: "", by: 0).values[f]?.real ?? .nan
    #expect(distance(run.numbers(f), [value]) < 1e-12, "seed \(seed)\n\(program)")
  }

  @Test(arguments: UInt64(100)..<115)
  func `a list as statements, as a function and as one formula has the same slopes`(seed: UInt64) {
    var source = RandomPrograms(seed: seed)
    let program = source.scalarList(inputs: 2, entries: 12)
    let lines = program.split(separator: "\n")
    let body = lines.dropFirst(2).joined(separator: "; ")
    let inside = lines.prefix(2).joined(separator: "\n")
    let direct = ProgramRun(program + "a, b = grad(z12, x1, x2)\n")
    let called = ProgramRun(
      "h(x1, x2) = { \(body); z12 }\n\(inside)\nf = h(x1, x2)\na, b = grad(f, x1, x2)\n"
        + "c, d = grad(h)(x1, x2)\n")
    for (mine, theirs) in [("a", "a"), ("b", "b"), ("a", "c"), ("b", "d")] {
      #expect(direct.numbers(mine) == called.numbers(theirs), "seed \(seed)\n\(program)")
    }
  }
}
