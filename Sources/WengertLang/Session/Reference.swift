/// What is made from the tables that the program works with: the pages of `docs/reference`, and the
/// functions of the Swift library.
public enum Reference: String, CaseIterable, Sendable {
  case primitives, kinks, commands, concepts, operations

  /// The page, with a line break at its end.
  public var page: String {
    switch self {
    case .primitives: Reference.primitivesPage
    case .kinks: Reference.kinksPage
    case .commands: Reference.commandsPage
    case .operations: SwiftOperations.source
    case .concepts: Reference.conceptsPage
    }
  }

  static let origin = "This page is made by `make docs` from the program's own tables.\n"

  // MARK: primitives

  private static var primitivesPage: String {
    let families = Catalogue.families.map { title, rows in
      (title, rows.filter { !$0.isInternal })
    }
    var page = "# The derivative table\n\n" + origin
    page += "`d/da` is the partial derivative by the operand a; `bar` is the adjoint of the\n"
    page += "result, and `bar A` what the adjoint of the operand A gains.\n\n"
    // Of two headings that are alike the second gets a number.
    var uses: [String: Int] = [:]
    for (title, rows) in families where !rows.isEmpty {
      let names = rows.map { row in
        let anchor = row.name.lowercased()
        uses[anchor, default: -1] += 1
        let use = uses[anchor] ?? 0
        return "[\(row.name)](#\(anchor)\(use == 0 ? "" : "-\(use)"))"
      }
      page += "* **\(title)**: \(names.joined(separator: ", "))\n"
    }
    for (title, rows) in families where !rows.isEmpty {
      page += "\n## \(title)\n"
      for row in rows {
        page += "\n### \(row.name)\n\n" + block(RowRenderer().render(row).plain)
      }
    }
    return page
  }

  // MARK: commands

  private static var commandsPage: String {
    var page = "# Commands, words, settings and the command line\n\n" + origin
    page += "\n## Commands of the language\n\nThey stand in programs and at the prompt.\n\n"
    page += table(
      ["command", "prints", "knows behind its operands", "writes"],
      CommandWord.allCases.map { word in
        let words = (word.clauses + word.options).map { "`\($0)`" }.joined(separator: " ")
        let endings = word.endings.map { "`\($0)`" }.joined(separator: " ")
        return ["`\(word.rawValue) \(word.operands)`", word.summary, words, endings]
      })
    page += "\n## Words that are written like calls\n\n"
    page += table(
      ["word", "gives"], Form.table.map { ["`\($0.name)(\($0.operands))`", $0.summary] })
    page += "\n## Commands of the prompt\n\nThe first letters are enough.\n\n"
    page += table(
      ["command", "does"],
      SessionCommand.all.map {
        ["`:\($0.name)\($0.operands.isEmpty ? "" : " " + $0.operands)`", $0.summary]
      })
    page += "\nThe keys there:\n\n" + table(["key", "does"], Help.keyRows.map { [$0, $1] })
    page +=
      "\nWhat is typed is kept in a history of \(HistoryFile.limit) entries; what begins with a "
    page += "blank is not.\n"
    page += "\n## Settings\n\nChanged with `set`, as in `set digits 12`.\n\n"
    let settings = Settings()
    page += table(
      ["setting", "is", "takes", "at first"],
      Setting.all.map { [$0.name, $0.summary, $0.wants, $0.initial ?? $0.value(settings)] })
    return page
  }

  // MARK: concepts

  private static var conceptsPage: String {
    var page = "# Concepts\n\n" + origin
    page +=
      "`explain reverse`, also `wl explain reverse`, prints an entry.\n\n"
    let names = Concept.all.map { "[\($0.name)](#\(String($0.name.map { $0 == " " ? "-" : $0 })))" }
    page += names.joined(separator: " ·\n") + "\n"
    for concept in Concept.all { page += "\n" + concept.markdown(concept.output) }
    return page
  }

  // MARK: Markdown

  private static func block(_ text: String) -> String { "```text\n\(text)\n```\n" }

  /// A table of Markdown.
  public static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { line in
      "| " + line.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }.joined()
  }
}
