/// A new row of the derivative table is checked when it is defined.
extension Session {
  /// Tries a rule at random and at edge points, and refuses it when its value says otherwise.
  mutating func check(_ rule: RuleStatement, in tree: Tree) throws(Refusal) {
    guard !rule.isUnchecked, !rule.parts.isEmpty,
      case .defined(let definition)? = lowering.findFunction(rule.name)
    else { return }
    var outcome = TrialOutcome.misfit
    for shapes in Self.trialShapes(of: definition.parameters.count, uniform: true) {
      outcome = max(outcome, try tryRule(rule, definition, shapes, in: tree))
    }
    if outcome != .compared {
      for shapes in Self.trialShapes(of: definition.parameters.count, uniform: false) {
        outcome = max(outcome, try tryRule(rule, definition, shapes, in: tree))
        if outcome == .compared { return }
      }
      lowering.warnings.append(
        .untriedRule(
          lowering.symbols[rule.name], fits: outcome == .unclear, at: tree.span(rule.value)))
    }
  }

  /// What trials of a rule have come to.
  private enum TrialOutcome: Comparable {
    /// The value takes no such operands.
    case misfit
    /// There is a value, and nothing to say of its slopes: it is nan, or no number at all.
    case unclear
    /// A slope was compared with differences.
    case compared
  }

  /// Numbers, vectors and square matrices: all alike, or in every mixture.
  private static func trialShapes(of count: Int, uniform: Bool) -> [[Shape]] {
    let each = [Shape.scalar, Shape([3]), Shape([3, 3])]
    if uniform { return each.map { Array(repeating: $0, count: count) } }
    guard count <= 4 else { return [] }
    return (0..<count).reduce([[]]) { known, _ in
      known.flatMap { shapes in each.map { shapes + [$0] } }
    }
  }

  /// The numbers that operands are made of: any, whole ones, small, large and equal ones.
  private static let sizes: [(scale: Double, shift: Double, isWhole: Bool)] = [
    (1.9, 0.1, false), (1, 1.5, false), (3, -1, false), (0.4, 0, false), (1, 1e-3, true),
    (0, 0, true), (0, 1, true), (0, -1, true), (1e-6, 0, false), (20, 0, false),
  ]

  /// Tries a rule at operands of some shapes.
  private func tryRule(
    _ rule: RuleStatement, _ definition: Definition, _ shapes: [Shape], in tree: Tree
  ) throws(Refusal) -> TrialOutcome {
    var directions = Directions(seed: 11)
    var outcome = TrialOutcome.misfit
    for size in Self.sizes {
      var scratch = lowering
      scratch.outlet = Outlet()
      scratch.warnings = []
      let first = scratch.program.count
      let operands = shapes.map { shape in
        let elements = directions.weights(shape.count).map { weight in
          let element = size.scale * (2 * weight.magnitude - 1) * (weight < 0 ? -1 : 1) + size.shift
          return size.isWhole ? element.rounded() : element
        }
        return scratch.list.appendData(elements, shape: shape, isInput: true)
      }
      let arguments = operands.map { Value.slot($0, depth: 0) }
      let value: Value
      do {
        value = try scratch.call(
          .defined(definition), with: arguments, in: tree, at: tree.span(rule.value))
      } catch {
        // Shapes may not fit; whatever else is wrong is said where the rule is called.
        if !error.diagnostic.code.hasPrefix("E03") { return .compared }
        continue
      }
      guard let entry = value.leaves.first?.slot else { continue }
      let list = scratch.program.part(from: first, through: entry)
      guard let values = try? list.evaluated() else { continue }
      outcome = max(outcome, .unclear)
      let found = try? EntryCheck.check(
        list.lastSlot, in: list, values, depends: { _ in true }, &directions)
      guard let checks = found else { continue }
      if checks.contains(where: { !$0.finding.isUnclear }) { outcome = .compared }
      for found in checks where found.finding.isWrong {
        let parameter = definition.parameters[found.operand]
        guard let part = rule.parts.first(where: { $0.parameter == parameter }) else { continue }
        let point =
          shapes[found.operand].isScalar ? values.view(Slot(found.operand), in: list) : nil
        throw Refusal(
          diagnostic: .wrongRule(
            lowering.symbols[rule.name], lowering.symbols[parameter],
            CheckRenderer().facts(found.finding, at: point?.number), at: tree.span(part.value)))
      }
    }
    // A rule whose trial was stopped is no tried rule.
    if Kernel.isStopped { throw Refusal(diagnostic: .stopped(at: tree.span(rule.value))) }
    return outcome
  }
}
