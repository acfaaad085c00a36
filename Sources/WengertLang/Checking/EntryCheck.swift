/// One entry by itself: what its rule claims beside what its value does.
///
/// The rule's forward reading is held to differences of the entry's own value, the reverse reading
/// to the forward one by the dot-product identity, so that a wrong row is named where it stands.
struct EntryCheck: Sendable {
  /// What was found of one operand.
  enum Finding: Sendable {
    /// The claim holds to some digits.
    case right(digits: Int)
    /// The claim is not what differences give.
    case wrong(claimed: Double, found: DifferenceSweep.Estimate)
    /// The reverse reading of the rule is not the transpose of the forward one.
    case notTransposed(reverse: Double, forward: Double)
    /// The slopes below and above differ; nil where a side has none.
    case kinked(lower: Double?, upper: Double?, used: Double)
    /// The value jumps.
    case jumps(used: Double)
    /// Differences say nothing.
    case unclear
  }

  /// The entry and its operand.
  var slot: Slot
  var operand: Int
  var finding: Finding
  /// What was found farther away, where it is not so at the entry itself.
  var around: Finding?

  /// Values with more elements than this are tried with fewer steps, or by their first elements.
  private static let fewElements = 4096
  /// Steps that change the rounding of a claim more than the claim.
  private static let nudges = [0x1p-47, 0x1p-37, 0x1p-27, 0x1p-17]

  /// Checks an entry of a list that has run, operand by operand.
  ///
  /// - Parameter depends: which operands a change reaches; others need no check.
  static func check(
    _ slot: Slot, in list: List, _ values: Values, depends: (Slot) -> Bool,
    _ directions: inout Directions
  ) throws(Fault) -> [EntryCheck] {
    let operands = list.operands(slot)
    let most = isCut(slot, list, depends) ? fewElements : Int.max
    var points: [[Double]] = []
    // The entry alone: copies of it do not depend on how long the list is.
    var alone = List(like: list)
    var inputs: [Slot] = []
    for operand in operands {
      guard let view = values.view(operand, in: list) else { return [] }
      points.append(view.read { Array($0.prefix(most)) })
      let shape = view.shape.count > most ? Shape([most]) : view.shape
      inputs.append(alone.appendData(points[points.count - 1], shape: shape, isInput: true))
    }
    let entry =
      most == Int.max
      ? alone.appendEntry(slot, of: list, reading: inputs)
      : try? alone.append(list.primitive(slot), inputs)
    guard let entry else { return [] }
    var checks: [EntryCheck] = []
    for index in operands.indices where depends(operands[index]) {
      func finding(_ reach: Directions.Reach) throws(Fault) -> Finding? {
        let direction = directions.direction(at: points[index], reach)
        let start = directions
        func trial(_ step: Double) -> (trial: Trial, after: Directions)? {
          var (points, random) = (points, start)
          points[index] = points[index].moved(step, along: direction)
          let trial = try? Trial(
            entry, of: alone, at: points, moving: index, along: direction, &random)
          return trial.map { ($0, random) }
        }
        guard let (first, after) = trial(0) else { return nil }
        directions = after
        return try unlessLimited { () throws(Fault) in
          try first.finding(beside: {
            nudges.map { [trial($0), trial(-$0)].compactMap { $0?.trial } }
          })
        }
      }
      guard let whole = try finding(.whole) else { continue }
      var check = EntryCheck(slot: slot, operand: index, finding: whole)
      if whole.weight > 0, let near = try finding(.near), near.weight == 0 {
        (check.finding, check.around) = (near, whole)
      }
      checks.append(check)
    }
    return checks
  }

  /// Whether the first elements are tried alone: those of element-wise operations do not know of
  /// each other.
  private static func isCut(_ slot: Slot, _ list: List, _ depends: (Slot) -> Bool) -> Bool {
    let count = list.shape(slot).count
    return list.primitive(slot).isElementwise && count > fewElements
      && list.operands(slot).allSatisfy { operand in
        let size = list.shape(operand).count
        return size == count || (size == 1 && !depends(operand))
      }
  }

  /// A list with the entry at its point, and with what its rule says.
  private struct Trial {
    private var list: List
    private let steps: [Double]
    private let isElementwise: Bool
    private let point: [Double]
    private let direction: [Double]
    private let weights: [Double]
    private let input: Slot
    private let result: Slot
    /// The entry at shifted points; those of large values are run one by one.
    private var above: [Slot] = []
    private var below: [Slot] = []
    private let pushed: Slot?
    private let pulled: Slot?

