import Testing
import WengertTestSupport

@testable import WengertLang

/// What holds for every derivation.
@Suite struct DerivationLawTests {
  /// The closed form of a derivative as a program, and what the program makes of it.
  private func closed(
    _ told: Told, _ y: String, by x: String, mode: Derivation.Mode? = nil, isPlain: Bool = false
  ) throws -> (program: DerivationProgram, name: String, derivation: Derivation) {
    let derivation = try Derivation.make(
      of: told.slot(y), by: told.slot(x), in: told.list, symbols: told.symbols, mode: mode,
      isPlain: isPlain)
    let program = DerivationProgram(derivation)
    return (program, program.name, derivation)
  }

  private func expectGradient(
    _ text: String, _ y: String, by x: String, mode: Derivation.Mode? = nil, isPlain: Bool = false
  ) throws {
    let told = Told(text)
    let (program, name, _) = try closed(told, y, by: x, mode: mode, isPlain: isPlain)
    let sweep = Told("\(text)\nslope = grad(\(y), \(x))\n")
    // The closed form stands alone: a program with the inputs and entries that it speaks of.
    let written = try #require(program.whole()?.plain)
    let whole = Told(written + "\n")
    #expect(!whole.output.contains("E0"), "\(whole.output)\(text)\n\(written)")
    let apart = distance(whole.elements(name), sweep.elements("slope"))
    #expect(apart < 1e-12, "\(text)\n\(written)\n\(sweep.elements("slope"))")
  }

  @Test(arguments: 0..<500)
  func `the closed form of a list of numbers is the gradient`(_ seed: Int) throws {
    var programs = RandomPrograms(seed: UInt64(seed))
    let entries = seed % 25 + 1
    let text = programs.scalarList(inputs: seed % 3 + 1, entries: entries)
    try expectGradient(text + "y = z\(entries)*x1\n", "y", by: "x1")
  }

  @Test(arguments: 0..<200)
  func `the closed form of a list of matrices is the gradient`(_ seed: Int) throws {
    var programs = MatrixPrograms(seed: UInt64(seed))
    let text = programs.program(entries: seed % 9 + 2)
    try expectGradient(text, "E", by: "A")
    try expectGradient(text, "E", by: "s", mode: seed % 2 == 0 ? .forward : .reverse)
  }

  @Test(arguments: 0..<60)
  func `programs of functions, branches and slices have closed forms too`(_ seed: Int) throws {
    var programs = SmoothPrograms(seed: UInt64(seed))
    let program = programs.program(statements: seed % 4 + 1)
    guard !["for ", "while ", "repeat ", "lift", "map("].contains(where: program.body.contains)
    else { return }
    try expectGradient(program.text, "f", by: "s")
    try expectGradient(program.text, "f", by: "A")
  }

  @Test(arguments: 0..<40)
  func `every order of derivation comes to the same`(_ seed: Int) throws {
    var programs = RandomPrograms(seed: UInt64(1000 + seed))
    let text = programs.scalarList(inputs: 2, entries: seed % 12 + 1)
    let y = "z\(seed % 12 + 1)"
    for mode in Derivation.Mode.allCases {
      try expectGradient(text, y, by: "x2", mode: mode)
      try expectGradient(text, y, by: "x2", mode: mode, isPlain: true)
    }
  }

  @Test(arguments: 0..<200)
  func `a closed form that is read again is the same text`(_ seed: Int) throws {
    var programs = RandomPrograms(seed: UInt64(seed))
    let entries = seed % 10 + 1
    let text =
      programs.scalarList(inputs: seed % 3 + 1, entries: entries) + "y = z\(entries)*x1^2\n"
    let told = Told(text)
    let (whole, name, derivation) = try closed(told, "y", by: "x1")
    let program = whole.render().plain
    let again = Told("\(text)\n\(program)\n")
    #expect(again.session.programText.hasSuffix(program + "\n"))
    // Reading computes what is made of numbers alone: tanh(1).
    guard derivation.parts.count == 1, let result = derivation.parts.last?.value,
      result.size < 100, !result.hasNumberWork, !result.isOfNumbers
    else { return }
    // Read, and collected once more: nothing is left to be done.
    let source = try Derivation.make(
      of: again.slot(name), by: again.slot(name), in: again.list, symbols: again.symbols)
    let read = source.closed(
      Term.entry(source.output, in: source.list) ?? source.value(source.output),
      keepingNames: true)
    let written = DerivationProgram(source).write(Simplifier().simplify(read))
    #expect(name + " = " + written.plain == program)
  }

  @Test(arguments: 0..<250)
  func `a simpler form has the same value wherever the formula has one`(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var formulas = FormulaPrograms(seed: UInt64(seed))
    let formula = formulas.formula(depth: 4)
    let points = [-2, -1, -0.5, 0, 0.5, 1, 2, 3]
    for _ in 0..<4 {
      let (x, y) = (points.randomElement(using: &random), points.randomElement(using: &random))
      let told = Told("x = \(x ?? 0)\ny = \(y ?? 0)\nf = 0*x + 0*y + \(formula)\n")
      let source = try DerivableList(
        told.list, roots: [told.slot("f")], kept: [], symbols: told.symbols)
      var straight = source.straight
      let root = try #require(source.places[told.slot("f")])
      func open(_ term: Term) -> Term {
        term.replacing { kind in
          guard case .value(let slot) = kind else { return nil }
          return Term.entry(slot, in: source.list).map(open)
        }
      }
      let plain = open(.value(root, in: source.list))
      let simple = Simplifier().simplify(plain)
      let slot = try straight.list.append(simple)
      try straight.run()
      let value = try #require(straight.values.view(root, in: straight.list)).number
      let other = try #require(straight.values.view(slot, in: straight.list)).number
      guard value.isFinite, value.magnitude < 1e8 else { continue }
      #expect(distance([value], [other]) < 1e-9, "\(formula) at \(x ?? 0), \(y ?? 0)")
    }
  }
}
