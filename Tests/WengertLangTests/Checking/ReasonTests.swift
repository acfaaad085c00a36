import Testing
import WengertTestSupport

@testable import WengertLang

/// `why` names what happened, where, and what to try, for everything that may happen.
@Suite struct ReasonTests {
  /// A program, and words that its reasons hold, in their order.
  static let cases: [(program: String, words: [String])] = [
    ("x = 0; y = x*(1/x); why y wrt x", ["t1 = div(1, x)", "a pole", "then", "y = mul", "0 · ∞"]),
    (
      "x = 800; y = exp(x) - exp(x); why y wrt x",
      ["exp(x)", "overflow", "then", "y = sub", "∞ − ∞"]
    ),
    (
      "x = inf; y = x - x; why y wrt x",
      ["x is the first value that is inf", "given", "then", "∞ − ∞"]
    ),
    ("a = 0; b = 0; y = a/b; why y wrt a", ["y = div(a, b)", "nan", "0 / 0", "try: where(b == 0"]),
    ("x = -1; y = log(x); why y wrt x", ["log(x)", "nan", "outside of its domain, x > 0: x = -1"]),
    ("x = 1e200; y = x^2; why y wrt x", ["y = pow(x, 2)", "inf", "overflow"]),
    ("x = 1e300; y = x/1e-300; why y wrt x", ["div(x, ", "inf", "overflow"]),
    (
      "x = 0; y = sqrt(x); why y wrt x",
      ["every value is finite", "inf", "1 / 0", "the adjoint came by y (1) → x", "try: norm(v)"]
    ),
    (
      "w = -2; y = relu(w)*3; why y wrt w",
      ["dy/dw is 0", "relu(w) is 0 at w = -2", "from there on"]
    ),
    ("x = 800; y = sigmoid(x); why y wrt x", ["dy/dx is 0", "sigmoid(x) is 0 at x = 800"]),
    ("x = 2; y = 0; z = x*y; why z wrt x", ["dz/dx is 0", "mul(x, y) is 0 at y = 0; nothing"]),
    ("x = 0; y = 3; z = x/y; why z wrt y", ["dz/dy is 0", "div(x, y) is 0 at x = 0; nothing"]),
    ("x = 1; y = 2; z = max(x, y); why z wrt x", ["dz/dx is 0", "is 0 at x = 1, y = 2; nothing"]),
    ("x = [1, 2]; y = [0, 0]; z = sum(x*y); why z wrt x", ["hadamard(x, y) is 0 at y = 0;"]),
    ("x = -800; y = exp(x); why y wrt x", ["dy/dx is 0", "exp(x) is 0 at x = -800; nothing"]),
    ("x = 1; w = 2; y = x^2; why y wrt w", ["y does not depend on w"]),
    ("v = [1, 3]; y = 1.0*argmax(v); why y wrt v", ["argmax(v) has no slope anywhere"]),
    ("x = 1; y = x - x; why y wrt x", ["dy/dx is 0", "cancel"]),
    ("x = 1; y = x*0; why y wrt x", ["dy/dx is 0", "mul(x, 0) is 0; nothing"]),
    // An adjoint that is not 0 reaches the vector, in elements that are not made from x.
    (
      "x = -1; y = sum(relu([x, x, 1])); why y wrt x",
      ["dy/dx is 0", "the slope of v3 = t2 = relu(t1) is 0 in 2 of 3 elements; what the others"]
    ),
    (
      "x = 1; y = max([x, 5]); why y wrt x",
      ["dy/dx is 0", "the adjoint of v2 = t1 = stack(x, 5, axis = 0) lies in other elements"]
    ),
    // Terms that add up to 0 within one operation.
    ("x = 3; y = sum((x + [0, 0])*[1, -1]); why y wrt x", ["dy/dx is 0", "terms of dy/dx cancel"]),
    ("x = 3; y = sum(softmax(x + [1, 2])); why y wrt x", ["dy/dx is 0", "terms of dy/dt2 cancel"]),
    ("x = 3; y = sum(outer([x, 1], [1, -1])); why y wrt x", ["dy/dx is 0", "dy/dt1 cancel"]),
    ("x = [1, 2]; y = (x @ [0, 0])*3; why y wrt x", ["dy/dx is 0", "is 0 at t1 = 0; nothing"]),
    // Kinks: the first, and how many follow.
    (
      "x = 0; y = abs(x) + x; why y wrt x",
      ["every adjoint is finite", "kink  v2 = t1 = abs(x)  at x = 0: between -1 and 1; 0 is used"]
    ),
    (
      "x = 0; y = relu(x) + abs(x) + max(x, 0) + x; why y wrt x",
      ["kink  v2 = t1 = relu(x)  at x = 0", "; 2 entries more"]
    ),
    ("x = 0; y = where(x > 0, x, -x); why y wrt x", ["kink  v2 = t1 = greater(x, 0)  at a = b"]),
    (
      "z0 = 1; z = z0; repeat 60 { z = tanh(0.5*z) }; y = z; why y wrt z0",
      [
        "shrinks along the loop", "a turn on the way back", "size of the adjoint, turn by turn",
        "┤",
      ]
    ),
    (
      "z0 = 1e-9; z = z0; repeat 40 { z = 3*z }; y = z; why y wrt z0",
      ["grows along the loop: by 3 a turn", "turn by turn", "┤"]
    ),
    (
      "z0 = 1; z = z0; repeat 900 { z = 3*z }; y = z; why y wrt z0",
      ["overflow", "first adjoint that is inf", "grows along the loop", "turn by turn", "┤"]
    ),
  ]

  @Test(arguments: cases.indices)
  func theReasonIsNamed(_ index: Int) {
    let (program, words) = Self.cases[index]
    let transcript = Transcript(of: program + "\n", name: "why")
    #expect(transcript.codes == [], "\(program)")
    var rest = transcript.output[...]
    for word in words {
      guard let found = rest.firstRange(of: word) else {
        Issue.record("\(program): no \(word) in \(rest)")
        return
      }
      rest = rest[found.upperBound...]
    }
  }
}

extension Substring {
  /// Where a text first stands.
  fileprivate func firstRange(of word: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(word) {
        return place..<index(place, offsetBy: word.count)
      }
      place = index(after: place)
    }
    return nil
  }
}
