import WengertKernels

/// Products and transposes of matrices.
extension Primitive {
  static let matrices: [Primitive] = [matmul, transpose, outer]

  static let matmul: Primitive = .init(
    "matmul", "The matrix product of A and B; of vectors as NumPy has it.",
    spellings: ["mul", "mm"],
    arguments: [.operand("A"), .operand("B")],
    kernel: .dense { call in
      let (a, b) = (call.shapes[0], call.shapes[1])
      let k = a[a.rank - 1]
      let m = a.rank == 1 ? 1 : a[0]
      let n = b.rank == 1 ? 1 : b[1]
      wl_product(0, 0, m, n, k, call.operands[0], call.operands[1], call.result)
    },
    rule: .multilinear { o in
      switch (o.shapes[0].rank, o.shapes[1].rank) {
      case (2, 2): [.of(.matmul, [o.bar, .transposed(o.y)]), .of(.matmul, [.transposed(o.x), o.bar])]
      case (2, 1): [.of(.outer, [o.bar, o.y]), .of(.matmul, [.transposed(o.x), o.bar])]
      case (1, 2): [.of(.matmul, [o.y, o.bar]), .of(.outer, [o.x, o.bar])]
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
    example: Example("[[1, 2], [3, 4]] @ [5, 6]", "[17. 39.]"))

  static let transpose: Primitive = .init(
    "transpose", "The matrix with rows and columns exchanged.",
    arguments: [.operand("A")],
    kernel: .dense { call in
      guard call.shapes[0].rank == 2 else {
        return call.result.update(from: call.operands[0], count: call.count)
      }
      let (rows, columns) = (call.shapes[0][0], call.shapes[0][1])
      for i in 0..<rows {
        for j in 0..<columns { call.result[j * rows + i] = call.operands[0][i * columns + j] }
      }
    },
    rule: .multilinear { o in [.transposed(o.bar)] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank <= 2 else {
        throw ShapeMismatch("\(operands[0].inWords) has no transpose")
      }
      return Shape(operands[0].extents.reversed())
    },
    notation: .transpose,
    identity: Identity(involution: true),
    domain: Domain(shapes: [.init([[2, 3]]), .init([[3]])]),
    example: Example("transpose([[1, 2], [3, 4]])", "[[1. 3.]\n [2. 4.]]"))

  static let outer: Primitive = .init(
    "outer", "The outer product u vᵀ of two vectors.",
    arguments: [.operand("u"), .operand("v")],
    kernel: .dense { call in
      let n = call.shapes[1].count
      for i in 0..<call.shapes[0].count {
        for j in 0..<n { call.result[i * n + j] = call.operands[0][i] * call.operands[1][j] }
      }
    },
    rule: .multilinear { o in
      [.of(.matmul, [o.bar, o.y]), .of(.matmul, [.transposed(o.bar), o.x])]
    },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank == 1, operands[1].rank == 1 else {
        throw ShapeMismatch(
          "\(operands[0].inWords) and \(operands[1].inWords)", needs: "outer(u, v) takes two vectors")
      }
      return Shape([operands[0][0], operands[1][0]])
    },
    domain: Domain(shapes: [.init([[2], [3]])]),
    example: Example("outer([1, 2], [3, 4])", "[[3. 4.]\n [6. 8.]]"))
}

extension Formula {
  /// `aᵀ`
  static func transposed(_ a: Formula) -> Formula { of(.transpose, [a]) }
}
