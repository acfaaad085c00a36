/// A chart in a terminal: curves of braille dots, two across and four down in a cell.
struct ChartDrawing {
  /// The cells of a line.
  var width = 100
  /// The lines of the plane.
  var height = 18

  /// The roles of curves, in the order in which they are given out.
  private static let roles: [Markup.Role] = [
    .value, .adjoint, .tangent, .operation, .string, .keyword,
  ]

  /// Nil where there is nothing that could be shown.
  func draw(_ chart: Chart) -> Markup? {
    guard let (x, y) = chart.scales(padding: 0.02, wanted: (6, 5)) else { return nil }
    let margin = min(14, (y.ticks.map { Cells.width($0.text) }.max() ?? 0) + 1)
    let columns = max(16, min(width, 110) - margin - 2)
    var dots = Dots(columns: columns, rows: height)
    func place(_ point: Chart.Point) -> (Double, Double)? {
      guard let x = x.place(point.x), let y = y.place(point.y) else { return nil }
      return (x * Double(columns * 2 - 1), (1 - y) * Double(height * 4 - 1))
    }
    if let surface = chart.surface {
      // A cell is coarse: every third line is enough.
      for level in surface.levels.enumerated().filter({ $0.offset % 3 == 0 }).map(\.element) {
        for line in surface.lines(at: level) { dots.join(line.map(place), .dimmed) }
      }
    }
    for guide in chart.guides { dots.join(guide.points.map(place), .dimmed, every: 3) }
    for (index, series) in chart.series.enumerated() {
      let role = ChartDrawing.roles[index % ChartDrawing.roles.count]
      let places = series.points.map(place)
      switch series.style.line {
      case .none: for place in places.compactMap({ $0 }) { dots.set(place, role) }
      case .solid: dots.join(places, role)
      default: dots.join(places, role, every: 2)
      }
    }
    return frame(chart, dots, x, y, margin)
  }

  // MARK: around the plane

  private func frame(
    _ chart: Chart, _ dots: Dots, _ x: Scale, _ y: Scale, _ margin: Int
  ) -> Markup {
    var text = Markup()
    if !chart.title.isEmpty {
      let blank = max(0, (dots.columns - Cells.width(chart.title)) / 2)
      text.pad(margin + 1 + blank)
      text.appendLine(Markup(chart.title, .heading))
    }
    if !chart.y.label.isEmpty { text.appendLine(Markup(chart.y.label, .dimmed)) }
    var labels: [Int: String] = [:]
    for tick in y.ticks {
      guard let share = y.place(tick.value), (0...1).contains(share) else { continue }
      labels[Int((1 - share) * Double(dots.rows - 1) + 0.5)] = tick.text
    }
    for row in 0..<dots.rows {
      let label = labels[row] ?? ""
      text.pad(margin - 1 - Cells.width(label))
      text.append(label, .dimmed)
      text.append(label.isEmpty ? " │" : " ┤", .dimmed)
      text.appendLine(dots.line(row))
    }
    text += axis(x, dots, margin)
    if !chart.x.label.isEmpty {
      text.pad(margin + 1 + max(0, (dots.columns - Cells.width(chart.x.label)) / 2))
      text.appendLine(Markup(chart.x.label, .dimmed))
    }
    text += legend(chart, margin)
    return text.withoutLastBreak
  }

  private func axis(_ x: Scale, _ dots: Dots, _ margin: Int) -> Markup {
    var rule = Array(repeating: Character("─"), count: dots.columns)
    var numbers = Array(repeating: Character(" "), count: dots.columns + 8)
    for tick in x.ticks {
      guard let share = x.place(tick.value), (0...1).contains(share) else { continue }
      let column = Int(share * Double(dots.columns - 1) + 0.5)
      rule[column] = "┬"
      let first = max(0, column - tick.text.count / 2)
      guard first + tick.text.count <= numbers.count else { continue }
      // Numbers keep a blank between them.
      let room = max(0, first - 1)..<(first + tick.text.count)
      guard numbers[room].allSatisfy({ $0 == " " }) else { continue }
      for (offset, character) in tick.text.enumerated() { numbers[first + offset] = character }
    }
    while numbers.last == " " { numbers.removeLast() }
    var text = Markup()
    text.pad(margin)
    text.appendLine(Markup("└" + String(rule), .dimmed))
    text.pad(margin + 1)
    text.appendLine(Markup(String(numbers), .dimmed))
    return text
  }

  private func legend(_ chart: Chart, _ margin: Int) -> Markup {
    var text = Markup()
    let labels = chart.series.enumerated().filter { !$1.label.isEmpty }
    let guides = chart.guides.map(\.label).filter { !$0.isEmpty }
    guard !labels.isEmpty || !guides.isEmpty else { return text }
    text.pad(margin + 1)
    for (index, series) in labels {
      let role = ChartDrawing.roles[index % ChartDrawing.roles.count]
      text.append("━ " + series.label + "   ", role)
    }
    for guide in guides { text.append("┄ " + guide + "   ", .dimmed) }
    text.appendLine()
    return text
  }
}

/// Dots in cells.
private struct Dots {
  let columns: Int
  let rows: Int
  private var bits: [UInt32]
  private var roles: [Markup.Role]

  /// The bit of a dot by row and column inside of its cell.
  private static let bit: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    bits = Array(repeating: 0, count: columns * rows)
    roles = Array(repeating: .plain, count: columns * rows)
  }

  mutating func set(_ place: (Double, Double), _ role: Markup.Role) {
    let (x, y) = (place.0.rounded(), place.1.rounded())
    guard x >= 0, y >= 0, x < Double(columns * 2), y < Double(rows * 4) else { return }
    let cell = Int(y) / 4 * columns + Int(x) / 2
    bits[cell] |= Dots.bit[Int(y) % 4][Int(x) % 2]
    roles[cell] = role
  }

  /// Joins places by straight lines; `every` leaves out dots between.
  mutating func join(_ places: [(Double, Double)?], _ role: Markup.Role, every: Int = 1) {
    var count = 0
    for (a, b) in zip(places, places.dropFirst()) {
      guard let a, let b else { continue }
      let limit = Double(4 * (columns + 2 * rows))
      let steps = Int(min(limit, max((b.0 - a.0).magnitude, (b.1 - a.1).magnitude).rounded(.up)))
      for step in 0...max(1, steps) {
        let share = Double(step) / Double(max(1, steps))
        if count / 2 % every == 0 {
          set((a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1)), role)
        }
        count += 1
      }
    }
    if let only = places.first, places.count == 1, let only { set(only, role) }
  }

  func line(_ row: Int) -> Markup {
    var text = Markup()
    let cells = row * columns..<(row + 1) * columns
    let end = cells.last { bits[$0] != 0 }.map { $0 + 1 } ?? cells.lowerBound
    for cell in cells.lowerBound..<end {
      let scalar = bits[cell] == 0 ? " " : Unicode.Scalar(0x2800 + bits[cell]) ?? " "
      text.append(String(Character(scalar)), bits[cell] == 0 ? .plain : roles[cell])
    }
    return text
  }
}
