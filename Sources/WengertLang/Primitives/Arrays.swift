import WengertKernels

/// Arrays made from numbers.
extension Primitive {
  static let arrays: [Primitive] = [zeros, ones, full, eye, range, linspace, logspace]

  static let zeros: Primitive = .init(
    "zeros", "An array of zeros.", arguments: [.shape],
    kernel: .dense { call in call.fill(0) },
    rule: .flat, shape: .given,
    domain: Domain(shapes: [.init([], [2, 3]), .init([], [])]),
    work: .moves,
    example: Example("zeros(2)", "[0. 0.]"))

  static let ones: Primitive = .init(
    "ones", "An array of ones.", arguments: [.shape],
    kernel: .dense { call in call.fill(1) },
    rule: .flat, shape: .given,
    domain: Domain(shapes: [.init([], [2, 3]), .init([], [])]),
    work: .moves,
    example: Example("ones(2)", "[1. 1.]"))

  static let full: Primitive = .init(
    "full", "An array that is filled with a number.",
    arguments: [.shape, .operand("value")],
    kernel: .dense { call in call.fill(call.operands[0][0]) },
    rule: .multilinear { o in [.total(o.bar)] },
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      guard operands[0].isScalar else {
        throw ShapeMismatch(operands[0].inWords, needs: "full takes a number")
      }
      return try Shape.checked(statics)
    },
    domain: Domain(shapes: [.init([[]], [2, 3]), .init([[]], [])]),
    work: .moves,
    example: Example("full([2], 7)", "[7. 7.]"))

  static let eye: Primitive = .init(
    "eye", "The unit matrix with n rows.", spellings: ["identity"],
    arguments: [.integer("n")],
    kernel: .dense { call in
      call.fill(0)
      for i in 0..<call.shape[0] { call.result[i * (call.shape[0] + 1)] = 1 }
    },
    rule: .flat,
    shape: ShapeRule { _, statics throws(ShapeMismatch) in
      try Shape.checked([statics[0], statics[0]])
    },
    domain: Domain(shapes: [.init([], [3])]),
    work: .moves,
    example: Example("eye(2)", "[[1. 0.]\n [0. 1.]]"))

  static let range: Primitive = .init(
    "range", "count numbers from a on, a step apart.",
    arguments: [.operand("a"), .integer("count"), .operand("step")],
    kernel: .dense { call in
      let (first, step) = (call.operands[0][0], call.operands[1][0])
      for k in 0..<call.count {
        if k & 0xffff == 0, Kernel.isStopped { return }
        call.result[k] = first + Double(k) * step
      }
    },
    rule: .general(
      pullbacks: { o in [.total(o.bar), .total(o.bar * .counting(o.statics[0]))] },
      pushforward: { o in
        [.broadcast(o.bar, o.resultShape), o.bar * .counting(o.statics[0])]
      }),
    analytic: .linear,
    shape: .vectorOfNumbers,
    domain: Domain(shapes: [.init([[], []], [4]), .init([[], []], [0])]),
    work: .moves,
    rounding: .counting,
    example: Example("range(1, 3, 2)", "[1. 3. 5.]"))

  static let linspace: Primitive = .init(
    "linspace", "n numbers from a to b, both included, evenly spaced.",
    arguments: [.operand("a"), .operand("b"), .integer("n", default: 50)],
    kernel: .dense { call in call.fillEvenly() },
    rule: .general(
      pullbacks: { o in [.total(o.bar * .fromOneToZero(o)), .total(o.bar * .fromZeroToOne(o))] },
      pushforward: { o in [o.bar * .fromOneToZero(o), o.bar * .fromZeroToOne(o)] }),
    analytic: .linear,
    shape: .vectorOfNumbers,
    domain: Domain(shapes: [.init([[], []], [4]), .init([[], []], [1]), .init([[], []], [0])]),
    example: Example("linspace(0, 1, 3)", "[0.  0.5 1. ]"))

  static let logspace: Primitive = .init(
    "logspace", "n numbers from 10^a to 10^b, both included, with evenly spaced logarithms.",
    arguments: [.operand("a"), .operand("b"), .integer("n", default: 50)],
    kernel: .dense { call in
      call.fillEvenly()
      call.inBlocks(call.count) { start, count in
        let exponents = Array(UnsafeBufferPointer(start: call.result + start, count: count))
        var ten = 10.0
        wl_pow(&ten, exponents, call.result + start, count, 0, 1)
      }
    },
    rule: .general(
      pullbacks: { o in
        let slope = o.bar * (.logarithmOfTen * o.z)
        return [.total(slope * .fromOneToZero(o)), .total(slope * .fromZeroToOne(o))]
      },
      pushforward: { o in
        let slope = o.bar * (.logarithmOfTen * o.z)
        return [slope * .fromOneToZero(o), slope * .fromZeroToOne(o)]
      }),
    analytic: .composed { c in
      exp(.logarithmOfTen * linspace(c.o.x, c.o.y, statics: c.o.statics))
    },
    shape: .vectorOfNumbers,
    domain: Domain(samples: [-1...1], shapes: [.init([[], []], [4]), .init([[], []], [1])]),
    example: Example("logspace(0, 2, 3)", "[  1.  10. 100.]"))
}

extension DenseCall {
  /// Fills the result with numbers from the first operand to the second.
  fileprivate func fillEvenly() {
    let (first, last) = (operands[0][0], operands[1][0])
    let step = (last - first) / Double(max(count - 1, 1))
    for k in 0..<count {
      if k & 0xffff == 0, Kernel.isStopped { return }
      result[k] = first + Double(k) * step
    }
    if count > 1 { result[count - 1] = last }
  }
}

extension Formula {
  fileprivate static let logarithmOfTen: Formula = 2.302585092994046

  fileprivate static func fromZeroToOne(_ o: Operands) -> Formula {
    of(.linspace, [0, 1], o.statics)
  }

  fileprivate static func fromOneToZero(_ o: Operands) -> Formula {
    of(.linspace, [1, 0], o.statics)
  }
}
