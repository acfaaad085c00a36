/// A story as a page of its own, formulas in MathML: nothing is loaded, no script runs.
struct StoryHTML {
  var digits = 6

  func document(_ story: Story) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(MathML.escaped(story.title))</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <h1>\(MathML.escaped(story.title))</h1>
    \(story.sections.map(section).joined())</body>
    </html>

    """
  }

  private static let style = """
    :root { color-scheme: light dark }
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; max-width: 75rem }
    h1 { font-size: 1.3rem } h2 { font-size: 1.1rem; margin-top: 2rem }
    div.table { overflow-x: auto }
    td { padding: .3rem .8rem; vertical-align: middle; border-top: 1px solid #8884 }
    td.reason, td.note { opacity: .75 }
    math { font-family: "STIX Two Math", "Latin Modern Math", math }
    """

  private func section(_ section: Story.Section) -> String {
    var text = "<h2>\(MathML.escaped(section.title))</h2>\n<div class=\"table\"><table>\n"
    for line in section.lines where !Kernel.isStopped {
      if let note = line.note {
        text += "<tr><td class=\"note\" colspan=\"3\">\(MathML.escaped(note))</td></tr>\n"
      }
      text += "<tr><td>\(math(left(line)))</td><td>\(forms(line))</td>"
      if let reason = line.reason {
        text += "<td class=\"reason\">\(math(reason.plain))</td>"
      } else {
        text += "<td>\(line.elements.map { math("<mo>=</mo>" + value($0, line.shape)) } ?? "")</td>"
      }
      text += "</tr>\n"
    }
    return text + "</table></div>\n"
  }

  private func math(_ inside: String) -> String {
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>\(inside)</mrow></math>"
  }

  private func left(_ line: Story.Line) -> String {
    guard !line.shape.isScalar else { return line.left.plain }
    return line.left.plain + "<mspace width=\"0.5em\"/><mtext>\(line.shape.description)</mtext>"
  }

  private func forms(_ line: Story.Line) -> String {
    line.forms.enumerated().map { index, form in
      math("<mo>\(index == 0 ? line.sign : "=")</mo>" + form.plain)
    }.joined(separator: " ")
  }

  private func value(_ elements: [Double], _ shape: Shape) -> String {
    func cell(_ value: Double) -> String {
      MathML.number(NumberFormat.significant(value, digits: digits)).plain
    }
    if shape.isScalar { return elements.first.map(cell) ?? "" }
    let layout = ValueLayout(digits: digits)
    let columns = shape.extents.last ?? 1
    guard elements.count <= layout.limit, shape.rank <= 2, columns > 0 else {
      let shown = layout.show(elements, shape)
      return "<mtext>\(MathML.escaped(shown.lines.joined(separator: " ")))</mtext>"
    }
    let rows = stride(from: 0, to: elements.count, by: columns).map { start in
      "<mtr>"
        + elements[start..<min(start + columns, elements.count)].map { "<mtd>\(cell($0))</mtd>" }
        .joined() + "</mtr>"
    }
    return "<mrow><mo>[</mo><mtable>\(rows.joined())</mtable><mo>]</mo></mrow>"
  }
}
