/// How the cofactors of a diagonal matrix change along some matrices F, all of them together: the
/// derivative by t₁ … t_k of the cofactors of D + t₁ F₁ + … + t_k F_k at t = 0.
///
/// The determinant is a sum of products of an element of each row, so a term with all of F₁ … F_k
/// has k rows of theirs and the diagonal elsewhere. Nothing is divided by, so elements of the
/// diagonal may be 0, or nothing but rounding.
struct MixedCofactors {
  private let n: Int
  private let diagonal: [Double]
  /// The matrices, each once, and how often each is there.
  private var changes: [[Double]] = []
  private var counts: [Int] = []
  /// How many rows are not all diagonal, without the one that has the cofactor.
  private let order: Int
  /// The matrix of derivatives, row by row.
  private(set) var sum: [Double]

  /// The ways to use up some of the matrices, by how many: a number with a digit for each.
  private var uses: [[Int]]
  private var units: [Int] = []
  /// Sets of columns as bits, by how many there are in them.
  private var columns: [[Int]]
  /// Sums of products of the rows before, and behind, the one that has a cofactor, by the matrices
  /// and columns that are used up.
  private var before: [Double] = []
  private var after: [Double] = []

  init(_ n: Int, _ diagonal: [Double], along matrices: [[Double]]) {
    self.n = n
    self.diagonal = diagonal
    order = matrices.count
    sum = Array(repeating: 0, count: n * n)
    uses = Array(repeating: [], count: order + 1)
    columns = Array(repeating: [], count: order + 2)
    guard order < n, !Self.isNothing(diagonal, matrices) else { return }
    guard order > 1 else {
      addPairs(matrices[0])
      return
    }
    var width = 1
    for matrix in matrices {
      if let known = changes.firstIndex(of: matrix) {
        counts[known] += 1
      } else {
        changes.append(matrix)
        counts.append(1)
      }
    }
    for count in counts {
      units.append(width)
      width *= count + 1
    }
    for use in 0..<width {
      uses[changes.indices.reduce(0) { $0 + used($1, in: use) }].append(use)
    }
    for set in 0..<(2 << order) { columns[set.nonzeroBitCount].append(set) }
    before = Array(repeating: 0, count: width << (order + 1))
    after = before
    addSubsets([], from: 0)
    // Each way to use a matrix twice stands for both orders.
    let orders = counts.reduce(1.0) { (1...$1).reduce($0) { $0 * Double($1) } }
    for place in sum.indices { sum[place] *= orders }
  }

  /// Whether one of the matrices is 0, and the others do not matter.
  private static func isNothing(_ diagonal: [Double], _ matrices: [[Double]]) -> Bool {
    matrices.contains { $0.allSatisfy { $0 == 0 } }
      && (matrices + [diagonal]).allSatisfy { $0.allSatisfy(\.isFinite) }
  }

  /// How often a use takes a matrix.
  private func used(_ matrix: Int, in use: Int) -> Int {
    use / units[matrix] % (counts[matrix] + 1)
  }

  private func at(_ use: Int, _ taken: Int) -> Int { use << (order + 1) | taken }

  /// The sign that a column brings to the determinant when those of a set stand before it.
  private func sign(of column: Int, behind taken: Int) -> Double {
    (taken >> (column + 1)).nonzeroBitCount % 2 == 0 ? 1 : -1
  }

  /// The product of the diagonal without some places.
  private func others(_ places: [Int]) -> Double {
    var product = 1.0
    for place in 0..<n where !places.contains(place) { product *= diagonal[place] }
    return product
  }

  /// Along one matrix.
  private mutating func addPairs(_ f: [Double]) {
    for i in 0..<n where !Kernel.isStopped {
      for j in 0..<n where i != j {
        let others = others([i, j])
        sum[i * n + j] = 0 - others * f[j * n + i]
        sum[i * (n + 1)] += others * f[j * (n + 1)]
      }
    }
  }

  /// Goes through all ways to choose the rows that are not all diagonal: one more than matrices.
  private mutating func addSubsets(_ chosen: [Int], from first: Int) {
    guard !Kernel.isStopped else { return }
    guard chosen.count <= order else { return add(chosen) }
    for place in first..<max(first, n - order + chosen.count) {
      addSubsets(chosen + [place], from: place + 1)
    }
  }

  private mutating func add(_ places: [Int]) {
    let weight = others(places)
    guard weight != 0 else { return }
    fillBefore(places)
    fillAfter(places)
    for (p, i) in places.enumerated() {
      for (q, j) in places.enumerated() {
        var minor = 0.0
        for taken in columns[p] where taken & (1 << q) == 0 {
          let (with, sign) = (taken | (1 << q), sign(of: q, behind: taken))
          for use in uses[p] { minor += sign * before[at(use, taken)] * after[at(use, with)] }
        }
        sum[i * n + j] += weight * minor
      }
    }
  }

  /// The first rows with each way to use up some matrices and as many columns.
  private mutating func fillBefore(_ places: [Int]) {
    before[at(0, 0)] = 1
    for size in 1..<(order + 1) {
      let row = places[size - 1] * n
      for use in uses[size] {
        for taken in columns[size] {
          var value = 0.0
          for c in places.indices where taken & (1 << c) != 0 {
            let rest = taken ^ (1 << c)
            let sign = sign(of: c, behind: rest)
            for m in changes.indices where used(m, in: use) > 0 {
              value += sign * changes[m][row + places[c]] * before[at(use - units[m], rest)]
            }
          }
          before[at(use, taken)] = value
        }
      }
    }
  }

  /// The rows behind one that took a column and no matrix, with what is left of both.
  private mutating func fillAfter(_ places: [Int]) {
    after[at(uses[order][0], columns[order + 1][0])] = 1
    for size in (0..<order).reversed() {
      let row = places[size + 1] * n
      for use in uses[size] {
        for taken in columns[size + 1] {
          var value = 0.0
          for c in places.indices where taken & (1 << c) == 0 {
            let (with, sign) = (taken | (1 << c), sign(of: c, behind: taken))
            for m in changes.indices where used(m, in: use) < counts[m] {
              value += sign * changes[m][row + places[c]] * after[at(use + units[m], with)]
            }
          }
          after[at(use, taken)] = value
        }
      }
    }
  }
}
