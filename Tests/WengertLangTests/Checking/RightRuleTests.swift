import Testing
import WengertTestSupport

@testable import WengertLang

/// What is right is never called wrong: the derivatives here are those of the rows, each of which
/// the laws of the table and the cases of other systems hold to its value.
@Suite struct RightRuleTests {
  /// Points at which differences are hard to take: near poles, far from 0, where rounding leaves few
  /// digits, or where steps reach over kinks and waves.
  private static let programs = [
    "x = 100; y = round(x)", "x = 1000.5; y = floor(x)", "x = 1000.5; y = ceil(x)",
    "x = 1000.5; y = x % 1", "x = 5000.5; y = x % 1", "x = 12345.5; y = floor(x)*x",
    "x = 0.3; y = round(x*1e6)/1e6", "x = 1e12; y = round(x)", "x = 5e9; y = sin(x)",
    "x = 1e9; y = sin(x)", "x = [3e8, 2e8, 1e8]; y = sum(cos(x))",
    "x = linspace(0, 1000, 1000); y = sum(sin(x))", "x = 0.01; y = 1/x^4",
    "x = 1e-4; y = 1/x^2", "x = 10; y = 1/exp(-x*2)", "x = 2.78e-9; y = 1/x",
    "x = 1e-12; y = 1/x", "x = 1e200; y = 1/x", "x = 2.78e-9; y = log(x)",
    "x = [[1, 2], [2, 4 + 1e-5]]; y = sum(solve(x, [1, 3]))",
    "x = [[1, 2], [2, 4 + 1e-5]]; y = logdet(x)", "x = [[2.78e-9]]; y = sum(inv(x))",
    "x = 25; y = softmax([x, 0])[0]", "x = [30, 0, 0]; y = crossEnt([1, 0, 0], softmax(x))",
    "x = 12; y = 1 - sigmoid(x)", "x = 20; y = 1 - sigmoid(x)", "x = 25; y = 1 - sigmoid(x)",
    "x = [10.11, 9.477, -9.069]; y = sum(x - x)", "x = -1.358; y = var([x, x, x])",
    "x = 1e-10; y = atan2(x, 2*x)", "x = 0.01; y = log(1 + x^4)",
    "x = -43; y = log(1 + log1p((x/(1 + x^2))^2)^2)", "x = 1e5; y = log(x + 1) - log(x)",
    "x = 0; y = x^1.5", "x = 20; y = tanh(x)", "x = 1e-300; y = x^2", "x = 1e300; y = sqrt(x)",
  ]

  /// Of these a difference shows all the digits, or the complex step: they are told so.
  private static let smooth: Set = [
    "x = 5e9; y = sin(x)", "x = 0.01; y = 1/x^4", "x = 10; y = 1/exp(-x*2)",
    "x = 2.78e-9; y = log(x)", "x = 12; y = 1 - sigmoid(x)", "x = 0.01; y = log(1 + x^4)",
    "x = 1000.5; y = x % 1", "x = 1e5; y = log(x + 1) - log(x)",
  ]

  @Test(arguments: programs)
  func `a right derivative at a hard point is not called wrong`(_ program: String) {
    let run = ProgramRun(program + "\ncheck y wrt x")
    #expect(run.codes.isEmpty, "\(run.reports)")
    guard Self.smooth.contains(program) else { return }
    #expect(run.reports.last?.contains("correct to") == true, "\(run.reports)")
  }

  @Test(arguments: UInt64(0)..<60, [1e-5, 1, 300, 1e6])
  func `lists at points of any size are not called wrong`(_ seed: UInt64, _ scale: Double) {
    var source = RandomPrograms(seed: seed)
    let program = source.scalarList(inputs: 2, entries: 12)
      .replacingInputs(scale: scale)
    let run = ProgramRun(program + "check z12 wrt x1, x2")
    #expect(!run.codes.contains("E0720"), "\(program)\(run.reports)")
  }
}

extension String {
  /// The program with its two inputs, in the first lines, some times as large.
  fileprivate func replacingInputs(scale: Double) -> String {
    split(separator: "\n").enumerated().map { number, line in
      number < 2 ? "\(line) * \(scale)\n" : "\(line)\n"
    }.joined()
  }
}
