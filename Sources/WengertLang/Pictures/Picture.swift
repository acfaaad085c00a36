/// A drawing of shapes and words, before it becomes a file; lengths are pixels, y goes down.
///
/// What a part is decides how it looks: colours are chosen by `Tone`, so that one drawing serves
/// light and dark pages.
struct Picture: Sendable {
  typealias Point = LayeredLayout.Point

  /// What a part of a picture is.
  enum Tone: String, CaseIterable, Sendable {
    case ground, ink, faint, frame, input, entry, result, value, adjoint
    case first, second, third, fourth, fifth, sixth
  }

  /// How a line is drawn.
  struct Stroke: Sendable {
    var tone = Tone.ink
    var width = 1.5
    /// Lengths of dashes and gaps; empty for a whole line.
    var dashes: [Double] = []
  }

  /// Where a text stands relative to its point.
  enum Anchor: String, Sendable { case start, middle, end }

  enum Part: Sendable {
    /// A box with round corners.
    case box(Point, width: Double, height: Double, radius: Double, fill: Tone?, Stroke?)
    /// A line from point to point.
    case line([Point], Stroke)
    /// A soft line: through the points, level at each of them.
    case curve([Point], Stroke, arrow: Bool)
    /// A filled shape.
    case area([Point], Tone)
    /// A disk.
    case dot(Point, radius: Double, Tone)
    /// A text, its baseline at the point; `turned` reads upwards.
    case text(String, Point, size: Double, Tone, Anchor, bold: Bool, turned: Bool)
  }

  var width: Double
  var height: Double
  /// What it shows, for those who cannot see it.
  var title: String
  var details = ""
  var parts: [Part] = []

  mutating func add(_ part: Part) { parts.append(part) }

  /// Adds a text.
  mutating func write(
    _ text: String, _ point: Point, size: Double = 12, _ tone: Tone = .ink,
    _ anchor: Anchor = .start, bold: Bool = false, turned: Bool = false
  ) {
    parts.append(
      .text(text, point, size: size, tone, anchor, bold: bold, turned: turned))
  }

  /// About how wide a text becomes in a sans-serif face; a little more rather than less.
  static func width(_ text: String, size: Double = 12, bold: Bool = false) -> Double {
    let sum = text.unicodeScalars.reduce(0) { $0 + share($1) }
    return sum * size * (bold ? 1.1 : 1)
  }

  /// The width of a character in parts of the size of the face.
  private static func share(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "t", "f", "r", ".", ",", ":", "'", "(", ")", "[", "]", " ": 0.39
    case "m", "w", "M", "W", "%", "@", "…", "→", "←": 0.95
    case "A"..."Z": 0.7
    case "0"..."9": 0.64
    default: 0.61 * Double(Cells.width(scalar))
    }
  }
}
