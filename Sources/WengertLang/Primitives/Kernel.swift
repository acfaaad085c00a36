import WengertKernels

/// How an operation is computed.
enum Kernel: Sendable {
  /// One operand, element by element.
  case map(Map)
  /// Two operands, element by element, each stretched where it is smaller.
  case zip(Zip)
  /// Three operands, element by element: `where`.
  case select(@Sendable (Double, Double, Double) -> Double)
  /// A matter of moving elements, adding them up or multiplying matrices.
  case motion(@Sendable (_ shapes: [Shape], _ statics: [Int], _ result: Shape) -> Motion)
  /// Anything else: the call reads whole blocks.
  case dense(Dense)
  /// The runner knows how: inputs, loops, branches.
  case structural

  /// A kernel that reads whole blocks.
  ///
  /// One that takes long may end early once it is to stop.
  typealias Dense = @Sendable (DenseCall) throws(Fault) -> Void

  /// Whether work is to stop: what a kernel leaves is then thrown away.
  static var isStopped: Bool { wl_interrupt_requested() != 0 }

  /// A kernel of one operand: the same literal as a call for a number and as a loop over a block.
  struct Map: Sendable {
    typealias CFunction =
      @convention(c) (
        UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int
      ) -> Void
    typealias Block = @Sendable (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void
    /// The opcode of the runner's switch, where the operation is among the frequent ones.
    let code: ScalarCode?
    let scalar: @Sendable (Double) -> Double
    let block: Block
    /// The C function that does the same for a block, where there is one.
    var function: CFunction?
  }

  /// A kernel of two operands; the strides of the block are 0 or 1.
  struct Zip: Sendable {
    typealias CFunction =
      @convention(c) (
        UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafeMutablePointer<Double>?,
        Int, Int, Int
      ) -> Void
    typealias Block =
      @Sendable (
        UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>,
        Int, Int, Int
      ) -> Void
    let code: ScalarCode?
    let scalar: @Sendable (Double, Double) -> Double
    let block: Block
    /// The C function that does the same for a block, where there is one.
    var function: CFunction?
  }

  /// A kernel of one operand from a C function over blocks; a number is a block of one.
  @inline(__always)
  static func map(
    _ code: ScalarCode? = nil,
    c function: @escaping Map.CFunction
  ) -> Kernel {
    .map(
      Map(
        code: code,
        scalar: { value in
          var x = value
          var z = 0.0
          function(&x, &z, 1)
          return z
        },
        block: { x, z, count in function(x, z, count) }, function: function))
  }

  /// A kernel of two operands from a C function over blocks with strides.
  @inline(__always)
  static func zip(
    _ code: ScalarCode? = nil,
    c function: @escaping Zip.CFunction
  ) -> Kernel {
    .zip(
      Zip(
        code: code,
        scalar: { a, b in
          var x = a
          var y = b
          var z = 0.0
          function(&x, &y, &z, 1, 1, 1)
          return z
        },
        block: { x, y, z, count, sx, sy in function(x, y, z, count, sx, sy) },
        function: function))
  }

  /// The value at numbers, where the operation works element by element.
  func scalarValue(_ x: [Double]) -> Double? {
    switch self {
    case .map(let map): x.count == 1 ? map.scalar(x[0]) : nil
    case .zip(let zip): x.count == 2 ? zip.scalar(x[0], x[1]) : nil
    case .select(let select): x.count == 3 ? select(x[0], x[1], x[2]) : nil
    case .motion, .dense, .structural: nil
    }
  }
}

/// The frequent scalar kernels, as the opcodes of the runner's switch: in the order of `wl_op`.
enum ScalarCode: UInt8, Sendable {
  case add, sub, mul, div, neg, square, chain
  case exp, log, sin, cos, tanh, sigmoid, sqrt, pow, copy
}

extension Sequence {
  /// What becomes of the elements, as many as there are until work is to stop.
  func mapUntilStopped<T>(_ transform: (Element) -> T) -> [T] {
    var results: [T] = []
    results.reserveCapacity(underestimatedCount)
    for element in self {
      if Kernel.isStopped { break }
      results.append(transform(element))
    }
    return results
  }
}
