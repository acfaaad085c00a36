import WengertKernels

/// Parts of arrays: reading, replacing, and the transposes of both.
///
/// `slice`, `put` and `unslice` hold what they keep as static parameters, four numbers an axis
/// (`AxisSlice`); `gather`, `scatter` and `scatteradd` take an index that may be computed.
extension Primitive {
  static let indexing: [Primitive] = [slice, unslice, put, gather, scatteradd, scatter]

  static let slice: Primitive = .init(
    "slice", "A part of an array: along each axis one index, or a range of them.",
    arguments: [.operand("A"), .slices],
    kernel: .motion { shapes, statics, _ in
      .read(Walk(over: AxisSlice.decode(statics), of: shapes[0]))
    },
    rule: .multilinear { o in [.of(.unslice, [o.bar], o.statics + o.shapes[0].extents)] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      try operands[0].part(AxisSlice.decode(statics))
    },
    notation: .slice,
    domain: Domain(shapes: [
      .init([[4]], [1, 1, 2, 1]), .init([[4]], [0, 2, 1, 1]), .init([[4]], [1, 3, 2, -2]),
      .init([[3, 4]], [0, 1, 1, 1, 1, 0, 4, 1]), .init([[3, 4]], [1, 0, 2, 2, 1, 3, 4, -1]),
      .init([[4]], [1, 0, 0, 1]),
    ]),
    work: .moves,
    example: Example("[1, 2, 3, 4][1..2]", "[2. 3.]"))

