import Testing

@testable import WengertLang

/// The laws of the table notice every small change of a rule: each formula that an operand's slope
/// is made of is changed in turn, and differences of the value tell.
@Suite struct RuleMutationTests {
  private static let rows = Catalogue.all.filter { !$0.isInternal && $0.base == nil }

  /// The ways in which a formula is spoilt.
  private enum Kind: String, CaseIterable {
    case hundredth, sign, swapped, dropped
  }

  @Test func everySpoiltRuleIsCaughtByItsLaw() throws {
    var caught: [Kind: Int] = [:]
    var spared = 0
    for row in Self.rows {
      let trials = row.trials()
      // Every shape has its own formula, so each is spoilt.
      let counts = trials.map { row.pullbacks($0.rule).count }
      for index in 0..<(counts.max() ?? 0) {
        for kind in Kind.allCases {
          for place in 0..<64 {
            var isThere = false
            var isNoticed = false
            var isOther = false
            for trial in trials {
              let pulled = row.pullbacks(trial.rule)
              guard pulled.indices.contains(index), let formula = pulled[index] else { continue }
              var counter = place
              guard let mutant = formula.spoilt(kind, trial, &counter) else { continue }
              isThere = true
              let verdict = try Self.examine(mutant, formula, trial, index)
              isNoticed = isNoticed || verdict.isNoticed
              isOther = isOther || verdict.isOther
            }
            guard isThere else { break }
            // What gives the same numbers everywhere is another way to write the rule.
            guard isOther else {
              spared += 1
              continue
            }
            #expect(isNoticed, "\(row.name), operand \(index): \(kind) at \(place)")
            caught[kind, default: 0] += 1
          }
        }
      }
    }
    for kind in Kind.allCases {
      #expect(caught[kind] ?? 0 >= 100, "\(kind): \(caught[kind] ?? 0)")
    }
    #expect(spared * 4 < caught.values.reduce(0, +), "\(spared) of \(caught)")
  }

  /// Holds a spoilt formula to the slope of the value, as the law does, and to the formula itself
  /// at other numbers.
  private static func examine(
    _ mutant: Formula, _ formula: Formula, _ trial: Trial, _ index: Int
  ) throws -> (isNoticed: Bool, isOther: Bool) {
    var trial = trial
    let w = trial.numbers(trial.resultShape)
    let direction = trial.numbers(trial.shapes[index])
    let slope = try trial.slope(along: direction, of: index) {
      try trial.row.value($0, trial.statics).inner(w)
    }
    func claim(_ formula: Formula, _ operands: [TestArray]) -> TestArray? {
      let shape = trial.shapes[index]
      guard let value = try? trial.closed(formula).value(operands + [w]),
        shape.broadcast(value.shape) == value.shape
      else { return nil }
      return value.shape == shape ? value : value.summed(to: shape)
    }
    // What cannot be computed is noticed at once.
    guard let claimed = claim(mutant, trial.operands) else { return (true, true) }
    let isNoticed = !close(claimed.inner(direction), slope)
    var isOther = isNoticed
    for _ in 0..<3 where !isOther {
      let elsewhere = trial.operands.enumerated().map { place, operand in
        trial.row.isDifferentiable(operand: place)
          ? operand.moved(0.01, along: trial.numbers(operand.shape)) : operand
      }
      guard let right = claim(formula, elsewhere), let other = claim(mutant, elsewhere) else {
        continue
      }
      isOther = !close(right.inner(direction), other.inner(direction))
    }
    return (isNoticed, isOther)
  }
}

extension Formula {
  /// The formula with one part spoilt, the `place`-th that can be; nil when there are fewer.
  fileprivate func spoilt<K: RawRepresentable>(
    _ kind: K, _ trial: Trial, _ place: inout Int
  ) -> Formula? where K.RawValue == String {
    if let changed = changed(kind.rawValue, trial) {
      if place == 0 { return changed }
      place -= 1
    }
    guard case .apply(let row, let parts, let statics) = self else { return nil }
    for (index, part) in parts.enumerated() {
      guard let inner = part.spoilt(kind, trial, &place) else { continue }
      var others = parts
      others[index] = inner
      return .apply(row, others, statics)
    }
    return nil
  }

  /// This very part spoilt, where that is possible.
  private func changed(_ kind: String, _ trial: Trial) -> Formula? {
    switch (kind, self) {
    case ("hundredth", .bar): return .apply(.mul, [1.01, self], [])
    case ("hundredth", .number(let value)) where value != 0: return .number(1.01 * value)
    case ("sign", .bar): return .apply(.neg, [self], [])
    case ("swapped", .operand(let index)):
      let other = trial.shapes.indices.first {
        $0 != index && trial.shapes[$0] == trial.shapes[index]
          && trial.row.isDifferentiable(operand: $0)
      }
      if let other { return .operand(other) }
      return trial.resultShape == trial.shapes[index] ? .result : nil
    case ("swapped", .result):
      let other = trial.shapes.firstIndex(of: trial.resultShape)
      return other.map { .operand($0) }
    case ("dropped", .apply(let row, let parts, _)) where parts.count == 2:
      guard row.identity.product != nil || row == .matmul else { return nil }
      return parts[1].hasBar ? parts[1] : parts[0]
    default: return nil
    }
  }
}
