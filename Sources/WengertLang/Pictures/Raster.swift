/// A picture in pixels: shapes are painted with soft edges, texts with strokes.
struct Raster {
  typealias Point = Picture.Point

  let width: Int
  let height: Int
  /// Red, green and blue of every pixel, row by row.
  private(set) var pixels: [UInt8]
  /// How many pixels a length of 1 takes.
  private let scale: Double

  /// The most pixels a picture may have.
  static let limit = 64_000_000

  /// The picture in the colours for light pages; nil where it would be too large.
  init?(_ picture: Picture, scale: Double = 2) {
    let size = (picture.width * scale, picture.height * scale)
    guard size.0 >= 1, size.1 >= 1, size.0 * size.1 <= Double(Raster.limit) else { return nil }
    (width, height) = (Int(size.0.rounded(.up)), Int(size.1.rounded(.up)))
    self.scale = scale
    pixels = Array(repeating: 255, count: width * height * 3)
    for part in picture.parts { paint(part) }
  }

  // MARK: parts

  private mutating func paint(_ part: Picture.Part) {
    switch part {
    case .box(let corner, let width, let height, let radius, let fill, let stroke):
      let outline = Raster.outline(corner, width, height, radius)
      if let fill { paint(area: outline, fill) }
      if let stroke { paint(line: outline, stroke) }
    case .line(let points, let stroke): paint(line: points, stroke)
    case .curve(let points, let stroke, let arrow):
      paint(line: Raster.softened(points), stroke)
      if arrow, let last = points.last {
        paint(
          area: [
            last, Point(x: last.x - 7, y: last.y - 3.5), Point(x: last.x - 7, y: last.y + 3.5),
          ], stroke.tone)
      }
    case .area(let points, let tone): paint(area: points, tone)
    case .dot(let point, let radius, let tone):
      paint(line: [point, point], .init(tone: tone, width: 2 * radius))
    case .text(let text, let point, let size, let tone, let anchor, let bold, let turned):
      paint(text, point, size, tone, anchor, bold ? 1.7 : 1.15, turned)
    }
  }

  /// The outline of a box, its corners in small steps.
  private static func outline(
    _ corner: Point, _ width: Double, _ height: Double, _ radius: Double
  ) -> [Point] {
    let r = min(radius, width / 2, height / 2)
    let (left, top) = (corner.x, corner.y)
    let (right, bottom) = (left + width, top + height)
    // A quarter of a circle by four chords.
    let steps = [(0.0, 1.0), (0.383, 0.924), (0.707, 0.707), (0.924, 0.383), (1, 0)]
    func arc(_ x: Double, _ y: Double, _ sx: Double, _ sy: Double, _ turned: Bool) -> [Point] {
      (turned ? steps.reversed() : steps).map { Point(x: x + sx * r * $0.0, y: y + sy * r * $0.1) }
    }
    let points =
      arc(right - r, top + r, 1, -1, false) + arc(right - r, bottom - r, 1, 1, true)
      + arc(left + r, bottom - r, -1, 1, false) + arc(left + r, top + r, -1, -1, true)
    return points + points.prefix(1)
  }

  /// A curve that is level at its points, in short straight stretches.
  private static func softened(_ points: [Point]) -> [Point] {
    var path = Array(points.prefix(1))
    for (a, b) in zip(points, points.dropFirst()) {
      for step in 1...(a.y == b.y ? 1 : 16) {
        let t = a.y == b.y ? 1 : Double(step) / 16
        let (u, v) = (1 - t, t * t * (3 - 2 * t))
        let middle = (a.x + b.x) / 2
        let x = u * u * u * a.x + 3 * u * t * middle + t * t * t * b.x
        path.append(Point(x: x, y: a.y + v * (b.y - a.y)))
      }
    }
    return path
  }

  private mutating func paint(
    _ text: String, _ point: Point, _ size: Double, _ tone: Picture.Tone, _ anchor: Picture.Anchor,
    _ weight: Double, _ isTurned: Bool
  ) {
    let width = StrokeFont.width(text, size: size)
    var along = anchor == .start ? 0 : anchor == .middle ? -width / 2 : -width
    let cell = size * StrokeFont.unit
    for character in text {
      let glyph = StrokeFont.glyph(character)
      for stroke in glyph.strokes {
        let points = stroke.map { place in
          let (x, y) = (along + place.x * cell, -place.y * cell)
          return isTurned
            ? Point(x: point.x + y, y: point.y - x) : Point(x: point.x + x, y: point.y + y)
        }
        paint(line: points, .init(tone: tone, width: weight))
      }
      along += (glyph.width + StrokeFont.gap) * cell
    }
  }

  // MARK: pixels

