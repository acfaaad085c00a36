import WengertKernels

/// Linear systems, determinants, factors of matrices.
extension Primitive {
  static let systems: [Primitive] = [
    solve, inv, det, cofactor, cofactoralong, logdet, cholesky,
  ]

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
    analytic: .system(by: { solve }),
    shape: .system,
    domain: Domain(
      text: "A regular", shapes: [.init([[3, 3], [3]]), .init([[3, 3], [3, 2]])], diagonal: 3),
    work: .cubic,
    rounding: .system { call in .eliminating(call) },
    proof: [
      "A x = b. Derive: dA x + A dx = db, so dx = A⁻¹ (db - dA x).",
      "⟨bar, A⁻¹ db⟩ = ⟨A⁻ᵀ bar, db⟩ gives bar b, and -dA x gives bar A = -(bar b) xᵀ.",
    ],
    example: Example("solve([[2, 1], [1, 3]], [3, 5])", "[0.8 1.4]"))

  static let inv: Primitive = .init(
    "inv", "The inverse of a matrix.", spellings: ["inverse"],
    arguments: [.operand("A")],
    kernel: .dense { call throws(Fault) in
      let n = call.shape[0]
      let factors = try Factors(call.operands[0], n).regular()
      guard !Kernel.isStopped else { return }
      var unit = Array(repeating: 0.0, count: n * n)
      for i in 0..<n { unit[i * (n + 1)] = 1 }
      factors.solve(unit, into: call.result, columns: n)
    },
    rule: .general(
      pullbacks: { o in [-matmul(matmul(transpose(o.z), o.bar), transpose(o.z))] },
      pushforward: { o in [-matmul(matmul(o.z, o.bar), o.z)] }),
    analytic: .pair { .inverse($0) },
    shape: .squareMatrix,
    notation: .raised(text: "⁻¹", latex: "-1"),
    domain: regular,
    work: .cubic,
    rounding: Rounding { call in
      InverseBound.eliminating(call).errors(ofSolution: call.value, columns: call.shapes[0][0])
    },
    proof: ["A A⁻¹ = I. Derive: dA A⁻¹ + A d(A⁻¹) = 0, so d(A⁻¹) = -A⁻¹ dA A⁻¹."],
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
    analytic: .complex { c in c.determinant },
    shape: .numberOfSquareMatrix,
    notation: .function(latex: #"\det"#),
    domain: Domain(shapes: [.init([[3, 3]]), .init([[1, 1]])]),
    work: .cubic,
    rounding: Rounding { call in
      let bound = InverseBound.eliminating(call)
      return call.value.map { bound.errorOfDeterminant($0, call.operands[0]) }
    },
    proof: [
      "Expanded along a row, det A is linear in each element of it, and the slope is the",
      "element's cofactor (Jacobi): d det A = ⟨cofactor(A), dA⟩.",
    ],
    example: Example("det([[1, 2], [3, 4]])", "-2"))

  /// Right for singular matrices too, and so is its slope.
  static let cofactor: Primitive = .init(
    "cofactor", "The slopes of the determinant of A by each element: the adjugate, transposed.",
    arguments: [.operand("A")],
    kernel: .dense { call in
      Factors(call.operands[0], call.shape[0], hasCofactors: true)
        .writeCofactors(to: call.result)
    },
    rule: .general(
      pullbacks: { o in o.slopesOfCofactors },
      pushforward: { o in o.slopesOfCofactors }),
    analytic: .cofactors { c in c.keep(det(c.o.x)) * transpose(inv(c.o.x)) },
    shape: .squareMatrix,
    notation: .function(latex: #"\operatorname{cof}"#),
    domain: Domain(shapes: [.init([[3, 3]]), .init([[2, 2]]), .init([[1, 1]])]),
    work: .cubic,
    rounding: Rounding { call in
      InverseBound.eliminating(call).errors(ofCofactors: call.value, call.operands[0])
    },
    example: Example("cofactor([[1, 2], [3, 4]])", "[[ 4. -3.]\n [-2.  1.]]"))

  /// The derivatives of the determinant to every order from the second on, without a division, so
  /// that they are right for singular matrices too.
  ///
  /// Of A and E: the derivative of the cofactors along E. With further matrices F, …: the
  /// derivative of that along F, …, so that its own derivatives are the same operation with one
  /// matrix more.
  static let cofactoralong: Primitive = .init(
    "cofactoralong", "The derivative of the cofactors of A along a matrix, or along several.",
    arguments: [.operands("A")],
    kernel: .dense { call in
      Factors(call.operands[0], call.shape[0], hasCofactors: true)
        .writeCofactors(along: call.operands.dropFirst().map { $0 }, to: call.result)
    },
    rule: .general(
      pullbacks: { o in o.slopesOfCofactors },
      pushforward: { o in o.slopesOfCofactors }),
    analytic: .cofactors { c in
      guard c.o.count == 2 else { return nil }
      let inverse = c.keep(transpose(inv(c.o.x)))
      let cofactors = c.keep(det(c.o.x) * inverse)
      let turned = matmul(matmul(cofactors, transpose(c.o.y)), inverse)
      return .total(c.o.y * inverse) * cofactors - turned
    },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      _ = try ShapeRule.squareMatrix.infer([operands[0]], [])
      for operand in operands where operand != operands[0] {
        throw ShapeMismatch(
          "\(operand.inWords) beside \(operands[0].inWords)",
          needs: "cofactoralong takes matrices of one shape")
      }
      guard 2...9 ~= operands.count else {
        throw ShapeMismatch(
          operands.count == 1
            ? "one matrix alone" : "a derivative of a determinant of an order above 9",
          needs: "cofactoralong takes A and one to eight matrices to go along")
      }
      return operands[0]
    },
    domain: Domain(shapes: [
      .init([[3, 3], [3, 3]]), .init([[3, 3], [3, 3], [3, 3]]),
      .init([[4, 4], [4, 4], [4, 4], [4, 4]]),
    ]),
    work: .cubic,
    example: Example("cofactoralong([[1, 2], [2, 4]], [[1, 0], [0, 0]])", "[[0. 0.]\n [0. 1.]]"))

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
    analytic: .complex { c in c.logarithmOfDeterminant },
    shape: .numberOfSquareMatrix,
    domain: regular,
    work: .cubic,
    rounding: Rounding { call in
      let n = call.shapes[0][0]
      let sizes = Factors(call.operands[0], n).pivots.map { Numeric.log($0.magnitude).magnitude }
      let own = Double(n + 2) * Rounding.unit * sizes.reduce(0, +)
      return [InverseBound.eliminating(call).errorOfLogarithm + own]
    },
    proof: [
      "d det A = ⟨cofactor(A), dA⟩ and cofactor(A) = det A · A⁻ᵀ: over det A it is ⟨A⁻ᵀ, dA⟩."
    ],
    example: Example("logdet([[1, 0], [0, -1]])", "0"))

  static let cholesky: Primitive = .init(
    "cholesky", "The lower triangular L with L Lᵀ = A; of A the symmetric part counts.",
    arguments: [.operand("A")],
    kernel: .dense { call throws(Fault) in try call.cholesky() },
    rule: .general(
      pullbacks: { o in
        let half = Formula.lowerHalf(matmul(transpose(o.z), o.bar))
        let slope = Formula.between(solveupper, transpose(o.z), half)
        return [0.5 * (slope + transpose(slope))]
      },
      pushforward: { o in
        let moved = Formula.between(solvelower, o.z, 0.5 * (o.bar + transpose(o.bar)))
        return [matmul(o.z, .lowerHalf(moved))]
      }),
    analytic: .complex { c in c.lowerFactor },
    shape: .squareMatrix,
    domain: Domain(text: "A positive definite", shapes: [.init([[3, 3]])], diagonal: 8),
    work: .cubic,
    rounding: Rounding { call in
      let bound = InverseBound(triangle: call.value, call.shapes[0][0], isLower: true)
      return bound.errors(ofLowerFactor: call.value)
    },
    proof: [
      "A = L Lᵀ. Derive: dA = dL Lᵀ + L dLᵀ, so L⁻¹ dA L⁻ᵀ = M + Mᵀ with M = L⁻¹ dL.",
      "M is lower triangular: the lower half of that, with half of its diagonal; dL = L M.",
    ],
    example: Example("cholesky([[4, 2], [2, 5]])", "[[2. 0.]\n [1. 2.]]"))
}

