/// How a printout calls values and adjoints.
///
/// It is one axis; for whom it is written (`FormulaForm`), how it is laid out and in which colours
/// are others.
enum TraceNotation: String, CaseIterable, Sendable {
  /// Labels and names, each adjoint with its chain rule: `a4 = df/dz2 = a5 dv5/dv4 = a5 · 2 z2`.
  case standard
  /// The names of the program: `df/dz2 = df/df · d square/dz2 = df/df · 2 z2`.
  case names
  /// Labels alone: `a4 = a5 dv5/dv4 = a5 · 2 v4`.
  case labels
  /// The algorithm's pseudo-code: `delta[z2] = delta[z2] + delta[f] * op1 = 0 + 1 * 16`.
  case delta
  /// Leibniz's quotients with their numbers: `df/dz2 = df/df · df/dz2 = 1 · 16`.
  case leibniz
  /// A bar over the name: `z̄2 = f̄ · 2 z2`.
  case bar
}

/// What entries, adjoints and tangents are called in a notation, in some form.
struct TraceNames {
  let labels: Labels
  let output: Slot
  let notation: TraceNotation
  let form: FormulaForm

  func value(_ slot: Slot) -> Markup {
    form.name(notation == .labels ? labels.value(slot) : labels.name(slot), .name)
  }

  func adjoint(_ slot: Slot) -> Markup {
    switch notation {
    case .standard, .labels:
      let label = labels.adjoint(slot, of: output)
      return label.contains("/") ? quotient(slot) : form.name(label, .adjoint)
    case .names, .leibniz: return quotient(slot)
    case .delta: return form.delta(labels.name(slot))
    case .bar: return form.accented(labels.name(slot), .bar, .adjoint)
    }
  }

  /// The adjoint as a derivative: `df/dz2`.
  func quotient(_ slot: Slot) -> Markup {
    let isLabel = notation == .labels
    return form.derivative(
      of: form.name(isLabel ? labels.value(output) : labels.name(output), .adjoint),
      by: form.name(isLabel ? labels.value(slot) : labels.name(slot), .adjoint), isName: true)
  }

  func tangent(_ slot: Slot) -> Markup {
    notation == .bar
      ? form.accented(labels.name(slot), .dot, .tangent)
      : form.differential(notation == .labels ? labels.value(slot) : labels.name(slot))
  }

  /// Writes formulas in these names.
  func writer(digits: Int) -> FormulaWriter {
    var writer = FormulaWriter(form: form) { kind in
      switch kind {
      case .value(let slot): value(slot)
      case .adjoint(let slot): adjoint(slot)
      case .tangent(let slot): tangent(slot)
      default: Markup()
      }
    }
    writer.digits = digits
    return writer
  }

  /// The derivative of one entry by another, as the chain rule has it.
  func partial(_ source: Slot, by operand: Slot) -> Markup {
    let isLabel = notation == .standard || notation == .labels
    let names = [source, operand].map { isLabel ? labels.value($0) : labels.name($0) }
    return form.derivative(of: form.name(names[0]), by: form.name(names[1]), isName: true)
  }
}

/// A mark above a letter.
enum Accent: Sendable {
  case bar, dot

  /// The character that combines with the letter before it.
  var combining: String { self == .bar ? "\u{304}" : "\u{307}" }
  var latex: String { self == .bar ? "bar" : "dot" }
  var sign: String { self == .bar ? "¯" : "˙" }
}

extension FormulaForm {
  /// The name of an entry with a mark above its letter: `z̄2`.
  func accented(_ name: String, _ accent: Accent, _ role: Markup.Role) -> Markup {
    switch self {
    case .text, .program:
      guard let first = name.first else { return Markup() }
      return Markup(String(first) + accent.combining + name.dropFirst(), role)
    case .latex:
      let (base, indices) = NameParts.split(name)
      let stem = "\\\(accent.latex){\(LaTeX.name(base))}"
      return Markup(
        indices.isEmpty
          ? stem : stem + "_{\(LaTeX.words(indices.joined(separator: ","), in: nil))}",
        role)
    case .mathml:
      let (base, indices) = NameParts.split(name)
      let stem = "<mover>\(MathML.name(base))<mo>\(accent.sign)</mo></mover>"
      guard !indices.isEmpty else { return Markup(stem, role) }
      let index = MathML.escaped(indices.joined(separator: ","))
      return Markup("<msub>\(stem)<mrow><mtext>\(index)</mtext></mrow></msub>", role)
    }
  }

  /// `delta[z2]`.
  func delta(_ name: String) -> Markup {
    switch self {
    case .text, .program: Markup("delta[\(name)]", .adjoint)
    case .latex: Markup("\\delta[\(LaTeX.name(name))]", .adjoint)
    case .mathml:
      Markup(
        "<mrow><mi>δ</mi><mo>[</mo>\(MathML.name(name))<mo>]</mo></mrow>", .adjoint)
    }
  }
}
