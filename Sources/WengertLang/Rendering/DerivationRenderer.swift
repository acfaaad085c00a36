/// A derivation as text: a step a line, its reason beside it.
struct DerivationRenderer {
  var digits = 6
  var width = 100
  var notation = TraceNotation.standard

  /// The widest equation that reasons are lined up with; a longer one has its reason below.
  private static let columnLimit = 70
  static let gap = 4

  func render(_ derivation: Derivation) -> Markup {
    let words = DerivationWords(derivation, form: .text, notation)
    let lefts = derivation.steps.mapUntilStopped { words.left($0).width }.max() ?? 0
    let lines = words.lines.mapUntilStopped { line in
      (line.left.padded(to: lefts) + line.forms, line.reason ?? Markup())
    }
    var text = Markup()
    if let note = derivation.note { text.appendLine(Markup(note, .comment)) }
    let column = lines.map(\.0.width).filter { $0 <= Self.columnLimit }.max() ?? 0
    for (equation, reason) in lines where !Kernel.isStopped {
      let rows = equation.wrapped(to: width, indent: 4)
      for row in rows.dropLast() { text.appendLine(row) }
      guard let last = rows.last else { continue }
      guard !reason.isEmpty else {
        text.appendLine(last)
        continue
      }
      // Where the reason has no room beside the equations, it stands below.
      let place =
        column + Self.gap + reason.width <= width
        ? column + Self.gap : max(width - reason.width, Self.gap)
      if last.width + Self.gap <= place {
        text.appendLine(last.padded(to: place) + reason)
      } else {
        text.appendLine(last)
        for row in reason.wrapped(to: width - place, indent: 2) {
          text.appendLine(Markup().padded(to: place) + row)
        }
      }
    }
    return text.withoutLastBreak
  }

  /// The line of values, and what they are at.
  func values(_ derivation: Derivation, gradient: [Double]) -> Markup {
    let words = DerivationWords(derivation, form: .text, notation)
    let layout = ValueLayout(digits: digits, width: width)
    var text = Markup()
    let known = derivation.values().filter { $0.elements.count == 1 }
    if !known.isEmpty {
      let point = known.enumerated().map { index, value in
        let isLastInput =
          derivation.isInput(value.slot) && index + 1 < known.count
          && !derivation.isInput(known[index + 1].slot)
        return Markup("\(derivation.name(value.slot)) = ", .name)
          + Markup(NumberFormat.significant(value.elements[0], digits: digits), .number)
          + Markup(isLastInput ? ":" : index + 1 < known.count ? "," : "")
      }
      text.append(lines("at ", point, separator: " "))
      text.append("\n")
    }
    if let numbers = derivation.numbers() {
      let forms = numbers.map { words.write($0) }
      var chain: [Markup] = []
      for form in forms where chain.last != form { chain.append(form) }
      if chain.count > 1, !chain[0].hasNumber { chain.removeFirst() }
      text.append(lines("values ", chain, separator: " → "))
      text.append("\n")
    }
    let shape = derivation.list.shape(derivation.target)
    let shown = layout.show(gradient, gradient.count == shape.count ? shape : .scalar)
    let left = words.write(derivation.parts.last?.name ?? .number(0)) + Markup(" = ")
    for (index, line) in shown.lines.enumerated() {
      text.append(index == 0 ? left : Markup().padded(to: left.width))
      text.append(Markup(line + "\n", .number))
    }
    return text.withoutLastBreak
  }

  private func lines(_ head: String, _ parts: [Markup], separator: String) -> Markup {
    var (text, line) = (Markup(), Markup(head))
    for (index, part) in parts.enumerated() {
      let piece = index == 0 ? part : Markup(separator, .operation) + part
      if index > 0, line.width + piece.width > width {
        text.appendLine(line)
        line = Markup().padded(to: head.count - 1)
      }
      line += piece
    }
    return text + line
  }
}

/// The formulas and reasons of a derivation in some form.
struct DerivationWords {
  let derivation: Derivation
  let form: FormulaForm
  let notation: TraceNotation

  init(
    _ derivation: Derivation, form: FormulaForm, _ notation: TraceNotation = .standard
  ) {
    self.derivation = derivation
    self.form = form
    self.notation = notation
  }

  var writer: FormulaWriter {
    FormulaWriter(form: form) { kind in
      switch kind {
      case .value(let slot): name(slot)
      case .adjoint(let slot): adjoint(slot)
      case .tangent(let slot):
        notation == .bar
          ? form.accented(derivation.name(slot), .dot, .tangent)
          : form.differential(derivation.name(slot))
      default: Markup()
      }
    }
  }

  private func adjoint(_ slot: Slot) -> Markup {
    let name = derivation.name(slot)
    switch notation {
    case .bar: return form.accented(name, .bar, .adjoint)
    case .delta: return form.delta(name)
    default:
      return form.derivative(
        of: form.name(derivation.name(derivation.output), .adjoint),
        by: form.name(name, .adjoint), isName: true)
    }
  }

  /// A formula; entries without a name are written out.
  func write(_ term: Term) -> Markup { writer.write(opened(term)) }

