/// What is said about pictures.
extension Diagnostic {
  static func graphTooLarge(_ count: Int, _ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0650", "a graph of \(count) boxes is too large to be looked at", at: span,
      "at most \(limit) are drawn", notes: ["an entry in the middle has a smaller graph"])
  }

  static func unknownPlotWord(_ word: String, _ known: [String], at span: Span) -> Diagnostic {
    let near = EditDistance.suggestion(for: word, among: known)
    return Diagnostic(
      "E0651", "`plot` has no word `\(word)`", at: span, "told a word that it does not know",
      notes: ["its words are \(known.joined(separator: ", "))"],
      help: near.map { ["did you mean `\($0)`?"] } ?? [])
  }

  static func plotLengths(
    _ count: Int, _ wanted: Int, at span: Span, over: Span?
  ) -> Diagnostic {
    Diagnostic(
      "E0652", "a curve needs a value for each point: \(count) is not \(wanted)", at: span,
      count.counting("value"),
      secondary: over.map { [Label($0, wanted.counting("point"))] } ?? [])
  }

  static func plotNeedsVector(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0653", "a vector is needed here", at: span, "this is \(shape.inWords)",
      help: ["A[.., 0]"])
  }

  static func plotNeedsText(at span: Span) -> Diagnostic {
    Diagnostic("E0654", "a text is needed here", at: span, help: [#"xlabel "iterations""#])
  }

  static func plotStyle(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0655", "this is no style", at: span, "a colour, a line and a mark, each at most once",
      notes: ["colours b r g m y k; lines - -- : -.; marks o x + ."], help: [#"styles "r--", "bo""#]
    )
  }

  static func plotTooMany(_ word: String, _ count: Int, _ curves: Int, at span: Span) -> Diagnostic
  {
    Diagnostic(
      "E0655", "`\(word)` has \(count) for \(curves.counting("curve"))", at: span,
      "no curve is left for this")
  }

  static func plotFunctionOver(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0656", "a function is plotted over some range", at: span, "`\(name)` is a function",
      help: ["plot \(name) over linspace(0, 1, 101)"])
  }

  static func plotOverTooMany(at span: Span) -> Diagnostic {
    Diagnostic("E0657", "a plot has two directions at most", at: span, "the third")
  }

  static func oneSurface(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0657", "contour lines are drawn of one value", at: span, "two ranges stand behind `over`",
      help: ["plot f over x = linspace(-2, 2, 41), y = linspace(-2, 2, 41)"])
  }

  static func surfaceNames(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0657", "contour lines need the names that change", at: span, "a range without a name",
      help: ["plot f over x = linspace(-2, 2, 41), y = linspace(-2, 2, 41)"])
  }

  static func plotOverArray(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0658", "`\(name)` is not a number that can be changed point by point", at: span,
      "an array, or a number that sets a shape")
  }

  static func plotPath(_ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0659", "a path has a row of two numbers for each point", at: span,
      "this is \(shape.inWords)", help: ["path stack(xs, ys).T"])
  }

  static func tangentOfValues(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0656", "tangents need a function, or a name that changes", at: span,
      "these curves are values", help: ["plot f over linspace(0, 1, 101) tangents 0.5"])
  }

  static func pictureTooLarge(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0661", "this picture has more pixels than a file may have", at: span,
      "at most \(Raster.limit / 1_000_000) million", help: [#"to "picture.svg""#])
  }

  static func nothingToPlot(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0660", "there is no point that could be shown", at: span,
      "no finite numbers, or none above 0 on a logarithmic axis")
  }
}
