import Testing
import WengertTestSupport

@testable import WengertLang

/// Functions of matrices and their slopes, held to values of 60 digits.
///
/// `scripts/make-matrix-cases` writes them.
@Suite struct MatrixCaseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let row: Primitive
    /// How much of a relative change of the matrix the value feels.
    let condition: Double
    let a: TestArray
    let value: TestArray
    let weights: TestArray
    let slopes: TestArray

    var testDescription: String { "\(row.name) \(a.elements.prefix(4))" }
  }

  static let cases: [Case] = {
    let folder = Folder.package() + "/Tests/WengertLangTests/Primitives/"
    let text = Folder.text(folder + "matrix-cases.txt") ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ";").map { $0.split(separator: " ") }
      guard parts.count == 5, parts[0].count == 3, let name = parts[0].first,
        let n = Int(parts[0][1]), let condition = Double(parts[0][2]),
        let row = Catalogue.rows(spelled: String(name)).first
      else { return nil }
      let numbers = parts.dropFirst().map { $0.compactMap { Double($0) } }
      let square = Shape([n, n])
      let shape = numbers[1].count == 1 ? Shape.scalar : square
      return Case(
        row: row, condition: condition, a: TestArray(square, numbers[0]),
        value: TestArray(shape, numbers[1]), weights: TestArray(shape, numbers[2]),
        slopes: TestArray(square, numbers[3]))
    }
  }()

  @Test func `every line of the table is read`() {
    #expect(Self.cases.count == 75)
    #expect(Set(Self.cases.map(\.row.name)).count == 8)
  }

  @Test(arguments: cases)
  func `values and slopes agree with sixty digits`(_ here: Case) throws {
    let value = try here.row.value([here.a], [])
    let error = Self.distance(value, here.value)
    let slopes = try Trial(here.row, [here.a], []).pullbacks(bar: here.weights)[0]
    let slopeError = Self.distance(try #require(slopes), here.slopes)
    let tolerance = 0x1p-50 * (1 + min(here.condition, 1000))
    #expect(error <= tolerance, "\(value.elements)")
    #expect(slopeError <= tolerance, "\(slopes?.elements ?? [])")
  }

  /// The largest difference, measured by the largest element.
  private static func distance(_ a: TestArray, _ b: TestArray) -> Double {
    let size = b.elements.map(\.magnitude).max() ?? 0
    return zip(a.elements, b.elements).reduce(0) { worst, pair in
      let off = (pair.0 - pair.1).magnitude
      return off.isNaN ? .infinity : max(worst, size > 0 ? off / size : off)
    }
  }
}
