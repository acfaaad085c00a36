import WengertKernels

/// A list made ready to run: operations, shapes and places are resolved, only arithmetic is left.
final class Plan {
  /// What the runner does next; the frequent scalar operations have the first numbers.
  enum Opcode: UInt8 {
    case map = 64
    case zip, zipRows, selectRows, dense, loop, branch, custom, solver, print, copy, checkTurn
    case missing
  }

  /// One step: where to read, where to write, and which.
  struct Call {
    var opcode: UInt8
    /// The index of what the opcode needs beyond the operands.
    var extra: Int32 = 0
    /// The slot, to say where a fault happened.
    var slot: Int32
    var count: Int = 1
    var a: UnsafePointer<Double>
    var b: UnsafePointer<Double>
    var out: UnsafeMutablePointer<Double>
  }

  var calls: [Call] = []
  var maps: [Kernel.Map.Block] = []
  var zips: [Kernel.Zip.Block] = []
  var rows: [ZipRows] = []
  var selects: [SelectRows] = []
  var denses: [(kernel: @Sendable (DenseCall) throws(Fault) -> Void, call: DenseCall)] = []
  var loops: [LoopCall] = []
  var branches: [BranchCall] = []
  var customs: [CustomCall] = []
  var solvers: [SolverCall] = []
  var prints: [PrintCall] = []
  /// Where the entries were written.
  let spans: [Span]

  init(spans: [Span]) { self.spans = spans }
}

/// An element-wise operation on stretched operands, row by row.
struct ZipRows {
  let block: Kernel.Zip.Block
  let length: Int
  /// Where each row of the operands begins, and the step along it.
  let a: Rows
  let b: Rows
}

/// A choice between stretched operands, row by row.
struct SelectRows {
  let select: @Sendable (Double, Double, Double) -> Double
  let length: Int
  let operands: [UnsafePointer<Double>]
  let rows: [Rows]
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

/// A loop made ready: its body's plan and where everything lies.
final class LoopCall {
  struct Walk {
    var parameter: UnsafeMutablePointer<Double>
    var width: Int
    var array: UnsafePointer<Double>?
    var history: History?
  }
  struct Stack {
    var value: UnsafePointer<Double>
    var width: Int
    var array: UnsafeMutablePointer<Double>?
    /// How many turns the array has room for.
    var extent = 0
  }
  struct Carry {
    var start: UnsafePointer<Double>
    var parameter: UnsafeMutablePointer<Double>
    var next: UnsafePointer<Double>
    var count: Int
    /// Where the next value waits while others are handed over, if it is itself a carried value.
    var waiting: UnsafeMutablePointer<Double>?
  }

  var body: Plan
  var condition: Plan?
  var conditionValue: UnsafePointer<Double>?
  var count: UnsafePointer<Double>?
  var carries: [Carry] = []
  var walks: [Walk] = []
  var stacks: [Stack] = []
  /// What is kept of its turns for those who read them.
  var recording: Recording?
  var turn: UnsafeMutablePointer<Double>
  var turnsTaken: UnsafeMutablePointer<Double>
  var isBackward = false
  /// Whether its output was printed before and is not to be printed again.
  var isSilent = false
  /// Whether it is training whose weights are kept when it is interrupted.
  var isKept = false
  /// Whether it was interrupted.
  fileprivate(set) var isCut = false
  /// Where the slots of the body lie.
  var pointers: [UnsafeMutablePointer<Double>?] = []
  /// The values of its body that inner loops keep of their last turns, with those loops.
  var bodyLasts: [Slot: LoopCall] = [:]
  let loop: Loop

  init(
    _ loop: Loop, body: Plan, turn: UnsafeMutablePointer<Double>,
    turnsTaken: UnsafeMutablePointer<Double>
  ) {
    self.loop = loop
    self.body = body
    self.turn = turn
    self.turnsTaken = turnsTaken
  }
}

extension LoopCall {
  /// Ends training at the step that was finished last; the request to stop is met.
  func cut() {
    isCut = true
    wl_interrupt_set(0)
  }

  /// Whether there is a value of the last turn: there was one, of this loop and of those inside.
  func hasLast(_ part: Int) -> Bool {
    guard turnsTaken.pointee > 0 else { return false }
    return bodyLasts[Slot(part)]?.hasLast(loop.body.part(Slot(part))) ?? true
  }
}

/// A branch made ready.
final class BranchCall {
  struct Arm {
    var plan: Plan
    var results: [UnsafePointer<Double>]
  }

  var condition: UnsafePointer<Double>
  var then: Arm
  var otherwise: Arm
  var results: [(place: UnsafeMutablePointer<Double>, count: Int)]

  init(
    condition: UnsafePointer<Double>, then: Arm, otherwise: Arm,
    results: [(place: UnsafeMutablePointer<Double>, count: Int)]
  ) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.results = results
  }
}

/// An operation with its own rule made ready.
struct CustomCall {
  let plan: Plan
  let result: UnsafePointer<Double>
}

/// A `print` made ready.
struct PrintCall {
  let items: PrintItems
  let values: [Values.View]
}
