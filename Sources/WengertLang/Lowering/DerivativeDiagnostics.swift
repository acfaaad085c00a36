/// What is said about derivatives.
extension Diagnostic {
  static func gradientOfArray(_ name: String?, _ shape: Shape, at span: Span) -> Diagnostic {
    let callee = name ?? "y"
    return Diagnostic(
      "E0401", "the gradient needs one number, but \(name.quoted) is \(shape.inWords)", at: span,
      "not a number",
      notes: ["or seed the reverse sweep yourself: `vjp(\(callee) = ybar, x)`"],
      help: ["reduce it first: `grad(sum(\(callee)), x)`"])
  }

  static func gradientByFormula(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0402", "a gradient is taken by names", at: span, "a formula",
      help: ["name it first: `u = …`, then use `u` in y and in `grad(y, u)`"])
  }

  /// - Parameter written: how the derivative of y by a name is asked for.
  static func gradientOfEarlier(
    _ y: String?, _ x: String, at span: Span, earlier: Span,
    written: (_ y: String, _ x: String) -> String
  ) -> Diagnostic {
    let use = written(y ?? "y", x + "0")
    return Diagnostic(
      "E0403", "\(y.quoted) was computed from an earlier `\(x)`", at: span,
      "this `\(x)` was bound after \(y.quoted)",
      secondary: [Label(earlier, "\(y.quoted) was computed from this one")],
      help: [
        "keep the first value under a name of its own: `\(x)0 = …`, then `\(use)`",
        "or compute \(y.quoted) again, from the latest `\(x)`",
      ])
  }

  static func gradientAlsoOfEarlier(
    _ y: String?, _ x: String, at span: Span, earlier: Span
  ) -> Diagnostic {
    Diagnostic(
      "W0404", "\(y.quoted) also depends on an earlier `\(x)`", at: span,
      "only the latest one counts here",
      secondary: [Label(earlier, "the earlier one")])
  }

  static func gradientZero(
    _ y: String?, _ x: String, cause: CauseOfZero = .unknown, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "W0403", "`\(x)` does not reach \(y.quoted), so the derivative is zero everywhere",
      at: span,
      "d\(y ?? "y")/d\(x) = 0, always",
      notes: [cause.words(x)])
  }

  /// Why a derivative is zero everywhere.
  enum CauseOfZero {
    /// The name is an argument, and the value was made before the call.
    case madeBefore
    /// The name only decides which way the program takes.
    case decides
    case unknown

    fileprivate func words(_ x: String) -> String {
      switch self {
      case .madeBefore:
        "`\(x)` is the function's own, and what it computes from was made before the call"
      case .decides: "`\(x)` only decides which way the program takes, and that has no slope"
      case .unknown:
        "0 is right; the real cause is often a mistyped name, or a step without a slope, as floor"
      }
    }
  }

  /// `x` is nil where a function is derived by its arguments.
  static func turnsDecided(_ x: String?, at span: Span, loop: Span) -> Diagnostic {
    Diagnostic(
      "W0407", "\(x.argument) also decides how many turns a loop takes, which has no slope",
      at: span,
      "the slope is that of the turns taken",
      secondary: [Label(loop, "this loop")],
      notes: ["where the number of turns changes, the value may jump"])
  }

  static func tie(_ y: String?, _ x: String?, at span: Span, comparison: Span) -> Diagnostic {
    Diagnostic(
      "W0408", "a condition that \(x.argument) decides turns at this very point", at: span,
      "the slope is that of the way taken",
      secondary: [Label(comparison, "both sides are equal")],
      help: [
        x.map { "for the slopes of both sides: `check \(y ?? "y") wrt \($0)`" }
          ?? "for the slopes of both sides: `y = f(x)`, then `check y wrt x`"
      ])
  }

  static func gradientByNumber(_ x: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0410", "`\(x)` is a plain number here, and has no derivative", at: span,
      "worked out at once, as a 2 in a formula is",
      notes: ["formulas of plain numbers are no entries, so nothing was made from `\(x)`"],
      help: ["bind it at the top level, `\(x)0 = 3`, and hand that over"])
  }

  static func valueUnread(
    _ y: String?, _ x: String, by word: String = "at", at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "W0405", "another value of `\(x)` changes nothing: \(y.quoted) was not computed from it",
      at: span, "`\(word)` replaces the latest `\(x)`",
      notes: ["what was computed before a name was bound again keeps the earlier value"])
  }

  static func gradientThroughCarried(_ x: String, _ carried: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0405", "inside the loop this derivative also depends on `\(x)` through `\(carried)`",
      at: span,
      "a turn knows only what it was handed",
      notes: ["`\(carried)` is carried from turn to turn, and earlier turns made it from `\(x)`"],
      help: ["ask after the loop: `grad(\(carried), \(x))`", "or carry the tangent along"])
  }

  static func derivativeArguments(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0406", "`'` is the derivative of a function of one argument", at: span,
      "\(count) were given",
      help: ["for several: `grad(f)(3, 4)`"])
  }

  static func derivativeNotElementwise(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0407", "the function does not work element by element", at: span,
      "it mixes the elements of its argument",
      help: ["use `map(f', xs)`, or `grad(sum(f(x)), x)`"])
  }

  static func loopTooLong(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0409", "a loop is too long to be written out turn by turn", at: span, "needs every turn",
      help: ["take fewer turns, or print `grad` itself"])
  }

  static func unknownSide(_ written: String?, at span: Span) -> Diagnostic {
    let words = Difference.Side.allCases.map { "\"\($0.rawValue)\"" }
    let near = written.flatMap { word in
      EditDistance.suggestion(for: word, among: Difference.Side.allCases.map(\.rawValue))
    }
    return Diagnostic(
      "E0420", "a difference is \(words.joined(separator: ", "))", at: span,
      written.map { "`\($0)` is none of them" } ?? "not one of these words",
      help: ["difference(y, x, 1e-5, \"\(near ?? "central")\")"])
  }

  static func stepIsArray(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0421", "the step of a difference is one number, not \(shape.inWords)", at: span,
      "\(shape.inWords)",
      notes: ["with a function in place of y, each element of x may have a step of its own"],
      help: ["difference(y, x, 1e-5, \"central\")"])
  }

  static func madeInLoop(_ what: String, _ y: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0425", "the \(what) is made in the loop, but \(y.quoted) is not", at: span,
      "new in every turn",
      notes: ["a derivative is computed where its y is computed"],
      help: ["compute it in the loop as well: `\(y ?? "y") = f(x)`"])
  }

  static func hessianOfArray(_ y: String?, _ shape: Shape, at span: Span) -> Diagnostic {
    let callee = y ?? "y"
    return Diagnostic(
      "E0422", "the Hessian needs one number, but \(y.quoted) is \(shape.inWords)", at: span,
      "not a number",
      notes: ["for an array: `J = jacobian(\(callee), x)`, then `jacobian(J, x)`"],
      help: ["reduce it first: `hessian(sum(\(callee)), x)`"])
  }

  static func differenceNotElementwise(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0423", "the function does not work element by element", at: span,
      "it mixes the elements of its argument",
      help: ["give the value a name: `y = f(x)`, then `difference(y, x, 1e-5, \"central\")`"])
  }

  static func jacobianTooLarge(_ y: Shape, _ x: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0424", "the derivative of \(y.inWords) by \(x.inWords) has too many elements", at: span,
      "one for each pair of elements",
      help: ["its product with a vector needs none of them: `jvp(y, x = dx)`"])
  }

  static func seedShape(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0408", "a change has the shape of what changes", at: span, "not the shape of `\(name)`")
  }

  static func frozen(_ name: String, by what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0406", "sizes or places of entries were taken from `\(name)` as it is", at: span,
      "\(what) does not move them",
      notes: [
        "slices, sizes, counts and the zeros of a sparse Jacobian are fixed when a list is written"
      ])
  }
}

extension String? {
  /// How a sentence calls a value that may have no name.
  fileprivate var quoted: String { map { "`\($0)`" } ?? "the formula" }

  /// How a sentence calls what a derivative is taken by, which may be an argument.
  fileprivate var argument: String { map { "`\($0)`" } ?? "the argument" }
}
