/// An idea of the field with a page of its own: `explain reverse`, and in `docs/reference`.
struct Concept: Sendable {
  /// What it is called, in lower case.
  let name: String
  /// Other words for it.
  var also: [String] = []
  /// What it is, in a few lines.
  let text: [String]
  /// A program that shows it; whoever shows the page runs it.
  let program: String
  /// Where more is told: pages below `docs`.
  var more: [String] = []
  /// Concepts and operations near by.
  var near: [String] = []

  /// Every concept, in the order in which a reader meets them.
  static let all: [Concept] = lists + writing + sweeps + derivatives + trust

  /// The concept that a word means, or its plural.
  static func find(_ word: String) -> Concept? {
    let folded = word.lowercased()
    func meant(_ word: String) -> Concept? {
      all.first { $0.name == word || $0.also.contains(word) }
    }
    return meant(folded) ?? (folded.hasSuffix("s") ? meant(String(folded.dropLast())) : nil)
  }

  /// The page for the terminal, with what the program prints.
  func page(_ output: Markup) -> Markup {
    var page = Markup(name, .heading)
    if !also.isEmpty { page.append("  also: " + also.joined(separator: ", "), .dimmed) }
    page.append("\n\n")
    for line in text { page.append(line + "\n") }
    page.append("\n")
    for line in program.split(separator: "\n", omittingEmptySubsequences: false) {
      page.append("  " + line + "\n", .operation)
    }
    page.append("\n")
    for line in output.lines { page.appendLine(line.isEmpty ? line : Markup("  ") + line) }
    if !near.isEmpty {
      page.append("\nsee also  ", .dimmed)
      page.append(near.map { "explain \($0)" }.joined(separator: ", "))
    }
    if !more.isEmpty {
      page.append("\nmore in   ", .dimmed)
      page.append(more.map { "docs/\($0)" }.joined(separator: ", "))
    }
    return page
  }

  /// The page as Markdown, for a folder below `docs`, with what the program prints.
  func markdown(_ output: Markup) -> String {
    var page = "## \(name)\n\n"
    if !also.isEmpty { page += "Also: \(also.joined(separator: ", ")).\n\n" }
    page += text.joined(separator: "\n") + "\n\n"
    page += "```wl\n\(program)\n```\n\n```text\n\(output.plain)\n```\n"
    if !more.isEmpty {
      let links = more.map { "[\($0)](../\($0))" }
      page += "\nMore: \(links.joined(separator: ", ")).\n"
    }
    return page
  }
}
