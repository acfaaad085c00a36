/// Names, numbers and signs as MathML has them.
enum MathML {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for letter in text {
      switch letter {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(letter)
      }
    }
    return escaped
  }

  /// A name, its digits as an index.
  static func name(_ name: String) -> String {
    let (base, indices) = NameParts.split(name)
    let stem = "<mi>\(escaped(NameParts.characters[base] ?? base))</mi>"
    guard !indices.isEmpty else { return stem }
    return "<msub>\(stem)<mrow>\(indices.map(index).joined(separator: "<mo>,</mo>"))</mrow></msub>"
  }

  private static func index(_ text: String) -> String {
    let inside = text.filter { $0 != "{" && $0 != "}" }
    if inside.allSatisfy(\.isNumber) { return "<mn>\(inside)</mn>" }
    let parts = inside.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map { part in
      part.allSatisfy(\.isNumber) ? "<mn>\(part)</mn>" : "<mi>\(escaped(String(part)))</mi>"
    }.joined(separator: "<mo>−</mo>")
  }

  /// A number, its minus as an operator.
  static func number(_ digits: String) -> Markup {
    let isNegative = digits.hasPrefix("-")
    let size = isNegative ? String(digits.dropFirst()) : digits
    let minus = isNegative ? "<mo>−</mo>" : ""
    let parts = size.split(separator: "e")
    if parts.count == 2, let exponent = Int(parts[1]) {
      let power = "<msup><mn>10</mn><mrow>\(number(String(exponent)).plain)</mrow></msup>"
      return Markup("\(minus)<mn>\(parts[0])</mn><mo>·</mo>\(power)")
    }
    return Markup(minus + (size == "inf" ? "<mi>∞</mi>" : "<mn>\(size)</mn>"))
  }

  /// A sign of the printouts as a character of mathematics.
  static func sign(_ sign: String) -> String {
    switch sign {
    case "-": "−"
    default: escaped(sign)
    }
  }

  /// The characters of LaTeX's commands that rows name.
  static let characters: [String: String] = [
    #"\exp"#: "exp", #"\log"#: "log", #"\sin"#: "sin", #"\cos"#: "cos", #"\tan"#: "tan",
    #"\sinh"#: "sinh", #"\cosh"#: "cosh", #"\tanh"#: "tanh", #"\arcsin"#: "arcsin",
    #"\arccos"#: "arccos", #"\arctan"#: "arctan", #"\sigma"#: "σ", #"\Gamma"#: "Γ",
    #"\operatorname{tr}"#: "tr", #"\left|"#: "|", #"\right|"#: "|", #"\left\lVert"#: "‖",
    #"\right\rVert"#: "‖", #"\left\lfloor"#: "⌊", #"\right\rfloor"#: "⌋",
    #"\left\lceil"#: "⌈", #"\right\rceil"#: "⌉", #"\max"#: "max", #"\min"#: "min",
    #"\det"#: "det",
  ]
}
