/// Contour lines by marching squares (Lorensen and Cline's method in the plane).
extension Chart.Surface {
  /// The heights of the lines: so that the areas between two neighbours are about the same.
  var levels: [Double] {
    let sorted = values.flatMap { $0.filter(\.isFinite) }.sorted()
    guard let least = sorted.first, let most = sorted.last, least < most else { return [] }
    var levels: [Double] = []
    for share in stride(from: 0.02, to: 1.0, by: 0.075) {
      let level = sorted[Int(share * Double(sorted.count - 1))]
      if level > (levels.last ?? least), level < most { levels.append(level) }
    }
    return levels
  }

  /// The lines on which the function has a value, each from point to point.
  func lines(at level: Double) -> [[Chart.Point]] {
    var segments: [(Edge, Edge)] = []
    for row in values.indices.dropLast() where !Kernel.isStopped {
      for column in values[row].indices.dropLast() {
        segments += self.segments(row, column, level)
      }
    }
    return Chart.Surface.chains(segments).map { $0.map { point($0, level) } }
  }

  /// An edge of the grid: from a corner to the right, or down to the next row.
  private struct Edge: Hashable {
    var row: Int
    var column: Int
    var isUpright: Bool
  }

  /// What a line cuts off in one square.
  private func segments(_ row: Int, _ column: Int, _ level: Double) -> [(Edge, Edge)] {
    let corners = [
      values[row][column], values[row][column + 1], values[row + 1][column + 1],
      values[row + 1][column],
    ]
    guard corners.allSatisfy(\.isFinite) else { return [] }
    let edges = [
      Edge(row: row, column: column, isUpright: false),
      Edge(row: row, column: column + 1, isUpright: true),
      Edge(row: row + 1, column: column, isUpright: false),
      Edge(row: row, column: column, isUpright: true),
    ]
    let above = corners.map { $0 > level }
    let cut = (0..<4).filter { above[$0] != above[($0 + 1) % 4] }
    switch cut.count {
    case 2: return [(edges[cut[0]], edges[cut[1]])]
    case 4:
      // A saddle: the value in the middle tells which corners belong together.
      let isMiddleAbove = corners.reduce(0, +) / 4 > level
      return isMiddleAbove == above[0]
        ? [(edges[0], edges[1]), (edges[2], edges[3])]
        : [(edges[3], edges[0]), (edges[1], edges[2])]
    default: return []
    }
  }

  /// Where the line crosses an edge, by straight interpolation.
  private func point(_ edge: Edge, _ level: Double) -> Chart.Point {
    let (row, column) = (edge.row, edge.column)
    let a = values[row][column]
    let b = edge.isUpright ? values[row + 1][column] : values[row][column + 1]
    let share = (level - a) / (b - a)
    return edge.isUpright
      ? Chart.Point(x: xs[column], y: ys[row] + share * (ys[row + 1] - ys[row]))
      : Chart.Point(x: xs[column] + share * (xs[column + 1] - xs[column]), y: ys[row])
  }

  /// Segments joined to chains, end to end.
  private static func chains(_ segments: [(Edge, Edge)]) -> [[Edge]] {
    var ends: [Edge: [Int]] = [:]
    for (index, segment) in segments.enumerated() {
      ends[segment.0, default: []].append(index)
      ends[segment.1, default: []].append(index)
    }
    var isUsed = Array(repeating: false, count: segments.count)
    var chains: [[Edge]] = []
    func follow(_ chain: inout [Edge]) {
      while let last = chain.last, let next = ends[last]?.first(where: { !isUsed[$0] }) {
        isUsed[next] = true
        chain.append(segments[next].0 == last ? segments[next].1 : segments[next].0)
      }
    }
    for index in segments.indices where !isUsed[index] {
      isUsed[index] = true
      var chain = [segments[index].0, segments[index].1]
      follow(&chain)
      chain.reverse()
      follow(&chain)
      chains.append(chain)
    }
    return chains
  }
}
