/// Loops made at random.
public enum LoopPrograms {
  /// A loop over numbers whose turns do a random choice of everything that turns may do, its
  /// gradient, and for every fourth seed that one's gradient.
  public static func numbers(seed: UInt64, turns: Int) -> String {
    var random = SeededGenerator(seed: seed)
    func one(of words: [String]) -> String { words[Int(random.next() % UInt64(words.count))] }
    let carried = ["a", "b", "c"]
    var known = carried + ["x", "v[0]", "v[1]", "p", "0.01*n", "0.5"]
    var text = "p = 0.3\na, b, c = 0.2, p, -0.6\nX = linspace(-1, 1, \(turns))\n"
    text +=
      "V = reshape(linspace(0, 2, \(2*turns)), [\(turns), 2])\nfor x, v, n in X, V, 1..\(turns) {\n"
    for line in 0..<Int(random.next() % 9 + 2) {
      let (l, r) = (one(of: known), one(of: known))
      let form = one(of: [
        "\(l) + \(r)", "\(l) - \(r)", "\(l) * \(r)", "\(l) / (2 + \(r)^2)", "sin(\(l))",
        "cos(\(l) - \(r))", "tanh(\(l))", "-\(l)", "sigma(\(l))", "exp(-(\(l))^2)", "\(l)",
        "max(\(l), \(r))",
      ])
      let name = random.next() % 3 == 0 ? one(of: carried) : "t\(line)"
      text += "  \(name) = \(form)\n"
      if !known.contains(name) { known.append(name) }
    }
    let bounded = carried.map { "  \($0) = tanh(\($0))\n" }
    for k in 0..<3 where random.next() % 2 == 0 { text += bounded[k] }
    return text + "}\ng = grad(a + 2*b - c, p)\n" + (seed % 4 == 0 ? "h = grad(g, p)\n" : "")
  }
}
