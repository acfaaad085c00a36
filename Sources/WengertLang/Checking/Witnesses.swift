/// What can be asked about the slopes of a value: both sweeps, complex numbers, and the program run
/// again at other inputs.
struct Witnesses: Sendable {
  private let straight: StraightList
  private let output: Slot
  /// What makes one number of the value.
  private let weights: [Double]
  private let original: List
  private let y: Slot
  /// The conditions of the outermost branches and the spans of these.
  private let conditions: [(slot: Slot, span: Span)]
  private let hasBranches: Bool
  /// How many turns of `while` loops the program may take at other inputs, where it need not end.
  private let mostTurns: Int?
  /// The digits of the value that rounding leaves.
  let roundingDigits: Int
  /// What rounding may make of the value; 0 where no bound is known.
  private let valueError: Double
  /// Whether a bound on that is known.
  let isBounded: Bool
  /// What the rows say of their kinks.
  let kinks: KinkWitness

  init(
    _ straight: StraightList, output: Slot, original: List, y: Slot
  ) throws(ExplanationError) {
    self.straight = straight
    self.output = output
    self.original = original
    self.y = y
    let count = straight.list.shape(output).count
    var directions = Directions(seed: 7)
    weights = count == 1 ? [1] : directions.weights(count)
    let needed = original.reached(from: [y])
    conditions = (0..<original.count).map { Slot($0) }.filter {
      needed[$0.place] && original[$0].code == Code.branch
    }.map { (original.operand($0, 0), original.spans[$0.place]) }
    hasBranches = (0..<original.count).contains {
      needed[$0] && (original[Slot($0)].code == Code.branch || original[Slot($0)].code == Code.loop)
    }
    let bound = try RoundingBound(straight, output: output, weights: weights)
    roundingDigits = bound.digits
    mostTurns = try Self.mostTurns(hasBranches, original, y)
    isBounded = bound.total.isFinite
    kinks = try KinkWitness(straight, bound)
    valueError = isBounded ? bound.total : 0
  }

  /// More turns than a program that is to be looked at takes, where it takes no more itself.
  private static func mostTurns(
    _ hasBranches: Bool, _ list: List, _ y: Slot
  ) throws(ExplanationError) -> Int? {
    guard hasBranches else { return nil }
    let most = 1_000_000
    let program = Evaluation(list, inputs: [], roots: [y], mostTurns: most)
    do { return try program.found([y], replacing: []) == nil ? nil : most } catch {
      throw .fault(error)
    }
  }

  /// Whether the value needs an input at all, be it for a condition or a count.
  func isReached(_ target: Slot) -> Bool { original.reached(from: [y])[target.place] }

  /// The gradient by one input, by the reverse sweep.
  func gradient(by place: Slot) throws(ExplanationError) -> [Double] {
    var list = straight.list
    do {
      let seed = list.appendData(weights, shape: list.shape(output), isInput: true)
      let sweep = try list.appendAdjoint(seeds: [(output, seed)], wrt: [place])
      guard let slot = sweep[place] else {
        return Array(repeating: 0, count: list.shape(place).count)
      }
      return list.elements(slot, in: try list.evaluated())
    } catch {
      throw .init(error)
    }
  }

  /// The elements of an input.
  private func point(_ place: Slot) -> [Double] {
    straight.values.view(place, in: straight.list)?.array ?? []
  }

  /// The directions that an input is moved along.
  func ways(_ place: Slot, _ reach: Directions.Reach) -> [[Double]] {
    var directions = Directions(seed: UInt64(place.place) + 3)
    return directions.directions(at: point(place), reach)
  }

  /// The slopes along one direction.
  func evidence(
    _ target: Slot, _ place: Slot, _ gradient: [Double], along direction: [Double]
  ) throws(ExplanationError) -> GradientCheck.Evidence {
    do {
      let sweep = try sweep(target, point(place), direction)
      return try evidence(place, gradient, along: direction, sweep)
    } catch {
      throw .init(error)
    }
  }

  /// The same, without differences.
  func stepless(
    _ place: Slot, _ gradient: [Double], along direction: [Double]
  ) throws(ExplanationError) -> GradientCheck.Evidence {
    let none = DifferenceSweep(center: 0, steps: [], above: [], below: [])
    return try evidence(place, gradient, along: direction, none)
  }

  private func evidence(
    _ place: Slot, _ gradient: [Double], along direction: [Double], _ sweep: DifferenceSweep
  ) throws(ExplanationError) -> GradientCheck.Evidence {
    do {
      var evidence = GradientCheck.Evidence(sweep: sweep)
      evidence.size = zip(gradient, direction).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
      evidence.reverse = gradient.inner(direction)
      evidence.forward = try forward(place, direction)
      (evidence.complex, evidence.refused) = try complex(place, direction)
      evidence.scale = direction.count == 1 ? direction[0] : 1
      evidence.rounding = try rounding(place, direction)
      return evidence
    } catch {
      throw .init(error)
    }
  }

