/// The principal logarithm of a matrix, by inverse scaling and squaring: square roots until the
/// matrix is near the unit matrix, there Padé's approximant, and doublings back.
///
/// The square roots are the product form of Denman and Beavers's iteration with the determinant's
/// scaling; the approximant of order 16 is summed over the nodes of Gauss and Legendre (Higham,
/// Functions of Matrices, 2008, chapters 6 and 11).
struct MatrixLogarithm {
  /// How near the unit matrix the approximant is exact to rounding.
  private static let reach = 0.5
  private static let mostRoots = 60
  private static let mostTurns = 60

  private static let missing = Fault(.noLogarithm)

  /// The logarithm of a matrix without eigenvalues on the negative real axis; nan where an element
  /// is not finite.
  static func of(_ matrix: SquareMatrix) throws(Fault) -> SquareMatrix {
    let n = matrix.n
    guard matrix.isFinite else {
      return SquareMatrix(n, Array(repeating: .nan, count: n * n))
    }
    guard n > 0 else { return matrix }
    // log(A) = log(A / c) + log(c) I, with c the mean size of the pivots, a power of 2.
    let exponent = try scale(of: matrix)
    var root = Double(sign: .plus, exponent: -exponent, significand: 1) * matrix
    var roots = 0
    while difference(root).columnNorm > reach {
      guard roots < mostRoots, !Kernel.isStopped else { throw missing }
      root = try squareRoot(root)
      roots += 1
    }
    var result =
      Double(sign: .plus, exponent: roots, significand: 1) * (try approximant(difference(root)))
    result.addToDiagonal(Double(exponent) * Numeric.log(2))
    return result
  }

  /// The power of 2 next to the mean size of the pivots.
  private static func scale(of matrix: SquareMatrix) throws(Fault) -> Int {
    let pivots = matrix.elements.withUnsafeBufferPointer { source in
      source.baseAddress.map { Factors($0, matrix.n).pivots } ?? []
    }
    guard !pivots.contains(0) else { throw missing }
    let sum = pivots.reduce(0) { $0 + Double($1.exponent) }
    return Int((sum / Double(matrix.n)).rounded())
  }

  private static func difference(_ a: SquareMatrix) -> SquareMatrix {
    var result = a
    result.addToDiagonal(-1)
    return result
  }

  /// The principal square root.
  private static func squareRoot(_ matrix: SquareMatrix) throws(Fault) -> SquareMatrix {
    let n = Double(matrix.n)
    var (x, m) = (matrix, matrix)
    var last = Double.infinity
    for turn in 0..<mostTurns where !Kernel.isStopped {
      let inverse: SquareMatrix
      do { inverse = try m.inverse() } catch { throw missing }
      let distance = difference(m).columnNorm
      guard distance.isFinite else { throw missing }
      if distance <= n * 0x1p-50 || (distance < 1e-6 && distance >= last / 2) {
        // One step more without scaling: the product form converges quadratically.
        var half = 0.5 * inverse
        half.addToDiagonal(0.5)
        return x * half
      }
      last = distance
      let scaling = turn < 12 && distance > 1e-2 ? determinantScale(m) : 1
      let (s, s2) = (scaling, scaling * scaling)
      var step = (0.5 / s) * inverse
      step.addToDiagonal(0.5 * s)
      x = x * step
      var next = 0.25 * (s2 * m + (1 / s2) * inverse)
      next.addToDiagonal(0.5)
      m = next
    }
    throw missing
  }

  /// |det M|^(-1/2n), which brings eigenvalues far from 1 near faster.
  private static func determinantScale(_ m: SquareMatrix) -> Double {
    let pivots = m.elements.withUnsafeBufferPointer { source in
      source.baseAddress.map { Factors($0, m.n).pivots } ?? []
    }
    let sum = pivots.reduce(0) { $0 + Numeric.log($1.magnitude) }
    return Numeric.exp(-sum / (2 * Double(m.n)))
  }

  /// The nodes and weights of Gauss and Legendre for 16 points, those right of 0; the others mirror
  /// them.
  private static let nodes: [(node: Double, weight: Double)] = [
    (0.98940093499164993, 0.027152459411754095),
    (0.94457502307323258, 0.062253523938647893),
    (0.86563120238783174, 0.095158511682492785),
    (0.75540440835500303, 0.12462897125553387),
    (0.61787624440264375, 0.14959598881657673),
    (0.45801677765722739, 0.16915651939500254),
    (0.28160355077925891, 0.18260341504492359),
    (0.09501250983763744, 0.1894506104550685),
  ]

  /// log(I + X) = ∫ X (I + t X)⁻¹ dt over 0 … 1, summed over the nodes.
  private static func approximant(_ x: SquareMatrix) throws(Fault) -> SquareMatrix {
    var sum = 0 * x
    for (node, weight) in nodes {
      for t in [0.5 * (1 - node), 0.5 * (1 + node)] where !Kernel.isStopped {
        var denominator = t * x
        denominator.addToDiagonal(1)
        sum = sum + (0.5 * weight) * (try denominator.solve(x))
      }
    }
    return sum
  }
}
