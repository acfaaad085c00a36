import Testing
import WengertTestSupport

@testable import WengertLang

/// What would be silently wrong elsewhere is said: the cases of docs/silent.md, each with its words.
@Suite struct SaidTests {
  /// A program, what is said of it (a code, or words of its output), and a program of the same kind
  /// where nothing is to be said.
  static let cases: [(program: String, said: String, unlike: String)] = [
    // An input that the value does not depend on.
    ("x = 1; w = 2; y = x^2; print grad(y, w)", "W0403", "w = 2; y = w^2; print grad(y, w)"),
    ("x = 1; w = 2; y = x^2; check y wrt w", "does not depend on w", "w = 2; y = w; check y wrt w"),
    // A name bound again.
    ("x = 1; y = x^2; x = 4; print grad(y, x)", "E0403", "x = 1; y = x^2; print grad(y, x)"),
    (
      "x = 1; y = x^2; x = 4; y = y + x; print grad(y, x)", "W0404",
      "x = 4; y = x; print grad(y, x)"
    ),
    ("x = 1; y = x^2; x = 4; check y wrt x", "E0403", "x = 1; y = x^2; x = 4; check y"),
    ("x = 1; y = x^2; x = 4; why y wrt x", "`why y wrt x0`", "x = 1; y = x^2; why y wrt x"),
    (
      "x = 1; y = x^2; x = 4; trace y wrt x", "E0403",
      "x = 1; k = x; y(x) = k*x^2; trace y wrt x at x = 2"
    ),
    ("x = 1; y = x^2; x = 4; tangent y wrt x = 1", "E0403", "x = 1; tangent x^2 wrt x = 1"),
    ("x = 1; y = x^2; x = 4; z = y + x; check z wrt x", "W0404", "x = 1; y = x; check y wrt x"),
    ("x = 3; y = x^2; x = 4; forward y at x = 5", "W0405", "x = 3; y = x^2; forward y at x = 5"),
    (
      "n = 3; v = zeros(n); w = [1, 2]; s = sum(w + 1); forward s at n = 5", "W0405",
      "n = 3; v = zeros(n); s = sum(v + 1); forward s at n = 5"
    ),
    (
      "x = 3; y = x^2; x = 4; plot y over x = [1, 2]", "W0405",
      "x = 3; y = x^2; plot y, 2 over x = [1, 2]"
    ),
    // Two dots and a decimal point.
    (
      "n = 0; for i in 1...3 { n += i }", "E0106", "n = 0; for i in 1.. .3 { n += i }"
    ),
    ("x = [1, 2, 3]; y = x[0...2]", "E0106", "x = [1, 2, 3]; y = x[0..2]"),
    // A rule with nothing to compare it with.
    (
      "rule f(a) = log(-1 - abs(a)) { d/da = 7 }", "W0470",
      "rule f(a) = log(1 + a^2) { d/da = 2*a/(1 + a^2) }"
    ),
    (
      "rule f(a) = sqrt(a - 100) { d/da = 7 }", "no slope to compare with",
      "rule f(a) = 3 { d/da = 0 }"
    ),
    // An operation without a slope.
    (
      "x = 2.5; y = floor(x); check y wrt x", "y = floor(x), which has no slope",
      "x = 2; y = x; check y wrt x"
    ),
    (
      "v = [1, 3]; y = 1.0*argmax(v); why y wrt v", "argmax(v) has no slope",
      "v = [1]; y = max(v); why y wrt v"
    ),
    // A silent broadcast, with both names.
    ("a = [1, 2]; b = [[1], [2]]; c = a + b", "W0301", "a = [1, 2]; b = [3, 4]; c = a + b"),
    ("a = [1, 2]; b = [[1], [2]]; c = a + b", "`a` is [2], `b` is [2, 1]", "a = [1]; c = a + 1"),
    (
      "p = [[1], [2]]; t = [1, 2]; E = mean((p - t)^2)", "`p` is [2, 1], `t` is [2]",
      "p = [1, 2]; t = [1, 2]; E = mean((p - t)^2)"
    ),
    // A branch whose condition sits at a tie.
    (
      "x = 0; y = 0; if x > 0 { y = 2*x } else { y = x }; check y wrt x",
      "branch changed: the condition in line 1 turns at this very point; slopes 1 below, 2 above",
      "x = 1; y = 0; if x > 0 { y = 2*x } else { y = x }; check y wrt x"
    ),
    (
      "x = 0; y = where(x > 0, 2*x, x); trace y wrt x", "greater(x, 0)  at a = b",
      "x = 1; y = where(x > 0, 2*x, x); trace y wrt x"
    ),
    (
      "x = 0; if x > 0 { y = 2*x } else { y = x }; print grad(y, x)", "W0408",
      "x = 1; if x > 0 { y = 2*x } else { y = x }; print grad(y, x)"
    ),
    (
      "x = 1; z = x; if z > 1 { y = 2*z } else { y = z }; print grad(y, x)", "W0408",
      "x = 1; z = x; if z > x { y = 2*z } else { y = z }; print grad(y, x)"
    ),
    (
      "f(x) = { if x == 0 { r = 1 } else { r = sin(x)/x + x }; r }; print f'(0)", "W0408",
      "f(x) = { if x == 0 { r = 1 } else { r = sin(x)/x + x }; r }; print f'(1)"
    ),
    (
      "x = 1; c = 2; if not (c < x or x >= 1) { y = x } else { y = 2*x }; print grad(y, x)",
      "W0408",
      "x = 1; c = 2; if not (c < x or x >= 3) { y = x } else { y = 2*x }; print grad(y, x)"
    ),
    (
      "x = 0; y = 0; for i in 1..2 { if x > 0 { y = y + x } else { y = y - x } }; trace y wrt x",
      "the condition in line 1 turns at this very point",
      "x = 1; y = 0; for i in 1..2 { if x > 0 { y = y + x } else { y = y - x } }; trace y wrt x"
    ),
    (
      "x = 0; if x == 0 { y = 1 } else { y = 1 + x }; check y wrt x",
      "branch changed: the condition in line 1 turns at this very point; slopes 1 below, 1 above",
      "x = 2; if x == 0 { y = 1 } else { y = 1 + x }; check y wrt x"
    ),
    (
      "x = 0; if x == 0 { y = 1 } else { y = 1 + x }; why y wrt x",
      "the condition in line 1 turns at this very point",
      "x = 2; if x == 0 { y = 1 } else { y = 1 + x }; why y wrt x"
    ),
    // A loop count, a condition that depends on an input.
    (
      "x = 3; y = 1; repeat x { y = x*y }; print grad(y, x)", "W0407",
      "n = 3; x = 3; y = 1; repeat n { y = x*y }; print grad(y, x)"
    ),
    (
      "g(x) = { y = x; for i in 1..x { y = x*y }; y }; print g'(3)", "W0407",
      "g(x) = { y = x; for i in 1..3 { y = x*y }; y }; print g'(3)"
    ),
    (
      "x = 3; y = 1; repeat x { y = x*y }; check y wrt x",
      "x also decides how many turns the loop in line 1 takes",
      "x = 3; y = 1; repeat 3 { y = x*y }; check y wrt x"
    ),
    (
      "x = 2; z = 1; while abs(z*z - x) > 1e-14 { z = z - (z*z - x)/(2*z) }; check z wrt x",
      "x also decides how many turns the loop in line 1 takes",
      "x = 2; z = 1; i = 0; while i < 9 { z = z - (z*z - x)/(2*z); i += 1 }; check z wrt x"
    ),
    (
      "x = 3; y = 1; repeat x { y = x*y }; why y wrt x",
      "x also decides how many turns the loop in line 1 takes",
      "x = 3; y = 1; repeat 3 { y = x*y }; why y wrt x"
    ),
    (
      "x = 3; y = 1; repeat x { y = 2*y }; print grad(y, x)",
      "`x` only decides which way the program takes",
      "w = 3; x = 3; y = 1; repeat x { y = 2*y }; print grad(y, w)"
    ),
    (
      "x = 3; y = 1; repeat x { y = 2*y }; check y wrt x",
      "only decides which way the program takes",
      "x = 3; y = 1; repeat 3 { y = x*y }; check y wrt x"
    ),
    (
      "x = 3; y = 1; repeat x { y = 2*y }; why y wrt x", "only decides which way the program takes",
      "x = 3; y = 1; repeat 3 { y = x*y }; why y wrt x"
    ),
    (
      "n = 2.5; y = 1; if n > 2 { y = 3 }; check y wrt n",
      "only decides which way the program takes",
      "n = 2.5; y = 1; if n > 2 { y = n }; check y wrt n"
    ),
    // Differences that cannot tell: the slope is less than what rounding makes of them.
    (
      "x = 0.7; y = 1 + 1e-14*x*sign(x); check y wrt x", "difference noise only",
      "x = 0.7; y = 1 + 1e-2*x*sign(x); check y wrt x"
    ),
    // Rounding that leaves no digits.
    (
      "x = 1e-8; y = (1 - cos(x))/x^2; check y wrt x", "too little precision",
      "x = 1; y = cos(x); check y wrt x"
    ),
    // A rule that is not the derivative of its value, and a word that was meant.
    ("rule c(a) = a^3 { d/da = 2*a^2 }", "E0470", "rule c(a) = a^3 { d/da = 3*a^2 }"),
    (
      "rule c(a) = a^3 uncheked { d/da = 2*a^2 }", "did you mean `unchecked`?",
      "rule c(a) = a^3 unchecked { d/da = 2*a^2 }"
    ),
    // A derivative by a number that formulas of numbers swallow.
    (
      "slope(y, x) = grad(y, x); print slope(3^2, 3)", "E0410",
      "slope(y, x) = grad(y, x); x = 3; print slope(x^2, x)"
    ),
    (
      "n = len([1, 2]); v = [n, 1]; E = sum(v^2); minimize E over n by sgd(rate = 0.1) for 1 steps",
      "E0410",
      "n = 2; v = [n, 1]; E = sum(v^2); minimize E over n by sgd(rate = 0.1) for 1 steps"
    ),
    // A value that was made before the call, by what the call was handed.
    (
      "f(y, x) = { l = log(y); grad(l, x) }; x = 2; print f(x^2, x)", "W0403",
      "f(y, x) = grad(y, x); x = 2; print f(log(x^2), x)"
    ),
    // Training that leaves the numbers.
    (
      "w = 1; E = w^4; minimize E over w by sgd(rate = 1) for 20 steps", "W0702",
      "w = 1; E = w^4; minimize E over w by sgd(rate = 0.1) for 20 steps"
    ),
    // What is larger than allowed names the limit.
    (
      "set memory 1GB; A = zeros(1000000, 1000000)", "the limit is 1 GB",
      "set memory 1GB; A = zeros(10, 10)"
    ),
    (
      "set memory 1MB; A = ones(100, 100); B = A @ ones(100, 5000)", "the limit is 1 MB",
      "set memory 1MB; A = ones(10, 10); B = A @ A"
    ),
    (
      "set memory 1MB; x = linspace(0, 1, 1000000)", "the limit is 1 MB",
      "set memory 1MB; x = linspace(0, 1, 10)"
    ),
  ]

