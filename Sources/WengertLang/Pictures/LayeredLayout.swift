/// A graph in columns, from left to right: where its boxes stand and its lines run.
///
/// A box stands in the column behind the last box it reads. A line that passes columns bends in
/// each of them, so that no box stands on it. Too many columns go on below, in another band; a
/// line from band to band is cut.
struct LayeredLayout: Sendable {
  /// How much room a box takes.
  struct Size: Sendable {
    var width: Double
    var height: Double
  }

  /// A place in the picture, in the units of the sizes.
  struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
  }

  /// The room between boxes.
  struct Spacing: Sendable {
    /// Between columns.
    var column = 44.0
    /// Between boxes of a column; half of it between lines.
    var row = 18.0
    /// Between bands.
    var band = 40.0
    /// How wide a band may become.
    var width = 1500.0
  }

  /// A line: from the right of one box to the left of another.
  struct Line: Sendable {
    var from: Int
    var to: Int
  }

  /// What stands in a column: a box, or the bend of a line.
  struct Cell: Sendable {
    /// The box; nil for a bend.
    var box: Int?
    /// The box that the line of a bend comes from.
    var source: Int
    var height: Double
    var top = 0.0
    var before: [Int] = []
    var behind: [Int] = []

    var middle: Double { top + height / 2 }
  }

  /// A band: columns of cells, each from top to bottom.
  struct Band: Sendable {
    var columns: [[Int]]
    var cells: [Cell]
  }

  /// The upper left corner of each box.
  private(set) var places: [Point]
  /// The bends of each line with both its ends; empty where it is cut.
  private(set) var paths: [[Point]]
  /// The bands from top to bottom, before they are placed below each other.
  private(set) var bands: [Band] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  /// The column of each box, and the band of each column.
  private var columns: [Int]
  private var bandOfColumn: [Int] = []

  /// Lays out boxes; a line goes from a box to one with a larger number.
  init(_ sizes: [Size], _ lines: [Line], spacing: Spacing = Spacing()) {
    places = Array(repeating: Point(x: 0, y: 0), count: sizes.count)
    paths = Array(repeating: [], count: lines.count)
    columns = LayeredLayout.columns(sizes.count, lines)
    let widths = columnWidths(sizes)
    bandOfColumn = LayeredLayout.bands(widths, spacing)
    let inside = Dictionary(
      grouping: lines.indices.filter { !isCut(lines[$0]) },
      by: { bandOfColumn[columns[lines[$0].from]] })
    let ends = LayeredLayout.ends(lines)
    for number in 0..<((bandOfColumn.last ?? -1) + 1) where !Kernel.isStopped {
      place(number, sizes, lines, inside[number] ?? [], ends, widths, spacing)
    }
  }

  /// Whether a line joins boxes of different bands.
  func isCut(_ line: Line) -> Bool {
    bandOfColumn[columns[line.from]] != bandOfColumn[columns[line.to]]
  }

  // MARK: columns

  /// One column behind the last box that a box reads; one before its first reader where it reads
  /// none.
  private static func columns(_ count: Int, _ lines: [Line]) -> [Int] {
    var columns = Array(repeating: 0, count: count)
    var readers: [Int: Int] = [:]
    var hasSource = Array(repeating: false, count: count)
    for line in lines.sorted(by: { $0.to < $1.to }) {
      columns[line.to] = max(columns[line.to], columns[line.from] + 1)
      hasSource[line.to] = true
    }
    for line in lines where !hasSource[line.from] {
      readers[line.from] = min(readers[line.from] ?? Int.max, columns[line.to])
    }
    for (box, first) in readers { columns[box] = max(0, first - 1) }
    return columns
  }

  private func columnWidths(_ sizes: [Size]) -> [Double] {
    var widths = Array(repeating: 0.0, count: (columns.max() ?? -1) + 1)
    for (box, column) in columns.enumerated() {
      widths[column] = max(widths[column], sizes[box].width)
    }
    return widths
  }

  /// Fills bands with columns; all get about as many as the widest allows.
  private static func bands(_ widths: [Double], _ spacing: Spacing) -> [Int] {
    let total = widths.reduce(0) { $0 + $1 + spacing.column }
    let count = max(1, (total / spacing.width).rounded(.up))
    let share = total / count
    var band = 0
    var filled = 0.0
    return widths.map { width in
      let more = width + spacing.column
      if filled > 0, filled + more / 2 > share {
        band += 1
        filled = 0
      }
      filled += more
      return band
    }
  }

  // MARK: one band

  private mutating func place(
    _ number: Int, _ sizes: [Size], _ lines: [Line], _ members: [Int],
    _ ends: [(place: Int, count: Int)], _ widths: [Double], _ spacing: Spacing
  ) {
    let first = bandOfColumn.firstIndex(of: number) ?? 0
    let last = bandOfColumn.lastIndex(of: number) ?? 0
    var band = Band(columns: Array(repeating: [], count: last - first + 1), cells: [])
    var cellOfBox: [Int: Int] = [:]
    for box in sizes.indices where bandOfColumn[columns[box]] == number {
      cellOfBox[box] = band.add(
        Cell(box: box, source: box, height: sizes[box].height), column: columns[box] - first)
    }
    let chains = band.join(lines, members, cellOfBox) { columns[$0] - first }
    band.order()
    band.settle(gap: spacing.row)

    let top = height + (number > 0 ? spacing.band : 0)
    var lefts: [Double] = []
    var x = 0.0
    for column in first...last {
      lefts.append(x)
      x += widths[column] + spacing.column
    }
    width = max(width, x - spacing.column)
    for (index, column) in band.columns.enumerated() {
      for cell in column {
        height = max(height, top + band.cells[cell].top + band.cells[cell].height)
        guard let box = band.cells[cell].box else { continue }
        places[box] = Point(x: lefts[index], y: top + band.cells[cell].top)
      }
    }
    for line in members {
      let column = columns[lines[line].from] + 1
      let bends = (chains[line] ?? []).enumerated().flatMap { offset, cell -> [Point] in
        let left = lefts[column - first + offset]
        let y = top + band.cells[cell].middle
        return [Point(x: left, y: y), Point(x: left + widths[column + offset], y: y)]
      }
      paths[line] = path(lines[line], sizes, through: bends, end: ends[line])
    }
    bands.append(band)
  }

  /// A line from box to box, through its bends.
  private func path(
    _ line: Line, _ sizes: [Size], through bends: [Point], end: (place: Int, count: Int)
  ) -> [Point] {
    let (source, target) = (places[line.from], places[line.to])
    let start = Point(
      x: source.x + sizes[line.from].width, y: source.y + sizes[line.from].height / 2)
    let share = Double(end.place) / Double(end.count + 1)
    return [start] + bends
      + [Point(x: target.x, y: target.y + sizes[line.to].height * share)]
  }

  /// Which of the lines into its box each is, counted from 1, and how many there are.
  private static func ends(_ lines: [Line]) -> [(place: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    let places = lines.map { line in
      counts[line.to, default: 0] += 1
      return counts[line.to] ?? 1
    }
    return zip(lines, places).map { ($1, counts[$0.to] ?? 1) }
  }
}

