import Foundation
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
      for product in [wl_product, wl_product_builtin, wl_product_panels] {
        var c = [Double](repeating: .nan, count: m * n)
        product(tA ? 1 : 0, tB ? 1 : 0, m, n, k, a, b, &c)
        #expect(zip(c, expected).allSatisfy { abs($0 - $1.value) <= $1.bound }, "\(tA) \(tB)")
      }
    }
  }

  @Test(
    arguments: shapes + [
      .init(m: 100, n: 5, k: 700), .init(m: 37, n: 75, k: 129), .init(m: 9, n: 600, k: 40),
      .init(m: 1700, n: 13, k: 33), .init(m: 513, n: 24, k: 10),
    ])
  func `products have the same bits whatever computes them`(_ shape: Shape) {
    let (m, n, k) = (shape.m, shape.n, shape.k)
    let a = [Double].ordinary(m * k, seed: 6)
    let b = [Double].ordinary(k * n, seed: 9)
    for (tA, tB) in [(0, 0), (1, 0), (0, 1), (1, 1)] as [(Int32, Int32)] {
      let all = [wl_product, wl_product_builtin, wl_product_panels].map { product in
        var c = [Double](repeating: .nan, count: m * n)
        product(tA, tB, m, n, k, a, b, &c)
        return c.bits
      }
      #expect(all[0] == all[1] && all[1] == all[2], "\(tA) \(tB)")
    }
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

  @Test(arguments: [1, 2, 5, 9, 127, 300, 1500])
  func `rows become probabilities`(_ length: Int) {
    let rows = 1200 / length + 2
    let x = [Double].ordinary(rows * length, seed: 10).map { 30 * $0 }
    var y = x
    var logarithms = x
    wl_softmax(x, &y, rows, length)
    wl_log_softmax(x, &logarithms, rows, length)
    for start in stride(from: 0, to: x.count, by: length) {
      let row = x[start..<start + length].map { Float80($0) }
      let norm = row.map { expl($0) }.reduce(0, +)
      for k in 0..<length {
        let exact = expl(row[k]) / norm
        #expect(abs(Float80(y[start + k]) - exact) <= 1e-14 * exact)
        #expect(abs(Float80(logarithms[start + k]) - logl(exact)) <= 1e-14 * (1 + abs(logl(exact))))
      }
      var alone = Array(x[start..<start + length])
      wl_softmax(Array(x[start..<start + length]), &alone, 1, length)
      #expect(alone == Array(y[start..<start + length]))
    }
  }

  @Test(arguments: [0, 1, 7, 128, 129, 1000])
  func `sums of what is made of elements go in the order of a sum`(_ count: Int) {
    let x = [Double].ordinary(count, seed: 12)
    let p = [Double].ordinary(count, seed: 13).map { abs($0) + 0.01 }
    let squares = x.map { ($0 - 0.25) * ($0 - 0.25) }
    #expect(wl_squares(x, 0.25, count, 1) == wl_sum(squares, count, 1))
    let distances = zip(x, p).map { ($0 - $1) * ($0 - $1) }
    #expect(wl_squared_error(x, p, count) == wl_sum(distances, count, 1))
    let logarithms = BinaryKernel.xlogy(x, p, count: count)
    #expect(wl_cross_entropy(x, p, count) == -wl_sum(logarithms, count, 1))
    let exact = x.map { expl(Float80($0)) }.reduce(0, +)
    let value = wl_log_sum_exp(x, count, 1)
    #expect(count == 0 ? value == -.infinity : abs(Float80(value) - logl(exact)) < 1e-14)
    #expect(wl_log_sum_exp([1, .infinity], 2, 1) == .infinity)
    #expect(wl_log_sum_exp([1, .nan, 2], 3, 1).isNaN)
  }

  @Test func `the machine says what it uses`() {
    #expect(String(cString: wl_blas_name()).isEmpty == false)
    #expect(wl_blas_threads(0) >= 1)
    #expect((0...2).contains(wl_vector_level(-1)))
    let start = wl_monotonic_seconds()
    #expect(wl_monotonic_seconds() >= start)
  }
}
