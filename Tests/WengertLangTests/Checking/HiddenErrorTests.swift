import Testing
import WengertTestSupport

@testable import WengertLang

/// Errors that show in no adjoint: `errors` knows a bound for them, or that there is none.
@Suite struct HiddenErrorTests {
  private func said(_ program: String) -> String {
    let transcript = Transcript(of: program + "\n", name: "hidden")
    return transcript.output + transcript.complaints
  }

  private func bound(_ program: String) throws -> Double {
    let words = said(program + "\nerrors f")
    let last = try #require(words.split(separator: "\n").last, "\(words)")
    let tail = try #require(last.components(behind: "is right to "), "\(words)")
    let number = tail.prefix { $0 != "," }
    return try #require(number == "inf" ? .infinity : Double(number), "\(words)")
  }

  /// Programs, and by how much their value is wrong: by hand, in exact arithmetic on the numbers
  /// that 64 bits hold.
  @Test(arguments: [
    // std([1, 2] + 1e17) is half of 1; rounding makes both sums one number.
    ("x = [1, 2]; f = std(x + 1e17)", 0.5),
    // 0.3 is 5404319552844595 · 2^-54, and ten times that is 2^-53 less than 3.
    ("x = 0.3; y = x*10; f = norm([y - 3])", 0x1p-53),
    ("x = 1; f = hypot((x + 1e20) - 1e20, 0)", 1), ("x = 1; f = norm([(x + 1e20) - 1e20])", 1),
    ("x = 1; f = ((x + 1e20) - 1e20)^2", 1),
    // 1 - tanh(20) = 2/(exp(40) + 1).
    ("x = 20; f = (1 - tanh(x))^2", 7.2e-35),
    // Of what is too large on the way nothing is left: x/x², 1/√(x² + 1).
    ("x = 1e160; f = x/(x*x)", 1e-160), ("x = 1e200; f = 1/sqrt(x^2 + 1)", 1e-200),
    // b exp(a), by mpmath off by 7.3e280.
    ("a = 677.8; b = -1.081646783253061; E = expm([[a, b], [0, a]]); f = E[0, 1]", 7.3e280),
    // Beside the top of a sine the slope is small, and the curve is not: -0.99999998754608851679.
    ("x = 1686243.91688063; f = sin(x*x)", 1.245e-8),
  ])
  func `what shows in no adjoint is told`(_ program: String, _ error: Double) throws {
    #expect(try bound(program) >= error)
  }

  @Test(arguments: [
    "x = 3; f = (x - 3)^2", "x = 0; f = x*sin(x)*cos(x)", "x = [3, 4]; f = norm(x*0)",
    "x = 0; f = where(x > 0, 1/x, 0)", "x = 1000; f = where(x < 10, exp(x), 2*x)",
    "y = [1, -1]; f = sum(y)^2", "w = [0.25, 0.75]; f = (sum(w) - 1)^2", "x = [1, 3]; f = mean(x)",
    "X = [[1, 2], [3, 4]]; r = X @ [1, -1] - [-1, -1]; f = r @ r",
    "x = 1000; f = exp(-exp(x))", "v = [1, 3, 2]; f = max(range(0, 3, 1)*(v > 1))",
  ])
  func `what is exact stays so`(_ program: String) throws {
    #expect(try bound(program) == 0)
  }

  @Test func `an element at a kink leaves a long sum its bound`() throws {
    // 65 elements, each rounded by half a unit of 41 at most, and their sum of 900.
    #expect(try bound("w = (0..64)/10; f = sum(relu(w*w))") < 1e-10)
  }

  @Test func `what the first order tells is not told again`() {
    // 1 - tanh(7.85)² is 6e-7 and rounded by 1.1e-16 or some times that: 9 or 10 digits are left
    // of the slope, along whatever direction.
    let words = said(
      """
      x = [0.3, 1.2, -0.4]
      A = [[1, 2, 3], [4, 5, 6], [7, 8, -10]]
      f = sum(max(tanh(A @ x/2)*[1, 1.1, 1.2], axis = 0))
      check f wrt x
      """)
    let digits = (1...15).filter { words.contains("correct to \($0) digit") }
    #expect(digits == [9] || digits == [10], "\(words)")
  }

  @Test func `sums of numbers that are no multiples of one power are rounded`() throws {
    #expect(try bound("x = [0.1, 0.2]; f = sum(x)") > 0)
    #expect(try bound("x = [1, 3, 3]; f = mean(x)") > 0)
    #expect(try bound("x = [1e17, 1, -1e17]; f = sum(x)") >= 1)
  }

