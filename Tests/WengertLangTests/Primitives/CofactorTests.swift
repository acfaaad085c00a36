import Testing
import WengertTestSupport

/// Derivatives of the determinant to every order: det(A + t E) is a polynomial in t, whose first
/// coefficient is det A and whose last det E.
@Suite struct CofactorTests {
  /// E with det E = 6, and A of rank 2 that rounding makes nearly, but not quite, singular; its
  /// coefficients between are those of the exact matrix (72/100 and 62/10).
  private static let start =
    "A = [[0.3, 0.2, 0.1], [0.7, 0.2, 0.9], [1.0, 0.4, 1.0]]; E = [[1, 2, 0], [0, 1, 1], [3, 1, 1]]\n"

  @Test func `third derivatives where a matrix is singular but for rounding`() {
    let run = ProgramRun(
      Self.start + """
        d = det(A)
        c = taylor(d, A = E, 4)
        t = 0
        z = det(A + t*E)
        g = grad(z, t)
        h = grad(g, t)
        k = grad(h, t)
        forward3 = jvp(jvp(jvp(z, t = 1), t = 1), t = 1)
        s = complexstep(h, t)
        wide = complexstep(h, t, 0.5)
        """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(distance(run.numbers("c"), [0, 0.72, 6.2, 6, 0]) < 1e-14)
    for name in ["k", "forward3", "s", "wide"] {
      #expect(distance(run.numbers(name), [36]) < 1e-14, "\(name)")
    }
  }

  @Test(
    arguments: [
      // det(t E) = t⁴ det E; one row of 1 and t E: t³ times the minor of E; and so on.
      ([0, 0, 0, 0], [0, 0, 0, 0, 45]), ([1, 0, 0, 0], [0, 0, 0, 10, 45]),
      ([1, 1, 0, 0], [0, 0, 6, 30, 45]), ([1, 1, 1, 0], [0, 2, 10, 30, 45]),
      ([1, 1, 1, 1], [1, 10, 26, 42, 45]),
    ] as [([Double], [Double])])
  func `of a matrix of any rank`(_ diagonal: [Double], _ coefficients: [Double]) {
    let run = ProgramRun(
      """
      E = [[1, 1, 0, 2], [0, 2, 1, 0], [3, 1, 5, 1], [1, 0, 4, 2]]
      A = diag(\(diagonal))
      d = det(A)
      c = taylor(d, A = E, 4)
      t = 0
      g4 = jvp(jvp(jvp(jvp(det(A + t*E), t = 1), t = 1), t = 1), t = 1)
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    #expect(run.numbers("c") == coefficients)
    #expect(run.numbers("g4") == [24 * coefficients[4]])
  }

  /// The determinant of I + t diag(1, …, 9) is the product of the 1 + k t, and a cofactor on the
  /// diagonal that of all but one: Σ_i Σ_k≠i k = 360, Σ_i Σ_k≠i k (45 - i - k) = 12180.
  @Test func `a complex step goes through cofactors of many rows`() {
    let run = ProgramRun(
      """
      E = diag(1..9); t = 0
      first = complexstep(sum(cofactor(eye(9) + t*E)), t)
      second = complexstep(sum(cofactoralong(eye(9) + t*E, E)), t)
      third = complexstep(sum(cofactoralong(eye(9) + t*E, E, E)), t)
      forward3 = jvp(sum(cofactoralong(eye(9) + t*E, E, E)), t = 1)
      A = 3*eye(9) + outer(sin(1..9), cos(1..9)) + t*outer(cos(2..10), sin(3..11))
      full = complexstep(sum(cofactoralong(A, E)*A), t)
      forward = jvp(sum(cofactoralong(A, E)*A), t = 1)
      """)
    #expect(run.isDone, "\(run.diagnostics)")
    // Of more than eight rows they are made by the inverse, which rounds.
    #expect(distance(run.numbers("first"), [360]) < 1e-12)
    #expect(distance(run.numbers("second"), [12180]) < 1e-10)
    #expect(distance(run.numbers("third"), run.numbers("forward3")) < 1e-9)
    let (full, forward) = (run.numbers("full"), run.numbers("forward"))
    #expect(distance(full, forward) < 1e-13 * (forward.first?.magnitude ?? 0))
  }

  @Test func `more rows than a matrix has, and more orders than there is room for`() {
    let run = ProgramRun("A = [[1, 2], [3, 4]]; c = cofactoralong(A, A, A)")
    #expect(run.numbers("c") == [0, 0, 0, 0])
    let many = ProgramRun("A = eye(12); d = det(A); c = taylor(d, A = eye(12), 11)")
    #expect(many.codes == ["E0302"])
  }
}
