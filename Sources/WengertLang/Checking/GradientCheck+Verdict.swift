/// From evidence to a verdict.
extension GradientCheck {
  /// What the witnesses say together.
  func verdict(
    _ evidence: Evidence, _ entries: [EntryCheck], _ branch: BranchChange, _ witnesses: Witnesses
  ) -> Verdict {
    let wrong = entries.filter { $0.finding.isWrong || $0.finding.isKink }
    if let meant = wrong.first(where: { isUnchecked($0) }) { return .declared(meant) }
    if let wrong = wrong.first(where: { $0.finding.isWrong }) { return .wrong(wrong) }
    if case .changed(let span) = branch { return .branch(span) }
    guard witnesses.isBounded else { return .imprecise }
    let sweep = evidence.sweep
    let kink = entries.first { $0.finding.isKink }
    if sweep.isKinked {
      // Rounding may have brought the operand of an entry as near to its kink as it is.
      let named = kink ?? entries.first { $0.around?.isKink == true }
      return named == nil ? unnamed(evidence, witnesses) : .kink(named)
    }
    let size = max(evidence.size, evidence.reverse.magnitude)
    // Two sweeps that use the same rules can differ by rounding only.
    let isTwice = Agreement.digits(evidence.reverse, evidence.forward, size: size) >= 6
    if evidence.digits < 3 { return .imprecise }
    if let complex = evidence.complex, isTwice {
      let digits = Agreement.digits(evidence.reverse, complex, size: size)
      if digits >= 6, kink == nil { return evidence.correct(to: digits) }
    }
    guard let found = sweep.central else { return .noise }
    // Along a long direction a slope may be seen that is 0 as a number.
    let isSame = found.slope / evidence.scale == evidence.reverse / evidence.scale
    let error = isSame ? 0 : (found.slope - evidence.reverse).magnitude
    guard error <= 8 * found.error || error <= 1e-7 * size else {
      if let kink { return .kink(kink) }
      if error <= 4 * (evidence.rounding ?? 0) { return .imprecise }
      if !isTwice, witnesses.roundingDigits < 6 { return .imprecise }
      return sweep.noise > 1e-7 * sweep.center.magnitude ? .noise : .wrong(nil)
    }
    if size == 0 {
      // A slope that a row does not tell of, in other arithmetic.
      if let complex = evidence.complex, complex.magnitude > 1e-12 { return .wrong(nil) }
      // Beside numbers that are much larger nothing is to be seen.
      guard found.error >= 1e-6 else { return evidence.correct(to: 15) }
      return kink.map { .kink($0) } ?? .noise
    }
    guard isTwice, found.error < 1e-3 * max(size, found.slope.magnitude) else {
      return witnesses.roundingDigits < 6 || !isTwice ? .imprecise : .noise
    }
    let digits = Agreement.digits(ofError: max(error, found.error / 8) / size)
    return evidence.correct(to: digits)
  }

  /// What differences say, beside what the rows say of their kinks.
  func weighed(
    _ verdict: Verdict, _ evidence: Evidence, _ place: Slot, _ way: [Double], _ reached: [Bool],
    _ witnesses: Witnesses
  ) throws(ExplanationError) -> Verdict {
    let kinks = witnesses.kinks
    switch verdict {
    case .kink(let found) where found.map({ !isUnchecked($0) }) ?? true:
      return try kinks.isPossible(place, way, reached) ? verdict : .noise
    case .wrong(nil):
      let size = max(evidence.size, evidence.reverse.magnitude)
      guard let complex = evidence.complex, size > 0, evidence.rounding?.isFinite == true,
        Agreement.digits(evidence.reverse, complex, size: size) >= 6,
        Agreement.digits(evidence.reverse, evidence.forward, size: size) >= 6
      else { return verdict }
      // Differences stand alone against numbers without a step.
      return .noise
    case .correct(let digits, let isBounded):
      if kinks.isUncertain(place, reached) { return .imprecise }
      guard let slot = kinks.entry(reached) else { return verdict }
      let effect = try kinks.effect(place, way)
      // Differences that would see the sides apart tell that they are not: kinks can cancel.
      guard effect > 0 else { return verdict }
      if kinks.isUncertain(slot) { return .imprecise }
      guard effect <= evidence.sweep.resolution || kinks.hasNeighbours(reached) else {
        return verdict
      }
      let size = max(evidence.size, evidence.reverse.magnitude)
      guard effect > 1e-12 * size else {
        return .correct(
          digits: min(digits, Agreement.digits(ofError: effect / size)), isBounded: isBounded)
      }
      let found = entries.first { $0.slot == slot && $0.finding.isKink }
      return .kink(
        found
          ?? EntryCheck(
            slot: slot, operand: 0, finding: .kinked(lower: nil, upper: nil, used: .nan)))
    default: return verdict
    }
  }

