import Testing
import WengertTestSupport

@testable import WengertLang

/// Points that are small, or where nearly all cancels.
///
/// They are neither kinks nor wrong rules, and have no digits where rounding leaves none. Slopes are
/// those of mpmath to 60 digits.
@Suite struct SmallNumberTests {
  private static let smooth: [(program: String, wrt: String, slope: Double)] = [
    ("k = 1.380649e-23; T = 300; E = 3e-21; y = exp(-E/(k*T))", "k", 2.542583485640405e+22),
    ("k = 1.380649e-23; T = 300; E = 3e-21; y = exp(-E/(k*T))", "T", 0.0011701384489553133),
    ("k = 1.380649e-23; T = 300; E = 3e-21; y = exp(-E/(k*T))", "E", -1.1701384489553134e+20),
    ("x = 1e-16; y = 1/x", "x", -1e32), ("x = 1e-15; y = sqrt(x)", "x", 15811388.300841896),
    ("x = 1e-15; y = log(x)", "x", 999999999999999.92),
    ("x = 1e-15; y = x^1.3", "x", 4.1109609582188871e-5),
    ("x = 1e-15; y = hypot(x, 2*x)", "x", 2.2360679774997897),
    ("x = 1e-15; y = norm([x, x])", "x", 1.4142135623730951), ("x = 1e-15; y = abs(x)", "x", 1),
    ("F(x, b) = x^2 - b; b = 1e-14; y = root(F, 1, b)", "b", 5e6),
    ("x = 4.9e7; z = 1.496e-7; y = x - sqrt(z^2/2)", "z", -0.70710678118654752),
    ("x = 1e-20\nif x > 0 { y = x^2 } else { y = 3*x }", "x", 2e-20),
    ("x = -730; y = exp(x)", "x", 9.2263135691221139e-318),
    ("x = 27; y = exp(-x^2)", "x", -1.354304908004927e-315),
    ("a = 1.4419143722218922e-05; x = 1e-8; y = sin(a/(x*x))", "x", 2.6546659028404072e+19),
  ]

  @Test(arguments: smooth.indices)
  func `a smooth point is told as that, with no more digits than there are`(
    _ index: Int
  ) throws {
    let (program, x, slope) = Self.smooth[index]
    let text = program + "\nset digits 17\nprint grad(y, \(x))\ncheck y wrt \(x)\n"
    let lines = Transcript(of: text, name: "small").output.split(separator: "\n")
    try #require(lines.count == 2, "\(lines)")
    let used = try #require(Double(lines[0]))
    let words = lines[1].split(separator: " ").map(String.init)
    let place = try #require(words.firstIndex(of: "digits"), "\(lines[1])")
    let digits = try #require(Int(words[place - 1]))
    #expect(lines[1].hasSuffix("correct to \(digits) digits"))
    let promised = try #require(Double("4e-\(digits)"))
    #expect((used - slope).magnitude <= promised * slope.magnitude, "\(lines)")
  }

  private static let cancelled = [
    "x = 1e-9; y = sin(x)/x", "x = 25; y = sinh(x) - cosh(x)", "x = 1e-10; y = x/(x^2 + 1e-20)",
    "x = 37; y = sigmoid(x)", "x = 20; y = tanh(x)", "b = 38; x = 1; y = sigmoid(x*b)^2/2",
    "b = 1e16; x = 1; y = ((b + x) - b)^2", "x = [31, 0]; y = softmax(x)[0]",
    "x = [30, -5, -5]; y = softmax(x)[0]",
    "t = [1, 0]; x = [-40, 0]; y = squaredError(softmax([[1, 0], [0, 1]] @ x), t)",
    "rule s(a) = 1/(1 + exp(-a)) { d/da = s*(1 - s) }; x = 37; y = s(x)",
    "x = 2; y = x*1e-320",
  ]

  @Test(arguments: cancelled)
  func `a slope that rounding has made has no digits, and no wrong rule`(_ program: String) {
    let run = ProgramRun(program + "\ncheck y wrt x")
    #expect(run.codes.isEmpty, "\(run.reports)")
    #expect(run.reports.last?.contains("too little precision") == true, "\(run.reports)")
  }

  @Test(arguments: [
    "x = 0.1 + 0.2; y = abs(x - 0.3)", "x = 0; y = relu(x)", "x = [0, 1e-20]; y = sum(abs(x))",
    "x = 49; y = relu(x*(1/x) - 50 + x)", "x = 0\nif x > 0 { y = x^2 } else { y = 3*x }",
  ])
  func `a kink that rounding hides stays one`(_ program: String) {
    let run = ProgramRun(program + "\ncheck y wrt x")
    let said = run.reports.last ?? ""
    #expect(said.contains("at a kink: ") || said.contains("branch changed"), "\(run.reports)")
  }

  @Test(arguments: ["x = 1e16; y = (x + 1) - x", "x = 3; y = x*0", "x = 1; y = (x - 1)^2"])
  func `a slope that is exactly 0 is right`(_ program: String) {
    let run = ProgramRun(program + "\ncheck y wrt x")
    #expect(run.reports.last?.contains("0  correct to 15 digits") == true, "\(run.reports)")
  }
}
