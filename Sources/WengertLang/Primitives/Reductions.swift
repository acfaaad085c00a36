import WengertKernels

/// Operations that take the elements along an axis, or all of them, to one.
extension Primitive {
  static let reductions: [Primitive] = [
    sum, rowsum, colsum, mean, variance, deviation, norm, logSumExp, cumsum,
  ]

  /// The arguments of a reduction.
  static let alongAxis: [Argument] = [.operand("A"), .axis, .keepdims]

  /// Shapes and axes that the laws of a reduction are tried at.
  static let reductionTrials = Domain(shapes: [
    .init([[]], [Argument.noAxis, 0]), .init([[3]], [Argument.noAxis, 0]), .init([[3]], [0, 0]),
    .init([[2, 3]], [Argument.noAxis, 0]), .init([[2, 3]], [Argument.noAxis, 1]),
    .init([[2, 3]], [0, 0]), .init([[2, 3]], [1, 1]), .init([[2, 3, 2]], [-2, 0]),
  ])

  static let sum: Primitive = .init(
    "sum", "The sum of all elements, or along an axis.",
    arguments: alongAxis,
    kernel: .motion { shapes, statics, _ in
      let lines = Lines(shapes[0], axis: statics[0])
      return .sums(
        outer: lines.count / max(lines.stride, 1), count: lines.length, inner: lines.stride)
    },
    rule: .multilinear { o in [.spread(o.bar, o)] },
    shape: .reduction,
    domain: reductionTrials,
    proof: ["Each element counts once: a change of it by dA changes the sum by dA."],
    example: Example("sum([[1, 2], [3, 4]], axis = 0)", "[4. 6.]"))

  static let rowsum: Primitive = .init(
    "rowsum", "The sum of each row of a matrix, as a column.",
    arguments: [.operand("A")],
    kernel: .motion { shapes, _, _ in
      .sums(outer: shapes[0][0], count: shapes[0][1], inner: 1)
    },
    rule: .multilinear { o in [.broadcast(o.bar, o.shapes[0])] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank == 2 else {
        throw ShapeMismatch(operands[0].inWords, needs: "rowsum takes a matrix")
      }
      return operands[0].with(1, at: 1)
    },
    domain: Domain(shapes: [.init([[2, 3]])]),
    example: Example("rowsum([[1, 2], [3, 4]])", "[[3.]\n [7.]]"))

  static let colsum: Primitive = .init(
    "colsum", "The sum of each column of a matrix, as a row.",
    arguments: [.operand("A")],
    kernel: .motion { shapes, _, _ in
      .sums(outer: 1, count: shapes[0][0], inner: shapes[0][1])
    },
    rule: .multilinear { o in [.broadcast(o.bar, o.shapes[0])] },
    shape: ShapeRule { operands, _ throws(ShapeMismatch) in
      guard operands[0].rank == 2 else {
        throw ShapeMismatch(operands[0].inWords, needs: "colsum takes a matrix")
      }
      return operands[0].with(1, at: 0)
    },
    domain: Domain(shapes: [.init([[2, 3]])]),
    example: Example("colsum([[1, 2], [3, 4]])", "[[4. 6.]]"))

  static let mean: Primitive = .init(
    "mean", "The mean of all elements, or along an axis.", spellings: ["average"],
    arguments: alongAxis,
    kernel: .reduction(Lines.mean),
    rule: .multilinear { o in [.spread(o.bar / .length(o), o)] },
    shape: .reduction,
    domain: reductionTrials,
    proof: ["The sum of the elements over their number n: each gets bar/n."],
    example: Example("mean([1, 2, 6])", "3"))

  static let variance: Primitive = .init(
    "var", "The mean square distance from the mean, of all elements or along an axis.",
    spellings: ["variance"],
    arguments: alongAxis,
    kernel: .reduction(Lines.variance),
    rule: .general(
      pullbacks: { o in
        [.kept(o.bar * (2 / .length(o)), o) * .centred(o)]
      },
      pushforward: { o in
        [.of(.mean, [2 * (.centred(o) * o.bar)], o.statics)]
      }),
    analytic: .composed { c in .of(.mean, [square(c.keep(.centred(c.o)))], c.o.statics) },
    shape: .reduction,
    domain: reductionTrials,
    rounding: .variance,
    proof: [
      "The mean of (A - m)² for the mean m. What goes through m drops out, since the distances",
      "from the mean add up to 0; 2 (A - m)/n is left.",
    ],
    example: Example("var([1, 2, 6])", "4.66667"))

