/// Forward mode as text: values and tangents side by side.
struct TangentRenderer {
  var digits = 6
  var width = 100

  func render(_ trace: TangentTrace) -> Markup {
    let layout = ValueLayout(digits: digits, width: width)
    let list = trace.straight.list
    let entries = ListRenderer(digits: digits, width: width).lefts(trace.straight, trace.labels)
    let steps = Dictionary(uniqueKeysWithValues: trace.steps.map { ($0.slot, $0) })
    let names = trace.steps.map { Cells.width("d\(trace.labels.name($0.slot))") }.max() ?? 0
    var values: [Slot: ValueLayout.Shown] = [:]
    for (slot, _, _) in entries where !Kernel.isStopped {
      values[slot] = trace.straight.values.view(slot, in: trace.straight.list).map {
        layout.show($0.array, $0.shape)
      }
    }
    var lines: [LineLayout.Line] = []
    let hasArrays = trace.labels.lines.contains { !list.shape($0).isScalar }
    let column = entries.map { $0.left.width }.max() ?? 0
    let valueWidth = values.values.map(\.width).max() ?? 0
    let indent = trace.labels.namesAreLabels ? 2 : "v\(trace.labels.lines.count) = ".count
    for (slot, left, note) in entries where !Kernel.isStopped {
      if let note { lines.append(LineLayout.Line(left: note)) }
      let tangent = steps[slot].map {
        (rule($0, names: names, trace.labels), layout.show($0.tangent, list.shape(slot)))
      }
      if hasArrays {
        lines.append(LineLayout.Line(left: left, value: values[slot]))
        if let (rule, shown) = tangent {
          lines.append(LineLayout.Line(left: Markup().padded(to: indent) + rule, value: shown))
        }
      } else if let (rule, shown) = tangent {
        let whole = beside(left, values[slot], column).padded(to: column + 4 + valueWidth)
        lines.append(LineLayout.Line(left: whole + Markup("  ") + rule, value: shown))
      } else {
        lines.append(LineLayout.Line(left: beside(left, values[slot], column)))
      }
    }
    return LineLayout(width: width).layOut(lines).withoutLastBreak
  }

  private func beside(_ left: Markup, _ value: ValueLayout.Shown?, _ column: Int) -> Markup {
    guard let value else { return left }
    return left.padded(to: column) + Markup("  = ")
      + Markup(value.lines.joined(separator: " "), .number)
  }

  /// The tangent of an entry in the tangents of its operands: `dz2 = 1 · dz1`.
  private func rule(_ step: TangentTrace.Step, names: Int, _ labels: Labels) -> Markup {
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
