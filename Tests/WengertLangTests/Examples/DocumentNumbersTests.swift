import Testing
import WengertTestSupport

/// The examples print what the documents print that they come from: `document-numbers.txt` has it,
/// and `ExampleTests` holds the outputs to the programs.
@Suite struct DocumentNumbersTests {
  /// Lines that stand together in a document, and the example that prints them.
  struct Paragraph: Sendable, CustomTestStringConvertible {
    let example: String
    let about: String
    var lines: [String] = []

    var testDescription: String { "\(example): \(about)" }
  }

  static let paragraphs: [Paragraph] = {
    let path = Folder.package() + "/Tests/WengertLangTests/Examples/document-numbers.txt"
    var paragraphs: [Paragraph] = []
    var example = ""
    for line in (Folder.text(path) ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("== ") {
        example = String(line.dropFirst(3))
      } else if line.hasPrefix("-- ") {
        paragraphs.append(Paragraph(example: example, about: String(line.dropFirst(3))))
      } else if let last = paragraphs.indices.last, !line.isEmpty {
        paragraphs[last].lines.append(plain(line))
      }
    }
    return paragraphs
  }()

  @Test(arguments: paragraphs)
  func `an example prints what its document prints`(_ paragraph: Paragraph) {
    let path = Folder.package() + "/examples/" + paragraph.example + ".out"
    let printed = (Folder.text(path) ?? "").split(separator: "\n").map(Self.plain)
    let missing = Self.missing(paragraph.lines, in: printed)
    #expect(!paragraph.lines.isEmpty)
    #expect(missing == nil, "\(paragraph.example).out has no\n\(missing ?? "")")
  }

  @Test func `every document has its numbers`() {
    for document in ["000", "001", "002", "003", "004"] {
      #expect(Self.paragraphs.contains { $0.example.hasPrefix(document) }, "\(document)")
    }
  }

  /// A line with single blanks, and none at its ends and inside of brackets.
  private static func plain(_ line: Substring) -> String {
    line.split(separator: " ").reduce("") { text, word in
      let isTight = text.isEmpty || text.hasSuffix("[") || word.hasPrefix("]")
      return text + (isTight ? "" : " ") + word
    }
  }

  /// The first line that does not follow those before it, nil where all stand together.
  private static func missing(_ lines: [String], in printed: [String]) -> String? {
    var best = 0
    for start in printed.indices where printed[start] == lines.first {
      let length = zip(printed[start...], lines).prefix { $0 == $1 }.count
      if length == lines.count { return nil }
      best = max(best, length)
    }
    return lines.dropFirst(best).first
  }
}