    init(
      _ slot: Slot, of whole: List, at points: [[Double]], moving index: Int,
      along direction: [Double], _ directions: inout Directions
    ) throws(ShapeMismatch) {
      list = List(like: whole)
      let shapes = whole.operands(slot).map { whole.shape($0) }
      var inputs: [Slot] = []
      for (point, shape) in zip(points, shapes) {
        inputs.append(list.appendData(point, shape: shape, isInput: true))
      }
      input = inputs[index]
      result = list.appendEntry(slot, of: whole, reading: inputs)
      let count = list.shape(result).count
      let isLarge = max(count, points[index].count) > EntryCheck.fewElements
      steps = DifferenceSweep.steps(isLarge ? 12 : DifferenceSweep.most)
      if !isLarge {
        for step in steps + steps.map({ -$0 }) {
          var operands = inputs
          operands[index] = list.appendData(
            points[index].moved(step, along: direction), shape: shapes[index], isInput: true)
          let moved = list.appendEntry(slot, of: whole, reading: operands)
          if step > 0 { above.append(moved) } else { below.append(moved) }
        }
      }
      isElementwise = whole.primitive(slot).isElementwise && points[index].count == count
      (point, self.direction) = (points[index], direction)
      weights = count == 1 ? [1] : directions.weights(count)
      let tangent = list.appendData(direction, shape: shapes[index], isInput: true)
      pushed = try list.appendTangent(seeds: [(input, tangent)])[result]
      let bar = list.appendData(weights, shape: list.shape(result), isInput: true)
      pulled = try list.appendAdjoint(seeds: [(result, bar)], wrt: [input])[input]
    }

    /// What is compared of a value: the elements of an element-wise operation, or one weighted sum.
    private func projected(_ value: [Double]) -> [Double] {
      isElementwise ? Array(value.prefix(EntryCheck.fewElements)) : [value.inner(weights)]
    }

    /// The entry at the shifted points, with steps of one sign.
    private func moved(
      _ sign: Double, _ slots: [Slot], _ values: Values
    ) throws(Fault) -> [[Double]] {
      guard slots.isEmpty else { return slots.map { projected(list.elements($0, in: values)) } }
      let alone = Evaluation(list, inputs: [input], roots: [result])
      var found: [[Double]] = []
      for step in steps {
        let place = point.moved(sign * step, along: direction)
        let values = try alone.values(of: [result], replacing: [(input, place)])
        found.append(projected(values.first ?? []))
      }
      return found
    }

    /// What the rule says: the slopes that are compared, and the sum of all both ways.
    private struct Claims {
      var slopes: [Double]
      var forward: Double
      var reverse: Double
      /// What the sums are sums of, without signs.
      var size: Double
    }

    private func claims(_ values: Values) -> Claims {
      let count = list.shape(result).count
      let pushed =
        pushed.map { list.elements($0, in: values) } ?? Array(repeating: 0, count: count)
      let pulled = pulled.map { list.elements($0, in: values) } ?? []
      return Claims(
        slopes: projected(pushed), forward: pushed.inner(weights),
        reverse: pulled.inner(direction),
        size: zip(pushed, weights).reduce(0) { $0 + ($1.0 * $1.1).magnitude })
    }

    /// Runs the list and compares.
    ///
    /// - Parameter beside: pairs of trials near by, which say what rounding makes of the claims.
    func finding(beside: () -> [[Trial]]) throws(Fault) -> Finding {
      let values = try list.evaluated()
      let claims = claims(values)
      let center = projected(list.elements(result, in: values))
      let (upper, lower) = (try moved(1, above, values), try moved(-1, below, values))
      let length = direction.count == 1 ? direction[0] : 1
      var (worst, place) = (Finding.unclear, 0)
      for index in center.indices {
        if Kernel.isStopped { throw Fault(.interrupted) }
        let sweep = DifferenceSweep(
          center: center[index], steps: steps, above: upper.map { $0.at(index) },
          below: lower.map { $0.at(index) })
        // The slope by a number is told by one of it, not by the length of the direction.
        let unit = isElementwise ? direction.at(index) : length
        let finding = EntryCheck.judge(claims.slopes.at(index), sweep).scaled(by: 1 / unit)
        if index == 0 || finding.weight > worst.weight { (worst, place) = (finding, index) }
      }
      let unit = isElementwise ? direction.at(place) : length
      if case .wrong(let claimed, let found) = worst,
        try isRounding((claimed - found.slope) * unit, in: claims, beside, { $0.slopes.at(place) })
      {
        return .unclear
      }
      let gap = claims.forward - claims.reverse
      if worst.weight < Finding.jumps(used: 0).weight, gap.isFinite,
        gap.magnitude > 1e-7 * max(claims.size, claims.reverse.magnitude),
        try !isRounding(gap, in: claims, beside, { $0.forward - $0.reverse }),
        try gap.magnitude > 4 * roundingOfBoth()
      {
        return .notTransposed(
          reverse: claims.reverse / length, forward: claims.forward / length)
      }
      return worst
    }

