/// The sizes of an inverse's elements, never too small, and what elimination makes of results.
///
/// A system is solved exactly for a matrix that differs by at most E, element by element, where E
/// is some units times |L| |U| (Higham, Accuracy and stability of numerical algorithms, 2002,
/// theorem 9.4). So what was found for the inverse, X, is wrong by at most |A⁻¹| E |X|, a solution
/// x by |A⁻¹| E |x|; which bounds |A⁻¹| too while E |X| is small.
struct InverseBound {
  private let n: Int
  /// E.
  private let backward: [Double]
  /// A bound of |A⁻¹|; infinite where the matrix may be singular.
  private var inverse: [Double]
  /// A number that E |A⁻¹| makes rows shorter by.
  private var contraction = Double.infinity

  /// - Parameters:
  ///   - sizes: |L| |U|, in the order of the matrix.
  ///   - found: the inverse as it was computed, nil of a singular matrix.
  init(_ n: Int, sizes: [Double], found: [Double]?) {
    self.n = n
    let units = Double(3 * n + 6) * Rounding.unit
    backward = sizes.map { units * $0 }
    inverse = Array(repeating: .infinity, count: n * n)
    guard let found = found?.map(\.magnitude), (backward + found).allSatisfy(\.isFinite) else {
      return
    }
    // Rows of A may differ much in size: each counts by its own.
    let weights = (0..<n).map { i in (0..<n).reduce(0) { $0 + sizes[i * n + $1] } }
    let first = product(backward, found)
    let shrink = columnNorm(first, weights)
    guard shrink < 1 else { return }
    // |A⁻¹| ≤ |X| (I + M + M² + …) with M = E |X|.
    let second = product(found, first)
    for i in 0..<n {
      let row = (0..<n).reduce(0) { Swift.max($0, second[i * n + $1] * weights[$1]) }
      for j in 0..<n {
        inverse[i * n + j] = found[i * n + j] + row / (1 - shrink) / weights[j]
      }
    }
    contraction = columnNorm(product(backward, inverse), weights)
  }

  /// Of a square matrix that is eliminated.
  init(eliminating matrix: [Double], _ n: Int) {
    let factors = Factors(matrix, n)
    var found: [Double]?
    if let factors = try? factors.regular() {
      var unit = Array(repeating: 0.0, count: n * n)
      for i in 0..<n { unit[i * (n + 1)] = 1 }
      var solution = unit
      factors.solve(unit, into: &solution, columns: n)
      found = solution
    }
    self.init(n, sizes: factors.sizes, found: found)
  }

