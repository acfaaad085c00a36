/// Stories of the printouts.
extension Story {
  /// How a story is asked for.
  struct Wish: Sendable {
    var notation = TraceNotation.standard
    var digits = 6
    /// Whether adjoints are printed transposed.
    var rows = false
    /// The command, in words.
    var title = ""
  }

  static func list(_ listing: Listing, values: Bool, _ wish: Wish, _ form: FormulaForm) -> Story {
    let teller = StoryTeller(
      listing.straight, listing.labels, listing.output, wish.notation, form, digits: wish.digits)
    return Story(
      title: wish.title,
      sections: [
        Section(title: values ? "forward" : "list", lines: teller.entries(values: values))
      ],
      form: form)
  }

  static func trace(_ trace: Trace, _ wish: Wish, _ form: FormulaForm) -> Story {
    let teller = StoryTeller(
      trace.straight, trace.labels, trace.output, wish.notation, form, digits: wish.digits)
    return Story(
      title: wish.title,
      sections: [
        Section(title: "forward", lines: teller.entries(values: true)),
        Section(title: "reverse", lines: teller.reverse(trace, rows: wish.rows)),
      ], form: form)
  }

  static func tangent(_ trace: TangentTrace, _ wish: Wish, _ form: FormulaForm) -> Story {
    let teller = StoryTeller(
      trace.straight, trace.labels, trace.output, wish.notation, form, digits: wish.digits)
    let tangents = trace.steps.mapUntilStopped { step -> Line in
      var line = Line(
        left: teller.names.tangent(step.slot), shape: trace.straight.list.shape(step.slot),
        elements: step.tangent)
      let terms = step.terms.compactMap { $0 }
      if !terms.isEmpty, terms.count == step.terms.count {
        var parts: [Markup] = []
        for (index, term) in terms.enumerated() {
          let part = teller.writer.written(term)
          parts.append(part.parenthesized(if: index > 0 && part.startsWithMinus, in: form))
        }
        line.forms = [teller.equal(parts, "+")]
      }
      return line
    }
    return Story(
      title: wish.title,
      sections: [
        Section(title: "forward", lines: teller.entries(values: true)),
        Section(title: "tangents", lines: tangents),
      ], form: form)
  }

  static func derivations(
    _ derivations: [Derivation], _ wish: Wish, _ form: FormulaForm
  ) -> Story {
    let sections = derivations.map { derivation in
      let words = DerivationWords(derivation, form: form, wish.notation)
      let title = DerivationWords(derivation, form: .text)
        .write(derivation.parts.last?.name ?? .number(0)).plain
      let lines = derivation.steps.mapUntilStopped { step in
        Line(
          left: words.write(step.left), forms: words.pieces(step), shape: step.left.shape,
          reason: words.reason(step.reason))
      }
      return Section(title: title, lines: lines)
    }
    return Story(title: wish.title, sections: sections, form: form)
  }
}

extension Story.Wish {
  /// The files that a printout can be written to.
  func files(
    _ make: @escaping (Story.Wish, FormulaForm) -> Story
  ) -> [String: () -> String] {
    [
      ".tex": { StoryLaTeX(digits: digits).document(make(self, .latex)) },
      ".md": { StoryMarkdown(digits: digits).document(make(self, .text)) },
      ".html": { StoryHTML(digits: digits).document(make(self, .mathml)) },
    ]
  }
}
