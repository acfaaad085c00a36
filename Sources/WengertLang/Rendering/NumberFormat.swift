#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How one number is spelled: as Python and NumPy spell it, whatever the C library thinks of NaN.
enum NumberFormat {
  /// The number with at most `digits` significant digits, like C's `%.{digits}g`.
  ///
  /// Whole numbers have no point (`40`), not-a-number has no sign (`nan`), a negative zero has
  /// one (`-0`).
  static func significant(_ value: Double, digits: Int = 6) -> String {
    value.isFinite ? printed(value, as: "g", precision: max(1, digits)) : notFinite(value)
  }

  /// The shortest spelling that reads back as the same number, Python's `repr`: `3.0`, `1e-05`.
  static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    let decimal = Decimal(value)
    let sign = value.sign == .minus ? "-" : ""
    let scientific = decimal.point <= -4 || decimal.point > 16
    return sign + (scientific ? decimal.scientific : decimal.positional)
  }

  /// `nan`, `inf` or `-inf`.
  static func notFinite(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  /// The number as C prints it with `%.{precision}{style}`, style `e`, `f` or `g`.
  static func printed(_ value: Double, as style: String, precision: Int) -> String {
    withVaList([Int32(clamping: precision), value]) { arguments in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 330 + precision) { buffer in
        let count = vsnprintf(buffer.baseAddress, buffer.count, "%.*" + style, arguments)
        let written = UnsafeRawBufferPointer(buffer).prefix(max(0, Int(count)))
        return String(decoding: written, as: UTF8.self)
      }
    }
  }
}

/// The shortest digits that tell a finite number from its neighbours.
///
/// The number is `digits` behind a point, times ten to the power `point`, without its sign; zero
/// is the digit 0 with `point` 1.
struct Decimal {
  let digits: String
  let point: Int

  init(_ value: Double) {
    // The standard library finds the digits; where it puts the point differs from Python.
    let parts = value.magnitude.description.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = halves[0].drop { $0 == "0" }
    let fraction = halves.count > 1 ? halves[1] : ""
    let leading = whole.isEmpty ? fraction.prefix { $0 == "0" }.count : 0
    var all = whole + fraction
    all.removeFirst(leading)
    while all.last == "0" { all.removeLast() }
    digits = all.isEmpty ? "0" : String(all)
    point = all.isEmpty ? 1 : whole.count - leading + exponent
  }

  /// Digits behind the point when the number is written without an exponent.
  var fractionCount: Int { digits == "0" ? 0 : max(0, digits.count - point) }

  /// As `0.00123`, `12.3` or `1230.0`, with at least one digit on either side of the point.
  var positional: String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point {
      return digits + String(repeating: "0", count: point - digits.count) + ".0"
    }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// As `1.23e-05` or `1e+16`.
  var scientific: String {
    let exponent = point - 1
    let size = String(exponent.magnitude)
    let mantissa = digits.count > 1 ? digits.prefix(1) + "." + digits.dropFirst() : digits
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size.count < 2 ? "0" : "") + size
  }
}
