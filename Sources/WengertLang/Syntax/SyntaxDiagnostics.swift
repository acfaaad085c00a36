/// What can be wrong with the text of a program, code family E01.
extension Diagnostic {
  // MARK: Characters, numbers, strings

  static func strayCharacter(_ sign: String, at span: Span) -> Diagnostic {
    switch sign {
    case "\\":
      Diagnostic(
        "E0101", "there is no operator `\\`", at: span, "not an operator",
        help: ["the solution of A x = b is `solve(A, b)`"])
    case "'", "‘", "“", "”":
      Diagnostic(
        "E0101", "a quote that is never closed", at: span, "opened here",
        help: ["strings stand in double quotes: `\"…\"`"])
    case "\u{FFFD}":
      Diagnostic(
        "E0101", "the text is not UTF-8 here", at: span, "not a character",
        help: ["save the file as UTF-8"])
    case "²", "³":
      Diagnostic(
        "E0101", "`\(sign)` is not an operator", at: span, "not an operator",
        help: ["a power is written `x^\(sign == "²" ? 2 : 3)`"])
    case "ᵀ":
      Diagnostic(
        "E0101", "`ᵀ` is not an operator", at: span, "not an operator",
        help: ["the transpose of A is `A.T`"])
    case "√":
      Diagnostic(
        "E0101", "`√` is not an operator", at: span, "not an operator",
        help: ["a square root is written `sqrt(x)`"])
    case "∂", "∇":
      Diagnostic(
        "E0101", "`\(sign)` is not an operator", at: span, "not an operator",
        help: ["a derivative is written `grad(f, x)`"])
    case "?":
      Diagnostic(
        "E0101", "`?` is not an operator", at: span, "not an operator",
        help: ["one of two values: where(c, a, b)", "help on a name: `?name` at the prompt"])
    default:
      Diagnostic(
        "E0101", "`\(printable(sign))` has no meaning here", at: span, "not part of the language")
    }
  }