  static let deviation: Primitive = .init(
    "std", "The standard deviation, the root of the variance, of all elements or along an axis.",
    arguments: alongAxis,
    kernel: .reduction(Lines.deviation),
    rule: .general(
      pullbacks: { o in
        [chain(.centred(o), .kept(o.bar / (.length(o) * o.z), o))]
      },
      pushforward: { o in
        [.of(.mean, [chain(.centred(o), .kept(1 / o.z, o)) * o.bar], o.statics)]
      }),
    analytic: .composed { c in
      sqrt(.of(.mean, [square(c.keep(.centred(c.o)))], c.o.statics))
    },
    shape: .reduction,
    domain: Domain(shapes: Array(reductionTrials.shapes.dropFirst())),
    kinks: [
      Kink(
        place: "all elements equal", convention: "0 is used", point: [1, 1], slopes: [0, 0],
        distance: { $0.z }, sides: .deviation)
    ],
    rounding: .deviation,
    proof: ["std = √var, so the slope is that of var over 2 std."],
    example: Example("std([1, 2, 6])", "2.16025"))

  static let norm: Primitive = .init(
    "norm", "The root of the sum of squares: a vector's length, a matrix's Frobenius norm.",
    arguments: [.operand("A")],
    kernel: .dense { call in
      call.result[0] = Lines.length(call.operands[0], call.shapes[0].count)
    },
    rule: .general(
      pullbacks: { o in [chain(o.x, o.bar / o.z)] },
      pushforward: { o in [.total(chain(o.x, 1 / o.z) * o.bar)] }),
    analytic: .complex { c in sqrt(.total(square(c.o.x))) },
    shape: .scalar,
    notation: .enclosed(open: #"\left\lVert "#, close: #"\right\rVert"#),
    domain: Domain(shapes: [.init([[3]]), .init([[2, 3]]), .init([[]])]),
    kinks: [
      Kink(
        place: "A = 0", convention: "the tip of a cone; 0 is used", point: [0, 0],
        slopes: [0, 0], distance: { $0.z }, sides: .norm)
    ],
    proof: ["norm² = sum(A²). Derive: 2 norm · dnorm = 2 ⟨A, dA⟩."],
    example: Example("norm([3, 4])", "5"))

  static let logSumExp: Primitive = .init(
    "logSumExp", "log(sum(exp(A))) without overflow, over everything or along an axis.",
    spellings: ["logsumexp"],
    arguments: alongAxis,
    kernel: .reduction { line, count, stride in wl_log_sum_exp(line, count, stride) },
    rule: .general(
      pullbacks: { o in [.kept(o.bar, o) * .shares(o)] },
      pushforward: { o in [sum(.shares(o) * o.bar, statics: o.statics)] }),
    analytic: .complex { c in
      let most = c.keep(.of(.largest, [c.o.x], c.o.statics))
      return most + log(sum(exp(c.o.x - .kept(most, c.o)), statics: c.o.statics))
    },
    shape: .reduction,
    domain: reductionTrials,
    rounding: .exponentials(along: { $0.statics[0] }) { sum, _, value in sum + value },
    proof: ["With s = sum(exp(A)): the slope of log s is 1/s · exp(A), the softMax of A."],
    example: Example("logSumExp([0, 0])", "0.693147"))

  static let cumsum: Primitive = .init(
    "cumsum", "The running sums along an axis; without one, of all elements as one vector.",
    arguments: [.operand("A"), .axis],
    kernel: .dense { call in
      let lines = Lines(call.shapes[0], axis: call.statics[0])
      for line in 0..<lines.count where !Kernel.isStopped {
        var total = 0.0
        for (turn, place) in lines.places(line).enumerated() {
          if turn & 0xffff == 0xffff, Kernel.isStopped { return }
          total += call.operands[0][place]
          call.result[place] = total
        }
      }
    },
    rule: .multilinear { o in
      let axis = [o.resultShape.axisIndex(o.statics[0])]
      let fromTheEnd = flip(cumsum(flip(o.bar, statics: axis), statics: axis), statics: axis)
      return [o.resultShape == o.shapes[0] ? fromTheEnd : .reshaped(fromTheEnd, o.shapes[0])]
    },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      guard statics[0] != Argument.noAxis else { return Shape([operands[0].count]) }
      _ = try operands[0].axis(statics[0])
      return operands[0]
    },
    domain: Domain(shapes: [
      .init([[3]], [Argument.noAxis]), .init([[2, 3]], [Argument.noAxis]), .init([[2, 3]], [0]),
      .init([[2, 3]], [-1]),
    ]),
    proof: ["Element i is part of the sums i, i + 1, …: it gets the sum of their adjoints."],
    example: Example("cumsum([1, 2, 3])", "[1. 3. 6.]"))
}

