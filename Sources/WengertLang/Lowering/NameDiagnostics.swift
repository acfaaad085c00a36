/// What is said about names, calls and structure while a list is written.
extension Diagnostic {
  static func unknownOperation(_ name: String, suggestion: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0201", "there is no operation called `\(name)`", at: span, "not an operation",
      help: advice(name, suggestion))
  }

  /// What another language's name is here, else the name that is spelled nearly so.
  private static func advice(_ name: String, _ suggestion: String?) -> [String] {
    if let here = ForeignNames.table[name] { return ["here it is written `\(here)`"] }
    return suggestion.map { ["did you mean `\($0)`?"] } ?? []
  }

  static func unknownName(
    _ name: String, suggestion: String?, isFunction: Bool, at span: Span
  ) -> Diagnostic {
    var made = Diagnostic(
      "E0203", "`\(name)` is not defined", at: span,
      isFunction ? "a function, not a value" : "no such name")
    made.help =
      isFunction
      ? ["call it: `\(name)(…)`; its derivatives: `grad(\(name))(…)`"] : advice(name, suggestion)
    if let command = CommandWord(rawValue: name) {
      made.primary?.text = "a command; what it is about stands behind it"
      made.help = ["\(name) \(command.operands)"]
    }
    return made
  }

  static func halfBound(_ name: String, at span: Span, branch: Span) -> Diagnostic {
    Diagnostic(
      "E0204", "`\(name)` has a value in one arm only", at: span,
      "no value when the other arm runs",
      secondary: [Label(branch, "bound in one arm of this `if`")],
      help: ["give it a value before the `if`: `\(name) = 0`"])
  }

  static func unknownSubscript(_ name: String, of row: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0205", "the subscript `\(name)` of `\(row)` is not defined", at: span,
      "needs a value called `\(name)`")
  }

  static func nestsTooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0240", "functions and formulas nest too deep here", at: span, "too deep",
      help: ["give a part a name of its own: `u = …`"])
  }

  /// - Parameter hasValue: whether the name stands for the value here, as in the lines of a rule.
  static func recursion(
    _ name: String, at span: Span, defined: Span, hasValue: Bool
  ) -> Diagnostic {
    Diagnostic(
      "E0206", "`\(name)` calls itself", at: span, "called again while it is being written out",
      secondary: [Label(defined, "defined here")],
      notes: ["calls are written into the list, so a function cannot call itself"],
      help: [
        hasValue
          ? "`\(name)` alone is the value of the rule here: `1 - \(name)`"
          : "use a loop: `for n in 1..20 { … }`"
      ])
  }

  static func functionAsValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0207", "`\(name)'` is a function, not a value", at: span, "nothing to apply it to",
      help: ["apply it: `\(name)'(x)`"])
  }

  static func notCallable(at span: Span) -> Diagnostic {
    Diagnostic("E0208", "this is not a function", at: span, "cannot be called")
  }

  static func valueAsFunction(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0208", "`\(name)` is a value, not a function", at: span, "cannot be called",
      notes: ["a product is written with `*`"],
      help: ["a derivative of a value: grad(\(name), x)", "a function: \(name)(x) = x^2"])
  }

  static func noResult(_ name: String, at span: Span, defined: Span) -> Diagnostic {
    Diagnostic(
      "E0209", "`\(name)` gives no result", at: span, "a value is needed here",
      secondary: [Label(defined, "its last line is no formula")],
      help: ["end its body with a formula, or with `return …`"])
  }

  static func returnOutside(at span: Span) -> Diagnostic {
    Diagnostic("E0210", "`return` stands outside of a function", at: span, "nothing to return from")
  }

  static func returnEarly(_ label: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0211", "`return` is the last line of a function", at: span, label,
      help: ["for a choice write `where(c, a, b)`, or bind a name in both arms of an `if`"])
  }

  static func commandInside(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0212", "`\(word)` stands at top level only", at: span, "inside of a block",
      help: ["inside loops and functions only `print` puts out"])
  }

  static func unreadable(at span: Span) -> Diagnostic {
    Diagnostic("E0199", "this could not be read", at: span, "a mistake stands here")
  }

  static func targetCount(_ names: Int, _ values: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0214",
      "\(names.counting("name")) for \(values.counting("value"))",
      at: span, "as many names as values are needed",
      help: names == 1 ? ["for a tuple write brackets: `(a, b)`"] : ["`_` discards a value"])
  }

  static func notATarget(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0215", "only a name, an element or a slice can be bound", at: span, "not one of these")
  }

  static func tupleInFormula(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0216", "a tuple stands where an array is needed", at: span, "a tuple",
      help: ["take an entry, `Ws[0]`, or walk it: `for W in Ws { … }`"])
  }

  static func tupleLengths(_ a: Int, _ b: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0217", "tuples of \(a) and \(b) entries do not go together", at: span,
      "entry by entry they must be as many")
  }

  static func tupleIndices(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0218", "a tuple takes one index, not \(count)", at: span, "one index picks an entry",
      help: ["index the entry: `Ws[l][i, j]`"])
  }

  static func stringInFormula(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0219", "a string is no value of a formula", at: span, "text",
      help: ["print \"x =\", x", "print \"x = {x}\""])
  }

  static func sliceAsValue(at span: Span) -> Diagnostic {
    Diagnostic("E0220", "a slice stands in `[ ]` only", at: span, "no array to cut")
  }

  static func namedOutsideCall(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("E0221", "`\(name) = …` is not an argument here", at: span, "not taken")
  }

  static func unknownOption(
    _ name: String, of row: Primitive, known: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0222", "`\(row.name)` has no argument `\(name)`", at: span, "not known",
      notes: known.isEmpty ? [] : ["it takes \(known.joined(separator: ", "))"])
  }

  static func commandAsCall(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0201", "`\(word)` is a command, and is written without brackets", at: span,
      "what follows stands behind a blank",
      help: [word == "save" ? "save W1, b1 to \"w.npz\"" : "\(word) f"])
  }

  static func appendToArray(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0223", "the arguments do not fit", at: span, "an array keeps its shape",
      notes: ["`append(hs, h)` makes a longer tuple; tuples begin as `hs = ()`"],
      help: ["xs = concat(xs, [3])"])
  }

  static func appendAlone(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0202", "`\(name)` stays as it is", at: span, "a longer tuple, which nobody keeps",
      notes: ["values do not change; names are bound again"],
      help: ["\(name) = append(\(name), …)"])
  }

  static func formArguments(_ usage: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0223", "the arguments do not fit", at: span, "written like this: \(usage)", help: [usage])
  }

  static func openBrace(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0224", "a `{` in this string is never closed", at: span, "a format begins with `{`",
      help: ["for a brace itself write `{{`"])
  }

  static func badField(_ text: String, _ reason: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0225", "`{\(text)}` is no format", at: span,
      reason ?? "a formula stands between the braces",
      help: ["`{E}`, `{E:.3f}`, `{E!r}`; for a brace itself write `{{`"])
  }

  static func badFormat(_ format: String, _ reason: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0226", "`\(format)` is no format for numbers", at: span, reason,
      help: ["`.3f`, `8.2e`, `+.4g`, `!r`"])
  }

  static func ruleReadsOutside(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0227", "a rule reads its parameters only", at: span, "a name from outside",
      help: ["make it a parameter of the rule"])
  }

  static func ruleShape(_ name: String, _ a: Shape, _ b: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0229", "what `\(name)` gets has not the shape of `\(name)`", at: span,
      "this is \(b.inWords), `\(name)` is \(a.inWords)")
  }

  static func ruleWithoutLine(_ name: String, _ rule: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0201", "the rule of `\(rule)` has no line for `\(name)`", at: span,
      "gradients with respect to it will be zero", help: ["d/d\(name) = …, or bar \(name) = …"])
  }

  static func twinParameter(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("E0230", "two parameters are called `\(name)`", at: span, "the second one")
  }

  static func unknownParameter(
    _ name: String, _ function: String, _ parameters: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0222", "`\(function)` has no parameter `\(name)`", at: span, "not known",
      notes: ["it takes \(parameters.joined(separator: ", "))"])
  }

  static func ruleParameter(_ name: String, _ rule: String, at span: Span) -> Diagnostic {
    Diagnostic("E0228", "`\(rule)` has no parameter `\(name)`", at: span, "not a parameter")
  }
}
