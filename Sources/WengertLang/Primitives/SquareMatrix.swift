import WengertKernels

/// A square matrix of its own, row by row, for kernels that make many of them.
struct SquareMatrix {
  let n: Int
  private(set) var elements: [Double]

  init(_ n: Int, _ elements: [Double]) {
    self.n = n
    self.elements = elements
  }

  /// A copy of an operand.
  init(_ n: Int, copying source: UnsafePointer<Double>) {
    self.init(n, Array(UnsafeBufferPointer(start: source, count: n * n)))
  }

  /// The unit matrix, times a number.
  static func unit(_ n: Int, times factor: Double = 1) -> SquareMatrix {
    var unit = SquareMatrix(n, Array(repeating: 0, count: n * n))
    unit.addToDiagonal(factor)
    return unit
  }

  /// Adds a number to every element of the diagonal.
  mutating func addToDiagonal(_ number: Double) {
    for i in 0..<n { elements[i * (n + 1)] += number }
  }

  /// Copies the elements to a result.
  func write(to result: UnsafeMutablePointer<Double>) {
    elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress, !Kernel.isStopped else { return }
      result.update(from: base, count: source.count)
    }
  }

  /// The sum of the diagonal.
  var trace: Double { (0..<n).reduce(0) { $0 + elements[$1 * (n + 1)] } }

  /// Whether every element is a finite number.
  var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  /// The largest sum of sizes in a column: the norm that matrix functions are steered by.
  var columnNorm: Double { largestColumn(of: powerSums(1)) }

  /// The norm of the matrix of sizes, taken to a power.
  func sizeNorm(power: Int) -> Double { largestColumn(of: powerSums(power)) }

  /// The column sums of the matrix of sizes to a power.
  private func powerSums(_ power: Int) -> [Double] {
    var sums = Array(repeating: 1.0, count: n)
    for _ in 0..<power {
      var next = Array(repeating: 0.0, count: n)
      for i in 0..<n where !Kernel.isStopped {
        for j in 0..<n { next[j] += sums[i] * elements[i * n + j].magnitude }
      }
      sums = next
    }
    return sums
  }

  private func largestColumn(of sums: [Double]) -> Double {
    sums.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, $1) }
  }

  static func * (a: SquareMatrix, b: SquareMatrix) -> SquareMatrix {
    if Kernel.isStopped { return a }
    var product = Array(repeating: 0.0, count: a.n * a.n)
    wl_product(0, 0, a.n, a.n, a.n, a.elements, b.elements, &product)
    return SquareMatrix(a.n, product)
  }

  static func * (factor: Double, a: SquareMatrix) -> SquareMatrix {
    if Kernel.isStopped { return a }
    return SquareMatrix(a.n, a.elements.map { factor * $0 })
  }

  static func + (a: SquareMatrix, b: SquareMatrix) -> SquareMatrix {
    if Kernel.isStopped { return a }
    return SquareMatrix(a.n, zip(a.elements, b.elements).map { $0 + $1 })
  }

  /// The sum with a multiple of the unit matrix.
  func plusUnit(times factor: Double) -> SquareMatrix {
    // A run that was stopped touches no new memory.
    if Kernel.isStopped { return self }
    return self + .unit(n, times: factor)
  }

  static func - (a: SquareMatrix, b: SquareMatrix) -> SquareMatrix {
    if Kernel.isStopped { return a }
    return SquareMatrix(a.n, zip(a.elements, b.elements).map { $0 - $1 })
  }

  /// The solution X of `self` X = b.
  func solve(_ b: SquareMatrix) throws(Fault) -> SquareMatrix {
    if Kernel.isStopped { return b }
    let factors = try elements.withUnsafeBufferPointer { source throws(Fault) in
      guard let base = source.baseAddress else { return Factors(elements, 0) }
      return try Factors(base, n).regular()
    }
    if Kernel.isStopped { return b }
    var solution = Array(repeating: 0.0, count: n * n)
    factors.solve(b.elements, into: &solution, columns: n)
    return SquareMatrix(n, solution)
  }

  /// The inverse.
  func inverse() throws(Fault) -> SquareMatrix {
    Kernel.isStopped ? self : try solve(.unit(n))
  }
}

/// The elementary functions of one number, as the kernels compute them.
enum Numeric {
  static func exp(_ x: Double) -> Double { value(x, wl_exp) }
  static func log(_ x: Double) -> Double { value(x, wl_log) }
  static func expm1(_ x: Double) -> Double { value(x, wl_expm1) }

  private static func value(
    _ x: Double, _ function: (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void
  ) -> Double {
    var (x, y) = (x, 0.0)
    function(&x, &y, 1)
    return y
  }
}
