/// For whom a formula is written: how its parts are put together.
///
/// What the parts are, and where brackets stand, is for the `FormulaWriter`.
enum FormulaForm: Sendable {
  /// Printouts: `2 z2`, `w2ᵀ`, `a ⊙ b`.
  case text
  /// Programs of the language: `2 * z2`, `w2.T`, `a * b`.
  case program
  /// LaTeX's mathematics: `2 z_{2}`, `w_{2}^{\top}`, `a \odot b`.
  case latex
  /// MathML, without `<math>` around it.
  case mathml

  /// Whether powers are raised and fractions stacked.
  var isTypeset: Bool { self == .latex || self == .mathml }

  // MARK: signs

  func sign(_ language: String, _ text: String, _ latex: String) -> String {
    switch self {
    case .program: language
    case .text, .mathml: text
    case .latex: latex
    }
  }

  /// A sign in front.
  func sign(_ symbol: String) -> Markup {
    self == .mathml ? element("mo", MathML.sign(symbol)) : Markup(symbol, .operation)
  }

  /// A sign between two operands; where there is none, a blank.
  func between(_ symbol: String) -> Markup {
    guard !symbol.isEmpty else { return blank }
    switch self {
    case .text, .program: return Markup(" \(symbol) ", .operation)
    case .latex: return Markup(" \(LaTeX.signs[symbol] ?? symbol) ", .operation)
    case .mathml: return element("mo", MathML.sign(symbol))
    }
  }

