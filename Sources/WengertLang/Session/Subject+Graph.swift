/// `graph f`: the entries that f needs, drawn.
extension Subject {
  /// The most boxes that are drawn.
  static let graphLimit = 10_000

  mutating func graph() throws(Refusal) -> Printout {
    let graph = try made()
    guard graph.count <= Subject.graphLimit else {
      throw Refusal(diagnostic: .graphTooLarge(graph.count, Subject.graphLimit, at: span))
    }
    let name = lowering.displayName(output) ?? "f"
    let digits = min(settings.digits, 6)
    let value = { (elements: [Double], shape: Shape) in
      ValueLayout.brief(elements, shape, digits: digits)
    }
    let text = GraphText(value: value)
    let drawing = GraphDrawing(value: value, width: settings.width)
    let title = "The Wengert list of \(name)"
    return Printout(
      markup: drawing.draw(graph), json: nil,
      files: [
        ".dot": { text.dot(graph, title: name) },
        ".mmd": { text.mermaid(graph) },
      ],
      picture: { GraphPicture(value: value).draw(graph, title: title) })
  }

  private mutating func made() throws(Refusal) -> Graph {
    var adjoints: [Slot: [Double]] = [:]
    if list.shape(output).count == 1,
      let trace = try? Trace.make(of: output, wrt: targets, in: list, symbols: symbols)
    {
      var values: [Slot: [Double]] = [:]
      for step in trace.steps { values[step.slot] = step.value }
      for (slot, place) in trace.straight.places { adjoints[slot] = values[place] }
    }
    let graph = Graph.make(
      of: output, wrt: targets, in: list, symbols: symbols,
      name: { FormulaWriter.name(of: $0, operands: $1, result: $2) },
      values: { lowering.values.view($0, in: list)?.array },
      adjoints: { adjoints[$0] })
    return options.contains("folded") ? graph.folded : graph
  }
}

extension ValueLayout {
  /// A value in one short line: a number, few elements, or the norm of many.
  static func brief(_ elements: [Double], _ shape: Shape, digits: Int) -> String {
    func text(_ value: Double) -> String { NumberFormat.significant(value, digits: digits) }
    if shape.isScalar { return elements.first.map(text) ?? "" }
    if elements.count <= 4 {
      return "["
        + elements.map { NumberFormat.significant($0, digits: min(digits, 4)) }
        .joined(separator: " ") + "]"
    }
    return ValueLayout(digits: min(digits, 4)).show(elements, shape, asSummary: true)
  }

  private func show(_ elements: [Double], _ shape: Shape, asSummary: Bool) -> String {
    var layout = self
    layout.limit = 0
    return layout.show(elements, shape).lines.first ?? ""
  }
}