extension ShapeRule {
  /// A matrix; the result has its shape.
  static let matrix = ShapeRule { operands, _ throws(ShapeMismatch) in
    guard operands[0].rank == 2 else {
      throw ShapeMismatch(operands[0].inWords, needs: "a matrix is needed here")
    }
    return operands[0]
  }

  /// A matrix with as many rows as columns; the result has its shape.
  static let squareMatrix = ShapeRule { operands, _ throws(ShapeMismatch) in
    guard operands[0].rank == 2, operands[0][0] == operands[0][1] else {
      throw ShapeMismatch(operands[0].inWords, needs: "a square matrix is needed here")
    }
    return operands[0]
  }

  /// A square matrix and a right side: a vector, or a matrix of columns.
  static let system = ShapeRule { operands, _ throws(ShapeMismatch) in
    _ = try squareMatrix.infer([operands[0]], [])
    guard (1...2).contains(operands[1].rank), operands[1][0] == operands[0][0] else {
      throw ShapeMismatch(
        "\(operands[1].inWords) as the right side of \(operands[0][0]) equations",
        needs: "the right side has as many rows as the matrix")
    }
    return operands[1]
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

  /// The product T⁻¹ a T⁻ᵀ with a triangle T.
  fileprivate static func between(_ solve: Primitive, _ t: Formula, _ a: Formula) -> Formula {
    .of(.transpose, [.of(solve, [t, .of(.transpose, [.of(solve, [t, a])])])])
  }
}

extension Operands {
  /// The derivatives of cofactors along any number of matrices, which are symmetric in all of them.
  ///
  /// The determinant of n rows is linear in each, so that n derivatives use them up.
  fileprivate var slopesOfCofactors: [Formula?] {
    (0..<count).map { index in
      guard index > 0 || count < shapes[0][0] else { return nil }
      let operands = (0..<count).map { $0 == index && $0 > 0 ? bar : self[$0] }
      return .of(.cofactoralong, index == 0 ? operands + [bar] : operands)
    }
  }
}

extension InverseBound {
  /// Of the first operand.
  fileprivate static func eliminating(_ call: Rounding.Call) -> InverseBound {
    InverseBound(eliminating: call.operands[0], call.shapes[0][0])
  }
}

extension DenseCall {
  fileprivate func cholesky() throws(Fault) {
    let (a, l, n) = (operands[0], result, shape[0])
    for i in 0..<n where !Kernel.isStopped {
      for j in 0..<n { l[i * n + j] = j > i ? 0 : 0.5 * (a[i * n + j] + a[j * n + i]) }
      for j in 0...i {
        for k in 0..<j { l[i * n + j] -= l[i * n + k] * l[j * n + k] }
        if i == j {
          guard !(l[i * n + i] <= 0) else {
            throw Fault(.notPositiveDefinite)
          }
          l[i * n + i] = l[i * n + i].squareRoot()
        } else {
          l[i * n + j] /= l[j * n + j]
        }
      }
    }
  }
}