  private func said(_ program: String) -> String {
    let transcript = Transcript(of: program + "\n", name: "said")
    return transcript.output + transcript.complaints + transcript.codes.joined(separator: " ")
  }

  @Test(arguments: cases.indices)
  func itIsSaidWhereItIsSoAndNotElsewhere(_ index: Int) {
    let (program, words, unlike) = Self.cases[index]
    #expect(said(program).contains(words), "\(program): \(said(program))")
    #expect(!said(unlike).contains(words), "\(unlike): \(said(unlike))")
  }

  @Test func aWarningOfARunIsSaidOnceThoughACommandFollows() {
    let program = "x = 1; if x > 1 { y = x } else { y = 2*x }; g = grad(y, x); trace g wrt x"
    #expect(Transcript(of: program + "\n", name: "said").codes == ["W0408"])
  }

  @Test func whatALoopDoesInsideIsNoDecision() {
    for body in ["for i in 1..3 { y += floor(x) }", "if y == 0 { y = floor(x) } else { y = 1 }"] {
      let words = said("x = 2.5; y = 0; \(body); print grad(y, x)")
      #expect(words.contains("a step without a slope") && !words.contains("decides"), "\(words)")
    }
  }

  /// Each line reads the condition twice, so that there are 2^60 ways to the comparison.
  @Test func aConditionThatIsSharedIsLookedAtOnce() {
    let joined = String(repeating: "c = c and c\n", count: 60)
    let words = said("x = 2; c = x < 2\n\(joined)if c { y = x } else { y = 2*x }; print grad(y, x)")
    #expect(words.contains("W0408"), "\(words)")
  }

