import Testing
import WengertLang
import WengertTestSupport

/// Random programs with loops, functions, branches and derivatives within each other, held to what
/// JAX computes for them (`scripts/make-derivative-cases`).
@Suite struct DerivativeCaseTests {
  /// A program, and the numbers that its names must have.
  struct Case: Sendable {
    let seed: Substring
    var program = ""
    var results: [(name: String, numbers: [Double])] = []
  }

  static let cases: [Case] = {
    let path = Folder.package() + "/Tests/WengertLangTests/Differentiation/derivative-cases.txt"
    var cases: [Case] = []
    for line in (Folder.text(path) ?? "").split(separator: "\n") {
      if line.hasPrefix("# ") {
        cases.append(Case(seed: line.dropFirst(2)))
      } else if line.hasPrefix("= "), let last = cases.indices.last {
        let words = line.dropFirst(2).split(separator: " ")
        let numbers = words.dropFirst().compactMap { Double($0) }
        cases[last].results.append((String(words.first ?? ""), numbers))
      } else if let last = cases.indices.last {
        cases[last].program += line + "\n"
      }
    }
    return cases
  }()

  /// The largest difference as a fraction of the largest number that is wanted.
  private static func error(_ found: [Double], _ wanted: [Double]) -> Double {
    guard found.count == wanted.count else { return .infinity }
    let scale = wanted.reduce(0) { max($0, $1.magnitude) }
    return zip(found, wanted).reduce(0) { worst, pair in
      let error = (pair.0 - pair.1).magnitude / scale
      return error.isNaN ? .infinity : max(worst, error)
    }
  }

  @Test func `there are a thousand cases with results`() {
    #expect(Self.cases.count >= 1013)
    #expect(Self.cases.allSatisfy { !$0.results.isEmpty && !$0.program.isEmpty })
  }

  /// - Parameter part: the cases whose place is this one, counted in twenties.
  @Test(arguments: 0..<20, [false, true])
  func `derivatives are those that JAX computes`(part: Int, atPrompt: Bool) {
    for one in Self.cases.enumerated() where one.offset % 20 == part {
      let run = ProgramRun(one.element.program, atPrompt: atPrompt)
      let isDone = run.isDone
      #expect(isDone, "\(one.element.seed): \(run.diagnostics.first?.title ?? "")")
      for (name, wanted) in one.element.results {
        let found = run.numbers(name)
        #expect(
          Self.error(found, wanted) < 1e-11,
          "\(name) of \(one.element.seed) is \(found), not \(wanted)")
      }
    }
  }
}
