/// A trace as text: the forward values, then the adjoints, in columns that line up.
struct TraceRenderer {
  var digits = 6
  var width = 100
  /// Whether adjoints are printed transposed, as handouts do that write gradients as rows.
  var rows = false
  /// The programs that spans point into.
  var sources: [SourceFile] = []

  /// The widest chain of terms that others are lined up with; a longer one moves its own line only.
  private static let chainLimit = 22

  func render(_ trace: Trace) -> Markup {
    var text = Markup()
    text.appendLine(Markup("forward", .heading))
    text += ListRenderer(digits: digits, width: width).render(
      trace.straight, trace.labels, values: true)
    text += Markup("\n\n")
    text.appendLine(Markup("reverse", .heading))
    let hasShapes = trace.steps.contains { !trace.straight.list.shape($0.slot).isScalar }
    let table = AdjointTable(trace, rows: rows, width: width)
    text += LineLayout(width: width, gap: hasShapes ? 2 : 1).layOut(
      table.lines(ValueLayout(digits: digits, width: width), chainLimit: Self.chainLimit))
    return (text + kinks(trace)).withoutLastBreak
  }

  /// The entries whose slope is a convention, with the distance to the kink.
  private func kinks(_ trace: Trace) -> Markup {
    guard !trace.kinks.isEmpty || !trace.ties.isEmpty else { return Markup() }
    var text = Markup("\n")
    text.appendLine(Markup("kinks", .heading))
    for use in trace.kinks {
      let entry = ListRenderer(digits: digits, width: width).line(
        use.slot, trace.straight, trace.labels)
      text.appendLine(Markup("  ") + entry + Markup("  " + use.words, .warning))
    }
    for tie in trace.ties {
      let words = DecisionWords(sources: sources).words(tie, by: "")
      text.appendLine(Markup("  " + words, .warning))
    }
    return text
  }
}

/// The lines of the reverse part.
private struct AdjointTable {
  let trace: Trace
  let rows: Bool
  let width: Int
  private let labels: Labels
  private let list: List
  private let output: String
  private let elided: Elision

  /// How many terms may stand on one line, if they fit.
  private static let termLimit = 8

  /// The cells of one line.
  private struct Row {
    var definition: Markup
    var sign = " = "
    var chain: Markup?
    var rule: Markup?
    var elements: [Double]?
    var shape = Shape.scalar
    var note: String?
  }

  init(_ trace: Trace, rows: Bool, width: Int) {
    self.trace = trace
    self.rows = rows
    self.width = width
    labels = trace.labels
    list = trace.straight.list
    output = labels.name(trace.output)
    elided = Elision(trace.steps.map(\.slot), in: trace.straight)
  }

  func lines(_ layout: ValueLayout, chainLimit: Int) -> [LineLayout.Line] {
    let labelWidth = trace.steps.mapUntilStopped { label($0.slot).width }.max() ?? 0
    let names = trace.steps.mapUntilStopped { name($0.slot).width }.max() ?? 0
    var all: [Row] = []
    for (index, step) in trace.steps.enumerated()
    where elided.isShown(index) && !Kernel.isStopped {
      let note = elided.note(before: index)
      for (place, row) in rows(step, labelWidth: labelWidth, names: names).enumerated() {
        all.append(row)
        if place == 0 { all[all.count - 1].note = note }
      }
    }
    let definitions = all.map { $0.chain == nil ? 0 : $0.definition.width }.max() ?? 0
    let chains =
      all.map { $0.rule == nil || $0.sign != " = " ? 0 : $0.chain?.width ?? 0 }.max() ?? 0
    var lines: [LineLayout.Line] = []
    for row in all where !Kernel.isStopped {
      if let note = row.note {
        let indent = Markup().padded(to: row.sign == " = " ? 0 : labelWidth + 3)
        lines.append(LineLayout.Line(left: indent + Markup(note, .comment)))
      }
      var left = row.definition
      if let chain = row.chain {
        left = left.padded(to: definitions - (row.sign == " = " ? 0 : 1)) + Markup(row.sign) + chain
        if let rule = row.rule {
          let end = definitions + 3 + min(chains, chainLimit)
          left = left.padded(to: end) + Markup(" = ") + rule
        }
      }
      lines.append(
        LineLayout.Line(left: left, value: row.elements.map { shown($0, row.shape, layout) }))
    }
    return lines
  }

  private func shown(
    _ elements: [Double], _ shape: Shape, _ layout: ValueLayout
  ) -> ValueLayout.Shown {
    guard rows, shape.rank == 2 else { return layout.show(elements, shape) }
    var turned: [Double] = []
    turned.reserveCapacity(elements.count)
    for column in 0..<shape[1] {
      for row in 0..<shape[0] { turned.append(elements[row * shape[1] + column]) }
    }
    return layout.show(turned, Shape(shape.extents.reversed()))
  }

