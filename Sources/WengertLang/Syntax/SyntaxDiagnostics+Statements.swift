/// What can be wrong with statements and commands.
extension Diagnostic {
  static func uncheckedMeant(_ typed: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0133", "a rule has no word `\(typed)`", at: span, "not a word of rules",
      help: ["did you mean `unchecked`?"])
  }

  // MARK: Bindings

  static func namesAlone(_ written: String, at span: Span) -> Diagnostic {
    let text = String(written.map { $0.isNewline ? " " : $0 })
    return Diagnostic(
      "E0121", "`\(text)` alone is not a statement", at: span, "neither bound nor printed",
      help: ["print \(text)"])
  }

  static func valueCount(_ names: [String], _ formulas: [String], at span: Span) -> Diagnostic {
    let all = formulas.joined(separator: ", ")
    let target = names.joined(separator: ", ")
    let title = "\(names.count.counting("name")) but \(formulas.count.counting("formula"))"
    guard names.count == 1 else {
      return Diagnostic("E0120", title, at: span, "bound to `\(target)`")
    }
    return Diagnostic(
      "E0120", title, at: span, "bound to `\(target)`",
      help: ["an array: \(target) = [\(all)]", "a tuple: \(target) = (\(all))"])
  }

  static func notBindable(_ text: String, at span: Span, equals: Span) -> Diagnostic {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Diagnostic(
      "E0128", "`\(line)` cannot be bound", at: span, "not a name",
      secondary: [Label(equals, "binds what is before it")],
      help: ["a value is bound to a name or an element: x = …, w[1] = …", "equality is `==`"])
  }

  static func parameter(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0129", "the parameters of a function are names", at: span, "not a name",
      help: ["f(x, y) = x + y"])
  }

  static func bracesAsValue(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0109", "`{` begins a block, not a value", at: span, "not a formula",
      help: ["an array stands in `[ ]`, a tuple in `( )`", "a function: f(x) = { … }"])
  }

  static func misplacedAssign(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0119", "found `=` where nothing can be bound", at: span, "not expected here",
      help: ["equality is `==`"])
  }

  static func inputWithValue(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0119", "an `\(word)` has no value yet", at: span, "no value here",
      help: ["an input with its value is just bound: x1 = 3"])
  }

  static func reservedWord(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0125", "`\(word)` is a word of the language, not a name", at: span, "reserved",
      notes: ["reserved are: for repeat while if else return print and or not"],
      help: ["choose another name: \(word)_"])
  }

  // MARK: Lines and blocks

  static func lineBeginsWithInfix(_ sign: String, rest: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0110", "a line cannot begin with `\(sign)`", at: span, "the line above is complete",
      notes: ["a formula goes on when its line ends in an operator"],
      help: [
        "move the `\(sign)` to the end of the line above",
        sign == "-" ? "(-\(rest))   if a new formula is meant" : nil,
      ].compactMap { $0 })
  }

  static func markedLine(_ mark: String, _ statement: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0110", "a line cannot begin with `\(mark)`", at: span, "leave it out", help: [statement])
  }

  static func missingBlock(_ found: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0109", "found \(found), expected `{`", at: span, "the block is missing",
      help: ["a block stands in braces: { z = sin(z) }"])
  }

  static func strayBlock(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0109", "nothing takes a block here", at: span, "a block begins",
      notes: ["blocks stand behind `for`, `repeat`, `while`, `if`, `else` and `f(x) =`"])
  }

  static func strayElse(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0111", "`else` stands on the line of the `}`", at: span, "no `if` goes on here",
      help: ["} else {"])
  }

  static func strayColon(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0118", "found `:` behind a complete formula", at: span, "not expected here",
      help: ["a block stands in braces: { … }"])
  }

  static func walkCount(_ names: Int, _ sources: Int, at span: Span) -> Diagnostic {
    let tuple = sources == 1 ? "walk them side by side: for x, y in xs, ys { … }" : nil
    return Diagnostic(
      "E0120", "\(names.counting("name walks", "names walk")) \(sources.counting("value"))",
      at: span, "as many names as values",
      help: tuple.map { [$0] } ?? [])
  }

  static func twinTarget(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0134", "`\(name)` is bound twice at once", at: span, "the second one",
      help: ["what is not needed is called `_`"])
  }

  // MARK: Commands

  static func unknownCommand(_ word: String, _ suggestion: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0124", "there is no command `\(word)`", at: span, "not a command",
      help: ["did you mean `\(suggestion)`?"])
  }

  static func callWithoutBrackets(_ word: String, _ rest: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0124", "`\(word)` is no command, but a word in formulas", at: span, "needs brackets",
      help: ["print \(call(word, rest))"])
  }

  static func twoOperands(
    _ word: String, _ next: String, _ rest: String, at span: Span
  ) -> Diagnostic {
    // A string is no factor, and the value of no name.
    let others = next.hasPrefix("\"") ? [] : ["\(word)*\(next)", "\(word) = \(next)"]
    return Diagnostic(
      "E0112", "found `\(next)` behind `\(word)`", at: span, "an operator is missing before this",
      notes: ["`\(word)` is not a command"], help: others + [call(word, rest)])
  }

  /// What stands behind a word as its operands: names alone without the words between them.
  private static func call(_ word: String, _ rest: String) -> String {
    let names = rest.split { $0 == " " || $0 == "," }.filter {
      !["of", "wrt", "by", "and", "with", "respect", "to", "for"].contains($0)
    }
    let areNames = names.allSatisfy { name in
      name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    return "\(word)(\(areNames ? names.joined(separator: ", ") : rest))"
  }

  static func operandInParens(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0126", "the operand of a command cannot begin with `(`", at: span, "a formula begins here",
      help: ["give it a name first: f = (…)"])
  }

  static func minimizeFormula(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0126", "what `minimize` makes small has a name", at: span, "a formula stands before this",
      help: ["give it a name first: E = (…)", "minimize E over x by sgd(rate = 0.1) for 100 steps"])
  }

  static func commandOperand(_ word: String, _ operand: String, at span: Span) -> Diagnostic {
    let operand = String(operand.drop { $0 == " " })
    return Diagnostic(
      "E0126", "the operand of `\(word)` cannot begin with `(`", at: span, "reads as a call",
      help: ["f = \(operand)", "\(word) f"])
  }

  static func fileName(_ found: String, _ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found \(found), expected the name of a file", at: span, "not in quotes",
      help: ["to \"trace.tex\""])
  }

  static func fileTwice(_ first: Span, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "a command writes one file", at: span, "a second one",
      secondary: [Label(first, "the first")],
      help: ["write the command again, with the other file"])
  }

  // MARK: Rules and minimize

  static func ruleWithoutBlock(_ parameter: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0131", "a rule says how to derive", at: span, "the block is missing",
      help: ["{ d/d\(parameter) = … }", "{ bar \(parameter) = … }"])
  }

  static func rulePart(_ found: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0131", "found `\(found)`, expected `d/da = …` or `bar A = …`", at: span,
      "not a line of a rule")
  }

  static func noParameter(_ rule: String, _ name: String, _ known: [String], at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      "E0131", "`\(rule)` has no parameter `\(name)`", at: span, "not a parameter",
      help: ["its parameters: \(known.joined(separator: ", "))"])
  }

  static func minimizeWithout(_ clause: String, _ objective: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0132", "`minimize` without `\(clause)`", at: span, "`\(clause)` is missing",
      help: ["minimize \(objective) over W1, w2 by sgd(rate = 0.1) for 100 steps"])
  }

  static func oneValue(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("E0132", "`\(word)` takes one value", at: span, "one too many")
  }

  static func repeated(_ clause: String, at span: Span) -> Diagnostic {
    Diagnostic("E0132", "`\(clause)` stands here a second time", at: span, "once is enough")
  }
}
