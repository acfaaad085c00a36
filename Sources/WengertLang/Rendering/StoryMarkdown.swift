/// A story as Markdown: a table for each section.
struct StoryMarkdown {
  var digits = 6

  func document(_ story: Story) -> String {
    var text = "# \(story.title)\n"
    for section in story.sections {
      text += "\n## \(section.title)\n\n"
      let hasReasons = section.lines.contains { $0.reason != nil }
      text += hasReasons ? "| | step | reason |\n" : "| | is | value |\n"
      text += "| --- | --- | --- |\n"
      for line in section.lines where !Kernel.isStopped {
        if let note = line.note { text += "| \(note) | | |\n" }
        let shape = line.shape.isScalar ? "" : " " + line.shape.description
        let sign = line.sign == "=" ? "" : line.sign + " "
        let forms = line.forms.map(\.plain).joined(separator: " = ")
        let last =
          hasReasons ? code(line.reason?.plain ?? "") : line.elements.map { value($0, line.shape) }
        text += "| \(code(line.left.plain + shape)) | \(code(sign + forms)) | \(last ?? "") |\n"
      }
    }
    return text
  }

  private func code(_ text: String) -> String {
    text.isEmpty ? "" : "`" + text.map { $0 == "|" ? "\\|" : String($0) }.joined() + "`"
  }

  private func value(_ elements: [Double], _ shape: Shape) -> String {
    ValueLayout(digits: digits).show(elements, shape).lines.map(code).joined(separator: "<br>")
  }
}
