import WengertKernels

/// Operations that change or join shapes.
extension Primitive {
  static let shapes: [Primitive] = [reshape, broadcast, sumto, concat, stack, flip]

  static let reshape: Primitive = .init(
    "reshape", "The same elements, row by row, in another shape.",
    arguments: [.operand("A"), .shape],
    kernel: .motion { shapes, _, _ in .whole(shapes[0]) },
    rule: .multilinear { o in [.reshaped(o.bar, o.shapes[0])] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let shape = try Shape.checked(statics)
      guard shape.count == operands[0].count else {
        throw ShapeMismatch(
          "\(operands[0].inWords) has \(operands[0].count) elements, "
            + "\(shape.inWords) \(shape.count)",
          needs: "reshape keeps the number of elements")
      }
      return shape
    },
    domain: Domain(shapes: [.init([[2, 3]], [3, 2]), .init([[4]], [2, 2]), .init([[]], [1, 1])]),
    work: .moves,
    example: Example("reshape([1, 2, 3, 4], [2, 2])", "[[1. 2.]\n [3. 4.]]"))

  static let broadcast: Primitive = .init(
    "broadcast", "The array stretched to a larger shape.",
    arguments: [.operand("A"), .shape],
    kernel: .motion { shapes, _, result in .read(Walk(stretching: shapes[0], to: result)) },
    rule: .multilinear { o in [.summed(o.bar, o.resultShape, to: o.shapes[0])] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let target = try Shape.checked(statics)
      guard operands[0].broadcast(target) == target else {
        throw ShapeMismatch(
          "\(operands[0].inWords) does not stretch to \(target.inWords)",
          needs: "from the last axis on, sizes must be equal, or 1 in the smaller array")
      }
      return target
    },
    domain: Domain(shapes: [
      .init([[3]], [2, 3]), .init([[2, 1]], [2, 3]), .init([[]], [2]),
      .init([[2, 1, 2]], [2, 3, 2]),
    ]),
    work: .moves,
    example: Example("broadcast([1, 2], [2, 2])", "[[1. 2.]\n [1. 2.]]"))

  /// The transpose of stretching: what the sweep adds where a contribution is larger than its
  /// operand.
  static let sumto: Primitive = .init(
    "sumto", "The sum over the axes along which a smaller array was stretched.",
    arguments: [.operand("A"), .shape],
    kernel: .motion { shapes, _, result in .add(Walk(stretching: result, to: shapes[0])) },
    rule: .multilinear { o in [.broadcast(o.bar, o.shapes[0])] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let target = try Shape.checked(statics)
      guard target.broadcast(operands[0]) == operands[0] else {
        throw ShapeMismatch(
          "\(target.inWords) does not stretch to \(operands[0].inWords)",
          needs: "sumto takes an array to a shape that stretches to it")
      }
      return target
    },
    domain: Domain(shapes: [
      .init([[2, 3]], [3]), .init([[2, 3]], [2, 1]), .init([[2, 3]], []),
      .init([[2, 3, 2]], [3, 1]), .init([[2, 3, 2]], [2, 1, 2]),
    ]),
    example: Example("sumto([[1, 2], [3, 4]], [2])", "[4. 6.]"))