  /// Slopes that are 0 by rounding alone; the true ones are -2.9e-34, 5.8e-33 and 2e-170.
  @Test(arguments: [
    "x = 20; f = (1 - tanh(x))^2", "x = 20; f = tanh(20*tanh(x))", "x = 1e-170; f = abs(x^2)",
    "x = 1e-9; f = (x - sin(x))^2", "x = 1e-160; f = 1/(1/x^2)", "x = 20; f = relu(1 - tanh(x))",
    // The slope is -4e-230; a square of squares on the way is too large.
    "x = 1e115; b = 2; g = log(x^2 + b^2); f = jvp(g, x = b)",
  ])
  func `a slope of 0 that rounding has made is not called correct`(_ program: String) {
    let words = said(program + "\ncheck f wrt x")
    #expect(words.contains("too little precision"), "\(words)")
  }

  /// Slopes of which the sweep has made a part before: 0.1 · 10 is 1 + 5.6e-17, 0.1 · 3 is
  /// 0.3 + 2.8e-17, as 64 bits hold 0.1 and 0.3.
  @Test(arguments: [
    "x = 3; f = x*x*0.1*10 - x^2", "x = 2; f = x*0.1*3 - x*0.3",
    "x = 2; f = 0; for i in 1..4 { f = x*0.1*3 - x*0.3 }",
  ])
  func `a number that the sweep has worked out is rounded`(_ program: String) {
    let words = said(program + "\ncheck f wrt x")
    #expect(words.contains("too little precision"), "\(words)")
  }

  /// Programs, and by how much the slope g is wrong, in exact arithmetic.
  @Test(arguments: [
    ("x = 3; y = x*x*0.1*10 - x^2", 3.3306690738754e-16),
    ("x = 2; y = x*0.1*3 - x*0.3", 2.7755575615628e-17),
    ("x = 2; y = x; for i in 1..3 { y = y*0.1*3 }", 8.3e-19),
    ("x = [2, 3]; y = sum(x*x*0.1*10 - x^2)", 0),
  ])
  func `errors knows what a sweep has worked out`(_ program: String, _ error: Double) throws {
    let gradient = program.contains("[") ? "f = grad(y, x)[0]" : "f = grad(y, x)"
    let bound = try bound("\(program); \(gradient)")
    #expect(bound >= error && bound > 0 && bound < 1e-14)
  }

  private static let third = "x = 3; y = x*0.1*3; c = grad(y, x); "

  /// 0.1 · 3, as 64 bits hold 0.1, is 0.3000000000000000166; it is rounded to 2^-54 above that.
  @Test(arguments: [
    ("p = (grad(y, x), 5); f = p[0] - 0.3", 2.7e-17), ("f = c*x", 8.3e-17),
    ("f = acos(c/0.30000000000000004)", 1.4e-8), ("f = 1/(c - 0.3)", 1e16),
    ("f = sqrt(0.30000000000000004 - c)", 5.2e-9), ("f = floor(c/0.30000000000000004)", 1),
    ("if c < 0.30000000000000004 { f = x } else { f = 2*x }", 3), ("f = (c - 0.3)^2", 7e-34),
  ])
  func `what is made of such a number is rounded with it`(
    _ program: String, _ error: Double
  ) throws {
    #expect(try bound(Self.third + program) >= error)
  }

  @Test(arguments: [
    "x = 3; f = grad(x*0.1, x)*3", "x = 3; y = x*0.1; g = grad(y, x); f = g*3",
    "x = 2; f = x*(0.1*3)", "x = 2; f = sin(0.1)*x",
  ])
  func `a formula of numbers is rounded`(_ program: String) throws {
    let bound = try bound(program)
    #expect(bound > 0 && bound < 1e-15)
  }

  @Test(arguments: ["1/((-0) + 0)", "1/(0 + (-0))"])
  func `a sum of zeros is what IEEE 754 says`(_ formula: String) {
    #expect(said("print \(formula)") == "inf\n")
  }

  @Test(arguments: [
    "x = 3; y = x*x*0.5*4 + x", "x = 2; y = -(-x) - x*2", "x = 2; y = (x/4 + 3)*8",
  ])
  func `what a sweep works out exactly is exact`(_ program: String) throws {
    #expect(try bound("\(program); f = grad(y, x)") == 0)
  }

  @Test(arguments: [
    "x = 0; f = x*sin(x)*cos(x)", "x = 3; f = (x - 3)^2", "x = 0; f = x*abs(x)",
    "x = -2; f = relu(sin(x)*x - 5)", "y = [1, -1]; x = 3; f = (x*sum(y))^2",
  ])
  func `a slope of 0 that is one is`(_ program: String) {
    let words = said(program + "\ncheck f wrt x")
    #expect(words.contains("df/dx = 0  correct to 15 digits"), "\(words)")
  }
}

extension Substring {
  /// What stands behind some words, nil where they are not there.
  fileprivate func components(behind words: String) -> Substring? {
    firstRange(of: words).map { self[$0.upperBound...] }
  }
}
