/// What is said about random numbers.
extension Diagnostic {
  static func notASeed(_ seed: Double, at span: Span?) -> Diagnostic {
    Diagnostic(
      "E0700", "a seed cannot be \(NumberFormat.significant(seed, digits: 12))", at: span,
      "a whole number from 0 to 4294967295", help: ["seed(1)"])
  }

  static func emptyInterval(_ low: Double, _ high: Double, at span: Span?) -> Diagnostic {
    let (from, to) = (
      NumberFormat.significant(low, digits: 12), NumberFormat.significant(high, digits: 12)
    )
    let isEmpty = low == low.rounded() && high == high.rounded()
    return Diagnostic(
      "E0701",
      isEmpty
        ? "no whole number lies from \(from) to below \(to)"
        : "whole numbers cannot be drawn from \(from) to \(to)",
      at: span, isEmpty ? "nothing to draw from" : "both bounds are whole numbers",
      notes: ["`randint(lo, hi)` draws from lo, …, hi - 1, as NumPy's does"],
      help: isEmpty ? ["randint(\(from), \(NumberFormat.significant(low + 1, digits: 12)))"] : [])
  }

  static func drawSize(_ own: Shape, _ size: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0702", "\(own.inWords) does not stretch to the size \(size)", at: span,
      "each number needs its own mean and width",
      notes: ["sizes are compared from the last axis; they must be equal, or the bound's be 1"])
  }

  static func conditionDraws(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0703", "the condition of a `while` draws random numbers", at: span,
      "drawn outside of the body",
      help: ["draw in the body: `u = rand();  while u < 0.9 { u = rand() }`"])
  }

  static func ruleDraws(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0704", "a rule draws random numbers", at: span, "a rule reads its parameters only",
      help: ["hand them over as a parameter: `rule noisy(a, u) = a + u { d/da = 1; d/du = 1 }`"])
  }

  static func streamWaits(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0705", "which numbers come next is not known yet", at: span,
      "a loop above draws, and waits for an input",
      help: ["give the input its value first, or begin a stream here: `seed(1)`"])
  }
}
