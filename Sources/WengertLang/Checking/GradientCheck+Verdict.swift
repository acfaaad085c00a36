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
      // Beside numbers that are much larger a kink is not to be seen.
      return kink == nil || found.error < 1e-6 ? evidence.correct(to: 15) : .kink(kink)
    }
    guard isTwice, found.error < 1e-3 * max(size, found.slope.magnitude) else {
      return witnesses.roundingDigits < 6 || !isTwice ? .imprecise : .noise
    }
    let digits = Agreement.digits(ofError: max(error, found.error / 8) / size)
    return evidence.correct(to: digits)
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
