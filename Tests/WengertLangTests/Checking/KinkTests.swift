import Testing
import WengertTestSupport

@testable import WengertLang

/// The slopes that `set kinks` takes, and the zeros that `set zeros` skips.
@Suite struct KinkTests {
  /// The slopes of x at 0 of each operation by each choice, from the definition of a one-sided
  /// derivative and of the shortest subgradient.
  static let slopes: [(formula: String, choice: String, slopes: String)] = [
    ("abs(x)", "convention", "0"), ("abs(x)", "left", "-1"), ("abs(x)", "right", "1"),
    ("abs(x)", "middle", "0"), ("abs(x)", "minimum-norm", "0"),
    ("relu(x)", "left", "0"), ("relu(x)", "right", "1"), ("relu(x)", "middle", "0.5"),
    ("relu(x)", "minimum-norm", "0"),
    ("max(x, 0)", "convention", "1"), ("max(x, 0)", "left", "0"), ("max(x, 0)", "middle", "0.5"),
    ("max(x, 0)", "minimum-norm", "0.5"),
    ("min(x, 0)", "left", "1"), ("min(x, 0)", "right", "0"), ("min(x, 0)", "middle", "0.5"),
  ]

  @Test(arguments: slopes.indices)
  func aChoiceTakesItsSlope(_ index: Int) {
    let (formula, choice, slope) = Self.slopes[index]
    let program = "set kinks \(choice)\nx = 0\ny = \(formula)\nprint grad(y, x), jvp(y, x = 1)\n"
    #expect(Transcript(of: program, name: "kink").output == "\(slope) \(slope)\n", "\(program)")
  }

  @Test func aChoiceHoldsForWhatIsThereAlreadyAndInLoopsAndBranches() {
    let program = """
      x = 0
      y = 0
      for i in 1..3 { if i > 1 { y = y + abs(x) } }
      set kinks right
      print grad(y, x)
      set kinks left
      print grad(y, x)
      set kinks convention
      print grad(y, x)

      """
    #expect(Transcript(of: program, name: "kink").output == "2\n-2\n0\n")
  }

  @Test func noChoiceStopsTheRun() {
    let program = "set kinks error\nx = [1, 0]\ny = sum(abs(x))\nprint grad(y, x)\n"
    #expect(Transcript(of: program, name: "kink").codes == ["E0721"])
    let smooth = "set kinks error\nx = [1, -2]\ny = sum(abs(x))\nprint grad(y, x)\n"
    #expect(Transcript(of: smooth, name: "kink").output == "[ 1. -1.]\n")
  }

  @Test(arguments: [
    "y = where(x < 10, exp(x), 2*x)", "if x < 10 { y = exp(x) } else { y = 2*x }",
    "t = [2*x, exp(x)]; y = t[0]", "y = where(x < 10, x*exp(x)*3, 2*x)",
    "y = where(x < 10, log(-x), 2*x)", "y = where(x < 10, (x - 1000)/(x - 1000), 2*x)",
    "y = max(2*x, -exp(x))",
  ])
  func whatWasNotChosenMayBeInfiniteOrNan(_ statement: String) {
    let program = "x = 1000\ny = 0\n\(statement)\nprint grad(y, x)\n"
    #expect(Transcript(of: program, name: "zero").output == "2\n", "\(statement)")
  }

  @Test func zerosOfIEEE754AreMultiplied() {
    let program = "x = 1000\ny = where(x < 10, exp(x), 2*x)\nset zeros ieee\nprint grad(y, x)\n"
    #expect(Transcript(of: program, name: "zero").output == "nan\n")
  }

  @Test(arguments: [
    ("rule cube(a) = a^3 { d/da = 3*a^2 }", []),
    ("rule cube(a) = a^3 { d/da = 3.03*a^2 }", ["E0470"]),
    ("rule cube(a) = a^3 unchecked { d/da = 2*a^2 }", []),
    ("rule p(A, b) = A @ b { bar A = outer(bar, b); bar b = A.T @ bar }", []),
    ("rule p(A, b) = A @ b { bar A = outer(bar, b); bar b = A @ bar }", ["E0470"]),
    ("rule size(a) = abs(a) { d/da = sign(a) }", []),
    ("rule root(a) = sqrt(a) { d/da = 0.5/root }", []),
    ("rule soft(a) = log(1 + exp(a)) { d/da = 1/(1 + exp(-a)) }", []),
    ("rule total(v) = sum(v) { bar v = bar*ones(3) }", []),
  ])
  func aRuleIsCheckedWhenItIsDefined(_ rule: String, _ codes: [String]) {
    #expect(Transcript(of: rule + "\n", name: "rule").codes == codes, "\(rule)")
  }
}
