/// What users of other languages type, with the line to type here.
extension Diagnostic {
  static func doubleStar(at span: Span) -> Diagnostic {
    Diagnostic("E0113", "a power is written `^`", at: span, "write `^`", help: ["x^2"])
  }

  static func juxtaposed(_ number: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0112", "`\(number)\(name)` needs an operator", at: span, "a number and a name",
      help: ["\(number)*\(name)"])
  }

  static func unaryPlus(at span: Span) -> Diagnostic {
    Diagnostic("E0122", "there is no unary `+`", at: span, "leave it out")
  }

  static func increment(_ sign: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0122", "there is no `\(sign)\(sign)`", at: span, "leave it out", help: ["x \(sign)= 1"])
  }

  static func factorial(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0101", "there is no operator `!`", at: span, "not an operator",
      help: ["a factorial is a product: prod(1..5)"])
  }

  static func bars(_ sign: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0101", "`\(sign)` is not a bracket", at: span, "opens nothing",
      help: ["an absolute value is `abs(x)`, the length of a vector `norm(x)`"])
  }

  /// How a formula of TeX is said here, where it is not by the command's own name.
  private static let tex = [
    "frac": "a / b", "cdot": "a * b", "times": "a * b", "sum": "sum(x)", "prod": "prod(x)",
    "partial": "grad(f, x)", "nabla": "grad(f, x)", "left": "(", "right": ")", "ln": "log(x)",
    "top": "A.T", "quad": "a blank", "ldots": "1..5", "le": "a <= b", "ge": "a >= b",
    "sigma": "sigma(x)", "mathbf": "the name alone", "vec": "the name alone",
  ]

  static func texCommand(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0101", "`\\\(word)` is a command of TeX", at: span, "not part of the language",
      help: ["write `\(tex[word] ?? word)`"])
  }

  static func conditional(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found `if` behind a formula", at: span, "begins a statement",
      help: ["one of two values: where(c, a, b)"])
  }

  static func conditionalFormula(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found `if` where a formula is expected", at: span, "begins a statement",
      help: [
        "one of two values: where(c, a, b)",
        "a name that both arms bind: if c { y = a } else { y = b }",
      ])
  }

  static func comprehension(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found `for` inside of an array", at: span, "begins a statement",
      help: ["operations take whole arrays: (1..3)^2", "a function of each entry: map(f, 1..3)"])
  }

  static func declaredInputs(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0118", "inputs are declared by `input`, without a `:`", at: span, "leave it out",
      help: ["input x, y", "input X: [4, 3], W: [3, 1]"])
  }

  static func transposePrime(_ text: String, at span: Span) -> Diagnostic {
    let base = text.split(separator: "'").first.map(String.init) ?? text
    return Diagnostic(
      "E0114", "`'` derives a function, it does not transpose", at: span, "not a function's value",
      help: ["the transpose: \(base).T", "a derivative is called: f'(2)"])
  }

  /// `parts` are what stood between the colons, nil where nothing did.
  static func colonSlice(
    _ base: String, _ parts: [String?], isFirst: Bool, isLast: Bool, at span: Span
  ) -> Diagnostic {
    let from = parts.first.flatMap { $0 } ?? ""
    let to = (parts.count > 1 ? parts[1] : nil).map(inclusive) ?? ""
    let step = (parts.count > 2 ? parts[2] : nil).map { " by \($0)" } ?? ""
    return Diagnostic(
      "E0115", "a slice is written `..`", at: span, "write `..`",
      notes: ["a range holds both ends, as a textbook's 1, …, n does"],
      help: ["\(base)[\(isFirst ? "" : "…, ")\(from)..\(to)\(step)\(isLast ? "" : ", …")]"])
  }

  /// The last index of a slice whose end is not part of it.
  private static func inclusive(_ end: String) -> String {
    if let number = Int(end) { return String(number - 1) }
    return end.contains { !$0.isLetter && !$0.isNumber && $0 != "_" } ? "(\(end)) - 1" : "\(end)-1"
  }

  /// `end` is the number that the third dot belongs to.
  static func threeDots(_ start: String, _ end: String, at span: Span) -> Diagnostic {
    let first = start.isEmpty ? "0" : start
    return Diagnostic(
      "E0106", "`\(start)...\(end.dropFirst())` is the range from \(first) to \(end)", at: span,
      "two dots and a decimal point",
      help: ["\(start)..\(end.dropFirst())", "if it is meant so: \(start).. \(end)"])
  }

  static func colonBlock(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0118", "a block stands in braces", at: span, "write `{`",
      help: ["for n in 1..20 { z = sin(z) }"])
  }

  static func colonAssign(at span: Span) -> Diagnostic {
    Diagnostic("E0118", "a name is bound by `=`", at: span, "leave the `:` out", help: ["x = 3"])
  }

  static func assignInCondition(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0119", "`=` binds, `==` compares", at: span, "write `==`", help: ["if a == b { … }"])
  }

  static func elif(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0116", "there is no `\(word)`", at: span, "write `else if`", help: ["} else if c {"])
  }

  static func def(_ word: String, header: String, at span: Span) -> Diagnostic {
    let head = header.split(separator: ":").first.map(String.init) ?? header
    let isWhole = header.contains(")=") || header.contains(") =")
    return Diagnostic(
      "E0116", "a function is defined without `\(word)`", at: span, "leave it out",
      help: [isWhole ? header : "\(trimmed(head, "{")) = { … }"])
  }

  /// `word` is what makes a function without a name elsewhere: `lambda` or an arrow.
  static func lambda(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0116", "there is no `\(word)`", at: span, "functions have names", help: ["f(x) = x^2"])
  }

  static func formattedString(_ spelling: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0105", "a string stands without a letter before it", at: span, "leave it out",
      notes: ["formulas in braces are written out in every string that is printed"],
      help: ["print \(spelling)"])
  }

  static func loopHead(found: String, expected: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0106", "found \(found), expected \(expected)", at: span, "expected \(expected)",
      notes: ["a loop walks a range, an array or a tuple"],
      help: ["for n in 1..20 { z = sin(z) }"])
  }

  static func declaration(_ word: String, rest: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0116", "a name is bound without `\(word)`", at: span, "leave it out", help: [rest])
  }

  static func importing(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0116", "there is no `\(word)`", at: span, "leave the line out",
      notes: ["every operation is there from the start"])
  }

  static func moduleCall(_ module: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0117", "operations stand without `\(module).`", at: span, "leave it out",
      help: [["array", "tensor"].contains(name) ? "[1, 2, 3]" : name])
  }

  private static func trimmed(_ text: String, _ end: Character) -> String {
    var text = text[...]
    while let last = text.last, last == " " || last == end { text = text.dropLast() }
    return String(text)
  }
}