  static let concat: Primitive = .init(
    "concat", "Arrays joined along an axis, the first when none is given.",
    spellings: ["concatenate"],
    arguments: [.operands("A"), .axis],
    kernel: .dense { call in call.join(axis: call.shape.axisIndex(call.statics[0])) },
    rule: .general(
      pullbacks: { o in
        o.parts.map { .of(.slice, [o.bar], $0.flatMap(\.statics)) }
      },
      pushforward: { o in
        o.parts.map { .of(.unslice, [o.bar], $0.flatMap(\.statics) + o.resultShape.extents) }
      }),
    analytic: .linear,
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let axis = try operands[0].axis(statics[0])
      var total = 0
      for (place, operand) in operands.enumerated() {
        guard operand.rank == operands[0].rank,
          operand.with(0, at: axis) == operands[0].with(0, at: axis)
        else {
          throw ShapeMismatch(
            "\(operand.inWords) beside \(operands[0].inWords)",
            needs: "concat joins arrays whose other sizes are equal, here along axis \(axis)")
        }
        total = min(total + operand[axis], 1 << 60)
      }
      return operands[0].with(total, at: axis)
    },
    domain: Domain(shapes: [
      .init([[2], [3]], [Argument.noAxis]), .init([[2, 3], [2, 1]], [1]),
      .init([[1, 2], [2, 2], [1, 2]], [-2]),
    ]),
    work: .moves,
    example: Example("concat([1, 2], [3])", "[1. 2. 3.]"))

  static let stack: Primitive = .init(
    "stack", "Arrays of one shape side by side along a new axis, the first when none is given.",
    arguments: [.operands("A"), .axis],
    kernel: .dense { call in call.join(axis: call.shape.axisIndex(call.statics[0])) },
    rule: .general(
      pullbacks: { o in o.layers.map { .of(.slice, [o.bar], $0.flatMap(\.statics)) } },
      pushforward: { o in
        o.layers.map { .of(.unslice, [o.bar], $0.flatMap(\.statics) + o.resultShape.extents) }
      }),
    analytic: .linear,
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      for (place, operand) in operands.enumerated() where operand != operands[0] {
        throw ShapeMismatch(
          "\(operand.inWords) beside \(operands[0].inWords)",
          needs: "the entries of an array have one shape")
      }
      var extents = operands[0].extents
      extents.insert(operands.count, at: try Shape(extents + [1]).axis(statics[0]))
      return Shape(extents)
    },
    domain: Domain(shapes: [
      .init([[], [], []], [Argument.noAxis]), .init([[3], [3]], [0]),
      .init([[2, 3], [2, 3]], [1]),
      .init([[2, 3], [2, 3]], [-1]),
    ]),
    work: .moves,
    example: Example("stack([1, 2], [3, 4])", "[[1. 2.]\n [3. 4.]]"))

  static let flip: Primitive = .init(
    "flip", "The array backwards along an axis, along all when none is given.",
    arguments: [.operand("A"), .axis],
    kernel: .dense { call in
      let shape = call.shape
      let slices = shape.extents.indices.map { axis -> AxisSlice in
        let turns = call.statics[0] == Argument.noAxis || axis == shape.axisIndex(call.statics[0])
        let extent = shape[axis]
        return .range(turns ? extent - 1 : 0, count: extent, step: turns ? -1 : 1)
      }
      Walk(over: slices, of: shape).read(call.operands[0], into: call.result)
    },
    rule: .multilinear { o in [flip(o.bar, statics: o.statics)] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      if statics[0] != Argument.noAxis { _ = try operands[0].axis(statics[0]) }
      return operands[0]
    },
    domain: Domain(shapes: [
      .init([[3]], [Argument.noAxis]), .init([[2, 3]], [Argument.noAxis]), .init([[2, 3]], [0]),
      .init([[2, 3]], [-1]),
    ]),
    work: .moves,
    example: Example("flip([1, 2, 3])", "[3. 2. 1.]"))
}

extension DenseCall {
  /// Writes the operands one behind the other along an axis.
  fileprivate func join(axis: Int) {
    let inner = shape.extents[(axis + 1)...].reduce(1, *)
    let outer = shape.extents[..<axis].reduce(1, *)
    let line = inner * shape[axis]
    var start = 0
    for (operand, shape) in zip(operands, shapes) where outer > 0 {
      let width = shape.count / outer
      for row in 0..<outer {
        (result + row * line + start).update(from: operand + row * width, count: width)
      }
      start += width
    }
  }
}

extension Operands {
  /// Where each operand of `concat` is in its result.
  fileprivate var parts: [[AxisSlice]] {
    let axis = resultShape.axisIndex(statics[0])
    var start = 0
    return shapes.map { shape in
      defer { start += shape[axis] }
      return shape.extents.indices.map {
        .range($0 == axis ? start : 0, count: shape[$0])
      }
    }
  }

  /// Where each operand of `stack` is in its result.
  fileprivate var layers: [[AxisSlice]] {
    let axis = resultShape.axisIndex(statics[0])
    return shapes.indices.map { place in
      resultShape.extents.indices.map {
        $0 == axis ? .at(place) : .range(0, count: resultShape[$0])
      }
    }
  }
}
