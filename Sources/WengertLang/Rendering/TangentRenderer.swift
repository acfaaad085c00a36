/// Forward mode as text: values and tangents side by side.
struct TangentRenderer {
  var digits = 6
  var width = 100

  func render(_ trace: TangentTrace) -> Markup {
    let layout = ValueLayout(digits: digits, width: width)
    let list = trace.straight.list
    let entries = ListRenderer(digits: digits, width: width).lefts(trace.straight, trace.labels)
    let steps = Dictionary(uniqueKeysWithValues: trace.steps.map { ($0.slot, $0) })
    let names = trace.steps.map { "d\(trace.labels.name($0.slot))".count }.max() ?? 0
    var values: [Slot: ValueLayout.Shown] = [:]
    for (slot, _, _) in entries {
      values[slot] = trace.straight.values.view(slot, in: trace.straight.list).map {
        layout.show($0.array, $0.shape)
      }
    }
    let column = entries.map { $0.left.width }.max() ?? 0
    let valueWidth = values.values.filter { !$0.isArray }.map(\.width).max() ?? 0
    var lines: [LineLayout.Line] = []
    for (slot, left, note) in entries {
      if let note { lines.append(LineLayout.Line(left: note)) }
      guard let step = steps[slot] else {
        lines.append(LineLayout.Line(left: beside(left, values[slot], column), value: nil))
        continue
      }
      let rule = tangent(step, names: names, trace.labels)
      let shown = layout.show(step.tangent, list.shape(slot))
      if values[slot]?.isArray == true {
        lines.append(LineLayout.Line(left: left, value: values[slot]))
        lines.append(LineLayout.Line(left: Markup("  ") + rule, value: shown))
      } else {
        let whole = beside(left, values[slot], column).padded(to: column + 4 + valueWidth)
        lines.append(LineLayout.Line(left: whole + Markup("  ") + rule, value: shown))
      }
    }
    return LineLayout(width: width).layOut(lines)
  }

  private func beside(_ left: Markup, _ value: ValueLayout.Shown?, _ column: Int) -> Markup {
    guard let value else { return left }
    return left.padded(to: column) + Markup("  = ")
      + Markup(value.lines.joined(separator: " "), .number)
  }

  /// The tangent of an entry in the tangents of its operands: `dz2 = 1 · dz1`.
  private func tangent(_ step: TangentTrace.Step, names: Int, _ labels: Labels) -> Markup {
    let writer = FormulaWriter(form: .text) { kind in
      switch kind {
      case .tangent(let slot): Markup("d" + labels.name(slot), .tangent)
      case .value(let slot): Markup(labels.name(slot), .name)
      default: Markup()
      }
    }
    let name = Markup("d" + labels.name(step.slot), .tangent)
    let terms = step.terms.compactMap { $0 }
    guard !terms.isEmpty, terms.count == step.terms.count else { return name }
    var sum = Markup()
    for (index, term) in terms.enumerated() {
      if index > 0 { sum += Markup(" + ", .operation) }
      let part = writer.written(term)
      sum += part.parenthesized(if: index > 0 && part.startsWithMinus)
    }
    return name.padded(to: names) + Markup(" = ") + sum
  }
}
