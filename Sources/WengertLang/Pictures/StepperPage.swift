/// The stepper: a trace as one page that is walked through, back and forth.
///
/// The page is one file: no network, no fonts, no library; the data stand in it as JSON.
struct StepperPage {
  let story: StepperStory
  /// The program that the entries were written in, line by line, and its name.
  let program: [String]
  let file: String
  /// The line of the program that an entry was written in, counted from 0.
  let lineOf: (Slot) -> Int?
  /// The derivatives by differences, by the number of the line.
  let differences: [Int: Double]

  private var trace: Trace { story.trace }
  private var labels: Labels { story.trace.labels }

  var html: String {
    let title = "\(labels.name(trace.output)) of \(file)"
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(XML.escaped(title))</title>
      <style>\(StepperPage.style)</style></head>
      \(StepperPage.body)
      <script type="application/json" id="data">\(data.text.withoutTags)</script>
      <script>\(StepperPage.script)</script></body></html>

      """
  }

  // MARK: data

  /// Everything that the page shows: entries, steps, views of the graph.
  var data: JSON {
    let graph = Graph.make(of: trace) { FormulaWriter.name(of: $0, operands: $1, result: $2) }
    var views: [JSON] = []
    if Kernel.isStopped { return .null }
    _ = add(graph, title: "", parent: -1, to: &views)
    return .members([
      "schema": .string("wl-stepper/1"), "file": .string(file),
      "program": .array(program.map { .string($0) }),
      "output": .int(labels.number(trace.output)),
      "entries": .array(labels.lines.map(entry)),
      "forward": .array(story.forward.map(step)),
      "reverse": .array(story.reverse.map(step)),
      "tangents": .array(
        story.tangents.map { seed, trace in
          .members(["seed": .string(seed), "steps": .array(story.steps(of: trace).map(step))])
        }),
      "views": .array(views),
    ])
  }

  private func entry(_ slot: Slot) -> JSON {
    if Kernel.isStopped { return .null }
    let list = trace.straight.list
    let shape = list.shape(slot)
    let difference = differences[labels.number(slot)]
    return .array([
      .string(labels.names(slot)), .string(shape.isScalar ? "" : shape.description),
      .int(lineOf(slot) ?? -1), difference.map { .number($0) } ?? .null,
      .string(labels.adjoint(slot, of: trace.output)),
    ])
  }

  /// A step as an array: line, lines read, name, formulas, value, total where it adds up, reason.
  private func step(_ step: StepperStory.Step) -> JSON {
    if Kernel.isStopped { return .null }
    let shape = shape(line: step.line)
    let value = text(step.value, shape)
    let total = text(step.total, shape)
    return .array([
      .int(step.line), .array(step.reads.map { .int($0) }), .string(StepperPage.html(step.name)),
      .array(step.formulas.map { .string(StepperPage.html($0)) }), .string(value),
      step.isSum ? .string(total) : .null, .string(step.reason),
    ])
  }

  private func shape(line: Int) -> Shape {
    labels.lines.indices.contains(line - 1)
      ? trace.straight.list.shape(labels.lines[line - 1]) : .scalar
  }

  private func text(_ elements: [Double], _ shape: Shape) -> String {
    ValueLayout(digits: story.digits, width: 60).show(elements, shape).lines.joined(separator: "\n")
  }

  /// Adds the view of a graph and of the graphs inside of its boxes.
  ///
  /// - Returns: the number of the view.
  private func add(_ graph: Graph, title: String, parent: Int, to views: inout [JSON]) -> Int {
    let number = views.count
    views.append(.null)
    let sizes = graph.boxes.map { box in
      let words = [box.name, box.operation, box.shape.isScalar ? "" : box.shape.description]
      let width = Picture.width(words.joined(separator: " "), size: 13, bold: true) + 18
      return LayeredLayout.Size(
        width: max(box.kind == .group ? 90 : 108, width), height: box.kind == .parameter ? 24 : 58)
    }
    var spacing = LayeredLayout.Spacing()
    spacing.width = 800
    let layout = LayeredLayout(
      sizes, graph.lines.map { .init(from: $0.from, to: $0.to) }, spacing: spacing)
    var boxes: [JSON] = []
    for (index, box) in graph.boxes.enumerated() where !Kernel.isStopped {
      let inner = box.inner.first.map { add($0, title: box.name, parent: number, to: &views) }
      let place = layout.places[index]
      let words = [box.operation, box.shape.isScalar ? "" : box.shape.description]
      boxes.append(
        .array([
          .int(Int(place.x)), .int(Int(place.y)), .int(Int(sizes[index].width)),
          .int(Int(sizes[index].height)), .string(box.name),
          .string(words.filter { !$0.isEmpty }.joined(separator: " ")), .int(box.line ?? 0),
          .int(inner ?? -1), .int(StepperPage.number(of: box.kind)),
        ]))
    }
    let lines: [JSON] = zip(graph.lines, layout.paths).map { line, path in
      .array([.int(line.from), .int(line.to), .string(SVGWriter.path(path))])
    }
    views[number] = .members([
      "title": .string(title), "parent": .int(parent), "width": .int(Int(layout.width) + 1),
      "height": .int(Int(layout.height) + 1), "boxes": .array(boxes), "lines": .array(lines),
    ])
    return number
  }

  private static func number(of kind: Graph.Kind) -> Int {
    switch kind {
    case .input: 0
    case .entry: 1
    case .parameter: 2
    case .group: 3
    }
  }

  /// A text with its roles as classes.
  private static func html(_ text: Markup) -> String {
    text.pieces.map { piece in
      let words = XML.escaped(piece.text)
      switch piece.role {
      case .adjoint, .value, .tangent: return "<i class=\(piece.role.rawValue)>\(words)</i>"
      default: return words
      }
    }.joined()
  }
}

extension String {
  /// The text where no tag can end a script.
  fileprivate var withoutTags: String {
    split(separator: "<", omittingEmptySubsequences: false).joined(separator: "\\u003c")
  }
}
