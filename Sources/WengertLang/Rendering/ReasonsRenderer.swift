/// Why a value or a gradient is what it is, as text and as JSON.
struct ReasonsRenderer {
  var digits = 6
  var width = 100
  /// The programs that spans point into.
  var sources: [SourceFile] = []

  func render(_ reasons: Reasons) -> Markup {
    var text = Markup()
    for line in lines(reasons) { text.appendLine(line) }
    return text.withoutLastBreak
  }

  /// What there is to say, a line a fact.
  func lines(_ reasons: Reasons) -> [Markup] {
    var lines: [Markup] = []
    if let forward = reasons.forward {
      lines += self.forward(forward, reasons)
      if let undefined = reasons.undefined { lines += self.undefined(undefined, reasons) }
    } else {
      lines.append(Markup("forward", .heading) + Markup("  every value is finite"))
    }
    if let reverse = reasons.reverse {
      lines += self.reverse(reverse, reasons)
    } else {
      lines.append(Markup("reverse", .heading) + Markup("  every adjoint is finite"))
    }
    for target in reasons.targets {
      guard let zero = reasons.zeros[target] else { continue }
      lines.append(derivative(target, reasons) + Markup(" is 0: " + words(zero, target, reasons)))
    }
    lines += kink(reasons) + decisions(reasons)
    if let growth = reasons.growth {
      let verb = growth.factor > 1 || growth.factor.isNaN ? "grows" : "shrinks"
      lines.append(
        Markup(
          "the adjoint \(verb) along the loop: by \(number(growth.factor)) a turn on the way back"))
    }
    return lines
  }

  private func number(_ value: Double) -> String {
    NumberFormat.significant(value, digits: digits)
  }

  private func entry(_ slot: Slot, _ reasons: Reasons) -> Markup {
    ListRenderer(digits: digits, width: width).line(slot, reasons.straight, reasons.labels)
  }

  private func derivative(_ slot: Slot, _ reasons: Reasons) -> Markup {
    Markup("d\(reasons.labels.name(reasons.output))/d\(reasons.labels.name(slot))", .adjoint)
  }

  // MARK: not finite

  private func forward(_ forward: Reasons.Forward, _ reasons: Reasons) -> [Markup] {
    let list = reasons.straight.list
    let row = list.primitive(forward.slot)
    let size = list.shape(forward.slot)
    let place = size.isScalar ? "" : "element \(forward.meeting.element) of "
    var lines = [
      Markup("forward", .heading)
        + Markup("  \(place)") + entry(forward.slot, reasons)
        + Markup(" is the first value that is \(number(forward.meeting.result))"),
      Markup("  \(words(forward, reasons))"),
    ]
    if !row.domain.rewrite.isEmpty, forward.meeting.kind != .outside {
      lines.append(Markup("  try: \(row.domain.rewrite)", .help))
    }
    return lines
  }

  /// Where an infinity from before became no number at all.
  private func undefined(_ found: Reasons.Forward, _ reasons: Reasons) -> [Markup] {
    let size = reasons.straight.list.shape(found.slot)
    let place = size.isScalar ? "" : "element \(found.meeting.element) of "
    return [
      Markup("  then \(place)") + entry(found.slot, reasons) + Markup(" is the first that is nan"),
      Markup("  \(words(found, reasons))"),
    ]
  }

  /// What happened, in words: `0 / 0`, `outside of its domain, x > 0: x = -1`.
  private func words(_ found: Reasons.Forward, _ reasons: Reasons) -> String {
    let meeting = found.meeting
    let row = reasons.straight.list.primitive(found.slot)
    let names = self.names(of: found, row, reasons)
    let parts = meeting.operands.enumerated().map { index, value in
      "\(names.indices.contains(index) ? names[index] : "x") = \(number(value))"
    }
    let at = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    switch meeting.kind {
    case .outside:
      let domain = row.domain.text.isEmpty ? "" : ", \(row.domain.text)"
      return "\(row.name) is outside of its domain\(domain)\(at)"
    case .pole:
      return "\(row.name) is at a pole\(at)"
    case .given: return "it is given so"
    case .handedOn: return "its operands are not finite already\(at)"
    case .overflow: return "overflow: more than 1.8e308\(at)"
    default: return "\(meeting.kind.rawValue)\(at)"
    }
  }

