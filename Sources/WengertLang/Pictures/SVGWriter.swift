/// A picture as SVG: one file without scripts or fonts, in colours for light and dark pages.
struct SVGWriter {
  /// The colours of tones, on a light and on a dark page.
  ///
  /// The six of curves are those of Okabe and Ito, told apart by most colour-blind readers.
  static let colours: [(tone: Picture.Tone, light: String, dark: String)] = [
    (.ground, "#ffffff", "#12171e"), (.ink, "#1f2933", "#dbe2ea"),
    (.faint, "#8894a2", "#7f8b99"), (.frame, "#d5dbe2", "#34404d"),
    (.input, "#eef4e6", "#233022"), (.entry, "#f2f5f9", "#1c242e"),
    (.result, "#fdf1dc", "#3a2f1a"), (.value, "#0a5fa8", "#7cc4ff"),
    (.adjoint, "#b3401a", "#ffa07a"),
    (.first, "#0072b2", "#56b4e9"), (.second, "#d55e00", "#e8853d"),
    (.third, "#009e73", "#2fc79a"), (.fourth, "#cc79a7", "#e29fc4"),
    (.fifth, "#9a7d0a", "#f0e442"), (.sixth, "#5b6470", "#b6c0cb"),
  ]

  func write(_ picture: Picture) -> String {
    let (width, height) = (number(picture.width), number(picture.height))
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif">
      <title>\(XML.escaped(picture.title))</title>

      """
    if !picture.details.isEmpty { text += "<desc>\(XML.escaped(picture.details))</desc>\n" }
    text += style(picture)
    text += "<rect width=\"100%\" height=\"100%\" class=\"f-ground\"/>\n"
    for part in picture.parts { text += write(part) + "\n" }
    return text + "</svg>\n"
  }

  /// The classes of the tones that the picture uses.
  private func style(_ picture: Picture) -> String {
    let used = picture.tones.union([.ground])
    func rules(_ colour: (Picture.Tone) -> String?) -> String {
      Picture.Tone.allCases.filter(used.contains).compactMap { tone in
        colour(tone).map { ".f-\(tone.rawValue){fill:\($0)}.s-\(tone.rawValue){stroke:\($0)}" }
      }.joined()
    }
    let table = SVGWriter.colours
    let light = rules { tone in table.first { $0.tone == tone }?.light }
    let dark = rules { tone in table.first { $0.tone == tone }?.dark }
    return """
      <style>\(light)@media (prefers-color-scheme:dark){\(dark)}path,polyline{fill:none}\
      .a{stroke-linejoin:round;stroke-linecap:round}</style>

      """
  }

  private func write(_ part: Picture.Part) -> String {
    switch part {
    case .box(let corner, let width, let height, let radius, let fill, let stroke):
      let look = fill.map { "class=\"f-\($0.rawValue)" } ?? "fill=\"none\" class=\""
      let rim = stroke.map { " s-\($0.tone.rawValue)\" \(measure($0))" } ?? "\""
      return "<rect x=\"\(number(corner.x))\" y=\"\(number(corner.y))\" "
        + "width=\"\(number(width))\" height=\"\(number(height))\" rx=\"\(number(radius))\" "
        + look + rim + "/>"
    case .line(let points, let stroke):
      return "<polyline class=\"a s-\(stroke.tone.rawValue)\" \(measure(stroke)) "
        + "points=\"\(list(points))\"/>"
    case .curve(let points, let stroke, let arrow):
      return curve(points, stroke, arrow)
    case .area(let points, let tone):
      return "<polygon class=\"f-\(tone.rawValue)\" points=\"\(list(points))\"/>"
    case .dot(let point, let radius, let tone):
      return "<circle cx=\"\(number(point.x))\" cy=\"\(number(point.y))\" "
        + "r=\"\(number(radius))\" class=\"f-\(tone.rawValue)\"/>"
    case .text(let text, let point, let size, let tone, let anchor, let bold, let turned):
      var look = "class=\"f-\(tone.rawValue)\" font-size=\"\(number(size))\""
      if anchor != .start { look += " text-anchor=\"\(anchor.rawValue)\"" }
      if bold { look += " font-weight=\"600\"" }
      let (x, y) = (number(point.x), number(point.y))
      if turned { look += " transform=\"rotate(-90 \(x) \(y))\"" }
      return "<text x=\"\(x)\" y=\"\(y)\" \(look)>\(XML.escaped(text))</text>"
    }
  }

  private func curve(_ points: [Picture.Point], _ stroke: Picture.Stroke, _ arrow: Bool) -> String {
    guard let first = points.first, let last = points.last else { return "" }
    let path =
      "<path class=\"a s-\(stroke.tone.rawValue)\" \(measure(stroke)) "
      + "d=\"\(SVGWriter.path(points))\"/>"
    guard arrow, first != last else { return path }
    let head = [
      last, Picture.Point(x: last.x - 7, y: last.y - 3.5),
      Picture.Point(x: last.x - 7, y: last.y + 3.5),
    ]
    return path + "<polygon class=\"f-\(stroke.tone.rawValue)\" points=\"\(list(head))\"/>"
  }

  /// A path that is level at every point; between two of one height it is straight.
  static func path(_ points: [Picture.Point]) -> String {
    guard let first = points.first else { return "" }
    var text = "M\(number(first.x)) \(number(first.y))"
    for (a, b) in zip(points, points.dropFirst()) {
      if a.y == b.y {
        text += "H\(number(b.x))"
      } else {
        let middle = number((a.x + b.x) / 2)
        text += "C\(middle) \(number(a.y)) \(middle) \(number(b.y)) \(number(b.x)) \(number(b.y))"
      }
    }
    return text
  }

  private func measure(_ stroke: Picture.Stroke) -> String {
    let dashes = stroke.dashes.map(number).joined(separator: " ")
    return "stroke-width=\"\(number(stroke.width))\""
      + (dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\"")
  }

  private func list(_ points: [Picture.Point]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  private func number(_ value: Double) -> String { SVGWriter.number(value) }

  /// A length with at most one digit behind the point.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let whole = tenths / 10
    let rest = (tenths % 10).magnitude
    if rest == 0 { return "\(whole)" }
    return (tenths < 0 && whole == 0 ? "-" : "") + "\(whole).\(rest)"
  }
}

extension Picture {
  /// The tones that its parts use.
  fileprivate var tones: Set<Tone> {
    var tones: Set<Tone> = []
    for part in parts {
      switch part {
      case .box(_, _, _, _, let fill, let stroke):
        if let fill { tones.insert(fill) }
        if let stroke { tones.insert(stroke.tone) }
      case .line(_, let stroke), .curve(_, let stroke, _): tones.insert(stroke.tone)
      case .area(_, let tone), .dot(_, _, let tone): tones.insert(tone)
      case .text(_, _, _, let tone, _, _, _): tones.insert(tone)
      }
    }
    return tones
  }
}