  static let unslice: Primitive = .init(
    "unslice", "An array of zeros, but for a part, which is v.",
    arguments: [.operand("v"), .slices, .shape],
    kernel: .motion { _, statics, result in
      .write(Walk(over: AxisSlice.decode(statics.dropLast(result.rank)), of: result))
    },
    rule: .multilinear { o in
      [slice(o.bar, statics: Array(o.statics.dropLast(o.resultShape.rank)))]
    },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let rank = statics.count / (AxisSlice.width + 1)
      let shape = try Shape.checked(statics.suffix(rank))
      let part = try shape.part(AxisSlice.decode(statics.dropLast(rank)))
      guard operands[0] == part else {
        throw ShapeMismatch(
          "\(operands[0].inWords) in the place of \(part.inWords)",
          needs: "unslice takes an array of the part's shape")
      }
      return shape
    },
    domain: Domain(shapes: [
      .init([[2]], [1, 1, 2, 1, 4]), .init([[]], [0, 2, 1, 1, 4]),
      .init([[2, 4]], [1, 0, 2, 2, 1, 3, 4, -1, 3, 4]),
    ]),
    work: .moves,
    example: Example("x = [5, 6, 7]; y = sum(x[1..2]); print grad(y, x)", "[0. 1. 1.]"))

  static let put: Primitive = .init(
    "put", "A copy of A with a part replaced by v, stretched.",
    arguments: [.operand("A"), .operand("v"), .slices],
    kernel: .dense { call throws(Fault) in
      call.result.update(from: call.operands[0], count: call.count)
      let slices = AxisSlice.decode(call.statics)
      let part = Shape(slices.filter { !$0.drops }.map(\.count))
      let stretched = try call.stretched(1, to: part)
      defer { wl_release(stretched) }
      Walk(over: slices, of: call.shape).write(stretched, to: call.result)
    },
    rule: .general(
      pullbacks: { o in
        let part = Shape(AxisSlice.decode(o.statics).filter { !$0.drops }.map(\.count))
        return [
          put(o.bar, 0, statics: o.statics),
          .summed(slice(o.bar, statics: o.statics), part, to: o.shapes[1]),
        ]
      },
      pushforward: { o in
        let part = Shape(AxisSlice.decode(o.statics).filter { !$0.drops }.map(\.count))
        let value = part == o.shapes[1] ? o.bar : .broadcast(o.bar, part)
        return [
          put(o.bar, 0, statics: o.statics),
          .of(.unslice, [value], o.statics + o.resultShape.extents),
        ]
      }),
    analytic: .linear,
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let part = try operands[0].part(AxisSlice.decode(statics))
      guard operands[1].broadcast(part) == part else {
        throw ShapeMismatch(
          "\(operands[1].inWords) in the place of \(part.inWords)",
          needs: "the new value stretches to the part that it replaces")
      }
      return operands[0]
    },
    domain: Domain(shapes: [
      .init([[4], [2]], [1, 1, 2, 1]), .init([[4], []], [0, 2, 1, 1]),
      .init([[4], []], [1, 3, 2, -2]), .init([[3, 4], [4]], [1, 0, 2, 2, 1, 3, 4, -1]),
    ]),
    work: .moves,
    example: Example("x = [5, 6, 7]; x[1..2] = 0; print x", "[5. 0. 0.]"))

  static let gather: Primitive = .init(
    "gather", "The elements along an axis at an index, or at each index of a vector.",
    spellings: ["take"],
    arguments: [.operand("A"), .discrete("index"), .axis],
    kernel: .dense { call throws(Fault) in
      let axis = call.shapes[0].axisIndex(call.statics[0])
      let picks = try call.picks(of: call.shapes[0], axis: axis)
      picks.forEach { whole, part, count in
        (call.result + part).update(from: call.operands[0] + whole, count: count)
      }
    },
    rule: .multilinear { o in
      let axis = o.shapes[0].axisIndex(o.statics[0])
      return [scatteradd(o.bar, o.y, statics: [axis] + o.shapes[0].extents), nil]
    },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      try operands[0].picked(operands[1], axis: statics[0])
    },
    domain: Domain(
      samples: [-2...2, 1...1],
      shapes: [
        .init([[3], []], [Argument.noAxis]), .init([[3], [2]], [0]), .init([[2, 3], []], [0]),
        .init([[2, 3], [4]], [1]), .init([[2, 3], [2, 2]], [-1]),
      ]),
    work: .moves,
    example: Example("gather([5, 6, 7], [2, 0])", "[7. 5.]"))

  static let scatteradd: Primitive = .init(
    "scatteradd", "An array of zeros, with the elements of v added at an index along an axis.",
    arguments: [.operand("v"), .discrete("index"), .axis, .shape],
    kernel: .dense { call throws(Fault) in
      call.result.update(repeating: 0, count: call.count)
      let picks = try call.picks(of: call.shape, axis: call.shape.axisIndex(call.statics[0]))
      picks.forEach { whole, part, count in
        for k in 0..<count { call.result[whole + k] += call.operands[0][part + k] }
      }
    },
    rule: .multilinear { o in [gather(o.bar, o.y, statics: [o.statics[0]]), nil] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let shape = try Shape.checked(statics.dropFirst())
      let part = try shape.picked(operands[1], axis: statics[0])
      guard operands[0] == part else {
        throw ShapeMismatch(
          "\(operands[0].inWords) in the place of \(part.inWords)",
          needs: "scatteradd takes an array of the picked part's shape")
      }
      return shape
    },
    domain: Domain(
      samples: [-2...2, 1...1],
      shapes: [
        .init([[], []], [0, 3]), .init([[2], [2]], [0, 3]), .init([[2, 4], [4]], [1, 2, 3]),
      ]),
    example: Example("scatteradd([1, 2, 3], [0, 2, 2], 0, [3])", "[1. 0. 5.]"))

  static let scatter: Primitive = .init(
    "scatter", "A copy of A with the elements at an index along an axis replaced by v, stretched.",
    arguments: [.operand("A"), .discrete("index"), .operand("v"), .axis],
    kernel: .dense { call throws(Fault) in
      let axis = call.shape.axisIndex(call.statics[0])
      let picks = try call.picks(of: call.shape, axis: axis)
      let stretched = try call.stretched(
        2, to: call.shape.replacing(axis: axis, with: call.shapes[1].extents))
      defer { wl_release(stretched) }
      if UnsafePointer(call.result) != call.operands[0] {
        call.result.update(from: call.operands[0], count: call.count)
      }
      picks.forEach { whole, part, count in
        (call.result + whole).update(from: stretched + part, count: count)
      }
    },
    rule: .general(
      pullbacks: { o in
        let axis = o.resultShape.axisIndex(o.statics[0])
        let part = o.resultShape.replacing(axis: axis, with: o.shapes[1].extents)
        let slope = gather(o.bar, o.y, statics: [axis])
        return [
          scatter(o.bar, o.y, 0, statics: [axis]), nil,
          .summed(
            o.shapes[1].isScalar ? slope : choose(o.staysWritten(axis, part), slope, 0),
            part, to: o.shapes[2]),
        ]
      },
      pushforward: { o in
        let zeros = Formula.of(.zeros, [], o.resultShape.extents)
        return [
          scatter(o.bar, o.y, 0, statics: o.statics), nil,
          scatter(zeros, o.y, o.bar, statics: o.statics),
        ]
      }),
    analytic: .linear,
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let part = try operands[0].picked(operands[1], axis: statics[0])
      guard operands[1].rank <= 1 else {
        throw ShapeMismatch(
          operands[1].inWords, needs: "an index is a number or a vector")
      }
      guard operands[2].broadcast(part) == part else {
        throw ShapeMismatch(
          "\(operands[2].inWords) in the place of \(part.inWords)",
          needs: "the new value stretches to the part that it replaces")
      }
      return operands[0]
    },
    domain: Domain(
      samples: [-2...2, 1...1, -2...2],
      shapes: [
        .init([[3], [], []], [Argument.noAxis]), .init([[3], [2], [2]], [0]),
        .init([[2, 3], [], [2]], [1]), .init([[2, 3], [2], [2, 2]], [1]),
        .init([[2, 3], [2], [3]], [0]),
      ]),
    work: .moves,
    example: Example("scatter([5, 6, 7], 1, 0)", "[5. 0. 7.]"))
}

