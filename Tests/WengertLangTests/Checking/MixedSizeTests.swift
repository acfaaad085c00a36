import Testing
import WengertTestSupport

@testable import WengertLang

/// Arrays of small and large elements, and rules whose value cancels: what one element does is seen
/// beside another, and what rounding does is no mistake.
@Suite struct MixedSizeTests {
  private func said(_ program: String) -> String {
    let run = ProgramRun(program)
    return run.codes.joined(separator: " ") + " " + run.reports.joined(separator: "\n")
  }

  @Test(arguments: [
    "x = [0, 1e7]; y = sum(abs(x))", "x = [0, 1e15]; y = sum(relu(x))",
    "x = [1, 1e15]; y = relu(x[0] - 1) + x[1]", "x = [0, 1e9]; y = norm(x[0..0]) + x[1]",
    "x = [1e-7, 1]; y = sum(abs(x - 1e-7))",
    "x = [0, 1e9]\ny = 0\nfor t in x { if t > 0 { y += t } else { y += 5*t } }",
  ])
  func `a kink of a small element is seen beside a large one`(_ program: String) {
    let words = said(program + "\ncheck y wrt x")
    #expect(words.contains("at a kink"), "\(words)")
  }

  @Test(arguments: [
    (
      "rule q(a) = sin(a) { d/da = where(abs(a - 1.234e-9) < 1e-12, 1.01*cos(a), cos(a)) }",
      "q(x)", "[1.234e-9, 1]"
    ),
    (
      "rule q(a) = a^3 { d/da = where(abs(a - 7.123) < 0.001, 3.03*a^2, 3*a^2) }",
      "q(x)*[1, 1e-14]", "[7.123, 1e7]"
    ),
    ("rule q(b) = 2*b unchecked { bar b = bar*[2, 2.02] }", "q(x)", "[1, 1e-15]"),
    ("rule q(b) = 2*b unchecked { bar b = bar*[2, 2.02] }", "q(x)", "[1e10, 1]"),
    ("rule q(b) = 2*b unchecked { bar b = bar*[2, 2.02] }", "q(x)", "[1e10, 0]"),
  ])
  func `a rule that is wrong for one element is not called right`(
    _ rule: String, _ formula: String, _ x: String
  ) {
    let words = said("\(rule)\nx = \(x)\ny = sum(\(formula))\ncheck y wrt x")
    #expect(words.contains("wrong") || words.contains("another rule is meant"), "\(words)")
    #expect(!words.contains("correct"), "\(words)")
  }

  /// Rules with their right slopes, and points where the value loses most of its digits.
  @Test(arguments: [
    ("log(1 + exp(a))", "1/(1 + exp(-a))", "-10"), ("log(1 + exp(a))", "1/(1 + exp(-a))", "-35"),
    ("(1 + 1/a)^a", "(1 + 1/a)^a*(log(1 + 1/a) - 1/(a + 1))", "1e6"),
    ("sqrt(a + 1) - sqrt(a)", "0.5/sqrt(a + 1) - 0.5/sqrt(a)", "1e10"),
    ("1 - cos(a)", "sin(a)", "1e-8"), ("sqrt(1 + a^2) - 1", "a/sqrt(1 + a^2)", "1e-7"),
    ("log(cosh(a))", "tanh(a)", "1e-9"), ("(a^2 + 1) - 1", "2*a", "3e-9"),
  ])
  func `a right rule is not called wrong where its value cancels`(
    _ value: String, _ slope: String, _ x: String
  ) {
    let words = said("rule q(a) = \(value) { d/da = \(slope) }\nx = \(x)\ny = q(x)\ncheck y wrt x")
    #expect(!words.contains("E0"), "\(words)")
    #expect(!words.contains("wrong") && !words.contains("kink"), "\(words)")
  }

  @Test func `the rounding of a rule is that of what its value is made of`() {
    let words = said("rule q(a) = 1 - cos(a) { d/da = sin(a) }\nx = 1e-8\ny = q(x)\nerrors y")
    #expect(words.contains(", 0 digits"), "\(words)")
  }

  @Test func `the rounding of a solution is that of its equation, seen through its slope`() throws {
    // x = c + 1e-6; the formula of F rounds at 1e-16, which moves x by 1e-16/2e-6.
    let program = """
      F(x, c) = x^2 - 2*c*x + c^2 - 1e-12
      c = 1; y = root(F, 1.5, c); set digits 17; print y
      errors y

      """
    let words = Transcript(of: program, name: "root").output
    let used = try #require(
      words.split(separator: "\n").first.flatMap { Double($0) }, "\(words)")
    let tail = try #require(words.split(separator: "is right to ").last, "\(words)")
    let bound = try #require(Double(tail.prefix { $0 != "," }), "\(words)")
    #expect((used - 1.000001).magnitude <= bound && bound < 1e-8, "\(words)")
  }

  /// Where rounding makes of an element of the gradient what it likes; true are 1, 4e-16 and 1.
  @Test(arguments: [
    """
    A = [[-0.0002621937394164784, -1975105532.8206108], [-2.1615857893012742e-16, 7655431154116629.0]]
    x = [485376896756450.3, -0.162082095229324]
    y = sum(inv(A)@A@x)
    """,
    "x = [[1e8, 0], [2, 0]]\ny = logdet(x@x.T + eye(2))",
    "x = [[1, 2], [2, 4.000000000000001]]\ny = sum(solve(x, [1, 1]))",
  ])
  func `elements of the gradient that rounding has made have no digits`(_ program: String) {
    let words = said(program + "\ncheck y wrt x")
    #expect(words.contains("too little precision"), "\(words)")
  }

  @Test func `a loop that does not end beside the point is no obstacle`() {
    // At x = 0 it would go on for ever; at 0.1 rounding decides on its last turn.
    let words = said("x = 0.1\ny = x\nwhile y < 1 { y += x }\ncheck y wrt x")
    #expect(words.contains("branch changed"), "\(words)")
    #expect(said("x = 0.13\ny = x\nwhile y < 1 { y += x }\ncheck y wrt x").contains("correct to"))
  }

  @Test func `elements that are 0 for different reasons are told as such`() {
    let words = said("x = [-1, 2]; y = sum(relu(x)*[1, 0]); why y wrt x")
    #expect(words.contains("is 0 in each element that has an adjoint"), "\(words)")
  }
}
