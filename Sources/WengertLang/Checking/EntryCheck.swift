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

  /// Values with more elements than this are tried with fewer steps.
  private static let fewElements = 4096

  /// Checks an entry of a list that has run, operand by operand.
  ///
  /// - Parameter depends: which operands a change reaches; others need no check.
  static func check(
    _ slot: Slot, in list: List, _ values: Values, depends: (Slot) -> Bool,
    _ directions: inout Directions
  ) -> [EntryCheck] {
    let operands = list.operands(slot)
    var points: [[Double]] = []
    // The entry alone: copies of it do not depend on how long the list is.
    var alone = List()
    var inputs: [Slot] = []
    for operand in operands {
      guard let view = values.view(operand, in: list) else { return [] }
      points.append(view.array)
      inputs.append(alone.appendData(view.array, shape: view.shape, isInput: true))
    }
    let entry = alone.appendEntry(slot, of: list, reading: inputs)
    var checks: [EntryCheck] = []
    for index in operands.indices where depends(operands[index]) {
      let direction = directions.direction(at: points[index])
      guard
        let trial = try? Trial(
          entry, of: alone, at: points, moving: index, along: direction, &directions),
        let finding = try? trial.finding()
      else { continue }
      checks.append(EntryCheck(slot: slot, operand: index, finding: finding))
    }
    return checks
  }

  /// A list with the entry at its point, at shifted ones, and with what its rule says.
  private struct Trial {
    private var list = List()
    private let steps: [Double]
    private let isElementwise: Bool
    private let direction: [Double]
    private let weights: [Double]
    private let input: Slot
    private let result: Slot
    private var above: [Slot] = []
    private var below: [Slot] = []
    private let pushed: Slot?
    private let pulled: Slot?

    init(
      _ slot: Slot, of whole: List, at points: [[Double]], moving index: Int,
      along direction: [Double], _ directions: inout Directions
    ) throws(ShapeMismatch) {
      let shapes = whole.operands(slot).map { whole.shape($0) }
      var inputs: [Slot] = []
      for (point, shape) in zip(points, shapes) {
        inputs.append(list.appendData(point, shape: shape, isInput: true))
      }
      input = inputs[index]
      result = list.appendEntry(slot, of: whole, reading: inputs)
      let count = list.shape(result).count
      let isLarge = max(count, points[index].count) > EntryCheck.fewElements
      steps = DifferenceSweep.steps(isLarge ? 12 : 32)
      for sign in [1.0, -1.0] {
        for step in steps {
          var operands = inputs
          operands[index] = list.appendData(
            points[index].moved(sign * step, along: direction), shape: shapes[index], isInput: true)
          let moved = list.appendEntry(slot, of: whole, reading: operands)
          if sign > 0 { above.append(moved) } else { below.append(moved) }
        }
      }
      isElementwise = whole.primitive(slot).isElementwise && points[index].count == count
      self.direction = direction
      weights = count == 1 ? [1] : directions.weights(count)
      let tangent = list.appendData(direction, shape: shapes[index], isInput: true)
      pushed = try list.appendTangent(seeds: [(input, tangent)])[result]
      let bar = list.appendData(weights, shape: list.shape(result), isInput: true)
      pulled = try list.appendAdjoint(seeds: [(result, bar)], wrt: [input])[input]
    }

    /// Runs the list and compares.
    func finding() throws(Fault) -> Finding {
      let values = try list.evaluated()
      func read(_ slot: Slot) -> [Double] { list.elements(slot, in: values) }
      let center = read(result)
      let claimed = pushed.map(read) ?? Array(repeating: 0, count: center.count)
      let (upper, lower) = (above.map(read), below.map(read))
      // An element-wise operation is checked element by element.
      let projections: [Projection] =
        isElementwise ? center.indices.map { .element($0) } : [.weighted(weights)]
      let length = direction.count == 1 ? direction[0] : 1
      var worst = Finding.unclear
      for (index, projection) in projections.prefix(EntryCheck.fewElements).enumerated() {
        let sweep = DifferenceSweep(
          center: projection.of(center), steps: steps, above: upper.map(projection.of),
          below: lower.map(projection.of))
        // The slope by a number is told by one of it, not by the length of the direction.
        let unit = isElementwise ? projection.of(direction) : length
        let finding = EntryCheck.judge(projection.of(claimed), sweep).scaled(by: 1 / unit)
        if index == 0 || finding.weight > worst.weight { worst = finding }
      }
      let forward = claimed.inner(weights)
      let reverse = pulled.map(read)?.inner(direction) ?? 0
      let size = zip(claimed, weights).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
      if worst.weight < Finding.jumps(used: 0).weight, forward.isFinite, reverse.isFinite,
        (forward - reverse).magnitude > 1e-7 * max(size, reverse.magnitude)
      {
        return .notTransposed(reverse: reverse / length, forward: forward / length)
      }
      return worst
    }
  }

  /// A number made from a value.
  fileprivate enum Projection {
    case element(Int)
    case weighted([Double])

    func of(_ value: [Double]) -> Double {
      switch self {
      case .element(let place): value.indices.contains(place) ? value[place] : .nan
      case .weighted(let weights): value.inner(weights)
      }
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
