/// How a sparse Jacobian is found in fewer sweeps: places that share no element of it go together.
struct Compression {
  let way: Sweeps.Way
  let colouring: Colouring
  /// The elements that need not be zero, row by row.
  let elements: [(row: Int, column: Int)]

  /// Fewer than this many sweeps are not worth it.
  static let least = 4

  /// Finds the way with fewer sweeps, where it needs at most half of those without colouring.
  ///
  /// - Parameter rows: for each row the columns in which it need not be zero.
  init?(rows: [[Int32]], columnCount: Int) {
    let limit = min(rows.count, columnCount) / 2
    guard limit > 0 else { return nil }
    let filled = rows.reduce(0) { $0 + $1.count }
    guard filled <= rows.count * columnCount / 2 else { return nil }
    var columns: [[Int32]] = Array(repeating: [], count: columnCount)
    for (row, places) in rows.enumerated() {
      for column in places { columns[Int(column)].append(Int32(row)) }
    }
    let forward = Colouring(columnCount, groups: Set(rows), limit: limit)
    let reverse = Colouring(
      rows.count, groups: Set(columns), limit: min(limit, (forward?.count ?? .max) - 1))
    guard let best = reverse ?? forward else { return nil }
    colouring = best
    way = reverse == nil ? .forward : .reverse
    elements = rows.enumerated().flatMap { row, places in places.map { (row, Int($0)) } }
  }

  /// The loop over the colours.
  var sweeps: SweepLoop {
    SweepLoop(
      colours: colouring.colours.map(Double.init), count: max(colouring.count, 1),
      purpose: Sweeps(way: way, places: colouring.colours.count))
  }
}

extension List {
  /// Puts the elements of compressed sweeps where they belong, zeros elsewhere.
  ///
  /// - Parameter stack: for each colour a column, or a row where the way is reverse.
  mutating func appendSpread(
    _ stack: Slot, _ compression: Compression, rows m: Int, columns n: Int, to whole: Shape
  ) throws(ShapeMismatch) -> Slot {
    let colours = compression.colouring.colours
    let length = compression.way == .reverse ? n : m
    let sources = compression.elements.map { row, column in
      compression.way == .reverse
        ? Double(colours[row] * length + column) : Double(colours[column] * length + row)
    }
    let targets = compression.elements.map { Double($0.row * n + $0.column) }
    let flat = try appendReshaped(stack, Shape([shape(stack).count]))
    let places = Shape([sources.count])
    let from = appendData(sources, shape: places, isInput: false)
    let to = appendData(targets, shape: places, isInput: false)
    let picked = try append(.gather, [flat, from], [0])
    return try appendReshaped(try append(.scatteradd, [picked, to], [0, m * n]), whole)
  }
}