  /// Of a triangle, which is its own factor.
  init(triangle matrix: [Double], _ n: Int, isLower: Bool) {
    var sizes = Array(repeating: 0.0, count: n * n)
    var found = sizes
    for i in 0..<n {
      for j in isLower ? 0...i : i...(n - 1) { sizes[i * n + j] = matrix[i * n + j].magnitude }
    }
    for column in 0..<n {
      for step in 0..<n {
        let i = isLower ? step : n - 1 - step
        var value = i == column ? 1.0 : 0
        for k in isLower ? 0..<i : (i + 1)..<n {
          value -= matrix[i * n + k] * found[k * n + column]
        }
        found[i * n + column] = value / matrix[i * (n + 1)]
      }
    }
    self.init(n, sizes: sizes, found: found)
  }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] {
    (SquareMatrix(n, a) * SquareMatrix(n, b)).elements
  }

  /// The largest sum of a column of sizes, each row in units of its weight.
  private func columnNorm(_ a: [Double], _ weights: [Double]) -> Double {
    (0..<n).reduce(0.0) { most, j in
      let sum = (0..<n).reduce(0.0) { $0 + a[$1 * n + j] / weights[$1] }
      return sum.isNaN ? .infinity : Swift.max(most, sum * weights[j])
    }
  }

  /// What each element of a solution of so many columns may be wrong by.
  func errors(ofSolution x: [Double], columns: Int) -> [Double] {
    var moved = Array(repeating: 0.0, count: n * columns)
    for i in 0..<n {
      for k in 0..<n {
        for c in 0..<columns {
          moved[i * columns + c] += backward[i * n + k] * x[k * columns + c].magnitude
        }
      }
    }
    var errors = Array(repeating: 0.0, count: n * columns)
    for i in 0..<n {
      for k in 0..<n {
        for c in 0..<columns where moved[k * columns + c] != 0 {
          errors[i * columns + c] += inverse[i * n + k] * moved[k * columns + c]
        }
      }
    }
    return errors
  }

  /// What the logarithm of the determinant may be wrong by: the traces of the powers of E |A⁻¹|,
  /// each over its exponent.
  var errorOfLogarithm: Double {
    guard contraction < 1 else { return .infinity }
    let trace = (0..<n).reduce(0.0) { sum, i in
      (0..<n).reduce(sum) { $0 + backward[i * n + $1] * inverse[$1 * n + i] }
    }
    return trace + Double(n) * contraction * contraction / (2 * (1 - contraction))
  }

  /// What the determinant may be wrong by.
  ///
  /// Of a nearly singular matrix the logarithm says nothing; but the determinant is no larger than
  /// the product of the rows' lengths (Hadamard), so that changing the rows moves it by no more
  /// than it moves that.
  func errorOfDeterminant(_ value: Double, _ matrix: [Double]) -> Double {
    let own = Double(n + 1) * Rounding.unit
    let change = errorOfLogarithm + own
    let relative = value == 0 ? .infinity : value.magnitude * growth(change)
    return Swift.min(relative, own * value.magnitude + errorOfMinor(matrix, without: nil))
  }

  /// What the determinant of the matrix without a row may move by, by Hadamard's bound.
  private func errorOfMinor(_ matrix: [Double], without row: Int?) -> Double {
    // Products of (a + e) less those of a, summed up without a difference.
    var (size, change) = (1.0, 0.0)
    for i in 0..<n where i != row {
      let (a, e) = (length(matrix, i), length(backward, i))
      change = change * (a + e) + size * e
      size *= a
    }
    return change
  }

  private func length(_ a: [Double], _ row: Int) -> Double {
    (0..<n).reduce(0.0) { $0 + a[row * n + $1] * a[row * n + $1] }.squareRoot()
  }

  /// What each cofactor may be wrong by.
  func errors(ofCofactors value: [Double], _ matrix: [Double]) -> [Double] {
    let own = Double(2 * n + 2) * Rounding.unit
    let change = errorOfLogarithm + own
    // Cofactors are the transposed inverse times the determinant.
    var turned = value
    for i in 0..<n {
      for j in 0..<n { turned[i * n + j] = value[j * n + i] }
    }
    let solved = change.isFinite ? errors(ofSolution: turned, columns: n) : turned
    var errors = value
    for i in 0..<n {
      let minor = errorOfMinor(matrix, without: i)
      for j in 0..<n {
        let size = value[i * n + j].magnitude
        let regular = solved[j * n + i] * Numeric.exp(change) + size * growth(change)
        errors[i * n + j] =
          change.isFinite ? Swift.min(regular, minor + own * size) : minor + own * size
      }
    }
    return errors
  }

  /// What a number may be wrong by, over its size as found, when its logarithm may be by so much.
  private func growth(_ change: Double) -> Double { Numeric.expm1(change) * Numeric.exp(change) }

  /// What each element of L with L Lᵀ = A may be wrong by, for the bound of L's own inverse.
  ///
  /// L (I + K) is the exact factor where K + Kᵀ + K Kᵀ = L⁻¹ ΔA L⁻ᵀ; with s for the length of the
  /// right side that of K is at most √2 s.
  func errors(ofLowerFactor l: [Double]) -> [Double] {
    let sizes = l.map(\.magnitude)
    var (turned, inverseTurned) = (sizes, inverse)
    for i in 0..<n {
      for j in 0..<n {
        turned[i * n + j] = sizes[j * n + i]
        inverseTurned[i * n + j] = inverse[j * n + i]
      }
    }
    let units = Double(3 * n + 6) * Rounding.unit
    let change = product(sizes, turned).map { units * $0 }
    var moved = product(product(inverse, change), inverseTurned)
    let length = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length < 0.25 else { return l.map { $0 == 0 ? 0 : .infinity } }
    for i in 0..<n {
      for j in 0..<n { moved[i * n + j] = j > i ? 0 : moved[i * n + j] + 2 * length * length }
    }
    return product(sizes, moved)
  }
}
