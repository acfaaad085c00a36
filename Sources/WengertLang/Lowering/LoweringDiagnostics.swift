/// What is said about names, calls and structure while a list is written.
extension Diagnostic {
  static func unknownOperation(_ name: String, suggestion: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0201", "there is no operation called `\(name)`", at: span, "not an operation",
      help: suggestion.map { ["did you mean `\($0)`?"] } ?? [])
  }

  static func unknownName(
    _ name: String, suggestion: String?, isFunction: Bool, at span: Span
  ) -> Diagnostic {
    var made = Diagnostic(
      "E0203", "`\(name)` is not defined", at: span, isFunction ? "a function, not a value" : "no such name")
    if let suggestion { made.help = ["did you mean `\(suggestion)`?"] }
    if isFunction { made.help = ["call it: `\(name)(…)`"] }
    return made
  }

  static func halfBound(_ name: String, at span: Span, branch: Span) -> Diagnostic {
    Diagnostic(
      "E0204", "`\(name)` has a value in one arm only", at: span, "no value when the other arm runs",
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
      "E0230", "functions and formulas nest too deep here", at: span, "too deep",
      help: ["give a part a name of its own: `u = …`"])
  }

  static func recursion(_ name: String, at span: Span, defined: Span) -> Diagnostic {
    Diagnostic(
      "E0206", "`\(name)` calls itself", at: span, "called again while it is being written out",
      secondary: [Label(defined, "defined here")],
      notes: ["calls are written into the list, so a function cannot call itself"],
      help: ["use a loop: `for n in 1..20 { … }`"])
  }

  static func functionAsValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0207", "`\(name)'` is a function, not a value", at: span, "nothing to apply it to",
      help: ["apply it: `\(name)'(x)`"])
  }

  static func notCallable(at span: Span) -> Diagnostic {
    Diagnostic("E0208", "this is not a function", at: span, "cannot be called")
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

  static func returnEarly(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0211", "`return` is the last line of a function", at: span, "more lines follow",
      help: ["for a choice write `where(c, a, b)`, or bind a name in both arms of an `if`"])
  }

  static func commandInside(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0212", "`\(word)` stands at top level only", at: span, "inside of a block",
      help: ["inside loops and functions only `print` puts out"])
  }

  static func unsupported(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0213", "this version does not know `\(word)`", at: span, "not understood here",
      help: ["write the loop: `repeat 600 { g = grad(E, w);  w -= 0.1*g }`"])
  }

  static func unreadable(at span: Span) -> Diagnostic {
    Diagnostic("E0199", "this could not be read", at: span, "a mistake stands here")
  }

  static func targetCount(_ names: Int, _ values: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0214", "\(names) \(names == 1 ? "name" : "names") for \(values) \(values == 1 ? "value" : "values")",
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
    Diagnostic("E0219", "a string is no value of a formula", at: span, "text")
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

  static func formArguments(_ usage: String, at span: Span) -> Diagnostic {
    Diagnostic("E0223", "the arguments do not fit", at: span, "written like this: \(usage)", help: [usage])
  }

  static func openBrace(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0224", "a `{` in this string is never closed", at: span, "a format begins with `{`",
      help: ["for a brace itself write `{{`"])
  }

  static func badField(_ text: String, _ reason: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0225", "`{\(text)}` is no format", at: span, reason ?? "a formula stands between the braces",
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

  static func ruleParameter(_ name: String, _ rule: String, at span: Span) -> Diagnostic {
    Diagnostic("E0228", "`\(rule)` has no parameter `\(name)`", at: span, "not a parameter")
  }
}

/// What is said about counts and shapes.
extension Diagnostic {
  static func wrongCount(
    _ row: Primitive, _ spelling: String, _ count: Int, at span: Span
  ) -> Diagnostic {
    let names = row.arguments.map(\.name)
    let needed = row.arguments.filter {
      if case .operand = $0.kind { true } else { false }
    }.count
    return Diagnostic(
      "E0301",
      "`\(spelling)` takes \(needed) \(needed == 1 ? "argument" : "arguments"), but \(count) \(count == 1 ? "was" : "were") given",
      at: span, count > needed ? "too many" : "too few",
      notes: ["\(spelling)(\(names.joined(separator: ", "))): \(row.summary)"])
  }