extension Operands {
  /// Whether an element that `scatter` wrote is still there: of equal indices the last wins.
  fileprivate func staysWritten(_ axis: Int, _ part: Shape) -> Formula {
    let places = Formula.counting(shapes[1].count)
    let blank = Formula.of(.zeros, [], [resultShape[axis]])
    let written = Formula.of(.scatter, [blank, y, places], [0])
    let stays = Formula.of(.equal, [.of(.gather, [written, y], [0]), places])
    return axis == part.rank - 1 ? stays : .reshaped(stays, part.only(axis: axis))
  }
}

/// The blocks that an index picks along an axis.
private struct Picks {
  let outer: Int
  let inner: Int
  let extent: Int
  let indices: [Int]

  /// Calls with the first place of each block in the whole and in the part, and its length.
  func forEach(_ body: (_ whole: Int, _ part: Int, _ count: Int) -> Void) {
    for row in 0..<outer where !Kernel.isStopped {
      for (place, index) in indices.enumerated() {
        body((row * extent + index) * inner, (row * indices.count + place) * inner, inner)
      }
    }
  }
}

extension DenseCall {
  /// The blocks of an array that the second operand picks.
  fileprivate func picks(of shape: Shape, axis: Int) throws(Fault) -> Picks {
    let extent = shape[axis]
    var indices: [Int] = []
    indices.reserveCapacity(shapes[1].count)
    for place in 0..<shapes[1].count {
      let value = operands[1][place]
      guard let index = Int(exactly: value), index >= -extent, index < extent else {
        throw Fault(.index(value, extent: extent, axis: axis))
      }
      indices.append(index < 0 ? index + extent : index)
    }
    return Picks(
      outer: shape.extents[..<axis].reduce(1, *), inner: shape.extents[(axis + 1)...].reduce(1, *),
      extent: extent, indices: indices)
  }

  /// An operand stretched to a shape, in memory that the caller gives back.
  fileprivate func stretched(
    _ operand: Int, to shape: Shape
  ) throws(Fault) -> UnsafeMutablePointer<Double> {
    let result = try scratch(shape.count)
    Walk(stretching: shapes[operand], to: shape).read(operands[operand], into: result)
    return result
  }
}

extension Shape {
  /// The shape of what the slices keep.
  func part(_ slices: [AxisSlice]) throws(ShapeMismatch) -> Shape {
    guard slices.count == rank else {
      throw ShapeMismatch(
        "\(slices.count) indices for \(inWords)",
        needs: "one index or range for each of its \(rank) axes")
    }
    for (axis, slice) in slices.enumerated() {
      let last = slice.start + (slice.count - 1) * slice.step
      guard slice.count >= 0, slice.step != 0, !slice.drops || slice.count == 1 else {
        throw ShapeMismatch("\(slice) is no range of indices")
      }
      guard slice.count == 0 || extents[axis] > max(slice.start, last),
        min(slice.start, last) >= 0
          || slice.count == 0
      else {
        throw ShapeMismatch(
          "\(slice) is outside of axis \(axis)",
          needs: extents[axis] == 0
            ? "the axis has no elements" : "its indices are 0 to \(extents[axis] - 1)")
      }
    }
    return Shape(slices.filter { !$0.drops }.map(\.count))
  }

  /// The shape of what an index picks along an axis.
  fileprivate func picked(_ index: Shape, axis number: Int) throws(ShapeMismatch) -> Shape {
    replacing(axis: try axis(number), with: index.extents)
  }
}
