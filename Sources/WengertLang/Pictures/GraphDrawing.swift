/// A graph drawn with box characters, for a terminal.
struct GraphDrawing {
  /// Writes a value in few characters.
  let value: ([Double], Shape) -> String
  /// The cells that a line may take.
  let width: Int

  /// The most boxes that are drawn; more belong on a page.
  static let limit = 150

  /// The drawing; the graphs inside of boxes stand below it, each under a heading.
  func draw(_ graph: Graph) -> Markup {
    guard graph.count <= GraphDrawing.limit else {
      return Markup(
        "\(graph.count) boxes are too many for a terminal; `graph f to \"f.svg\"` draws them",
        .comment)
    }
    var text = Markup()
    draw(graph, "", into: &text)
    return text.withoutLastBreak
  }

  private func draw(_ graph: Graph, _ heading: String, into text: inout Markup) {
    if !heading.isEmpty {
      text.appendLine()
      text.appendLine(Markup(heading, .heading))
    }
    for line in rows(of: graph) { text.appendLine(line) }
    for box in graph.boxes {
      let name = [box.name, box.operation].filter { !$0.isEmpty }.joined(separator: ", ")
      for inner in box.inner {
        draw(inner, inner.title.isEmpty ? name : "\(name): \(inner.title)", into: &text)
      }
    }
  }

  // MARK: boxes

  /// The lines inside of a box.
  private func content(_ box: Graph.Box, entries: Int) -> [Markup] {
    var head = Markup(box.name, .name)
    let shape = box.shape.isScalar || box.kind == .group ? "" : box.shape.description
    for (word, role) in [(box.operation, Markup.Role.operation), (shape, .shape)]
    where !word.isEmpty {
      head += Markup(head.isEmpty ? "" : " ") + Markup(word, role)
    }
    var lines = [head]
    if let elements = box.value { lines.append(Markup("= " + value(elements, box.shape), .value)) }
    if let elements = box.adjoint {
      lines.append(Markup("a " + value(elements, box.shape), .adjoint))
    }
    if let next = box.next { lines.append(Markup("→ \(next)", .dimmed)) }
    while lines.count < min(entries, 8) { lines.append(Markup()) }
    return lines
  }

  /// The drawing in lines, as wide as it may be where the columns can be cut so.
  private func rows(of graph: Graph) -> [Markup] {
    var entries: [Int: Int] = [:]
    for line in graph.lines { entries[line.to, default: 0] += 1 }
    let contents = graph.boxes.indices.map { content(graph.boxes[$0], entries: entries[$0] ?? 0) }
    let sizes = contents.map { lines in
      LayeredLayout.Size(
        width: Double((lines.map(\.width).max() ?? 0) + 4), height: Double(lines.count + 2))
    }
    let lines = graph.lines.map { LayeredLayout.Line(from: $0.from, to: $0.to) }
    var room = Double(width)
    while true {
      var spacing = LayeredLayout.Spacing(column: 5, row: 1, band: 1)
      spacing.width = room
      let layout = LayeredLayout(sizes, lines, spacing: spacing)
      let plots = layout.bands.map { BandDrawing($0, contents) }
      let widest = plots.map(\.width).max() ?? 0
      guard widest > width, room > 20 else {
        let bands = plots.map { rows(of: $0, graph) }
        return Array(bands.joined(separator: [Markup()]))
      }
      room *= 0.8
    }
  }

  /// A band, with a note where lines come in from another.
  private func rows(of band: BandDrawing, _ graph: Graph) -> [Markup] {
    let here = Set(band.boxes)
    var notes: [String] = []
    for box in band.boxes {
      let cut = graph.lines.filter { $0.to == box && !here.contains($0.from) }
      guard !cut.isEmpty else { continue }
      let names = cut.map { graph.boxes[$0.from].name }.joined(separator: ", ")
      notes.append("\(graph.boxes[box].name) ← \(names)")
    }
    let heading = notes.isEmpty ? [] : [Markup(notes.joined(separator: "   "), .dimmed)]
    return heading + band.rows
  }
}

/// One band of a layout on a canvas of characters.
private struct BandDrawing {
  private(set) var width = 0
  private(set) var boxes: [Int] = []
  private let band: LayeredLayout.Band
  private let contents: [[Markup]]
  /// The first row of each cell, and where each column begins.
  private var tops: [Int]
  private var lefts: [Int] = []
  private var canvas = Canvas()

