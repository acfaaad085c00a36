/// A list as text: one entry a line, with labels, names, shapes and values.
struct ListRenderer {
  var digits = 6
  var width = 100

  /// The entries, with their values where they were run.
  func render(_ listing: Listing, values: Bool) -> Markup {
    render(listing.straight, listing.labels, values: values)
  }

  /// The entries of a list, with their values where it has run.
  func render(_ straight: StraightList, _ labels: Labels, values: Bool) -> Markup {
    let layout = ValueLayout(digits: digits, width: width)
    var lines: [LineLayout.Line] = []
    for (slot, left, note) in lefts(straight, labels) where !Kernel.isStopped {
      if let note { lines.append(LineLayout.Line(left: note, value: nil)) }
      let view = values ? straight.values.view(slot, in: straight.list) : nil
      lines.append(
        LineLayout.Line(left: left, value: view.map { layout.show($0.array, $0.shape) }))
    }
    return LineLayout(width: width).layOut(lines).withoutLastBreak
  }

  /// What stands to the left of the values, with what is said of turns that are left out before.
  func lefts(
    _ straight: StraightList, _ labels: Labels
  ) -> [(slot: Slot, left: Markup, note: Markup?)] {
    let elided = Elision(labels.lines, in: straight)
    let shown = labels.lines.indices.filter { elided.isShown($0) }
    let cells = shown.mapUntilStopped { entry(labels.lines[$0], straight, labels) }
    let names = cells.map { $0.call == nil ? 0 : $0.name.width }.max() ?? 0
    let lefts = cells.mapUntilStopped { cell -> Markup in
      guard let call = cell.call else { return cell.label + cell.name }
      return cell.label + cell.name.padded(to: names) + Markup(" = ") + call
    }
    let column = lefts.map(\.width).max() ?? 0
    return zip(shown, lefts).mapUntilStopped { index, left in
      let shape = straight.list.shape(labels.lines[index])
      let note = elided.note(before: index).map { Markup($0, .comment) }
      guard !shape.isScalar else { return (labels.lines[index], left, note) }
      let whole = left.padded(to: column) + Markup("  ") + Markup(shape.description, .shape)
      return (labels.lines[index], whole, note)
    }
  }

  /// One entry on a line: `v3 = z1 = add(x1, x1)`.
  func line(_ slot: Slot, _ straight: StraightList, _ labels: Labels) -> Markup {
    let cells = entry(slot, straight, labels)
    let value = Markup("\(labels.value(slot)) = ", .value)
    let label = labels.namesAreLabels || labels.number(slot) == 0 ? Markup() : value
    return label + cells.name + (cells.call.map { Markup(" = ") + $0 } ?? Markup())
  }

  private typealias Entry = (label: Markup, name: Markup, call: Markup?)

  private func entry(_ slot: Slot, _ straight: StraightList, _ labels: Labels) -> Entry {
    let writer = FormulaWriter(form: .text) { kind in
      guard case .value(let slot) = kind else { return Markup() }
      return Markup(labels.name(slot), .name)
    }
    let call =
      Term.entry(slot, in: straight.list).map { writer.call($0) }
      ?? whole(slot, straight.list, writer)
    var label = Markup()
    if !labels.namesAreLabels {
      label =
        Markup(labels.value(slot), .value).padded(to: "v\(labels.lines.count)".count)
        + Markup(" = ")
    }
    return (label, Markup(labels.names(slot), .name), call)
  }

  /// What a part of a loop that was not written out is computed from: `loop(x, z0)`.
  private func whole(_ part: Slot, _ list: List, _ writer: FormulaWriter) -> Markup? {
    let isCustom = list[part].code == Code.custom
    guard isCustom || list.primitive(part).isPart else { return nil }
    let whole = isCustom ? part : list.operand(part, 0)
    var name = list.primitive(whole).name
    var parts: [Markup] = []
    if case .custom(let custom)? = list.structure(whole) {
      name = custom.name
      if let held = custom.held { parts.append(Markup(held.name, .name)) }
    }
    parts += list.operands(whole).map { writer.write(.value($0, in: list)) }
    var text = Markup(name, .name) + Markup("(")
    for (index, part) in parts.enumerated() { text += index > 0 ? Markup(", ") + part : part }
    return text + Markup(")")
  }
}

extension Elision {
  /// What stands in the place of the turns that are left out.
  func note(before index: Int) -> String? {
    gap(before: index).map { gap in
      gap.first == gap.last ? "… turn \(gap.first)" : "… turns \(gap.first) to \(gap.last)"
    }
  }
}
