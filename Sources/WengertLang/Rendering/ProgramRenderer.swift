/// Derivative lists as programs of the language: every line runs, and gives the same numbers.
struct ProgramRenderer {
  func render(_ program: AdjointProgram) -> Markup { ProgramWriting(program).text() }
}

struct ProgramWriting {
  let program: AdjointProgram
  let labels: Labels
  let list: List
  private let output: String
  /// How many terms of an adjoint may stand on one line.
  private static let termLimit = 8

  init(_ program: AdjointProgram) {
    self.program = program
    labels = program.labels
    list = program.straight.list
    output = labels.name(program.output)
  }

  func text() -> Markup {
    var text = Markup()
    text.appendLine(comment("the gradient of \(output): its entries, then the sweep"))
    if program.straight.isUnrolled {
      text.appendLine(comment("loops are written out turn by turn, branches as they were taken"))
    }
    for statement in program.forward where !Kernel.isStopped { write(statement, to: &text) }
    text.appendLine(comment("the sweep, from \(output) down"))
    for statement in program.reverse where !Kernel.isStopped { write(statement, to: &text) }
    text.appendLine(comment("the gradient"))
    for target in program.targets {
      text.appendLine(
        Markup("print ", .keyword)
          + Markup("\"d\(output)/d\(labels.name(target)) =\"", .string)
          + Markup(", \(adjoint(target))"))
    }
    return text.withoutLastBreak
  }

  private func comment(_ words: String) -> Markup { Markup("# " + words, .comment) }

  func adjoint(_ slot: Slot) -> String {
    labels.fresh("d\(output)_d\(labels.name(slot))")
  }

  func local(_ number: Int) -> String { labels.fresh("part\(number)") }

  var writer: FormulaWriter {
    FormulaWriter(form: .program) { kind in
      switch kind {
      case .value(let slot): Markup(labels.name(slot), .name)
      case .adjoint(let slot): Markup(adjoint(slot), .adjoint)
      case .local(let number): Markup(local(number), .name)
      default: Markup()
      }
    }
  }

  func bind(_ name: String, _ value: Markup) -> Markup { Markup(name + " = ") + value }

  private func write(_ statement: AdjointProgram.Statement, to text: inout Markup) {
    switch statement {
    case .rule(let custom, let value, let parts):
      text.appendLine(rule(custom, value, parts))
    case .held(let step): for line in lines(of: step) { text.appendLine(line) }
    case .input(let slot): text.appendLine(input(slot))
    case .entry(let slot):
      if let entry = entry(slot) { text.appendLine(entry) }
    case .local(let number, let base, let slices, let value):
      let name = local(number)
      text.appendLine(bind(name, writer.write(base)))
      text.appendLine(
        Markup(name + FormulaWriter.indices(slices, of: base.shape) + " = ") + writer.write(value))
    case .seed(let slot):
      let shape = list.shape(slot)
      let ones = Array(repeating: 1.0, count: shape.count)
      text.appendLine(bind(adjoint(slot), literal(ones, shape)))
    case .adjoint(let slot, let terms) where terms.count > Self.termLimit:
      for (index, term) in terms.enumerated() {
        text.appendLine(Markup(adjoint(slot) + (index == 0 ? " = " : " += ")) + writer.write(term))
      }
    case .adjoint(let slot, let terms): text.appendLine(bind(adjoint(slot), sum(terms, slot)))
    }
  }

  private func sum(_ terms: [Term], _ slot: Slot) -> Markup {
    guard let first = terms.first else {
      let shape = list.shape(slot)
      return literal(Array(repeating: 0, count: shape.count), shape)
    }
    return terms.dropFirst().reduce(writer.write(first)) { sum, term in
      let part = writer.written(term)
      return sum + Markup(" + ", .operation)
        + part.parenthesized(if: part.precedence <= .sum || part.startsWithMinus)
    }
  }

  func literal(_ elements: some RandomAccessCollection<Double>, _ shape: Shape) -> Markup {
    if shape.isScalar { return Markup(NumberFormat.literal(elements.first ?? .nan), .number) }
    if shape.count == 0 {
      return writer.write(Term(.apply(.zeros, [], shape.extents), shape))
    }
    return Markup(ArrayLayout.literal(elements, extents: shape.extents), .number)
  }

  private func input(_ slot: Slot) -> Markup {
    let shape = list.shape(slot)
    guard let elements = list.elements(slot) else {
      let type = shape.isScalar ? "" : ": " + shape.description
      return Markup("input ", .keyword) + Markup(labels.name(slot) + type)
    }
    return bind(labels.name(slot), literal(elements, shape))
  }

  private func entry(_ slot: Slot) -> Markup? {
    let name = labels.name(slot)
    if case .custom(let custom)? = list.structure(slot) {
      var call = Markup(custom.name + "(")
      for (index, operand) in list.operands(slot).enumerated() {
        if index > 0 { call += Markup(", ") }
        call += writer.write(.value(operand, in: list))
      }
      return bind(name, call + Markup(")"))
    }
    guard let term = Term.entry(slot, in: list) else { return nil }
    guard let part = term.part else { return bind(name, writer.call(term)) }
    var text = Markup()
    text.appendLine(bind(name, writer.write(part.base)))
    return text + Markup(name + FormulaWriter.indices(part.slices, of: part.base.shape) + " = ")
      + writer.write(part.value)
  }

  /// The rule that the user wrote: `rule cube(a) = a^3 { d/da = 3 * a^2 }`.
  private func rule(
    _ custom: Custom, _ value: Formula, _ parts: [(isPartial: Bool, formula: Formula)?]
  ) -> Markup {
    let writer = FormulaWriter(form: .program) { kind in
      switch kind {
      case .value(let slot) where custom.parameterNames.indices.contains(slot.place):
        Markup(custom.parameterNames[slot.place])
      case .value: Markup(custom.name)
      default: Markup("bar")
      }
    }
    func write(_ formula: Formula) -> Markup {
      let operands = custom.parameterNames.indices.map {
        Term(.value(Slot($0)), custom.value.shape(custom.value.parameters[$0]))
      }
      let shape = custom.value.results.first.map { custom.value.shape($0) } ?? .scalar
      let term = try? Term(
        formula, operands: operands,
        result: Term(.value(Slot(custom.parameterNames.count)), shape),
        bar: Term(.adjoint(Slot(0)), shape))
      return term.map { writer.write($0) } ?? Markup()
    }
    var text = Markup("rule ", .keyword)
    text += Markup("\(custom.name)(\(custom.parameterNames.joined(separator: ", "))) = ")
    text += write(value) + Markup(custom.isUnchecked ? " unchecked { " : " { ")
    var isFirst = true
    for (name, part) in zip(custom.parameterNames, parts) {
      guard let part else { continue }
      if !isFirst { text += Markup("; ") }
      text += Markup(part.isPartial ? "d/d\(name) = " : "bar \(name) = ") + write(part.formula)
      isFirst = false
    }
    return text + Markup(" }")
  }
}
