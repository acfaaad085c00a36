/// A story as a LaTeX document that a plain installation compiles.
///
/// Each line is a paragraph with one formula in it, so that TeX breaks it where it is too long.
struct StoryLaTeX {
  var digits = 6

  /// How many characters a row of a matrix may have; a wider one is told in a summary.
  private static let rowLimit = 72

  func document(_ story: Story) -> String {
    """
    \\documentclass{article}
    \\usepackage{amsmath}
    \\setlength{\\oddsidemargin}{0pt}
    \\setlength{\\textwidth}{16cm}
    \\setlength{\\topmargin}{-1cm}
    \\setlength{\\textheight}{23cm}
    \\setlength{\\parindent}{0pt}
    \\setlength{\\parskip}{6pt}
    \\setcounter{MaxMatrixCols}{40}
    \\relpenalty=100
    \\binoppenalty=200
    \\newcommand{\\step}[1]{{\\raggedright\\hangindent=2em\\hangafter=1 #1\\par}}
    \\begin{document}
    \(body(story))\\end{document}

    """
  }

  /// What stands between the beginning and the end of the document.
  func body(_ story: Story) -> String {
    var text = ""
    for section in story.sections {
      text += "\\section*{\(LaTeX.words(section.title, in: nil, blank: " "))}\n"
      for line in section.lines where !Kernel.isStopped {
        if let note = line.note { text += "\\step{\(LaTeX.words(note, in: nil, blank: " "))}\n" }
        text += "\\step{$\\displaystyle \(formula(line))$\(reason(line))}\n"
      }
    }
    return text
  }

  private func formula(_ line: Story.Line) -> String {
    var text = line.left.plain
    if !line.shape.isScalar {
      text += "\\;{\\scriptstyle [\(line.shape.extents.map(String.init).joined(separator: ", "))]}"
    }
    for (index, form) in line.forms.enumerated() {
      text += index == 0 && line.sign != "=" ? " \(LaTeX.signs[line.sign] ?? line.sign) " : " = "
      text += form.plain
    }
    if let elements = line.elements { text += " = " + value(elements, line.shape) }
    return text
  }

  private func reason(_ line: Story.Line) -> String {
    guard let reason = line.reason else { return "" }
    return " \\quad {\\small $\(reason.plain)$}"
  }

  private func value(_ elements: [Double], _ shape: Shape) -> String {
    let layout = ValueLayout(digits: digits)
    if shape.isScalar {
      return elements.first.map {
        LaTeX.number(NumberFormat.significant($0, digits: digits))
      } ?? ""
    }
    let columns = shape.extents.last ?? 1
    let cells = elements.map { LaTeX.number(NumberFormat.significant($0, digits: digits)) }
    let widest = cells.map(\.count).max() ?? 0
    guard elements.count <= layout.limit, shape.rank <= 2, columns > 0,
      columns * (widest + 2) <= Self.rowLimit
    else {
      let words = layout.show(elements, shape)
      let text = words.isArray ? "\(elements.count) elements" : words.lines.first ?? ""
      return "\\text{" + LaTeX.words(text.plainASCII, in: nil, blank: " ") + "}"
    }
    let rows = stride(from: 0, to: cells.count, by: columns).map {
      cells[$0..<min($0 + columns, cells.count)].joined(separator: " & ")
    }
    return "\\begin{bmatrix} " + rows.joined(separator: " \\\\ ") + " \\end{bmatrix}"
  }
}

extension String {
  /// With the dots between two ends in ASCII.
  fileprivate var plainASCII: String {
    map { $0 == "…" ? "..." : String($0) }.joined()
  }
}
