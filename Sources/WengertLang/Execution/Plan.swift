import WengertKernels

/// A list made ready to run: operations, shapes and places are resolved, only arithmetic is left.
///
/// Its steps are those of the machine in `WengertKernels`; what the machine cannot do itself it
/// asks the plan for, by number.
final class Plan {
  /// What is done outside of the machine.
  enum Foreign {
    case map(Kernel.Map.Block, UnsafePointer<Double>, UnsafeMutablePointer<Double>, count: Int)
    case zip(
      Kernel.Zip.Block, UnsafePointer<Double>, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>, count: Int, strides: (Int, Int))
    case zipRows(
      Kernel.Zip.Block, UnsafePointer<Double>, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>, a: Rows, b: Rows, length: Int)
    case select(SelectRows, UnsafeMutablePointer<Double>)
    case dense(Kernel.Dense, DenseCall)
    case print(PrintCall)
    case solver(SolverCall, UnsafeMutablePointer<Double>)
  }

  private(set) var steps: UnsafeMutablePointer<wl_step>
  private(set) var count = 0
  private var capacity: Int
  private(set) var foreign: [Foreign] = []
  /// What the steps point to.
  private(set) var held: [AnyObject] = []
  private var raw: [UnsafeMutableRawPointer] = []
  /// Where the entries were written.
  let spans: Spans

  init(spans: Spans, capacity: Int = 16) {
    self.spans = spans
    self.capacity = max(capacity, 1)
    steps = .allocate(capacity: self.capacity)
  }

  deinit {
    steps.deallocate()
    for pointer in raw { pointer.deallocate() }
  }

  /// Appends a step.
  func append(_ step: wl_step) {
    if count == capacity {
      let larger = UnsafeMutablePointer<wl_step>.allocate(capacity: 2 * capacity)
      larger.moveInitialize(from: steps, count: count)
      steps.deallocate()
      steps = larger
      capacity *= 2
    }
    (steps + count).initialize(to: step)
    count += 1
  }

  /// Has other steps in place of those so far, no more of them.
  func replaceSteps(by others: [wl_step]) {
    count = 0
    for step in others { append(step) }
  }

  /// Appends a step outside of the machine.
  func append(_ action: Foreign, slot: Int32) {
    foreign.append(action)
    var step = wl_step(WL_FOREIGN, slot: slot)
    step.n = foreign.count - 1
    append(step)
  }

  /// Keeps something that steps point to.
  func hold(_ object: AnyObject) { held.append(object) }

  /// Keeps a value at a fixed place, for the steps.
  func keep<T: BitwiseCopyable>(_ value: T) -> UnsafeMutablePointer<T> { keep([value]) }

  /// Keeps values one behind the other, for the steps.
  func keep<T: BitwiseCopyable>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let place = UnsafeMutablePointer<T>.allocate(capacity: max(values.count, 1))
    for (index, value) in values.enumerated() { (place + index).initialize(to: value) }
    raw.append(UnsafeMutableRawPointer(place))
    return place
  }

  /// The steps as the machine takes them, as long as the plan is held.
  var program: wl_program {
    wl_program(
      steps: UnsafePointer(steps), count: count, owner: Unmanaged.passUnretained(self).toOpaque())
  }
}

extension wl_step {
  /// Where steps without operands pretend to read and write.
  nonisolated(unsafe) static let nowhere: UnsafeMutablePointer<Double> = {
    let place = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    place.initialize(to: 0)
    return place
  }()

  /// A step; operands that it does not have are somewhere.
  init(
    _ op: wl_op, slot: Int32, n: Int = 1, _ a: UnsafePointer<Double>? = nil,
    _ b: UnsafePointer<Double>? = nil, out: UnsafeMutablePointer<Double>? = nil,
    strides: (Int, Int) = (1, 1), more: UnsafeRawPointer? = nil
  ) {
    self.init(
      op: UInt16(op.rawValue), sa: UInt8(strides.0), sb: UInt8(strides.1), slot: slot, n: n,
      a: a ?? UnsafePointer(Self.nowhere), b: b ?? UnsafePointer(Self.nowhere),
      out: out ?? Self.nowhere, more: more)
  }
}

