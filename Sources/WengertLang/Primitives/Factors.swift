import WengertKernels

/// A square matrix in triangular factors, with rows and columns in another order.
///
/// Small ones, and all whose cofactors are wanted, are L D W: L and W with ones on the diagonal,
/// L lower and W upper triangular, D the pivots. The largest element left is always the next
/// pivot, so that a singular matrix has its zeros last. Larger ones are L U, with the largest
/// element of a column as its pivot: most of that is matrix products.
struct Factors {
  /// Up to there the search for the largest element costs nothing that anybody notices.
  private static let smallest = 64

  private let n: Int
  /// L below the diagonal, W or U above it.
  private var elements: [Double]
  /// Which row and column of the matrix each place was.
  private var rows: [Int]
  private var columns: [Int]
  private let isComplete: Bool
  /// The diagonal of D, or of U.
  let pivots: [Double]
  /// The sign of both orders together.
  let sign: Double

  /// - Parameter hasCofactors: whether cofactors will be asked for.
  init(_ matrix: UnsafePointer<Double>, _ n: Int, hasCofactors: Bool = false) {
    self.n = n
    elements = Array(UnsafeBufferPointer(start: matrix, count: n * n))
    rows = Array(0..<n)
    columns = rows
    isComplete = n <= Factors.smallest || hasCofactors
    sign =
      isComplete
      ? wl_factor_completely(n, &elements, &rows, &columns) : wl_factor(n, &elements, &rows)
    let elements = self.elements
    pivots = (0..<n).map { elements[$0 * (n + 1)] }
  }

  /// The factors, where the matrix has an inverse.
  func regular() throws(Fault) -> Factors {
    guard !pivots.contains(0) || Kernel.isStopped else { throw Fault(.singular) }
    return self
  }

  /// |L| |U|, in the order of the matrix: what the rounding of an elimination is measured by.
  var sizes: [Double] {
    var lower = Array(repeating: 0.0, count: n * n)
    var upper = lower
    for i in 0..<n {
      lower[i * (n + 1)] = 1
      upper[i * (n + 1)] = pivots[i].magnitude
      for j in 0..<i { lower[i * n + j] = elements[i * n + j].magnitude }
      for j in (i + 1)..<max(n, i + 1) {
        upper[i * n + j] = (isComplete ? pivots[i] : 1).magnitude * elements[i * n + j].magnitude
      }
    }
    let product = (SquareMatrix(n, lower) * SquareMatrix(n, upper)).elements
    var sizes = product
    for i in 0..<n {
      for j in 0..<n { sizes[rows[i] * n + columns[j]] = product[i * n + j] }
    }
    return sizes
  }

  /// Solves A x = b for some columns.
  func solve(
    _ b: UnsafePointer<Double>, into x: UnsafeMutablePointer<Double>, columns count: Int
  ) {
    // A run that was stopped asks for nothing more, the touch of new memory least of all.
    guard !Kernel.isStopped else { return }
    guard isComplete else {
      for i in 0..<n { (x + i * count).update(from: b + rows[i] * count, count: count) }
      return wl_factor_solve(n, elements, count, x)
    }
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

  /// Writes how the cofactors change along matrices E, all at once: sign · L⁻ᵀ K W⁻ᵀ, where K is
  /// the change of cof(D) along the F = L⁻¹ E W⁻¹.
  func writeCofactors(
    along changes: [UnsafePointer<Double>], to result: UnsafeMutablePointer<Double>
  ) {
    var change = MixedCofactors(n, pivots, along: changes.map(eliminated)).sum
    substitute(&change, rowsOf: { i, k in self.elements[k * n + i] }, fromTop: false)
    substitute(&change, columnsOf: { k, j in self.elements[j * n + k] }, fromLeft: false)
    for i in 0..<n {
      for j in 0..<n { result[rows[i] * n + columns[j]] = sign * change[i * n + j] }
    }
  }

  /// L⁻¹ E W⁻¹.
  private func eliminated(_ e: UnsafePointer<Double>) -> [Double] {
    var f = Array(repeating: 0.0, count: n * n)
    for i in 0..<n {
      for j in 0..<n { f[i * n + j] = e[rows[i] * n + columns[j]] }
    }
    substitute(&f, rowsOf: { i, k in self.elements[i * n + k] }, fromTop: true)
    substitute(&f, columnsOf: { k, j in self.elements[k * n + j] }, fromLeft: true)
    return f
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
