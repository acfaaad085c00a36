extension Markup {
  /// The cells of a line.
  var width: Int { pieces.reduce(0) { $0 + Cells.width($1.text) } }

  /// The text with blanks behind it, up to a width.
  func padded(to width: Int) -> Markup {
    var text = self
    text.pad(width - self.width)
    return text
  }

  /// The lines, without their breaks.
  public var lines: [Markup] {
    var lines = [Markup()]
    for piece in pieces {
      let parts = piece.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { lines.append(Markup()) }
        lines[lines.count - 1].append(String(part), piece.role)
      }
    }
    return lines
  }

  /// The text without the line breaks that it ends with.
  var withoutLastBreak: Markup {
    var text = self
    text.dropLastBreaks()
    return text
  }
}
