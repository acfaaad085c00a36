import Testing
import WengertTestSupport

@testable import WengertLang

/// What is said of names of other languages.
@Suite struct ForeignNameTests {
  private static let program = """
    x = [1, 2]
    y = [0.25, 0.5]
    p = [0.5, 0.75]
    A = [[1, 2], [3, 4]]
    B = [[5, 6], [7, 8]]
    k = 1
    f = sum(x^2)

    """

  @Test(arguments: ForeignNames.table.keys.sorted())
  func `what stands in place of a foreign name runs`(name: String) throws {
    let here = try #require(ForeignNames.table[name])
    let line = here.hasPrefix("for ") ? here : "print " + here
    let run = ProgramRun(Self.program + line)
    let (output, titles) = (run.output, run.diagnostics.map(\.title))
    #expect(!output.isEmpty && titles.isEmpty, "\(name): \(titles)")
  }

  @Test(arguments: ForeignNames.table.keys.sorted())
  func `a foreign name is no name of the language, and the help says what is`(name: String) {
    let here = ForeignNames.table[name] ?? ""
    for use in [name, name + "(x)"] {
      let run = ProgramRun(Self.program + "print " + use)
      let (isDone, help) = (run.isDone, run.diagnostics.flatMap(\.help))
      #expect(!isDone, "\(use)")
      #expect(help.contains("here it is written `\(here)`"), "\(use): \(help)")
    }
  }
}
