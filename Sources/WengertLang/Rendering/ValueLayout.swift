/// Values in printouts: numbers, small arrays with their elements, large ones in a summary.
struct ValueLayout {
  /// Significant digits of numbers, digits behind the point in arrays.
  var digits = 6
  /// The cells that a line may take.
  var width = 100
  /// The largest array whose elements are shown.
  var limit = 40

  /// A value as text.
  struct Shown {
    var lines: [String]
    /// Whether it shows elements, which may stand below.
    var isArray: Bool

    var width: Int { lines.map(\.count).max() ?? 0 }
  }

  func show(_ elements: [Double], _ shape: Shape) -> Shown {
    if shape.isScalar {
      let text = elements.first.map { NumberFormat.significant($0, digits: digits) }
      return Shown(lines: [text ?? ""], isArray: false)
    }
    guard elements.count <= limit else { return Shown(lines: [summary(elements)], isArray: false) }
    let layout = ArrayLayout(digits: digits, lineWidth: max(40, width - 8), threshold: limit)
    let text = layout.text(elements, extents: shape.extents)
    return Shown(
      lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
      isArray: true)
  }

  /// The smallest and the largest element, the norm, and how many are no numbers.
  private func summary(_ elements: [Double]) -> String {
    let numbers = elements.filter { !$0.isNaN }
    var scale = 0.0
    for value in numbers { scale = max(scale, value.magnitude) }
    var sum = 0.0
    if scale > 0, scale.isFinite {
      for value in numbers { sum += (value / scale) * (value / scale) }
    }
    let norm = scale.isFinite ? scale * sum.squareRoot() : scale
    func text(_ value: Double) -> String { NumberFormat.significant(value, digits: digits) }
    var summary = "nan"
    if let least = numbers.min(), let most = numbers.max() {
      summary = "\(text(least)) … \(text(most)), norm \(text(norm))"
    }
    let missing = elements.count - numbers.count
    return missing == 0 ? summary : summary + ", \(missing) nan"
  }
}
