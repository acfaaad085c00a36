import Testing

@testable import WengertLang

/// A rule that is one hundredth off is caught, and named where it stands, for every row and operand.
@Suite struct RuleErrorTests {
  private static let rows = Catalogue.all.filter { !$0.isInternal }

  /// The operands of a row that have a slope: those that its rule says something of.
  ///
  /// Rows that stop at the kinks of steps, and conditions on the way to them, hand back zeros only.
  private static func sloped(_ row: Primitive) -> [Int] {
    if let base = row.base, row.stopsAtItsKink { return sloped(base) }
    guard case .some = row.trials().first(where: { !$0.operands.isEmpty }) else { return [] }
    if case .flat = row.rule { return [] }
    let isList = row.arguments.contains {
      if case .operands = $0.kind { true } else { false }
    }
    let count = isList ? 2 : row.operandNames.count
    return (0..<count).filter { row.isDifferentiable(operand: $0) }
  }

  /// The table has no row that nothing is tried on, and every argument is counted once.
  @Test func everyRowAndArgumentIsTried() {
    let table = Self.rows.filter { $0.base == nil }
    var count = 0
    for row in table {
      let operands = row.operandNames.count
      let isTried = row.trials().contains { !$0.operands.isEmpty }
      #expect(isTried || operands == 0, "\(row.name)")
      if case .flat = row.rule { continue }
      #expect(!Self.sloped(row).isEmpty || operands == 0, "\(row.name)")
      for index in Self.sloped(row) {
        let isGiven = row.trials().contains { trial in
          let pulled = row.pullbacks(trial.rule)
          return pulled.indices.contains(index) && pulled[index] != nil
        }
        #expect(isGiven, "\(row.name), operand \(index): its rule says nothing")
        count += 1
      }
    }
    #expect(table.count >= 110 && count >= 115, "\(table.count) rows, \(count) arguments")
  }

  @Test(arguments: rows)
  func aRuleThatIsOneHundredthOffIsNamedAtItsEntry(_ row: Primitive) throws {
    let trials = row.trials().filter { !$0.operands.isEmpty }
    guard let first = trials.first else { return }
    for index in Self.sloped(row) {
      var isSeen = false
      for trial in trials + first.others {
        if isSeen, !trials.contains(where: { $0.operands == trial.operands }) { break }
        let rules = row.pullbacks(trial.rule)
        guard rules.indices.contains(index), rules[index] != nil else { continue }
        let found = Result { try Program(trial, perturbing: index).check(by: index) }
        // At its kink a row of `set kinks error` stops.
        if row.stopsAtItsKink, !trials.contains(where: { $0.operands == trial.operands }),
          case .failure = found
        {
          continue
        }
        let check = try found.get()
        // Where the slope is 0, one hundredth of it is nothing to be seen.
        guard check.inputs[0].gradient.contains(where: { $0.magnitude > 1e-9 }) else { continue }
        isSeen = true
        guard case .wrong(let wrong?) = check.inputs[0].verdict else {
          Issue.record("\(row.name)\(trial), operand \(index): \(check.inputs[0].verdict)")
          continue
        }
        #expect(check.straight.list[wrong.slot].code == Code.custom, "\(row.name)\(trial)")
        #expect(wrong.operand == index, "\(row.name)\(trial)")
        #expect(check.isWrong)
      }
      #expect(isSeen, "\(row.name): nothing to be seen of operand \(index)")
    }
  }

  @Test(arguments: rows)
  func theRuleAsItIsIsFoundCorrect(_ row: Primitive) throws {
    for trial in row.trials() where !trial.operands.isEmpty {
      for index in trial.operands.indices where row.isDifferentiable(operand: index) {
        let check = try Program(trial, perturbing: nil).check(by: index)
        switch check.inputs[0].verdict {
        case .correct(let digits, _): #expect(digits >= 6, "\(row.name)\(trial), operand \(index)")
        case .detached, .independent: continue
        default: Issue.record("\(row.name)\(trial), operand \(index): \(check.inputs[0].verdict)")
        }
      }
    }
  }

  /// Operands that are computed, one entry of a row whose rule may be wrong, and their sum.
  private struct Program {
    var list = List()
    var inputs: [Slot] = []
    var output = Slot(0)

    init(_ trial: Trial, perturbing wrong: Int?) throws {
      inputs = trial.operands.map {
        list.appendData($0.elements, shape: $0.shape, isInput: true)
      }
      // The row is neither the first nor the last entry, so that its name has to be found.
      let before = try inputs.map { try list.append(.div, [$0, list.appendNumber(4)]) }
      let operands = try before.map { try list.append(.mul, [list.appendNumber(4), $0]) }
      let entry: Slot
      if let wrong {
        entry = list.appendStructure(
          Code.custom, operands, .custom(try Program.custom(trial, wrong)),
          shape: trial.resultShape)
      } else {
        entry = list.appendOperation(
          trial.row.code, operands, trial.statics, shape: trial.resultShape)
      }
      let weights = list.appendData(
        (0..<trial.resultShape.count).map { 1 + 0.1 * Double($0) }, shape: trial.resultShape,
        isInput: false)
      output = try list.append(
        .sum, [try list.append(.mul, [weights, entry])], [Argument.noAxis, 0])
    }

    /// The row as a rule of its own, with one hundredth too much for an operand.
    private static func custom(_ trial: Trial, _ wrong: Int) throws -> Custom {
      var value = List()
      let operands = trial.shapes.map { value.appendParameter(shape: $0) }
      value.results = [
        value.appendOperation(
          trial.row.code, operands, trial.statics, shape: trial.resultShape)
      ]
      let parts = try trial.row.pullbacks(trial.rule).enumerated().map { index, formula in
        try formula.map { formula -> Custom.Part in
          var list = List()
          let operands = trial.shapes.map { list.appendParameter(shape: $0) }
          let result = list.appendParameter(shape: trial.resultShape)
          let bar = list.appendParameter(shape: trial.resultShape)
          var amount = try list.append(formula, operands: operands, result: result, bar: bar)
          let shape = trial.shapes[index]
          if list.shape(amount) != shape {
            let row: Primitive =
              list.shape(amount).broadcast(shape) == shape ? .broadcast : .sumto
            amount = try list.append(row, [amount], shape.extents)
          }
          if index == wrong { amount = try list.append(.mul, [list.appendNumber(1.01), amount]) }
          list.results = [amount]
          return Custom.Part(isPartial: false, list: list.pruned())
        }
      }
      return Custom(
        name: "row", parameterNames: operands.indices.map { "x\($0)" }, value: value, parts: parts)
    }

    func check(by index: Int) throws -> GradientCheck {
      try GradientCheck.make(
        of: output, wrt: [inputs[index]], in: list, symbols: Symbols())
    }
  }
}

extension Trial {
  /// The same operands the other way round, and with zeros for the first: the other side of a choice.
  fileprivate var others: [Trial] {
    let zeros = TestArray(shapes[0], Array(repeating: 0, count: shapes[0].count))
    return [Array(operands.reversed()), [zeros] + operands.dropFirst()].compactMap {
      try? Trial(row, $0, statics)
    }
  }
}
