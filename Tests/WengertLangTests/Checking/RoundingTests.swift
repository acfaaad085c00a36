import Testing
import WengertTestSupport

@testable import WengertLang

/// Rounding bounds beside values that mpmath found to 256 bits.
@Suite struct RoundingTests {
  private static let path =
    Folder.package()
    + "/Tests/WengertLangTests/Checking/rounding-cases.txt"
  static let cases = (Folder.text(path) ?? "").split(separator: "\n").map(String.init)
    .filter { !$0.hasPrefix("#") }

  @Test func `rounding in a loop that is too long to be written out is not told as none`() {
    let program = { (turns: Int) in "z = 1\nrepeat \(turns) { z = sin(z) + 1 }\nerrors z" }
    #expect(ProgramRun(program(1000)).isDone)
    #expect(ProgramRun(program(200_000)).codes == ["E0409"])
  }

  @Test(arguments: cases)
  func noValueIsFartherOffThanItsBound(_ line: String) throws {
    let parts = line.split(separator: "|")
    let numbers = try #require(parts.last).split(separator: " ").compactMap { Double($0) }
    try #require(parts.count == 2 && numbers.count == 2)
    var session = Session()
    var complaints: [String] = []
    _ = session.run(String(parts[0]) + "\n", name: "case") {
      if case .diagnostic(let diagnostic) = $0 { complaints.append(diagnostic.title) }
    }
    #expect(complaints == [])
    let list = session.lowering.program
    guard let symbol = session.lowering.symbols.find("y"),
      case .slot(let y, _)? = session.lowering.scopes[0].value(symbol)
    else {
      Issue.record("no y")
      return
    }
    let straight = try StraightList(list, roots: [y])
    let output = try #require(straight.places[y])
    let bound = try RoundingBound(straight, output: output, weights: [1])
    let error = ((bound.value[0] - numbers[0]) - numbers[1]).magnitude
    #expect(error <= bound.total)
    // Digits that are promised are there.
    #expect(
      bound.digits == 0 || error <= Agreement.power(-bound.digits) * numbers[0].magnitude)
    // A bound is of use only when it is not far too large: some case comes within a few thousands.
    #expect(bound.total <= 1e-10 * max(1, numbers[0].magnitude) || bound.digits < 10)
  }

  /// Formulas with what they are in exact numbers.
  @Test(
    arguments: [
      ("x = 1e-160; y = x*x*1e300", 1e-20), ("x = 1e-200; y = sqrt(x*x)", 1e-200),
      ("x = 1e-200; y = x^2*1e300*1e80", 1e-20), ("x = 1e-320; y = x/3*1e300", 1e-20 / 3),
      // exp(-800) = 3.667874584177687e-348
      ("x = -800; y = exp(x)*1e300", 3.667874584177687e-48),
      ("x = -800; y = softMax([x, 0])[0]*1e300", 3.667874584177687e-48),
      ("x = 1e-170; y = dot([x, x], [x, 2*x])*1e300", 3e-40),
    ] as [(String, Double)])
  func `what is too small for all its digits is not told as exact`(
    _ program: String, _ exact: Double
  ) throws {
    let words = Transcript(of: program + "; print \"{y!r}\"; errors y\n", name: "small").output
      .split { $0 == " " || $0 == "\n" || $0 == "," }
    let value = try #require(words.first.flatMap { Double($0) })
    let digits = try #require(words.dropLast().last.flatMap { Int($0) })
    #expect((value - exact).magnitude <= Agreement.power(-digits) * exact, "\(words)")
    #expect(digits < 6)
  }

  /// What a program makes y, and how far `errors` says that it is right.
  private static func valueAndBound(_ program: String) throws -> (value: Double, bound: Double) {
    let words = Transcript(of: program + "; print \"{y!r}\"; errors y\n", name: "bound").output
      .split { $0 == " " || $0 == "\n" || $0 == "," }
    let value = try #require(words.first.flatMap { Double($0) })
    let bound = try #require(words.lastIndex(of: "to").flatMap { Double(words[$0 + 1]) })
    return (value, bound)
  }

  /// 0.1 · 3 and 0.3 are 2.7755575615628914e-17 apart, and rounding has the first off by as much.
  @Test(
    arguments: [
      ("std([x*3, 0.3])", 1.3877787807814457e-17), ("var([x*3, 0.3])", 1.925929944387236e-34),
      ("std([[x*3, 0.3]], axis = 1)[0]", 1.3877787807814457e-17),
    ] as [(String, Double)])
  func `the spread of numbers that are nearly one has no digits`(
    _ formula: String, _ exact: Double
  ) throws {
    let (value, bound) = try Self.valueAndBound("x = 0.1; y = \(formula)")
    #expect((value - exact).magnitude <= bound && bound < 1e-14, "\(value), \(bound)")
  }

  /// 49 · (1/49) is 1, but 1 - 2⁻⁵³ in floating-point numbers.
  @Test(
    arguments: [
      ("floor(p)", 1), ("ceil(1 - p)", 0), ("sign(p - 1)", 0), ("round(p - 0.5 + 1)", 2),
      ("where(p >= 1, 5, 7)", 5), ("(p < 1)*3", 0), ("(p == 1) + 0", 1), ("-p % 1", 0),
      ("7; if p >= 1 { y = 5 }", 5), ("7; for i in 1..3 { if p*i >= i { y = 5 } }", 5),
      ("7; while p < 1 and y > 5 { y = 5 }", 7), ("0; repeat 3*floor(p) { y += 1 }", 3),
      ("argmax([p, 1])", 0), ("argmin([[2, 1], [1, p]], axis = 1)[1]", 0),
      ("relu(p - 1 + 1e-17)*1e17", 1), ("max(p - 1 + 1e-17, 0)*1e17", 1),
      ("max([p - 1 + 1e-17, 0])*1e17", 1), ("sum(relu([p - 1 + 1e-17, p - 1 + 1e-17, 3]))", 3),
    ] as [(String, Double)])
  func `rounding that reaches a kink has no digits, or a bound that holds`(
    _ formula: String, _ exact: Double
  ) throws {
    let (value, bound) = try Self.valueAndBound("x = 49; p = x*(1/x); y = \(formula)")
    #expect((value - exact).magnitude <= bound, "\(value), \(bound)")
  }

  @Test(arguments: [
    "x = 3; y = floor(x)", "x = 0; y = abs(x)", "x = [1, 3]; y = where(x >= 1, x, 0)[0]",
    "x = [2, 2]; y = max(x)", "x = 6; y = x % 3", "x = [-3, 3]; y = relu(x)[0]",
    "x = 1; y = log(x)", "x = [2, 2]; y = argmax(x)", "x = [2, 3]; y = argmin(x*x)",
    "x = 0; y = 7; while x < 3 { x += 1; y = x }", "n = 2; y = 0; repeat 2*n { y += 1 }",
    "x = 0; y = sin(x)*3", "x = 2; y = x - 2", "x = -3; y = relu(x)",
    "x = [0, 0]; y = dot(x, [1, 2])", "x = 2; y = x > 3", "x = 1e-320; y = x + x",
    "x = 0.1; y = (x + x)/4", "x = 3; y = x*5/3 - 1", "x = 2.25; y = sqrt(x)",
    "x = 1.5; y = x*x - 1/(x - 1.25)", "x = -1e-310; y = abs(x)",
    "x = 0; y = sin(x) + x", "x = [1e-320, 0]; y = sum(x)",
  ])
  func `what is small or 0 and exact is told as exact`(_ program: String) {
    let output = Transcript(of: program + "; errors y\n", name: "exact").output
    #expect(output.contains("is right to 0, 16 digits"), "\(output)")
  }

  /// A bound that is always infinite would never be too small.
  @Test(arguments: [
    ("sum(solve(A, [3, 5]))", 13), ("sum(inv(A))", 13), ("det(A)", 13), ("logdet(A)", 13),
    ("sum(cofactor(A))", 13), ("sum(cholesky(A))", 13), ("sum(solvelower(A, [3, 5]))", 13),
    ("logSumExp(A)", 14), ("sum(softMax(A)[0])", 14), ("logSoftMax(A)[0, 1]", 14),
    ("det(B)", 7), ("sum(solve(B, [1, 2]))", 6), ("sum(solve(C, [1, 2]))", 13),
    ("inv(C)[0, 1]", 13), ("det(C)", 13), ("cofactor(D)[0, 0]", 13),
  ])
  func `bounds of matrices that are not nearly singular are of use`(
    _ formula: String, _ least: Int
  ) throws {
    let program =
      "A = [[2, 1], [1, 3]]; B = [[3, 1], [0.3, 0.1000001]]; C = [[1, 2e-9], [3, 1e-9]]; "
      + "D = [[1, 2], [2, 4]]; y = \(formula); errors y\n"
    let words = Transcript(of: program, name: "use").output.split(separator: " ")
    let digits = try #require(words.dropLast().last.flatMap { Int($0) }, "\(words)")
    #expect(least...least + 2 ~= digits, "\(formula)")
  }

  @Test func thereAreCases() { #expect(Self.cases.count > 450) }
}

extension Agreement {
  /// A power of ten.
  fileprivate static func power(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? .nan
  }
}