  /// What the witnesses that need no steps say of the elements of each size by themselves: what a
  /// small one does weighs nothing beside a large one.
  func weigh(
    _ input: inout Input, bySize place: Slot, _ mine: [EntryCheck], _ witnesses: Witnesses
  ) throws(ExplanationError) {
    let ways = witnesses.ways(place, .near)
    guard ways.count > 1, case .correct(var digits, var isBounded) = input.verdict else { return }
    let largest = input.gradient.reduce(0) { max($0, $1.magnitude) }
    for way in ways {
      let evidence = try witnesses.stepless(place, input.gradient, along: way)
      let size = max(evidence.size, evidence.reverse.magnitude)
      // What has cancelled to 0 is 0 by rounding.
      let own = size > 0 ? evidence.digits : evidence.rounding.map { $0 > 0 ? 0 : 16 } ?? 16
      // Elements whose slopes are small beside others have digits of their own.
      let isSmall = zip(input.gradient, way).allSatisfy { $1 == 0 || $0.magnitude < 1e-3 * largest }
      if !isSmall { digits = min(digits, own) }
      guard size > 0 else { continue }
      isBounded = isBounded && evidence.rounding != nil
      // Imaginary parts that are too small are 0.
      let complex = evidence.complex.flatMap { $0 == 0 ? nil : $0 }
      let others = [evidence.forward] + (complex.map { [$0] } ?? [])
      let agreeing = others.map { Agreement.digits(evidence.reverse, $0, size: size) }
      if let complex, agreeing.contains(where: { $0 < 6 }) {
        let error = (complex - evidence.reverse).magnitude
        if own >= 3, error > 4 * (evidence.rounding ?? 0) {
          input.evidence = evidence
          input.verdict = mine.first { isUnchecked($0) }.map { .declared($0) } ?? .wrong(nil)
          return
        }
      }
      if !isSmall { digits = min(digits, agreeing.min() ?? digits) }
    }
    input.verdict = digits >= 3 ? .correct(digits: digits, isBounded: isBounded) : .imprecise
  }

  private func isUnchecked(_ check: EntryCheck) -> Bool {
    guard case .custom(let custom)? = straight.list.structure(check.slot) else { return false }
    return custom.isUnchecked
  }

  /// A value without one slope, though every entry that was looked at has one.
  private func unnamed(_ evidence: Evidence, _ witnesses: Witnesses) -> Verdict {
    if evidence.digits < 3 || witnesses.roundingDigits < 6 { return .imprecise }
    let sweep = evidence.sweep
    if sweep.noise > 1e-10 * sweep.center.magnitude { return .noise }
    return .kink(nil)
  }
}

extension GradientCheck.Verdict {
  /// Whether differences that do not look as far might tell more.
  var isOpen: Bool {
    switch self {
    case .wrong(nil), .noise, .kink, .branch: true
    default: false
    }
  }

  /// What it weighs beside those of other directions: the least digits, and what is least sure.
  var weight: Int {
    switch self {
    case .correct(let digits, let isBounded): isBounded ? 16 - digits : 32 - digits
    case .independent, .decides, .detached, .notFinite: 40
    case .imprecise: 41
    case .noise: 42
    case .branch: 43
    case .kink: 44
    case .declared: 45
    case .wrong: 46
    }
  }

  /// Whether they do.
  var isSettled: Bool {
    switch self {
    case .correct, .imprecise: true
    default: false
    }
  }
}

extension GradientCheck.Evidence {
  /// As many digits as agree, and as rounding leaves where that is known.
  fileprivate func correct(to digits: Int) -> GradientCheck.Verdict {
    .correct(digits: min(digits, self.digits, 15), isBounded: rounding != nil)
  }
}

/// Whether the smallest steps take another way through the program.
enum BranchChange: Sendable {
  case none
  /// The `if` or `while` that decides, where it is known.
  case changed(Span?)
}