  static func twoByteText(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0101", "the text is UTF-16, not UTF-8", at: span, "its mark",
      help: ["save the file as UTF-8"])
  }

  /// Control characters as U+0007, so that no message rings the bell.
  private static func printable(_ sign: String) -> String {
    guard let scalar = sign.unicodeScalars.first, scalar.value < 0x20 || scalar.value == 0x7F
    else { return sign }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  static func foreignSign(_ sign: String, _ ascii: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0101", "`\(sign)` is not an operator of the language", at: span, "write `\(ascii)`",
      help: ["type `\(ascii)` in place of `\(sign)`"])
  }

  static func faultyNumber(_ spelling: String, at span: Span) -> Diagnostic {
    let scalars = Array(spelling.unicodeScalars)
    let label: String
    var help: [String] = []
    if spelling.contains("_") {
      label = "numbers have no `_`"
      help = [String(spelling.filter { $0 != "_" })]
    } else if scalars.count > 1, scalars[1] == "x" || scalars[1] == "X" {
      label = "numbers are written in base ten"
      if let value = UInt64(spelling.dropFirst(2), radix: 16) { help = ["\(value)"] }
    } else if scalars.count(where: { $0 == "." }) > 1 {
      label = "second decimal point"
    } else {
      label = "no exponent directly behind the point"
      let point = spelling.firstIndex(of: ".") ?? spelling.endIndex
      help = [spelling[..<point] + ".0" + spelling[point...].dropFirst()]
    }
    return Diagnostic(
      "E0102", "`\(spelling)` is not a number", at: span, label,
      notes: ["numbers look like 3, 0.5, .5, 1e-3, -2.5e10, inf, nan"], help: help)
  }

  static func hugeNumber(_ spelling: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0102", "`\(spelling)` is larger than any number of 64 bits", at: span, "too large",
      notes: ["the largest is 1.7976931348623157e308"], help: ["infinity is written `inf`"])
  }

  static func openString(_ spelling: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0104", "this string is never closed", at: span, "no `\"` before the end of the line",
      notes: ["a string ends on its line; `\\n` in it is a line break"], help: [spelling + "\""])
  }

  static func quotes(_ spelling: String, at span: Span) -> Diagnostic {
    let inner = String(spelling.dropFirst().dropLast())
    return Diagnostic(
      "E0105", "strings stand in double quotes", at: span, "other quotes", help: ["\"\(inner)\""])
  }

  // MARK: Brackets

  static func unclosed(_ open: String, at span: Span, next: Span?, word: String?) -> Diagnostic {
    let closing = closing(open)
    let secondary = next.map {
      [Label($0, "a new line starts here, so `\(closing)` should come before it")]
    }
    return Diagnostic(
      "E0103", "this `\(open)` is never closed", at: span, "opened here",
      secondary: secondary ?? [])
  }

  private static func closing(_ open: String) -> String {
    open == "(" ? ")" : open == "[" ? "]" : "}"
  }

  static func closesNothing(_ sign: String, at span: Span) -> Diagnostic {
    Diagnostic("E0107", "this `\(sign)` closes nothing", at: span, "nothing is open here")
  }

  static func mismatched(_ sign: String, at span: Span, open: String, openedAt: Span)
    -> Diagnostic
  {
    Diagnostic(
      "E0108", "`\(open)` is closed by `\(sign)`", at: span, "expected `\(closing(open))`",
      secondary: [Label(openedAt, "opened here")])
  }

  static func missingComma(_ next: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found `\(next)`, expected `,` or `]`", at: span, "a comma is missing before this",
      help: ["commas stand between elements: [1, 2]"])
  }

  static func missingCommaInCall(_ next: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found `\(next)`, expected `,` or `)`", at: span, "a comma is missing before this",
      notes: ["a product is written with `*`, that of matrices with `@`"],
      help: ["commas stand between arguments: add(a, b)"])
  }

  static func semicolonInBrackets(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found `;`, expected `,` or `]`", at: span, "rows are not parted by `;`",
      help: ["each row has its own brackets: [[1, 2], [3, 4]]"])
  }

  static func emptyIndex(_ base: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "`\(base)[]` has no index", at: span, "nothing in the brackets",
      help: ["the whole axis is `..`: \(base)[..]"])
  }

  // MARK: Formulas

  static func unexpected(found: String, expected: String, at span: Span) -> Diagnostic {
    Diagnostic("E0106", "found \(found), expected \(expected)", at: span, "expected \(expected)")
  }

  /// `word` is the name that stands before, if it is one.
  static func missingOperator(_ word: String, _ next: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0112", "found `\(next)` behind a complete formula", at: span,
      "an operator or a new line is missing before this",
      notes: ["a product is written with `*`, that of matrices with `@`"],
      help: word.isEmpty ? [] : ["a call has brackets: \(word)(\(next))"])
  }

  static func notCallable(_ callee: String, at span: Span, bracket: Span) -> Diagnostic {
    Diagnostic(
      "E0112", "`\(callee)` is not a function", at: bracket, "a call would begin here",
      secondary: [Label(span, "a value")], help: ["a product is written with `*`: \(callee)*("])
  }

  static func strayPrime(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0114", "a `'` without a function before it", at: span, "nothing to derive",
      help: ["the derivative of f at 2 is `f'(2)`", "strings stand in double quotes"])
  }

  static func attribute(_ base: String, _ name: String, at span: Span) -> Diagnostic {
    let help =
      name == "t" ? "\(base).T" : name == "grad" ? "grad(y, \(base))" : "\(name)(\(base))"
    return Diagnostic(
      "E0130", "`.\(name)` needs arguments", at: span, "only `.T` stands without",
      notes: ["`a.op(b)` is `op(a, b)`"], help: [help])
  }

  static func looseNot(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "`not` binds less than what is before it", at: span, "needs parentheses",
      help: ["(not a)"])
  }

  static func chainedComparison(_ first: String, _ second: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0123", "comparisons do not chain", at: span, "second comparison",
      help: ["\(first) and \(second)"])
  }

  static func chainedRange(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0123", "a range has two ends", at: span, "second `..`",
      help: ["steps are written with `by`: 0..10 by 2"])
  }

  static func tooDeep(at span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      "E0127", "brackets and blocks nest deeper than \(limit) levels", at: span, "too deep",
      help: ["give the inner part a name in a line above"])
  }

  static func tooLong(at span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      "E0127", "a formula of more than \(limit) levels", at: span, "too long from here on",
      help: ["give a part of it a name in a line above", "a long sum is `sum([…])`"])
  }

  static func namedArgument(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0119", "found `=` behind a formula", at: span, "not the name of an option",
      help: ["options are written name = value; equality is `==`"])
  }

  // MARK: Warnings

  static func blankBeforeMinus(_ next: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0101", "this is a difference, not two elements", at: span, "subtracts",
      help: ["two elements: `, -\(next)`", "a difference: ` - \(next)`"])
  }

  static func commentLikeDivision(_ divisor: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0102", "`// \(divisor)` is a comment", at: span, "not part of the formula",
      help: ["a division is `/`; a whole quotient is `floor(a / b)`"])
  }
}
