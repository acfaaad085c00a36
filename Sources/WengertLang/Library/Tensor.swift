/// Numbers with a shape: a scalar, a vector, a matrix, or an array of more axes.
///
/// Literals make them: `3`, `[1, 2, 3]`, `[[1, 2], [3, 4]]`.
public struct Tensor: Hashable, Sendable {
  /// How many elements each axis has; empty for a scalar.
  public let shape: [Int]
  /// The elements, row by row.
  public let elements: [Double]
  /// Whether the rows of a literal differ in length; whoever uses it is told.
  let isRagged: Bool

  /// A scalar.
  public init(_ number: Double) {
    self.init(unchecked: [number], shape: [])
  }

  /// A vector.
  public init(_ elements: [Double]) { self.init(unchecked: elements, shape: [elements.count]) }

  /// An array with a shape; nil where the shape has another number of elements.
  public init?(_ elements: [Double], shape: [Int]) {
    guard shape.allSatisfy({ $0 >= 0 }), Shape(shape).checkedCount == elements.count else {
      return nil
    }
    self.init(unchecked: elements, shape: shape)
  }

  init(unchecked elements: [Double], shape: [Int], isRagged: Bool = false) {
    self.elements = elements
    self.shape = shape
    self.isRagged = isRagged
  }

  /// The number, if it has one element.
  public var number: Double? { elements.count == 1 ? elements[0] : nil }
}

extension Tensor: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral
{
  /// A scalar.
  public init(floatLiteral value: Double) { self.init(value) }
  /// A scalar.
  public init(integerLiteral value: Int) { self.init(Double(value)) }

  /// Arrays of one shape side by side, along a new first axis.
  public init(arrayLiteral rows: Tensor...) {
    let inner = rows.first?.shape ?? []
    self.init(
      unchecked: rows.flatMap(\.elements), shape: [rows.count] + inner,
      isRagged: rows.contains { $0.shape != inner || $0.isRagged })
  }
}

extension Tensor: CustomStringConvertible {
  /// The numbers as `print` shows them: six digits, NumPy's layout.
  public var description: String { description(digits: 6) }

  /// The numbers with so many significant digits.
  public func description(digits: Int) -> String {
    elements.withUnsafeBufferPointer { elements in
      guard !isRagged else { return "rows of different lengths" }
      return PrintRenderer(digits: min(max(digits, 1), 17)).text(
        Values.View(elements: elements, shape: Shape(shape)))
    }
  }
}
