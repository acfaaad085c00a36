/// A chart as a picture: axes with numbers, curves, marks, guides, contour lines, a legend.
struct ChartPicture {
  typealias Point = Picture.Point

  var width = 680.0
  var height = 440.0

  /// Nil where there is nothing that could be shown.
  func draw(_ chart: Chart) -> Picture? {
    guard let plane = Plane(chart, width: width, height: height) else { return nil }
    var picture = Picture(
      width: width, height: height, title: chart.title.isEmpty ? "A plot" : chart.title)
    picture.details = chart.series.map(\.label).filter { !$0.isEmpty }.joined(separator: ", ")
    drawAxes(chart, plane, &picture)
    if let surface = chart.surface { drawContours(surface, plane, &picture) }
    for guide in chart.guides { draw(guide, .faint, plane, &picture) }
    for index in chart.series.indices {
      draw(chart.series[index], chart.tone(index), plane, &picture)
    }
    drawLegend(chart, plane, &picture)
    return picture
  }

  /// The rectangle of the axes, and where values stand in it.
  private struct Plane {
    let x: Scale
    let y: Scale
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    init?(_ chart: Chart, width: Double, height: Double) {
      guard let (x, y) = chart.scales() else { return nil }
      (self.x, self.y) = (x, y)
      let numbers = y.ticks.map { Picture.width($0.text, size: 12) }.max() ?? 0
      left = numbers + (chart.y.label.isEmpty ? 22 : 44)
      right = width - 22
      top = chart.title.isEmpty ? 18 : 42
      bottom = height - (chart.x.label.isEmpty ? 34 : 56)
    }

    func point(_ point: Point) -> Point? {
      guard let x = x.place(point.x), let y = y.place(point.y) else { return nil }
      return Point(x: left + x * (right - left), y: bottom - y * (bottom - top))
    }
  }

  private func drawAxes(_ chart: Chart, _ plane: Plane, _ picture: inout Picture) {
    let (left, top, right, bottom) = (plane.left, plane.top, plane.right, plane.bottom)
    for tick in plane.x.ticks {
      guard let share = plane.x.place(tick.value) else { continue }
      let x = left + share * (right - left)
      let end = chart.hasGrid ? top : bottom - 5
      picture.add(
        .line([Point(x: x, y: bottom), Point(x: x, y: end)], .init(tone: .frame, width: 1)))
      picture.write(tick.text, Point(x: x, y: bottom + 18), .ink, .middle)
    }
    for tick in plane.y.ticks {
      guard let share = plane.y.place(tick.value) else { continue }
      let y = bottom - share * (bottom - top)
      let end = chart.hasGrid ? right : left + 5
      picture.add(
        .line([Point(x: left, y: y), Point(x: end, y: y)], .init(tone: .frame, width: 1)))
      picture.write(tick.text, Point(x: left - 8, y: y + 4), .ink, .end)
    }
    picture.add(
      .box(
        Point(x: left, y: top), width: right - left, height: bottom - top, radius: 0, fill: nil,
        .init(tone: .faint, width: 1)))
    let middle = Point(x: (left + right) / 2, y: (top + bottom) / 2)
    if !chart.title.isEmpty {
      picture.write(chart.title, Point(x: middle.x, y: 26), size: 15, .ink, .middle, bold: true)
    }
    if !chart.x.label.isEmpty {
      picture.write(chart.x.label, Point(x: middle.x, y: bottom + 42), size: 13, .ink, .middle)
    }
    if !chart.y.label.isEmpty {
      picture.write(
        chart.y.label, Point(x: 20, y: middle.y), size: 13, .ink, .middle, turned: true)
    }
  }

  // MARK: curves

  private func draw(
    _ series: Chart.Series, _ tone: Picture.Tone, _ plane: Plane, _ picture: inout Picture
  ) {
    let places = series.points.map(plane.point)
    let dashes: [Double]? =
      switch series.style.line {
      case .none: nil
      case .solid: []
      case .dashed: [8, 5]
      case .dotted: [2, 4]
      case .dashdot: [8, 4, 2, 4]
      }
    if let dashes {
      let stroke = Picture.Stroke(tone: tone, width: series.style.width, dashes: dashes)
      for run in places.split(separator: nil) {
        let points = ChartPicture.clipped(run.compactMap { $0 }, plane.top, plane.bottom)
        for points in points where points.count > 1 { picture.add(.line(points, stroke)) }
      }
    }
    let isAlone = series.style.line != .none && places.compactMap { $0 }.count == 1
    guard let mark = series.style.mark ?? (isAlone ? .dot : nil) else { return }
    for point in places.compactMap({ $0 }) where point.y >= plane.top - 1 {
      self.mark(mark, at: point, tone, &picture)
    }
  }

  private func mark(
    _ mark: Chart.Style.Mark, at point: Point, _ tone: Picture.Tone, _ picture: inout Picture
  ) {
    let stroke = Picture.Stroke(tone: tone, width: 1.8)
    func cross(_ a: (Double, Double), _ b: (Double, Double)) {
      for (dx, dy) in [a, b] {
        picture.add(
          .line(
            [
              Point(x: point.x - dx, y: point.y - dy), Point(x: point.x + dx, y: point.y + dy),
            ], stroke))
      }
    }
    switch mark {
    case .dot: picture.add(.dot(point, radius: 2.5, tone))
    case .circle: picture.add(.dot(point, radius: 4, tone))
    case .cross: cross((3.5, 3.5), (3.5, -3.5))
    case .plus: cross((4.5, 0), (0, 4.5))
    }
  }

