/// Names, numbers and words as LaTeX has them.
enum LaTeX {
  /// A name: `z_{2}` for z2, `\sigma` for sigma, `\mathit{loss}` for loss.
  static func name(_ name: String) -> String {
    let (base, indices) = NameParts.split(name)
    let stem = NameParts.greek[base].map { "\\" + $0 } ?? letters(base)
    guard !indices.isEmpty else { return stem }
    return stem + "_{" + indices.map(index).joined(separator: ",") + "}"
  }

  private static func index(_ text: String) -> String {
    text.allSatisfy { $0.isASCII && ($0.isNumber || "+-{}".contains($0)) } || text.count == 1
      ? letters(text, in: nil) : letters(text, in: text.contains("-") ? nil : "mathit")
  }

  private static func letters(_ text: String, in font: String? = "mathit") -> String {
    var inside = ""
    for letter in text {
      switch letter {
      case "_": inside += #"\_"#
      case "{", "}": break
      case "'": inside += "'"
      case _ where letter.isASCII: inside.append(letter)
      default:
        inside +=
          NameParts.greek[String(letter)].map { "\\" + $0 + " " }
          ?? letter.unicodeScalars.map { "\\mathrm{u\(String($0.value, radix: 16))}" }.joined()
      }
    }
    guard let font, text.count > 1 else { return inside }
    return "\\\(font){\(inside)}"
  }

  /// The commands for signs of printouts that are none of a row.
  static let signs: [String: String] = [
    "·": #"\cdot"#, "+=": #"\mathrel{+}="#, "→": #"\to"#, "%": #"\bmod"#, "⊙": #"\odot"#,
    "*": "*",
  ]

  /// The name of an operation: `\operatorname{colsum}`.
  static func operation(_ name: String) -> String {
    #"\operatorname{"# + words(name, in: nil) + "}"
  }

  /// Digits, with an exponent of ten where there is one.
  static func number(_ digits: String) -> String {
    switch digits {
    case "inf": return #"\infty"#
    case "-inf": return #"-\infty"#
    case "nan": return #"\mathrm{nan}"#
    default: break
    }
    let parts = digits.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return digits }
    return "\(parts[0]) \\cdot 10^{\(exponent)}"
  }

  /// Text of the language.
  static func words(
    _ text: String, in font: String? = "mathtt", blank: String = "\\ "
  ) -> String {
    var escaped = ""
    for letter in text {
      switch letter {
      case "_", "#", "$", "%", "&", "{", "}": escaped += "\\" + String(letter)
      case " ": escaped += blank
      case "\\": escaped += #"\backslash "#
      case "^": escaped += #"\hat{}"#
      case "~": escaped += #"\sim "#
      case _ where letter.isASCII: escaped.append(letter)
      default: escaped += raised[letter] ?? greek(letter) ?? "?"
      }
    }
    return font.map { "\\\($0){\(escaped)}" } ?? escaped
  }
}

extension LaTeX {
  /// Signs of printouts inside of text.
  private static let raised: [Character: String] = [
    "ᵀ": #"$^{\top}$"#, "⁻": "$^{-}$", "¹": "$^{1}$", "²": "$^{2}$", "·": #"$\cdot$"#,
    "±": #"$\pm$"#, "∂": #"$\partial$"#, "⊙": #"$\odot$"#, "…": "...", "√": #"$\surd$"#,
    "→": #"$\to$"#, "ᵢ": "$_{i}$", "∫": #"$\int$"#, "−": "$-$", "×": #"$\times$"#,
  ]

  private static func greek(_ letter: Character) -> String? {
    NameParts.greek[String(letter)].map { "$\\\($0)$" }
  }
}

/// A name taken apart into its letters and its indices.
enum NameParts {
  /// `z2` is z and 2, `Z1a` is Z and 1a, `w_1_2` is w, 1 and 2.
  static func split(_ name: String) -> (base: String, indices: [String]) {
    var pieces = name.split(separator: "_", omittingEmptySubsequences: true).map(String.init)
    guard let first = pieces.first else { return (name, []) }
    pieces.removeFirst()
    let digits = first.firstIndex { $0.isNumber }
    guard let digits, digits > first.startIndex else { return (first, pieces) }
    let tail = first[digits...]
    guard tail.count(where: \.isLetter) < 2 else { return (first, pieces) }
    return (String(first[..<digits]), [subscripts(tail)] + pieces)
  }

  private static func subscripts(_ text: Substring) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          (0x2080...0x2089).contains($0.value)
            ? Unicode.Scalar(UInt8($0.value - 0x2080 + 0x30)) : $0
        }))
  }

  /// Greek letters by name and as characters, with LaTeX's command for each.
  static let greek: [String: String] = {
    let letters: [(String, String)] = [
      ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"),
      ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"),
      ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"), ("pi", "π"), ("rho", "ρ"),
      ("sigma", "σ"), ("tau", "τ"), ("phi", "φ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"),
      ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"),
      ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"),
    ]
    var table: [String: String] = [:]
    for (name, character) in letters {
      table[name] = name
      table[character] = name
    }
    return table
  }()

  /// The character of a Greek letter's name.
  static let characters: [String: String] = Dictionary(
    uniqueKeysWithValues: greek.compactMap { key, name in
      key == name ? nil : (name, key)
    })
}
