import Testing
import WengertLang
import WengertTestSupport

/// Long runs of numbers in a loop's body are rearranged by operation; no bit changes.
@Suite struct GroupsTests {
  /// What a program prints, and its names with all digits.
  private func outcome(_ program: String, plan: String) -> [String] {
    let run = ProgramRun("set plan \(plan)\n" + program)
    return run.output + run.codes + run.state
  }

  private static let unary = [
    "sin", "cos", "tanh", "exp", "sigmoid", "sqrt", "log", "abs", "neg", "square", "softplus",
  ]
  private static let binary = ["add", "sub", "mul", "div", "max", "pow"]

  /// The statements of a list of numbers that read each other and carried values; values may
  /// overflow or have no value, since those have bits too.
  private func list(_ count: Int, _ generator: inout SeededGenerator, barriers: Bool) -> [String] {
    var names = ["x", "y", "3", "k"]
    return (0..<count).map { number in
      let a = names.randomElement(using: &generator) ?? "x"
      let b = names.randomElement(using: &generator) ?? "y"
      names.append("z\(number)")
      if barriers, number % 150 == 149 { return "z\(number) = sum([\(a), \(b), x])" }
      if Bool.random(using: &generator) {
        return "z\(number) = \(Self.unary.randomElement(using: &generator) ?? "sin")(\(a))"
      }
      return "z\(number) = \(Self.binary.randomElement(using: &generator) ?? "add")(\(a), \(b))"
    }
  }

  @Test(arguments: UInt64(300)..<324)
  func `rearranged lists have the same bits`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let statements = list(400, &generator, barriers: seed % 2 == 0)
    let program = """
      x = 0.4
      y = -0.3
      s = 0
      for k in 1..5 {
      \(statements.joined(separator: "\n"))
      s += tanh(z399) + sin(z398)
      d, e = grad(tanh(s + z390), x, y)
      x = x + 0.01*tanh(d)
      y = y - 0.01*tanh(e) + 0.001*x
      }
      """
    let (plain, lean) = (outcome(program, plan: "plain"), outcome(program, plan: "lean"))
    #expect(plain == lean)
    #expect(!plain.contains { $0.hasPrefix("E0") }, "\(plain)")
  }

  @Test func `a gradient through the turns reads what was kept of each`() {
    var generator = SeededGenerator(seed: 7)
    let statements = list(200, &generator, barriers: false)
    let program = """
      x = 0.4
      y = -0.3
      s = 0
      for k in 1..7 {
      \(statements.joined(separator: "\n"))
      s += tanh(z199)
      y = 0.9*y + 0.1*tanh(z198)
      }
      g = grad(s, x)
      """
    #expect(outcome(program, plan: "plain") == outcome(program, plan: "lean"))
  }

  @Test func `the plan says what was rearranged`() {
    let statements = (0..<200).map { "z\($0) = add(x, \($0 + 1))" }
    let run = ProgramRun(
      """
      x = 1
      for k in 1..3 {
      \(statements.joined(separator: "\n"))
      x = x + z199
      }
      show plan
      """)
    #expect(run.reports.first?.contains("in 2 groups of one operation") == true)
  }
}
