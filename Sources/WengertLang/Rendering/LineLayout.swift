/// Lines of a printout with their values in one column, whatever the lengths.
struct LineLayout {
  /// What stands to the left, and the value, if any.
  struct Line {
    var left: Markup
    var value: ValueLayout.Shown?
  }

  let width: Int
  /// The blanks between the longest left side and the `=`.
  var gap = 2
  static let indent = 2

  /// The lines; arrays stand beside their names where all of them fit, below otherwise.
  func layOut(_ lines: [Line]) -> Markup {
    let column = (lines.filter { $0.value != nil }.map { $0.left.width }.max() ?? 0) + gap
    let start = Self.indent + column + 2
    let areBeside = lines.allSatisfy {
      guard let value = $0.value, value.isArray else { return true }
      return start + value.width <= width
    }
    var text = Markup()
    for line in lines where !Kernel.isStopped {
      var row = Markup()
      row.pad(Self.indent)
      row += line.left
      if let value = line.value {
        if value.isArray, !areBeside {
          text.appendLine(row)
          for part in value.lines {
            if !part.isEmpty { text.pad(Self.indent + 4) }
            text.appendLine(Markup(part, .number))
          }
          continue
        }
        row.pad(column - line.left.width)
        row += Markup("= ") + Markup(value.lines.first ?? "", .number)
        for part in value.lines.dropFirst() {
          row.append("\n")
          if !part.isEmpty { row.pad(start) }
          row += Markup(part, .number)
        }
      }
      text.appendLine(row)
    }
    return text
  }
}
