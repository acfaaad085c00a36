/// A program with one smooth number `f` of some inputs, in pieces, to run it at other inputs.
public struct SmoothProgram {
  /// An input: its name, its shape and its elements.
  public struct Input {
    /// How the program calls it.
    public let name: String
    /// Its extents.
    public let extents: [Int]
    /// Its elements, row by row.
    public var elements: [Double]

    /// An input with as many elements as its extents say.
    public init(name: String, extents: [Int], elements: [Double]) {
      (self.name, self.extents, self.elements) = (name, extents, elements)
    }

    /// How programs write it.
    public var text: String { Self.text(elements[...], extents) }

    fileprivate static func text(_ elements: ArraySlice<Double>, _ extents: [Int]) -> String {
      guard let count = extents.first else { return "\(elements.first ?? 0)" }
      let width = elements.count / count
      let parts = (0..<count).map { part in
        let start = elements.startIndex + part * width
        return text(elements[start..<(start + width)], Array(extents.dropFirst()))
      }
      return "[" + parts.joined(separator: ", ") + "]"
    }
  }

  /// What can be changed.
  public var inputs: [Input]
  /// The definitions before the inputs.
  public var functions = ""
  /// The statements from the inputs to `f`.
  public var body: String

  /// A program from its pieces.
  public init(inputs: [Input], functions: String = "", body: String) {
    (self.inputs, self.functions, self.body) = (inputs, functions, body)
  }

  /// The names of the inputs, with commas between.
  public var names: String { inputs.map(\.name).joined(separator: ", ") }

  /// The program.
  public var text: String {
    functions + inputs.map { "\($0.name) = \($0.text)\n" }.joined() + body
  }

  /// The program at inputs that are moved along directions.
  public func moved(_ amount: Double, along directions: [[Double]]) -> SmoothProgram {
    var moved = self
    for (index, direction) in directions.enumerated() {
      for (place, step) in direction.enumerated() {
        moved.inputs[index].elements[place] += amount * step
      }
    }
    return moved
  }

  /// An array in the program's language, in the shape of an input.
  public func text(_ elements: [Double], like index: Int) -> String {
    Input.text(elements[...], inputs[index].extents)
  }
}

/// Random programs that are smooth at their inputs: matrices, loops, branches, functions, tuples.
public struct SmoothPrograms {
  private var generator: SeededGenerator
  private var known: [(name: String, extents: [Int])] = []
  private var counter = 0
  private var text = ""

  /// A source of programs.
  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  static let shapes: [[Int]] = [[], [], [3], [2], [2, 3], [3, 2], [2, 2]]

  /// A random number between -1 and 1 with few digits.
  public mutating func number() -> Double {
    Double(Int.random(in: -100...100, using: &generator)) / 100
  }

  /// Directions, one for each input.
  public mutating func directions(_ program: SmoothProgram) -> [[Double]] {
    program.inputs.map { input in
      var direction: [Double] = []
      for _ in input.elements { direction.append(number()) }
      return direction
    }
  }

  /// A program of some statements.
  public mutating func program(statements: Int) -> SmoothProgram {
    var inputs: [SmoothProgram.Input] = []
    known = []
    for (name, extents) in [("s", []), ("x", [3]), ("A", [2, 3]), ("B", [3, 2])] {
      var elements: [Double] = []
      for _ in 0..<extents.reduce(1, *) { elements.append(number()) }
      inputs.append(.init(name: name, extents: extents, elements: elements))
      known.append((name, extents))
    }
    let functions = """
      mix(a, b) = 0.6*tanh(a*b) + 0.3*a
      bend(a) = { t = sin(a); u = t*t + 0.2*a; 0.5*u - t*cos(a) }
      both(f, a) = f(0.5*f(a))
      lift(a) = { z = a; for k in 1..2 { z = 0.4*tanh(z) + 0.1*k*a }; z }
      pair(a, b) = { c = a*b; return 0.5*c, tanh(a + b) }

      """
    text = ""
    for _ in 0..<statements { statement(indent: "", depth: 2) }
    text += "f = \(formula([], 2))"
    for (name, _) in known { text += " + 0.1*mean(tanh(\(name)))" }
    return SmoothProgram(inputs: inputs, functions: functions, body: text + "\n")
  }

  // MARK: statements

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  private mutating func fresh() -> String {
    counter += 1
    return "v\(counter)"
  }

