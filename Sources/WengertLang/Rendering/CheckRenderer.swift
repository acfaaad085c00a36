/// The verdicts of a gradient check as text and as JSON.
struct CheckRenderer {
  var digits = 6
  var width = 100
  /// Whether the evidence stands below each verdict.
  var isFull = false
  /// The programs that spans point into.
  var sources: [SourceFile] = []

  func render(_ check: GradientCheck) -> Markup {
    let rows = check.inputs.map { (left: left($0, check), input: $0) }
    let column = rows.map(\.left.width).max() ?? 0
    var text = Markup()
    for (left, input) in rows {
      let (words, role) = verdict(input, check)
      text.appendLine(left.padded(to: column) + Markup("  ") + Markup(words, role))
      if isFull, let evidence = input.evidence {
        for line in self.evidence(evidence, check) { text.appendLine(Markup("  ") + line) }
      }
    }
    if isFull { text += entries(check) }
    return text.withoutLastBreak
  }

  private func left(_ input: GradientCheck.Input, _ check: GradientCheck) -> Markup {
    let (y, x) = (check.name, check.labels.name(input.slot))
    let name = Markup("d\(y)/d\(x)", .adjoint)
    let shape = check.straight.list.shape(input.slot)
    guard shape.isScalar, let slope = input.gradient.first else {
      return name + Markup(" \(shape)", .shape)
    }
    return name + Markup(" = ") + Markup(number(slope), .number)
  }

  private func number(_ value: Double?) -> String {
    value.map { NumberFormat.significant($0 == 0 ? 0 : $0, digits: digits) } ?? "none"
  }

  /// An entry as a list shows it.
  private func entry(_ slot: Slot, _ check: GradientCheck) -> String {
    ListRenderer(digits: digits, width: width).line(slot, check.straight, check.labels).plain
  }

  // MARK: verdicts

  /// The verdict in words.
  func verdict(
    _ input: GradientCheck.Input, _ check: GradientCheck
  ) -> (words: String, role: Markup.Role) {
    let y = check.name
    let x = check.labels.name(input.slot)
    switch input.verdict {
    case .correct(let digits, let isBounded):
      let aside = isBounded ? "" : ", rounding aside"
      let turns = input.decisions.map { "; " + DecisionWords(sources: sources).words($0, by: x) }
      return (
        "correct to \(counted(digits, "digit"))\(aside)\(small(input, check))\(turns.joined())",
        .success
      )
    case .wrong(let wrong?):
      return ("wrong rule at \(entry(wrong.slot, check)): \(complaint(wrong, check))", .error)
    case .declared(let meant):
      return (
        "another rule is meant at \(entry(meant.slot, check)): \(complaint(meant, check))", .warning
      )
    case .wrong(nil):
      return ("wrong, at no single entry: \(contradiction(input.evidence))", .error)
    case .noise:
      return ("difference noise only: the sweeps agree, differences cannot tell", .warning)
    case .kink(let kink): return (kinkWords(kink, input, check), .warning)
    case .branch(let span):
      return ("branch changed: \(place(span)) turns at this very point\(sides(input))", .warning)
    case .imprecise:
      return ("too little precision: `errors \(y)` says where the digits go", .warning)
    case .notFinite: return ("not finite: `why \(y) wrt \(x)` says where", .warning)
    case .decides:
      return ("\(x) only decides which way the program takes: it has no slope", .warning)
    case .independent: return ("\(y) does not depend on \(x)", .warning)
    case .detached(let slot):
      return ("\(x) reaches \(y) only through \(entry(slot, check)), which has no slope", .warning)
    }
  }

  /// The elements that have fewer digits.
  private func small(_ input: GradientCheck.Input, _ check: GradientCheck) -> String {
    guard let small = input.small else { return "" }
    let shown = small.places.prefix(Self.shownElements).map { element($0, input, check) }
    let others = small.places.count - shown.count
    let rest = others > 0 ? " and \(counted(others, "other"))" : ""
    let digits = small.digits == 0 ? "none" : "\(small.digits)"
    return "; small elements to \(digits): \(shown.joined(separator: ", "))\(rest)"
  }

  /// More elements than this are counted.
  private static let shownElements = 3

  /// An element of an input by its place.
  private func element(
    _ place: Int, _ input: GradientCheck.Input, _ check: GradientCheck
  ) -> String {
    let extents = check.straight.list.shape(input.slot).extents
    var (rest, indices) = (place, [String]())
    for extent in extents.reversed() {
      indices.insert("\(rest % max(1, extent))", at: 0)
      rest /= max(1, extent)
    }
    return "\(check.labels.name(input.slot))[\(indices.joined(separator: ", "))]"
  }