  private func sweep(
    _ target: Slot, _ point: [Double], _ direction: [Double]
  ) throws -> DifferenceSweep {
    let steps = DifferenceSweep.steps(original.count > 20_000 ? 16 : DifferenceSweep.most)
    let program = Evaluation(original, inputs: [target], roots: [y], mostTurns: mostTurns)
    func value(_ step: Double) throws -> Double {
      let moved = point.moved(step, along: direction)
      return try program.found([y], replacing: [(target, moved)])?.first?.inner(weights) ?? .nan
    }
    return DifferenceSweep(
      center: try value(0), valueError: valueError, steps: steps,
      above: try steps.map { try value($0) }, below: try steps.map { try value(-$0) })
  }

  /// Lists longer than this are not swept twice.
  static let longList = 20_000

  /// What rounding may make of a slope, nil where no bound is known.
  ///
  /// The derivative is a list, so its rounding is bounded as that of any value is.
  private func rounding(_ place: Slot, _ direction: [Double]) throws -> Double? {
    guard straight.list.count < Self.longList, !straight.hasLoops(output) else { return nil }
    var slope = straight
    let list = straight.list
    let seed = slope.list.appendData(weights, shape: list.shape(output), isInput: false)
    let sweep = try slope.list.appendAdjoint(seeds: [(output, seed)], wrt: [place])
    // What sends nothing has the slope 0, exactly.
    guard let gradient = sweep[place] else { return 0 }
    // By a direction of the length 1: numbers on the way are no larger than they have to be.
    let length = direction.reduce(0) { max($0, $1.magnitude) }
    guard length > 0 else { return 0 }
    let weights = direction.map { $0 / length }
    return try RoundingBound.total(of: gradient, in: slope, weights: weights).map { $0 * length }
  }

  /// What rounding may make of the slope along a direction, nil where no bound is known.
  func rounding(by place: Slot, along direction: [Double]) throws(ExplanationError) -> Double? {
    do { return try rounding(place, direction) } catch { throw .init(error) }
  }

  private func forward(_ place: Slot, _ direction: [Double]) throws -> Double {
    var list = straight.list
    let seed = list.appendData(direction, shape: list.shape(place), isInput: true)
    guard let slot = try list.appendTangent(seeds: [(place, seed)])[output] else { return 0 }
    return list.elements(slot, in: try list.evaluated()).inner(weights)
  }

  private func complex(
    _ place: Slot, _ direction: [Double]
  ) throws -> (slope: Double?, refused: String?) {
    var list = straight.list
    let seed = list.appendData(direction, shape: list.shape(place), isInput: true)
    let (slot, refused) = try list.appendImaginaryStep(
      of: output, wrt: place, along: seed, list.appendStep(along: direction))
    if let refused { return (nil, refused.operation) }
    // Where there is no value of complex numbers, they say nothing.
    let values = try unlessLimited { () throws(Fault) in try list.evaluated() }
    let slope = values.map { list.elements(slot, in: $0).inner(weights) } ?? .nan
    // A part that is too small for all its digits says nothing either.
    let part = slope.magnitude * list.step(along: direction)
    return (slope.isFinite && (slope == 0 || part > 1e-290) ? slope : nil, nil)
  }

  /// Whether the smallest steps along the inputs take another way.
  func changedBranch(
    _ target: Slot, _ place: Slot, along direction: [Double]
  ) throws(ExplanationError) -> BranchChange {
    guard hasBranches else { return .none }
    let point = point(place)
    let slots = conditions.map(\.slot)
    let program = Evaluation(
      original, inputs: [target], roots: [y] + slots, mostTurns: mostTurns)
    let written = Evaluation(straight.list, inputs: [place], roots: [output])
    guard let step = DifferenceSweep.steps(40).last,
      let center = try found(program, slots, target, point)
    else { return .none }
    for sign in [1.0, -1.0] {
      let moved = point.moved(sign * step, along: direction)
      guard let there = try found(program, [y] + slots, target, moved),
        let along = try found(written, [output], place, moved)
      else { continue }
      for (index, condition) in conditions.enumerated()
      where (center[index].first != 0) != (there[index + 1].first != 0) {
        return .changed(condition.span)
      }
      if there[0] != along[0], there[0].isFinite { return .changed(nil) }
    }
    return .none
  }

  /// The values of some entries where an input is another, nil where there are none.
  private func found(
    _ program: Evaluation, _ roots: [Slot], _ input: Slot, _ point: [Double]
  ) throws(ExplanationError) -> [[Double]]? {
    do { return try program.found(roots, replacing: [(input, point)]) } catch {
      throw .fault(error)
    }
  }
}

extension List {
  /// A step along a direction by which no number moves far, the largest no more than others.
  mutating func appendStep(along direction: [Double]) -> Slot {
    appendData([step(along: direction)], shape: .scalar, isInput: true)
  }

  /// How long it is.
  func step(along direction: [Double]) -> Double {
    1e-30 / direction.reduce(1) { max($0, $1.magnitude) }
  }
}

extension ExplanationError {
  /// What a run or a sweep may throw.
  init(_ error: any Error) {
    switch error {
    case let error as ExplanationError: self = error
    case let error as ShapeMismatch: self = .shapes(error)
    case let error as Fault: self = .fault(error)
    default: self = .notThere
    }
  }
}
