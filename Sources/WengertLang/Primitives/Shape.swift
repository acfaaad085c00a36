/// The extents of an array, `[]` for a scalar, `[4, 3]` for four rows of three.
public struct Shape: Hashable, Sendable {
  /// How many elements each axis has; the first is `Shape.turns` in the history of a loop.
  public let extents: [Int]

  /// An extent that only the run knows: one element for each turn of a loop.
  static let turns = -1

  /// A shape with these extents.
  public init(_ extents: [Int]) { self.extents = extents }

  /// The shape of a number.
  public static let scalar = Shape([])

  /// How many axes there are.
  public var rank: Int { extents.count }
  /// How many elements there are.
  public var count: Int { extents.reduce(1, *) }
  /// Whether it is a number, an array of rank 0.
  public var isScalar: Bool { extents.isEmpty }
  /// Whether it is the history of a loop, as long as the loop takes turns.
  var isHistory: Bool { extents.first == Shape.turns }

  /// The shape of one element along the first axis.
  var element: Shape { Shape(Array(extents.dropFirst())) }
  /// The history of a value of this shape.
  var history: Shape { Shape([Shape.turns] + extents) }

  subscript(_ axis: Int) -> Int { extents[axis] }

  /// What element-wise operations make of two shapes: trailing axes agree, or one of them is 1.
  func broadcast(_ other: Shape) -> Shape? {
    if self == other || other.isScalar { return self }
    if isScalar { return other }
    let rank = max(self.rank, other.rank)
    var result: [Int] = []
    result.reserveCapacity(rank)
    for axis in 0..<rank {
      let mine = axis - (rank - self.rank)
      let theirs = axis - (rank - other.rank)
      let a = mine < 0 ? 1 : extents[mine]
      let b = theirs < 0 ? 1 : other.extents[theirs]
      guard a == b || a == 1 || b == 1 else { return nil }
      result.append(a == 1 ? b : a)
    }
    return Shape(result)
  }

  /// Whether an array can have these extents.
  ///
  /// Its places and strides can be counted, those of several such arrays together too. An extent
  /// of 0 does not make the others small.
  var isCountable: Bool {
    let parts = Shape(extents.map { max($0, 1) })
    return parts.checkedCount.map { $0 < 1 << 48 } ?? false
  }

  /// The number of elements, or nil where it would not fit a machine word.
  var checkedCount: Int? {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      count = product
    }
    return count
  }
}

extension Shape: CustomStringConvertible {
  /// The extents in brackets: `[4, 3]`.
  public var description: String {
    "[" + extents.map { $0 == Shape.turns ? "turns" : String($0) }.joined(separator: ", ") + "]"
  }

  /// `4 x 3`, `a number`, `a vector of 3`: the words of messages.
  public var inWords: String {
    switch rank {
    case 0: "a number"
    case 1: "a vector of \(extents[0])"
    default: extents.map(String.init).joined(separator: " x ")
    }
  }
}

/// Why the operands of an operation do not fit together; the place is added by who knows it.
public struct ShapeMismatch: Error, Sendable {
  /// The fact, as the label under the call: "the inner sizes do not match: 3 is not 4".
  public var fact: String
  /// What the operation needs, as a note.
  public var needs: String?
  /// What may be typed instead.
  public var help: String?

  /// A mismatch with its explanation.
  public init(_ fact: String, needs: String? = nil, help: String? = nil) {
    self.fact = fact
    self.needs = needs
    self.help = help
  }
}

/// How a row infers the shape of its result from the shapes of its operands and its parameters.
struct ShapeRule: Sendable {
  let infer: @Sendable (_ operands: [Shape], _ statics: [Int]) throws(ShapeMismatch) -> Shape

  init(_ infer: @escaping @Sendable ([Shape], [Int]) throws(ShapeMismatch) -> Shape) {
    self.infer = infer
  }

  /// Operands stretch as NumPy broadcasts them.
  static let elementwise = ShapeRule { operands, _ throws(ShapeMismatch) in
    var result = Shape.scalar
    for shape in operands {
      guard let joint = result.broadcast(shape) else {
        throw ShapeMismatch(
          "\(result.inWords) and \(shape.inWords) do not stretch to one shape",
          needs: "element by element, the last sizes must be equal, or one of them 1")
      }
      result = joint
    }
    return result
  }

  /// The result is a number, whatever the operands are.
  static let scalar = ShapeRule { _, _ in .scalar }
}