  /// A number of things in words.
  private func counted(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  /// Which witness says something else than the sweep.
  private func contradiction(_ evidence: GradientCheck.Evidence?) -> String {
    guard let evidence else { return "" }
    let (claimed, complex) = (evidence.reverse, evidence.complex)
    let isOther =
      complex.map { Agreement.digits(claimed, $0, size: claimed.magnitude) < 6 } ?? false
    let (witness, slope) =
      isOther ? ("complex numbers", complex) : ("differences", evidence.sweep.central?.slope)
    return "along a direction the sweep gives \(number(claimed / evidence.scale)), \(witness) "
      + number(slope.map { $0 / evidence.scale })
  }

  private func complaint(_ wrong: EntryCheck, _ check: GradientCheck) -> String {
    let operands = check.straight.list.operands(wrong.slot)
    let operand =
      operands.indices.contains(wrong.operand) ? check.labels.name(operands[wrong.operand]) : "?"
    switch wrong.finding {
    case .wrong(let claimed, let found):
      return "by \(operand) it gives \(number(claimed)), differences \(number(found.slope))"
    case .notTransposed(let reverse, let forward):
      return "by \(operand) it gives \(number(reverse)) in reverse, \(number(forward)) forward"
    case .kinked(_, _, let used), .jumps(let used):
      return "by \(operand) it gives \(number(used)), at a kink"
    default: return "by \(operand) complex numbers give another slope"
    }
  }

  /// What is wrong with a rule at a point.
  func facts(_ finding: EntryCheck.Finding, at point: Double?) -> String {
    let place = point.map { " at \(number($0))" } ?? ""
    switch finding {
    case .wrong(let claimed, let found):
      return "it gives \(number(claimed))\(place), differences give \(number(found.slope))"
    case .notTransposed(let reverse, let forward):
      return "it gives \(number(reverse)) in reverse\(place), \(number(forward)) forward"
    default: return "it is not clear\(place)"
    }
  }

  private func kinkWords(
    _ kink: EntryCheck?, _ input: GradientCheck.Input, _ check: GradientCheck
  ) -> String {
    let place = kink.map { ": \(entry($0.slot, check))" } ?? ""
    return "at a kink\(place)\(sides(input))"
  }

  /// The slopes on both sides, and the one that is used.
  private func sides(_ input: GradientCheck.Input) -> String {
    guard let evidence = input.evidence else { return "" }
    let sweep = evidence.sweep
    if sweep.jump(sweep.above) != nil || sweep.jump(sweep.below) != nil {
      return ", where the value jumps; \(number(evidence.reverse / evidence.scale)) is used"
    }
    let way = input.gradient.count == 1 ? "" : " along a direction"
    func text(_ digits: Int) -> (below: String, above: String) {
      func side(_ estimate: DifferenceSweep.Estimate?, _ values: [Double]) -> String {
        guard let estimate else { return "none" }
        guard let slope = estimate.reliableSlope else {
          return sweep.isSteep(values) ? "without bound" : "unclear"
        }
        return NumberFormat.significant(slope == 0 ? 0 : slope / evidence.scale, digits: digits)
      }
      return (side(sweep.lower, sweep.below), side(sweep.upper, sweep.above))
    }
    var shown = text(digits)
    // Small kinks of steep values show in later digits.
    if shown.below == shown.above { shown = text(max(digits, 12)) }
    return "; slopes\(way) \(shown.below) below, \(shown.above) above; "
      + "\(number(evidence.reverse / evidence.scale)) is used"
  }

  private func place(_ span: Span?) -> String {
    let place = span.map { DecisionWords(sources: sources).place($0) } ?? ""
    return place.isEmpty ? "a condition" : "the condition\(place)"
  }

  // MARK: evidence

  private func evidence(
    _ evidence: GradientCheck.Evidence, _ check: GradientCheck
  ) -> [Markup] {
    let sweep = evidence.sweep
    let size = max(evidence.size, evidence.reverse.magnitude)
    func text(_ slope: Double) -> String {
      NumberFormat.significant(slope / evidence.scale, digits: max(digits, 12))
    }
    func agreeing(_ slope: Double) -> String {
      "\(Agreement.digits(evidence.reverse, slope, size: size)) digits"
    }
    var lines = [
      Markup("reverse      \(text(evidence.reverse))"),
      Markup("forward      \(text(evidence.forward))  \(agreeing(evidence.forward))"),
    ]
    if let complex = evidence.complex {
      lines.append(Markup("complex step \(text(complex))  \(agreeing(complex))"))
    } else if let refused = evidence.refused {
      lines.append(Markup("complex step none: \(refused) is no function of a complex number"))
    }
    if let found = sweep.central {
      lines.append(
        Markup(
          "differences  \(text(found.slope))  \(agreeing(found.slope)), best at the step "
            + NumberFormat.significant(found.step, digits: 2)))
    }
    if let rate = sweep.remainderRate(of: evidence.reverse) {
      lines.append(
        Markup("remainder    falls as h^\(NumberFormat.significant(rate, digits: 3))"))
    } else {
      lines.append(Markup("remainder    is rounding alone"))
    }
    lines.append(
      Markup("rounding     ")
        + Markup(
          evidence.slopeRounding.map {
            $0 == 0 ? "none" : "moves it by \(NumberFormat.significant($0, digits: 2)) at most"
          } ?? "has no known bound"))
    for (index, pair) in zip(sweep.steps, sweep.quotients).enumerated() where index % 4 == 0 {
      let error = (pair.1 - evidence.reverse).magnitude / max(size, .leastNormalMagnitude)
      lines.append(
        Markup("  step ") + Markup(NumberFormat.significant(pair.0, digits: 2)).padded(to: 9)
          + Markup("off by \(NumberFormat.significant(error, digits: 2))"))
    }
    return lines
  }

  private func entries(_ check: GradientCheck) -> Markup {
    var text = Markup()
    let count = Set(check.entries.map(\.slot)).count
    text.appendLine(
      Markup("\(count) of \(check.reachedCount) entries checked by themselves", .dimmed))
    for entry in check.entries {
      guard case .right(let digits) = entry.finding else {
        let words = entry.finding.isWrong ? "wrong" : entry.finding.isKink ? "kink" : "unclear"
        text.appendLine(Markup("  \(self.entry(entry.slot, check))  \(words)"))
        continue
      }
      text.appendLine(Markup("  \(self.entry(entry.slot, check))  \(digits) digits"))
    }
    return text
  }

  // MARK: JSON

  func json(_ check: GradientCheck) -> JSON {
    .members([
      "kind": .string("check"), "of": .string(check.name),
      "ok": .bool(!check.isWrong),
      "inputs": .array(check.inputs.map { json($0, check) }),
    ])
  }

  private func json(_ input: GradientCheck.Input, _ check: GradientCheck) -> JSON {
    let extents = check.straight.list.shape(input.slot).extents[...]
    var members: [JSON.Member] = [
      .init(name: "of", value: .string(check.labels.name(input.slot))),
      .init(name: "verdict", value: .string(input.verdict.word)),
      .init(name: "text", value: .string(verdict(input, check).words)),
      .init(name: "gradient", value: ExplanationJSON.array(input.gradient, extents)),
    ]
    if case .correct(let digits, _) = input.verdict {
      members.append(.init(name: "digits", value: .int(digits)))
    }
    if let small = input.small {
      let names = small.places.map { JSON.string(element($0, input, check)) }
      members.append(
        .init(
          name: "small", value: .members(["digits": .int(small.digits), "of": .array(names)])))
    }
    if case .wrong(let wrong?) = input.verdict {
      members.append(.init(name: "entry", value: .string(check.labels.name(wrong.slot))))
    }
    if case .kink(let kink?) = input.verdict {
      members.append(.init(name: "entry", value: .string(check.labels.name(kink.slot))))
    }
    if let evidence = input.evidence {
      func slope(_ value: Double?) -> JSON { value.map { .number($0 / evidence.scale) } ?? .null }
      members.append(
        .init(
          name: "evidence",
          value: .members([
            "reverse": slope(evidence.reverse), "forward": slope(evidence.forward),
            "complex": slope(evidence.complex),
            "difference": slope(evidence.sweep.central?.slope),
            "below": slope(evidence.sweep.lower?.slope),
            "above": slope(evidence.sweep.upper?.slope),
            "rounding": evidence.slopeRounding.map { .number($0) } ?? .null,
          ])))
    }
    return .object(members)
  }
}

extension GradientCheck.Verdict {
  /// The verdict as one word, for programs that read it.
  var word: String {
    switch self {
    case .correct: "correct"
    case .wrong: "wrong"
    case .declared: "declared"
    case .noise: "noise"
    case .kink: "kink"
    case .branch: "branch"
    case .imprecise: "imprecise"
    case .notFinite: "notFinite"
    case .independent: "independent"
    case .decides: "decides"
    case .detached: "detached"
    }
  }
}