    /// What rounding may make of the reverse reading and of the forward one, 0 without a bound.
    private func roundingOfBoth() throws(Fault) -> Double {
      guard let pushed, let pulled else { return 0 }
      let written = try unlessLimited { () throws(Fault) in
        try Straightener.straighten(list, roots: [pushed, pulled])
      }
      guard let written else { return 0 }
      var sum = 0.0
      for (slot, weights) in [(pushed, weights), (pulled, direction)] {
        guard let place = written.places[slot] else { continue }
        sum += try RoundingBound.total(of: place, in: written, weights: weights) ?? 0
      }
      return sum
    }

    /// Whether an error is no larger than what rounding makes of a part of the claims.
    ///
    /// That shows in how far the mean of both sides is from the middle.
    private func isRounding(
      _ error: Double, in claims: Claims, _ beside: () -> [[Trial]], _ part: (Claims) -> Double
    ) throws(Fault) -> Bool {
      var spread = 0.0
      for pair in beside() {
        var sides: [Double] = []
        for trial in pair {
          let values = try unlessLimited { () throws(Fault) in try trial.list.evaluated() }
          if let values { sides.append(part(trial.claims(values))) }
        }
        guard sides.count == 2 else { continue }
        spread = max(spread, ((sides[0] + sides[1]) / 2 - part(claims)).magnitude)
      }
      return error.magnitude <= 8 * spread
    }
  }

  /// What a sweep says of a claimed slope.
  static func judge(_ claimed: Double, _ sweep: DifferenceSweep) -> Finding {
    guard sweep.center.isFinite else { return .unclear }
    if sweep.jump(sweep.above) != nil || sweep.jump(sweep.below) != nil {
      return .jumps(used: claimed)
    }
    if sweep.isKinked {
      return .kinked(
        lower: sweep.lower?.reliableSlope, upper: sweep.upper?.reliableSlope, used: claimed)
    }
    guard let found = sweep.central else { return .unclear }
    let size = max(found.slope.magnitude, claimed.magnitude)
    guard found.error < 1e-3 * size || size == 0 || found.error < 1e-9 else { return .unclear }
    guard !claimed.isNaN else { return .unclear }
    let error = (found.slope - claimed).magnitude
    // A difference as small as that is rounding, whatever the neighbours say.
    guard error <= 8 * found.error || error < 1e-6 * size else {
      return .wrong(claimed: claimed, found: found)
    }
    return .right(digits: Agreement.digits(claimed, found.slope, size: max(size, found.error)))
  }
}

extension EntryCheck.Finding {
  /// How much it matters.
  var weight: Int {
    switch self {
    case .right: 0
    case .unclear: 1
    case .jumps: 2
    case .kinked: 3
    case .notTransposed: 4
    case .wrong: 5
    }
  }

  /// The same with slopes that are measured in another unit.
  func scaled(by factor: Double) -> EntryCheck.Finding {
    switch self {
    case .wrong(let claimed, let found) where claimed * factor == found.slope * factor:
      // Both are 0 in that unit.
      .right(digits: 16)
    case .wrong(let claimed, let found):
      .wrong(
        claimed: claimed * factor,
        found: .init(
          slope: found.slope * factor, error: found.error * factor.magnitude, step: found.step))
    case .kinked(let lower, let upper, let used):
      .kinked(
        lower: lower.map { $0 * factor }, upper: upper.map { $0 * factor }, used: used * factor)
    case .jumps(let used): .jumps(used: used * factor)
    case .notTransposed, .right, .unclear: self
    }
  }

  /// Whether nothing can be said.
  var isUnclear: Bool { weight == 1 }
  /// Whether a rule is wrong.
  var isWrong: Bool { weight >= 4 }
  /// Whether the entry has no slope there.
  var isKink: Bool { weight == 2 || weight == 3 }
}

extension List {
  /// Appends a copy of an entry of another list, each of its operands in a place of its own.
  fileprivate mutating func appendEntry(
    _ slot: Slot, of whole: List, reading operands: [Slot]
  ) -> Slot {
    let copy = copy(slot, from: whole, places: Array(repeating: operands[0], count: whole.count))
    replaceOperands(of: copy, by: operands)
    return copy
  }
}

extension [Double] {
  /// An element, nan where there is none.
  fileprivate func at(_ index: Int) -> Double { indices.contains(index) ? self[index] : .nan }
}
