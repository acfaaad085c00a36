import Testing
import WengertTestSupport

@testable import WengertLang

/// Every row of the table in complex arithmetic.
@Suite struct ComplexTableTests {
  /// The rows that are no functions of a complex number.
  static let steps: Set = ["sign", "floor", "ceil", "round"]

  @Test(arguments: DerivativeTableTests.rows)
  func `an imaginary step gives the derivative that the reverse sweep gives`(
    _ row: Primitive
  ) throws {
    for var trial in row.trials() {
      for index in trial.operands.indices where row.isDifferentiable(operand: index) {
        let direction = trial.numbers(trial.shapes[index])
        let weight = trial.numbers(trial.resultShape)
        var list = List()
        let operands = trial.operands.map { list.appendInput($0) }
        let z = try list.append(row, operands, trial.statics)
        let small = list.appendInput(direction.scaled(by: 1e-200))
        let swept = try list.appendExpansion(
          seeds: [(operands[index], Extended(operands[index], [small]))],
          system: ComplexNumbers())
        if Self.steps.contains(row.name) {
          #expect(swept.system.refused?.operation == row.name)
          continue
        }
        #expect(swept.system.refused == nil, "\(row.name) has no complex form")
        let bar = list.appendInput(weight)
        let adjoint = try list.appendAdjoint(seeds: [(z, bar)], wrt: [operands[index]])
        guard trial.resultShape.count > 0 else { continue }
        let run = try ListRun(list)
        #expect(
          distance(run.elements(swept[z].base), run.elements(z)) < 1e-14,
          "\(row.name)\(trial), the real part")
        let step = swept[z][1].map { TestArray(trial.resultShape, run.elements($0)) }
        let moved = step?.scaled(by: 1e200).inner(weight) ?? 0
        let slope = adjoint[operands[index]].map {
          TestArray(trial.shapes[index], run.elements($0)).inner(direction)
        }
        #expect(
          distance([moved], [slope ?? 0]) < 2e-14,
          "\(row.name)\(trial), operand \(index): \(moved) against \(slope ?? 0)")
      }
    }
  }
}

extension TestArray {
  /// The array times a number.
  func scaled(by factor: Double) -> TestArray { TestArray(shape, elements.map { $0 * factor }) }
}
