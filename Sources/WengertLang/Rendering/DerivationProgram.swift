/// The closed form of a derivation as a program: `df_dx1 = 8*x1 + 4*x2`.
struct DerivationProgram {
  let derivation: Derivation

  init(_ derivation: Derivation) { self.derivation = derivation }

  /// What the closed form is called in it.
  var name: String { name(of: derivation.parts.last?.name ?? .number(0)) }

  /// The statements, one for each part of the closed form.
  func render() -> Markup {
    var text = Markup()
    var known: Set<Slot> = []
    for (name, value) in derivation.parts {
      for slot in derivation.unnamed(in: value) where known.insert(slot).inserted {
        guard let entry = derivation.entry(slot) else { continue }
        text.appendLine(Markup(derivation.name(slot) + " = ") + write(entry))
      }
      text.appendLine(Markup(self.name(of: name) + " = ") + write(value))
    }
    return text.withoutLastBreak
  }

  /// A formula in the language.
  func write(_ term: Term) -> Markup {
    FormulaWriter(form: .program) { kind in
      switch kind {
      case .value(let slot): Markup(derivation.name(slot))
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