/// A choice between stretched operands, row by row.
struct SelectRows {
  let select: @Sendable (Double, Double, Double) -> Double
  let length: Int
  let operands: [UnsafePointer<Double>]
  let rows: [Rows]

  func run(into target: UnsafeMutablePointer<Double>) {
    var out = target
    let (c, a, b) = (rows[0], rows[1], rows[2])
    for row in c.starts.indices {
      for i in 0..<length {
        out[i] = select(
          operands[0][c.starts[row] + i * c.stride], operands[1][a.starts[row] + i * a.stride],
          operands[2][b.starts[row] + i * b.stride])
      }
      out += length
    }
  }
}

/// Where the rows of a stretched operand begin, and whether it moves along them.
struct Rows {
  let starts: [Int]
  let stride: Int

  /// The rows of an operand of one shape under a result of another.
  init(of shape: Shape, under result: Shape) {
    let missing = result.rank - shape.rank
    let strides = result.extents.indices.map { axis in
      axis < missing || shape[axis - missing] == 1 ? 0 : shape.strides[axis - missing]
    }
    var starts = [0]
    for (extent, stride) in zip(result.extents.dropLast(), strides) {
      starts = starts.flatMap { start in (0..<extent).map { start + $0 * stride } }
    }
    self.starts = result.count == 0 ? [] : starts
    stride = strides.last ?? 0
  }
}

/// What a run hands out while it goes on.
enum RunOutput {
  case print(PrintCall)
  /// Something that is worth a word, though nothing is wrong with the run.
  case notice(RunNotice)
}

/// What a run has to say about how it went.
struct RunNotice {
  enum Kind {
    /// Newton's steps shrank slowly: the slope vanishes at the solution, which is known that well.
    case slowSteps(word: String, rate: Double, step: Double)
    /// The function of a fixed point moves points together hardly at all.
    case weakContraction(factor: Double, step: Double)
  }
  var kind: Kind
  var span: Span
}

/// A `print` made ready.
struct PrintCall {
  let items: PrintItems
  let values: [Values.View]
}

extension Plan.Foreign {
  /// Works on elements in blocks, and looks between them whether to stop.
  private static func inBlocks(_ count: Int, _ work: (Int, Int) -> Void) throws(Fault) {
    let block = 1 << 16
    for start in stride(from: 0, to: count, by: block) {
      if start > 0, Kernel.isStopped { throw Fault(.interrupted) }
      work(start, min(block, count - start))
    }
  }

  /// Does it; output goes where it is told.
  func run(_ output: ((RunOutput) -> Void)?) throws(Fault) {
    switch self {
    case .map(let block, let a, let out, let count):
      try Self.inBlocks(count) { block(a + $0, out + $0, $1) }
    case .zip(let block, let a, let b, let out, let count, let strides):
      try Self.inBlocks(count) {
        block(a + $0 * strides.0, b + $0 * strides.1, out + $0, $1, strides.0, strides.1)
      }
    case .zipRows(let block, let a, let b, let target, let rowsA, let rowsB, let length):
      var out = target
      for (p, q) in Swift.zip(rowsA.starts, rowsB.starts) {
        block(a + p, b + q, out, length, rowsA.stride, rowsB.stride)
        out += length
        if Kernel.isStopped { throw Fault(.interrupted) }
      }
    case .select(let select, let out): select.run(into: out)
    case .dense(let kernel, let call): try kernel(call)
    case .print(let call): output?(.print(call))
    case .solver(let call, let out):
      var solver = Solver(call, Runner { _ in })
      try solver.run()
      if let notice = solver.notice { output?(.notice(notice)) }
      out.update(from: call.unknown, count: call.count)
    }
  }
}
