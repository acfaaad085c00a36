/// What rounding may make of a row's result, its operands taken as they are.
///
/// Rows without one are right to some units in the last place, of the result or, where they are
/// linear, of what is summed.
struct Rounding: Sendable {
  /// A finished call.
  struct Call {
    let operands: [[Double]]
    let shapes: [Shape]
    let statics: [Int]
    let value: [Double]
  }

  /// What each element of the result may be wrong by.
  let errors: @Sendable (Call) -> [Double]

  /// The unit that results are rounded by.
  static let unit = 0x1p-53
  /// The least number, which smaller ones are rounded by.
  static let least = 0x1p-1074
}

extension Rounding {
  /// That of a + k b: none of whole numbers.
  static let counting = Rounding { call in
    let isWhole = (call.operands.joined() + call.value).allSatisfy {
      $0.rounded() == $0 && $0.magnitude < 0x1p53
    }
    let first = call.operands[0].first?.magnitude ?? 0
    return call.value.map { isWhole ? 0 : unit * (2 * $0.magnitude + first) }
  }

  /// That of exp(A): what A is rounded by is multiplied by its size (Higham, Functions of matrices,
  /// 2008, section 10.2).
  static let exponential = Rounding { call in
    let count = call.shapes[0][0]
    let sums = (0..<count).map { row in
      call.operands[0][(row * count)..<((row + 1) * count)].reduce(0) { $0 + $1.magnitude }
    }
    let units = 8 * Double(count) + 2 * (sums.max() ?? 0)
    return call.value.map { units * unit * $0.magnitude }
  }

  /// That of a triangular or square system.
  static func system(_ bound: @escaping @Sendable (Call) -> InverseBound) -> Rounding {
    Rounding { call in
      let columns = call.shapes[1].rank == 1 ? 1 : call.shapes[1][1]
      return bound(call).errors(ofSolution: call.value, columns: columns)
    }
  }

  /// That of the mean square distance from the mean m: with m + δ in its place it is larger by δ².
  static let variance = Rounding { call in
    distances(call) { variance, units, shift in units * unit * variance + shift * shift }
  }

  /// That of the root of it.
  static let deviation = Rounding { call in
    distances(call) { deviation, units, shift in
      units * unit * deviation + Swift.min(shift, shift * shift / (2 * deviation))
    }
  }

  /// The errors of what is made of distances from the mean, line by line.
  ///
  /// - Parameter error: from the result, how often it is rounded, and what the mean is wrong by.
  private static func distances(
    _ call: Call, _ error: (_ value: Double, _ units: Double, _ shift: Double) -> Double
  ) -> [Double] {
    let lines = Lines(call.shapes[0], axis: call.statics[0])
    let x = call.operands[0]
    return (0..<lines.count).map { line in
      let elements = lines.places(line).map { x[$0] }
      // Equal elements are their own mean.
      guard elements.contains(where: { $0 != elements[0] }) else { return 0 }
      let units = Double(elements.count + 4)
      let size = elements.reduce(0) { Swift.max($0, $1.magnitude) }
      return error(call.value[line].magnitude, units, units * unit * size)
    }
  }

  /// That of rows that take the sum of exponentials of each line.
  ///
  /// - Parameter error: in units, from what the sum and its logarithm may be wrong by together,
  ///   how far an element is below the largest of its line, and the size of the result.
  static func exponentials(
    along axis: @escaping @Sendable (Call) -> Int,
    _ error: @escaping @Sendable (_ sum: Double, _ below: Double, _ value: Double) -> Double
  ) -> Rounding {
    Rounding { call in
      let lines = Lines(call.shapes[0], axis: axis(call))
      var errors = call.value.map { _ in 0.0 }
      guard lines.length > 1 else { return errors }
      let x = call.operands[0]
      for line in 0..<lines.count {
        let places = Array(lines.places(line))
        let most = places.reduce(-Double.infinity) { Swift.max($0, x[$1]) }
        let below = places.map { most - x[$0] }
        let sum = errorOfSum(below)
        guard errors.count != lines.count else {
          errors[line] = unit * error(sum, 0, call.value[line].magnitude)
          continue
        }
        for (place, below) in zip(places, below) {
          let size = call.value[place].magnitude
          errors[place] = unit * error(sum, below, size)
          if size < .leastNormalMagnitude && below < .infinity { errors[place] += least }
        }
      }
      return errors
    }
  }

  /// What the sum of exp(-below) and its logarithm are wrong by together, in units.
  private static func errorOfSum(_ below: [Double]) -> Double {
    let sizes = below.map { Numeric.exp(-$0) }
    let total = sizes.reduce(0, +)
    // Each exponential is right to two units, and to as many as its argument was rounded by.
    let moved = zip(sizes, below).reduce(0.0) { $0 + ($1.0 == 0 ? 0 : $1.0 * $1.1) }
    // `wl_sum` adds in eight lanes, then by halves.
    return Double(Swift.min(below.count, 64) + 2) + moved / total + 2 * Numeric.log(total)
  }
}

extension Identity {
  /// Whether a sum, product, quotient or root is exact: what was rounded away is a number as well,
  /// and is 0.
  ///
  /// Of a sum it comes from two differences more (Knuth, The Art of Computer Programming 2, 4.2.2),
  /// of a product from one that is rounded once.
  func isExact(_ operands: [Double], _ value: Double) -> Bool {
    guard let a = operands.first, let b = operands.last, value.isFinite,
      operands.allSatisfy(\.isFinite)
    else { return false }
    if let sum, sum.count == 2, operands.count == 2 {
      let (a, b) = (sum[0] * a, sum[1] * b)
      let rest = value - a
      return (a - (value - rest)) + (b - rest) == 0
    }
    // The parts that are rounded away of smaller ones may be no numbers.
    guard let product, (operands + [value]).allSatisfy({ $0.magnitude > 0x1p-960 }) else {
      return false
    }
    switch product {
    case [1, 1] where operands.count == 2: return (-value).addingProduct(a, b) == 0
    case [1, -1] where operands.count == 2: return (-a).addingProduct(value, b) == 0
    case [2]: return (-value).addingProduct(a, a) == 0
    case [0.5]: return (-a).addingProduct(value, value) == 0
    case [-1]: return (-1.0).addingProduct(value, a) == 0
    default: return false
    }
  }
}
