/// The reverse sweep, told in a notation.
extension StoryTeller {
  /// How many terms may stand on one line.
  private static let termLimit = 4

  /// The lines of a trace.
  ///
  /// - Parameter rows: whether adjoints are printed transposed, as handouts do.
  func reverse(_ trace: Trace, rows: Bool) -> [Story.Line] {
    let partials = Partials(trace)
    if notation == .delta { return pseudoCode(trace, partials, rows: rows) }
    let elided = Elision(trace.steps.map(\.slot), in: trace.straight)
    var lines: [Story.Line] = []
    for (index, step) in trace.steps.enumerated()
    where elided.isShown(index) && !Kernel.isStopped {
      var told = self.lines(of: step, partials, rows: rows)
      if !told.isEmpty { told[0].note = elided.note(before: index) }
      lines += told
    }
    return lines
  }

  private func line(_ slot: Slot, _ elements: [Double]?, rows: Bool) -> Story.Line {
    let shape = list.shape(slot)
    let line = Story.Line(left: names.adjoint(slot), shape: shape, elements: elements)
    return rows ? line.turned : line
  }

  private func lines(
    of step: Trace.Step, _ partials: Partials, rows: Bool
  ) -> [Story.Line] {
    var line = line(step.slot, step.value, rows: rows)
    if notation == .standard, !labels.adjoint(step.slot, of: names.output).contains("/") {
      line.forms.append(names.quotient(step.slot))
    }
    guard !step.contributions.isEmpty else { return [line] }
    let isShort = step.contributions.count <= Self.termLimit && line.shape.isScalar
    guard step.contributions.count == 1 || isShort else {
      line.elements = nil
      return [line] + sums(step, rows: rows)
    }
    let terms = step.contributions
    line.forms += [chain(terms, to: step.slot)].compactMap { $0 }
    if let rule = rule(terms, rows: rows) { line.forms.append(rule) }
    if notation == .leibniz, let numbers = numbers(terms, partials) { line.forms.append(numbers) }
    return [line]
  }

  /// The lines that add the terms of an adjoint up, as the sweep does.
  private func sums(_ step: Trace.Step, rows: Bool) -> [Story.Line] {
    let sources = step.contributions.map { $0.sources.last ?? step.slot }
    let elided = Elision(sources, in: straight)
    return step.contributions.indices.filter { elided.isShown($0) }.mapUntilStopped { index in
      let term = step.contributions[index]
      var line = line(step.slot, term.total, rows: rows)
      line.sign = "+="
      line.forms = [chain([term], to: step.slot), rule([term], rows: rows)].compactMap { $0 }
      line.note = elided.note(before: index)
      return line
    }
  }

  /// The chain rule; nothing where the notation goes without.
  private func chain(_ terms: [Trace.Contribution], to operand: Slot) -> Markup? {
    guard notation != .bar else { return nil }
    let parts = terms.flatMap { term in
      term.sources.map { source in
        let adjoint = names.adjoint(source)
        switch notation {
        case .names:
          let operation = FormulaWriter.name(
            of: list.primitive(source), operands: list.operands(source).map { list.shape($0) },
            result: list.shape(source))
          return adjoint + form.between("·")
            + form.derivative(
              of: form.operation(operation), by: names.value(operand), isName: true)
        case .leibniz:
          return adjoint + form.between("·") + names.partial(source, by: operand)
        default: return adjoint + form.blank + names.partial(source, by: operand)
        }
      }
    }
    return equal(parts, "+")
  }

  private func rule(_ terms: [Trace.Contribution], rows: Bool) -> Markup? {
    var parts: [Markup] = []
    for (index, term) in terms.enumerated() {
      guard let formula = term.formula else { return nil }
      let written = writer.written(rows ? formula.inRows : formula)
      parts.append(written.parenthesized(if: index > 0 && written.startsWithMinus, in: form))
    }
    return equal(parts, "+")
  }

  /// The terms with their numbers: `12 · 1`.
  private func numbers(_ terms: [Trace.Contribution], _ partials: Partials) -> Markup? {
    var sum: Term?
    for term in terms {
      guard let numbers = partials.numbers(term),
        let product = try? Term.apply(.mul, [.number(numbers.bar), .number(numbers.partial)])
      else { return nil }
      sum = try? Term.sum(sum, product)
    }
    return sum.map { writer.write($0) }
  }

  // MARK: pseudo-code

