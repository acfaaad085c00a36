import Testing
import WengertTestSupport

@testable import WengertLang

/// What rows refuse that programs cannot write, or only far inside of a derivative.
@Suite struct RefusalTests {
  @Test(
    arguments: [
      (Primitive.drawn, [Shape([5])], [2, 2]), (.drawn, [Shape([6]), .scalar], [2, 2]),
      (.streamAfter, [Shape([2])], []), (.streamAfter, [Shape([3, 1])], []),
      (.seeded, [Shape([3])], []),
      (.prodslope, Array(repeating: Shape([14]), count: 13), [Argument.noAxis]),
    ] as [(Primitive, [Shape], [Int])])
  func `shapes that do not fit`(row: Primitive, shapes: [Shape], statics: [Int]) {
    #expect(throws: ShapeMismatch.self) { _ = try row.shape.infer(shapes, statics) }
  }

  @Test(
    arguments: [
      (Primitive.drawn, [Shape([7])], [2, 2]), (.streamAfter, [Shape([3])], []),
      (.seeded, [.scalar], []),
      (.prodslope, Array(repeating: Shape([14]), count: 12), [Argument.noAxis]),
    ] as [(Primitive, [Shape], [Int])])
  func `shapes beside them that fit`(row: Primitive, shapes: [Shape], statics: [Int]) throws {
    _ = try row.shape.infer(shapes, statics)
  }

  @Test func `room for operands in one piece counts as memory`() {
    var run = ProgramRun("set memory 1 MB\nx = ones(20000)\ny = squaredError(x, 0.5)")
    #expect(run.numbers("y") == [5000])
    #expect(run.isDone, "\(run.diagnostics)")
    run.go(on: "z = ones(50000)\ny = squaredError(z, 0.5)\nprint y")
    #expect(run.codes == ["E0801"])
  }
}