  private static func colour(_ tone: Picture.Tone) -> (UInt8, UInt8, UInt8) {
    let text = SVGWriter.colours.first { $0.tone == tone }?.light.dropFirst() ?? "000000"
    let value = UInt32(text, radix: 16) ?? 0
    return (UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
  }

  private mutating func blend(_ x: Int, _ y: Int, _ share: Double, _ colour: (UInt8, UInt8, UInt8))
  {
    guard share > 0, x >= 0, y >= 0, x < width, y < height else { return }
    let place = (y * width + x) * 3
    for (offset, ink) in [colour.0, colour.1, colour.2].enumerated() {
      let ground = Double(pixels[place + offset])
      pixels[place + offset] = UInt8((ground + min(1, share) * (Double(ink) - ground)).rounded())
    }
  }

  /// A line of some width with round ends, each pixel as far as it is covered.
  private mutating func paint(line: [Point], _ stroke: Picture.Stroke) {
    let half = stroke.width * scale / 2
    let colour = Raster.colour(stroke.tone)
    for run in dashed(line.map { Point(x: $0.x * scale, y: $0.y * scale) }, stroke.dashes) {
      // A pixel that two stretches cover is painted once.
      var covered: [Int: Double] = [:]
      for (a, b) in zip(run, run.dropFirst()) {
        cover(a, b, half) { x, y, share in
          let place = y * width + x
          covered[place] = max(covered[place] ?? 0, share)
        }
      }
      for (place, share) in covered { blend(place % width, place / width, share, colour) }
    }
  }

  private func cover(
    _ a: Point, _ b: Point, _ half: Double, _ found: (Int, Int, Double) -> Void
  ) {
    let reach = half + 1
    let columns = (min(a.x, b.x) - reach, max(a.x, b.x) + reach)
    let rows = (min(a.y, b.y) - reach, max(a.y, b.y) + reach)
    guard columns.0.isFinite, columns.1.isFinite, rows.0.isFinite, rows.1.isFinite else { return }
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = dx * dx + dy * dy
    for y in Raster.whole(rows.0, in: height)..<Raster.whole(rows.1 + 1, in: height) {
      for x in Raster.whole(columns.0, in: width)..<Raster.whole(columns.1 + 1, in: width) {
        let (px, py) = (Double(x) + 0.5 - a.x, Double(y) + 0.5 - a.y)
        let t = length == 0 ? 0 : max(0, min(1, (px * dx + py * dy) / length))
        let (ex, ey) = (px - t * dx, py - t * dy)
        let share = half + 0.5 - (ex * ex + ey * ey).squareRoot()
        if share > 0 { found(x, y, min(1, share)) }
      }
    }
  }

  /// A place as a pixel of a side.
  private static func whole(_ value: Double, in side: Int) -> Int {
    Int(max(0, min(Double(side), value.rounded(.down))))
  }

  private func dashed(_ line: [Point], _ dashes: [Double]) -> [[Point]] {
    let pattern = dashes.map { $0 * scale }
    guard pattern.contains(where: { $0 > 0 }) else { return [line] }
    var runs: [[Point]] = []
    var (index, left) = (0, pattern[0])
    var current = Array(line.prefix(1))
    for (a, b) in zip(line, line.dropFirst()) {
      let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      var done = 0.0
      while length - done > left {
        done += left
        let share = done / length
        let point = Point(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
        if index % 2 == 0 { runs.append(current + [point]) }
        current = [point]
        index += 1
        left = max(0.5, pattern[index % pattern.count])
      }
      left -= length - done
      current.append(b)
    }
    if index % 2 == 0 { runs.append(current) }
    return runs
  }

  /// A filled shape: four lines a pixel, each as far as it lies inside.
  private mutating func paint(area points: [Point], _ tone: Picture.Tone) {
    let corners = points.map { Point(x: $0.x * scale, y: $0.y * scale) }
    guard let top = corners.map(\.y).min(), let bottom = corners.map(\.y).max() else { return }
    let colour = Raster.colour(tone)
    for y in Raster.whole(top, in: height)..<Raster.whole(bottom + 1, in: height) {
      var shares: [Int: Double] = [:]
      for line in 0..<4 {
        let level = Double(y) + (Double(line) + 0.5) / 4
        let crossings = Raster.crossings(corners, level)
        for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
          let (left, right) = (crossings[pair], crossings[pair + 1])
          for x in Raster.whole(left, in: width)..<Raster.whole(right + 1, in: width) {
            let inside = min(right, Double(x) + 1) - max(left, Double(x))
            if inside > 0 { shares[x, default: 0] += inside / 4 }
          }
        }
      }
      for (x, share) in shares { blend(x, y, share, colour) }
    }
  }

  private static func crossings(_ corners: [Point], _ level: Double) -> [Double] {
    var crossings: [Double] = []
    for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1))
    where (a.y <= level) != (b.y <= level) {
      crossings.append(a.x + (level - a.y) / (b.y - a.y) * (b.x - a.x))
    }
    return crossings.sorted()
  }
}
