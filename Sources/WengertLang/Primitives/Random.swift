import WengertKernels

/// A stream of random numbers, as the three numbers that it is.
///
/// They are its seed, how many words of the generator it has taken, and the second of a pair of
/// gaussian numbers, which waits for the next one that is asked for. So a loop can carry it.
struct RandomStream: Sendable {
  /// The seed that a program begins with.
  static let standardSeed = 0.0
  static let shape = Shape([3])

  private(set) var elements: [Double]

  /// The stream of a seed, from its beginning.
  init(seed: Double = standardSeed) { elements = [seed, 0, .nan] }

  /// A stream somewhere on its way; nil where the numbers are none.
  init?(_ elements: [Double]) {
    guard elements.count == 3, RandomStream.isSeed(elements[0]) else { return nil }
    self.elements = elements
  }

  /// Whether the same numbers come next.
  func isSame(as other: RandomStream) -> Bool {
    elements.map(\.bitPattern) == other.elements.map(\.bitPattern)
  }

  /// Whether a number can be a seed: whole, of 32 bits.
  static func isSeed(_ number: Double) -> Bool {
    Int(exactly: number).map { (0...Int(UInt32.max)).contains($0) } ?? false
  }

  /// The next numbers of a row's kind.
  mutating func draw(_ draw: Draw, _ count: Int, bounds: [Double] = []) throws(Fault) -> [Double] {
    let kernel = draw.numbers
    let bounds = bounds + [0, 1]
    var stream = elements
    var fault: Fault?
    let numbers = [Double](unsafeUninitializedCapacity: count) { numbers, filled in
      bounds.withUnsafeBufferPointer { bounds in
        stream.withUnsafeMutableBufferPointer { stream in
          guard let stream = stream.baseAddress, let target = numbers.baseAddress,
            let low = bounds.baseAddress
          else { return }
          do throws(Fault) {
            try kernel(stream, low, low + 1, target, count)
            // What was drawn by then is as good as nothing.
            if Kernel.isStopped { throw Fault(.interrupted) }
            filled = count
          } catch {
            fault = error
          }
        }
      }
    }
    if let fault { throw fault }
    elements = stream
    return numbers
  }
}

/// A kind of random numbers: how it moves a stream on, and the row for draws inside of bodies.
struct Draw: Sendable {
  typealias Numbers =
    @Sendable (
      _ stream: UnsafeMutablePointer<Double>, _ low: UnsafePointer<Double>,
      _ high: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ count: Int
    ) throws(Fault) -> Void

  /// Takes numbers from a stream, which goes on.
  let numbers: Numbers
  /// What it makes of a stream: the stream behind the draw, then the numbers.
  let row: Primitive

  init(_ name: String, _ summary: String, bounds: [String] = [], numbers: @escaping Numbers) {
    self.numbers = numbers
    row = Primitive(
      name, summary,
      arguments: [.discrete("stream")] + bounds.map { .discrete($0) } + [.integer("count")],
      kernel: .dense { call throws(Fault) in
        let (stream, low) = (call.operands[0], call.operands[1 % call.operands.count])
        guard RandomStream.isSeed(stream[0]) else { throw Fault(.seed(stream[0])) }
        call.result.update(from: stream, count: 3)
        try numbers(
          call.result, low, call.operands[call.operands.count - 1], call.result + 3,
          call.count - 3)
      },
      rule: .flat,
      shape: ShapeRule { _, statics throws(ShapeMismatch) in
        let count = try Shape.checked([statics[0]]).count
        return try Shape.checked([3 + count])
      },
      domain: Domain(
        samples: [0...0, 0...0, 5...5],
        shapes: [.init([[3]] + bounds.map { _ in [] }, [4])]),
      isHidden: true)
  }

  static let uniform = Draw("rand", "Uniform numbers, behind the stream that they leave.") {
    stream, _, _, out, count in wl_random_uniform(stream, out, count)
  }
  static let gaussian = Draw("randn", "Gaussian numbers, behind the stream that they leave.") {
    stream, _, _, out, count in wl_random_gaussian(stream, out, count)
  }
  static let permutation = Draw(
    "permutation", "0, 1, … in random order, behind the stream that this leaves."
  ) { stream, _, _, out, count in wl_random_permutation(stream, out, count) }
  static let whole = Draw(
    "randint", "Whole numbers from low up to high - 1, behind the stream that they leave.",
    bounds: ["low", "high"]
  ) { stream, low, high, out, count throws(Fault) in
    guard Draw.isInterval(low.pointee, high.pointee) else {
      throw Fault(.interval(low.pointee, high.pointee))
    }
    wl_random_whole(stream, low, high, out, count)
  }

  /// Whether whole numbers can be drawn from `low` up to `high - 1`.
  static func isInterval(_ low: Double, _ high: Double) -> Bool {
    let most = 0x1p53
    return low < high && low.magnitude <= most && high.magnitude <= most
      && low == low.rounded() && high == high.rounded()
  }
}

/// Rows for draws inside of bodies, where a stream is carried from draw to draw.
///
/// At top level a draw is an input, and no row is needed.
extension Primitive {
  static let draws: [Primitive] =
    [Draw.uniform, Draw.gaussian, Draw.whole, Draw.permutation].map(\.row) + [
      drawn, streamAfter, seeded,
    ]

  static let drawn = Primitive(
    "drawn", "The numbers of a draw, in their shape.",
    arguments: [.discrete("draw"), .shape],
    kernel: .dense { call in call.result.update(from: call.operands[0] + 3, count: call.count) },
    rule: .flat,
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      let shape = try Shape.checked(statics)
      guard operands[0] == Shape([3 + shape.count]) else {
        throw ShapeMismatch(operands[0].inWords, needs: "the numbers of a draw")
      }
      return shape
    },
    domain: Domain(shapes: [.init([[7]], [2, 2])]),
    isHidden: true)

  static let streamAfter = Primitive(
    "streamAfter", "The stream that a draw leaves.",
    arguments: [.discrete("draw")],
    kernel: .dense { call in call.result.update(from: call.operands[0], count: 3) },
    rule: .flat,
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank == 1, operands[0][0] >= 3 else {
        throw ShapeMismatch(operands[0].inWords, needs: "the numbers of a draw")
      }
      return RandomStream.shape
    },
    domain: Domain(shapes: [.init([[7]])]),
    isHidden: true)

  static let seeded = Primitive(
    "seeded", "The beginning of the stream of a seed.",
    arguments: [.discrete("seed")],
    kernel: .dense { call throws(Fault) in
      let seed = call.operands[0][0]
      guard RandomStream.isSeed(seed) else { throw Fault(.seed(seed)) }
      let stream = RandomStream(seed: seed).elements
      call.result.update(from: stream, count: stream.count)
    },
    rule: .flat,
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].isScalar else {
        throw ShapeMismatch(operands[0].inWords, needs: "a seed is a number")
      }
      return RandomStream.shape
    },
    domain: Domain(samples: [3...3], shapes: [.init([[]])]),
    isHidden: true)
}
