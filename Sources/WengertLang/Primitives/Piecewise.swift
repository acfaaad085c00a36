import WengertKernels

/// Functions with kinks and steps.
extension Primitive {
  static let piecewise: [Primitive] = [
    abs, sign, relu, maximum, minimum, floor, ceil, round, nonzero,
  ]

  static let abs: Primitive = .init(
    "abs", "The size of x, without its sign.", spellings: ["fabs", "absolute"],
    kernel: .map(c: wl_magnitude),
    rule: .partials { o in [sign(o.x)] },
    analytic: .pair { z in Pair(abs(z.re), sign(z.re) * z.b) },
    notation: .enclosed(open: #"\left|"#, close: #"\right|"#),
    domain: Domain(samples: [0.3...2]),
    kinks: [
      Kink(
        place: "x = 0", convention: "between -1 and 1; 0 is used", point: [0], slopes: [0],
        distance: { $0.x }, sides: .between(left: [-1], right: [1]))
    ],
    proof: ["|x| is x on the right of 0 and -x on the left: slopes 1 and -1, the sign of x."],
    example: Example("abs(-3)", "3"))

  static let sign: Primitive = .init(
    "sign", "-1, 0 or 1 as x is negative, zero or positive.",
    kernel: .map(c: wl_sign),
    rule: .flat,
    analytic: .step,
    notation: .function(latex: #"\operatorname{sgn}"#),
    domain: Domain(samples: [0.3...2]),
    kinks: [
      Kink(
        place: "x = 0", convention: "the value jumps; 0 is used", point: [0], slopes: [0],
        distance: { $0.x })
    ],
    example: Example("sign([-3, 0, 5])", "[-1.  0.  1.]"))

  static let relu: Primitive = .init(
    "relu", "x where x is positive, 0 elsewhere.",
    kernel: .map(c: wl_relu),
    rule: .partials { o in [greater(o.x, 0)] },
    analytic: .pair { z in Pair(relu(z.re), choose(greater(z.re, 0), z.b, 0)) },
    domain: Domain(samples: [0.3...2]),
    kinks: [
      Kink(
        place: "x = 0", convention: "between 0 and 1; 0 is used", point: [0], slopes: [0],
        distance: { $0.x }, sides: .between(left: [0], right: [1]))
    ],
    proof: ["Right of 0 it is x, with slope 1; left of 0 it is constant, with slope 0."],
    example: Example("relu([-3, 5])", "[0. 5.]"))

  static let maximum: Primitive = .init(
    "max", "The larger of a and b.", spellings: ["maximum"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_max),
    rule: .partials { o in [greaterEqual(o.x, o.y), less(o.x, o.y)] },
    analytic: .pairs { p in
      let isFirst = greaterEqual(p[0].re, p[1].re)
      return Pair(maximum(p[0].re, p[1].re), choose(isFirst, p[0].b, p[1].b))
    },
    notation: .function(latex: #"\max"#),
    domain: Domain(samples: [-2...(-0.2), 0.2...2]),
    kinks: [
      Kink(
        place: "a = b", convention: "shared by a and b; all of it goes to a",
        point: [1, 1], slopes: [1, 0],
        distance: { $0.x - $0.y }, sides: .between(left: [0, 1], right: [1, 0]))
    ],
    proof: ["Where a > b the maximum is a, near by too: slopes 1 and 0. Where a < b: 0 and 1."],
    example: Example("max([1, 5], 3)", "[3. 5.]"))

  static let minimum: Primitive = .init(
    "min", "The smaller of a and b.", spellings: ["minimum"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_min),
    rule: .partials { o in [lessEqual(o.x, o.y), greater(o.x, o.y)] },
    analytic: .pairs { p in
      let isFirst = lessEqual(p[0].re, p[1].re)
      return Pair(minimum(p[0].re, p[1].re), choose(isFirst, p[0].b, p[1].b))
    },
    notation: .function(latex: #"\min"#),
    domain: Domain(samples: [-2...(-0.2), 0.2...2]),
    kinks: [
      Kink(
        place: "a = b", convention: "shared by a and b; all of it goes to a",
        point: [1, 1], slopes: [1, 0],
        distance: { $0.x - $0.y }, sides: .between(left: [1, 0], right: [0, 1]))
    ],
    proof: ["Where a < b the minimum is a, near by too: slopes 1 and 0. Where a > b: 0 and 1."],
    example: Example("min([1, 5], 3)", "[1. 3.]"))

  static let floor: Primitive = .init(
    "floor", "The largest whole number that is not above x.",
    kernel: .map(c: wl_floor),
    rule: .flat,
    analytic: .step,
    notation: .enclosed(open: #"\left\lfloor "#, close: #"\right\rfloor"#),
    domain: Domain(samples: [0.2...0.8]),
    kinks: [
      Kink(
        place: "x whole", convention: "the value jumps; 0 is used", point: [1], slopes: [0],
        distance: { $0.x - round($0.x) })
    ],
    example: Example("floor(-2.5)", "-3"))

  static let ceil: Primitive = .init(
    "ceil", "The smallest whole number that is not below x.", spellings: ["ceiling"],
    kernel: .map(c: wl_ceil),
    rule: .flat,
    analytic: .step,
    notation: .enclosed(open: #"\left\lceil "#, close: #"\right\rceil"#),
    domain: Domain(samples: [0.2...0.8]),
    kinks: [
      Kink(
        place: "x whole", convention: "the value jumps; 0 is used", point: [1], slopes: [0],
        distance: { $0.x - round($0.x) })
    ],
    example: Example("ceil(2.5)", "3"))

  static let round: Primitive = .init(
    "round", "The whole number nearest to x; of two the even one.",
    kernel: .map(c: wl_round),
    rule: .flat,
    analytic: .step,
    domain: Domain(samples: [-0.3...0.3]),
    kinks: [
      Kink(
        place: "x half a whole number", convention: "the value jumps; 0 is used",
        point: [0.5], slopes: [0], distance: { $0.x - floor($0.x) - 0.5 })
    ],
    example: Example("round([2.4, 2.5, 2.6])", "[2. 2. 3.]"))
}
