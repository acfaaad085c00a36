import WengertKernels

/// Operations that take many elements to fewer.
extension Primitive {
  static let reductions: [Primitive] = [sum, sumto]

  static let sum: Primitive = .init(
    "sum", "The sum of all elements, or along an axis.",
    arguments: [.operand("A"), .axis, .keepdims],
    kernel: .dense { call in
      let lines = Lines(call.shapes[0], axis: call.statics[0])
      for line in 0..<lines.count {
        call.result[line] = wl_sum(call.operands[0] + lines.start(line), lines.length, lines.stride)
      }
    },
    rule: .multilinear { o in [.spread(o.bar, o)] },
    shape: .reduction,
    domain: Domain(shapes: [
      .init([[3]], [Argument.noAxis, 0]), .init([[2, 3]], [0, 0]), .init([[2, 3]], [1, 1]),
    ]),
    example: Example("sum([[1, 2], [3, 4]], axis = 0)", "[4. 6.]"))

  /// The transpose of stretching: what the sweep adds where a contribution is larger than its operand.
  static let sumto: Primitive = .init(
    "sumto", "The sum over the axes along which a smaller array was stretched.",
    arguments: [.operand("A"), .shape],
    kernel: .dense { call in
      call.result.update(repeating: 0, count: call.count)
      let map = Stretching(from: call.shape, to: call.shapes[0])
      for place in 0..<call.shapes[0].count {
        call.result[map.source(place)] += call.operands[0][place]
      }
    },
    rule: .multilinear { o in [.of(.broadcast, [o.bar], o.shapes[0].extents)] },
    shape: ShapeRule { _, statics in Shape(statics) },
    domain: Domain(shapes: [.init([[2, 3]], [3]), .init([[2, 3]], [2, 1]), .init([[2, 3]], [])]),
    example: nil)

  static let broadcast: Primitive = .init(
    "broadcast", "The array stretched to a larger shape.",
    arguments: [.operand("A"), .shape],
    kernel: .dense { call in
      let map = Stretching(from: call.shapes[0], to: call.shape)
      for place in 0..<call.count { call.result[place] = call.operands[0][map.source(place)] }
    },
    rule: .multilinear { o in [.of(.sumto, [o.bar], o.shapes[0].extents)] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let target = Shape(statics)
      guard operands[0].broadcast(target) == target else {
        throw ShapeMismatch("\(operands[0].inWords) does not stretch to \(target.inWords)")
      }
      return target
    },
    domain: Domain(shapes: [.init([[3]], [2, 3]), .init([[2, 1]], [2, 3]), .init([[]], [2])]),
    example: Example("broadcast([1, 2], [2, 2])", "[[1. 2.]\n [1. 2.]]"))
}

extension Primitive {
  /// Rows that change shapes and make arrays.
  static let shapes: [Primitive] = [broadcast, reshape, zeros]

  static let reshape: Primitive = .init(
    "reshape", "The same elements, row by row, in another shape.",
    arguments: [.operand("A"), .shape],
    kernel: .dense { call in call.result.update(from: call.operands[0], count: call.count) },
    rule: .multilinear { o in [.of(.reshape, [o.bar], o.shapes[0].extents)] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let shape = Shape(statics)
      guard shape.count == operands[0].count else {
        throw ShapeMismatch(
          "\(operands[0].inWords) has \(operands[0].count) elements, not \(shape.count)")
      }
      return shape
    },
    domain: Domain(shapes: [.init([[2, 3]], [3, 2]), .init([[4]], [2, 2])]),
    example: Example("reshape([1, 2, 3, 4], [2, 2])", "[[1. 2.]\n [3. 4.]]"))

  static let zeros: Primitive = .init(
    "zeros", "An array of zeros.", arguments: [.shape],
    kernel: .dense { call in call.result.update(repeating: 0, count: call.count) },
    rule: .flat, shape: ShapeRule { _, statics in Shape(statics) },
    example: Example("zeros(2)", "[0. 0.]"))
}

extension ShapeRule {
  /// The axis in the first static is dropped, or kept with extent 1; all of them where there is none.
  static let reduction = ShapeRule { operands, statics throws(ShapeMismatch) in
    let shape = operands[0]
    let keeps = statics.count > 1 && statics[1] != 0
    guard statics[0] != Argument.noAxis else {
      return keeps ? Shape(Array(repeating: 1, count: shape.rank)) : .scalar
    }
    let axis = statics[0] < 0 ? statics[0] + shape.rank : statics[0]
    guard shape.extents.indices.contains(axis) else {
      throw ShapeMismatch("\(shape.inWords) has no axis \(statics[0])", needs: "axes count from 0")
    }
    var extents = shape.extents
    if keeps { extents[axis] = 1 } else { extents.remove(at: axis) }
    return Shape(extents)
  }
}

extension Formula {
  /// A value of a reduction's result, stretched back over the operand that was reduced.
  static func spread(_ value: Formula, _ o: Operands) -> Formula {
    let shape = o.shapes[0]
    guard o.statics[0] != Argument.noAxis else { return .of(.broadcast, [value], shape.extents) }
    var kept = shape.extents
    kept[o.statics[0] < 0 ? o.statics[0] + shape.rank : o.statics[0]] = 1
    return .of(.broadcast, [.of(.reshape, [value], kept)], shape.extents)
  }
}

/// The lines of an array along one axis, or the whole array as one line.
struct Lines {
  /// How many lines there are.
  let count: Int
  /// How many elements a line has.
  let length: Int
  /// The distance of neighbours on a line.
  let stride: Int

  init(_ shape: Shape, axis: Int) {
    guard axis != Argument.noAxis else {
      (count, length, stride) = (1, shape.count, 1)
      return
    }
    let axis = axis < 0 ? axis + shape.rank : axis
    length = shape[axis]
    stride = shape.extents[(axis + 1)...].reduce(1, *)
    count = shape.extents[..<axis].reduce(1, *) * stride
  }

  /// Where a line begins.
  func start(_ line: Int) -> Int { (line / stride) * stride * length + line % stride }
}

/// Where each element of a stretched array comes from.
struct Stretching {
  private let extents: [Int]
  private let strides: [Int]

  init(from source: Shape, to target: Shape) {
    extents = target.extents
    var strides = Array(repeating: 0, count: target.rank)
    var stride = 1
    for axis in (0..<source.rank).reversed() {
      let place = axis + target.rank - source.rank
      strides[place] = source[axis] == 1 ? 0 : stride
      stride *= source[axis]
    }
    self.strides = strides
  }

  /// The place in the source of an element of the target.
  func source(_ place: Int) -> Int {
    var rest = place
    var source = 0
    for axis in extents.indices.reversed() {
      source += (rest % extents[axis]) * strides[axis]
      rest /= extents[axis]
    }
    return source
  }
}
