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

  @Test(arguments: DerivativeTableTests.rows.filter { !steps.contains($0.name) })
  func `series are nested derivatives, and complex numbers are series at an imaginary step`(
    _ row: Primitive
  ) throws {
    let order = 5
    let step = 1.0 / 512
    // A derivative of a matrix function doubles its matrix.
    let nestings = row.analytic.isOfMatrix ? 2 : 3
    for var trial in row.trials() where trial.resultShape.count > 0 {
      let moving = trial.operands.indices.filter { row.isDifferentiable(operand: $0) }
      guard !moving.isEmpty else { continue }
      var list = List()
      let operands = trial.operands.map { list.appendInput($0) }
      let directions = moving.map { trial.numbers(trial.shapes[$0]).scaled(by: 0.5) }
      let changes = directions.map { list.appendInput($0) }
      let steps = directions.map { list.appendInput($0.scaled(by: step)) }
      let z = try list.append(row, operands, trial.statics)
      let none = Array(repeating: Slot?.none, count: order - 1)
      let series = try list.appendExpansion(
        seeds: moving.indices.map {
          (operands[moving[$0]], Extended(operands[moving[$0]], [changes[$0]] + none))
        }, system: SeriesNumbers(extent: order), through: z)[z]
      let complex = try list.appendExpansion(
        seeds: moving.indices.map {
          (operands[moving[$0]], Extended(operands[moving[$0]], [steps[$0]]))
        }, system: ComplexNumbers(), through: z)[z]
      var nested: [Slot?] = [z]
      for _ in 1...nestings {
        let seeds = moving.indices.map { (slot: operands[moving[$0]], tangent: changes[$0]) }
        nested.append(
          try nested[nested.count - 1].flatMap { try list.appendTangent(seeds: seeds)[$0] })
      }
      let run = try ListRun(list)
      let zeros = Array(repeating: 0.0, count: trial.resultShape.count)
      let coefficients = (0...order).map { series[$0].map { run.elements($0) } ?? zeros }
      for (k, factor) in [1.0, 1, 2, 6].prefix(nestings + 1).enumerated() {
        let derivative = nested[k].map { run.elements($0) } ?? zeros
        #expect(
          distance(coefficients[k].map { $0 * factor }, derivative) < 1e-12,
          "\(row.name)\(trial), order \(k)")
      }
      for (part, signs) in [[1.0, -1, 1], [1.0, -1, 1]].enumerated() {
        var expected = zeros
        for (place, sign) in signs.enumerated() {
          var power = sign
          for _ in 0..<(2 * place + part) { power *= step }
          for element in expected.indices {
            expected[element] += power * coefficients[2 * place + part][element]
          }
        }
        let found = complex[part].map { run.elements($0) } ?? zeros
        #expect(distance(found, expected) < 1e-13, "\(row.name)\(trial), part \(part)")
      }
    }
  }
}

extension TestArray {
  /// The array times a number.
  func scaled(by factor: Double) -> TestArray { TestArray(shape, elements.map { $0 * factor }) }
}