  /// The stretches of a line between two heights; what leaves them is cut where it does.
  static func clipped(_ points: [Point], _ top: Double, _ bottom: Double) -> [[Point]] {
    var stretches: [[Point]] = []
    var current: [Point] = []
    for (a, b) in zip(points, points.dropFirst()) {
      guard let (start, end) = cut(a, b, top, bottom) else {
        if !current.isEmpty { stretches.append(current) }
        current = []
        continue
      }
      if current.last != start {
        if !current.isEmpty { stretches.append(current) }
        current = [start]
      }
      current.append(end)
    }
    if !current.isEmpty { stretches.append(current) }
    return stretches
  }

  private static func cut(
    _ a: Point, _ b: Point, _ top: Double, _ bottom: Double
  ) -> (Point, Point)? {
    guard max(a.y, b.y) >= top, min(a.y, b.y) <= bottom else { return nil }
    func at(_ y: Double) -> Point {
      Point(x: a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y: y)
    }
    func inside(_ point: Point) -> Point {
      point.y < top ? at(top) : point.y > bottom ? at(bottom) : point
    }
    return (inside(a), inside(b))
  }

  private func drawContours(
    _ surface: Chart.Surface, _ plane: Plane, _ picture: inout Picture
  ) {
    for (number, level) in surface.levels.enumerated() {
      let lines = surface.lines(at: level)
      for line in lines {
        let points = line.compactMap(plane.point)
        picture.add(.line(points, .init(tone: .sixth, width: number % 3 == 0 ? 1.4 : 0.8)))
      }
      // Every third level says which it is, where its longest line has room.
      guard number % 3 == 0, let longest = lines.max(by: { $0.count < $1.count }) else { continue }
      if longest.count > 12, let place = plane.point(longest[longest.count / 3]) {
        picture.write(
          NumberFormat.significant(level, digits: 3), Point(x: place.x + 3, y: place.y - 3),
          size: 10, .faint)
      }
    }
  }

  // MARK: legend

  /// In the corner where the fewest points are.
  private func drawLegend(_ chart: Chart, _ plane: Plane, _ picture: inout Picture) {
    var rows = chart.series.indices.filter { !chart.series[$0].label.isEmpty }.map { index in
      (chart.series[index], chart.tone(index))
    }
    rows += chart.guides.filter { !$0.label.isEmpty }.map { ($0, .faint) }
    guard rows.count > 1 || rows.contains(where: { $0.0.label != chart.y.label }) else { return }
    let texts = rows.map { Picture.width($0.0.label, size: 12) }.max() ?? 0
    let (width, height) = (texts + 52, Double(rows.count) * 19 + 10)
    let corners = [
      Point(x: plane.right - width - 10, y: plane.top + 10),
      Point(x: plane.left + 10, y: plane.top + 10),
      Point(x: plane.right - width - 10, y: plane.bottom - height - 10),
      Point(x: plane.left + 10, y: plane.bottom - height - 10),
    ]
    let places = (chart.series + chart.guides).flatMap { $0.points.compactMap(plane.point) }
    func hidden(_ corner: Point) -> Int {
      places.count { place in
        place.x > corner.x - 8 && place.x < corner.x + width + 8 && place.y > corner.y - 8
          && place.y < corner.y + height + 8
      }
    }
    guard let corner = corners.min(by: { hidden($0) < hidden($1) }) else { return }
    picture.add(
      .box(corner, width: width, height: height, radius: 5, fill: .ground, .init(tone: .frame)))
    for (index, (series, tone)) in rows.enumerated() {
      let y = corner.y + 19 * Double(index) + 15
      var sample = series
      sample.points = []
      let line = [Point(x: corner.x + 9, y: y), Point(x: corner.x + 37, y: y)]
      drawSample(series, line, tone, &picture)
      picture.write(series.label, Point(x: corner.x + 44, y: y + 4))
    }
  }

  private func drawSample(
    _ series: Chart.Series, _ line: [Point], _ tone: Picture.Tone, _ picture: inout Picture
  ) {
    let dashes: [Chart.Style.Line: [Double]] = [
      .solid: [], .dashed: [8, 5], .dotted: [2, 4], .dashdot: [8, 4, 2, 4],
    ]
    if let dashes = dashes[series.style.line] {
      picture.add(.line(line, .init(tone: tone, width: series.style.width, dashes: dashes)))
    }
    if let mark = series.style.mark {
      self.mark(mark, at: Point(x: (line[0].x + line[1].x) / 2, y: line[0].y), tone, &picture)
    }
  }
}

extension Chart {
  /// The scales that show all of it; nil where it has no point that can be shown.
  func scales(padding: Double = 0.04, wanted: (x: Int, y: Int) = (7, 6)) -> (x: Scale, y: Scale)? {
    var xs = series.flatMap { $0.points.filter(isShown).map(\.x) }
    var ys = series.flatMap { $0.points.filter(isShown).map(\.y) }
    if let surface {
      xs += surface.xs
      ys += surface.ys
    }
    let room = surface == nil ? padding : 0
    guard
      let x = Scale(xs, logarithmic: x.isLogarithmic, padding: room, wanted: wanted.x),
      let y = Scale(ys, logarithmic: y.isLogarithmic, padding: room, wanted: wanted.y)
    else { return nil }
    return (x, y)
  }

  /// Whether a point can be shown at all.
  private func isShown(_ point: Point) -> Bool {
    point.x.isFinite && point.y.isFinite && (!x.isLogarithmic || point.x > 0)
      && (!y.isLogarithmic || point.y > 0)
  }
}
