import Testing

@testable import WengertLang

/// Values that repeat from run to run.
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next number between 0 and 1, by splitmix64.
  mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  mutating func next(in interval: ClosedRange<Double>) -> Double {
    interval.lowerBound + next() * (interval.upperBound - interval.lowerBound)
  }

  /// Numbers that keep a distance from each other, in any order.
  mutating func spread(_ count: Int, over interval: ClosedRange<Double>) -> [Double] {
    let width = (interval.upperBound - interval.lowerBound) / Double(max(count, 1))
    var numbers = (0..<count).map {
      interval.lowerBound + (Double($0) + 0.2 + 0.6 * next()) * width
    }
    for place in numbers.indices { numbers.swapAt(place, whole(0...place)) }
    return numbers
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() * Double(range.count))
  }
}

/// A row at operands and parameters.
struct Trial: CustomStringConvertible {
  let row: Primitive
  let operands: [TestArray]
  let statics: [Int]
  let resultShape: Shape
  private var random = Numbers(seed: 5)

  init(_ row: Primitive, _ operands: [TestArray], _ statics: [Int]) throws {
    self.row = row
    self.operands = operands
    self.statics = statics
    resultShape = try row.shape.infer(operands.map(\.shape), statics)
  }

  var shapes: [Shape] { operands.map(\.shape) }
  var description: String { "\(shapes) \(statics)" }
  var rule: Operands { Operands(shapes: shapes, resultShape: resultShape, statics: statics) }

  /// A formula of the rule; the adjoint or tangent is the operand behind the others.
  func closed(_ formula: Formula) -> Formula {
    formula.closed(
      result: .apply(row, operands.indices.map { .operand($0) }, statics),
      bar: .operand(operands.count))
  }

  /// What each operand gets from the adjoint of the result.
  func pullbacks(bar: TestArray) throws -> [TestArray?] {
    try row.pullbacks(rule).enumerated().map { index, formula in
      guard let formula else { return nil }
      let value = try closed(formula).value(operands + [bar])
      return value.shape == shapes[index] ? value : value.summed(to: shapes[index])
    }
  }

  /// Numbers between -1 and 1.
  mutating func numbers(_ shape: Shape) -> TestArray {
    TestArray(shape, (0..<shape.count).map { _ in random.next(in: -1...1) })
  }

  /// The slope of a function of the operands along a direction of one of them, by differences.
  func slope(
    along direction: TestArray, of index: Int, _ function: ([TestArray]) throws -> Double
  ) rethrows -> Double {
    guard row.isDifferentiable(operand: index) else { return 0 }
    func difference(_ h: Double) throws -> Double {
      var (ahead, behind) = (operands, operands)
      ahead[index] = operands[index].moved(h, along: direction)
      behind[index] = operands[index].moved(-h, along: direction)
      return (try function(ahead) - function(behind)) / (2 * h)
    }
    let h = 2e-3
    let (d1, d2, d3) = (try difference(h), try difference(h / 2), try difference(h / 4))
    let (e1, e2) = ((4 * d2 - d1) / 3, (4 * d3 - d2) / 3)
    return (16 * e2 - e1) / 15
  }
}

extension Primitive: CustomTestStringConvertible {
  /// Its name.
  public var testDescription: String { name }

  /// Whether it is a row of `set kinks error`.
  var stopsAtItsKink: Bool { base.flatMap { Catalogue.kinked[$0]?[.error] } == self }

  /// The parameters of a call that leaves them out.
  var emptyStatics: [Int] {
    arguments.compactMap {
      switch $0.kind {
      case .axis: Argument.noAxis
      case .flag: 0
      default: nil
      }
    }
  }

  /// Operands at which the laws are tried.
  func trials() -> [Trial] {
    let shapes: [Domain.Trial] =
      switch isElementwise ? operandNames.count : 0 {
      case 0: domain.shapes
      case 1: [.init([[]]), .init([[3]]), .init([[2, 3]])]
      case 2:
        [
          .init([[], []]), .init([[3], [3]]), .init([[2, 3], [3]]), .init([[], [2, 3]]),
          .init([[2, 1], [3]]), .init([[1], []]),
        ]
      default:
        [.init([[], [], []]), .init([[3], [3], [3]]), .init([[2, 1], [3], []])]
      }
    var random = Numbers(seed: 3)
    return shapes.compactMap { trial in
      let operands = trial.operands.enumerated().map { index, shape in
        TestArray(shape, random.spread(shape.count, over: domain.sample(index)))
          .withDiagonal(domain.diagonal)
      }
      do { return try Trial(self, operands, trial.statics) } catch {
        Issue.record("\(name) refuses its own trial \(trial.operands) \(trial.statics): \(error)")
        return nil
      }
    }
  }
}

extension Rule {
  /// Whether it gives partials.
  var isByPartials: Bool {
    switch self {
    case .partials, .singularPartials: true
    default: false
    }
  }
}

extension Domain {
  /// Where samples of an operand come from.
  func sample(_ operand: Int) -> ClosedRange<Double> { samples[min(operand, samples.count - 1)] }
}

extension Formula {
  /// Whether it is made of element-wise operations of at most two operands, without parameters.
  var isElementwise: Bool {
    guard case .apply(let row, let parts, let statics) = self else { return true }
    return row.isElementwise && parts.count <= 2 && statics.isEmpty
      && parts.allSatisfy(\.isElementwise)
  }
}

extension TestArray {
  /// The array with a number added to its diagonal, where it is a square matrix.
  fileprivate func withDiagonal(_ shift: Double) -> TestArray {
    guard shape.rank == 2, shape[0] == shape[1] else { return self }
    var result = self
    for i in 0..<shape[0] { result.elements[i * (shape[0] + 1)] += shift }
    return result
  }
}

extension Argument {
  func randomOperands(_ random: inout Numbers) -> [TestArray] {
    switch kind {
    case .operand(let differentiable):
      let shape = Argument.randomShape(&random)
      return [
        TestArray(
          shape,
          (0..<shape.count).map { _ in
            differentiable ? random.next(in: 0.5...1.5) : Double(random.whole(-1...1))
          })
      ]
    case .operands:
      let first = Argument.randomShape(&random)
      return (0..<random.whole(1...3)).map { _ in
        TestArray(random.next() < 0.9 ? first : Argument.randomShape(&random), filledWith: 0.7)
      }
    default: return []
    }
  }

  func randomStatics(_ random: inout Numbers) -> [Int] {
    switch kind {
    case .operand, .operands: []
    case .axis: [random.next() < 0.3 ? Argument.noAxis : random.whole(-4...3)]
    case .flag: [random.whole(0...1)]
    case .integer: [random.whole(-1...4)]
    case .slices:
      (0..<random.whole(0...2)).flatMap { _ in
        random.next() < 0.3
          ? [0, random.whole(-1...2), 1, 1]
          : [1, random.whole(-1...3), random.whole(-1...3), random.whole(-2...2)]
      }
    case .shape: (0..<random.whole(0...2)).map { _ in random.whole(-1...4) }
    }
  }

  private static func randomShape(_ random: inout Numbers) -> Shape {
    Shape((0..<random.whole(0...3)).map { _ in random.whole(0...3) })
  }
}