  // MARK: cells

  /// The label of the adjoint; nothing where names stand for labels and the adjoint has none.
  private func label(_ slot: Slot) -> Markup {
    let adjoint = labels.adjoint(slot, of: trace.output)
    return adjoint.contains("/") ? Markup() : Markup(adjoint, .adjoint)
  }

  /// The adjoint as a derivative: `df/dz2`.
  private func name(_ slot: Slot) -> Markup {
    Markup("d\(output)/d\(labels.name(slot))", .adjoint)
  }

  private func definition(_ slot: Slot, labelWidth: Int, names: Int) -> Markup {
    let label = label(slot)
    var text = label.isEmpty ? Markup() : label.padded(to: labelWidth) + Markup(" = ")
    text += name(slot)
    let shape = list.shape(slot)
    guard !shape.isScalar else { return text }
    let shown = rows && shape.rank == 2 ? Shape(shape.extents.reversed()) : shape
    return text.padded(to: labelWidth + 3 + names) + Markup(" ")
      + Markup(shown.description, .shape)
  }

  /// The line of an adjoint, and lines that add its terms up where one line would not hold them.
  private func rows(_ step: Trace.Step, labelWidth: Int, names: Int) -> [Row] {
    var row = Row(
      definition: definition(step.slot, labelWidth: labelWidth, names: names),
      elements: step.value, shape: list.shape(step.slot))
    guard !step.contributions.isEmpty else { return [row] }
    guard step.contributions.count <= Self.termLimit else {
      row.elements = nil
      return [row] + sumRows(step, labelWidth: labelWidth)
    }
    let plus = Markup(" + ", .operation)
    let chains = step.contributions.map { chain($0, to: step.slot) }
    let rules = step.contributions.map(rule)
    row.chain = chains.joined(by: plus)
    row.rule =
      rules.contains { $0 == nil }
      ? nil
      : rules.compactMap { $0 }.enumerated().map { index, rule in
        rule.parenthesized(if: index > 0 && rule.startsWithMinus)
      }.joined(by: plus)
    let length = row.definition.width + (row.chain?.width ?? 0) + (row.rule?.width ?? 0) + 20
    guard step.contributions.count > 1, !row.shape.isScalar || length > width else { return [row] }
    row.chain = row.chain.flatMap { length > width && row.shape.isScalar ? nil : $0 }
    row.rule = nil
    row.elements = nil
    return [row] + sumRows(step, labelWidth: labelWidth)
  }

  /// The lines that add the terms of an adjoint up, as the sweep does.
  private func sumRows(_ step: Trace.Step, labelWidth: Int) -> [Row] {
    let blank = Markup().padded(to: label(step.slot).isEmpty ? 0 : labelWidth + 3)
    let sources = step.contributions.map { $0.sources.last ?? step.slot }
    let elided = Elision(sources, in: trace.straight)
    let shown = step.contributions.indices.filter { elided.isShown($0) }
    let chains = shown.map { longChain(step.contributions[$0], to: step.slot) }
    let width = chains.map(\.width).max() ?? 0
    return zip(shown, chains).map { index, chain in
      Row(
        definition: blank + name(step.slot), sign: " += ", chain: chain.padded(to: width),
        rule: rule(step.contributions[index])?.text, elements: step.contributions[index].total,
        shape: list.shape(step.slot), note: elided.note(before: index))
    }
  }

  /// The chain rule: `a5 dv5/dv4`.
  private func chain(_ term: Trace.Contribution, to operand: Slot) -> Markup {
    term.sources.map { source in
      Markup(labels.adjoint(source, of: trace.output), .adjoint)
        + Markup(" d\(labels.value(source))/d\(labels.value(operand))")
    }.joined(by: Markup(" + ", .operation))
  }

  /// The chain rule in names: `dC/dZ1b · d add*/dB`.
  private func longChain(_ term: Trace.Contribution, to operand: Slot) -> Markup {
    term.sources.map { source in
      let operation = FormulaWriter.name(
        of: list.primitive(source), operands: list.operands(source).map { list.shape($0) },
        result: list.shape(source))
      return name(source) + Markup(" · ", .operation)
        + Markup("d \(operation)/d\(labels.name(operand))")
    }.joined(by: Markup(" + ", .operation))
  }

  /// The rule with its operands: `a5 · 2 z2`.
  private func rule(_ term: Trace.Contribution) -> FormulaWriter.Written? {
    let writer = FormulaWriter(form: .text) { kind in
      switch kind {
      case .adjoint(let slot): Markup(labels.adjoint(slot, of: trace.output), .adjoint)
      case .value(let slot): Markup(labels.name(slot), .name)
      default: Markup()
      }
    }
    return term.formula.map { writer.written(rows ? $0.inRows : $0) }
  }
}
