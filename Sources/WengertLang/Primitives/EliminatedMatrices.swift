/// Functions of matrices by elimination, in operations that hold for all numbers.
extension Composition {
  /// A matrix that is not yet eliminated, and how to take parts of it.
  private struct Rest {
    var matrix: Formula
    var size: Int

    func part(_ rows: AxisSlice, _ columns: AxisSlice) -> Formula {
      .of(.slice, [matrix], rows.statics + columns.statics)
    }
    var others: AxisSlice { .range(1, count: size - 1) }

    /// The matrix with one row or column before the others.
    func turned(first: Formula, axis: Int) -> Formula {
      let places = Formula.counting(size)
      let others = places - .of(.lessEqual, [places, first])
      let order = Formula.of(.choose, [.of(.equal, [places, 0]), first, others])
      return .of(.gather, [matrix, order], [axis])
    }
  }

  /// The pivots of an elimination that always takes the largest element left, and the sign of the
  /// exchanges; pivots of a singular matrix are 0.
  private mutating func pivots(_ size: Int) -> (pivots: [Formula], sign: Formula) {
    var rest = Rest(matrix: o.x, size: size)
    var pivots: [Formula] = []
    var sign: Formula = 1
    while rest.size > 0 {
      let n = Double(rest.size)
      let place = keep(.of(.argmax, [.of(.abs, [rest.matrix])], [Argument.noAxis, 0]))
      let row = keep(.of(.floor, [place / .number(n)]))
      let column = keep(place - .number(n) * row)
      sign = keep(sign * (1 - 2 * .of(.mod, [row + column, 2])))
      rest.matrix = keep(rest.turned(first: row, axis: 0))
      rest.matrix = keep(rest.turned(first: column, axis: 1))
      let pivot = keep(rest.part(.at(0), .at(0)))
      pivots.append(pivot)
      guard rest.size > 1 else { break }
      let divisor = pivot + .of(.equal, [pivot, 0])
      let factors = rest.part(rest.others, .at(0)) / divisor
      let core = rest.part(rest.others, rest.others)
      rest.matrix = keep(core - .of(.outer, [factors, rest.part(.at(0), rest.others)]))
      rest.size -= 1
    }
    return (pivots, sign)
  }

  /// The determinant.
  var determinant: Formula {
    mutating get {
      let (pivots, sign) = pivots(o.shapes[0][0])
      return pivots.reduce(sign) { $0 * $1 }
    }
  }

  /// The logarithm of the determinant's size.
  var logarithmOfDeterminant: Formula {
    mutating get {
      pivots(o.shapes[0][0]).pivots.reduce(0) { $0 + 0.5 * .of(.log, [.of(.square, [$1])]) }
    }
  }

  /// The lower triangular factor of a symmetric matrix.
  var lowerFactor: Formula {
    mutating get {
      let size = o.shapes[0][0]
      let symmetric = 0.5 * (o.x + .of(.transpose, [o.x]))
      var rest = Rest(matrix: keep(symmetric), size: size)
      var factor: Formula?
      for column in 0..<size {
        let whole = AxisSlice.range(0, count: rest.size)
        let root = Formula.of(.sqrt, [rest.part(.at(0), .at(0))])
        let line = keep(rest.part(whole, .at(0)) / keep(root))
        let place = AxisSlice.range(column, count: rest.size).statics + AxisSlice.at(column).statics
        let placed = Formula.of(.unslice, [line], place + [size, size])
        factor = keep(factor.map { $0 + placed } ?? placed)
        let below = Formula.of(.slice, [line], rest.others.statics)
        rest.matrix = keep(rest.part(rest.others, rest.others) - .of(.outer, [below, below]))
        rest.size -= 1
      }
      return factor ?? o.x
    }
  }

  /// The product along the axis of the first static, or of all elements, by halves.
  var halvedProduct: Formula {
    mutating get {
      let isWhole = o.statics[0] == Argument.noAxis
      var shape = isWhole ? Shape([o.shapes[0].count]) : o.shapes[0]
      let axis = isWhole ? 0 : shape.axisIndex(o.statics[0])
      var rest = isWhole ? keep(.reshaped(o.x, shape)) : o.x
      guard shape[axis] > 0 else { return .of(.ones, [], o.resultShape.extents) }
      while shape[axis] > 1 {
        let half = shape[axis] / 2
        func part(_ first: Int, _ count: Int) -> Formula {
          let slices = shape.extents.indices.map {
            AxisSlice.range($0 == axis ? first : 0, count: $0 == axis ? count : shape[$0])
          }
          return .of(.slice, [rest], slices.flatMap(\.statics))
        }
        var product = part(0, half) * part(half, half)
        if shape[axis] % 2 == 1 {
          product = .of(.concat, [product, part(shape[axis] - 1, 1)], [axis])
        }
        rest = keep(product)
        shape = shape.with(half + shape[axis] % 2, at: axis)
      }
      return .reshaped(rest, o.resultShape)
    }
  }
}

extension AnalyticForm {
  /// A system of linear equations A x = b, or of the half of A that counts.
  static func system(
    by solve: @escaping @Sendable () -> Primitive,
    of half: (@Sendable () -> Primitive)? = nil
  ) -> AnalyticForm {
    AnalyticForm(
      pairs: { p, _ in .solution(p[0], p[1], by: solve(), of: half?()) },
      equation: Equation(
        residual: { o in
          .of(.matmul, [half.map { .of($0(), [o.x]) } ?? o.x, o.z]) - o.y
        },
        correction: { o in -.of(solve(), [o.x, o.bar]) }))
  }

