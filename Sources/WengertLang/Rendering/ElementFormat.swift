/// One spelling for all elements of an array, so that their points line up: NumPy's
/// `FloatingFormat` with the float mode `maxprec`.
struct ElementFormat {
  private let precision: Int
  private let isScientific: Bool
  private let left: Int
  private let right: Int
  private let exponentSize: Int

  /// The format for these elements, with at most `digits` digits behind the point.
  init(_ values: [Double], digits: Int) {
    let finite = values.filter { $0.isFinite }
    isScientific = Self.needsExponent(finite)
    var left = 0
    var right = 0
    var size = 0
    for value in finite {
      let parts =
        isScientific
        ? Self.scientific(value, digits: digits) : Self.positional(value, digits: digits)
      left = max(left, parts.whole.count)
      right = max(right, parts.fraction.count)
      size = max(size, parts.exponent.count - 1)
    }
    precision = isScientific ? right : digits
    exponentSize = size
    if isScientific { right += size + 2 }
    if finite.count < values.count {
      let widest = values.contains(-.infinity) ? 4 : 3
      left = max(left, widest - (right + 1))
    }
    self.left = left
    self.right = right
  }

  /// The element, padded to the width that all share.
  func text(_ value: Double) -> String {
    guard value.isFinite else {
      let word = NumberFormat.notFinite(value)
      return String(repeating: " ", count: max(0, left + right + 1 - word.count)) + word
    }
    guard isScientific else {
      let (whole, fraction, _) = Self.positional(value, digits: precision)
      let before = String(repeating: " ", count: max(0, left - whole.count))
      let after = String(repeating: " ", count: max(0, right - fraction.count))
      return before + whole + "." + fraction + after
    }
    let (whole, fraction, exponent) = Self.split(
      NumberFormat.printed(value, as: "e", precision: precision))
    let before = String(repeating: " ", count: max(0, left - whole.count))
    let zeros = String(repeating: "0", count: max(0, exponentSize + 1 - exponent.count))
    return before + whole + "." + fraction + "e" + exponent.prefix(1) + zeros
      + exponent.dropFirst()
  }

  /// Very large, very small and very different numbers are written with an exponent.
  private static func needsExponent(_ finite: [Double]) -> Bool {
    let sizes = finite.lazy.map(\.magnitude).filter { $0 != 0 }
    guard let largest = sizes.max(), let smallest = sizes.min() else { return false }
    return largest >= 1e8 || smallest < 0.0001 || largest / smallest > 1000
  }

  private typealias Parts = (whole: Substring, fraction: Substring, exponent: Substring)

  /// The shortest digits, cut at `digits` behind the point; no zeros at the end.
  private static func positional(_ value: Double, digits: Int) -> Parts {
    let places = min(digits, Decimal(value).fractionCount)
    return trimmed(split(NumberFormat.printed(value, as: "f", precision: places)))
  }

  private static func scientific(_ value: Double, digits: Int) -> Parts {
    let places = min(digits, Decimal(value).digits.count - 1)
    return trimmed(split(NumberFormat.printed(value, as: "e", precision: places)))
  }

  private static func trimmed(_ parts: Parts) -> Parts {
    var parts = parts
    while parts.fraction.last == "0" { parts.fraction.removeLast() }
    return parts
  }

  private static func split(_ text: String) -> Parts {
    let mantissa = text.prefix { $0 != "e" }
    let whole = mantissa.prefix { $0 != "." }
    return (whole, mantissa.dropFirst(whole.count + 1), text.dropFirst(mantissa.count + 1))
  }
}
