import Testing
import WengertTestSupport

@testable import WengertLang

/// Derivations of loops and branches, and of whatever else programs hold.
@Suite struct DerivationLoopTests {
  /// The recurrence of a loop with one carried value, run as a loop of the language.
  ///
  /// What the derivation says of a turn is written in names of our own, so that it can run.
  private func slope(_ told: Told, _ turns: Int, from start: String) throws -> [Double] {
    let derivation = try Derivation.make(
      of: told.slot("z"), by: told.slot("x"), in: told.list, symbols: told.symbols, mode: .forward)
    let loop = try #require(derivation.source.loops.first)
    let value = try #require(loop.carried.first)
    func name(_ slot: Slot) -> String {
      switch slot {
      case value.before: "zb"
      case value.first: "zf"
      default: derivation.name(slot) == loop.index ? "n" : derivation.name(slot)
      }
    }
    let writer = FormulaWriter(form: .program) { kind in
      switch kind {
      case .value(let slot): return Markup(name(slot))
      case .derivative(let inner, _):
        if case .value(let slot) = inner.kind { return Markup("d" + name(slot)) }
        return Markup("?")
      default: return Markup("?")
      }
    }
    func line(_ slot: Slot) throws -> Term {
      let step = derivation.steps.first { $0.left == derivation.derivative(slot) }
      return try #require(step?.forms.last)
    }
    let body = derivation.closed(
      try #require(Term.entry(value.after, in: derivation.list)), keepingNames: true)
    let first = loop.first
    let program = """
      x = \(told.elements("x")[0])
      z0 = \(told.elements("z0")[0])
      zb = \(start)
      dzf = \(writer.write(try line(value.first)).plain)
      dzb = dzf
      for n in \(first)..\(first + turns - 1) {
        dza = \(writer.write(try line(value.after)).plain)
        za = \(writer.write(body).plain)
        zb = za
        dzb = dza
      }
      """
    let run = Told(program)
    #expect(!run.output.contains("E0"), "\(run.output)\n\(program)")
    return run.elements("dzb")
  }

  @Test(arguments: [
    "sin(z*x) + x", "z^2/(1 + x^2) + 0.1*n", "x*z*(1 - z)", "exp(-z^2)*cos(x*n) - z/3",
    "sqrt(1 + z^2)*tanh(x) + n*x^2", "if z > 0.5 { z = 0.5*z*x } else { z = z + x^2 }",
  ])
  func `the recurrence of a loop gives the loop's derivative`(_ formula: String) throws {
    for (turns, start) in [(5, "z0"), (3, "z0*x^2"), (1, "2*x")] {
      for range in ["1..\(turns)", "0..\(turns - 1)"] {
        let body = formula.hasPrefix("if") ? formula : "z = \(formula)"
        let told = Told(
          "x = 0.7\nz0 = 0.4\nz = \(start)\nfor n in \(range) { \(body) }\nslope = grad(z, x)")
        let expected = told.elements("slope")
        let found = try slope(told, turns, from: start)
        #expect(distance(found, expected) < 1e-12, "\(formula) \(range) \(start)")
      }
    }
  }

  @Test(arguments: 0..<80)
  func `any program is derived, or it is said why not`(_ seed: Int) throws {
    var programs = SmoothPrograms(seed: UInt64(seed))
    let told = Told(programs.program(statements: seed % 7 + 2).text)
    let names = told.session.names.map(\.name)
    for name in names.suffix(4) {
      for mode in Derivation.Mode.allCases {
        do {
          let derivation = try Derivation.make(
            of: told.slot(name), by: told.slot("s"), in: told.list, symbols: told.symbols,
            mode: mode)
          let text = DerivationRenderer().render(derivation).plain
          #expect(!text.isEmpty && !text.contains("?"))
          let story = Story.derivations([derivation], Story.Wish(), .mathml)
          #expect(StoryHTML().document(story).contains("<math"))
        } catch {
          switch error {
          case .notDerivable, .needsNumber, .notThere: continue
          default: throw error
          }
        }
      }
    }
  }

  @Test func `a list of five hundred entries is derived without delay`() throws {
    var text = "x = 0.5\nz0 = x\n"
    for index in 1...500 { text += "z\(index) = sin(z\(index - 1)) + 0.5*x\n" }
    let told = Told(text + "slope = grad(z500, x)\n")
    let clock = ContinuousClock()
    var program = ""
    let time = try clock.measure {
      let derivation = try Derivation.make(
        of: told.slot("z500"), by: told.slot("x"), in: told.list, symbols: told.symbols)
      #expect(derivation.mode == .reverse)
      program = DerivationProgram(derivation).whole()?.plain ?? ""
    }
    #expect(time < .seconds(20))
    let run = Told(program + "\n")
    #expect(distance(run.elements("dz500_dx"), told.elements("slope")) < 1e-12)
  }
}
