import Testing
import WengertTestSupport

@testable import WengertLang

/// Elements of a gradient that have fewer digits than the others.
@Suite struct SmallElementTests {
  private func said(_ program: String) -> String {
    let transcript = Transcript(of: program + "\n", name: "small")
    return transcript.output + transcript.complaints
  }

  /// By mpmath the slopes are 1.2e-32, -0.44, 1.2e-32: tanh(36.7) is 1 as 64 bits hold it.
  @Test func `what has cancelled beside elements of its own size is named`() {
    let words = said("y = [36.7, 0, 36.7]; f = var(tanh(y)); check f wrt y")
    #expect(words.contains("small elements to none: y[0], y[2]"), "\(words)")
  }

  /// The slope by x[0] is 1e6 whatever x[1], and that by x[1] is 5.6e-17 by rounding alone.
  @Test(arguments: [1, 1e-8])
  func `elements of another size are named as well`(_ size: Double) {
    let words = said(
      "a = 0.1; b = 0.2; d = 0.3; x = [1, \(size)]; f = x[0]*1e6 + x[1]*(a + b - d); check f wrt x")
    #expect(words.contains("correct to 15 digits; small elements to none: x[1]"), "\(words)")
  }

  @Test func `a slope of 0 by rounding beside another size is named`() {
    let words = said("x = [1e-9, 0.3]; f = sum((1 - cos(x))^2); check f wrt x")
    #expect(words.contains("small elements to none: x[0]"), "\(words)")
  }

  @Test func `an element of a matrix is named by its indices, many are counted`() {
    let words = said(
      """
      A = [[20, 20, 1], [20, 20, 20]]
      f = sum((1 - tanh(A))*[1, 2, 3])
      check f wrt A
      """)
    #expect(
      words.contains("small elements to none: A[0, 0], A[0, 1], A[1, 0] and 2 others"),
      "\(words)")
  }

  /// Exact zeros, and slopes that are small without having cancelled.
  @Test(arguments: [
    "x = [1, 2, 3]; f = var(x)", "x = [-1, 2, 3]; f = sum(relu(x))",
    "x = [1, 1e-5, 1e-9]; f = sum(x^2)", "x = [1, 2, 3]; f = x[0] + 1e-9*x[1]",
    "x = [0, -20, -30]; f = sum(exp(x))",
  ])
  func `what is small and right is not named`(_ program: String) {
    let words = said(program + "\ncheck f wrt x")
    #expect(words.contains("correct to 1") && !words.contains("small"), "\(words)")
  }

  /// The largest slope is off by 2.05e-15 of its size, by mpmath to 60 digits.
  @Test func `elements that weigh little along a direction are looked at by themselves`() {
    let words = said(
      """
      A = [[-432.3040333871194, -467.9328038120604], [1.2138043776186813, -0.5475385718679427]]
      f = logsumexp(inv(A) + mean(A))
      check f wrt A
      """)
    let digits = (1...16).filter { words.contains("correct to \($0) digit") }
    #expect(digits == [14] || digits == [13] || digits == [12], "\(words)")
  }
}
