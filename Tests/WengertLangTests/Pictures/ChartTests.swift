import Testing
import WengertTestSupport

@testable import WengertLang

/// Scales, styles, contour lines, and what `plot` writes.
@Suite struct ChartTests {
  @Test(arguments: [(-1.0, 1.0), (0, 1e-9), (3, 3), (-7e8, 12), (0.1, 1234.5)])
  func `marks are multiples of 1, 2 or 5 times a power of ten, inside of the axis`(
    _ low: Double, _ high: Double
  ) throws {
    let scale = try #require(Scale([low, high], logarithmic: false))
    let ticks = scale.ticks.map(\.value)
    #expect(ticks.count >= 2 && ticks.count <= 14, "\(ticks)")
    for tick in ticks {
      let place = try #require(scale.place(tick))
      #expect(place >= -1e-9 && place <= 1 + 1e-9)
    }
    let step = ticks[1] - ticks[0]
    var digit = step
    while digit >= 9.99 { digit /= 10 }
    while digit < 0.999 { digit *= 10 }
    #expect([1.0, 2, 5].contains { abs($0 - digit) < 1e-6 }, "\(step)")
  }

  @Test func `a logarithmic axis has powers of ten, equally far apart`() throws {
    let scale = try #require(Scale([1e-8, 1], logarithmic: true, padding: 0))
    let places = scale.ticks.compactMap { scale.place($0.value) }
    #expect(scale.ticks.allSatisfy { $0.text.hasPrefix("1e") })
    #expect(abs(places[2] - 2 * places[1] + places[0]) < 1e-12)
    #expect(Scale([-1, 0], logarithmic: true) == nil)
    #expect(Scale([.nan, .infinity], logarithmic: false) == nil)
  }

  @Test func `styles are read as plotting programs write them`() throws {
    let dashed = try #require(Chart.Style("r--"))
    #expect(dashed.line == .dashed && dashed.tone == .second && dashed.mark == nil)
    let marks = try #require(Chart.Style("bo"))
    #expect(marks.line == .none && marks.mark == .circle)
    let both = try #require(Chart.Style("k-.x"))
    #expect(both.line == .dashdot && both.mark == .cross && both.tone == .ink)
    #expect(Chart.Style("purple") == nil)
  }

  @Test func `contour lines lie where the function has their value`() {
    let xs = (0...60).map { -3 + 0.1 * Double($0) }
    let ys = (0...40).map { -2 + 0.1 * Double($0) }
    let surface = Chart.Surface(
      xs: xs, ys: ys, values: ys.map { y in xs.map { x in x * x + 2 * y * y } })
    let lines = surface.lines(at: 2.5)
    #expect(lines.count == 1)
    for point in lines.joined() {
      // Straight interpolation on squares of a tenth is off by the curvature, at most 0.0075.
      #expect(abs(point.x * point.x + 2 * point.y * point.y - 2.5) < 0.0076)
    }
    let line = lines.first ?? []
    #expect(line.first == line.last, "an ellipse is closed")
  }

  @Test func `what leaves the plane is cut at its edge`() {
    let line = [Picture.Point(x: 0, y: -10), .init(x: 10, y: 10), .init(x: 20, y: -10)]
    let cut = ChartPicture.clipped(line, 0, 100)
    #expect(cut.count == 1)
    #expect(cut.first?.first == .init(x: 5, y: 0) && cut.first?.last == .init(x: 15, y: 0))
  }

  @Test func `a plot over a name runs the same program for each value`() throws {
    let program = """
      x = 3
      y = x^2 + 1
      plot y over x = [0, 1, 2] tangents 1 to "y.json"
      """
    var text = ""
    var session = Session()
    let isDone = session.run(program, name: "test.wl") { event in
      if case .file(_, let bytes, _) = event { text = String(decoding: bytes, as: UTF8.self) }
    }
    #expect(isDone)
    #expect(text.hasPrefix(#"{"kind":"plot""#))
    #expect(text.split(separator: "\"y\":[1.0,2.0,5.0]").count == 2, "\(text)")
    #expect(text.split(separator: "slope 2 at 1").count == 2, "\(text)")
  }
}
