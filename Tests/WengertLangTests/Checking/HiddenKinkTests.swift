import Testing
import WengertTestSupport

@testable import WengertLang

/// Kinks that differences do not see, and curves that look like kinks to them: the rows know.
@Suite struct HiddenKinkTests {
  private func said(_ program: String) -> String {
    let transcript = Transcript(of: program + "\n", name: "hidden")
    return transcript.output + transcript.complaints
  }

  /// Points at a kink, by hand, beside slopes or values that are much larger.
  @Test(arguments: [
    "x = 0; f = abs(x) + 3e6*x", "x = [0, 1]; f = sum(abs(x)*[1, 3e6])",
    "x = [0, 0, 0]; f = norm(x) + 1e8*sum(x)", "x = [2, 2, 2]; f = std(x) + 1e8*sum(x)",
    "x = [[1, 1], [1e14, 0]]; f = sum(max(x, axis = 1))",
    "x = 1; f = 0; for i in 1..520 { f += abs(x*i - 5) }",
    "x = 1; f = 0; for i in 1..513 { f += abs(x*i - 256) }",
    "x = 1; f = min(max(x, 1), x + 1e-13)", "x = 1e7; f = min(max(x, 1e7), x + 1e-6)",
    "x = 1e13; f = min(max(x, 1e13), x + 1)",
  ])
  func `a small kink is told`(_ program: String) {
    let words = said(program + "; check f wrt x")
    #expect(words.contains("at a kink"), "\(words)")
  }

  @Test func `the slopes of both sides are told apart, however alike`() {
    let words = said("x = 0; f = abs(x) + 3e6*x; check f wrt x")
    #expect(words.contains("slopes 2999999 below, 3000001 above"), "\(words)")
  }

  /// Points that rounding has taken to a kink, or to the other side of one: the true slope is that
  /// of a side.
  @Test(arguments: [
    "x = 1e-20; f = relu(x + 1 - 1)", "x = 1; f = abs((x + 1e20) - 1e20)",
    "x = 1e-18; f = max(1, x + 1)", "x = -1e-18; f = abs(x + 1 - 1)",
    "x = 1e-9; f = relu(x - sin(x))", "x = 1e-17; f = where(x + 1 > 1, x, 2*x)",
    "x = 1e-9; if x - sin(x) > 0 { f = x } else { f = 2*x }",
  ])
  func `a side that rounding has chosen is not vouched for`(_ program: String) {
    let words = said(program + "; check f wrt x")
    #expect(words.contains("too little precision"), "\(words)")
  }

  /// Smooth functions, at points where steps leap over whole waves or are lost in large numbers.
  @Test(arguments: [
    "x = 5e9; f = cos(x)", "x = 1e10; f = cos(x)", "x = 1e16; f = sin(x) + x",
    "x = [345, 0.00537, -7.11e20]; f = sum(cos(x))", "x = [1.18e100, 1]; f = sum(sin(x))",
    "x = 1e160; f = cosh(sin(x)) + x", "x = 0; f = tanh(1e20*x)",
    "x = [1, 0.003]; f = sum(where(x > 0.7, 1, 1e8))",
    "x = [5.71e-20, -0.00313]; f = sum(1/max(x, x))", "x = [0, 7.2e8]; f = sum(max(0, x^2))",
  ])
  func `a curve is not called a kink, nor a rule wrong`(_ program: String) {
    let words = said(program + "; check f wrt x")
    #expect(!words.contains("kink") && !words.contains("wrong"), "\(words)")
  }

  /// Kinks that cancel, or do not reach the value.
  @Test(arguments: [
    ("x = 0; f = x*abs(x)", "correct"), ("x = 1; f = max(x, x)^2", "correct"),
    ("x = [1, 1, 0.5]; m = max(x); f = m + log(sum(exp(x - m)))", "correct"),
    ("x = 0; f = 0*abs(x) + x", "correct"), ("x = [1.5e100, 1e-100, 3]; f = norm(x)", "correct"),
  ])
  func `kinks that cancel are none`(_ program: String, _ verdict: String) {
    let words = said(program + "; check f wrt x")
    #expect(words.contains(verdict), "\(words)")
  }

  /// Small elements beside large ones: by hand, how many digits their slopes have, at most.
  @Test(arguments: [
    // 2 ((1 + x) - 1), where 1 + x is rounded by 1.1e-16.
    ("x = [1e-10, 3]; f = sum(((1 + x) - 1)^2)", 7),
    ("x = [1e-4, 3]; f = sum(((1 + x) - 1)^2)", 13),
  ])
  func `the digits of a less exact element are told`(_ program: String, _ most: Int) throws {
    let words = said(program + "; check f wrt x")
    let digits = (1...15).filter { words.contains("small elements to \($0): x[0]") }
    #expect(digits.allSatisfy { $0 <= most } && digits.count == 1, "\(words)")
  }

  @Test(arguments: [("[-1, 1]", "1e-8"), ("[1.5, 1]", "1e-5"), ("[1.5, 1]", "1e-6")])
  func `a rule that is wrong for a small element is told`(_ factor: String, _ x: String) {
    let words = said(
      "rule q(A) = sum(A^2) unchecked { bar A = bar*2*A*\(factor) }; x = [\(x), 2]; f = q(x); "
        + "check f wrt x")
    #expect(words.contains("another rule is meant") && !words.contains("correct"), "\(words)")
  }

  @Test func `a rule that the rounding of its value hides is no tried rule`() {
    let words = said("rule q(a) = 1e15 + a { d/da = 0 }; x = 3; f = q(x); check f wrt x")
    #expect(words.contains("W0470") && !words.contains("correct"), "\(words)")
  }
}