extension Kernel {
  /// A kernel that takes each line along the axis of the first static to a number.
  static func reduction(
    _ value: @escaping @Sendable (UnsafePointer<Double>, _ count: Int, _ stride: Int) -> Double
  ) -> Kernel {
    .dense { call in
      let lines = Lines(call.shapes[0], axis: call.statics[0])
      for line in 0..<lines.count where !(line & 0xff == 0xff && Kernel.isStopped) {
        call.result[line] = value(call.operands[0] + lines.start(line), lines.length, lines.stride)
      }
    }
  }
}

extension Formula {
  /// How many elements a reduction takes to one.
  static func length(_ o: Operands) -> Formula {
    .number(Double(Lines(o.shapes[0], axis: o.statics[0]).length))
  }

  /// The operand without its mean.
  static func centred(_ o: Operands) -> Formula {
    o.x - .of(.mean, [o.x], [o.statics[0], o.statics[0] == Argument.noAxis ? 0 : 1])
  }
}

extension Formula {
  /// The exponentials of a reduction's operand over their sum.
  ///
  /// Where there is no row for it, the result scales them, and what it was rounded by cancels.
  fileprivate static func shares(_ o: Operands) -> Formula {
    let rank = o.shapes[0].rank
    let isWhole = o.statics[0] == Argument.noAxis
    if rank > 0, isWhole ? rank == 1 : o.shapes[0].axisIndex(o.statics[0]) == rank - 1 {
      return .of(.softMax, [o.x])
    }
    let sizes = Formula.of(.exp, [o.x - .kept(o.z, o)])
    return sizes / .of(.sum, [sizes], [o.statics[0], isWhole ? 0 : 1])
  }
}

extension Lines {
  /// The mean: of equal elements one of them.
  ///
  /// Their sum over their number may be next to it, and then they would seem to differ.
  fileprivate static func mean(
    _ line: UnsafePointer<Double>, _ count: Int, _ stride: Int
  ) -> Double {
    var alike = 0
    while alike < count, line[alike * stride] == line[0] { alike += 1 }
    return alike == count && count > 0
      ? line[0] : wl_sum(line, count, stride) / Double(count)
  }

  fileprivate static func variance(
    _ line: UnsafePointer<Double>, _ count: Int, _ stride: Int
  ) -> Double {
    let mean = mean(line, count, stride)
    let plain = variance(line, count, stride, mean: mean, scale: 1)
    // Of elements that hardly differ the distances have as much of the mean's rounding in them.
    guard plain < 1e-14 * (mean * mean) else { return plain }
    let rest = (0..<count).reduce(0.0) { $0 + (line[$1 * stride] - mean) } / Double(count)
    return Swift.max(0, plain - rest * rest)
  }

  /// The mean square distance from a number, in units of a scale.
  private static func variance(
    _ line: UnsafePointer<Double>, _ count: Int, _ stride: Int, mean: Double, scale: Double
  ) -> Double {
    if scale == 1 { return wl_squares(line, mean, count, stride) / Double(count) }
    var total = 0.0
    for k in 0..<count {
      let distance = (line[k * stride] - mean) / scale
      total += distance * distance
    }
    return total / Double(count)
  }

  /// The root of the variance, also where that is too large or too small for a number.
  fileprivate static func deviation(
    _ line: UnsafePointer<Double>, _ count: Int, _ stride: Int
  ) -> Double {
    let plain = variance(line, count, stride)
    guard plain < squares.lowerBound || plain > squares.upperBound else {
      return plain.squareRoot()
    }
    let mean = mean(line, count, stride)
    let scale = (0..<count).reduce(0.0) { Swift.max($0, (line[$1 * stride] - mean).magnitude) }
    guard scale > 0, scale.isFinite else { return plain.squareRoot() }
    return scale * variance(line, count, stride, mean: mean, scale: scale).squareRoot()
  }

  /// Sums of squares within these bounds lose nothing by overflow or underflow.
  private static let squares = 1e-280...Double.greatestFiniteMagnitude

  /// The root of the sum of squares, also where that is too large or too small for a number.
  fileprivate static func length(_ line: UnsafePointer<Double>, _ count: Int) -> Double {
    let plain = sumOfSquares(line, count, scale: 1)
    guard plain < squares.lowerBound || plain > squares.upperBound else {
      return plain.squareRoot()
    }
    let scale = (0..<count).reduce(0.0) { Swift.max($0, line[$1].magnitude) }
    guard scale > 0, scale.isFinite else { return plain.squareRoot() }
    return scale * sumOfSquares(line, count, scale: scale).squareRoot()
  }

  private static func sumOfSquares(
    _ line: UnsafePointer<Double>, _ count: Int, scale: Double
  ) -> Double {
    if scale == 1 { return wl_squares(line, 0, count, 1) }
    var total = 0.0
    for k in 0..<count {
      let size = line[k] / scale
      total += size * size
    }
    return total
  }
}
