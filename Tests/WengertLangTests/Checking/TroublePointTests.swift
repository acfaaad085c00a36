import Testing
import WengertTestSupport

@testable import WengertLang

/// Classic trouble spots beside what is true there, which another program found from definitions.
@Suite struct TroublePointTests {
  private static let path =
    Folder.package() + "/Tests/WengertLangTests/Checking/trouble-points.txt"
  static let points = (Folder.text(path) ?? "").split(separator: "\n").map(String.init)
    .filter { !$0.hasPrefix("#") }.map(Point.init)

  struct Point: Sendable, CustomTestStringConvertible {
    var title = ""
    var source = ""
    var program = ""
    var wrt = ""
    var kind = ""
    var rest = ""

    init(_ line: String) {
      // A program may have bars of its own, so the parts are told apart with blanks.
      let parts = line.split(separator: "|").map {
        String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      guard parts.count >= 5 else { return }
      (title, source, program, wrt, kind) = (parts[0], parts[1], parts[2], parts[3], parts[4])
      rest = parts.count > 5 ? parts[5] : ""
    }

    var testDescription: String { title }
    /// Groups of numbers.
    var numbers: [[Double]] {
      rest.split(separator: ";").map { $0.split(separator: " ").compactMap { Double($0) } }
    }
  }

  @Test(arguments: points)
  func eachPointIsSaidToBeWhatItIs(_ point: Point) throws {
    var session = Session()
    var complaints: [String] = []
    _ = session.run(point.program + "\n", name: "point") {
      if case .diagnostic(let diagnostic) = $0, diagnostic.severity == .error {
        complaints.append(diagnostic.title)
      }
    }
    #expect(complaints == [])
    let y = try slot("y", session)
    let x = try slot(point.wrt, session)
    let list = session.lowering.program
    guard point.kind != "first" else {
      let reasons = try Reasons.make(of: y, wrt: [x], in: list, symbols: session.lowering.symbols)
      let forward = try #require(reasons.forward)
      let name = reasons.straight.list.primitive(forward.slot).name
      let happened = "\(name) \(forward.meeting.kind.rawValue)"
      #expect(happened == point.rest)
      return
    }
    let check = try GradientCheck.make(
      of: y, wrt: [x], in: list, symbols: session.lowering.symbols)
    let value = check.straight.list.elements(check.output, in: check.straight.values)
    try compare(check.inputs[0], point, value: value.first ?? .nan)
    #expect(!check.isWrong)
  }

  private func compare(_ input: GradientCheck.Input, _ point: Point, value: Double) throws {
    let verdict = "\(point.title): \(input.verdict), \(input.gradient)"
    switch point.kind {
    case "smooth", "lossy":
      let wanted = try #require(point.numbers.first)
      try #require(wanted.count == input.gradient.count)
      guard case .correct(let digits, _) = input.verdict else {
        switch input.verdict {
        case .imprecise, .noise:
          // A slope that is less than the rounding of the value is lost as well.
          let isLost = wanted.allSatisfy { $0.magnitude <= 0x1p-53 * value.magnitude }
          #expect(point.kind == "lossy" || isLost, "\(verdict)")
        // A slope that is less than the smallest number is none.
        default: #expect(wanted.allSatisfy { $0 == 0 }, "\(verdict)")
        }
        return
      }
      // As many digits as are promised are there.
      let size = wanted.map(\.magnitude).max() ?? 0
      let promised = (0..<digits).reduce(1.0) { bound, _ in bound / 10 }
      for (a, b) in zip(input.gradient, wanted) {
        #expect(
          (a - b).magnitude <= 4 * promised * size, "\(verdict), \(b)")
      }
      #expect(digits >= 6, "\(verdict)")
    case "kink":
      switch input.verdict {
      case .kink, .branch: break
      default: Issue.record("\(verdict)")
      }
      let sides = point.numbers
      try #require(sides.count == 2 && sides[0].count == input.gradient.count)
      for (used, (below, above)) in zip(input.gradient, zip(sides[0], sides[1])) {
        #expect(min(below, above) <= used && used <= max(below, above), "\(verdict)")
      }
    case "jump":
      switch input.verdict {
      case .kink, .branch, .detached: break
      default: Issue.record("\(verdict)")
      }
    case "infinite", "undefined":
      guard case .notFinite = input.verdict else {
        Issue.record("\(verdict)")
        return
      }
    case "flat":
      switch input.verdict {
      case .detached, .independent, .decides, .correct: break
      default: Issue.record("\(verdict)")
      }
      #expect(input.gradient.allSatisfy { $0 == 0 }, "\(verdict)")
    default: Issue.record("no class \(point.kind)")
    }
  }

  private func slot(_ name: String, _ session: Session) throws -> Slot {
    let symbol = try #require(session.lowering.symbols.find(name))
    guard case .slot(let slot, _)? = session.lowering.scopes[0].value(symbol) else {
      throw ExplanationError.notThere
    }
    return slot
  }

  @Test func thereAreSixtyPointsOfEveryClassEachWithItsSource() {
    #expect(Self.points.count >= 60)
    let kinds = Set(Self.points.map(\.kind))
    #expect(kinds == ["smooth", "lossy", "kink", "jump", "infinite", "flat", "first"])
    for point in Self.points { #expect(point.source.count > 8, "\(point.title)") }
  }
}
