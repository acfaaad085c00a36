import Testing
import WengertKernels

/// Sums and products: every shape, every transposition, and no order but the documented one.
@Suite struct ReductionTests {
  @Test func `the sum of many tenths is nearly exact`() {
    let tenths = [Double](repeating: 0.1, count: 1_000_000)
    #expect(abs(wl_sum(tenths, tenths.count, 1) - 100_000) < 1e-10)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 127, 128, 129, 1000, 4097])
  func `a sum is close to the exact one, with any stride`(_ count: Int) {
    let x = [Double].ordinary(count * 3 + 1, seed: UInt64(count))
    for stride in [1, 2, 3] {
      let terms = (0..<count).map { x[$0 * stride] }
      let exact = terms.reduce(Float80(0)) { $0 + Float80($1) }
      let size = terms.reduce(0) { $0 + abs($1) }
      let sum = wl_sum(x, count, stride)
      #expect(abs(sum - Double(exact)) <= 16 * size * .ulpOfOne)
      #expect(sum == wl_sum(terms, count, 1))
    }
  }

  @Test func `a sum goes by eight lanes`() {
    let x = [Double].ordinary(27, seed: 4)
    var lanes = Array(x[0..<8])
    for place in 8..<24 { lanes[place % 8] += x[place] }
    let pairs = [0, 2, 4, 6].map { lanes[$0] + lanes[$0 + 1] }
    let whole = (pairs[0] + pairs[1]) + (pairs[2] + pairs[3])
    #expect(wl_sum(x, 27, 1) == ((whole + x[24]) + x[25]) + x[26])
    #expect(wl_sum([-0.0, -0.0], 2, 1).sign == .minus)
  }

  struct Shape: Sendable { let m, n, k: Int }

  static let shapes: [Shape] = [
    .init(m: 0, n: 3, k: 2), .init(m: 3, n: 0, k: 2), .init(m: 3, n: 2, k: 0),
    .init(m: 1, n: 1, k: 1), .init(m: 1, n: 1, k: 300), .init(m: 4, n: 4, k: 4),
    .init(m: 1, n: 37, k: 5), .init(m: 37, n: 1, k: 5), .init(m: 5, n: 7, k: 3),
    .init(m: 8, n: 8, k: 8), .init(m: 13, n: 19, k: 11), .init(m: 3, n: 33, k: 600),
    .init(m: 40, n: 41, k: 42), .init(m: 2, n: 2, k: 1025),
  ]

  /// The definition, with the bound that the rounding of k terms allows.
  static func naive(
    _ shape: Shape, _ a: (Int, Int) -> Double, _ b: (Int, Int) -> Double
  ) -> [(value: Double, bound: Double)] {
    (0..<shape.m * shape.n).map { entry in
      let (i, j) = (entry / shape.n, entry % shape.n)
      let terms = (0..<shape.k).map { a(i, $0) * b($0, j) }
      let size = terms.reduce(0) { $0 + abs($1) }
      return (terms.reduce(0, +), Double(shape.k + 2) * size * .ulpOfOne)
    }
  }

  @Test(arguments: shapes)
  func `a product is what its definition says`(_ shape: Shape) {
    let (m, n, k) = (shape.m, shape.n, shape.k)
    let a = [Double].ordinary(m * k, seed: 3)
    let b = [Double].ordinary(k * n, seed: 5)
    for (tA, tB) in [(false, false), (true, false), (false, true), (true, true)] {
      let expected = Self.naive(
        shape, { a[tA ? $1 * m + $0 : $0 * k + $1] }, { b[tB ? $1 * k + $0 : $0 * n + $1] })
      for product in [wl_product, wl_product_builtin] {
        var c = [Double](repeating: .nan, count: m * n)
        product(tA ? 1 : 0, tB ? 1 : 0, m, n, k, a, b, &c)
        #expect(zip(c, expected).allSatisfy { abs($0 - $1.value) <= $1.bound }, "\(tA) \(tB)")
      }
    }
  }

  @Test func `small products have the same bits whatever is installed`() {
    let a = [Double].ordinary(400, seed: 6)
    var small = [Double](repeating: 0, count: 400)
    var builtin = small
    wl_product(0, 1, 20, 20, 20, a, a, &small)
    wl_product_builtin(0, 1, 20, 20, 20, a, a, &builtin)
    #expect(small == builtin)
  }

  @Test func `an entry does not depend on what is computed beside it`() {
    let a = [Double].ordinary(17 * 23, seed: 7)
    let x = [Double].ordinary(23, seed: 8)
    var whole = [Double](repeating: 0, count: 17)
    wl_product_builtin(0, 0, 17, 1, 23, a, x, &whole)
    for row in 0..<17 {
      var entry = [0.0]
      wl_product_builtin(0, 0, 1, 1, 23, Array(a[row * 23..<(row + 1) * 23]), x, &entry)
      #expect(entry[0] == whole[row])
    }
  }

  @Test func `the machine says what it uses`() {
    #expect(String(cString: wl_blas_name()).isEmpty == false)
    #expect(wl_blas_threads(0) >= 1)
    #expect((0...2).contains(wl_vector_level(-1)))
    let start = wl_monotonic_seconds()
    #expect(wl_monotonic_seconds() >= start)
  }
}
