/// How far two numbers agree.
enum Agreement {
  /// The decimal digits that a number has in common with another, where `size` is what their error
  /// is measured by; at most 16.
  static func digits(_ a: Double, _ b: Double, size: Double) -> Int {
    if a == b { return 16 }
    let error = (a - b).magnitude / size
    guard error.isFinite, error > 0 else { return error == 0 ? 16 : 0 }
    return digits(ofError: error)
  }

  /// The decimal digits that a relative error leaves.
  static func digits(ofError error: Double) -> Int {
    guard error.isFinite else { return 0 }
    var (digits, limit) = (0, 1.0)
    while digits < 16, error <= limit / 10 {
      digits += 1
      limit /= 10
    }
    return digits
  }
}

/// Numbers that look random and are the same at every run (Steele, Lea and Flood, Fast splittable
/// pseudorandom number generators, 2014).
struct Directions: Sendable {
  private var state: UInt64

  init(seed: UInt64 = 1) { state = seed }

  /// From 0 to 1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// How far from a point differences look.
  enum Reach {
    /// As far as 1 at least: what a value rounds off is seen as well.
    case whole
    /// As far as its numbers are large: what is far away, measured by them, is left out.
    case near
  }

  /// Directions whose elements are of the size of a value's, one for all elements that are about as
  /// large: what a small one does is not to be seen beside a large one.
  mutating func directions(at value: [Double], _ reach: Reach = .whole) -> [[Double]] {
    let largest = value.filter(\.isFinite).reduce(0) { max($0, $1.magnitude) }
    let least = reach == .whole || largest == 0 ? 1.0 : 0
    let scales = value.map { element in
      let size = element == 0 ? min(largest, 1) : element.magnitude
      return element.isFinite ? max(size, least) : 1
    }
    guard value.count > 1 else { return [scales] }
    let lengths = scales.map { scale in
      let length = (next() + 1) / 2 * scale
      return next() < 0.5 ? -length : length
    }
    let exponents = scales.map { Int($0.exponent) }
    guard let low = exponents.min(), let high = exponents.max() else { return [lengths] }
    // Alike are numbers within a factor of a thousand or so.
    let width = max(10, (high - low) / Self.mostClasses + 1)
    let classes = exponents.map { ($0 - low) / width }
    return Set(classes).sorted().map { one in
      zip(lengths, classes).map { $1 == one ? $0 : 0 }
    }
  }

  /// So many sizes are told apart.
  private static let mostClasses = 8

  /// Weights whose sizes lie between 0.5 and 1.
  mutating func weights(_ count: Int) -> [Double] {
    (0..<count).map { _ in
      let size = (next() + 1) / 2
      return next() < 0.5 ? -size : size
    }
  }
}
