import Foundation
import Testing

@testable import WengertLang

/// Numbers and arrays are spelled as Python and NumPy spell them; `scripts/make-layout-cases`
/// writes the cases.
@Suite struct LayoutTests {
  /// The fields of all cases of one kind, without the kind.
  static func cases(_ kind: String) throws -> [[String]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "layout-cases.txt"), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.filter { $0[0] == kind }.map { Array($0.dropFirst()) }
  }

  static func number(_ text: some StringProtocol) -> Double { Double(text) ?? .nan }

  /// The extents and the values, repeated until the array is full.
  static func array(_ extents: String, _ values: String) -> ([Int], [Double]) {
    let sizes = extents.split(separator: ",").compactMap { Int($0) }
    let base = values.split(separator: " ").map(number)
    let count = base.isEmpty ? 0 : sizes.reduce(1, *)
    return (sizes, (0..<count).map { base[$0 % base.count] })
  }

  static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  @Test func `arrays are laid out as NumPy lays them out`() throws {
    for fields in try Self.cases("array") {
      let (extents, values) = Self.array(fields[0], fields[2])
      let layout = ArrayLayout(digits: try #require(Int(fields[1])))
      #expect(Self.escaped(layout.text(values, extents: extents)) == fields[3])
    }
  }

  @Test func `a format goes to each element`() throws {
    for fields in try Self.cases("each") {
      let (extents, values) = Self.array(fields[0], fields[2])
      let text = ArrayLayout().text(
        values, extents: extents, format: try FormatSpecification(fields[1]))
      #expect(Self.escaped(text) == fields[3])
    }
  }

  @Test func `the shortest spelling is Python's`() throws {
    for fields in try Self.cases("repr") {
      #expect(NumberFormat.shortest(Self.number(fields[0])) == fields[1])
    }
  }

  @Test func `significant digits are C's`() throws {
    for fields in try Self.cases("digits") {
      let digits = try #require(Int(fields[0]))
      #expect(NumberFormat.significant(Self.number(fields[1]), digits: digits) == fields[2])
    }
  }

  @Test func `format specifications mean what they mean in Python`() throws {
    for fields in try Self.cases("format") {
      let format = try? FormatSpecification(fields[0])
      let text = format?.text(Self.number(fields[1])) ?? "refused"
      #expect(text == fields[2], "\(fields[0])")
    }
  }

  @Test(arguments: [
    (40, "40"), (-0.0, "-0"), (-Double.nan, "nan"), (-Double.infinity, "-inf"), (1e20, "1e+20"),
    (0.00001, "1e-05"), (2.0 / 3, "0.666667"),
  ])
  func `one number has six digits and no idle point`(value: Double, text: String) {
    #expect(NumberFormat.significant(value) == text)
  }

  @Test(arguments: [
    ("", 0.5, "0.5"), ("!r", 0.1, "0.1"), (":.3f", 0.25, "0.250"), ("!r:>6", 1, "   1.0"),
    (":d", 3, "3"), (":d", 0.5, "0.5"), (":+d", -0.0, "+0"),
  ])
  func `a field is what follows the formula in braces`(field: String, value: Double, text: String)
    throws
  {
    #expect(try FormatSpecification(field: field).text(value) == text)
  }

  @Test(arguments: [
    (".3k", "`k` is none of the types d e E f F g G %"), ("5.", "digits must follow the `.`"),
    (".2d", "a whole number, `d`, takes no precision"), ("99999", "99999 is more than 4096"),
    ("!s", "only the conversion `!r` is known"),
    ("!r:.3f", "`!r` takes only fill, alignment and width"),
    (".3ff", "`f` follows the type `f`"),
  ])
  func `a specification that is none says why`(specification: String, reason: String) {
    #expect(throws: FormatProblem(reason)) { try FormatSpecification(specification) }
  }

  @Test func `one text holds a specification or a conversion`() throws {
    #expect(try FormatSpecification("!r:>6").text(1) == "   1.0")
    #expect(try FormatSpecification("!>6").text(1) == "!!!1.0")
    #expect(try FormatSpecification("!r").text(1) == "1.0")
  }

  @Test func `a literal reads back exactly`() {
    let literal = ArrayLayout.literal([1, 0.1, -2, 1e-9], extents: [2, 2])
    #expect(literal == "[[1.0, 0.1], [-2.0, 1e-09]]")
    #expect(ArrayLayout.literal([0.5], extents: []) == "0.5")
    #expect(ArrayLayout.literal([], extents: [0]) == "[]")
  }

  @Test func `further lines are moved in by what stands before the first`() {
    let layout = ArrayLayout(indent: 4)
    #expect(layout.text([1, 2, 3, 4], extents: [2, 2]) == "[[1. 2.]\n     [3. 4.]]")
  }
}
