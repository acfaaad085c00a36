/// How much arithmetic an operation is, for `cost`.
enum Work: Sendable {
  /// One operation for each element of the result, or of the operands where they have more.
  case elements
  /// None: elements move.
  case moves
  /// A product: an addition and a multiplication along the last axis of the first operand.
  case product
  /// As a factorisation of the first operand, a square matrix.
  case cubic
}

extension Primitive {
  /// The additions, multiplications and function values of an entry.
  func operations(_ shapes: [Shape], _ result: Shape) -> Double {
    if result.isHistory { return 0 }
    switch work {
    case .moves: return 0
    case .elements:
      guard !isElementwise else { return Double(result.count) }
      return Double(max(result.count, shapes.reduce(0) { $0 + ($1.isHistory ? 0 : $1.count) }))
    case .product:
      let length = shapes.first?.extents.last ?? 1
      return 2 * Double(length) * Double(result.count)
    case .cubic:
      let n = Double(shapes.first?.extents.last ?? 1)
      return n * n * n + n * Double(result.count)
    }
  }
}
