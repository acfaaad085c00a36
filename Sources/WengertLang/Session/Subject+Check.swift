/// `check` and its kin: whether a derivative can be trusted.
extension Subject {
  /// The verdict for each input.
  mutating func check() throws(Refusal) -> Printout {
    if options.contains("in"), words["in"] != "full" {
      throw Refusal(diagnostic: .unknownWord(words["in"] ?? "in", ["in full"], at: span))
    }
    var complaint: Diagnostic?
    var printout = try explained { subject throws(ExplanationError) in
      let check = try GradientCheck.make(
        of: subject.output, wrt: subject.targets, in: subject.list, symbols: subject.symbols)
      let renderer = CheckRenderer(
        digits: subject.settings.digits, width: subject.settings.width,
        isFull: subject.options.contains("full") || subject.words["in"] == "full",
        sources: subject.sources)
      if check.isWrong { complaint = subject.complaint(about: check) }
      return Printout(markup: renderer.render(check), json: renderer.json(check))
    }
    printout.complaint = complaint
    return printout
  }

  /// What rounding may move the value by.
  mutating func errors() throws(Refusal) -> Printout {
    try needsOneNumber()
    return try explained { subject throws(ExplanationError) in
      let straight = try StraightList(subject.list, roots: [subject.output])
      guard let output = straight.places[subject.output] else { throw .notThere }
      // Of a loop that is too long to be written out the rounding is not known, and not 0.
      guard !straight.hasLoops(output) else { throw .notWrittenOut }
      var bound = try RoundingBound(straight, output: output, weights: [1], depth: .each)
      try bound.weighKinks()
      let jumps = bound.shares.filter(\.isAtJump).map(\.slot)
      let labels = Labels(straight, roots: [output] + jumps, symbols: subject.symbols)
      let renderer = ErrorsRenderer(digits: subject.settings.digits, width: subject.settings.width)
      return Printout(
        markup: renderer.render(bound, labels), json: renderer.json(bound, labels))
    }
  }

  /// Where a number stops being finite, where a gradient becomes zero, how it grows along a loop.
  mutating func why() throws(Refusal) -> Printout {
    return try explained { subject throws(ExplanationError) in
      let reasons = try Reasons.make(
        of: subject.output, wrt: subject.targets, in: subject.list, symbols: subject.symbols)
      let renderer = ReasonsRenderer(
        digits: subject.settings.digits, width: subject.settings.width,
        sources: subject.sources)
      var markup = renderer.render(reasons)
      if let growth = reasons.growth, let drawing = subject.drawing(growth) {
        markup += Markup("\n") + drawing
      }
      return Printout(markup: markup, json: renderer.json(reasons))
    }
  }

  /// The size of the adjoint turn by turn.
  private func drawing(_ growth: Reasons.Growth) -> Markup? {
    var chart = Chart(title: "size of the adjoint, turn by turn")
    let points = growth.norms.enumerated().map {
      Chart.Point(x: Double($0.offset + 1), y: $0.element)
    }
    chart.series = [Chart.Series(label: "", points: points)]
    chart.y.isLogarithmic = true
    return ChartDrawing(width: min(settings.width, 72), height: 8).draw(chart)?.withoutLastBreak
  }

  private func complaint(about check: GradientCheck) -> Diagnostic {
    let wrong = check.inputs.first {
      if case .wrong = $0.verdict { return true }
      return false
    }
    let input = wrong ?? check.inputs.first { !$0.isSubgradient }
    let (y, x) = (
      check.name, input.map { check.labels.name($0.slot) } ?? "x"
    )
    return .wrongDerivative(y, x, isAtKink: wrong == nil, at: span)
  }
}
