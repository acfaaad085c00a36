import Testing

@testable import WengertLang

/// The laws that every row of the derivative table is held to.
@Suite struct DerivativeTableTests {
  static let rows = Catalogue.all.filter { !$0.isInternal }
  static let elementwise = rows.filter { $0.isElementwise && $0.base == nil }
  static let dense = rows.filter { !$0.isElementwise }

  @Test(arguments: rows)
  func pullbackIsTheSlope(of row: Primitive) throws {
    for var trial in row.trials() {
      let w = trial.numbers(try row.shape.infer(trial.shapes, trial.statics))
      for (index, pullback) in try trial.pullbacks(bar: w).enumerated() {
        let direction = trial.numbers(trial.shapes[index])
        let slope = try trial.slope(along: direction, of: index) {
          try row.value($0, trial.statics).inner(w)
        }
        let claimed = pullback?.inner(direction) ?? 0
        #expect(close(claimed, slope), "\(row.name)\(trial), operand \(index)")
      }
    }
  }

  @Test(arguments: rows)
  func pushforwardIsTheTransposeOfPullback(of row: Primitive) throws {
    for var trial in row.trials() {
      let w = trial.numbers(trial.resultShape)
      let pullbacks = try trial.pullbacks(bar: w)
      for (index, push) in row.pushforwards(trial.rule).enumerated() {
        let direction = trial.numbers(trial.shapes[index])
        guard row.isDifferentiable(operand: index) else { continue }
        let back = pullbacks[index]?.inner(direction) ?? 0
        guard let push else {
          #expect(back == 0, "\(row.name)\(trial), operand \(index)")
          continue
        }
        let tangent = try trial.closed(push).value(trial.operands + [direction])
        #expect(
          tangent.shape.broadcast(trial.resultShape) == trial.resultShape,
          "\(row.name)\(trial), operand \(index)")
        let there = tangent.stretched(to: trial.resultShape).inner(w)
        #expect(close(there, back, 1e-11), "\(row.name)\(trial), operand \(index)")
      }
    }
  }

  @Test(arguments: rows)
  func rulesOfRulesAreSecondDerivatives(of row: Primitive) throws {
    for var trial in row.trials() {
      let w = trial.numbers(trial.resultShape)
      let bar = trial.operands.count
      for (index, pullback) in row.pullbacks(trial.rule).enumerated() {
        guard let pullback = pullback.map(trial.closed) else { continue }
        let claimedShape = try pullback.shape(trial.shapes + [w.shape])
        let v = trial.numbers(claimedShape)
        for moving in trial.operands.indices where row.isDifferentiable(operand: moving) {
          let direction = trial.numbers(trial.shapes[moving])
          let slope = try trial.slope(along: direction, of: moving) {
            try pullback.value($0 + [w]).inner(v)
          }
          let formula = try pullback.derivative(
            along: moving, tangent: .operand(bar + 1),
            shapes: trial.shapes + [w.shape, direction.shape])
          let claimed = try formula?.value(trial.operands + [w, direction])
            .stretched(to: claimedShape).inner(v)
          #expect(close(claimed ?? 0, slope, 1e-6), "\(row.name)\(trial), \(index), \(moving)")
        }
      }
    }
  }

  @Test(arguments: elementwise)
  func numbersAndBlocksAgreeBitForBit(of row: Primitive) throws {
    var random = Numbers(seed: 7)
    let count = 37
    let operands = row.operandNames.indices.map { index in
      (0..<count).map { _ in random.next(in: row.domain.sample(index)) }
    }
    var block = Array(repeating: 0.0, count: count)
    switch row.kernel {
    case .map(let map):
      map.block(operands[0], &block, count)
      #expect(operands[0].map { map.scalar($0).bitPattern } == block.map(\.bitPattern))
    case .zip(let zip):
      for (sx, sy) in [(1, 1), (0, 1), (1, 0), (0, 0)] {
        zip.block(operands[0], operands[1], &block, count, sx, sy)
        let single = (0..<count).map { zip.scalar(operands[0][$0 * sx], operands[1][$0 * sy]) }
        #expect(single.map(\.bitPattern) == block.map(\.bitPattern), "strides \(sx) \(sy)")
      }
    default: break
    }
  }

  @Test(arguments: elementwise.filter(\.rule.isByPartials))
  func partialsDoNotLookAtShapes(of row: Primitive) {
    let scalars = Operands(
      shapes: row.operandNames.map { _ in .scalar }, resultShape: .scalar, statics: [])
    let matrices = Operands(
      shapes: row.operandNames.map { _ in Shape([2, 3]) }, resultShape: Shape([2, 3]), statics: [])
    #expect(row.pullbacks(scalars) == row.pullbacks(matrices))
    for formula in row.pullbacks(scalars) { #expect(formula?.isElementwise ?? true) }
  }

  @Test(arguments: rows)
  func kinksFollowTheirConvention(of row: Primitive) throws {
    for kink in row.kinks {
      let operands =
        row.isElementwise
        ? kink.point.map { TestArray($0) } : [TestArray(Shape([kink.point.count]), kink.point)]
      let trial = try Trial(row, operands, row.isElementwise ? [] : row.emptyStatics)
      if row.stopsAtItsKink {
        #expect(throws: Fault.self) { try trial.pullbacks(bar: TestArray(1)) }
        continue
      }
      let pullbacks = try trial.pullbacks(bar: TestArray(1))
      let slopes =
        row.isElementwise
        ? pullbacks.map { $0?.elements[0] ?? 0 }
        : pullbacks[0]?.elements ?? kink.point.map { _ in 0 }
      let isAsSaid = zip(slopes, kink.slopes).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
      #expect(isAsSaid && slopes.count == kink.slopes.count, "\(row.name) at \(kink.place)")
    }
  }

  @Test(arguments: rows)
  func rowsExplainThemselves(_ row: Primitive) {
    #expect(row.summary.hasSuffix("."))
    #expect(row.example != nil)
    #expect(row.isElementwise || !row.domain.shapes.isEmpty)
    for kink in row.kinks { #expect(!kink.place.isEmpty && !kink.convention.isEmpty) }
  }

  @Test(arguments: rows)
  func examplesPrintWhatTheySay(of row: Primitive) throws {
    let example = try #require(row.example)
    var session = Session()
    let program = example.source.contains("print ") ? example.source : "print " + example.source
    var printed = ""
    let isDone = session.run(program + "\n", name: "example") { event in
      switch event {
      case .printed(let text): printed += text
      case .diagnostic(let diagnostic): Issue.record("\(row.name): \(diagnostic.title)")
      default: break
      }
    }
    #expect(isDone)
    #expect(printed == example.output || printed == example.output + "\n", "\(row.name)")
  }

  @Test func namesAreUniqueForANumberOfOperands() {
    let chosenByShape: Set = ["mul", "dot"]
    for name in Catalogue.allSpellings where !chosenByShape.contains(name) {
      let counts = Catalogue.rows(spelled: name).map(\.operandNames.count)
      #expect(Set(counts).count == counts.count, "\(name)")
    }
  }

  @Test func ofARowAndASpellingTheNameComesFirst() {
    #expect(Catalogue.rows(spelled: "dot").map(\.name) == ["dot", "matmul"])
    #expect(Catalogue.rows(spelled: "mul").map(\.name) == ["mul", "matmul"])
  }

  @Test(arguments: dense)
  func anyShapesAndParametersAreRefusedOrComputed(by row: Primitive) throws {
    var random = Numbers(seed: 11)
    var accepted = 0
    for _ in 0..<4000 {
      let operands = row.arguments.flatMap { $0.randomOperands(&random) }
      let statics = row.arguments.flatMap { $0.randomStatics(&random) }
      let shape: Shape
      do { shape = try row.shape.infer(operands.map(\.shape), statics) } catch { continue }
      guard shape.count < 10_000 else { continue }
      accepted += 1
      do { _ = try row.value(operands, statics) } catch is Fault { continue }
      let o = Operands(shapes: operands.map(\.shape), resultShape: shape, statics: statics)
      for (index, pullback) in row.pullbacks(o).enumerated() {
        guard let pullback else { continue }
        let result = Formula.apply(row, operands.indices.map { .operand($0) }, statics)
        let given = try pullback.closed(result: result, bar: .operand(operands.count))
          .shape(operands.map(\.shape) + [shape])
        #expect(given == operands[index].shape, "\(row.name) \(o)")
      }
    }
    #expect(accepted > 0)
  }
}

/// Whether two numbers agree, relative to the larger or to 1.
func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-8) -> Bool {
  (a - b).magnitude <= tolerance * (1 + a.magnitude + b.magnitude)
}