  private mutating func statement(indent: String, depth: Int) {
    switch Int.random(in: 0..<(depth > 0 ? 14 : 8), using: &generator) {
    case 0, 1, 2:
      let extents = pick(Self.shapes)
      bind(fresh(), extents, formula(extents, 2), indent)
    case 3, 4: rebind(indent)
    case 5: update(indent)
    case 6:
      let name = fresh()
      let extents = pick(Self.shapes)
      text += "\(indent)\(name), \(name)b = pair(\(formula(extents, 1)), \(formula(extents, 1)))\n"
      known += [(name, extents), (name + "b", extents)]
    case 7:
      let (a, b, name) = (pick(known), pick(known), fresh())
      text += "\(indent)\(name) = (\(a.name), \(b.name)) * 0.5 + (\(a.name), tanh(\(b.name)))\n"
      bind(name + "a", a.extents, "\(name)[0]", indent)
      bind(name + "b", b.extents, "\(name)[-1]", indent)
    case 8, 9:
      let turns = pick([0, 1, 2, 3, 4])
      loop("for k in 1..\(turns)", indent, depth, keeps: turns > 0)
    case 10: loop("repeat \(pick([1, 2, 3]))", indent, depth, keeps: true)
    case 11: walk(indent, depth)
    case 12:
      let (count, turns) = (fresh(), pick([0, 1, 3]))
      text += "\(indent)\(count) = 0\n"
      loop(
        "while \(count) < \(turns)", indent, depth, keeps: turns > 0, last: "\(count) += 1")
    default: branch(indent, depth)
    }
  }

  private mutating func bind(
    _ name: String, _ extents: [Int], _ formula: String, _ indent: String
  ) {
    text += "\(indent)\(name) = \(formula)\n"
    known.append((name, extents))
  }

  private mutating func rebind(_ indent: String) {
    let changeable = known.dropFirst(4)
    guard !changeable.isEmpty else { return }
    let (name, extents) = pick(Array(changeable))
    text += "\(indent)\(name) \(pick(["= 0.5*\(name) +", "+=", "-=", "*="])) "
    text += "0.6*tanh(\(formula(extents, 1)))\n"
  }

  private mutating func update(_ indent: String) {
    let changeable = known.dropFirst(4).filter { !$0.extents.isEmpty }
    guard !changeable.isEmpty else { return }
    let (name, extents) = pick(changeable)
    let element = Array(extents.dropFirst())
    let whole = pick([
      ("[\(pick([0, 1, -1, -2]))]", element), ("[0..1]", [2] + element), ("[..]", extents),
      ("[1..0 by -1]", [2] + element), ("[[1, 0]]", [2] + element),
    ])
    text += "\(indent)\(name)\(whole.0) \(pick(["=", "+=", "*="])) \(formula(whole.1, 1))\n"
  }

