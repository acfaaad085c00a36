/// Functions of matrices: power series in a matrix, not in its elements.
///
/// Their derivative along E is the upper right block of the function of [A E; 0 A] (Higham,
/// Functions of Matrices, 2008, theorem 3.6), so each order of derivative is the same function of a
/// matrix twice as large.
extension Primitive {
  static let matrixFunctions: [Primitive] = [expm, logm]

  static let expm: Primitive = .init(
    "expm", "The exponential of a matrix, I + A + A A / 2 + … in matrix products.",
    arguments: [.operand("A")],
    kernel: .dense { call throws(Fault) in
      let matrix = SquareMatrix(call.shape[0], copying: call.operands[0])
      try MatrixExponential.of(matrix).write(to: call.result)
    },
    rule: .general(
      pullbacks: { o in [.along(expm, transpose(o.x), o.bar, o)] },
      pushforward: { o in [.along(expm, o.x, o.bar, o)] }),
    analytic: .ofMatrix { expm },
    shape: .squareMatrix,
    notation: .function(latex: #"\exp"#),
    domain: Domain(shapes: [.init([[2, 2]]), .init([[3, 3]])]),
    work: .cubic,
    rounding: .exponential,
    proof: [
      "exp([A E; 0 A]) = [exp(A) D; 0 exp(A)], where D is the derivative of exp at A along E."
    ],
    example: Example("expm([[0, 1], [0, 0]])", "[[1. 1.]\n [0. 1.]]"))

  static let logm: Primitive = .init(
    "logm", "The principal logarithm of a matrix, whose exponential it is.",
    arguments: [.operand("A")],
    kernel: .dense { call throws(Fault) in
      let matrix = SquareMatrix(call.shape[0], copying: call.operands[0])
      try MatrixLogarithm.of(matrix).write(to: call.result)
    },
    rule: .general(
      pullbacks: { o in [.along(logm, transpose(o.x), o.bar, o)] },
      pushforward: { o in [.along(logm, o.x, o.bar, o)] }),
    analytic: .ofMatrix { logm },
    shape: .squareMatrix,
    notation: .function(latex: #"\log"#),
    domain: Domain(
      text: "no eigenvalue of A is 0 or negative", shapes: [.init([[2, 2]]), .init([[3, 3]])],
      diagonal: 5),
    work: .cubic,
    proof: [
      "log([A E; 0 A]) = [log(A) D; 0 log(A)], where D is the derivative of log at A along E."
    ],
    example: Example("logm([[1, 1], [0, 1]])", "[[0. 1.]\n [0. 0.]]"))
}

extension Formula {
  /// The derivative of a matrix function at a matrix along another.
  fileprivate static func along(
    _ function: Primitive, _ a: Formula, _ e: Formula, _ o: Operands
  ) -> Formula {
    let n = o.resultShape[0]
    let zeros = Formula.of(.zeros, [], [n, n])
    let block = Formula.of(
      .concat, [.of(.concat, [a, e], [1]), .of(.concat, [zeros, a], [1])], [0])
    let corner = [AxisSlice.range(0, count: n), .range(n, count: n)].flatMap(\.statics)
    return .of(.slice, [.of(function, [block])], corner)
  }
}
