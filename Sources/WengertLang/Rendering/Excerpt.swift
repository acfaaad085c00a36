/// A label of a diagnostic, placed on a line of a text.
struct Mark {
  let file: Int
  /// Counted from 1.
  let line: Int
  /// The cells that it underlines, counted from 0.
  let cells: Range<Int>
  /// The character it begins at, counted from 1.
  let column: Int
  let text: String
  let isPrimary: Bool

  /// Places a label; of one that goes over several lines, the first line is marked.
  init(_ label: Diagnostic.Label, isPrimary: Bool, in source: SourceFile) {
    let offset = min(Int(label.span.start), source.bytes.count)
    line = source.line(at: offset)
    let range = source.range(ofLine: line)
    let start = max(range.lowerBound, min(offset, range.upperBound))
    let end = max(start, min(Int(label.span.end), range.upperBound))
    let before = source.text(range.lowerBound..<start)
    let from = Cells.width(before)
    var to = from
    for scalar in source.text(start..<end).unicodeScalars { to += Cells.width(scalar, at: to) }
    // Something that takes no room, as the end of a line, is still pointed at.
    if to == from { to += 1 }
    cells = from..<to
    column = before.unicodeScalars.count + 1
    text = label.text
    self.isPrimary = isPrimary
    file = Int(label.span.file)
  }
}

/// The lines of one text that a diagnostic is about.
struct Excerpt {
  /// Longer lines are cut around their marks, whatever the terminal holds.
  static let widest = 160
  /// The cells beside a line: what leads to it, behind the digits, and what stands for its ends.
  static let frame = 5
  /// Fewer cells show nothing.
  static let narrowest = 10

  let source: SourceFile
  let marks: [Mark]
  let role: Markup.Role
  /// The width of the column of line numbers.
  let digits: Int
  /// The cells of the longest line that is shown whole.
  let room: Int

  /// Draws the place, the lines and their marks.
  func draw(arrow: String, to text: inout Markup) {
    guard let first = marks.first else { return }
    text.pad(digits)
    text.append(arrow, .underline)
    text.append(" \(source.name):\(first.line):\(first.column)\n")
    gutter(to: &text)
    text.append("\n")
    var last = 0
    for line in Set(marks.map(\.line)).sorted() {
      if last > 0, line > last + 1 { text.append("...\n", .underline) }
      draw(line: line, to: &text)
      last = line
    }
  }

  private func gutter(_ number: String = "", to text: inout Markup) {
    text.pad(digits - number.count)
    text.append(number + " |", .underline)
  }

  private func draw(line: Int, to text: inout Markup) {
    let all = marks.filter { $0.line == line }
    let shown = Shown(source.text(source.range(ofLine: line)), around: all, in: room)
    gutter(String(line), to: &text)
    text.append((shown.text.isEmpty ? "" : " ") + shown.text + "\n")
    for row in Excerpt.rows(all) { draw(row: row, shift: shown.shift, to: &text) }
  }

  /// Marks that do not overlap share a row; the primary one is in the first.
  private static func rows(_ marks: [Mark]) -> [[Mark]] {
    var rows: [[Mark]] = []
    for mark in marks {
      let free = rows.firstIndex { row in
        row.allSatisfy {
          $0.cells.upperBound < mark.cells.lowerBound || mark.cells.upperBound < $0.cells.lowerBound
        }
      }
      if let free { rows[free].append(mark) } else { rows.append([mark]) }
    }
    return rows.map { $0.sorted { $0.cells.lowerBound < $1.cells.lowerBound } }
  }

  /// Draws the underlines of a row, the words of the last behind it, those of the others below.
  private func draw(row: [Mark], shift: Int, to text: inout Markup) {
    gutter(to: &text)
    text.append(" ")
    var cell = 0
    for mark in row {
      let start = max(0, mark.cells.lowerBound - shift)
      text.pad(start - cell)
      let count = max(1, min(mark.cells.count, room + 1 - start))
      text.append(
        String(repeating: mark.isPrimary ? "^" : "-", count: count),
        mark.isPrimary ? role : .underline)
      cell = max(cell, start) + count
    }
    if let last = row.last, !last.text.isEmpty {
      text.append(" " + last.text, last.isPrimary ? role : .underline)
    }
    text.append("\n")
    let hanging = row.dropLast().filter { !$0.text.isEmpty }
    for count in stride(from: hanging.count, to: 0, by: -1) {
      if count == hanging.count { elbows(hanging.prefix(count), nil, shift, to: &text) }
      elbows(hanging.prefix(count - 1), hanging[hanging.startIndex + count - 1], shift, to: &text)
    }
  }

  /// A line that leads from underlines down to their words.
  private func elbows(
    _ marks: ArraySlice<Mark>, _ worded: Mark?, _ shift: Int, to text: inout Markup
  ) {
    gutter(to: &text)
    text.append(" ")
    var cell = 0
    for mark in marks {
      let start = max(0, mark.cells.lowerBound - shift)
      text.pad(start - cell)
      text.append("|", mark.isPrimary ? role : .underline)
      cell = max(cell, start) + 1
    }
    if let worded {
      text.pad(worded.cells.lowerBound - shift - cell)
      text.append(worded.text, worded.isPrimary ? role : .underline)
    }
    text.append("\n")
  }
}

/// A line as it is shown: tabs as blanks, nothing that moves the cursor, cut when it is very long.
private struct Shown {
  /// How many marks on one letter are shown: they take no cell, so a line of them has no end.
  private static let mostAccents = 8

  var text = ""
  /// How many cells were cut off at the left, less what stands for them.
  var shift = 0

  init(_ line: String, around marks: [Mark], in room: Int) {
    let width = Cells.width(line)
    let focus = marks.first?.cells.lowerBound ?? 0
    let from = width > room ? max(0, focus - room / 3) : 0
    let to = width > room ? from + room : width
    if from > 0 {
      text = "…"
      shift = from - 1
    }
    var (cell, accents) = (0, 0)
    for scalar in line.unicodeScalars {
      let count = Cells.width(scalar, at: cell)
      accents = count == 0 ? accents + 1 : 0
      if cell >= from, cell + count <= to, accents <= Shown.mostAccents { append(scalar, count) }
      cell += count
    }
    if width > to { text += "…" }
  }

  private mutating func append(_ scalar: Unicode.Scalar, _ count: Int) {
    switch scalar.value {
    case 9: text += String(repeating: " ", count: count)
    case 0..<0x20, 0x7F...0x9F: text += "?"
    default: text.unicodeScalars.append(scalar)
    }
  }
}
