import WengertKernels

/// What classifiers end with, and what they are measured by.
extension Primitive {
  static let losses: [Primitive] = [softMax, logSoftMax, crossEnt, squaredError]

  static let softMax: Primitive = .init(
    "softMax", "exp(A) over its sum, row by row: each row becomes probabilities.",
    spellings: ["softmax"],
    arguments: [.operand("A")],
    kernel: .byRows(wl_softmax),
    rule: .general(
      pullbacks: { o in [o.z * (o.bar - .sumOfRows(o.bar * o.z))] },
      pushforward: { o in [o.z * (o.bar - .sumOfRows(o.bar * o.z))] }),
    analytic: .complex { c in
      let sizes = c.keep(exp(c.belowLargestOfRow))
      return sizes / .sumOfRows(sizes)
    },
    shape: .byRows,
    domain: Domain(shapes: [.init([[3]]), .init([[2, 3]]), .init([[2, 2, 3]])]),
    rounding: .exponentials(along: { $0.shapes[0].rank - 1 }) { sum, below, value in
      value == 0 ? 0 : (sum + below + 4) * value
    },
    proof: [
      "p_i = exp(a_i)/s has the slopes p_i (1 - p_i) by a_i and -p_i p_j by another a_j.",
      "Times bar, summed over i: bar a_j = p_j (bar_j - sum_i bar_i p_i), row by row.",
    ],
    example: Example("softMax([0, 0])", "[0.5 0.5]"))

  static let logSoftMax: Primitive = .init(
    "logSoftMax", "The logarithm of softMax, row by row, without overflow.",
    spellings: ["log_softmax", "logsoftmax"],
    arguments: [.operand("A")],
    kernel: .byRows(wl_log_softmax),
    rule: .general(
      pullbacks: { o in [o.bar - exp(o.z) * .sumOfRows(o.bar)] },
      pushforward: { o in [o.bar - .sumOfRows(exp(o.z) * o.bar)] }),
    analytic: .complex { c in
      let below = c.keep(c.belowLargestOfRow)
      return below - log(.sumOfRows(exp(below)))
    },
    shape: .byRows,
    domain: Domain(shapes: [.init([[3]]), .init([[2, 3]])]),
    rounding: .exponentials(along: { $0.shapes[0].rank - 1 }) { sum, below, value in
      sum + below + value
    },
    proof: ["log p_i = a_i - log sum(exp(a)): by a_j the slope is (1 if i = j, else 0) - p_j."],
    example: Example("logSoftMax([0, 0])", "[-0.693147 -0.693147]"))

  /// Elements of Y that are 0 give nothing, whatever P is: 0 log 0 = 0.
  static let crossEnt: Primitive = .init(
    "crossEnt", "The cross entropy -sum(Y log P) of the target Y and the prediction P.",
    spellings: ["cross_entropy", "crossEntropy"],
    arguments: [.operand("Y"), .operand("P")],
    kernel: .pairs(wl_cross_entropy),
    rule: .general(
      pullbacks: { o in
        let joint = o.shapes[0].broadcast(o.shapes[1]) ?? o.shapes[0]
        return [
          .summed(
            o.shapes[1] == joint
              ? -chain(o.bar, log(o.y)) : .broadcast(-chain(o.bar, log(o.y)), joint),
            joint, to: o.shapes[0]),
          .summed(-chain(o.x, o.bar / o.y), joint, to: o.shapes[1]),
        ]
      },
      pushforward: { o in
        [-.total(chain(o.bar, log(o.y))), -.total(chain(o.x, o.bar / o.y))]
      }),
    analytic: .composed { c in -.total(xlogy(c.o.x, c.o.y)) },
    shape: .pairToNumber,
    domain: Domain(
      text: "P > 0, or P ≥ 0 where Y is 0", samples: [0.1...0.9, 0.1...0.9],
      shapes: [
        .init([[3], [3]]), .init([[2, 3], [2, 3]]), .init([[3], [2, 3]]), .init([[], []]),
      ]),
    proof: ["-sum(Y log P) is linear in Y with the slope -log P; by P each element has -Y/P."],
    example: Example("crossEnt([0, 1], [0.5, 0.5])", "0.693147"),
    takesSubscript: true)

  static let squaredError: Primitive = .init(
    "squaredError", "The sum of the squared differences of y and t.",
    spellings: ["squared_error", "sse"],
    arguments: [.operand("y"), .operand("t")],
    kernel: .pairs(wl_squared_error),
    rule: .general(
      pullbacks: { o in
        let joint = o.shapes[0].broadcast(o.shapes[1]) ?? o.shapes[0]
        return [
          .summed(o.bar * (2 * (o.x - o.y)), joint, to: o.shapes[0]),
          .summed(o.bar * (2 * (o.y - o.x)), joint, to: o.shapes[1]),
        ]
      },
      pushforward: { o in
        [.total(2 * (o.x - o.y) * o.bar), .total(2 * (o.y - o.x) * o.bar)]
      }),
    analytic: .composed { c in .total(square(c.o.x - c.o.y)) },
    shape: .pairToNumber,
    domain: Domain(
      shapes: [
        .init([[3], [3]]), .init([[2, 3], [2, 3]]), .init([[2, 3], [3]]), .init([[], []]),
      ]),
    proof: ["The slope of each square: 2 (y - t) by y, the opposite by t."],
    example: Example("squaredError([1, 2], [3, 5])", "13"))
}

extension Composition {
  /// The first operand without the largest element of its row, which loses no digits.
  fileprivate var belowLargestOfRow: Formula {
    o.x - .of(.largest, [o.x], [o.resultShape.rank - 1, 1])
  }
}

extension Kernel {
  /// A kernel that works on each row, the elements along the last axis, by itself.
  fileprivate static func byRows(_ function: @escaping Motion.RowFunction) -> Kernel {
    .motion { shapes, _, _ in
      let length = shapes[0][shapes[0].rank - 1]
      return .rows(function, count: shapes[0].count / max(length, 1), length: length)
    }
  }

  /// A kernel that takes two arrays of one shape to a number; the smaller operand is stretched
  /// first.
  fileprivate static func pairs(_ function: @escaping Motion.TotalFunction) -> Kernel {
    .motion { shapes, _, _ in
      let joint = shapes[0].broadcast(shapes[1]) ?? shapes[0]
      return .total(
        function, a: Walk(stretching: shapes[0], to: joint),
        b: Walk(stretching: shapes[1], to: joint), count: joint.count)
    }
  }
}
