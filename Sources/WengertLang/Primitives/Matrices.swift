import WengertKernels

/// Products and transposes of matrices.
extension Primitive {
  static let matrices: [Primitive] = [matmul, dot, transpose, outer, trace, diag]

  static let matmul: Primitive = .init(
    "matmul", "The matrix product of A and B; of vectors as NumPy has it.",
    spellings: ["mul", "mm", "dot"],
    arguments: [.operand("A"), .operand("B")],
    kernel: .motion { shapes, _, _ in
      let (a, b) = (shapes[0], shapes[1])
      return .product(
        m: a.rank == 1 ? 1 : a[0], n: b.rank == 1 ? 1 : b[1], k: a[a.rank - 1])
    },
    rule: .multilinear { o in
      switch (o.shapes[0].rank, o.shapes[1].rank) {
      case (2, 2): [matmul(o.bar, transpose(o.y)), matmul(transpose(o.x), o.bar)]
      case (2, 1): [outer(o.bar, o.y), matmul(transpose(o.x), o.bar)]
      case (1, 2): [matmul(o.y, o.bar), outer(o.x, o.bar)]
      default: [o.bar * o.y, o.bar * o.x]
      }
    },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      let (a, b) = (operands[0], operands[1])
      guard (1...2).contains(a.rank), (1...2).contains(b.rank) else {
        throw ShapeMismatch(
          "\(a.inWords) times \(b.inWords)", needs: "matmul takes matrices and vectors")
      }
      guard a[a.rank - 1] == b[0] else {
        throw ShapeMismatch(
          "the inner sizes do not match: \(a[a.rank - 1]) is not \(b[0])",
          needs: "matmul(A, B) needs columns(A) = rows(B); here \(a[a.rank - 1]) and \(b[0])")
      }
      return Shape((a.rank == 2 ? [a[0]] : []) + (b.rank == 2 ? [b[1]] : []))
    },
    notation: .infix(language: "@", text: "", latex: "", .product),
    domain: Domain(shapes: [
      .init([[2, 3], [3, 4]]), .init([[2, 3], [3]]), .init([[3], [3, 2]]), .init([[3], [3]]),
    ]),
    work: .product,
    proof: [
      "⟨bar, dA B⟩ = tr(barᵀ dA B) = tr(B barᵀ dA) = ⟨bar Bᵀ, dA⟩: traces may be turned round."
    ],
    example: Example("[[1, 2], [3, 4]] @ [5, 6]", "[17. 39.]"))

  static let dot: Primitive = .init(
    "dot", "The inner product of two vectors; of matrices their product.",
    spellings: ["inner"],
    arguments: [.operand("u"), .operand("v")],
    kernel: .motion { shapes, _, _ in .product(m: 1, n: 1, k: shapes[0].count) },
    rule: .multilinear { o in [o.bar * o.y, o.bar * o.x] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      let (u, v) = (operands[0], operands[1])
      guard u.rank == 1, v.rank == 1 else {
        throw ShapeMismatch("\(u.inWords) and \(v.inWords)", needs: "dot(u, v) takes two vectors")
      }
      guard u == v else {
        throw ShapeMismatch(
          "the lengths do not match: \(u[0]) is not \(v[0])",
          needs: "dot(u, v) takes two vectors of one length")
      }
      return .scalar
    },
    domain: Domain(shapes: [.init([[3], [3]])]),
    work: .product,
    example: Example("dot([1, 2], [3, 4])", "11"))

  static let transpose: Primitive = .init(
    "transpose", "The matrix with rows and columns exchanged.",
    arguments: [.operand("A")],
    kernel: .motion { shapes, _, _ in
      guard shapes[0].rank == 2 else { return .whole(shapes[0]) }
      let (rows, columns) = (shapes[0][0], shapes[0][1])
      return .read(Walk(extents: [columns, rows], strides: [1, columns]))
    },
    rule: .multilinear { o in [transpose(o.bar)] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank <= 2 else {
        throw ShapeMismatch("\(operands[0].inWords) has no transpose", needs: "a matrix")
      }
      return Shape(operands[0].extents.reversed())
    },
    notation: .transpose,
    identity: Identity(involution: true),
    domain: Domain(shapes: [.init([[2, 3]]), .init([[3]])]),
    work: .moves,
    proof: ["⟨bar, dAᵀ⟩ = ⟨barᵀ, dA⟩: the same products in another order."],
    example: Example("transpose([[1, 2], [3, 4]])", "[[1. 3.]\n [2. 4.]]"))

  static let outer: Primitive = .init(
    "outer", "The outer product u vᵀ of two vectors.",
    arguments: [.operand("u"), .operand("v")],
    kernel: .dense { call in
      let n = call.shapes[1].count
      for i in 0..<call.shapes[0].count where !Kernel.isStopped {
        for j in 0..<n { call.result[i * n + j] = call.operands[0][i] * call.operands[1][j] }
      }
    },
    rule: .multilinear { o in [matmul(o.bar, o.y), matmul(transpose(o.bar), o.x)] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      let (u, v) = (operands[0], operands[1])
      guard u.rank == 1, v.rank == 1 else {
        throw ShapeMismatch("\(u.inWords) and \(v.inWords)", needs: "outer(u, v) takes two vectors")
      }
      return Shape([u[0], v[0]])
    },
    domain: Domain(shapes: [.init([[2], [3]])]),
    proof: ["⟨bar, du vᵀ⟩ = duᵀ bar v = ⟨bar v, du⟩."],
    example: Example("outer([1, 2], [3, 4])", "[[3. 4.]\n [6. 8.]]"))

  static let trace: Primitive = .init(
    "trace", "The sum of a square matrix's diagonal.", spellings: ["tr"],
    arguments: [.operand("A")],
    kernel: .dense { call in
      let n = call.shapes[0][0]
      call.result[0] = wl_sum(call.operands[0], n, n + 1)
    },
    rule: .multilinear { o in [o.bar * .of(.eye, [], [o.shapes[0][0]])] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank == 2, operands[0][0] == operands[0][1] else {
        throw ShapeMismatch(operands[0].inWords, needs: "trace takes a square matrix")
      }
      return .scalar
    },
    notation: .function(latex: #"\operatorname{tr}"#),
    domain: Domain(shapes: [.init([[3, 3]])]),
    proof: ["bar · (the sum of dA's diagonal) = ⟨bar · I, dA⟩."],
    example: Example("trace([[1, 2], [3, 4]])", "5"))

  static let diag: Primitive = .init(
    "diag", "The matrix with a vector as diagonal, or the diagonal of a matrix.",
    arguments: [.operand("v")],
    kernel: .dense { call in
      if call.shapes[0].rank == 2 {
        for i in 0..<call.count { call.result[i] = call.operands[0][i * (call.shapes[0][1] + 1)] }
      } else {
        call.fill(0)
        let n = call.shape[0]
        for i in 0..<n { call.result[i * (n + 1)] = call.operands[0][i] }
      }
    },
    rule: .multilinear { o in
      let shape = o.shapes[0]
      if shape.rank == 1 || shape[0] == shape[1] { return [diag(o.bar)] }
      let corner = AxisSlice.range(0, count: o.resultShape[0]).statics
      return [.of(.unslice, [diag(o.bar)], corner + corner + shape.extents)]
    },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      let shape = operands[0]
      switch shape.rank {
      case 1: return try Shape.checked([shape[0], shape[0]])
      case 2: return Shape([min(shape[0], shape[1])])
      default:
        throw ShapeMismatch(shape.inWords, needs: "diag takes a vector or a matrix")
      }
    },
    domain: Domain(shapes: [.init([[3]]), .init([[3, 3]]), .init([[2, 3]]), .init([[3, 2]])]),
    work: .moves,
    example: Example("diag([1, 2])", "[[1. 0.]\n [0. 2.]]"))
}
