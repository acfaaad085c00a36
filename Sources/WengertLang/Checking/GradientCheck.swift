/// Whether the derivative of a value by its inputs can be trusted, without a tolerance being asked
/// for.
///
/// Five witnesses that know nothing of each other: the reverse sweep, the forward sweep, complex
/// numbers, differences of the whole program at a sweep of steps, and each entry by itself.
struct GradientCheck: Sendable {
  /// What is said of one input.
  enum Verdict: Sendable {
    /// Rounding is left aside where no bound on it is known.
    case correct(digits: Int, isBounded: Bool)
    /// A rule is wrong, that of an entry where one could be named.
    case wrong(EntryCheck?)
    /// As `wrong`, by a rule that is meant to be something else than the derivative.
    case declared(EntryCheck)
    /// The rules are right as far as differences can tell, which is not far.
    case noise
    /// The value has no slope there, because of an entry where one could be named.
    case kink(EntryCheck?)
    /// However small the step, the program takes another way.
    case branch(Span?)
    /// Rounding leaves no digits of the value's change.
    case imprecise
    case notFinite
    /// No change of the input reaches the value.
    case independent
    /// The input only decides which way the program takes.
    case decides
    /// The input reaches the value only through an entry without a slope.
    case detached(Slot)
  }

  /// The slopes along one direction, as the witnesses give them.
  struct Evidence: Sendable {
    /// The sum of the sizes that `reverse` is the sum of.
    var size = 0.0
    var reverse = 0.0
    var forward = 0.0
    var complex: Double?
    /// The operation that has no complex form.
    var refused: String?
    var sweep: DifferenceSweep
    /// What rounding may make of the slope, nil where no bound is known.
    var rounding: Double?
    /// The digits that rounding, as far as it is known, leaves of the slope.
    var digits: Int {
      guard let rounding, rounding > 0 else { return 16 }
      // Where all has cancelled, nothing that is left can be trusted.
      return size > 0 ? Agreement.digits(ofError: rounding / size) : 0
    }
    /// What the direction of a number is longer than 1 by.
    var scale = 1.0
    /// What rounding may make of the slope by one of a number, nil where no bound is known.
    var slopeRounding: Double? { rounding.map { $0 / scale.magnitude } }
  }

  /// One input with its verdict.
  struct Input: Sendable {
    var slot: Slot
    var verdict: Verdict
    var evidence: Evidence?
    var gradient: [Double]
    /// What the input decides beside what it hands on.
    var decisions: [DecidingInput] = []
    /// The elements that have clearly fewer digits than the verdict says.
    var small: SmallElements?
  }

  let straight: StraightList
  let labels: Labels
  let output: Slot
  /// What the value is called.
  let name: String
  private(set) var inputs: [Input] = []
  /// The entries that were checked by themselves.
  private(set) var entries: [EntryCheck] = []
  /// How many entries there are that a change of the inputs reaches.
  private(set) var reachedCount = 0

  /// Whether a derivative is wrong.
  var isWrong: Bool {
    inputs.contains {
      switch $0.verdict {
      case .wrong: true
      case .kink: !$0.isSubgradient
      default: false
      }
    }
  }

  /// Entries beyond this number are sampled, unless something is wrong.
  private static let sampleCount = 300
  /// Entries beyond this number are sampled even then.
  private static let searchCount = 20_000

  /// Checks the gradient of y by some inputs; without any, by all.
  static func make(
    of y: Slot, wrt targets: [Slot], in list: List, symbols: Symbols
  ) throws(ExplanationError) -> GradientCheck {
    var check = try GradientCheck(y, targets, list, symbols)
    let run = try Witnesses(check.straight, output: check.output, original: list, y: y)
    var asked = targets
    if asked.isEmpty {
      let places = check.straight.origins
      asked = check.labels.lines.filter { check.straight.list[$0].code == Code.input }
        .compactMap { places[$0] }
    }
    try check.examine(asked, run)
    return check
  }

  private init(
    _ y: Slot, _ targets: [Slot], _ list: List, _ symbols: Symbols
  ) throws(ExplanationError) {
    var straight = try StraightList(list, roots: [y] + targets)
    guard let output = straight.places[y] else { throw .notThere }
    do { try straight.run() } catch { throw .fault(error) }
    let wanted = targets.compactMap { straight.places[$0] }
    labels = Labels(straight, roots: [output] + wanted, symbols: symbols)
    self.straight = straight
    self.output = output
    name = list.name(y).map { symbols[$0] } ?? labels.name(output)
  }

