/// Texts of random programs of matrices that end in one number, E; their inputs are A, B, v and s.
public struct MatrixPrograms {
  private var generator: SeededGenerator
  private var known: [(name: String, rows: Int, columns: Int)] = []

  /// A source of programs.
  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A program of some entries.
  public mutating func program(entries: Int) -> String {
    let (m, n) = (
      Int.random(in: 2...3, using: &generator), Int.random(in: 2...4, using: &generator)
    )
    known = [("A", m, n), ("B", n, m), ("v", m, 1)]
    var text = "s = 0.7\n"
    for (name, rows, columns) in known { text += "\(name) = \(literal(rows, columns))\n" }
    for index in 1...entries {
      let (formula, rows, columns) = entry()
      text += "Z\(index) = \(formula)\n"
      known.append(("Z\(index)", rows, columns))
    }
    let last = known[known.count - 1].name
    text += "E = \(pick(["sum", "mean", "norm"]))(\(last)) + 0.3*sum(A^2) + s*mean(\(last))\n"
    return text
  }

  private mutating func entry() -> (String, Int, Int) {
    let (a, m, n) = Int.random(in: 0..<3, using: &generator) == 0 ? known[0] : pick(known)
    let same = pick(known.filter { $0.rows == m && $0.columns == n }).name
    let fitting = known.filter { $0.rows == n }
    switch Int.random(in: 0..<12, using: &generator) {
    case 0 where !fitting.isEmpty, 1 where !fitting.isEmpty:
      let (b, _, k) = pick(fitting)
      return ("0.5*(\(a) @ \(b))", m, k)
    case 2: return ("tanh(\(a))", m, n)
    case 3: return ("sigmoid(\(a)) + \(same)", m, n)
    case 4: return ("\(a)*\(same) - s", m, n)
    case 5: return ("sin(s*\(a))", m, n)
    case 6: return ("\(a).T", n, m)
    case 7: return ("softMax(\(a))", m, n)
    case 8: return ("\(a)/(1.5 + \(same)^2)", m, n)
    case 9: return ("\(a) - colsum(\(a))*0.2", m, n)
    case 10: return ("2*(\(a) - \(same))^2 + exp(-\(a)^2)", m, n)
    default: return ("-\(a) + s*relu(\(same))", m, n)
    }
  }

  private mutating func literal(_ rows: Int, _ columns: Int) -> String {
    var lines: [String] = []
    for _ in 0..<rows {
      var line: [String] = []
      for _ in 0..<columns {
        line.append("\(Double(Int.random(in: -99...99, using: &generator)) / 100 + 0.005)")
      }
      lines.append("[" + line.joined(separator: ", ") + "]")
    }
    return "[" + lines.joined(separator: ", ") + "]"
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }
}

/// Random formulas of x and y that arithmetic can simplify, also where they have no value.
public struct FormulaPrograms {
  private var generator: SeededGenerator

  /// A source of formulas.
  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A formula.
  public mutating func formula(depth: Int) -> String {
    guard depth > 0 else { return pick(["x", "y", "x", "y", "2", "3", "0.5", "-1", "0", "1"]) }
    let (a, b) = (formula(depth: depth - 1), formula(depth: depth - 1))
    return pick([
      "(\(a) + \(b))", "(\(a) - \(b))", "(\(a))*(\(b))", "(\(a))/(\(b))", "-(\(a))",
      "(\(a))^\(pick(["2", "3", "0.5", "-1", "1.5"]))", "square(\(a))", "sqrt(\(a))", "sin(\(a))",
      "reciprocal(\(a))", "(\(a))*(\(a)) + \(b)", "sqrt((\(a))^2)", "(\(b))*(\(a))/(\(b))",
    ])
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }
}
