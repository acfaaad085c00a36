import WengertKernels

/// Linear systems, determinants, factors of matrices.
extension Primitive {
  static let systems: [Primitive] = [solve, inv, det, cofactor, logdet, cholesky, tril, triu]

  private static let regular = Domain(text: "A regular", shapes: [.init([[3, 3]])], diagonal: 3)

  static let solve: Primitive = .init(
    "solve", "The solution x of A x = b, for a vector b or each column of a matrix.",
    arguments: [.operand("A"), .operand("b")],
    kernel: .dense { call throws(Fault) in
      let factors = try Factors(call.operands[0], call.shapes[0][0]).regular()
      factors.solve(
        call.operands[1], into: call.result, columns: call.shape.rank == 1 ? 1 : call.shape[1])
    },
    rule: .general(
      pullbacks: { o in
        let back = solve(transpose(o.x), o.bar)
        return [
          o.resultShape.rank == 1 ? -outer(back, o.z) : -matmul(back, transpose(o.z)), back,
        ]
      },
      pushforward: { o in [-solve(o.x, matmul(o.bar, o.z)), solve(o.x, o.bar)] }),
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      _ = try ShapeRule.squareMatrix.infer([operands[0]], [])
      guard (1...2).contains(operands[1].rank), operands[1][0] == operands[0][0] else {
        throw ShapeMismatch(
          "\(operands[1].inWords) as the right side of \(operands[0][0]) equations",
          needs: "solve(A, b) takes a b with as many rows as A", operand: 1)
      }
      return operands[1]
    },
    domain: Domain(
      text: "A regular", shapes: [.init([[3, 3], [3]]), .init([[3, 3], [3, 2]])], diagonal: 3),
    example: Example("solve([[2, 1], [1, 3]], [3, 5])", "[0.8 1.4]"))

  static let inv: Primitive = .init(
    "inv", "The inverse of a matrix.", spellings: ["inverse"],
    arguments: [.operand("A")],
    kernel: .dense { call throws(Fault) in
      let n = call.shape[0]
      let factors = try Factors(call.operands[0], n).regular()
      var unit = Array(repeating: 0.0, count: n * n)
      for i in 0..<n { unit[i * (n + 1)] = 1 }
      factors.solve(unit, into: call.result, columns: n)
    },
    rule: .general(
      pullbacks: { o in [-matmul(matmul(transpose(o.z), o.bar), transpose(o.z))] },
      pushforward: { o in [-matmul(matmul(o.z, o.bar), o.z)] }),
    shape: .squareMatrix,
    domain: regular,
    example: Example("inv([[2, 0], [0, 4]])", "[[0.5  0.  ]\n [0.   0.25]]"))

  static let det: Primitive = .init(
    "det", "The determinant of a matrix.",
    arguments: [.operand("A")],
    kernel: .dense { call in
      let factors = Factors(call.operands[0], call.shapes[0][0])
      call.result[0] = factors.pivots.reduce(factors.sign, *)
    },
    rule: .general(
      pullbacks: { o in [o.bar * cofactor(o.x)] },
      pushforward: { o in [.total(cofactor(o.x) * o.bar)] }),
    shape: .numberOfSquareMatrix,
    notation: .function(latex: #"\det"#),
    domain: Domain(shapes: [.init([[3, 3]]), .init([[1, 1]])]),
    example: Example("det([[1, 2], [3, 4]])", "-2"))

  /// Right for singular matrices too; only its own slope needs an inverse.
  static let cofactor: Primitive = .init(
    "cofactor", "The slopes of the determinant of A by each element.",
    arguments: [.operand("A")],
    kernel: .dense { call in
      Factors(call.operands[0], call.shape[0]).writeCofactors(to: call.result)
    },
    rule: .general(
      pullbacks: { o in [.slopeOfCofactors(o)] }, pushforward: { o in [.slopeOfCofactors(o)] }),
    shape: .squareMatrix,
    domain: regular,
    example: Example("cofactor([[1, 2], [3, 4]])", "[[ 4. -3.]\n [-2.  1.]]"))

  static let logdet: Primitive = .init(
    "logdet", "The logarithm of the size of a determinant, without overflow.",
    arguments: [.operand("A")],
    kernel: .dense { call in
      let pivots = Factors(call.operands[0], call.shapes[0][0]).pivots.map(\.magnitude)
      var logarithms = pivots
      wl_log(pivots, &logarithms, pivots.count)
      call.result[0] = wl_sum(logarithms, pivots.count, 1)
    },
    rule: .general(
      pullbacks: { o in [o.bar * transpose(inv(o.x))] },
      pushforward: { o in [.total(transpose(inv(o.x)) * o.bar)] }),
    shape: .numberOfSquareMatrix,
    domain: regular,
    example: Example("logdet([[1, 0], [0, -1]])", "0"))

  static let cholesky: Primitive = .init(
    "cholesky", "The lower triangular L with L Lᵀ = A; of A the symmetric part counts.",
    arguments: [.operand("A")],
    kernel: .dense { call throws(Fault) in try call.cholesky() },
    rule: .general(
      pullbacks: { o in
        let half = Formula.lowerHalf(matmul(transpose(o.z), o.bar))
        let slope = Formula.between(transpose(o.z), half)
        return [0.5 * (slope + transpose(slope))]
      },
      pushforward: { o in
        let moved = Formula.between(o.z, 0.5 * (o.bar + transpose(o.bar)))
        return [matmul(o.z, .lowerHalf(moved))]
      }),
    shape: .squareMatrix,
    domain: Domain(text: "A positive definite", shapes: [.init([[3, 3]])], diagonal: 8),
    example: Example("cholesky([[4, 2], [2, 5]])", "[[2. 0.]\n [1. 2.]]"))

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
}