  @Test func theTurnsOfOneLoopAreToldOnce() {
    let words = said(
      "g(t) = { y = 1; for i in 1..t { y = y*t }; y }; k(u) = g'(u); print k'(2)")
    #expect(words.components(of: "also decides how many turns") == 1, "\(words)")
  }

  @Test func aFunctionOfNothingButAnOuterBranchIsDerivedDeepInside() {
    let steps = (0..<60).map { "w\($0) = sin(\($0 == 0 ? "n" : "w\($0 - 1)")); " }.joined()
    let text = said(
      "c = 1; if c > 0 { d = c*2 } else { d = c }; f(x) = d; z = 0; "
        + "for n in 1..3 { \(steps) z = z + grad(f)(w59) }; print z")
    #expect(text.contains("0"), "\(text)")
    #expect(!text.contains("error"), "\(text)")
  }

  @Test func aNumberOfATupleHasItsOwnSlope() {
    // E = (1 + 2) 3 · 3, where the second 3 is another one.
    #expect(
      said("Ws = ([1, 2], 3); E = sum(Ws[0])*Ws[1]*3; print grad(E, Ws)")
        .hasPrefix("([9. 9.], 9)"))
  }

  @Test func trainingTellsTheVeryStepAtWhichItWentAstray() {
    // w is 1, then -3, then 105: by hand, w - 4 w^3; w^4 leaves the numbers at the seventh value.
    var w = 1.0
    var step = 0
    while (w * w * w * w).isFinite {
      w -= 4 * w * w * w
      step += 1
    }
    let text = said("w = 1; E = w^4; minimize E over w by sgd(rate = 1) for 20 steps")
    #expect(text.contains("the value is inf at step \(step)"), "\(text)")
    let start = said("w = -1; E = log(w); minimize E over w by sgd(rate = 1) for 20 steps")
    #expect(start.contains("the value is nan at step 0"), "\(start)")
  }

  /// Programs whose untaken side is infinite; by IEEE 754 its zero adjoint makes nan of everything.
  static let zeros = [
    "x = 1000; y = where(x < 10, exp(x), 2*x); print grad(y, x)",
    "x = 1000; y = 0; for i in 1..2 { y = y + where(x < 10, exp(x), 2*x) }; print grad(y, x)",
    "x = 1000; s = 0; for i in 1..2 { y = where(x < 10, exp(x), 2*x); s = s + grad(y, x) }; print s",
    "w = 1; E = where(w < 10, 2*w, exp(1000*w)); minimize E over w by sgd(rate = 0.1) for 2 steps; print w",
    "w = 1; for i in 1..2 { E = where(w < 10, 2*w, exp(1000*w)); minimize E over w by sgd(rate = 0.1) for 2 steps }; print w",
    "f(x) = where(x < 10, exp(x), 2*x); print f'(1000), grad(f)(1000)",
  ]

  @Test(arguments: zeros)
  func zerosOfIEEE754HoldInTrainingAndLoopsToo(_ program: String) {
    let skipped = said(program)
    #expect(!skipped.contains("nan"), "\(program): \(skipped)")
    let multiplied = said("set zeros ieee; " + program)
    #expect(multiplied.contains("nan"), "\(program): \(multiplied)")
  }
}

extension String {
  /// How often some words stand in it.
  fileprivate func components(of words: String) -> Int { ranges(of: words).count }
}
