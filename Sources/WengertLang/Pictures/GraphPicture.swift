/// A graph as a picture: boxes with name, operation, shape, value and adjoint, joined by lines.
struct GraphPicture {
  /// Writes a value in few characters.
  let value: ([Double], Shape) -> String

  private static let size = 12.0
  private static let lineHeight = 16.0
  private static let edge = 9.0
  private static let margin = 22.0
  /// The room above the graph in a box.
  private static let head = 26.0

  func draw(_ graph: Graph, title: String) -> Picture {
    let plan = plan(graph, width: 1500)
    let key = GraphPicture.lineHeight + 6
    var picture = Picture(
      width: max(plan.width, 240) + 2 * GraphPicture.margin,
      height: plan.height + 2 * GraphPicture.margin + key, title: title)
    picture.details = details(graph)
    draw(
      graph, plan, at: .init(x: GraphPicture.margin, y: GraphPicture.margin), into: &picture)
    drawKey(graph, &picture)
    return picture
  }

  // MARK: sizes

  /// A graph with the room that its boxes take.
  private struct Plan {
    var layout: LayeredLayout
    var sizes: [LayeredLayout.Size]
    /// The plans of the graphs inside each box.
    var inner: [[Plan]]
    var width: Double { layout.width }
    var height: Double { layout.height }
  }

  private func plan(_ graph: Graph, width: Double) -> Plan {
    let inner = graph.boxes.map { box in
      box.inner.map { plan($0, width: max(400, width * 0.7)) }
    }
    let sizes = zip(graph.boxes, inner).map { box, plans in size(of: box, holding: plans) }
    let lines = graph.lines.map { LayeredLayout.Line(from: $0.from, to: $0.to) }
    var spacing = LayeredLayout.Spacing()
    spacing.width = width
    return Plan(layout: LayeredLayout(sizes, lines, spacing: spacing), sizes: sizes, inner: inner)
  }

  private func size(of box: Graph.Box, holding plans: [Plan]) -> LayeredLayout.Size {
    let texts = texts(of: box)
    var width = Picture.width(texts.head, size: GraphPicture.size, bold: true)
    for text in texts.below {
      width = max(width, Picture.width(text.text, size: GraphPicture.size - 1))
    }
    width = max(width + 2 * GraphPicture.edge, 44)
    var height = GraphPicture.lineHeight * Double(1 + texts.below.count) + GraphPicture.edge
    if !plans.isEmpty {
      height = GraphPicture.head + GraphPicture.edge
      for plan in plans {
        width = max(width, plan.width + 2 * GraphPicture.edge + 12)
        height += plan.height + GraphPicture.edge
        if plans.count > 1 { height += GraphPicture.lineHeight }
      }
    }
    return .init(width: width, height: height)
  }

  /// What stands in a box: its first line, and those below with their tones.
  private func texts(
    of box: Graph.Box
  ) -> (head: String, below: [(text: String, tone: Picture.Tone)]) {
    var below: [(text: String, tone: Picture.Tone)] = []
    if let elements = box.value, box.inner.isEmpty {
      below.append(("= " + value(elements, box.shape), .value))
    }
    if let elements = box.adjoint, box.inner.isEmpty {
      below.append(("a " + value(elements, box.shape), .adjoint))
    }
    if let next = box.next { below.append(("next turn's \(next)", .faint)) }
    let shape = box.shape.isScalar || box.kind == .group ? "" : " " + box.shape.description
    let words = [box.name, box.operation].filter { !$0.isEmpty }
    return (words.joined(separator: "  ") + shape, below)
  }

  // MARK: drawing

  private func draw(
    _ graph: Graph, _ plan: Plan, at origin: Picture.Point, into picture: inout Picture
  ) {
    func moved(_ point: Picture.Point) -> Picture.Point {
      .init(x: point.x + origin.x, y: point.y + origin.y)
    }
    var cuts: [Int: [Int]] = [:]
    for (index, path) in plan.layout.paths.enumerated() {
      guard !path.isEmpty else {
        cuts[graph.lines[index].to, default: []].append(graph.lines[index].from)
        continue
      }
      picture.add(.curve(path.map(moved), .init(tone: .faint, width: 1.3), arrow: true))
    }
    for index in graph.boxes.indices {
      draw(
        graph.boxes[index], plan.sizes[index], plan.inner[index],
        at: moved(plan.layout.places[index]), into: &picture)
    }
    // A line from another band is told by the name of what it comes from.
    for (to, sources) in cuts {
      let corner = moved(plan.layout.places[to])
      let names = sources.map { graph.boxes[$0].name }.joined(separator: ", ")
      picture.write("← " + names, .init(x: corner.x, y: corner.y - 4), size: 10, .faint)
    }
  }

  private func draw(
    _ box: Graph.Box, _ size: LayeredLayout.Size, _ inner: [Plan], at corner: Picture.Point,
    into picture: inout Picture
  ) {
    let fill: Picture.Tone =
      box.isResult
      ? .result : box.kind == .input || box.kind == .parameter ? .input : .entry
    picture.add(
      .box(
        corner, width: size.width, height: size.height, radius: 6,
        fill: inner.isEmpty ? fill : .ground,
        .init(tone: .frame, width: inner.isEmpty ? 1 : 1.5, dashes: inner.isEmpty ? [] : [5, 3])))
    let texts = texts(of: box)
    let x = corner.x + GraphPicture.edge
    var y = corner.y + GraphPicture.lineHeight
    picture.write(box.name, .init(x: x, y: y), size: GraphPicture.size, bold: true)
    let rest = String(texts.head.dropFirst(box.name.count))
    let offset = Picture.width(box.name, size: GraphPicture.size, bold: true)
    picture.write(
      rest.trimmedFront, .init(x: x + offset + (box.name.isEmpty ? 0 : 6), y: y),
      size: GraphPicture.size - 1, .faint)
    for text in texts.below {
      y += GraphPicture.lineHeight
      picture.write(text.text, .init(x: x, y: y), size: GraphPicture.size - 1, text.tone)
    }
    y = corner.y + GraphPicture.head
    for (graph, plan) in zip(box.inner, inner) {
      if inner.count > 1 {
        y += GraphPicture.lineHeight
        picture.write(graph.title, .init(x: x, y: y - 4), size: 11, .faint, bold: true)
      }
      draw(graph, plan, at: .init(x: x + 6, y: y), into: &picture)
      y += plan.height + GraphPicture.edge
    }
  }

  private func drawKey(_ graph: Graph, _ picture: inout Picture) {
    let y = picture.height - 12
    var x = GraphPicture.margin
    var words: [(String, Picture.Tone)] = []
    if graph.boxes.contains(where: { $0.value != nil }) { words.append(("= value", .value)) }
    if graph.boxes.contains(where: { $0.adjoint != nil }) {
      words.append(("a adjoint", .adjoint))
    }
    for (word, tone) in words {
      picture.write(word, .init(x: x, y: y), size: 11, tone)
      x += Picture.width(word, size: 11) + 18
    }
  }

  /// The graph in words.
  private func details(_ graph: Graph) -> String {
    graph.boxes.indices.map { index in
      let sources = graph.lines.filter { $0.to == index }.map { graph.boxes[$0.from].name }
      let box = graph.boxes[index]
      return box.name
        + (box.operation.isEmpty
          ? "" : " = \(box.operation)(\(sources.joined(separator: ", ")))")
    }.prefix(200).joined(separator: "; ")
  }
}

extension String {
  /// The text without blanks in front.
  fileprivate var trimmedFront: String { String(drop { $0 == " " }) }
}
