/// What is said of equations that are solved: `root`, `fixpoint`, and of `smooth`.
extension Diagnostic {
  static func unknownsDiffer(
    _ use: HeldFunction.Use, _ function: String, unknown: Shape, given: Shape, at span: Span
  ) -> Diagnostic {
    let fact =
      use == .root
      ? "`\(function)` gives \(given.equations) for \(unknown.unknowns)"
      : "`\(function)` makes \(given.inWords) of \(unknown.inWords)"
    return Diagnostic(
      "E0430", fact, at: span, "x is \(unknown.inWords), its equations \(given.inWords)",
      notes: [
        use == .root
          ? "root solves as many equations as there are unknowns: F(x, …) has the shape of x"
          : "a fixed point is x = g(x, …): g(x, …) has the shape of x"
      ])
  }

  static func independentOfUnknown(_ function: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0431", "`\(function)` does not depend on its first argument", at: span,
      "nothing to solve for",
      notes: ["root and fixpoint solve for the first argument of their function"])
  }

  static func drawsShape(_ x: Shape, _ draws: Shape, at span: Span) -> Diagnostic {
    let wanted = Shape([1000] + x.extents)
    let extents = wanted.extents.map(String.init).joined(separator: ", ")
    return Diagnostic(
      "E0432", "the rows of U have the shape of x", at: span,
      "x is \(x.inWords), U is \(draws.inWords)",
      notes: x.isScalar || draws.rank != 1
        ? []
        : ["to smooth for each element of an array: `map(g, xs)` with `g(x) = smooth(f, x, …)`"],
      help: ["draw a thousand: `randn(\(extents))`"])
  }

  static func widthNeeded(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0433", "sigma is one number, how far `smooth` looks around", at: span,
      "\(shape.inWords)", help: ["take one: `smooth(f, x, 0.1, U)`"])
  }

  static func notConverged(
    _ word: String, _ residual: Double, _ steps: Int, at span: Span?
  ) -> Diagnostic {
    let size = NumberFormat.significant(residual, digits: 3)
    let count = steps.counting("step")
    return Diagnostic(
      "E0513", "`\(word)` did not converge: after \(count) the residual is \(size)", at: span,
      "\(word == "root" ? "F(x, …)" : "x - g(x, …)") is still that far from 0",
      notes: ["perhaps there is no solution, or it is a multiple one, or it is too far away"],
      help: ["begin nearer, with another x0; `print` the function at a few points to find one"])
  }

  static func singularStep(
    _ word: String, _ residual: Double, _ point: [Double], at span: Span?
  ) -> Diagnostic {
    let size = NumberFormat.significant(residual, digits: 3)
    let shown = point.prefix(4).map { NumberFormat.significant($0) }
    let inside = shown.joined(separator: " ") + (point.count > 4 ? " …" : "")
    let text = point.count == 1 ? inside : "[\(inside)]"
    return Diagnostic(
      "E0514", "`\(word)` is stuck at x = \(text), where the slope is singular", at: span,
      "the residual there is \(size)",
      notes: ["Newton's step divides by the derivative by x, which has no inverse here"],
      help: ["begin elsewhere, with another x0"])
  }
}

extension Diagnostic {
  /// What is said of a run that came to its end.
  static func notice(_ notice: RunNotice) -> Diagnostic {
    switch notice.kind {
    case .slowSteps(let word, let rate, let step):
      let (share, last) = (
        NumberFormat.significant(rate, digits: 2), NumberFormat.significant(step, digits: 2)
      )
      return Diagnostic(
        "W0513", "the solution of `\(word)` is a multiple one, or nearly", at: notice.span,
        "Newton's steps only shrank to \(share) of the one before",
        notes: [
          "the slope vanishes there: half of the digits or more are lost, and the derivative of",
          "the solution is infinite or near to that; the last step was \(last)",
        ])
    case .weakContraction(let factor, let step):
      let (number, last) = (
        NumberFormat.significant(factor, digits: 12), NumberFormat.significant(step, digits: 2)
      )
      return Diagnostic(
        "W0514", "the contraction factor of `fixpoint` is \(number), nearly 1", at: notice.span,
        "rounding moves the fixed point far",
        notes: [
          "the error of g counts 1/(1 - factor) times in x and its derivatives;",
          "the last step was \(last)",
        ])
    }
  }
}

extension Shape {
  fileprivate var equations: String { count.counting("equation") }
  fileprivate var unknowns: String { count.counting("unknown") }
}