  /// - Parameter keeps: whether what the body binds first is known behind it.
  private mutating func loop(
    _ head: String, _ indent: String, _ depth: Int, keeps: Bool, last: String? = nil
  ) {
    let (start, extents) = (fresh(), pick(Self.shapes))
    bind(start, extents, formula(extents, 1), indent)
    let all = known
    text += "\(indent)\(head) {\n"
    text += "\(indent)  \(start) = 0.7*tanh(\(start)) + 0.2*\(formula(extents, 1))\n"
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      statement(indent: indent + "  ", depth: depth - 1)
    }
    text += "\(indent)  \(start) = 0.5*\(start) + 0.3*\(formula(extents, 2))\n"
    if let last { text += "\(indent)  \(last)\n" }
    text += "\(indent)}\n"
    if !keeps { known = all }
  }

  private mutating func walk(_ indent: String, _ depth: Int) {
    let arrays = known.filter { !$0.extents.isEmpty }
    let array = pick(arrays)
    let (element, sum) = (fresh(), fresh())
    bind(sum, [], formula([], 1), indent)
    let all = known
    text += "\(indent)for \(element) in \(array.name) {\n"
    known.append((element, Array(array.extents.dropFirst())))
    text += "\(indent)  \(sum) = 0.6*\(sum) + 0.4*\(formula([], 2))*mean(\(element))\n"
    statement(indent: indent + "  ", depth: depth - 1)
    text += "\(indent)}\n"
    known = all
  }

  private mutating func branch(_ indent: String, _ depth: Int) {
    let (name, extents) = (fresh(), pick(Self.shapes))
    let test = pick([
      "s > 0.055", "s < -0.205", "x[1] > 0.105 and s > -0.505", "1 > 0", "A[0, 1] < 0.005",
    ])
    let all = known
    text += "\(indent)if \(test) {\n"
    statement(indent: indent + "  ", depth: depth - 1)
    text += "\(indent)  \(name) = \(formula(extents, 2))\n\(indent)} else {\n"
    known = all
    statement(indent: indent + "  ", depth: depth - 1)
    text += "\(indent)  \(name) = \(formula(extents, 2))\n\(indent)}\n"
    known = all
    known.append((name, extents))
  }

  // MARK: formulas

  /// A formula of a shape, of the size of 1.
  private mutating func formula(_ extents: [Int], _ depth: Int) -> String {
    guard depth > 0 else { return atom(extents) }
    let inner = depth - 1
    switch Int.random(in: 0..<16, using: &generator) {
    case 0: return "tanh(\(formula(extents, inner)))"
    case 1: return "sin(\(formula(extents, inner)))"
    case 2: return "exp(-(\(formula(extents, inner)))^2)"
    case 3: return "sqrt(1 + (\(formula(extents, inner)))^2)"
    case 4: return "(\(formula(extents, inner)))/(1.5 + (\(formula(smaller(extents), inner)))^2)"
    case 5: return "(\(formula(smaller(extents), inner)) - \(formula(extents, inner)))"
    case 6: return "(\(formula(extents, inner)))*(\(formula(smaller(extents), inner)))"
    case 7: return "mix(\(formula(extents, inner)), \(formula(smaller(extents), inner)))"
    case 8: return "\(pick(["bend", "lift", "sigmoid"]))(\(formula(extents, inner)))"
    case 9: return "both(\(pick(["bend", "sin", "lift"])), \(formula(extents, inner)))"
    case 10: return "where(\(formula(extents, 0)) > 7, 0, \(formula(extents, inner)))"
    default: return shaped(extents, inner)
    }
  }

  /// A formula that makes its shape from others.
  private mutating func shaped(_ extents: [Int], _ inner: Int) -> String {
    switch extents.count {
    case 0:
      let other = pick(Array(Self.shapes.dropFirst(2)))
      if other.count == 1, Int.random(in: 0..<3, using: &generator) == 0 {
        return "(\(formula(other, inner)))[\(pick([0, 1, -1]))]"
      }
      if other.count == 1 { return "0.3*((\(formula(other, inner))) @ (\(formula(other, inner))))" }
      return "\(pick(["mean", "0.2*sum", "0.5*norm"]))(2.5 + 0.3*\(formula(other, inner)))"
    case 1:
      let (n, k) = (extents[0], pick([2, 3]))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: return "0.3*((\(formula([n, k], inner))) @ (\(formula([k], inner))))"
      case 1: return "mean(\(formula([k, n], inner)), axis = 0)"
      case 2: return "sum(\(formula([n, k], inner)), axis = 1)*0.3"
      case 3: return "map(bend, \(formula(extents, inner)))"
      default:
        var parts: [String] = []
        for _ in 0..<n { parts.append(formula([], 0)) }
        return "[\(parts.joined(separator: ", "))]"
      }
    default:
      let k = pick([2, 3])
      let (m, n) = (extents[0], extents[1])
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: return "0.3*((\(formula([m, k], inner))) @ (\(formula([k, n], inner))))"
      case 1: return "(\(formula([n, m], inner))).T"
      case 2: return "outer(\(formula([m], inner)), \(formula([n], inner)))"
      default: return "reshape(\(formula([n, m], inner)), [\(m), \(n)])"
      }
    }
  }

  /// A shape that stretches to another.
  private mutating func smaller(_ extents: [Int]) -> [Int] {
    pick([extents, extents, [], Array(extents.suffix(1))])
  }

  private mutating func atom(_ extents: [Int]) -> String {
    let fitting = known.filter { $0.extents == extents }
    if !fitting.isEmpty, Int.random(in: 0..<8, using: &generator) > 0 {
      return fitting[Int.random(in: 0..<fitting.count, using: &generator)].name
    }
    if extents.isEmpty { return "\(pick([0.3, 0.7, 1.1]))" }
    return "broadcast(\(pick([0.3, 0.7]))*s, [\(extents.map(String.init).joined(separator: ", "))])"
  }
}
