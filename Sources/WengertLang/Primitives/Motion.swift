import WengertKernels

/// What an operation does to whole arrays, in the few words that the runner knows without calling
/// the row: so it can choose another way to do the same.
enum Motion: Sendable {
  /// The product of an m by k and a k by n matrix.
  case product(m: Int, n: Int, k: Int)
  /// Each element of the result is read at its place of a walk over the operand.
  case read(Walk)
  /// The result is zero but for the places of a walk, which take the operand's elements in order.
  case write(Walk)
  /// The operand's elements are added up at their places of a walk over the result.
  case add(Walk)
  /// The sums of lines: `outer` times `inner` lines of `count` elements, `inner` apart.
  case sums(outer: Int, count: Int, inner: Int)
  /// Each row is made of the operand's by a C function.
  case rows(RowFunction, count: Int, length: Int)
  /// A number is made of as many elements of two operands, each stretched by a walk.
  case total(TotalFunction, a: Walk, b: Walk, count: Int)

  typealias RowFunction =
    @convention(c) @Sendable (
      UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, _ rows: Int, _ length: Int
    ) -> Void
  typealias TotalFunction =
    @convention(c) @Sendable (UnsafePointer<Double>?, UnsafePointer<Double>?, Int) -> Double
}

extension Motion {
  /// The elements of an array as they are.
  static func whole(_ shape: Shape) -> Motion {
    .read(Walk(extents: [shape.count], strides: [1]))
  }
}

extension Kernel {
  /// What works on whole blocks, where the operation is not element-wise.
  var blocks: (@Sendable (DenseCall) throws(Fault) -> Void)? {
    switch self {
    case .dense(let kernel): kernel
    case .motion(let motion):
      { call throws(Fault) in try motion(call.shapes, call.statics, call.shape).run(call) }
    default: nil
    }
  }
}

extension Motion {
  /// Does it, as the machine does.
  func run(_ call: DenseCall) throws(Fault) {
    let a = call.operands[0]
    switch self {
    case .product(let m, let n, let k): wl_product(0, 0, m, n, k, a, call.operands[1], call.result)
    case .read(let walk): walk.read(a, into: call.result)
    case .write(let walk):
      call.result.update(repeating: 0, count: call.count)
      walk.write(a, to: call.result)
    case .add(let walk):
      call.result.update(repeating: 0, count: call.count)
      walk.add(a, to: call.result)
    case .sums(let outer, let count, let inner):
      for line in 0..<(outer * inner) {
        call.result[line] = wl_sum(a + line / inner * count * inner + line % inner, count, inner)
      }
    case .rows(let function, let count, let length): function(a, call.result, count, length)
    case .total(let function, let walkA, let walkB, let count):
      let (room, overflow) = count.multipliedReportingOverflow(by: 2)
      let stretched = try call.scratch(overflow ? .max : room)
      defer { wl_release(stretched) }
      walkA.read(a, into: stretched)
      walkB.read(call.operands[1], into: stretched + count)
      call.result[0] = function(stretched, stretched + count, count)
    }
  }
}
