/// An array as NumPy prints it: nested brackets, aligned columns, wrapped and summarised.
///
/// The settings start as NumPy's `set_printoptions(precision=6)` leaves them.
struct ArrayLayout: Hashable, Sendable {
  /// Most digits behind the point.
  var digits = 6
  /// Columns after which a row goes on in the next line.
  var lineWidth = 75
  /// Arrays with more elements than this show only their corners.
  var threshold = 1000
  /// How many elements a summary shows at either end of an axis.
  var edgeItems = 3
  /// Columns that stand before the first bracket; further lines are moved in by as many.
  var indent = 0

  /// The array with its points aligned.
  ///
  /// `values` are row-major; no extents mean a number.
  func text(_ values: some RandomAccessCollection<Double>, extents: [Int]) -> String {
    let cells = ArrayCells(values, extents: extents, layout: self)
    let format = ElementFormat(cells.shown, digits: digits)
    return cells.text { format.text($0) }
  }

  /// The array with every element spelled by `format`, one blank between them, not aligned.
  func text(
    _ values: some RandomAccessCollection<Double>, extents: [Int], format: FormatSpecification
  ) -> String {
    ArrayCells(values, extents: extents, layout: self).text { format.text($0) }
  }

  /// The whole array as a literal of the language, `[[1.0, 2.5], [3.0, 4.0]]`, that reads back
  /// exactly.
  static func literal(_ values: some RandomAccessCollection<Double>, extents: [Int]) -> String {
    guard let extent = extents.first else {
      return values.first.map { NumberFormat.shortest($0) } ?? ""
    }
    let inner = Array(extents.dropFirst())
    let size = inner.reduce(1, *)
    let parts = (0..<extent).map { place in
      literal(values.dropFirst(place * size).prefix(size), extents: inner)
    }
    return "[" + parts.joined(separator: ", ") + "]"
  }
}

/// The elements of one array and where they stand.
private struct ArrayCells<Values: RandomAccessCollection<Double>> {
  let values: Values
  let extents: [Int]
  let layout: ArrayLayout
  /// How many elements one step along each axis passes.
  let steps: [Int]
  let isSummary: Bool

  init(_ values: Values, extents: [Int], layout: ArrayLayout) {
    self.values = values
    self.extents = extents
    self.layout = layout
    var steps = extents
    var size = 1
    for axis in extents.indices.reversed() {
      steps[axis] = size
      size *= extents[axis]
    }
    self.steps = steps
    isSummary = size > layout.threshold
  }

  /// The elements that are printed.
  var shown: [Double] {
    var shown: [Double] = []
    collect(axis: 0, offset: 0, into: &shown)
    return shown
  }

  func text(_ spelling: (Double) -> String) -> String {
    guard !extents.contains(0) else { return "[]" }
    let hanging = layout.indent + 1
    return block(axis: 0, offset: 0, indent: hanging, width: layout.lineWidth, spelling)
  }

  private func value(_ offset: Int) -> Double {
    values[values.index(values.startIndex, offsetBy: offset)]
  }

  private func isCut(_ axis: Int) -> Bool { isSummary && extents[axis] > 2 * layout.edgeItems }

  /// The places of an axis that are shown; nil stands for the dots.
  private func places(_ axis: Int) -> [Int?] {
    let extent = extents[axis]
    guard isCut(axis) else { return Array(0..<extent) }
    let first: [Int?] = Array(0..<layout.edgeItems)
    let last: [Int?] = Array(extent - layout.edgeItems..<extent)
    return first + [nil] + last
  }

  private func collect(axis: Int, offset: Int, into shown: inout [Double]) {
    guard !extents.contains(0) else { return }
    guard axis < extents.count else { return shown.append(value(offset)) }
    for case let place? in places(axis) {
      collect(axis: axis + 1, offset: offset + place * steps[axis], into: &shown)
    }
  }

  /// What lies behind `offset` from `axis` on; lines after the first start with `indent` blanks.
  private func block(
    axis: Int, offset: Int, indent: Int, width: Int, _ spelling: (Double) -> String
  ) -> String {
    let left = extents.count - axis
    if left == 0 { return spelling(value(offset)) }
    let parts = places(axis).map { place in
      guard let place else { return "..." }
      return block(
        axis: axis + 1, offset: offset + place * steps[axis], indent: indent + 1,
        width: width - 1, spelling)
    }
    if left == 1 { return row(parts, indent: indent, width: width - 1) }
    let separator = String(repeating: "\n", count: left - 1) + String(repeating: " ", count: indent)
    return "[" + parts.joined(separator: separator) + "]"
  }

  /// One row in brackets, broken before the words that would go beyond `width`.
  private func row(_ words: [String], indent: Int, width: Int) -> String {
    var lines = ""
    var line = ""
    var column = indent
    for word in words {
      let separator = column > indent ? 1 : 0
      if column > indent && column + separator + word.count > width {
        while line.last == " " { line.removeLast() }
        lines += line + "\n" + String(repeating: " ", count: indent)
        line = ""
        column = indent
      } else if separator > 0 {
        line += " "
        column += 1
      }
      line += word
      column += word.count
    }
    return "[" + lines + line + "]"
  }
}