  init(_ band: LayeredLayout.Band, _ contents: [[Markup]]) {
    self.band = band
    self.contents = contents
    tops = Array(repeating: 0, count: band.cells.count)
    placeRows()
    let gaps = band.columns.indices.dropLast().map { Gap(band, column: $0, row: row, entry: entry) }
    for (column, cells) in band.columns.enumerated() {
      lefts.append(width)
      width += cells.compactMap(boxWidth).max() ?? 0
      if column < gaps.count { width += gaps[column].lanes + 3 }
    }
    for (column, gap) in gaps.enumerated() { draw(gap, column) }
    for (column, cells) in band.columns.enumerated() {
      for cell in cells { draw(cell, column) }
    }
    boxes = band.cells.compactMap(\.box)
  }

  var rows: [Markup] { canvas.rows }

  /// Whole rows, in the order of the column, none upon another.
  private mutating func placeRows() {
    for column in band.columns {
      var free = 0
      for cell in column {
        let top = max(free, Int(band.cells[cell].top.rounded()))
        tops[cell] = top
        free = top + (band.cells[cell].box == nil ? 1 : Int(band.cells[cell].height))
      }
    }
  }

  private func boxWidth(_ cell: Int) -> Int? {
    band.cells[cell].box.map { box in (contents[box].map(\.width).max() ?? 0) + 4 }
  }

  /// The row in which the lines of a cell begin.
  private func row(_ cell: Int) -> Int {
    band.cells[cell].box == nil ? tops[cell] : tops[cell] + 1
  }

  /// The row in which a cell takes up its line of that number.
  private func entry(_ cell: Int, _ number: Int) -> Int {
    guard let box = band.cells[cell].box else { return tops[cell] }
    return tops[cell] + 1 + number % max(1, contents[box].count)
  }

  private mutating func draw(_ cell: Int, _ column: Int) {
    guard let box = band.cells[cell].box, let width = boxWidth(cell) else {
      // A bend goes through its column.
      let end = lefts[column] + (band.columns[column].compactMap(boxWidth).max() ?? 0)
      canvas.level(row: tops[cell], from: lefts[column], to: end - 1, net: band.cells[cell].source)
      return
    }
    canvas.box(
      contents[box], row: tops[cell], column: lefts[column], width: width,
      entries: Set(band.cells[cell].before.indices.map { entry(cell, $0) }),
      exit: band.cells[cell].behind.isEmpty ? nil : row(cell))
  }

  private mutating func draw(_ gap: Gap, _ column: Int) {
    let start = lefts[column] + (band.columns[column].compactMap(boxWidth).max() ?? 0)
    let end = lefts[column + 1]
    for net in gap.nets {
      let own = band.cells[net.cell]
      let left = own.box == nil ? start : lefts[column] + (boxWidth(net.cell) ?? 0)
      let source = own.source
      guard let lane = net.lane else {
        canvas.level(row: net.row, from: left, to: end - 1, net: source)
        continue
      }
      let x = start + 1 + lane
      canvas.level(row: net.row, from: left, to: x, net: source, goesOn: false)
      let rows = net.entries + [net.row]
      canvas.upright(column: x, from: rows.min() ?? 0, to: rows.max() ?? 0, net: source)
      for entry in net.entries {
        canvas.level(row: entry, from: x, to: end - 1, net: source, comesIn: false)
      }
    }
  }
}

/// The room between two columns: each line that changes its row gets a lane for that.
private struct Gap {
  struct Net {
    var cell: Int
    var row: Int
    var entries: [Int]
    var lane: Int?
  }
  private(set) var nets: [Net] = []
  private(set) var lanes = 0

  init(
    _ band: LayeredLayout.Band, column: Int, row: (Int) -> Int, entry: (Int, Int) -> Int
  ) {
    for cell in band.columns[column] where !band.cells[cell].behind.isEmpty {
      let targets = Set(band.cells[cell].behind)
      let entries = targets.flatMap { target in
        band.cells[target].before.enumerated().filter { $1 == cell }.map {
          entry(target, $0.offset)
        }
      }
      nets.append(Net(cell: cell, row: row(cell), entries: entries.sorted()))
    }
    giveLanes()
  }

  /// A line that leaves in the row where another arrives turns off before that one comes.
  private mutating func giveLanes() {
    var open = nets.indices.filter {
      nets[$0].entries.contains { [row = nets[$0].row] in $0 != row }
    }
    while !open.isEmpty {
      let next =
        open.first { candidate in
          !open.contains { other in
            other != candidate && nets[candidate].entries.contains(nets[other].row)
          }
        } ?? open[0]
      nets[next].lane = lanes
      lanes += 1
      open.removeAll { $0 == next }
    }
  }
}

