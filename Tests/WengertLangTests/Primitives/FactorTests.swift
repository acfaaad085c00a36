import Testing
import WengertKernels
import WengertTestSupport

/// Large matrices, which are taken apart in blocks: what is known of them in closed form.
@Suite struct FactorTests {
  /// 2 on the diagonal and -1 beside it, rows backwards, so that every pivot has to be looked for.
  ///
  /// The determinant is n + 1, and the inverse has min(i, j) (n + 1 - max(i, j)) / (n + 1).
  private static func turnedDifferences(_ n: Int) -> ProgramRun {
    ProgramRun(
      """
      n = \(n)
      i = reshape(1..n, [n, 1])
      j = reshape(1..n, [1, n])
      A = 2*eye(n) - (abs(i - j) == 1)
      T = A[n-1..0 by -1, ..]
      exact = minimum(i, j) * (n + 1 - maximum(i, j)) / (n + 1)
      """)
  }

  @Test(arguments: [65, 128, 200, 301])
  func `inverse, determinant and solution of second differences`(_ n: Int) {
    var run = FactorTests.turnedDifferences(n)
    let sign = n * (n - 1) / 2 % 2 == 0 ? 1 : -1
    run.go(
      on: """
        e1 = max(abs(inv(T) - exact[.., n-1..0 by -1]))
        e2 = det(T) / (\(sign) * (n + 1)) - 1
        e3 = logdet(T) - log(n + 1)
        b = T @ exact[.., 0]
        e4 = max(abs(solve(T, b) - exact[.., 0]))
        B = T @ (i + 2*j)
        e5 = max(abs(solve(T, B) - (i + 2*j)))
        """)
    #expect(run.isDone, "\(run.diagnostics)")
    // The condition number is about n² / 2.
    for name in ["e1", "e2", "e3", "e4"] {
      #expect(abs(run.numbers(name).first ?? .nan) < 1e-10, "\(name)")
    }
    #expect(abs(run.numbers("e5").first ?? .nan) < 1e-8)
  }

  @Test func `sines are their own inverse`() {
    var run = ProgramRun("n = 200\ni = reshape(1..n, [n, 1])\nj = reshape(1..n, [1, n])")
    run.go(
      on: """
        S = sqrt(2/(n + 1)) * sin(pi*i*j/(n + 1))
        e1 = max(abs(inv(S) - S))
        e2 = det(S) - 1
        e3 = max(abs(solve(S, S) - eye(n)))
        # exp of a multiple of a matrix with square 1 is cosh + sinh of it
        e4 = max(abs(expm(S) - cosh(1)*eye(n) - sinh(1)*S))
        """)
    #expect(run.isDone, "\(run.diagnostics)")
    for name in ["e1", "e2", "e3", "e4"] {
      #expect(abs(run.numbers(name).first ?? .nan) < 1e-12, "\(name)")
    }
  }

  @Test func `exponentials of large matrices are right, or nan where powers overflow`() {
    let run = ProgramRun(
      """
      # exp(700 I + N) = e^700 (I + N) for N with square 0
      A = expm([[700, 1], [0, 700]])/exp(700)
      overflows = expm([[0, 1e200], [1e200, 0]])
      cancels = expm([[1e13, -1e13], [1e13, -1e13]])
      B = expm([[nan, 1], [2, 3]])
      C = logm([[1, 0], [inf, 3]])
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(distance(run.numbers("A"), [1, 1, 0, 1]) < 1e-13)
    for name in ["overflows", "cancels", "B", "C"] {
      #expect(run.numbers(name).count == 4 && run.numbers(name).allSatisfy(\.isNaN), "\(name)")
    }
  }

  @Test func `cofactors of a large matrix are its determinant times its inverse`() {
    var run = FactorTests.turnedDifferences(100)
    run.go(on: "e = max(abs(cofactor(T) - det(T) * inv(T).T))\nm = max(abs(cofactor(T)))")
    #expect((run.numbers("e").first ?? .nan) < 1e-9 * (run.numbers("m").first ?? 0))
  }

  @Test func `a large matrix without an inverse is refused, and its determinant is 0`() {
    var run = ProgramRun("A = ones(100, 100)\nd = det(A)")
    #expect(run.numbers("d") == [0])
    run.go(on: "B = inv(A)\nprint B[0, 0]")
    #expect(run.codes == ["E0510"])
    var zero = ProgramRun("A = eye(100) * (1..100 != 50)\nd = det(A)")
    #expect(zero.numbers("d") == [0])
    zero.go(on: "x = solve(A, ones(100))\nprint x[0]")
    #expect(zero.codes == ["E0510"])
  }

  @Test(arguments: [3, 40, 600])
  func `products are taken off a part of a matrix`(_ n: Int) {
    let (row, depth) = (n + 5, n / 2 + 1)
    let a = (0..<n * row).map { Double($0 % 13) - 6 }
    let b = (0..<depth * row).map { Double($0 % 7) - 3 }
    let before = (0..<n * row).map { Double($0 % 5) }
    var c = before
    wl_product_subtract(n, n, depth, a, row, b, row, &c, row)
    // All are small whole numbers, so the sums are exact in any order.
    for (i, j) in [(0, 0), (n - 1, 0), (n / 2, n - 1), (n - 1, n - 1), (n / 3, n / 2)] {
      let sum = (0..<depth).reduce(0.0) { $0 + a[i * row + $1] * b[$1 * row + j] }
      #expect(c[i * row + j] == before[i * row + j] - sum, "\(i) \(j)")
    }
    #expect(c[n..<row] == before[n..<row], "what lies beside it stays")
  }
}
