/// A list as text: one entry a line, with labels, names, shapes and values.
struct ListRenderer {
  var digits = 6
  var width = 100

  /// The entries of a list, with their values where it has run.
  func render(_ straight: StraightList, _ labels: Labels, values: Bool) -> Markup {
    let layout = ValueLayout(digits: digits, width: width)
    let elided = Elision(labels.lines, in: straight)
    let shown = labels.lines.indices.filter { elided.isShown($0) }
    let cells = shown.map { entry(labels.lines[$0], straight, labels) }
    let names = cells.map { $0.call == nil ? 0 : $0.name.width }.max() ?? 0
    let lefts = cells.map { cell -> Markup in
      guard let call = cell.call else { return cell.label + cell.name }
      return cell.label + cell.name.padded(to: names) + Markup(" = ") + call
    }
    let column = lefts.map(\.width).max() ?? 0
    let hasShapes = labels.lines.contains { !straight.list.shape($0).isScalar }
    var lines: [LineLayout.Line] = []
    for (place, index) in shown.enumerated() {
      let slot = labels.lines[index]
      var left = lefts[place]
      let shape = straight.list.shape(slot)
      if hasShapes, !shape.isScalar {
        left = left.padded(to: column) + Markup("  ") + Markup(shape.description, .shape)
      }
      if let note = elided.note(before: index) {
        lines.append(LineLayout.Line(left: Markup(note, .comment), value: nil))
      }
      let view = values ? straight.values.view(slot, in: straight.list) : nil
      lines.append(
        LineLayout.Line(left: left, value: view.map { layout.show($0.array, $0.shape) }))
    }
    return LineLayout(width: width).layOut(lines)
  }

  private typealias Entry = (label: Markup, name: Markup, call: Markup?)

  private func entry(_ slot: Slot, _ straight: StraightList, _ labels: Labels) -> Entry {
    let writer = FormulaWriter(form: .text) { kind in
      guard case .value(let slot) = kind else { return Markup() }
      return Markup(labels.name(slot), .name)
    }
    let call = Term.entry(slot, in: straight.list).map { writer.call($0) }
    var label = Markup()
    if !labels.namesAreLabels {
      label =
        Markup(labels.value(slot), .value).padded(to: "v\(labels.lines.count)".count)
        + Markup(" = ")
    }
    return (label, Markup(labels.name(slot), .name), call)
  }
}

/// Which lines of a long loop are left out: all but its first and last turns.
struct Elision {
  /// How many turns are shown at either end.
  static let ends = 3

  private var hidden: [Bool] = []
  private var notes: [Int: String] = [:]

  init(_ lines: [Slot], in straight: StraightList) {
    hidden = lines.map { slot in
      var turn = straight.turn(slot)
      while let known = turn {
        if known.count > 2 * Self.ends + 1, known.number > Self.ends,
          known.number <= known.count - Self.ends
        {
          return true
        }
        turn = known.outer.map { straight.turns[$0] }
      }
      return false
    }
    var count = 0
    for index in hidden.indices {
      if hidden[index] {
        count += 1
      } else if count > 0 {
        notes[index] = "… \(count) entries of other turns"
        count = 0
      }
    }
  }

  func isShown(_ index: Int) -> Bool { !hidden[index] }
  func note(before index: Int) -> String? { notes[index] }
}