/// Characters in rows and columns.
private struct Canvas {
  private struct Field {
    var markup: (Character, Markup.Role)?
    /// Which of up, down, left and right a line goes, as bits, and whose it is.
    var ways = 0
    var net = -1
  }
  private var fields: [[Field]] = []

  private static let lines: [Character] = [
    " ", "╵", "╷", "│", "╴", "┘", "┐", "┤", "╶", "└", "┌", "├", "─", "┴", "┬", "┼",
  ]
  private static let (up, down, left, right) = (1, 2, 4, 8)

  var rows: [Markup] {
    fields.map { row in
      var text = Markup()
      for field in row {
        if let (character, role) = field.markup {
          if character != "\0" { text.append(String(character), role) }
        } else {
          text.append(String(Canvas.lines[field.ways]), .dimmed)
        }
      }
      return text.withoutBlanksAtEnd
    }
  }

  private mutating func reach(_ row: Int, _ column: Int) {
    while fields.count <= row { fields.append([]) }
    while fields[row].count <= column { fields[row].append(Field()) }
  }

  /// A level line; where it meets an upright line of another net it passes below.
  ///
  /// It joins what stands before it when it `comesIn`, and what stands behind it when it `goesOn`.
  mutating func level(
    row: Int, from first: Int, to last: Int, net: Int, comesIn: Bool = true, goesOn: Bool = true
  ) {
    guard row >= 0, first >= 0, first <= last else { return }
    for column in first...last {
      let left = column > first || comesIn ? Canvas.left : 0
      let right = column < last || goesOn ? Canvas.right : 0
      add(left | right, row, column, net)
    }
  }

  mutating func upright(column: Int, from first: Int, to last: Int, net: Int) {
    guard first >= 0, column >= 0, first <= last else { return }
    for row in first...last {
      let ways = (row > first ? Canvas.up : 0) | (row < last ? Canvas.down : 0)
      add(ways, row, column, net)
    }
  }

  private mutating func add(_ ways: Int, _ row: Int, _ column: Int, _ net: Int) {
    reach(row, column)
    let known = fields[row][column]
    if known.net == -1 || known.net == net {
      fields[row][column].ways |= ways
      fields[row][column].net = net
    } else if ways & (Canvas.up | Canvas.down) != 0 {
      fields[row][column].ways = Canvas.up | Canvas.down
    }
  }

  /// A box with its content; lines come in at some rows and leave at one.
  mutating func box(
    _ content: [Markup], row: Int, column: Int, width: Int, entries: Set<Int>, exit: Int?
  ) {
    let inner = width - 2
    put("┌" + String(repeating: "─", count: inner) + "┐", .dimmed, row, column)
    for (index, line) in content.enumerated() {
      let y = row + 1 + index
      put(entries.contains(y) ? "┤" : "│", .dimmed, y, column)
      put(" ", .plain, y, column + 1)
      var x = column + 2
      for piece in line.padded(to: inner - 2).pieces {
        put(piece.text, piece.role, y, x)
        x += Cells.width(piece.text)
      }
      put(" ", .plain, y, column + width - 2)
      put(exit == y ? "├" : "│", .dimmed, y, column + width - 1)
    }
    put(
      "└" + String(repeating: "─", count: inner) + "┘", .dimmed, row + content.count + 1, column)
  }

  private mutating func put(_ text: String, _ role: Markup.Role, _ row: Int, _ column: Int) {
    var x = column
    for character in text {
      reach(row, x)
      fields[row][x].markup = (character, role)
      let cells = Cells.width(String(character))
      // The second cell of a wide character holds nothing of its own.
      for rest in 1..<max(1, cells) {
        reach(row, x + rest)
        fields[row][x + rest].markup = ("\0", role)
      }
      x += max(1, cells)
    }
  }
}

extension Markup {
  fileprivate var withoutBlanksAtEnd: Markup {
    let plain = plain
    let kept = plain.count - plain.reversed().prefix { $0 == " " }.count
    var rest = kept
    var text = Markup()
    for piece in pieces where rest > 0 {
      text.append(String(piece.text.prefix(rest)), piece.role)
      rest -= min(rest, piece.text.count)
    }
    return text
  }
}
