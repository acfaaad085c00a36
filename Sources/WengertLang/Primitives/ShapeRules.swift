/// Checks and inferences that several rows share.
extension ShapeRule {
  /// The axis in the first static goes, or stays with one element; without one all axes do.
  static let reduction = ShapeRule { operands, statics throws(ShapeMismatch) in
    let shape = operands[0]
    let keeps = statics[1] != 0
    guard statics[0] != Argument.noAxis else {
      return keeps ? Shape(Array(repeating: 1, count: shape.rank)) : .scalar
    }
    let axis = try shape.axis(statics[0])
    var extents = shape.extents
    if keeps { extents[axis] = 1 } else { extents.remove(at: axis) }
    return Shape(extents)
  }

  /// As `reduction`, of lines that have an element.
  static let nonEmptyReduction = ShapeRule { operands, statics throws(ShapeMismatch) in
    let shape = try reduction.infer(operands, statics)
    guard Lines(operands[0], axis: statics[0]).length > 0 else {
      throw ShapeMismatch("\(operands[0].inWords) has no elements to choose from")
    }
    return shape
  }

  /// The static parameters are the extents.
  static let given = ShapeRule { _, statics throws(ShapeMismatch) in
    try Shape.checked(statics)
  }

  /// The first static is the length of a vector; the operands are numbers.
  static let vectorOfNumbers = ShapeRule { operands, statics throws(ShapeMismatch) in
    for operand in operands where !operand.isScalar {
      throw ShapeMismatch("\(operand.inWords)", needs: "a number is needed here")
    }
    return try Shape.checked([statics[0]])
  }

  /// Vectors, or arrays that are taken by rows; the result has the same shape.
  static let byRows = ShapeRule { operands, _ throws(ShapeMismatch) in
    guard operands[0].rank > 0 else {
      throw ShapeMismatch(
        "a number has no rows", needs: "a vector, or a matrix that is taken by rows")
    }
    return operands[0]
  }

  /// Two arrays that stretch to one shape go to a number.
  static let pairToNumber = ShapeRule { operands, statics throws(ShapeMismatch) in
    _ = try elementwise.infer(operands, statics)
    return .scalar
  }
}

extension Shape {
  /// The axis that a number means: from the end when negative, the first where it was left out.
  func axis(_ number: Int) throws(ShapeMismatch) -> Int {
    let axis = number == Argument.noAxis ? 0 : number < 0 ? number + rank : number
    guard extents.indices.contains(axis) else {
      throw ShapeMismatch(
        "\(inWords) has no axis \(number == Argument.noAxis ? 0 : number)",
        needs: rank == 0
          ? "a number has no axes"
          : rank == 1 ? "its only axis is 0" : "its axes are 0 to \(rank - 1)",
        help: rank == 0 ? "several numbers stand in brackets: [1, 2, 3]" : nil)
    }
    return axis
  }

  /// The axis that a number means where a shape rule has let it pass.
  func axisIndex(_ number: Int) -> Int {
    number == Argument.noAxis ? 0 : number < 0 ? number + rank : number
  }

  /// A shape with these extents, where an array can have them.
  static func checked(_ extents: some Sequence<Int>) throws(ShapeMismatch) -> Shape {
    let shape = Shape(Array(extents))
    if let extent = shape.extents.first(where: { $0 < 0 }) {
      throw ShapeMismatch("an array cannot have \(extent) elements along an axis")
    }
    guard shape.isCountable else {
      throw ShapeMismatch("\(shape.inWords) are too many elements")
    }
    return shape
  }

  /// The shape with one axis in place of another.
  func replacing(axis: Int, with new: [Int]) -> Shape {
    Shape(Array(extents[..<axis]) + new + Array(extents[(axis + 1)...]))
  }

  /// The shape that stretches along every axis but one.
  func only(axis: Int) -> Shape {
    Shape(extents.indices.map { $0 == axis ? extents[$0] : 1 })
  }
}

extension Formula {
  /// A reduction's result with the axis that it dropped, so that it stretches over the operand.
  static func kept(_ value: Formula, _ o: Operands) -> Formula {
    guard o.statics[0] != Argument.noAxis, o.statics[1] == 0 else { return value }
    let shape = o.shapes[0]
    let axis = shape.axisIndex(o.statics[0])
    if axis == 0 { return shape.rank == 1 ? value : .reshaped(value, shape.with(1, at: 0)) }
    return .reshaped(value, shape.with(1, at: axis))
  }

  /// A reduction's result, stretched over the operand that was reduced.
  static func spread(_ value: Formula, _ o: Operands) -> Formula {
    o.resultShape == o.shapes[0] ? value : .broadcast(kept(value, o), o.shapes[0])
  }

  /// The sum of all elements.
  static func total(_ a: Formula) -> Formula { of(.sum, [a], [Argument.noAxis, 0]) }

  /// The sums of the rows, as a column.
  static func sumOfRows(_ a: Formula) -> Formula { of(.sum, [a], [-1, 1]) }

  /// The array stretched to a shape.
  static func broadcast(_ a: Formula, _ shape: Shape) -> Formula {
    of(.broadcast, [a], shape.extents)
  }

  /// The elements in another shape.
  static func reshaped(_ a: Formula, _ shape: Shape) -> Formula { of(.reshape, [a], shape.extents) }

  /// A contribution of a shape, summed up where the operand is smaller.
  static func summed(_ a: Formula, _ shape: Shape, to operand: Shape) -> Formula {
    shape == operand ? a : of(.sumto, [a], operand.extents)
  }

  /// The numbers 0, 1, … as a vector.
  static func counting(_ count: Int) -> Formula { of(.range, [0, 1], [count]) }
}

extension Shape {
  /// The shape with another extent at an axis.
  func with(_ extent: Int, at axis: Int) -> Shape { replacing(axis: axis, with: [extent]) }
}
