import Testing

@testable import WengertLang

/// What rows do at zeros, poles, ties and bad indices.
@Suite struct ConventionTests {
  private func vector(_ elements: [Double]) -> TestArray {
    TestArray(Shape([elements.count]), elements)
  }

  /// What the last operand's slope is where the adjoint is 1, or what is given.
  private func slopes(
    _ row: Primitive, _ operands: [TestArray], _ statics: [Int] = [], bar: TestArray = TestArray(1)
  ) throws -> [[Double]?] {
    try Trial(row, operands, statics).pullbacks(bar: bar).map { $0?.elements }
  }

  @Test(
    arguments: [
      ([2, 0, 3], [0, 6, 0]), ([0, 0, 3], [0, 0, 0]), ([2, 3, 4], [12, 8, 6]), ([5], [1]), ([], []),
    ] as [([Double], [Double])])
  func productsWithZeros(elements: [Double], expected: [Double]) throws {
    #expect(
      try slopes(.prod, [vector(elements)], [Argument.noAxis, 0]) == [expected])
  }

  @Test func secondAndThirdDerivativesOfProductsWithZeros() throws {
    let a = vector([0, 0, 3, 5])
    let first = vector([1, 0, 0, 0])
    let second = vector([0, 1, 0, 0])
    let all = [Argument.noAxis]
    #expect(try Primitive.prodslope.value([a, first], all).elements == [0, 15, 0, 0])
    #expect(try Primitive.prodslope.value([a, first, second], all).elements == [0, 0, 5, 3])
    #expect(try slopes(.prodslope, [a], all, bar: first) == [[0, 15, 0, 0]])
  }

  @Test func singularMatricesHaveADeterminantWithSlopes() throws {
    let rankTwo = TestArray(Shape([3, 3]), [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let cofactors = try Primitive.cofactor.value([rankTwo], []).elements
    for (a, b) in zip(cofactors, [-3, 6, -3, 6, -12, 6, -3, 6, -3] as [Double]) {
      #expect((a - b).magnitude < 1e-13)
    }
    let rankOne = TestArray(Shape([3, 3]), [1, 2, 3, 2, 4, 6, 3, 6, 9])
    #expect(try Primitive.cofactor.value([rankOne], []).elements.allSatisfy { $0 == 0 })
    #expect(throws: Fault.self) {
      try Primitive.solve.value([rankOne, vector([1, 2, 3])], [])
    }
  }

  @Test func slopeGoesToTheFirstOfEqualElements() throws {
    let a = TestArray(Shape([2, 3]), [1, 4, 4, 7, 7, 2])
    #expect(
      try slopes(.largest, [a], [1, 0], bar: vector([10, 20])) == [[0, 10, 0, 20, 0, 0]])
    #expect(try slopes(.largest, [a], [Argument.noAxis, 0]) == [[0, 0, 0, 1, 0, 0]])
    #expect(try Primitive.argmax.value([a], [0, 0]).elements == [1, 1, 0])
  }

  @Test func notANumberBeatsEveryOtherElement() throws {
    let a = vector([3, .nan, 5, .nan])
    let all = [Argument.noAxis, 0]
    #expect(try Primitive.largest.value([a], all).elements[0].isNaN)
    #expect(try Primitive.smallest.value([a], all).elements[0].isNaN)
    #expect(try Primitive.argmax.value([a], all).elements == [1])
    #expect(try Primitive.relu.value([TestArray(.nan)], []).elements[0].isNaN)
    #expect(try Primitive.sign.value([TestArray(.nan)], []).elements[0].isNaN)
  }

  @Test func nothingTimesInfinityIsNothing() throws {
    let zero = TestArray(0)
    for row in [Primitive.log, .sqrt, .reciprocal] {
      #expect(try slopes(row, [zero], bar: zero) == [[0]], "\(row.name)")
    }
    #expect(try slopes(.div, [zero, zero], bar: zero) == [[0], [0]])
    #expect(try slopes(.norm, [vector([0, 0])]) == [[0, 0]])
    #expect(try slopes(.pow, [zero, TestArray(0.5)], bar: zero) == [[0], [0]])
  }

  @Test func powersAtZero() throws {
    #expect(try slopes(.pow, [TestArray(0), TestArray(1)]) == [[1], [0]])
    #expect(try slopes(.pow, [TestArray(0), TestArray(2)]) == [[0], [0]])
    #expect(try slopes(.pow, [TestArray(0), TestArray(0)])[0] == [0])
    #expect(try slopes(.pow, [TestArray(-3), TestArray(2)])[0] == [-6])
  }

  @Test func slopesOfWrittenPowersReadAsInTheTextbook() {
    let formula = Formula.of(.chain, [2, .of(.pow, [.operand(0), Formula(2) - 1])])
    #expect(formula == 2 * .operand(0))
  }

  @Test func crossEntropyOfImpossibleClasses() throws {
    let y = vector([0, 1])
    let p = vector([0, 0.5])
    #expect(try Primitive.crossEnt.value([y, p], []).elements[0].isFinite)
    #expect(try slopes(.crossEnt, [y, p])[1] == [0, -2])
  }

  @Test func ofEqualIndicesTheLastWins() throws {
    let operands = [vector([1, 2, 3]), vector([1, 1]), vector([8, 9])]
    #expect(try Primitive.scatter.value(operands, [0]).elements == [1, 9, 3])
    #expect(
      try slopes(.scatter, operands, [0], bar: vector([10, 20, 30])) == [
        [10, 0, 30], nil, [0, 20],
      ])
  }

  @Test(arguments: [3, -4, 0.5, .nan, .infinity, 1e300])
  func indicesThatDoNotExist(index: Double) {
    #expect(throws: Fault.self) {
      try Primitive.gather.value([vector([1, 2, 3]), TestArray(index)], [0])
    }
  }

  @Test func indicesCountFromTheEnd() throws {
    #expect(
      try Primitive.gather.value([vector([1, 2, 3]), vector([-1, 0])], [0]).elements == [3, 1])
  }

  @Test func wholeTablesWithoutOverflow() throws {
    let a = vector([1000, 1000])
    #expect(try Primitive.softMax.value([a], []).elements == [0.5, 0.5])
    let sum = try Primitive.logSumExp.value([a], [Argument.noAxis, 0]).elements[0]
    #expect((sum - 1000.6931471805599).magnitude < 1e-12)
  }

  @Test(arguments: [
    (AxisSlice.at(2), "2"), (.range(0, count: 4), "0..3"),
    (.range(4, count: 3, step: -2), "4..0 by -2"),
    (.range(1, count: 1), "1..1"), (.range(2, count: 0), "1..0"),
  ])
  func slicesAreWrittenAsInPrograms(slice: AxisSlice, text: String) {
    #expect(slice.description == text)
    #expect(AxisSlice.decode(slice.statics) == [slice])
  }
}