  /// What the operands are called: by their own names where they are numbers with names and no
  /// condition on those of the operation is told.
  private func names(
    of found: Reasons.Forward, _ row: Primitive, _ reasons: Reasons
  ) -> [String] {
    let list = reasons.straight.list
    let operands = list.operands(found.slot)
    let isNamed = operands.allSatisfy { list.shape($0).isScalar && list.number($0) == nil }
    let tellsDomain = found.meeting.kind == .outside && !row.domain.text.isEmpty
    guard isNamed, !tellsDomain else { return row.operandNames }
    return operands.map { reasons.labels.name($0) }
  }

  private func reverse(_ reverse: Reasons.Reverse, _ reasons: Reasons) -> [Markup] {
    let labels = reasons.labels
    let writer = FormulaWriter(form: .text) { kind in
      switch kind {
      case .value(let slot): Markup(labels.name(slot), .name)
      case .adjoint(let slot): Markup(labels.adjoint(slot, of: reasons.output), .adjoint)
      default: Markup()
      }
    }
    let name = derivative(reverse.slot, reasons)
    var first = Markup("reverse", .heading) + Markup("  ") + name
    if let term = reverse.term { first += Markup(" = ") + writer.write(term) }
    first += Markup(" is the first adjoint that is \(number(reverse.meeting.result))")
    var lines = [first]
    if reverse.meeting.kind == .handedOn {
      lines.append(Markup("  it is made from values that are not finite already"))
    } else {
      lines.append(Markup("  " + slope(reverse, reasons)))
    }
    let steps = reverse.path.map { step in
      let size = step.adjoint.count == 1 ? number(step.adjoint[0]) : number(norm(step.adjoint))
      return "\(labels.name(step.slot)) (\(size))"
    }
    let shown = steps.count > 9 ? steps.prefix(4) + ["…"] + steps.suffix(4) : steps[...]
    lines.append(
      Markup(
        "  the adjoint came by \((shown + [labels.name(reverse.slot)]).joined(separator: " → "))"))
    let rewrite = reasons.straight.list.primitive(reverse.source).domain.rewrite
    if !rewrite.isEmpty { lines.append(Markup("  try: \(rewrite)", .help)) }
    return lines
  }

  /// Which factors met in what an entry hands back.
  private func slope(_ reverse: Reasons.Reverse, _ reasons: Reasons) -> String {
    let meeting = reverse.meeting
    let parts = meeting.operands.map(number)
    guard meeting.kind == .pole || meeting.kind == .outside, parts.count == 2 else {
      let met = parts.isEmpty ? "" : ": \(parts.joined(separator: " and ")) met"
      return meeting.kind == .pole || meeting.kind == .outside
        ? "the slope of \(word(reverse.source, reasons)) is at a pole" : meeting.kind.rawValue + met
    }
    let sign =
      meeting.row.identity.isPower ? "^" : meeting.row.identity.product == nil ? ", " : " / "
    return "the slope of \(word(reverse.source, reasons)) is at a pole: "
      + parts.joined(separator: sign)
  }

  private func norm(_ values: [Double]) -> Double {
    values.map(\.magnitude).max { $1.isNaN || $0 < $1 } ?? 0
  }

  private func word(_ slot: Slot, _ reasons: Reasons) -> String { entry(slot, reasons).plain }

  // MARK: zero

