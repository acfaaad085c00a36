import Testing
import WengertTestSupport

@testable import WengertLang

/// Complex values and Taylor coefficients, held to values of 60 digits.
///
/// `scripts/make-analytic-cases` writes them.
@Suite struct AnalyticCaseTests {
  /// An operation at complex numbers, real and imaginary parts in turn.
  struct ComplexCase: Sendable {
    let row: Primitive
    let operands: [Double]
    let value: [Double]
  }

  /// A formula in x and its coefficients.
  struct SeriesCase: Sendable, CustomTestStringConvertible {
    let formula: String
    let point: Double
    let coefficients: [Double]

    var testDescription: String { "\(formula) at \(point)" }
  }

  private static let lines: [[String]] = {
    let folder = Folder.package() + "/Tests/WengertLangTests/Differentiation/"
    return (Folder.text(folder + "analytic-cases.txt") ?? "").split(separator: "\n").map { line in
      line.split(separator: ";").map { $0.trimmed }
    }
  }()

  static let complex: [ComplexCase] = lines.compactMap { line in
    guard line.count == 4, line[0] == "complex",
      let row = Catalogue.rows(spelled: line[1]).first
    else { return nil }
    return ComplexCase(
      row: row, operands: line[2].split(separator: " ").compactMap { Double($0) },
      value: line[3].split(separator: " ").compactMap { Double($0) })
  }

  static let series: [SeriesCase] = lines.compactMap { line in
    guard line.count == 4, line[0] == "taylor", let point = Double(line[2]) else { return nil }
    return SeriesCase(
      formula: line[1], point: point,
      coefficients: line[3].split(separator: " ").compactMap { Double($0) })
  }

  @Test func `every line of the table is read`() {
    #expect(Self.complex.count + Self.series.count == 223)
    #expect(Self.series.allSatisfy { $0.coefficients.count == 31 })
  }

  @Test(arguments: Set(complex.map(\.row)))
  func `complex values agree with sixty digits`(_ row: Primitive) throws {
    for here in Self.complex where here.row == row {
      var list = List()
      var operands: [Extended] = []
      for place in stride(from: 0, to: here.operands.count, by: 2) {
        let real = list.appendInput(TestArray(here.operands[place]))
        let imaginary = list.appendInput(TestArray(here.operands[place + 1]))
        operands.append(Extended(real, [imaginary]))
      }
      let z = try list.append(row, operands.map(\.base))
      let swept = try list.appendExpansion(
        seeds: operands.map { ($0.base, $0) }, system: ComplexNumbers())
      let run = try ListRun(list)
      let parts = [0, 1].map { swept[z][$0].map { run.elements($0)[0] } ?? 0 }
      #expect(distance(parts, here.value) < 4e-15, "\(row.name) \(here.operands): \(parts)")
    }
  }

  @Test(arguments: series)
  func `thirty coefficients agree with sixty digits`(_ here: SeriesCase) {
    let run = ProgramRun("x = \(here.point)\ny = \(here.formula)\nc = taylor(y, x = 1, 30)\n")
    let found = run.numbers("c")
    #expect(found.count == 31, "\(run.diagnostics.first?.title ?? "")")
    // Rounding in one coefficient goes on into the next as the series itself does.
    let growth =
      (1...30).map { k in
        SeriesCaseGrowth.root(here.coefficients[k].magnitude, k)
      }.max() ?? 0
    var scale = here.coefficients[0].magnitude + here.coefficients[1].magnitude
    for (k, (a, b)) in zip(found, here.coefficients).enumerated() {
      #expect((a - b).magnitude <= 1e-13 * max(scale, b.magnitude), "c\(k): \(a) against \(b)")
      scale *= growth
    }
  }
}

/// The k-th root, for the growth of coefficients.
private enum SeriesCaseGrowth {
  static func root(_ value: Double, _ k: Int) -> Double {
    var (low, high) = (0.0, max(1, value))
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      var power = 1.0
      for _ in 0..<k { power *= middle }
      if power < value { low = middle } else { high = middle }
    }
    return high
  }
}

extension Substring {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
