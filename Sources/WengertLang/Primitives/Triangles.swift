/// Triangular matrices: the halves of a matrix, and systems that are solved from one end.
extension Primitive {
  static let triangles: [Primitive] = [tril, triu, solvelower, solveupper]

  static let tril: Primitive = .init(
    "tril", "The matrix with zeros above its diagonal.",
    arguments: [.operand("A")],
    kernel: .dense { call in call.copy { row, column in column <= row } },
    rule: .multilinear { o in [tril(o.bar)] },
    shape: .matrix,
    domain: Domain(shapes: [.init([[2, 3]]), .init([[3, 2]])]),
    example: Example("tril([[1, 2], [3, 4]])", "[[1. 0.]\n [3. 4.]]"))

  static let triu: Primitive = .init(
    "triu", "The matrix with zeros below its diagonal.",
    arguments: [.operand("A")],
    kernel: .dense { call in call.copy { row, column in column >= row } },
    rule: .multilinear { o in [triu(o.bar)] },
    shape: .matrix,
    domain: Domain(shapes: [.init([[2, 3]]), .init([[3, 2]])]),
    example: Example("triu([[1, 2], [3, 4]])", "[[1. 2.]\n [0. 4.]]"))

  static let solvelower: Primitive = .init(
    "solvelower", "The solution x of L x = b from the top; of L the lower triangle counts.",
    spellings: ["solve_lower"],
    arguments: [.operand("L"), .operand("b")],
    kernel: .dense { call throws(Fault) in try call.substitute(isLower: true) },
    rule: triangularRule({ solvelower }, { solveupper }, { tril }),
    analytic: .system(by: { solvelower }, of: { tril }),
    shape: .system,
    domain: triangular,
    rounding: .system { call in
      InverseBound(triangle: call.operands[0], call.shapes[0][0], isLower: true)
    },
    example: Example("solvelower([[2, 0], [1, 4]], [2, 9])", "[1. 2.]"))

  static let solveupper: Primitive = .init(
    "solveupper", "The solution x of U x = b from the bottom; of U the upper triangle counts.",
    spellings: ["solve_upper"],
    arguments: [.operand("U"), .operand("b")],
    kernel: .dense { call throws(Fault) in try call.substitute(isLower: false) },
    rule: triangularRule({ solveupper }, { solvelower }, { triu }),
    analytic: .system(by: { solveupper }, of: { triu }),
    shape: .system,
    domain: triangular,
    rounding: .system { call in
      InverseBound(triangle: call.operands[0], call.shapes[0][0], isLower: false)
    },
    example: Example("solveupper([[2, 1], [0, 4]], [4, 8])", "[1. 2.]"))

  private static let triangular = Domain(
    text: "no zeros on the diagonal", shapes: [.init([[3, 3], [3]]), .init([[3, 3], [3, 2]])],
    diagonal: 4)

  /// The rule of a triangular system: that of any system, of which one triangle counts.
  private static func triangularRule(
    _ solve: @escaping @Sendable () -> Primitive,
    _ solveTurned: @escaping @Sendable () -> Primitive,
    _ half: @escaping @Sendable () -> Primitive
  ) -> Rule {
    .general(
      pullbacks: { o in
        let back = solveTurned()(transpose(o.x), o.bar)
        let slope =
          o.resultShape.rank == 1 ? outer(back, o.z) : matmul(back, transpose(o.z))
        return [-half()(slope), back]
      },
      pushforward: { o in [-solve()(o.x, matmul(half()(o.bar), o.z)), solve()(o.x, o.bar)] })
  }
}

extension DenseCall {
  /// Copies the elements of a matrix that are wanted, zeros elsewhere.
  fileprivate func copy(where isWanted: (_ row: Int, _ column: Int) -> Bool) {
    for row in 0..<shape[0] where !Kernel.isStopped {
      for column in 0..<shape[1] {
        let place = row * shape[1] + column
        result[place] = isWanted(row, column) ? operands[0][place] : 0
      }
    }
  }

  /// Solves a triangular system, for a vector or for each column of a matrix.
  fileprivate func substitute(isLower: Bool) throws(Fault) {
    let (a, n) = (operands[0], shapes[0][0])
    let columns = shape.rank == 1 ? 1 : shape[1]
    for i in 0..<n where a[i * (n + 1)] == 0 { throw Fault(.singular) }
    inBlocks(n * columns) { start, count in
      (result + start).update(from: operands[1] + start, count: count)
    }
    for step in 0..<n where !Kernel.isStopped {
      let i = isLower ? step : n - 1 - step
      let known = isLower ? 0..<i : (i + 1)..<n
      for column in 0..<columns where !(column & 63 == 63 && Kernel.isStopped) {
        var value = result[i * columns + column]
        for k in known { value -= a[i * n + k] * result[k * columns + column] }
        result[i * columns + column] = value / a[i * (n + 1)]
      }
    }
  }
}