  static func functionArguments(
    _ name: String, _ parameters: [String], _ count: Int, at span: Span, defined: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0301",
      "`\(name)` takes \(parameters.count) \(parameters.count == 1 ? "argument" : "arguments"), but \(count) \(count == 1 ? "was" : "were") given",
      at: span, "\(name)(\(parameters.joined(separator: ", ")))",
      secondary: [Label(defined, "defined here")])
  }

  static func indexOutside(_ index: Int, extent: Int, axis: Int?, at span: Span) -> Diagnostic {
    let whole = axis.map { "axis \($0)" } ?? "the tuple"
    return Diagnostic(
      "E0303", "the index \(index) is outside of \(whole), which has \(extent) \(extent == 1 ? "entry" : "entries")",
      at: span, "0 … \(extent - 1), or -1 … -\(extent) from the end",
      notes: index == extent ? ["indices count from 0, and a range holds both ends"] : [])
  }

  static func tooManyIndices(_ count: Int, _ shape: Shape, name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0304", "\(count) \(count == 1 ? "index" : "indices") for \(shape.inWords)", at: span,
      "`\(name)` has \(shape.rank) \(shape.rank == 1 ? "axis" : "axes")")
  }

  static func wholeNumberNeeded(_ number: Double, at span: Span) -> Diagnostic {
    Diagnostic("E0305", "a whole number is needed here", at: span, "this is \(number)")
  }

  static func numberNeeded(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic("E0306", "a number is needed here", at: span, "this is \(shape.inWords)")
  }

  static func notKnownYet(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0307", "this must be known when the list is written", at: span, "only the run knows it",
      notes: ["shapes, the entries of tuples and the lengths of slices are fixed in the list"])
  }

  static func badRange(_ a: Double, _ b: Double, _ step: Double, at span: Span) -> Diagnostic {
    Diagnostic("E0308", "this range has no numbers", at: span, "from \(a) to \(b) by \(step)")
  }

  static func tooLarge(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic("E0801", "an array of \(count) elements is larger than the memory allowed", at: span,
      "too large")
  }

  static func negativeExtent(_ extent: Int, at span: Span) -> Diagnostic {
    Diagnostic("E0309", "an extent cannot be \(extent)", at: span, "extents are 0 or more")
  }

  static func noAxis(_ axis: Int, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic("E0310", "\(shape.inWords) has no axis \(axis)", at: span, "axes count from 0")
  }

  static func notWalkable(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0311", "a number cannot be walked", at: span, "a range, an array or a tuple is needed",
      help: ["for n in 1..20 { … }"])
  }

  static func walkLengths(_ a: Double, _ b: Double, at span: Span) -> Diagnostic {
    let counts = [a, b].map { NumberFormat.significant($0, digits: 12) }
    return Diagnostic(
      "E0312", "the loop walks \(counts[0]) and \(counts[1]) entries at once", at: span,
      "they must be as many")
  }

  static func conditionIsArray(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0313", "a condition is one number", at: span, "this is \(shape.inWords)",
      help: ["for a choice element by element: `where(c, a, b)`"])
  }

  static func shapeChanges(_ name: String, _ a: Shape, _ b: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0314", "`\(name)` changes its shape from turn to turn", at: span,
      "\(a.inWords) before the turn, \(b.inWords) after it")
  }

  static func shapesGrow(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0315", "what this loop carries grows from turn to turn", at: span, "the turns differ")
  }

  static func turnsDiffer(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic("E0315", "`\(name)` grows from turn to turn", at: span, "the turns differ")
  }

  static func tooManyTurns(_ turns: Double, _ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0802", "a loop whose turns differ is written out, and \(NumberFormat.significant(turns, digits: 12)) turns are too many", at: span,
      "at most \(limit)")
  }

  static func tooManyEntries(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0802", "the list has grown to more than \(limit) entries", at: span, "no end in sight",
      notes: ["calls, derivatives and loops whose turns differ are written into the list"])
  }

  static func armsDiffer(_ name: String, _ a: Shape?, _ b: Shape?, at span: Span) -> Diagnostic {
    let label = a.flatMap { a in b.map { "\(a.inWords) in one, \($0.inWords) in the other" } }
    return Diagnostic(
      "E0316", "`\(name)` has another shape in each arm", at: span, label ?? "tuples of other lengths")
  }

  static func inputShape(_ name: String, _ a: Shape, _ b: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0317", "the input `\(name)` is \(a.inWords)", at: span, "this value is \(b.inWords)",
      help: ["declare its shape: `input \(name): \(b)`"])
  }

  static func bothStretched(
    _ a: Shape, _ b: Shape, _ result: Shape, names: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "W0301", "both operands are stretched: \(a) and \(b) become \(result)", at: span,
      "`\(names[0])` is \(a), `\(names[1])` is \(b)",
      notes: ["a row where a column is meant is the usual reason"],
      help: ["reshape one of them: `reshape(\(names[a.rank < b.rank ? 0 : 1]), \((a.rank < b.rank ? b : a)))`"])
  }
}

