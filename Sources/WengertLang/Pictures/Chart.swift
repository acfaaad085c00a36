/// Curves over axes, before they are drawn.
struct Chart: Sendable {
  typealias Point = LayeredLayout.Point

  /// How points are joined and marked.
  struct Style: Sendable {
    enum Line: String, Sendable { case none, solid, dashed, dotted, dashdot }
    enum Mark: Character, Sendable { case circle = "o", cross = "x", plus = "+", dot = "." }

    var line = Line.solid
    var mark: Mark?
    /// The colour; nil for the next one that is free.
    var tone: Picture.Tone?
    var width = 2.0
  }

  /// A curve; points that are no numbers leave a gap.
  struct Series: Sendable {
    var label: String
    var points: [Point]
    var style = Style()
  }

  /// One direction of the plane.
  struct Axis: Sendable {
    var label = ""
    var isLogarithmic = false
  }

  /// A function on a grid, for contour lines: `values[row][column]` at (xs[column], ys[row]).
  struct Surface: Sendable {
    var xs: [Double]
    var ys: [Double]
    var values: [[Double]]
  }

  var title = ""
  var series: [Series] = []
  /// Thin lines that explain: tangents, slopes.
  var guides: [Series] = []
  var surface: Surface?
  var x = Axis()
  var y = Axis()
  var hasGrid = true

  /// The colours of curves, in the order in which they are given out.
  static let tones: [Picture.Tone] = [.first, .second, .third, .fourth, .fifth, .sixth]
  /// The letters that styles call colours by.
  static let colours: [Character: Picture.Tone] = [
    "b": .first, "r": .second, "g": .third, "m": .fourth, "y": .fifth, "k": .ink, "c": .first,
  ]

  /// The colour of a curve.
  func tone(_ index: Int) -> Picture.Tone {
    series[index].style.tone ?? Chart.tones[index % Chart.tones.count]
  }
}

extension Chart.Style {
  /// Reads a style as plotting programs write it: `"r--"`, `"bo"`, `"k:"`.
  init?(_ text: String) {
    self.init()
    var rest = text[...]
    var hasLine = false
    while let first = rest.first {
      if let found = Chart.Style.lines.first(where: { rest.hasPrefix($0.text) }) {
        line = found.line
        hasLine = true
        rest = rest.dropFirst(found.text.count)
      } else if let colour = Chart.colours[first] {
        tone = colour
        rest = rest.dropFirst()
      } else if let found = Mark(rawValue: first) {
        mark = found
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    if mark != nil, !hasLine { line = .none }
  }

  /// The longest first, since one begins with another.
  private static let lines: [(text: String, line: Line)] = [
    ("--", .dashed), ("-.", .dashdot), ("-", .solid), (":", .dotted),
  ]
}

/// The numbers along an axis.
struct Scale: Sendable {
  let isLogarithmic: Bool
  /// The ends of the axis, logarithms where it is logarithmic.
  private(set) var low: Double
  private(set) var high: Double
  /// Where there are marks, with what stands at them.
  private(set) var ticks: [(value: Double, text: String)] = []

  /// The scale that holds values; nil where there is none that it could show.
  init?(_ values: some Sequence<Double>, logarithmic: Bool, padding: Double = 0.04, wanted: Int = 6)
  {
    isLogarithmic = logarithmic
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values {
      let place = logarithmic ? Scale.logarithm(value) : value
      guard place.isFinite else { continue }
      low = min(low, place)
      high = max(high, place)
    }
    guard low <= high, (high - low).isFinite else { return nil }
    if low == high {
      let room = logarithmic ? 0.5 : max(low.magnitude * 0.1, 0.5)
      (low, high) = (low - room, high + room)
    }
    let room = (high - low) * padding
    (self.low, self.high) = (low - room, high + room)
    ticks = logarithmic ? decades(wanted) : steps(wanted)
  }

  /// Where a value stands: 0 at one end, 1 at the other; nil where it cannot be shown.
  func place(_ value: Double) -> Double? {
    let place = ((isLogarithmic ? Scale.logarithm(value) : value) - low) / (high - low)
    return place.isFinite ? place : nil
  }

  private static func logarithm(_ value: Double) -> Double {
    value > 0 ? Primitive.log10(value) : .nan
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func steps(_ wanted: Int) -> [(Double, String)] {
    let rough = (high - low) / Double(max(1, wanted))
    let power = Primitive.power(10, Primitive.log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
    guard step > 0, step.isFinite else { return [] }
    let first = (low / step).rounded(.up)
    let count = Int(max(0, min(100, (high / step).rounded(.down) - first + 1)))
    return (0..<count).map { index in
      let value = (first + Double(index)) * step
      return (value, Scale.text(value.magnitude < step / 1e6 ? 0 : value))
    }
  }

  /// Powers of ten, so many apart that few are enough; between two of them the scale is as for
  /// numbers.
  private func decades(_ wanted: Int) -> [(Double, String)] {
    let first = Int(low.rounded(.up))
    let last = Int(high.rounded(.down))
    guard last > first else {
      return [1, 2, 3, 5].flatMap { digit in
        (first - 1...max(first, last)).map { digit * Primitive.power(10, Double($0)) }
      }.filter { place($0).map { $0 >= 0 && $0 <= 1 } ?? false }.map { ($0, Scale.text($0)) }
    }
    let apart = max(1, (last - first + wanted - 1) / max(1, wanted))
    return stride(from: first, through: last, by: apart).map { power in
      (Primitive.power(10, Double(power)), "1e\(power)")
    }
  }

  private static func text(_ value: Double) -> String {
    NumberFormat.significant(value, digits: 6)
  }
}

extension Primitive {
  /// The logarithm to base 10 of one number, by the table's own kernels.
  fileprivate static func log10(_ value: Double) -> Double {
    let ten = Primitive.log.kernel.scalarValue([10]) ?? 1
    return (Primitive.log.kernel.scalarValue([value]) ?? .nan) / ten
  }

  /// A power of two numbers.
  fileprivate static func power(_ base: Double, _ exponent: Double) -> Double {
    Primitive.pow.kernel.scalarValue([base, exponent]) ?? .nan
  }
}