  /// A power series in a matrix: it takes blocks that stand for numbers to blocks.
  static func ofMatrix(_ row: @escaping @Sendable () -> Primitive) -> AnalyticForm {
    AnalyticForm(
      pairs: { p, o in .function(row(), p[0], size: o.resultShape[0]) }, isOfMatrix: true)
  }
}

extension AnalyticForm {
  /// Up to this size cofactors of complex matrices are a sum of real ones, without a division.
  private static let mostSummed = 8

  /// Cofactors, or how they change along further matrices.
  ///
  /// - Parameter large: what they are by the inverse, of large matrices.
  static func cofactors(
    _ large: @escaping @Sendable (inout Composition) -> Formula?
  ) -> AnalyticForm {
    AnalyticForm(
      pairs: { p, o in .cofactors(p, o) },
      composed: { c in c.o.shapes[0][0] > mostSummed ? large(&c) : nil }, composesSeries: false)
  }
}

extension Pair {
  /// Cofactors of A along other matrices, by the terms that A's imaginary part gives: they are
  /// linear in the other matrices, and a polynomial in A.
  fileprivate static func cofactors(_ p: [Pair], _ o: Operands) -> Pair {
    func along(_ matrices: [Formula]) -> Formula {
      .of(matrices.isEmpty ? .cofactor : .cofactoralong, [p[0].re] + matrices)
    }
    func expanded(_ matrices: [Formula]) -> Pair {
      var sum = Pair(along(matrices))
      guard let b = p[0].im else { return sum }
      var (term, factor) = (matrices, 1.0)
      for order in 1..<max(1, o.shapes[0][0] - matrices.count) {
        term.append(b)
        factor *= (order % 2 == 0 ? -1 : 1) / Double(order)
        let real = .number(factor) * along(term)
        sum = sum + (order % 2 == 0 ? Pair(real) : Pair(0, real))
      }
      return sum
    }
    func changed(_ matrices: [Formula], _ rest: ArraySlice<Pair>) -> Pair {
      guard let next = rest.first else { return expanded(matrices) }
      let re = changed(matrices + [next.re], rest.dropFirst())
      return next.im.map { re + changed(matrices + [$0], rest.dropFirst()).turned } ?? re
    }
    return changed([], p.dropFirst())
  }

  /// The solution of A x = y: with A = R + i S the real part solves a real system, and the
  /// imaginary one follows from it.
  ///
  /// - Parameter half: what takes a matrix to the part of it that counts.
  fileprivate static func solution(
    _ a: Pair, _ y: Pair, by solve: Primitive, of half: Primitive?
  ) -> Pair {
    func solved(_ matrix: Formula, _ right: Formula) -> Formula { .of(solve, [matrix, right]) }
    guard let whole = a.im else {
      return Pair(solved(a.re, y.re), y.im.map { solved(a.re, $0) })
    }
    let s = half.map { .of($0, [whole]) } ?? whole
    let core = a.re + .of(.matmul, [s, solved(a.re, s)])
    let right = y.im.map { y.re + .of(.matmul, [s, solved(a.re, $0)]) } ?? y.re
    let re = solved(core, right)
    let across = Formula.of(.matmul, [s, re])
    return Pair(re, solved(a.re, y.im.map { $0 - across } ?? -across))
  }

  /// The inverse.
  static func inverse(_ a: Pair) -> Pair {
    guard let s = a.im else { return Pair(.of(.inv, [a.re])) }
    let ratio = Formula.of(.solve, [a.re, s])
    let re = Formula.of(.inv, [a.re + .of(.matmul, [s, ratio])])
    return Pair(re, -.of(.matmul, [ratio, re]))
  }

  /// A matrix function by the real one of [[R, -S], [S, R]], which stands for R + i S.
  fileprivate static func function(_ row: Primitive, _ a: Pair, size: Int) -> Pair {
    guard let s = a.im else { return Pair(.of(row, [a.re])) }
    let upper = Formula.of(.concat, [a.re, -s], [1])
    let lower = Formula.of(.concat, [s, a.re], [1])
    let value = Formula.of(row, [.of(.concat, [upper, lower], [0])])
    let first = AxisSlice.range(0, count: size).statics
    let second = AxisSlice.range(size, count: size).statics
    return Pair(.of(.slice, [value], first + first), .of(.slice, [value], second + first))
  }

  /// `prodslope`, by the terms that A's imaginary part gives; it is linear in the other arrays.
  static func productSlope(_ p: [Pair], _ o: Operands) -> Pair {
    let length = Lines(o.shapes[0], axis: o.statics[0]).length
    func slope(_ arrays: [Formula], _ rest: ArraySlice<Pair>) -> Pair {
      guard let next = rest.first else { return expanded(arrays) }
      let re = slope(arrays + [next.re], rest.dropFirst())
      return next.im.map { re + slope(arrays + [$0], rest.dropFirst()).turned } ?? re
    }
    func expanded(_ arrays: [Formula]) -> Pair {
      var sum = Pair(.of(.prodslope, [p[0].re] + arrays, o.statics))
      guard let b = p[0].im else { return sum }
      var (term, factor) = (arrays, 1.0)
      for order in 1..<max(1, min(length - arrays.count, 13 - p.count)) {
        term.append(b)
        factor *= (order % 2 == 0 ? -1 : 1) / Double(order)
        let real = .number(factor) * Formula.of(.prodslope, [p[0].re] + term, o.statics)
        sum = sum + (order % 2 == 0 ? Pair(real) : Pair(0, real))
      }
      return sum
    }
    return slope([], p.dropFirst())
  }
}
