import WengertKernels

/// A solver made ready: the plan of one step, and where the unknown, the residual and the step lie.
struct SolverCall {
  let plan: Plan
  let use: HeldFunction.Use
  let start: UnsafePointer<Double>
  let unknown: UnsafeMutablePointer<Double>
  let residual: UnsafePointer<Double>
  let step: UnsafePointer<Double>
  let count: Int
  /// Which entry of the plan's list the residual is; what comes after makes the step.
  let residualPlace: Int
}

/// Newton's method on a plan that computes the residual r and the step J⁻¹ r at a point.
///
/// Far away a step is halved until the residual shrinks. Near by, the steps go on until rounding
/// makes them shrink no more, so the solution is as good as the residual can tell.
struct Solver {
  private let call: SolverCall
  private let runner: Runner
  /// The largest residual on the way, to tell what is only rounding.
  private var largest = 0.0
  private var steps = 0

  /// How many steps are tried before it is given up.
  static let mostSteps = 100
  /// How often a fixed point's function is taken before Newton's steps take over.
  static let mostTurns = 1000
  /// How often a step is halved.
  private static let mostHalvings = 100

  init(_ call: SolverCall, _ runner: Runner) {
    self.call = call
    self.runner = runner
  }

  /// Moves the unknown from its start to the solution.
  mutating func run() throws(Fault) {
    let start = point(call.start)
    set(start)
    if call.use == .fixpoint {
      // Where taking the function leads nowhere, Newton begins at the start.
      if try !iterate() { set(start) }
    }
    try newton()
  }

  /// Takes the function of the point until it moves little.
  ///
  /// - Returns: whether it came to rest.
  private mutating func iterate() throws(Fault) -> Bool {
    for _ in 0..<Self.mostTurns {
      let residual = try evaluate()
      guard residual.allSatisfy(\.isFinite) else { return false }
      let here = point(UnsafePointer(call.unknown))
      if Self.size(residual) <= 1e-8 * Self.size(here) || Self.size(residual) == 0 { return true }
      set(zip(here, residual).map { $0 - $1 })
    }
    return false
  }

  private mutating func newton() throws(Fault) {
    var last = Double.infinity
    var residual = try evaluate()
    while Self.size(residual) != 0 {
      guard residual.allSatisfy(\.isFinite), steps < Self.mostSteps else {
        throw failure(residual)
      }
      let here = point(UnsafePointer(call.unknown))
      let step = point(call.step)
      guard step.allSatisfy(\.isFinite) else { throw singular(residual) }
      largest = max(largest, Self.length(residual))
      let length = Self.size(step)
      let isNear = length <= 1e-8 * Self.size(here)
      if isNear, length >= last / 2 || length <= 1e-17 * Self.size(here) { return }
      last = isNear ? length : .infinity
      guard let next = try move(from: here, along: step, residual, isNear: isNear) else {
        // Of a solution next to 0 the residual may be rounding before the step is small.
        if Self.length(residual) <= 1e-12 * largest { return }
        throw failure(residual)
      }
      residual = next
      steps += 1
    }
  }

  /// Goes a step, or as much of it as makes the residual smaller.
  ///
  /// - Returns: the residual there; nil where none of it does.
  private mutating func move(
    from here: [Double], along step: [Double], _ residual: [Double], isNear: Bool
  ) throws(Fault) -> [Double]? {
    let before = Self.length(residual)
    var part = 1.0
    for _ in 0..<Self.mostHalvings {
      set(zip(here, step).map { $0 - part * $1 })
      let after = try evaluate()
      if isNear, after.allSatisfy(\.isFinite) { return after }
      if Self.length(after) < (1 - 0.1 * part) * before { return after }
      part /= 2
    }
    set(here)
    return nil
  }

  /// Runs the plan at the point; the residual there.
  ///
  /// A singular system leaves a step of nan: it matters only where the step is taken.
  private func evaluate() throws(Fault) -> [Double] {
    if wl_interrupt_requested() != 0 { throw Fault(.interrupted) }
    do {
      try runner.run(call.plan, silently: true)
    } catch {
      guard case .singular = error.reason, let place = error.place, place > call.residualPlace
      else { throw error }
      UnsafeMutablePointer(mutating: call.step).update(repeating: .nan, count: call.count)
    }
    return point(call.residual)
  }

  private func point(_ place: UnsafePointer<Double>) -> [Double] {
    Array(UnsafeBufferPointer(start: place, count: call.count))
  }

  private func set(_ point: [Double]) {
    for (index, value) in point.enumerated() { call.unknown[index] = value }
  }

  private func failure(_ residual: [Double]) -> Fault {
    Fault(
      .notConverged(
        word: call.use == .root ? "root" : "fixpoint", residual: Self.length(residual),
        steps: steps))
  }

  private func singular(_ residual: [Double]) -> Fault {
    Fault(
      .singularStep(
        word: call.use == .root ? "root" : "fixpoint", residual: Self.length(residual),
        point: point(UnsafePointer(call.unknown))))
  }

  /// The largest element.
  private static func size(_ a: [Double]) -> Double {
    a.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, $1.magnitude) }
  }

  /// The root of the sum of squares, without overflow.
  private static func length(_ a: [Double]) -> Double {
    let size = size(a)
    guard size > 0, size.isFinite else { return size }
    return size * a.reduce(0) { $0 + ($1 / size) * ($1 / size) }.squareRoot()
  }
}
