/// A graph as text for other programs: DOT for Graphviz, and Mermaid.
struct GraphText {
  /// Writes a value in few characters.
  let value: ([Double], Shape) -> String

  // MARK: DOT

  func dot(_ graph: Graph, title: String) -> String {
    var text = "digraph \(GraphText.quoted(title)) {\n  rankdir=LR;\n"
    text += "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f2f5f9\", "
    text += "color=\"#8894a2\", fontname=\"sans-serif\"];\n"
    dot(graph, prefix: "n", indent: "  ", into: &text)
    return text + "}\n"
  }

  private func dot(_ graph: Graph, prefix: String, indent: String, into text: inout String) {
    for (index, box) in graph.boxes.enumerated() {
      let name = prefix + "\(index)"
      text += "\(indent)\(name) [label=\(GraphText.quoted(label(box).joined(separator: "\n")))"
      if box.kind == .input || box.kind == .parameter { text += ", fillcolor=\"#eef4e6\"" }
      if box.isResult { text += ", fillcolor=\"#fdf1dc\"" }
      text += "];\n"
      for (number, inner) in box.inner.enumerated() {
        text += "\(indent)subgraph cluster_\(name)_\(number) {\n"
        text += "\(indent)  label=\(GraphText.quoted(inner.title)); style=dashed;\n"
        dot(inner, prefix: "\(name)_\(number)_", indent: indent + "  ", into: &text)
        text += "\(indent)}\n"
      }
    }
    for line in graph.lines { text += "\(indent)\(prefix)\(line.from) -> \(prefix)\(line.to);\n" }
  }

  // MARK: Mermaid

  func mermaid(_ graph: Graph) -> String {
    var text = "flowchart LR\n"
    mermaid(graph, prefix: "n", indent: "  ", into: &text)
    return text
  }

  private func mermaid(_ graph: Graph, prefix: String, indent: String, into text: inout String) {
    for (index, box) in graph.boxes.enumerated() {
      let name = prefix + "\(index)"
      let words = label(box).map(GraphText.entities).joined(separator: "<br>")
      let (open, close) = box.kind == .input || box.kind == .parameter ? ("([", "])") : ("[", "]")
      text += "\(indent)\(name)\(open)\"\(words)\"\(close)\n"
      for (number, inner) in box.inner.enumerated() {
        text += "\(indent)subgraph \(name)_\(number) [\"\(GraphText.entities(inner.title))\"]\n"
        mermaid(inner, prefix: "\(name)_\(number)_", indent: indent + "  ", into: &text)
        text += "\(indent)end\n"
      }
    }
    for line in graph.lines { text += "\(indent)\(prefix)\(line.from) --> \(prefix)\(line.to)\n" }
  }

  // MARK: labels

  /// The lines of a box.
  private func label(_ box: Graph.Box) -> [String] {
    let shape = box.shape.isScalar || box.kind == .group ? "" : box.shape.description
    let head = [box.name, box.operation, shape].filter { !$0.isEmpty }
    var lines = [head.joined(separator: "  ")]
    if let elements = box.value { lines.append("= " + value(elements, box.shape)) }
    if let elements = box.adjoint { lines.append("a " + value(elements, box.shape)) }
    if let next = box.next { lines.append("next turn's \(next)") }
    return lines
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.reduce(into: "") { result, character in
      switch character {
      case "\"", "\\": result += "\\\(character)"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return "\"\(escaped)\""
  }

  /// Mermaid's way to write what would end a label.
  private static func entities(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\"": result += "#quot;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      case "#": result += "#35;"
      default: result.append(character)
      }
    }
  }
}
