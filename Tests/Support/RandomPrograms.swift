/// Random numbers that are the same in every run (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A stream of numbers.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }
}

/// Texts of random programs: every form of the grammar, blanks and comments at random.
///
/// They can be read, but mean nothing; `scalarList` makes programs that run.
public struct RandomPrograms {
  private var generator: SeededGenerator
  /// Formulas nest no deeper than this.
  private let depth: Int

  /// A source of programs.
  public init(seed: UInt64, depth: Int = 4) {
    generator = SeededGenerator(seed: seed)
    self.depth = depth
  }

  /// A program of some statements.
  public mutating func program(statements: Int) -> String {
    var text = ""
    for _ in 0..<statements {
      text += blanks() + statement(3) + end()
    }
    return text
  }

  /// A straight-line program of scalars that has finite values, `x1` … and then `z1` ….
  public mutating func scalarList(inputs: Int, entries: Int) -> String {
    var text = ""
    var names: [String] = []
    for index in 1...max(1, inputs) {
      names.append("x\(index)")
      text += "x\(index) = \(Double(Int.random(in: 5...20, using: &generator)) / 10)\n"
    }
    for index in 1...max(1, entries) {
      let (a, b) = (pick(names.suffix(20)), pick(names))
      let entry = pick([
        "add(\(a), \(b))", "sub(\(a), \(b))", "sin(\(a))", "cos(\(a))", "tanh(\(a))",
        "mul(tanh(\(a)), \(b))", "0.5*\(a) + sin(\(b))", "exp(-\(a)^2)", "\(a)/(1 + \(b)^2)",
      ])
      text += "z\(index) = \(entry)\n"
      names.append("z\(index)")
    }
    return text
  }

  // MARK: Chance

  private mutating func pick<Element>(_ choices: some Collection<Element>) -> Element {
    let step = Int.random(in: 0..<choices.count, using: &generator)
    return choices[choices.index(choices.startIndex, offsetBy: step)]
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private mutating func name() -> String {
    pick(["x", "x1", "W2", "Y1", "σ", "α_1", "by", "to", "in", "at", "z17", "crossEnt_Y", "_a"])
  }

  private mutating func list(
    _ element: (inout RandomPrograms) -> String, _ counts: ClosedRange<Int>
  )
    -> String
  {
    let count = Int.random(in: counts, using: &generator)
    var parts: [String] = []
    for _ in 0..<count { parts.append(element(&self)) }
    return parts.joined(separator: pick([",", ", ", " , "]))
  }

  /// Blanks, or none.
  private mutating func blanks() -> String { pick(["", "", " ", "  ", "\t"]) }

  private mutating func end() -> String {
    pick([
      "\n", "\n", "\n\n", ";\n", " ; ", "  # a comment\n", " // two words\n", "\n;; own line\n",
    ])
  }

  // MARK: Formulas

  private mutating func formula(_ depth: Int? = nil) -> String {
    let depth = depth ?? self.depth
    if depth <= 0 { return atom() }
    let inner = depth - 1
    switch Int.random(in: 0..<14, using: &generator) {
    case 0: return atom()
    case 1, 2, 3:
      let sign = pick(["+", "-", "*", "/", "%", "@", "^"])
      return "(\(formula(inner)))\(blanks())\(sign) \(factor(inner))"
    case 4: return "-\(blanks())\(factor(inner))"
    case 5: return "(\(formula(inner)))\(blanks())\(pick(["and", "or"])) not \(factor(inner))"
    case 6: return "\(factor(inner)) \(pick(["<", ">", "<=", ">=", "==", "!="])) \(factor(inner))"
    case 7: return "\(factor(inner)) .. \(factor(inner))\(chance(30) ? " by -2" : "")"
    case 8: return "[\(list({ $0.formula(inner) }, 0...3))]"
    case 9: return "(\(list({ $0.formula(inner) }, 2...3)),)"
    case 10: return "[\(factor(inner)),\n \(factor(inner))]"
    case 11: return "\(factor(inner)) +\n  \(factor(inner))"
    default: return factor(inner)
    }
  }

  /// A formula that binds tightly.
  private mutating func factor(_ depth: Int) -> String {
    if depth <= 0 { return atom() }
    let inner = depth - 1
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return "\(name())(\(list({ $0.formula(inner) }, 0...3)))"
    case 1: return "sum(\(formula(inner)), axis = \(formula(inner)))"
    case 2: return "\(pick(["add*", "hadamard*", "mul*"]))(\(formula(inner)), \(formula(inner)))"
    case 3: return "\(name())[\(list({ $0.index(inner) }, 1...3))]"
    case 4: return "\(name()).T"
    case 5: return "\(name())'\(chance(30) ? "'" : "")(\(formula(inner)))"
    case 6: return "(\(formula(inner))).dot(\(formula(inner)))"
    case 7: return "grad(\(name()))(\(formula(inner)))"
    default: return "(\(formula(inner)))"
    }
  }

