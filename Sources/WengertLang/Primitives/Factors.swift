/// A square matrix as L D W with rows and columns in another order: L and W with ones on the
/// diagonal,
/// L lower and W upper triangular, D the pivots.
///
/// The largest element left is always the next pivot, so that a singular matrix has its zeros last.
struct Factors {
  private let n: Int
  /// L below the diagonal, W above it.
  private var elements: [Double]
  /// Which row and column of the matrix each place was.
  private var rows: [Int]
  private var columns: [Int]
  /// The diagonal of D.
  private(set) var pivots: [Double] = []
  /// The sign of both orders together.
  private(set) var sign = 1.0

  init(_ matrix: UnsafePointer<Double>, _ n: Int) {
    self.n = n
    elements = Array(UnsafeBufferPointer(start: matrix, count: n * n))
    rows = Array(0..<n)
    columns = Array(0..<n)
    pivots.reserveCapacity(n)
    for k in 0..<n where !Kernel.isStopped { eliminate(k) }
  }

  /// The factors, where the matrix has an inverse.
  func regular() throws(Fault) -> Factors {
    guard !pivots.contains(0) else { throw Fault(.singular) }
    return self
  }

  private mutating func eliminate(_ k: Int) {
    exchange(k)
    let pivot = elements[k * n + k]
    pivots.append(pivot)
    guard pivot != 0 else { return }
    let count = n
    elements.withUnsafeMutableBufferPointer { a in
      for i in (k + 1)..<max(count, k + 1) {
        let factor = a[i * count + k] / pivot
        a[i * count + k] = factor
        for j in (k + 1)..<count { a[i * count + j] -= factor * a[k * count + j] }
      }
      for j in (k + 1)..<max(count, k + 1) { a[k * count + j] /= pivot }
    }
  }

  /// Brings the largest element left to the place of the next pivot.
  private mutating func exchange(_ k: Int) {
    var (row, column) = (k, k)
    for i in k..<n {
      for j in k..<n where elements[i * n + j].magnitude > elements[row * n + column].magnitude {
        (row, column) = (i, j)
      }
    }
    if row != k {
      for j in 0..<n { elements.swapAt(k * n + j, row * n + j) }
      rows.swapAt(k, row)
      sign = -sign
    }
    if column != k {
      for i in 0..<n { elements.swapAt(i * n + k, i * n + column) }
      columns.swapAt(k, column)
      sign = -sign
    }
  }

  /// Solves A x = b for some columns.
  func solve(
    _ b: UnsafePointer<Double>, into x: UnsafeMutablePointer<Double>, columns count: Int
  ) {
    var y = Array(repeating: 0.0, count: n)
    for column in 0..<count where !Kernel.isStopped {
      for i in 0..<n {
        y[i] = b[rows[i] * count + column]
        for k in 0..<i { y[i] -= elements[i * n + k] * y[k] }
      }
      for i in (0..<n).reversed() {
        y[i] /= pivots[i]
        for k in (i + 1)..<max(n, i + 1) { y[i] -= elements[i * n + k] * y[k] }
      }
      for i in 0..<n { x[columns[i] * count + column] = y[i] }
    }
  }

  /// Writes the cofactors: sign · L⁻ᵀ cof(D) W⁻ᵀ, where cof(D) has the products of the other
  /// pivots.
  func writeCofactors(to result: UnsafeMutablePointer<Double>) {
    var others = Array(repeating: sign, count: n)
    for k in 0..<n {
      for i in 0..<n where i != k { others[k] *= pivots[i] }
    }
    var y = Array(repeating: 0.0, count: n)
    for column in 0..<n where !Kernel.isStopped {
      // W⁻ᵀ e, from the top; then the pivots; then L⁻ᵀ, from the bottom.
      for i in 0..<n {
        y[i] = i == column ? 1 : 0
        for k in 0..<i { y[i] -= elements[k * n + i] * y[k] }
      }
      for i in 0..<n { y[i] *= others[i] }
      for i in (0..<n).reversed() {
        for k in (i + 1)..<max(n, i + 1) { y[i] -= elements[k * n + i] * y[k] }
      }
      for i in 0..<n { result[rows[i] * n + columns[column]] = y[i] }
    }
  }

  /// Writes how the cofactors change along a matrix: sign · L⁻ᵀ K W⁻ᵀ, where K is the change of
  /// cof(D) along F = L⁻¹ E W⁻¹.
  func writeCofactors(
    along e: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>
  ) {
    var f = Array(repeating: 0.0, count: n * n)
    for i in 0..<n {
      for j in 0..<n { f[i * n + j] = e[rows[i] * n + columns[j]] }
    }
    substitute(&f, rowsOf: { i, k in self.elements[i * n + k] }, fromTop: true)
    substitute(&f, columnsOf: { k, j in self.elements[k * n + j] }, fromLeft: true)
    var change = Array(repeating: 0.0, count: n * n)
    for i in 0..<n where !Kernel.isStopped {
      for j in 0..<n where i != j {
        var others = sign
        for k in 0..<n where k != i && k != j { others *= pivots[k] }
        change[i * n + j] = 0 - others * f[j * n + i]
        change[i * (n + 1)] += others * f[j * (n + 1)]
      }
    }
    substitute(&change, rowsOf: { i, k in self.elements[k * n + i] }, fromTop: false)
    substitute(&change, columnsOf: { k, j in self.elements[j * n + k] }, fromLeft: false)
    for i in 0..<n {
      for j in 0..<n { result[rows[i] * n + columns[j]] = change[i * n + j] }
    }
  }

  /// Solves T X = X₀ for a triangle T with ones on its diagonal.
  private func substitute(
    _ x: inout [Double], rowsOf t: (Int, Int) -> Double, fromTop: Bool
  ) {
    for step in 0..<n where !Kernel.isStopped {
      let i = fromTop ? step : n - 1 - step
      for k in fromTop ? 0..<i : (i + 1)..<n {
        let factor = t(i, k)
        for j in 0..<n { x[i * n + j] -= factor * x[k * n + j] }
      }
    }
  }

  /// Solves X T = X₀ for a triangle T with ones on its diagonal.
  private func substitute(
    _ x: inout [Double], columnsOf t: (Int, Int) -> Double, fromLeft: Bool
  ) {
    for step in 0..<n where !Kernel.isStopped {
      let j = fromLeft ? step : n - 1 - step
      for k in fromLeft ? 0..<j : (j + 1)..<n {
        let factor = t(k, j)
        for i in 0..<n { x[i * n + j] -= factor * x[i * n + k] }
      }
    }
  }
}
