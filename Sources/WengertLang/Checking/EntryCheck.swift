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
  static let fewElements = 4096
  /// Steps that change the rounding of a claim more than the claim.
  static let nudges = [0x1p-47, 0x1p-37, 0x1p-27, 0x1p-17]

  /// The same where the row has no kinks near by: what looks like one is rounding, or a curve that
  /// steps are too long for.
  var withoutKink: EntryCheck {
    var check = self
    if finding.isKink { check.finding = .unclear }
    if around?.isKink == true { check.around = nil }
    return check
  }

  /// Checks an entry of a list that has run, operand by operand.
  ///
  /// - Parameter depends: which operands a change reaches; others need no check.
  static func check(
    _ slot: Slot, in list: List, _ values: Values, depends: (Slot) -> Bool,
    _ directions: inout Directions
  ) throws(Fault) -> [EntryCheck] {
    guard let alone = Alone(slot, list, values, depends) else { return [] }
    var checks: [EntryCheck] = []
    for (index, operand) in list.operands(slot).enumerated() where depends(operand) {
      guard let whole = try alone.finding(index, .whole, &directions) else { continue }
      var check = EntryCheck(slot: slot, operand: index, finding: whole)
      if whole.weight > 0, let near = try alone.finding(index, .near, &directions),
        near.weight == 0
      {
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

  /// An entry by itself: copies of it do not depend on how long its list is.
  private struct Alone {
    private var list: List
    private let entry: Slot
    private var points: [[Double]] = []

    init?(_ slot: Slot, _ whole: List, _ values: Values, _ depends: (Slot) -> Bool) {
      let most = EntryCheck.isCut(slot, whole, depends) ? EntryCheck.fewElements : Int.max
      list = List(like: whole)
      var inputs: [Slot] = []
      for operand in whole.operands(slot) {
        guard let view = values.view(operand, in: whole) else { return nil }
        let point = view.read { Array($0.prefix(most)) }
        let shape = view.shape.count > most ? Shape([most]) : view.shape
        inputs.append(list.appendData(point, shape: shape, isInput: true))
        points.append(point)
      }
      let copy =
        most == Int.max
        ? list.appendEntry(slot, of: whole, reading: inputs)
        : try? list.append(whole.primitive(slot), inputs)
      guard let copy else { return nil }
      entry = copy
    }

    /// The worst that is found along all directions, nil where one of them finds nothing.
    func finding(
      _ index: Int, _ reach: Directions.Reach, _ directions: inout Directions
    ) throws(Fault) -> Finding? {
      let point = points[index]
      var ways = directions.directions(at: point, reach)
      if list.primitive(entry).isElementwise, point.count == list.shape(entry).count {
        // Elements that do not know of each other are compared one by one anyway.
        ways = [ways.reduce(point.map { _ in 0 }) { $0.moved(1, along: $1) }]
      }
      var worst: Finding?
      for way in ways {
        guard let found = try finding(index, along: way, &directions) else { return nil }
        if found.weight >= worst?.weight ?? 0 { worst = found }
      }
      return worst
    }

    private func finding(
      _ index: Int, along direction: [Double], _ directions: inout Directions
    ) throws(Fault) -> Finding? {
      let start = directions
      func trial(_ step: Double) -> (trial: Trial, after: Directions)? {
        var (points, random) = (points, start)
        points[index] = points[index].moved(step, along: direction)
        let trial = try? Trial(
          entry, of: list, at: points, moving: index, along: direction, &random)
        return trial.map { ($0, random) }
      }
      guard let (first, after) = trial(0) else { return nil }
      directions = after
      return try unlessLimited { () throws(Fault) in
        try first.finding(beside: {
          EntryCheck.nudges.map { [trial($0), trial(-$0)].compactMap { $0?.trial } }
        })
      }
    }
  }

  /// What a sweep says of a claimed slope.
  static func judge(_ claimed: Double, _ sweep: DifferenceSweep) -> Finding {
    guard sweep.center.isFinite, sweep.valueError.isFinite else { return .unclear }
    if sweep.jump(sweep.above) != nil || sweep.jump(sweep.below) != nil {
      return .jumps(used: claimed)
    }
    if sweep.isKinked {
      return .kinked(
        lower: sweep.lower?.reliableSlope, upper: sweep.upper?.reliableSlope, used: claimed)
    }
    guard let found = sweep.central else { return .unclear }
    let size = max(found.slope.magnitude, claimed.magnitude)
    // What a claim of 0 leaves out may be less than the rounding of a large value.
    guard found.error < (size == 0 ? 1e-6 : max(1e-3 * size, 1e-9)) else { return .unclear }
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
