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
  /// Where the equation is written.
  let span: Span
  /// The plan of the sizes of what makes each element of the residual, and where they lie.
  let sizing: Plan
  let sizes: UnsafePointer<Double>
}

/// Newton's method on a plan that computes the residual r and the step J⁻¹ r at a point.
///
/// Far away a step is halved until the residual shrinks. Near by, the steps go on until rounding
/// makes them shrink no more, so the solution is as good as the residual can tell.
struct Solver {
  private let call: SolverCall
  private let runner: Runner
  private var steps = 0
  /// How far from 0 each unknown has been.
  private var farthest: [Double] = []
  /// How much shorter each step was than the one before, lately; small where all is well.
  private var rate = 0.0
  /// What a step was longer than the residual by, where that was no rounding.
  private var stretch = 0.0
  /// What there is to say, though there is a solution.
  private(set) var notice: RunNotice?

  /// How many steps are tried before it is given up; multiple solutions take many.
  static let mostSteps = 2500
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
    let last = try newton()
    notice = remark(last)
  }

  /// What there is to say of a solution: Newton's steps halve where the slope vanishes there, and
  /// a fixed point with a contraction factor of nearly 1 lets rounding move it far.
  private func remark(_ last: Double) -> RunNotice? {
    if call.use == .fixpoint, stretch > 1e5 {
      return RunNotice(
        kind: .weakContraction(factor: 1 - 1 / stretch, step: last), span: call.span)
    }
    guard rate > 0.3 else { return nil }
    let word = call.use == .root ? "root" : "fixpoint"
    return RunNotice(kind: .slowSteps(word: word, rate: rate, step: last), span: call.span)
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

  /// Takes Newton's steps until rounding makes them shrink no more.
  ///
  /// - Returns: how long the last step was.
  private mutating func newton() throws(Fault) -> Double {
    var last = Double.infinity
    var rates: [Double] = []
    var residual = try evaluate()
    var largest = 0.0
    while Self.size(residual) != 0 {
      largest = max(largest, Self.size(residual))
      guard residual.allSatisfy(\.isFinite), steps < Self.mostSteps else {
        throw failure(residual)
      }
      let here = point(UnsafePointer(call.unknown))
      let step = point(call.step)
      guard step.allSatisfy(\.isFinite) else {
        if try isRounding(residual) { return last.isFinite ? last : 0 }
        throw singular(residual)
      }
      if farthest.isEmpty { farthest = here.map(\.magnitude) }
      farthest = zip(farthest, here).map { max($0, $1.magnitude) }
      let length = Self.size(step)
      let isNear = length <= 1e-8 * Self.size(here)
      // Of the steps near a solution rounding makes the last ones as long as it likes.
      let isOver = isNear && length >= 0.75 * last || length <= 1e-17 * Self.size(here)
      if isOver, try isSettled(here, step, residual) {
        guard try isCrossing(here, residual, largest) else { throw failure(residual) }
        return length
      }
      rates.append(length / last)
      if rates.count > 5 { rates.removeFirst() }
      if length > 1e-12 * Self.size(here), rates.count > 2 {
        rate = rates.sorted()[rates.count / 2]
      }
      if call.use == .fixpoint, try !isRounding(residual) {
        stretch = length / Self.size(residual)
      }
      last = length
      guard let next = try move(from: here, along: step, residual, isNear: isNear) else {
        // Of a solution next to 0 the residual may be rounding before the step is small.
        if try isRounding(residual) { return length }
        throw failure(residual)
      }
      residual = next
      steps += 1
    }
    return last.isFinite ? last : 0
  }

  /// Whether a step is rounding in every unknown by itself, or the residual in every equation: of
  /// unknowns of very different size the largest says nothing of the others.
  private func isSettled(
    _ here: [Double], _ step: [Double], _ residual: [Double]
  ) throws(Fault) -> Bool {
    let isSmall = here.indices.allSatisfy {
      step[$0].magnitude <= max(1e-8 * here[$0].magnitude, 1e-15 * farthest[$0])
    }
    if isSmall { return true }
    return try isRounding(residual)
  }

  /// How far beside a number the residual is looked at, in units of its last place.
  private static let crossing = [1.0, 2, 4, 8]

  /// Whether there is a solution where the steps have become as short as the places of numbers.
  ///
  /// Of `cos(u) + 2` at 1e16 they have, for the next number is 2 away: a residual that is still
  /// large is that of a solution only where it changes its sign between numbers that lie together.
  /// Of several unknowns that cannot be told.
  private func isCrossing(
    _ here: [Double], _ residual: [Double], _ largest: Double
  ) throws(Fault) -> Bool {
    guard here.count == 1, residual[0].magnitude > 1e-9 * largest else { return true }
    if try isRounding(residual) { return true }
    defer { set(here) }
    for distance in Self.crossing {
      for side in [distance, -distance] {
        set([here[0] + side * here[0].ulp])
        let beside = try evaluate()[0]
        if beside == 0 || beside.sign != residual[0].sign { return true }
      }
    }
    return false
  }

  /// Whether the residual of the last run is no more than rounding makes of it.
  private func isRounding(_ residual: [Double]) throws(Fault) -> Bool {
    try runner.run(call.sizing, silently: true)
    let sizes = point(call.sizes)
    return zip(residual, sizes).allSatisfy { $0.magnitude <= 16 * Double.ulpOfOne * $1 }
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
