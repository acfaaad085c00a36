import Testing
import WengertTestSupport

@testable import WengertLang

/// Points where derivatives go wrong elsewhere, each with the verdict or reason that is due.
@Suite struct TroubleSpotTests {
  private static let path =
    Folder.package()
    + "/Tests/WengertLangTests/Checking/trouble-spots.txt"
  static let spots = Spot.read(Folder.text(path) ?? "")

  struct Spot: Sendable, CustomTestStringConvertible {
    var title: String
    var program: String
    var expected: [String]

    var testDescription: String { title }

    static func read(_ text: String) -> [Spot] {
      text.split(separator: "\n\n").compactMap { block in
        let lines = block.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
        guard lines.count > 1 else { return nil }
        return Spot(
          title: lines[0], program: lines[1],
          expected: lines.dropFirst(2).filter { $0.hasPrefix("=> ") }.map {
            String($0.dropFirst(3))
          })
      }
    }
  }

  @Test(arguments: spots)
  func eachSpotGetsItsVerdictOrReason(_ spot: Spot) {
    let transcript = Transcript(of: spot.program + "\n", name: "spot")
    let lines = transcript.output.split(separator: "\n").map(String.init)
    #expect(!spot.expected.isEmpty, "\(spot.title)")
    #expect(lines.map(Self.trimmed) == spot.expected.map(Self.trimmed), "\(spot.title)")
  }

  @Test func thereAreSixtySpotsEachWithItsSource() {
    #expect(Self.spots.count >= 60)
    for spot in Self.spots { #expect(spot.title.contains(" | "), "\(spot.title)") }
  }

  private static func trimmed(_ line: String) -> String {
    String(line.drop { $0 == " " })
  }
}
