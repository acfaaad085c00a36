/// A printout before it is laid out: sections of lines, each a chain of what is equal.
struct Story: Sendable {
  /// One line.
  struct Line: Sendable {
    var left = Markup()
    var sign = "="
    /// What is equal to the left side, one form after the other.
    var forms: [Markup] = []
    var shape = Shape.scalar
    var elements: [Double]?
    /// Why, in a column of its own.
    var reason: Markup?
    /// What is said before the line, such as which turns are left out.
    var note: String?
  }

  struct Section: Sendable {
    var title: String
    var lines: [Line]
  }

  /// What it tells, in words: `trace f`.
  var title: String
  var sections: [Section]
  let form: FormulaForm
}

/// What a finished run tells, line by line, in a notation.
struct StoryTeller {
  let straight: StraightList
  let names: TraceNames
  let writer: FormulaWriter

  var labels: Labels { names.labels }
  var list: List { straight.list }
  var form: FormulaForm { names.form }
  var notation: TraceNotation { names.notation }

  init(
    _ straight: StraightList, _ labels: Labels, _ output: Slot, _ notation: TraceNotation,
    _ form: FormulaForm, digits: Int
  ) {
    self.straight = straight
    names = TraceNames(labels: labels, output: output, notation: notation, form: form)
    writer = names.writer(digits: digits)
  }

  func equal(_ parts: [Markup], _ sign: String = "=") -> Markup {
    parts.joined(by: form.between(sign))
  }

  // MARK: forward

  /// The entries, with their values where they were run.
  func entries(values: Bool) -> [Story.Line] {
    let elided = Elision(labels.lines, in: straight)
    return labels.lines.indices.filter { elided.isShown($0) }.mapUntilStopped { index in
      var line = entry(labels.lines[index], values: values)
      line.note = elided.note(before: index)
      return line
    }
  }

  private func entry(_ slot: Slot, values: Bool) -> Story.Line {
    let view = values ? straight.values.view(slot, in: list) : nil
    var line = Story.Line(shape: list.shape(slot), elements: view?.array)
    let all = labels.names(slot).split(separator: " = ").map { part in
      form.name(part.filter { $0 != " " }, .name)
    }
    switch notation {
    case .standard where !labels.namesAreLabels:
      line.left = form.name(labels.value(slot), .value)
      line.forms = all
    case .labels where !labels.namesAreLabels: line.left = names.value(slot)
    default:
      line.left = all.first ?? names.value(slot)
      line.forms = Array(all.dropFirst())
    }
    guard let entry = Term.entry(slot, in: list) else {
      if let whole = whole(slot) { line.forms.append(whole) }
      return line
    }
    let isFormula = notation == .leibniz || notation == .bar
    line.forms.append(isFormula ? writer.write(entry) : writer.call(entry))
    let numbers = entry.replacing { kind in
      guard case .value(let operand) = kind,
        let value = straight.values.view(operand, in: list)?.number, list.shape(operand).isScalar
      else { return nil }
      return .number(value)
    }
    if values, notation == .leibniz || notation == .delta, entry.isOfScalars, numbers != entry {
      line.forms.append(notation == .delta ? writer.call(numbers) : writer.write(numbers))
    }
    return line
  }

  /// What a part of a loop that was not written out is computed from.
  private func whole(_ part: Slot) -> Markup? {
    let isCustom = list[part].code == Code.custom
    guard isCustom || list.primitive(part).isPart else { return nil }
    let whole = isCustom ? part : list.operand(part, 0)
    var name = list.primitive(whole).name
    if case .custom(let custom)? = list.structure(whole) { name = custom.name }
    let operands = list.operands(whole).map { writer.write(.value($0, in: list)) }
    let inside = operands.joined(by: form.comma)
    return form.function(name, .function(latex: nil)) + form.parentheses(inside)
  }
}

extension Term {
  /// Whether it and all of its parts are numbers.
  var isOfScalars: Bool {
    guard shape.isScalar else { return false }
    if case .apply(_, let parts, _) = kind { return parts.allSatisfy(\.isOfScalars) }
    return true
  }
}
