extension FormatSpecification {
  /// The number, spelled as the specification says.
  func text(_ value: Double) -> String {
    if isExact { return padded(NumberFormat.shortest(value), sign: "") }
    let isNegative = value.sign == .minus && !value.isNaN
    let isNegativeZero = isNegative && value == 0 && type == "d"
    let sign = isNegative && !isNegativeZero ? "-" : positiveSign
    let magnitude = magnitude(value.magnitude)
    let body = magnitude.prefix { "0" <= $0 && $0 <= "9" }
    let rest = magnitude.dropFirst(body.count)
    guard let separator, !body.isEmpty else { return padded(magnitude, sign: sign) }
    let isZeroFilled = fill == "0" && alignment == .sign
    let least = isZeroFilled ? width - sign.count - rest.count : 0
    return padded(Self.grouped(body, by: separator, width: least) + rest, sign: sign)
  }

  /// The spelling without sign, separators and padding.
  private func magnitude(_ value: Double) -> String {
    let isUpper = type == "E" || type == "F" || type == "G"
    let body = value.isFinite ? digits(value) : NumberFormat.notFinite(value)
    return (isUpper ? body.uppercased() : body) + (type == "%" ? "%" : "")
  }

  private func digits(_ value: Double) -> String {
    switch type {
    case "d":
      guard value.rounded() == value else { return NumberFormat.shortest(value) }
      return NumberFormat.printed(value, as: "f", precision: 0)
    case "e", "E": return NumberFormat.printed(value, as: "e", precision: precision ?? 6)
    case "f", "F": return NumberFormat.printed(value, as: "f", precision: precision ?? 6)
    case "g", "G": return NumberFormat.printed(value, as: "g", precision: max(1, precision ?? 6))
    case "%":
      let percent = value * 100
      guard percent.isFinite else { return NumberFormat.notFinite(percent) }
      return NumberFormat.printed(percent, as: "f", precision: precision ?? 6)
    default:
      return precision.map { Self.general(value, digits: max(1, $0)) }
        ?? NumberFormat.shortest(value)
    }
  }

  /// Python's spelling without a type: like `g`, but with a digit behind the point, for which an
  /// exponent comes one power of ten earlier.
  private static func general(_ value: Double, digits: Int) -> String {
    let exponential = NumberFormat.printed(value, as: "e", precision: digits - 1)
    let exponent = Int(exponential.drop { $0 != "e" }.dropFirst()) ?? 0
    if exponent < -4 || exponent >= digits - 1 {
      let mantissa = exponential.prefix { $0 != "e" }
      return trimmed(String(mantissa)) + exponential.dropFirst(mantissa.count)
    }
    let plain = NumberFormat.printed(value, as: "g", precision: digits)
    return plain.contains(".") ? plain : plain + ".0"
  }

  /// Without the zeros that end a fraction, and without a point that nothing follows.
  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// The digits in groups of three, with zeros in front until they take `width` characters.
  ///
  /// As in Python the first character is never a separator.
  private static func grouped(
    _ digits: Substring, by separator: Character, width: Int
  ) -> String {
    var groups: [String] = []
    var rest = digits
    var room = width
    repeat {
      let size = min(3, max(rest.count, room, 1))
      let group = rest.suffix(size)
      groups.append(String(repeating: "0", count: size - group.count) + group)
      rest = rest.dropLast(group.count)
      room -= size + 1
    } while !rest.isEmpty || room >= 0
    return groups.reversed().joined(separator: String(separator))
  }

  private func padded(_ body: String, sign: String) -> String {
    let missing = width - sign.count - body.count
    guard missing > 0 else { return sign + body }
    let before = alignment == .center ? missing / 2 : alignment == .left ? 0 : missing
    let left = String(repeating: fill, count: before)
    let right = String(repeating: fill, count: missing - before)
    return alignment == .sign ? sign + left + body : left + sign + body + right
  }
}
