/// The order of the cells in a column, and their heights.
extension LayeredLayout.Band {
  /// Orders the cells of every column by the middle of what they are joined to, forth and back, and
  /// keeps the order with the fewest crossings.
  mutating func order() {
    var places = ranks()
    var best = columns
    var fewest = crossings(places)
    for sweep in 0..<8 where fewest > 0 && !Kernel.isStopped {
      let isForth = sweep % 2 == 0
      let order = isForth ? Array(columns.indices.dropFirst()) : columns.indices.reversed()
      for column in order {
        sort(column, by: isForth ? \.before : \.behind, &places)
      }
      let count = crossings(places)
      if count < fewest {
        fewest = count
        best = columns
      }
    }
    columns = best
  }

  /// The place of each cell in its column.
  private func ranks() -> [Double] {
    var places = Array(repeating: 0.0, count: cells.count)
    for column in columns {
      for (place, cell) in column.enumerated() { places[cell] = Double(place) }
    }
    return places
  }

  private mutating func sort(
    _ column: Int, by side: KeyPath<LayeredLayout.Cell, [Int]>, _ places: inout [Double]
  ) {
    let keys = columns[column].map { cell -> (key: Double, place: Double, cell: Int) in
      let others = cells[cell][keyPath: side]
      let sum = others.reduce(0) { $0 + places[$1] }
      return (others.isEmpty ? places[cell] : sum / Double(others.count), places[cell], cell)
    }
    columns[column] = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.cell)
    for (place, cell) in columns[column].enumerated() { places[cell] = Double(place) }
  }

  /// How many pairs of lines cross, between all neighbouring columns.
  private func crossings(_ places: [Double]) -> Int {
    columns.reduce(0) { sum, column in
      let ends = column.flatMap { cell in cells[cell].behind.map { Int(places[$0]) }.sorted() }
      return sum + LayeredLayout.inversions(ends)
    }
  }

  // MARK: heights

  /// Lets every cell come as near to what it is joined to as its neighbours leave room for.
  mutating func settle(gap: Double) {
    for column in columns {
      var top = 0.0
      for cell in column {
        cells[cell].top = top
        top += cells[cell].height + space(cell, gap)
      }
    }
    for sweep in 0..<6 {
      let isForth = sweep % 2 == 0
      for column in isForth ? Array(columns.indices) : columns.indices.reversed() {
        settle(columns[column], towards: isForth ? \.before : \.behind, gap)
      }
    }
    for column in columns { settle(column, towards: nil, gap) }
    let least = cells.map(\.top).min() ?? 0
    for cell in cells.indices { cells[cell].top -= least }
  }

  /// The room below a cell: lines may pass closer to each other than boxes.
  private func space(_ cell: Int, _ gap: Double) -> Double {
    cells[cell].box == nil ? gap / 2 : gap
  }

  /// The tops nearest to the wished ones, in squares, that keep the order and the gaps: pools of
  /// adjacent violators (Ayer and others, 1955).
  private mutating func settle(
    _ column: [Int], towards side: KeyPath<LayeredLayout.Cell, [Int]>?, _ gap: Double
  ) {
    var pools: [(wish: Double, weight: Double, count: Int)] = []
    var offset = 0.0
    var offsets: [Double] = []
    for cell in column {
      let others = side.map { cells[cell][keyPath: $0] } ?? cells[cell].before + cells[cell].behind
      let sum = others.reduce(0) { $0 + cells[$1].middle }
      let middle = others.isEmpty ? cells[cell].middle : sum / Double(others.count)
      let weight = others.isEmpty ? 0.1 : cells[cell].box == nil ? 4.0 : 1.0
      var pool = (wish: middle - cells[cell].height / 2 - offset, weight: weight, count: 1)
      while let last = pools.last, last.wish > pool.wish {
        let weight = last.weight + pool.weight
        pool = (
          (last.wish * last.weight + pool.wish * pool.weight) / weight, weight,
          last.count + pool.count
        )
        pools.removeLast()
      }
      pools.append(pool)
      offsets.append(offset)
      offset += cells[cell].height + space(cell, gap)
    }
    var place = 0
    for pool in pools {
      for _ in 0..<pool.count {
        cells[column[place]].top = pool.wish + offsets[place]
        place += 1
      }
    }
  }
}

extension LayeredLayout {
  /// How many pairs of a sequence stand in the wrong order.
  static func inversions(_ sequence: [Int]) -> Int {
    guard let most = sequence.max() else { return 0 }
    // A tree of counts (Fenwick, 1994), read from the largest down.
    var counts = Array(repeating: 0, count: most + 2)
    var sum = 0
    for (seen, value) in sequence.enumerated() {
      var index = value + 1
      var notLarger = 0
      while index > 0 {
        notLarger += counts[index]
        index -= index & -index
      }
      sum += seen - notLarger
      index = value + 1
      while index < counts.count {
        counts[index] += 1
        index += index & -index
      }
    }
    return sum
  }
}
