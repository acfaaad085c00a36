/// A story as text: equations in lines, values in one column.
struct StoryText {
  var digits = 6
  var width = 100

  /// The widest left side that others are lined up with.
  private static let leftLimit = 30

  func render(_ story: Story) -> Markup {
    var text = Markup()
    for (index, section) in story.sections.enumerated() {
      if index > 0 { text.appendLine() }
      if story.sections.count > 1 { text.appendLine(Markup(section.title, .heading)) }
      text += render(section)
    }
    return text.withoutLastBreak
  }

  private func render(_ section: Story.Section) -> Markup {
    let layout = ValueLayout(digits: digits, width: width)
    let widths = section.lines.mapUntilStopped { left($0).width }
    let lefts = widths.filter { $0 <= Self.leftLimit }.max() ?? 0
    var lines: [LineLayout.Line] = []
    for line in section.lines where !Kernel.isStopped {
      if let note = line.note { lines.append(LineLayout.Line(left: Markup(note, .comment))) }
      var text = left(line)
      if !line.forms.isEmpty {
        text = text.padded(to: lefts - (line.sign == "=" ? 0 : 1)) + Markup(" \(line.sign) ")
        text += line.forms.joined(by: " = ")
      }
      lines.append(
        LineLayout.Line(left: text, value: line.elements.map { layout.show($0, line.shape) }))
    }
    let hasShapes = section.lines.contains { !$0.shape.isScalar }
    return LineLayout(width: width, gap: hasShapes ? 2 : 1).layOut(lines)
  }

  private func left(_ line: Story.Line) -> Markup {
    guard !line.shape.isScalar else { return line.left }
    return line.left + Markup(" ") + Markup(line.shape.description, .shape)
  }
}
