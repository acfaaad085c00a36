import Foundation
import Testing
import WengertKernels
import WengertTestSupport

@testable import WengertLang

/// Where digits cancel in the value or the slope of a row, beside closed forms.
@Suite struct CancellationTests {
  private func numbers(_ program: String) -> [Double] {
    let transcript = Transcript(of: program, name: "far")
    #expect(transcript.codes == [], "\(program)")
    return transcript.output.split { "[], \n".contains($0) }.compactMap { Double(String($0)) }
  }

  private func near(_ found: [Double], _ wanted: [Double], within error: Double) -> Bool {
    found.count == wanted.count
      && zip(found, wanted).allSatisfy { ($0 - $1).magnitude <= error * $1.magnitude }
  }

  /// Rows of whole numbers, moved far away by numbers that leave them exact.
  @Test(arguments: [0x1p30, 0x1p40, 0x1p52, -0x1p40, -0x1p52])
  func `a row moved far away has the same logarithms of its shares`(_ far: Double) {
    let row: [Double] = [3, -2, 0, 1, 3]
    let total = row.reduce(Float80(0)) { $0 + expl(Float80($1)) }
    var found = row
    wl_log_softmax(row.map { $0 + far }, &found, 1, row.count)
    let wanted = row.map { Double(Float80($0) - logl(total)) }
    #expect(near(found, wanted, within: 4e-16))
  }

  @Test(arguments: ["1e12", "1e16", "-1e16", "1e300"])
  func `equal numbers have equal shares however large they are`(_ size: String) {
    let half = -0.6931471805599453
    let program = "set digits 17\nx = [\(size), \(size)]\n"
    #expect(numbers(program + "print logSoftMax(x)") == [half, half])
    #expect(numbers(program + "print taylor(logSoftMax(x), x = [1, -1], 1)[0]") == [half, half])
    for sum in ["logSumExp(x)", "sum(logSumExp(outer(x, [1]), axis = 0))"] {
      let program = program + "y = \(sum)\n"
      #expect(numbers(program + "print grad(y, x)") == [0.5, 0.5], "\(sum)")
      #expect(numbers(program + "print jvp(y, x = [1, 1])") == [1], "\(sum)")
      let curvature = numbers(program + "print hessian(y, x)")
      #expect(near(curvature, [0.25, -0.25, -0.25, 0.25], within: 1e-15), "\(sum)")
    }
  }

  @Test(arguments: [
    "0.1", "0.3", "-0.7", "1e-300", "3e-310", "1.1e300", "1e16", "0.1 + 0.2", "0",
  ])
  func `equal elements have no spread`(_ element: String) {
    for count in [1, 2, 3, 5, 6, 7, 10, 31, 100, 1001] {
      let whole = "v = zeros(\(count)) + (\(element))\n"
      let rows = "v = zeros(2, \(count)) + (\(element))\n"
      for (start, axis) in [(whole, ""), (rows, ", axis = 1"), (rows, ", axis = 0"), (rows, "")] {
        for row in ["std", "var"] {
          let program = start + "y = sum(\(row)(v\(axis)))\nprint y, sum(abs(grad(y, v)))"
          #expect(numbers(program) == [0, 0], "\(program)")
        }
      }
    }
  }

  @Test func `the kink of a deviation of equal elements is seen`() {
    let start = "v = [0.1, 0.1, 0.1]\ny = std(v)\n"
    let refused = Transcript(of: "set kinks error\n" + start + "print grad(y, v)", name: "kink")
    #expect(refused.codes == ["E0721"])
    let trace = Transcript(of: start + "trace y wrt v", name: "kink").output
    #expect(trace.contains("\nkinks\n"), "\(trace)")
  }

  /// Units in the last place beside a large mean, whose squares are known exactly.
  @Test(arguments: [[0, 0, 1], [0, 1, 3], [5, 0, 0, 2], [0, 1]] as [[Double]])
  func `elements that hardly differ have their spread`(_ steps: [Double]) throws {
    for start in [0.1, 0.7, 3, 1e10, 12345.678] {
      let line = steps.map { start + $0 * start.ulp }
      let mean = steps.reduce(0, +) / Double(steps.count)
      let spread = steps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(steps.count)
      let v = TestArray(Shape([line.count]), line)
      let found = try Primitive.variance.value([v], [Argument.noAxis, 0]).elements[0]
      #expect(near([found], [spread * start.ulp * start.ulp], within: 1e-14), "\(line)")
    }
  }
}
