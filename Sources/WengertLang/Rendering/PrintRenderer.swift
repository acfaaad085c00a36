/// What `print` puts out, as text.
struct PrintRenderer {
  /// Significant digits of values without a format.
  var digits: Int

  /// The line of a `print`.
  func text(_ call: PrintCall) -> String {
    call.items.items.map { pieces in
      pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .value(let operand, let format): text(call.values[operand], format: format)
        }
      }.joined()
    }.joined(separator: " ")
  }

  /// A value in the default layout, or each element in a format.
  func text(_ value: Values.View, format: String? = nil) -> String {
    if let format, let specification = try? FormatSpecification(field: format) {
      if value.shape.isScalar { return specification.text(value.number) }
      return value.read {
        ArrayLayout().text($0, extents: value.shape.extents, format: specification)
      }
    }
    if value.shape.isScalar { return NumberFormat.significant(value.number, digits: digits) }
    return value.read { ArrayLayout(digits: digits).text($0, extents: value.shape.extents) }
  }
}
