import Testing
import WengertTestSupport

@testable import WengertLang

/// Lists of more than 100,000 entries, whose sweep shares none, have the slopes of other methods.
@Suite struct LongListTests {
  private static let long = 100_000

  @Test func `the slopes of a long list are those of the complex step`() {
    var source = RandomPrograms(seed: 17)
    let program = source.scalarList(inputs: 2, entries: 75_000)
    let run = ProgramRun(program + "g = grad(z75000, x1, x2)\n")
    #expect(run.session.lowering.program.count > 2 * Self.long)
    let steps = ["x1", "x2"].map { name in
      (ComplexEvaluator(program, moving: name, by: 1e-30).values["z75000"]?.imaginary ?? .nan)
        / 1e-30
    }
    #expect(steps.allSatisfy { $0 != 0 && $0.isFinite })
    #expect(distance(run.numbers("g"), steps) < 1e-10, "\(run.numbers("g")) \(steps)")
  }

  // Each row many times over at one point: the slope of the sum is as many times that of one, which
  // a short list says with all that is done for short lists.
  @Test func `every row of partials has the slopes that it has in a short list`() {
    var generator = SeededGenerator(seed: 5)
    let rows = Catalogue.all.filter {
      $0.rule.isByPartials && !$0.isInternal && $0.operandNames.count <= 2
        && $0.arguments.count == $0.operandNames.count && !["and", "or", "not"].contains($0.name)
    }
    #expect(rows.contains { Template.pullbacks[Int($0.code)].contains { $0?.isPlain == true } })
    var inputs: [String] = []
    var calls: [String] = []
    var text = ""
    for (number, row) in rows.enumerated() {
      let operands = row.operandNames.indices.map { "x\(number)_\($0)x" }
      for (index, operand) in operands.enumerated() {
        text += "\(operand) = \(Double.random(in: row.domain.sample(index), using: &generator))\n"
      }
      inputs += operands
      calls.append("\(row.name)(\(operands.joined(separator: ", ")))")
    }
    func sum(copies: Int) -> String {
      var text = text + "s0 = mul(\(inputs[0]), 0)\n"
      var count = 0
      for _ in 0..<copies {
        for call in calls {
          count += 1
          text += "t\(count) = \(call)\ns\(count) = add(s\(count - 1), t\(count))\n"
        }
      }
      return text + "g = grad(s\(count), \(inputs.joined(separator: ", ")))\n"
    }
    let copies = Self.long / (2 * calls.count) + 1
    let (short, long) = (ProgramRun(sum(copies: 1)), ProgramRun(sum(copies: copies)))
    #expect(long.session.lowering.program.count > Self.long)
    let expected = short.numbers("g").map { $0 * Double(copies) }
    #expect(expected.count == inputs.count, "\(short.codes)")
    #expect(distance(long.numbers("g"), expected) < 1e-11, "\(long.numbers("g")) \(expected)")
  }
}
