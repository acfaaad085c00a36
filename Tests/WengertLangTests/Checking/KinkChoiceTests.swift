import Testing
import WengertTestSupport

@testable import WengertLang

/// What `set kinks` does at every place where a row says that its slope is a convention.
@Suite struct KinkChoiceTests {
  /// Inputs, a value, what it is derived by, and the slopes by each choice, in the order convention,
  /// left, right, middle, minimum-norm; from the definitions: the slope on the side where the
  /// distance is below or above 0, the mean of both, the shortest of the segment between them.
  static let points: [(inputs: String, value: String, wrt: String, slopes: [String])] = [
    (
      "v = [1, 2, 2]", "max(v)", "v",
      ["[0. 1. 0.]", "[0. 0. 1.]", "[0. 1. 0.]", "[0.  0.5 0.5]", "[0.  0.5 0.5]"]
    ),
    (
      "v = [1, 1, 2, 1]", "min(v)", "v",
      [
        "[1. 0. 0. 0.]", "[1. 0. 0. 0.]", "[0. 0. 0. 1.]",
        "[0.333333 0.333333 0.       0.333333]", "[0.333333 0.333333 0.       0.333333]",
      ]
    ),
    (
      "A = [[1, 1], [0, 2]]", "sum(max(A, axis = 1))", "A",
      [
        "[[1. 0.]\n [0. 1.]]", "[[0. 1.]\n [0. 1.]]", "[[1. 0.]\n [0. 1.]]",
        "[[0.5 0.5]\n [0.  1. ]]", "[[0.5 0.5]\n [0.  1. ]]",
      ]
    ),
    // A norm is the size of a number where there is one: slopes -1 and 1.
    ("v = [0]", "norm(v)", "v", ["[0.]", "[-1.]", "[1.]", "[0.]", "[0.]"]),
    // Along (t, t) the norm is √2 |t|, so the slopes by both are ±1/√2.
    (
      "v = [0, 0]", "norm(v)", "v",
      ["[0. 0.]", "[-0.707107 -0.707107]", "[0.707107 0.707107]", "[0. 0.]", "[0. 0.]"]
    ),
    // std(c + t, c) is |t|/2 for two numbers.
    (
      "v = [3, 3]", "std(v)", "v",
      ["[0. 0.]", "[-0.5  0.5]", "[ 0.5 -0.5]", "[0. 0.]", "[0. 0.]"]
    ),
    (
      "x = 0; z = 0", "hypot(x, z)", "x, z",
      ["(0, 0)", "(-0.707107, -0.707107)", "(0.707107, 0.707107)", "(0, 0)", "(0, 0)"]
    ),
    // On the axis y = 0 the angle's slope by y is 1/x.
    (
      "u = 0; x = 0", "atan2(u, x)", "u, x",
      ["(nan, nan)", "(-inf, 0)", "(inf, 0)", "(0, 0)", "(0, 0)"]
    ),
    ("x = 0", "sqrt(x)", "x", ["inf", "inf", "inf", "inf", "inf"]),
    ("x = 1", "floor(x) + x", "x", ["1", "1", "1", "1", "1"]),
    ("x = 0", "where(x > 0, x, 0.1*x)", "x", ["0.1", "0.1", "0.1", "0.1", "0.1"]),
  ]

  @Test(arguments: points.indices)
  func eachChoiceTakesItsSlopes(_ index: Int) {
    let point = Self.points[index]
    let choices = ["convention", "left", "right", "middle", "minimum-norm"]
    for (choice, slopes) in zip(choices, point.slopes) {
      let program =
        "set kinks \(choice)\n\(point.inputs)\ny = \(point.value)\nprint grad(y, \(point.wrt))\n"
      #expect(Transcript(of: program, name: "kink").output == slopes + "\n", "\(program)")
    }
  }