  private func words(_ zero: Reasons.Zero, _ target: Slot, _ reasons: Reasons) -> String {
    let (y, x) = (reasons.labels.name(reasons.output), reasons.labels.name(target))
    switch zero {
    case .independent: return "\(y) does not depend on \(x)"
    case .decides: return "it only decides which way the program takes"
    case .detached(let slot):
      return "\(word(slot, reasons)) has no slope anywhere, and no other way leads to \(y)"
    case .flat(let slot, let operands):
      let parts = operands.compactMap { operand -> String? in
        let value = reasons.value(operand)
        // Arrays are told where they are zeros.
        guard let first = value.first, value.count == 1 || value.allSatisfy({ $0 == 0 }) else {
          return nil
        }
        return "\(reasons.labels.name(operand)) = \(number(first))"
      }
      // Elements may have their slopes where nothing is handed to them.
      let isArray = reasons.value(slot).count > 1
      let place =
        !parts.isEmpty
        ? " at " + parts.joined(separator: ", ")
        : isArray ? " in each element that has an adjoint" : ""
      return
        "the slope of \(word(slot, reasons)) is 0\(place); nothing is handed back from there on"
    case .partlyFlat(let slot, let elements):
      let all = reasons.straight.list.shape(slot).count
      return "the slope of \(word(slot, reasons)) is 0 in \(elements) of \(all) elements; "
        + "what the others hand back does not reach \(x)"
    case .elsewhere(let slot):
      return "the adjoint of \(word(slot, reasons)) lies in other elements than those of \(x)"
    case .cancelled(let slot): return "the terms of \(derivative(slot, reasons).plain) cancel"
    case .unknown: return "each way to \(y) has a slope of 0 somewhere"
    }
  }

  // MARK: kinks and decisions

  /// The first entry whose slope is a convention, and how many there are.
  private func kink(_ reasons: Reasons) -> [Markup] {
    guard let first = reasons.kinks.first else { return [] }
    let others = reasons.kinks.count - 1
    let rest = others == 0 ? "" : "; \(others.counting("entry", "entries")) more"
    return [
      Markup("kink", .heading) + Markup("  ") + entry(first.slot, reasons)
        + Markup("  \(first.words)\(rest)", .warning)
    ]
  }

  private func decisions(_ reasons: Reasons) -> [Markup] {
    var seen: Set<String> = []
    return words(reasons).filter { seen.insert($0).inserted }.map { Markup($0, .warning) }
  }

  private func words(_ reasons: Reasons) -> [String] {
    reasons.targets.flatMap { target -> [String] in
      var decisions = reasons.decisions[target] ?? []
      // That it only decides is the reason for its zero already.
      if case .decides? = reasons.zeros[target] { decisions.removeAll { $0.way == .turns } }
      return decisions.map {
        DecisionWords(sources: sources).words($0, by: reasons.labels.name(target))
      }
    }
  }

  // MARK: JSON

  func json(_ reasons: Reasons) -> JSON {
    let labels = reasons.labels
    func entry(_ slot: Slot?) -> JSON { slot.map { .string(labels.name($0)) } ?? .null }
    return .members([
      "kind": .string("why"), "of": .string(labels.name(reasons.output)),
      "forward": reasons.forward.map { found in
        .members([
          "entry": entry(found.slot), "what": .string(found.meeting.kind.rawValue),
          "value": .number(found.meeting.result),
        ])
      } ?? .null,
      "undefined": reasons.undefined.map { found in
        .members([
          "entry": entry(found.slot), "what": .string(found.meeting.kind.rawValue),
          "value": .number(found.meeting.result),
        ])
      } ?? .null,
      "reverse": reasons.reverse.map { found in
        .members([
          "entry": entry(found.slot), "from": entry(found.source),
          "what": .string(found.meeting.kind.rawValue), "value": .number(found.meeting.result),
          "path": .array(found.path.map { entry($0.slot) }),
        ])
      } ?? .null,
      "zero": .array(
        reasons.targets.compactMap { target in
          reasons.zeros[target].map {
            .members(["of": entry(target), "text": .string(words($0, target, reasons))])
          }
        }),
      "kinks": .array(
        reasons.kinks.map {
          .members(["entry": entry($0.slot), "text": .string($0.words)])
        }),
      "decisions": .array(words(reasons).map { .string($0) }),
      "norms": reasons.growth.map { .array($0.norms.map { .number($0) }) } ?? .null,
    ])
  }
}