  private mutating func examine(
    _ targets: [Slot], _ witnesses: Witnesses
  ) throws(ExplanationError) {
    let places = targets.compactMap { straight.places[$0] }
    let reached = straight.list.affected(by: places, for: output)
    reachedCount = reached.count { $0 } - places.count { reached[$0.place] }
    try checkEntries(reached, witnesses, limit: Self.sampleCount)
    for _ in 0..<2 {
      inputs = []
      for target in targets {
        guard let place = straight.places[target] else { throw .notThere }
        inputs.append(try judge(target, place, witnesses))
      }
      let isNameless = inputs.contains {
        if case .wrong(nil) = $0.verdict { true } else { false }
      }
      guard isNameless, entries.count < reachedCount else { return }
      try checkEntries(reached, witnesses, limit: Self.searchCount)
    }
  }

  /// Checks entries by themselves: all, or some of many.
  private mutating func checkEntries(
    _ reached: [Bool], _ witnesses: Witnesses, limit: Int
  ) throws(ExplanationError) {
    let list = straight.list
    let all = (0...output.place).map { Slot($0) }.filter { slot in
      let row = list.primitive(slot)
      return reached[slot.place] && (!row.isInternal || list[slot].code == Code.custom)
        && list.operands(slot).contains { reached[$0.place] } && !list.shape(slot).isHistory
    }
    reachedCount = all.count
    let step = max(1, (all.count + limit - 1) / limit)
    var directions = Directions()
    entries = []
    for (index, slot) in all.enumerated() where index % step == 0 || index == all.count - 1 {
      do {
        let checks = try EntryCheck.check(
          slot, in: list, straight.values, depends: { reached[$0.place] }, &directions)
        let isNear = witnesses.kinks.isNear(slot)
        entries += isNear ? checks : checks.map(\.withoutKink)
      } catch { throw .fault(error) }
      if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
    }
  }

  private func judge(
    _ target: Slot, _ place: Slot, _ witnesses: Witnesses
  ) throws(ExplanationError) -> Input {
    let reached = straight.list.affected(by: [place], for: output)
    let gradient = try witnesses.gradient(by: place)
    var input = Input(slot: place, verdict: .independent, gradient: gradient)
    input.decisions = straight.decisions(by: [place])
    if !reached[output.place] {
      if witnesses.isReached(target) { input.verdict = .decides }
      guard input.decisions.contains(where: { $0.way == .tie }) else { return input }
    }
    let mine = entries.filter { reached[$0.slot.place] && isReached($0, reached) }
    if let value = straight.values.view(output, in: straight.list)?.array,
      !value.isFinite || !gradient.isFinite
    {
      input.verdict = .notFinite
      return input
    }
    func look(_ reach: Directions.Reach) throws(ExplanationError) {
      var worst: (evidence: Evidence, verdict: Verdict)?
      for way in witnesses.ways(place, reach) {
        let evidence = try witnesses.evidence(target, place, gradient, along: way)
        let branch = try witnesses.changedBranch(target, place, along: way)
        let verdict = try weighed(
          verdict(evidence, mine, branch, witnesses), evidence, place, way, reached, witnesses)
        if worst.map({ verdict.weight > $0.verdict.weight }) ?? true { worst = (evidence, verdict) }
      }
      guard let worst, reach == .whole || worst.verdict.isSettled else { return }
      (input.evidence, input.verdict) = worst
    }
    try look(.whole)
    if input.verdict.isOpen { try look(.near) }
    if case .correct = input.verdict {
      try weigh(&input, bySize: place, mine, witnesses)
      try weigh(&input, bySlope: place, witnesses)
    }
    if case .branch(nil) = input.verdict {
      let ties = input.decisions.filter { $0.way == .tie }
      input.verdict = .branch((ties + input.decisions).first?.span)
    }
    let activity = Activity(straight.list, targets: [place], end: output.place + 1)
    if !activity[output], case .correct = input.verdict {
      let flat = (0...output.place).map { Slot($0) }.first { slot in
        reached[slot.place] && !activity[slot]
          && straight.list.operands(slot).contains { activity[$0] }
      }
      if let flat { input.verdict = .detached(flat) }
    }
    return input
  }

  private func isReached(_ check: EntryCheck, _ reached: [Bool]) -> Bool {
    let operands = straight.list.operands(check.slot)
    return operands.indices.contains(check.operand) && reached[operands[check.operand].place]
  }
}

extension GradientCheck.Input {
  /// Whether the slope that is used lies between those of the two sides.
  var isSubgradient: Bool {
    guard let sweep = evidence?.sweep, let used = evidence?.reverse else { return true }
    guard let lower = sweep.lower?.reliableSlope, let upper = sweep.upper?.reliableSlope else {
      return true
    }
    if sweep.jump(sweep.above) != nil || sweep.jump(sweep.below) != nil { return true }
    let slack = 1e-6 * max(lower.magnitude, upper.magnitude, used.magnitude)
    return min(lower, upper) - slack <= used && used <= max(lower, upper) + slack
  }
}
