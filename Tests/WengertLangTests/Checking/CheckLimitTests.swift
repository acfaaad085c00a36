import Testing
import WengertTestSupport

@testable import WengertLang

/// What `check` says where memory or the length of a list leave it less evidence.
@Suite struct CheckLimitTests {
  /// A loop whose rounding takes some digits of the slope.
  private static func program(_ turns: Int) -> String {
    """
    x = 0.3
    s = x
    for n in 1..\(turns) { s = sin(s) + 0.1*x }
    check s wrt x
    """
  }

  @Test func `a memory that is too short for the evidence is an error, never a surer verdict`() {
    let whole = Transcript(of: Self.program(500), name: "whole").output
    #expect(whole.contains("correct to"))
    var verdicts = 0
    var refusals = 0
    for size in stride(from: 64, through: 160, by: 8) {
      let text = "set memory \(size)kB\n" + Self.program(500)
      let transcript = Transcript(of: text, name: "limited")
      switch transcript.codes {
      case []:
        verdicts += 1
        #expect(transcript.output == whole, "in \(size) kB")
      case ["E0801"]:
        refusals += 1
        #expect(!transcript.output.contains("correct"), "in \(size) kB")
      default: Issue.record("\(transcript.codes) in \(size) kB")
      }
    }
    #expect(verdicts > 0 && refusals > 0)
  }

  @Test(arguments: [(500, false), (8000, true), (60_000, true)])
  func `digits that no bound on rounding stands behind are told as such`(
    _ turns: Int, isAside: Bool
  ) {
    let text = Transcript(of: Self.program(turns), name: "long").output
    #expect(text.contains("correct to"), "\(text)")
    #expect(text.contains("rounding aside") == isAside, "\(text)")
  }

  @Test func `the evidence holds what rounding may do`() {
    let evidence = { (turns: Int) in
      Transcript(of: Self.program(turns) + " in full\n", name: "full").output
    }
    #expect(evidence(100).contains("rounding     moves it by "))
    #expect(evidence(60_000).contains("rounding     has no known bound"))
  }
}