  /// Points at a kink and beside it; where the run is to stop, and where not.
  static let stops = [
    ("max(v)", "[2, 2]", "[1, 2]"), ("min(v)", "[2, 2]", "[1, 2]"), ("norm(v)", "[0, 0]", "[0, 1]"),
    ("std(v)", "[2, 2]", "[1, 2]"), ("sum(floor(v))", "[1, 0.5]", "[0.1, 0.5]"),
    ("sum(ceil(v))", "[1, 0.5]", "[0.1, 0.5]"), ("sum(round(v))", "[1, 0.5]", "[0.1, 0.7]"),
    ("sum(sign(v))", "[0, 1]", "[2, 1]"), ("sum(sqrt(v))", "[0, 1]", "[2, 1]"),
    ("sum(asin(v))", "[1, 0]", "[0.5, 0]"), ("sum(acos(v))", "[-1, 0]", "[0.5, 0]"),
    ("sum(acosh(v))", "[1, 2]", "[1.5, 2]"), ("sum(v % 3)", "[6, 2]", "[5, 2]"),
    ("sum(v^0.5)", "[0, 1]", "[2, 1]"), ("atan2(v[0], v[1])", "[0, -1]", "[0, 1]"),
    ("atan2(v[0], v[1])", "[0, 0]", "[1, 0]"), ("hypot(v[0], v[1])", "[0, 0]", "[0, 1]"),
    ("xlogy(v[0], v[1])", "[0, 0]", "[0, 1]"), ("sum(where(v > 1, v, 2*v))", "[1, 2]", "[0, 2]"),
    ("sum(where(not (v > 1 and v < 3), v, 2*v))", "[3, 2]", "[2.5, 2]"),
    ("max(v[0], v[1])", "[2, 2]", "[1, 2]"), ("sum(relu(v))", "[0, 2]", "[1, 2]"),
  ]

  @Test(arguments: stops.indices)
  func noConventionStopsTheRunAtEveryKindOfKinkAndNowhereElse(_ index: Int) {
    let (value, kink, beside) = Self.stops[index]
    func codes(_ point: String) -> [String] {
      let program = "set kinks error\nv = \(point)\ny = \(value)\nprint grad(y, v), jvp(y, v = v)\n"
      return Transcript(of: program, name: "kink").codes
    }
    #expect(codes(kink) == ["E0721"], "\(value) at \(kink)")
    #expect(codes(beside) == [], "\(value) at \(beside)")
  }

  @Test(arguments: stops.indices)
  func aTraceMarksEveryKindOfKinkWithItsDistance(_ index: Int) {
    let (value, kink, beside) = Self.stops[index]
    func marks(_ point: String) -> String {
      let program = "v = \(point)\ny = \(value)\ntrace y wrt v\n"
      let text = Transcript(of: program, name: "kink").output
      return text.split(separator: "\nkinks\n").dropFirst().joined()
    }
    #expect(marks(kink).contains("  at "), "\(value) at \(kink): \(marks(kink))")
    #expect(marks(beside) == "", "\(value) at \(beside): \(marks(beside))")
  }

  @Test func aTraceTellsHowFarTheNearestKinkIs() {
    let program = "v = [1, 1 + 1e-9, 0]\ny = max(v)\ntrace y wrt v\n"
    let text = Transcript(of: program, name: "kink").output
    #expect(text.contains("1e-09 from several largest"), "\(text)")
  }

  @Test func everyRowWithAKinkIsTried() {
    // Nobody asks for a slope by what indices are found from.
    let tried = Set([
      "abs", "less", "lessEqual", "greaterEqual", "equal", "notEqual", "greater", "argmax",
      "argmin",
    ])
    for row in Catalogue.families.flatMap(\.rows) where !row.kinks.isEmpty {
      let isTried = Self.stops.contains { stop in
        let spellings = ["mod": "%", "pow": "^"]
        return stop.0.contains(spellings[row.name] ?? row.name + "(")
      }
      #expect(isTried || tried.contains(row.name), "\(row.name)")
    }
  }
}
