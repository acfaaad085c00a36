/// What is said about training.
extension Diagnostic {
  static func unknownOptimizer(
    _ name: String, _ suggestion: String?, known: [String], at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0706", "there is no optimizer called `\(name)`", at: span, "not an optimizer",
      notes: ["the optimizers are \(known.joined(separator: ", "))"],
      help: suggestion.map { ["did you mean `\($0)`?"] } ?? ["by sgd(rate = 0.1)"])
  }

  static func unknownOptimizerOption(
    _ name: String, _ optimizer: Optimizer, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0707", "`\(optimizer.name)` has no option `\(name)`", at: span, "not an option",
      notes: [optimizer.optionsInWords], help: ["by \(optimizer.usage)"])
  }

  static func optimizerOptions(_ optimizer: Optimizer, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0708", "the options of `\(optimizer.name)` do not fit", at: span,
      "too many, twice the same, or out of range", notes: [optimizer.optionsInWords],
      help: ["by \(optimizer.usage)"])
  }

  static func missingOption(
    _ name: String, _ optimizer: Optimizer, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0709", "`\(optimizer.name)` needs a `\(name)`", at: span, "`\(name)` is missing",
      help: ["by \(optimizer.usage)"])
  }

  static func minimizeArray(_ name: String, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0710", "`\(name)` is \(shape.inWords), and only a number can be made small", at: span,
      "not a number", help: ["E = mean(\(name)^2)"])
  }

  static func trainedOutside(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0711", "`\(name)` is computed outside of this body", at: span,
      "its entries stand in another list",
      help: ["compute it in the body, in front of `minimize`"])
  }

  static func weightWithoutEffect(
    _ name: String, _ objective: String, isNumber: Bool, at span: Span, objective place: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0712", "`\(objective)` does not depend on `\(name)`", at: span,
      "changing it changes nothing",
      secondary: [Label(place, "computed without `\(name)`")],
      notes: isNumber ? ["in a function, formulas of plain numbers are worked out at once"] : [],
      help: isNumber ? ["hand the start over as a value: `w0 = 1`, then `fit(w0)`"] : [])
  }

  static func weightTwice(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0713", "`\(name)` stands twice behind `over`", at: span, "was named before")
  }

  static func batchSize(_ size: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0714", "a batch cannot have \(size) entries", at: span, "a whole number, 1 or more")
  }

  static func dataWithoutRows(_ name: String, _ shape: Shape, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0715", "`\(name)` is \(shape.inWords), from which no batch can be drawn", at: span,
      "has no rows")
  }

  static func dataLengths(_ name: String, _ first: Int, _ own: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0716", "`\(name)` has \(own.counting("row")) beside data of \(first)", at: span,
      "a batch takes the same rows of all")
  }

  static func dataWithoutEffect(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0717", "what is made small does not depend on `\(name)`", at: span,
      "a batch of it changes nothing")
  }

  static func batchOfWhole(_ optimizer: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0718", "`\(optimizer)` takes all data at every step", at: span,
      "its curvature would be that of other data",
      help: ["leave `batch` out, or train by adam(rate = 0.001)"])
  }

  static func doesNotTakeBatches(
    _ mismatch: ShapeMismatch, _ batch: Int, at span: Span, minimize: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0719", "this entry does not take a batch: \(mismatch.fact)", at: span,
      "written for all rows",
      secondary: [Label(minimize, "a step takes \(batch) rows")],
      notes: ["the entries between data and value are written again with the rows of a batch"])
  }

  static func scaledByWhole(
    _ whole: Int, _ batch: Int, at span: Span, where place: Span
  ) -> Diagnostic {
    Diagnostic(
      "W0700", "the value is divided by \(whole), but a step sees \(batch) rows", at: place,
      "the number of rows of all data",
      secondary: [Label(span, "so its steps are \(whole)/\(batch) times too short")],
      help: ["use `mean(…)`, which goes by the rows that are there"])
  }

  private static let oftenTooLong =
    "often the steps are too long, or a value is outside of what an operation is made for"

  /// Training in the body of a loop or branch, of which only the end is known.
  static func trainingEndedAstray(at span: Span) -> Diagnostic {
    Diagnostic(
      "W0702", "training went astray: at its end a weight or the value is nan or infinite",
      at: span, "in a turn of the body around it",
      notes: [oftenTooLong], help: ["take a smaller rate"])
  }

  static func trainingNotFinite(
    _ trouble: (turn: Int, value: Double), at span: Span
  ) -> Diagnostic {
    let value = NumberFormat.significant(trouble.value)
    return Diagnostic(
      "W0702", "training went astray: the value is \(value) at step \(trouble.turn)", at: span,
      "the steps from there on mean nothing",
      notes: [
        trouble.turn == 0
          ? "it is so at the start: `why` says which entry makes it"
          : oftenTooLong
      ],
      help: [
        trouble.turn == 0
          ? "why E wrt w" : "train for \(trouble.turn - 1) steps and look: `why E wrt w`",
        "take a smaller rate",
      ])
  }

  static func trainingCut(
    _ taken: Int, _ steps: Int, isSaved: Bool, at span: Span
  ) -> Diagnostic {
    let saved = "`:save` writes the function as it is, with all \(steps) steps"
    return Diagnostic(
      "W0701", "training ended after \(taken) of \(steps) steps", at: span, "Ctrl-C",
      notes: ["the weights are those of the last step that was finished"]
        + (isSaved ? [] : [saved]))
  }

  static func nothingToGoOnFrom(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "W0703", "`\(path)` is not there yet", at: span,
      "training begins with the weights as they are")
  }

  static func otherTraining(
    _ array: DataArray, _ shape: Shape, in path: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E0722", "`\(path)` is of another training", at: span,
      "`\(array.name ?? "")` is \(array.shape.inWords) there, \(shape.inWords) here",
      notes: ["weights, optimizer and batch are those that the file was saved with"])
  }

  static func unnamedTraining(_ path: String) -> Diagnostic {
    Diagnostic(
      "E0722", "`\(path)` holds one array, and training goes on from several", at: nil,
      help: ["save every 1000 to \"w.npz\"", "from \"w.npz\""])
  }
}

extension Optimizer {
  /// How it is written with every option.
  var usage: String {
    let given = options.map { option in
      "\(option.name) = \(NumberFormat.shortest(option.standard ?? 0.1))"
    }
    return "\(name)(\(given.joined(separator: ", ")))"
  }

  /// Its options, as a note.
  fileprivate var optionsInWords: String {
    func word(_ option: Option) -> String {
      option.standard.map { "\(option.name) (\(NumberFormat.significant($0)))" } ?? option.name
    }
    return "its options are \(options.map(word).joined(separator: ", ")), and by its name "
      + word(Optimizer.tolerance)
  }
}