  private mutating func index(_ depth: Int) -> String {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return ".."
    case 1: return "\(factor(depth)) .. "
    case 2: return " .. -1"
    case 3:
      let (from, to) = (factor(depth), factor(depth))
      // Three dots in one piece are refused.
      return "\(from) + 1..\(to.hasPrefix(".") ? " " : "")\(to) - 1 by 2"
    default: return formula(depth)
    }
  }

  private mutating func atom() -> String {
    chance(50)
      ? name() : pick(["1", "2.", ".5", "0.1", "1e-3", "2.5E10", "600", "\"a \\\"b\\\" {x:.3f}\""])
  }

  // MARK: Statements

  private mutating func statement(_ depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 20 : 9), using: &generator) {
    case 0, 1, 2: return "\(name())\(blanks())=\(blanks())\(formula())"
    case 3:
      let (first, second) = (name(), name())
      return "\(first), \(first == second ? "y" : second) = \(formula()), \(formula())"
    case 4: return "\(name()) = \(name()) = \(formula())"
    case 5:
      let target = "\(name())[\(list({ $0.index(1) }, 1...2))]"
      return "\(target) \(pick(["=", "+=", "/="])) \(formula())"
    case 6: return "print \(list({ $0.formula() }, 0...3))"
    case 7: return "(\(formula())) @ \(name())"
    case 8: return "return \(list({ $0.formula() }, 0...2))"
    case 9: return "for \(name()) in \(formula()) \(block(depth))"
    case 10: return "repeat \(formula())\(block(depth))"
    case 11: return "while (\(formula())) \(block(depth))"
    case 12: return "if \(formula()) \(block(depth))"
    case 13: return "if \(formula())\(block(depth)) else \(block(depth))"
    case 14: return "if \(formula())\(block(depth)) else if \(name()) \(block(depth))"
    case 15: return "f(\(list({ $0.name() }, 0...3))) = \(formula())"
    case 16: return "f(\(list({ $0.name() }, 0...3))) =\(blanks())\(block(depth))"
    default: return topLevel()
    }
  }

  private mutating func block(_ depth: Int) -> String {
    var text = "{" + pick([" ", "\n", "\n\n"])
    for _ in 0..<Int.random(in: 0...3, using: &generator) { text += statement(depth - 1) + end() }
    return text + blanks() + "}"
  }

  private mutating func topLevel() -> String {
    pick([
      "input x1, X: [4, 3]", "trace f wrt x1, x2 = 1 at x1 = 3 to \"f.tex\"", "table add*",
      "set digits 12", "plot y1, y2 over x loglog styles \"r--\", \"b-\" in full",
      "rule cube(a) = a^3 { d/da = 3*a^2 }",
      "rule dot(A, b) = A @ b {\n bar A = outer(bar, b)\n\n bar b = A.T @ bar }",
      "minimize E over W1, w2 by sgd(rate = 1) batch 128 of X for 600 steps every 100 print E",
      "check f", "list f to \"f.md\"", "wl_1 = 3",
    ])
  }
}