  /// The sweep as the algorithm goes: entry by entry, operand by operand.
  private func pseudoCode(_ trace: Trace, _ partials: Partials, rows: Bool) -> [Story.Line] {
    var lines: [Story.Line] = []
    var visits: [(term: Trace.Contribution, operand: Slot, before: [Double]?)] = []
    for step in trace.steps {
      if step.contributions.isEmpty { lines.append(line(step.slot, step.value, rows: rows)) }
      var before: [Double]?
      for term in step.contributions {
        visits.append((term, step.slot, before))
        before = term.total
      }
    }
    visits.sort { first, second in
      let (a, b) = (first.term.sources.last ?? Slot(0), second.term.sources.last ?? Slot(0))
      return a != b ? a > b : first.term.index < second.term.index
    }
    let elided = Elision(visits.map { $0.term.sources.last ?? $0.operand }, in: straight)
    for (index, visit) in visits.enumerated()
    where elided.isShown(index) && !Kernel.isStopped {
      var told = self.visit(visit.term, visit.operand, visit.before, partials, rows: rows)
      told[0].note = elided.note(before: index)
      lines += told
    }
    return lines
  }

  private func visit(
    _ term: Trace.Contribution, _ operand: Slot, _ before: [Double]?, _ partials: Partials,
    rows: Bool
  ) -> [Story.Line] {
    var line = line(operand, term.total, rows: rows)
    let start = before == nil ? form.number("0") : line.left
    guard let source = term.sources.last, let numbers = partials.numbers(term) else {
      line.forms = [
        equal([before == nil ? start : line.left, rule([term], rows: rows) ?? Markup()], "+")
      ]
      return [line]
    }
    let op = form.name("op\(term.index + 1)", .name)
    var slope = Story.Line(left: op, elements: [numbers.partial])
    let operands = list.operands(source).map { operand -> Term in
      .number(straight.values.view(operand, in: list)?.number ?? .nan)
    }
    let call = operands.map { writer.write($0) }
    slope.forms = [
      form.words("DG[\(FormulaWriter.name(of: list.primitive(source)))][\(term.index + 1)]")
        + form.parentheses(call.joined(by: form.comma))
    ]
    let known = Term.number(before?.first ?? 0)
    let product = equal(
      [writer.write(.number(numbers.bar)), writer.write(.number(numbers.partial))], "*")
    line.forms = [
      equal([line.left, names.adjoint(source) + form.between("*") + op], "+"),
      equal([writer.write(known), product], "+"),
    ]
    return [slope, line]
  }
}

/// The numbers of the partials of a trace.
struct Partials {
  private var values: [Term: Double] = [:]
  private var adjoints: [Slot: Double] = [:]

  init(_ trace: Trace) {
    for step in trace.steps { adjoints[step.slot] = step.value.first }
    var straight = trace.straight
    var places: [Term: Slot] = [:]
    for step in trace.steps where !Kernel.isStopped {
      for term in step.contributions {
        guard let partial = Self.parts(term)?.partial, places[partial] == nil,
          let slot = try? straight.list.append(partial)
        else { continue }
        places[partial] = slot
      }
    }
    straight.describe(turn: nil)
    guard (try? straight.run()) != nil else { return }
    for (term, slot) in places {
      values[term] = straight.values.view(slot, in: straight.list)?.number
    }
  }

  /// The adjoint and the partial of a term that is their product.
  private static func parts(_ term: Trace.Contribution) -> (bar: Slot, partial: Term)? {
    guard let formula = term.formula, formula.isOfScalars,
      case .apply(let row, let parts, _) = formula.kind, row.identity.product == [1, 1],
      parts.count == 2, case .adjoint(let bar) = parts[0].kind
    else { return nil }
    return (bar, parts[1])
  }

  /// The numbers of a term; nil where it is no product of numbers.
  func numbers(_ term: Trace.Contribution) -> (bar: Double, partial: Double)? {
    guard let (bar, partial) = Self.parts(term), let value = values[partial],
      let adjoint = adjoints[bar]
    else { return nil }
    return (adjoint, value)
  }
}

extension Story.Line {
  /// With the array transposed.
  var turned: Story.Line {
    guard shape.rank == 2 else { return self }
    var line = self
    line.shape = Shape(shape.extents.reversed())
    line.elements = elements.map { elements in
      (0..<shape[1]).flatMap { column in
        (0..<shape[0]).map { elements[$0 * shape[1] + column] }
      }
    }
    return line
  }
}