/// What is said about derivatives.
extension Diagnostic {
  static func gradientOfArray(_ name: String, _ shape: Shape, at span: Span) -> Diagnostic {
    let callee = name == "the formula" ? "y" : name
    return Diagnostic(
      "E0401", "the gradient needs one number, but \(name == "the formula" ? name : "`\(name)`") is \(shape.inWords)", at: span,
      "not a number",
      notes: ["or seed the reverse sweep yourself: `vjp(\(callee) = ybar, x)`"],
      help: ["reduce it first: `grad(sum(\(callee)), x)`"])
  }

  static func gradientByFormula(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0402", "a gradient is taken by names", at: span, "a formula",
      help: ["name it first: `u = …`, then use `u` in y and in `grad(y, u)`"])
  }

  static func gradientOfEarlier(
    _ y: String, _ x: String, at span: Span, earlier: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0403", "`\(y)` was computed from an earlier `\(x)`", at: span,
      "this `\(x)` was bound after `\(y)`", secondary: [Label(earlier, "`\(y)` was computed from this one")],
      help: [
        "keep the first value under a name of its own: `\(x)0 = …`, then `grad(\(y), \(x)0)`"
      ])
  }

  static func gradientAlsoOfEarlier(
    _ y: String, _ x: String, at span: Span, earlier: Span
  ) -> Diagnostic {
    Diagnostic(
      "W0404", "`\(y)` also depends on an earlier `\(x)`", at: span, "only the latest one counts here",
      secondary: [Label(earlier, "the earlier one")])
  }

  static func gradientZero(_ y: String, _ x: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0403", "`\(x)` does not reach `\(y)`, so the gradient is zero everywhere", at: span,
      "d\(y)/d\(x) = 0, always", notes: ["0 is right; often the real cause is a mistyped name"])
  }

  static func gradientThroughCarried(_ x: String, _ carried: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0405", "inside the loop this gradient also depends on `\(x)` through `\(carried)`", at: span,
      "a turn knows only what it was handed",
      notes: ["`\(carried)` is carried from turn to turn, and earlier turns made it from `\(x)`"],
      help: ["ask after the loop: `grad(\(carried), \(x))`", "or carry the tangent along"])
  }

  static func derivativeArguments(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0406", "`'` is the derivative of a function of one argument", at: span, "\(count) were given",
      help: ["for several: `grad(f)(3, 4)`"])
  }

  static func derivativeNotElementwise(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0407", "the function does not work element by element", at: span, "it mixes the elements of its argument",
      help: ["use `map(f', xs)`, or `grad(sum(f(x)), x)`"])
  }

  static func seedShape(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0408", "a change has the shape of what changes", at: span, "not the shape of `\(name)`")
  }
}

extension Lowering {
  /// What is said when operands do not fit, with the place that each came from.
  func misfit(
    _ mismatch: ShapeMismatch, _ row: String, _ operands: [Slot], at span: Span
  ) -> Diagnostic {
    var made = Diagnostic("E0302", mismatch.fact, at: span, shapesLabel(operands))
    if row != "copy", row != "grad" { made.title = "`\(row)`: \(mismatch.fact)" }
    for operand in Set(operands).sorted() {
      let place = list.spans[operand.place]
      guard place != span, place.file == span.file, let name = list.name(operand) else { continue }
      made.secondary.append(.init(place, "`\(symbols[name])` is \(list.shape(operand).inWords)"))
    }
    if let needs = mismatch.needs { made.notes.append(needs) }
    if let help = mismatch.help { made.help.append(help) }
    return made
  }

  private func shapesLabel(_ operands: [Slot]) -> String {
    operands.map { "(" + list.shape($0).inWords + ")" }.joined(separator: " and ")
  }

  func unknownName(_ name: Symbol, at span: Span) -> Diagnostic {
    for layer in scopes[scope].layers.reversed() {
      if let branch = layer.halves[name] {
        return .halfBound(symbols[name], at: span, branch: branch)
      }
    }
    let known = scopes.flatMap { $0.layers.flatMap(\.order) }.map { symbols[$0] }
    return .unknownName(
      symbols[name], suggestion: closest(to: symbols[name], among: Array(Set(known)).sorted()),
      isFunction: findFunction(name) != nil, at: span)
  }

  func unknownOperation(_ name: String, at span: Span) -> Diagnostic {
    let functions = scopes.flatMap { $0.functions.keys }.map { symbols[$0] }
    let known = Catalogue.allSpellings + Form.table.map(\.name) + functions
    return .unknownOperation(name, suggestion: closest(to: name, among: known), at: span)
  }

  func unknownOption(_ named: Arguments.Named, _ row: Primitive) -> Diagnostic {
    .unknownOption(
      symbols[named.name], of: row, known: row.arguments.map(\.name), at: named.span)
  }

  private func closest(to name: String, among known: [String]) -> String? {
    EditDistance.suggestion(for: name, among: known)
  }
}
