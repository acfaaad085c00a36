/// What is said about counts and shapes.
extension Diagnostic {
  static func wrongCount(
    _ row: Primitive, _ spelling: String, _ count: Int, at span: Span
  ) -> Diagnostic {
    let names = row.arguments.map(\.name)
    let (least, most) = row.argumentCounts
    let wanted =
      most == nil
      ? "at least \(least.counting("argument"))"
      : most == least ? least.counting("argument") : "\(least) to \(most ?? least) arguments"
    let fit = count < least ? "too few" : count > most ?? Int.max ? "too many" : "do not fit"
    return Diagnostic(
      "E0301", "`\(spelling)` takes \(wanted), but \(count.given)", at: span, fit,
      notes: ["\(spelling)(\(names.joined(separator: ", "))): \(row.summary)"],
      help: elsewhere[row.name].map { [$0] } ?? [])
  }

  /// Operations that take other arguments elsewhere, with what is written here.
  private static let elsewhere = ["range": "the numbers from 0 to 9: 0..9"]

  static func functionArguments(
    _ name: String, _ parameters: [String], _ count: Int, at span: Span, defined: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0301",
      "`\(name)` takes \(parameters.count.counting("argument")), but \(count.given)",
      at: span, "\(name)(\(parameters.joined(separator: ", ")))",
      secondary: [Label(defined, "defined here")])
  }

  static func indexOutside(_ index: Int, extent: Int, axis: Int?, at span: Span) -> Diagnostic {
    let whole = axis.map { "axis \($0)" } ?? "the tuple"
    return Diagnostic(
      "E0303",
      "the index \(index) is outside of \(whole), which has \(extent.counting("entry", "entries"))",
      at: span, "0 … \(extent - 1), or -1 … -\(extent) from the end",
      notes: index == extent ? ["indices count from 0, and a range holds both ends"] : [])
  }

  static func tooManyIndices(_ count: Int, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0304", "\(count.counting("index", "indices")) for \(shape.inWords)", at: span,
      shape.isScalar
        ? "a number has no axes"
        : "there \(shape.rank == 1 ? "is 1 axis" : "are \(shape.rank) axes")")
  }

  static func wholeNumberNeeded(_ number: Double, at span: Span) -> Diagnostic {
    Diagnostic("E0305", "a whole number is needed here", at: span, "this is \(number)")
  }

  static func flagNeeded(_ name: String, _ number: Double, at span: Span) -> Diagnostic {
    Diagnostic("E0305", "`\(name)` is true or false, 1 or 0", at: span, "this is \(number)")
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
    let words = [a, b, step].map { NumberFormat.significant($0, digits: 12) }
    return Diagnostic(
      "E0308", "this range never gets to its end", at: span,
      "from \(words[0]) to \(words[1]) by \(words[2])")
  }

  /// - Parameter limit: bytes of values that are allowed.
  static func tooLarge(_ count: Int, limit: Int, at span: Span) -> Diagnostic {
    let size = count == Int.max ? "more elements than can be counted" : "\(count) elements"
    return Diagnostic(
      "E0801", "an array of \(size) is larger than the memory allowed", at: span,
      "too large", notes: ["the limit is \(MemoryUnit.text(limit))"])
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
    Diagnostic(
      "E0315", "`\(name)` grows from turn to turn", at: span, "the turns differ",
      help: ["walk a range whose ends are known, and the loop is written out"])
  }

  static func tooManyTurns(_ turns: Double, _ limit: Int, at span: Span) -> Diagnostic {
    let count = NumberFormat.significant(turns, digits: 12)
    return Diagnostic(
      "E0802",
      "a loop whose turns differ is written out, and \(count) turns are too many",
      at: span,
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
      "E0316", "`\(name)` has another shape in each arm", at: span,
      label ?? "tuples of other lengths")
  }

  static func inputShape(_ name: String, _ a: Shape, _ b: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0317", "the input `\(name)` is \(a.inWords)", at: span, "this value is \(b.inWords)",
      help: ["declare its shape: `input \(name): \(b)`"])
  }

  static func maskAsPlaces(_ name: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0302", "truths are read as the places 0 and 1 here", at: span,
      "as many as there are places, but no mask",
      notes: ["an array is as long as its shape says, so a condition cannot shorten it"],
      help: ["where(\(name ?? "x > 0"), x, 0)"])
  }

  static func bothStretched(
    _ a: Shape, _ b: Shape, _ result: Shape, names: [String?], at span: Span
  ) -> Diagnostic {
    let isFormulas = names.allSatisfy { $0 == nil }
    let unnamed = isFormulas ? ["the left one", "the right one"] : ["the formula", "the formula"]
    let quoted = zip(names, unnamed).map { name, other in name.map { "`\($0)`" } ?? other }
    let (smaller, larger) = a.rank < b.rank ? (names[0], b) : (names[1], a)
    let help = smaller.map { "reshape one of them: `reshape(\($0), \(larger))`" }
    return Diagnostic(
      "W0301", "both operands are stretched: \(a) and \(b) become \(result)", at: span,
      "\(quoted[0]) is \(a), \(quoted[1]) is \(b)",
      notes: ["a row where a column is meant is the usual reason"],
      help: a.count == b.count ? help.map { [$0] } ?? [] : [])
  }
}