  /// What stands between factors without a sign.
  var blank: Markup {
    switch self {
    case .text, .program: Markup(" ")
    case .latex: Markup(#"\,\allowbreak "#)
    case .mathml: element("mo", "\u{2062}")
    }
  }

  var comma: Markup {
    switch self {
    case .text, .program: Markup(", ")
    case .latex: Markup(#", \allowbreak "#)
    case .mathml: element("mo", ",")
    }
  }

  var prime: Markup { self == .mathml ? element("mo", "′") : Markup("'") }

  /// The signs between two arrays, by those between numbers.
  var arraySigns: [String: String] { self == .latex ? Self.latexSigns : Self.textSigns }
  private static let textSigns = signs { text, _ in text }
  private static let latexSigns = signs { _, latex in latex }

  private static func signs(_ pick: (String, String) -> String) -> [String: String] {
    var signs: [String: String] = [:]
    for row in Catalogue.all {
      if let forArrays = row.forArrays, case .infix(_, let text, let latex, _) = row.notation,
        case .infix(_, let arrayText, let arrayLatex, _) = forArrays().notation
      {
        signs[pick(text, latex)] = pick(arrayText, arrayLatex)
      }
    }
    return signs
  }

  // MARK: parts

  func number(_ digits: String) -> Markup {
    switch self {
    case .text, .program: Markup(digits, .number)
    case .latex: Markup(LaTeX.number(digits), .number)
    case .mathml: MathML.number(digits)
    }
  }

  /// Text of the language inside a formula: indices, options.
  func words(_ text: String) -> Markup {
    switch self {
    case .text, .program: Markup(text)
    case .latex: Markup(LaTeX.words(text))
    case .mathml: element("mtext", MathML.escaped(text))
    }
  }

  /// The name of an entry.
  func name(_ name: String, _ role: Markup.Role = .name) -> Markup {
    switch self {
    case .text, .program: Markup(name, role)
    case .latex: Markup(LaTeX.name(name), role)
    case .mathml: Markup(MathML.name(name), role)
    }
  }

  /// The name of an operation, in front of its operands.
  func function(_ name: String, _ notation: Notation) -> Markup {
    var command: String?
    if case .function(let latex) = notation { command = latex }
    switch self {
    case .text, .program: return Markup(name, .name)
    case .latex: return Markup(command ?? LaTeX.operation(name))
    case .mathml:
      let sign = command.flatMap { MathML.characters[$0] } ?? name
      return element("mi", MathML.escaped(sign)) + element("mo", "\u{2061}")
    }
  }

  func parentheses(_ inner: Markup) -> Markup {
    self == .mathml
      ? row(element("mo", "(") + inner + element("mo", ")")) : Markup("(") + inner + Markup(")")
  }

  func power(_ base: Markup, _ exponent: Markup) -> Markup {
    switch self {
    case .text, .program: base + Markup("^", .operation) + exponent
    case .latex: braced(base) + Markup("^") + braced(exponent)
    case .mathml: element("msup", row(base) + row(exponent))
    }
  }

  func transposed(_ base: Markup) -> Markup {
    switch self {
    case .text: base + Markup("ᵀ", .operation)
    case .program: base + Markup(".T", .operation)
    case .latex: braced(base) + Markup(#"^{\top}"#)
    case .mathml: element("msup", row(base) + element("mo", "⊤"))
    }
  }

  /// A sign above the line: `A⁻¹`.
  func raised(_ base: Markup, _ sign: String, _ latex: String) -> Markup {
    switch self {
    case .text, .program: base + Markup(sign, .operation)
    case .latex: braced(base) + Markup("^{\(latex)}")
    case .mathml: element("msup", row(base) + row(MathML.number(latex)))
    }
  }

  func fraction(_ above: Markup, _ below: Markup) -> Markup {
    switch self {
    case .text, .program: above + Markup(" / ", .operation) + below
    case .latex: Markup(#"\frac"#) + braced(above) + braced(below)
    case .mathml: element("mfrac", row(above) + row(below))
    }
  }

  /// The operand between two pieces of LaTeX: a root, bars.
  func enclosed(_ open: String, _ inner: Markup, _ close: String) -> Markup {
    guard self == .mathml else { return Markup(open) + inner + Markup(close) }
    if open == #"\sqrt{"# { return element("msqrt", inner) }
    return row(
      element("mo", MathML.characters[open.trimmed] ?? "|") + inner
        + element("mo", MathML.characters[close.trimmed] ?? "|"))
  }

  /// `dz2/dx1`.
  func derivative(of whole: Markup, by name: Markup, isName: Bool) -> Markup {
    switch self {
    case .text, .program:
      Markup("d", .adjoint) + whole + Markup("/d", .adjoint) + name
    case .latex:
      Markup(#"\frac{\mathrm{d} "#) + whole + Markup(#"}{\mathrm{d} "#) + name + Markup("}")
    case .mathml:
      element(
        "mfrac", row(element("mi", "d") + whole) + row(element("mi", "d") + name))
    }
  }

  /// `dz1`, the change of an entry.
  func differential(_ name: String) -> Markup {
    switch self {
    case .text, .program: Markup("d" + name, .tangent)
    case .latex: Markup(#"\mathrm{d}"# + LaTeX.name(name), .tangent)
    case .mathml: Markup("<mrow><mi>d</mi>" + MathML.name(name) + "</mrow>", .tangent)
    }
  }

  /// The name of an operation by itself.
  func operation(_ name: String) -> Markup {
    switch self {
    case .text, .program: Markup(" " + name)
    case .latex: Markup(LaTeX.operation(name))
    case .mathml: element("mi", MathML.escaped(name))
    }
  }

  /// Words and signs inside a formula for which there is no operation.
  func phrase(_ words: String) -> Markup {
    switch self {
    case .text, .program: Markup(words, .operation)
    case .latex: Markup(#"\text{"# + LaTeX.words(words, in: nil, blank: " ") + #"}\allowbreak "#)
    case .mathml: element("mtext", MathML.escaped(words))
    }
  }

  /// Words beside a formula.
  func reason(_ words: String) -> Markup {
    switch self {
    case .text, .program: Markup(words, .comment)
    case .latex: Markup(#"\text{"# + LaTeX.words(words, in: nil, blank: " ") + "}")
    case .mathml: element("mtext", MathML.escaped(words))
    }
  }

  private func braced(_ inner: Markup) -> Markup { Markup("{") + inner + Markup("}") }

  // MARK: MathML

  private func element(_ tag: String, _ text: String) -> Markup {
    Markup("<\(tag)>\(text)</\(tag)>")
  }

  private func element(_ tag: String, _ inner: Markup) -> Markup {
    Markup("<\(tag)>") + inner + Markup("</\(tag)>")
  }

  private func row(_ inner: Markup) -> Markup { element("mrow", inner) }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmed: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
