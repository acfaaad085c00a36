/// What is said about complex steps and Taylor coefficients.
extension Diagnostic {
  static func notAnalytic(_ name: String, at span: Span, entry: Span) -> Diagnostic {
    Diagnostic(
      "E0440", "`\(name)` is not analytic, so no complex step goes through it", at: span,
      "reads a complex number",
      secondary: span == entry ? [] : [Label(entry, "here")],
      notes: ["a function that jumps has no value at a number with an imaginary part"],
      help: ["the sweep takes its slope as 0: `grad(y, x)`"])
  }

  static func zeroStep(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0441", "the imaginary step is 0", at: span, "nothing changes",
      help: ["as small as you like: `complexstep(y, x, 1e-200)`"])
  }

  static func imaginaryStepIsArray(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0442", "the imaginary step is one number, not \(shape.inWords)", at: span,
      "\(shape.inWords)",
      notes: ["with a function in place of y, each element of x may have a step of its own"],
      help: ["complexstep(y, x, 1e-200)"])
  }

  static func complexStepNotElementwise(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0443", "the function does not work element by element", at: span,
      "it mixes the elements of its argument",
      help: ["give the value a name: `y = f(x)`, then `complexstep(y, x)`"])
  }

  static func seriesOrder(_ order: Int, limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0444", "a Taylor series of order \(order)", at: span,
      order < 0 ? "below 0" : "above \(limit)",
      notes: ["the order is the highest power that is kept, from 0 to \(limit)"],
      help: ["taylor(y, x = 1, \(order < 0 ? 10 : limit))"])
  }
}