  private func opened(_ term: Term) -> Term {
    derivation.closed(term, keepingNames: true).replacing { kind in
      guard case .derivative(let inner, let slot) = kind else { return nil }
      let shown = derivation.closed(inner, keepingNames: true)
      return shown == inner ? nil : Term(.derivative(shown, by: slot), term.shape)
    }
  }

  /// The name of an entry, or the entry in brackets where it has none.
  private func name(_ slot: Slot) -> Markup {
    guard slot.place >= 0, !derivation.isNamed(slot), let entry = derivation.entry(slot) else {
      return form.name(derivation.name(slot))
    }
    let whole = derivation.closed(entry, keepingNames: true)
    return whole == derivation.value(slot)
      ? form.name(derivation.name(slot)) : form.parentheses(writer.write(whole))
  }

  /// The lines; a step that reads as the one before is left out.
  var lines: [(left: Markup, forms: Markup, reason: Markup?)] {
    var lines: [(left: Markup, forms: Markup, reason: Markup?)] = []
    for step in derivation.steps where !Kernel.isStopped {
      let line = (left(step), forms(step), reason(step.reason))
      if let last = lines.last, last.left == line.0, last.forms == line.1 { continue }
      lines.append(line)
    }
    return lines
  }

  /// What is derived.
  func left(_ step: Derivation.Step) -> Markup {
    let text = write(step.left)
    guard !step.left.shape.isScalar, form == .text else { return text }
    return text + Markup(" ") + Markup(step.left.shape.description, .shape)
  }

  /// What it is: forms with a sign of equality before each.
  func forms(_ step: Derivation.Step) -> Markup {
    pieces(step).reduce(Markup()) { $0 + form.between("=") + $1 }
  }

  /// What it is, form by form; one that reads as the one before is left out.
  func pieces(_ step: Derivation.Step) -> [Markup] {
    var pieces: [Markup] = []
    for term in step.forms {
      let written = write(term)
      if written != pieces.last { pieces.append(written) }
    }
    return pieces
  }

  func reason(_ reason: Derivation.Reason?) -> Markup? {
    switch reason {
    case nil: return nil
    case .words(let words): return form.reason(words)
    case .definitions(let slots):
      let named = slots.filter { derivation.isNamed($0) }
      guard !named.isEmpty else { return form.reason("chain rule") }
      return named.map { form.name(derivation.name($0)) + form.between("=") + whole($0) }
        .joined(by: form.comma)
    case .final(let slot, let inside, let index, let count):
      let equation =
        form.name(derivation.name(slot)) + form.between("=") + form.name(derivation.name(inside))
      guard let count else { return equation + form.reason(" at the last turn") }
      let last = derivation.name(inside).hasSuffix("+1}") ? count - 1 : count
      return equation + form.reason(" for ") + form.name(index) + form.between("=")
        + form.number("\(last)")
    case .rules(let rules):
      var groups: [Markup] = []
      var place = rules.startIndex
      while place < rules.endIndex {
        // d(a + b)/da = d(a + b)/db = 1
        var text = write(rules[place].derivative)
        while place + 1 < rules.endIndex, rules[place + 1].value == rules[place].value {
          place += 1
          text += form.between("=") + write(rules[place].derivative)
        }
        groups.append(text + form.between("=") + write(rules[place].value))
        place += 1
      }
      return groups.joined(by: form.comma)
    }
  }

  /// What an entry is, unnamed entries written out.
  private func whole(_ slot: Slot) -> Markup {
    let list = derivation.list
    if let entry = derivation.entry(slot) { return write(entry) }
    if derivation.isInput(slot), let elements = list.elements(slot), elements.count == 1,
      let value = elements.first
    {
      return form.number(NumberFormat.significant(value))
    }
    guard case .custom(let custom)? = list.structure(slot) else { return Markup() }
    let function = custom.held.map { [form.name($0.name)] } ?? []
    let operands = function + list.operands(slot).map { write(derivation.value($0)) }
    return form.function(custom.name, .function(latex: nil))
      + form.parentheses(operands.joined(by: form.comma))
  }
}

extension Markup {
  /// Whether a number stands in it, exponents aside.
  fileprivate var hasNumber: Bool {
    var isExponent = false
    for piece in pieces {
      if piece.role == .number, !isExponent { return true }
      isExponent = piece.text == "^"
    }
    return false
  }

  /// The text in lines of at most a width where it can be broken before a sign.
  func wrapped(to width: Int, indent: Int) -> [Markup] {
    guard self.width > width else { return [self] }
    var lines: [Markup] = []
    var (line, word) = (Markup(), Markup())
    func isEmpty(_ line: Markup) -> Bool { line.plain.allSatisfy { $0 == " " } }
    for piece in pieces {
      if piece.role == .operation, piece.text.hasPrefix(" ") {
        if line.width + word.width > width, !isEmpty(line) {
          lines.append(line)
          line = Markup().padded(to: indent - 1)
        }
        line += word
        word = Markup()
      }
      word.append(piece.text, piece.role)
    }
    if line.width + word.width > width, !isEmpty(line) {
      lines.append(line)
      line = Markup().padded(to: indent - 1)
    }
    return lines + [line + word]
  }
}