extension ShapeRule {
  /// A matrix; the result has its shape.
  fileprivate static let matrix = ShapeRule { operands, _ throws(ShapeMismatch) in
    guard operands[0].rank == 2 else {
      throw ShapeMismatch(operands[0].inWords, needs: "a matrix is needed here", operand: 0)
    }
    return operands[0]
  }

  /// A matrix with as many rows as columns; the result has its shape.
  fileprivate static let squareMatrix = ShapeRule { operands, _ throws(ShapeMismatch) in
    guard operands[0].rank == 2, operands[0][0] == operands[0][1] else {
      throw ShapeMismatch(operands[0].inWords, needs: "a square matrix is needed here", operand: 0)
    }
    return operands[0]
  }

  /// A matrix with as many rows as columns goes to a number.
  fileprivate static let numberOfSquareMatrix = ShapeRule { operands, _ throws(ShapeMismatch) in
    _ = try squareMatrix.infer(operands, [])
    return .scalar
  }
}

extension Formula {
  /// The lower triangle, of the diagonal half.
  fileprivate static func lowerHalf(_ a: Formula) -> Formula {
    .of(.tril, [a]) - 0.5 * .of(.diag, [.of(.diag, [a])])
  }

  /// The product L⁻¹ a L⁻ᵀ.
  fileprivate static func between(_ l: Formula, _ a: Formula) -> Formula {
    .of(.transpose, [.of(.solve, [l, .of(.transpose, [.of(.solve, [l, a])])])])
  }

  /// The derivative of cofactors along a matrix; it is symmetric, so both directions are the same.
  fileprivate static func slopeOfCofactors(_ o: Operands) -> Formula {
    let inverse = Formula.of(.transpose, [.of(.inv, [o.x])])
    let turned = Formula.of(.matmul, [o.z, .of(.transpose, [o.bar])])
    return .total(o.bar * inverse) * o.z - .of(.matmul, [turned, inverse])
  }
}

extension DenseCall {
  /// Copies the elements of a matrix that are wanted, zeros elsewhere.
  fileprivate func copy(where isWanted: (_ row: Int, _ column: Int) -> Bool) {
    for row in 0..<shape[0] {
      for column in 0..<shape[1] {
        let place = row * shape[1] + column
        result[place] = isWanted(row, column) ? operands[0][place] : 0
      }
    }
  }

  fileprivate func cholesky() throws(Fault) {
    let (a, l, n) = (operands[0], result, shape[0])
    for i in 0..<n {
      for j in 0..<n { l[i * n + j] = j > i ? 0 : 0.5 * (a[i * n + j] + a[j * n + i]) }
      for j in 0...i {
        for k in 0..<j { l[i * n + j] -= l[i * n + k] * l[j * n + k] }
        if i == j {
          guard !(l[i * n + i] <= 0) else {
            throw Fault(.other("the matrix is not positive definite"))
          }
          l[i * n + i] = l[i * n + i].squareRoot()
        } else {
          l[i * n + j] /= l[j * n + j]
        }
      }
    }
  }
}
