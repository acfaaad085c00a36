import Testing
import WengertTestSupport

@testable import WengertLang

/// Gradients at very large and very small arguments, beside mpmath.
@Suite struct ExtremeCaseTests {
  private static let path =
    Folder.package() + "/Tests/WengertLangTests/Differentiation/extreme-cases.txt"
  static let cases = (Folder.text(path) ?? "").split(separator: "\n").map(String.init)
    .filter { !$0.hasPrefix("#") }

  @Test(arguments: cases)
  func gradientsNeitherOverflowNorUnderflow(_ line: String) throws {
    let parts = line.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
    try #require(parts.count == 3)
    let point = parts[0].compactMap { Double($0) }
    let wanted = parts[2].compactMap { Double($0) }
    try #require(point.count == wanted.count && !point.isEmpty)
    let formula = parts[1].joined(separator: " ")
    let program =
      "v = [\(point.map(String.init(describing:)).joined(separator: ", "))]\n"
      + "y = \(formula)\nset digits 17\nfor g in grad(y, v) { print \"{g!r}\" }\n"
    let transcript = Transcript(of: program, name: "extreme")
    #expect(transcript.codes == [], "\(program)")
    let found = transcript.output.split(separator: "\n").compactMap { Double(String($0)) }
    try #require(found.count == wanted.count, "\(transcript.output)")
    let size = wanted.map(\.magnitude).max() ?? 0
    for (a, b) in zip(found, wanted) {
      #expect((a - b).magnitude <= 1e-15 * size + 5e-324, "\(formula) at \(point): \(a), \(b)")
    }
  }

  @Test func thereAreCases() { #expect(Self.cases.count == 119) }
}