extension LayeredLayout.Band {
  /// Adds a cell at the end of a column.
  mutating func add(_ cell: LayeredLayout.Cell, column: Int) -> Int {
    cells.append(cell)
    columns[column].append(cells.count - 1)
    return cells.count - 1
  }

  /// Gives lines that pass columns a bend in each; lines of one source share their bends.
  ///
  /// - Returns: the bends of each line.
  mutating func join(
    _ lines: [LayeredLayout.Line], _ members: [Int], _ cellOfBox: [Int: Int],
    column: (Int) -> Int
  ) -> [Int: [Int]] {
    var bends: [[Int]: Int] = [:]
    var chains: [Int: [Int]] = [:]
    for line in members {
      let (source, target) = (lines[line].from, lines[line].to)
      guard var cell = cellOfBox[source], let end = cellOfBox[target] else { continue }
      for place in stride(from: column(source) + 1, to: column(target), by: 1) {
        if let known = bends[[source, place]] {
          cell = known
        } else {
          let bend = add(LayeredLayout.Cell(box: nil, source: source, height: 0), column: place)
          link(cell, bend)
          bends[[source, place]] = bend
          cell = bend
        }
        chains[line, default: []].append(cell)
      }
      link(cell, end)
    }
    return chains
  }

  private mutating func link(_ cell: Int, _ next: Int) {
    cells[cell].behind.append(next)
    cells[next].before.append(cell)
  }
}
