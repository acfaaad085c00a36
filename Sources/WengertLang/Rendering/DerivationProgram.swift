/// The closed form of a derivation as a program: `df_dx1 = 8 * x1 + 4 * x2`.
struct DerivationProgram {
  let derivation: Derivation

  init(_ derivation: Derivation) { self.derivation = derivation }

  /// What the closed form is called in it.
  var name: String { name(of: derivation.parts.last?.name ?? .number(0)) }

  /// The statements of the closed form alone, one for each part of it.
  func render() -> Markup {
    var text = Markup()
    for (name, value) in derivation.parts {
      text.appendLine(Markup(self.name(of: name) + " = ") + write(value))
    }
    return text.withoutLastBreak
  }

  /// The inputs and entries that the closed form speaks of, and itself: a program that runs.
  ///
  /// nil for loops, whose derivation ends at a recurrence, for rules that a program defines, and
  /// for what the language has no formula for, as the estimator of `smooth`.
  func whole() -> Markup? {
    guard derivation.source.loops.isEmpty,
      !derivation.parts.contains(where: { $0.value.hasPhrase })
    else { return nil }
    var statements = Statements(program: self)
    for slot in needed() where !statements.define(slot) { return nil }
    for (name, value) in derivation.parts { statements.bind(self.name(of: name), value) }
    return statements.text.withoutLastBreak
  }

  /// The entries that the closed form speaks of, with all that they are made of.
  private func needed() -> [Slot] {
    var found: Set<Slot> = []
    var waiting: [Slot] = []
    func visit(_ term: Term) {
      switch term.kind {
      case .value(let slot): if found.insert(slot).inserted { waiting.append(slot) }
      case .apply(_, let parts, _): parts.forEach(visit)
      case .slope(_, let part): visit(part)
      default: return
      }
    }
    for (_, value) in derivation.parts { visit(value) }
    while let slot = waiting.popLast() {
      if let entry = derivation.entry(slot) { visit(entry) }
    }
    return found.sorted()
  }

  /// The statements of a program, one after the other.
  private struct Statements {
    let program: DerivationProgram
    var text = Markup()
    private var locals = 0

    init(program: DerivationProgram) { self.program = program }

    private var derivation: Derivation { program.derivation }

    /// Writes an entry whose operands are there; false where it has no text.
    mutating func define(_ slot: Slot) -> Bool {
      let list = derivation.list
      if list[slot].code == Code.input || list[slot].code == Code.number {
        input(derivation.name(slot), list.elements(slot), list.shape(slot))
        return true
      }
      guard let entry = derivation.entry(slot) else { return false }
      bind(derivation.name(slot), entry)
      return true
    }

    private mutating func input(_ name: String, _ elements: ArraySlice<Double>?, _ shape: Shape) {
      guard let elements else {
        return text.appendLine(Markup("input \(name)" + (shape.isScalar ? "" : ": \(shape)")))
      }
      let literal =
        shape.isScalar
        ? NumberFormat.literal(elements.first ?? .nan)
        : ArrayLayout.literal(elements, extents: shape.extents)
      text.appendLine(Markup("\(name) = \(literal)"))
    }

    /// Binds a name to a formula.
    mutating func bind(_ name: String, _ term: Term) {
      let lifted = lifted(term)
      text.appendLine(Markup(name + " = ") + program.write(lifted))
    }

    /// The formula with arrays in which a part is replaced made beforehand.
    private mutating func lifted(_ term: Term) -> Term {
      guard case .apply(let row, let parts, let statics) = term.kind else { return term }
      var inner: [Term] = []
      for part in parts { inner.append(lifted(part)) }
      let whole = Term(.apply(row, inner, statics), term.shape)
      guard let part = whole.part else { return whole }
      locals += 1
      let name = program.local(locals)
      text.appendLine(Markup("\(name) = ") + program.write(part.base))
      let place = FormulaWriter.indices(part.slices, of: part.base.shape)
      text.appendLine(Markup(name + place + " = ") + program.write(part.value))
      return Term(.local(locals), term.shape)
    }
  }

  fileprivate func local(_ number: Int) -> String { derivation.labels.fresh("part\(number)") }

  /// A formula in the language.
  func write(_ term: Term) -> Markup {
    FormulaWriter(form: .program) { kind in
      switch kind {
      case .value(let slot): Markup(derivation.name(slot))
      case .local(let number): Markup(local(number))
      default: Markup(name(of: Term(kind, .scalar)))
      }
    }.write(term)
  }

  private func name(of term: Term) -> String {
    let output = derivation.name(derivation.output)
    switch term.kind {
    case .derivative(let inner, let slot):
      guard case .value(let top) = inner.kind else { return "slope" }
      return derivation.labels.fresh("d\(derivation.name(top))_d\(derivation.name(slot))")
    case .adjoint(let slot): return derivation.labels.fresh("d\(output)_d\(derivation.name(slot))")
    case .tangent(let slot): return derivation.labels.fresh("d\(derivation.name(slot))")
    default: return "slope"
    }
  }
}
