import WengertKernels

/// Exponentials, logarithms and what is made of them.
extension Primitive {
  static let exponentials: [Primitive] = [
    exp, log, expm1, log1p, sigmoid, softplus, xlogy, erf,
  ]

  static let exp: Primitive = .init(
    "exp", "e to the power x.",
    kernel: .map(.exp, c: wl_exp),
    rule: .partials { o in [o.z] },
    notation: .function(latex: #"\exp"#),
    example: Example("exp(1)", "2.71828"))

  static let log: Primitive = .init(
    "log", "The natural logarithm of x.", spellings: ["ln"],
    kernel: .map(.log, c: wl_log),
    rule: .singularPartials { o in [1 / o.x] },
    notation: .function(latex: #"\log"#),
    domain: Domain(text: "x > 0", samples: [0.5...4]),
    example: Example("log(2)", "0.693147"))

  static let expm1: Primitive = .init(
    "expm1", "exp(x) - 1, exact for small x.",
    kernel: .map(c: wl_expm1),
    rule: .partials { o in [o.z + 1] },
    example: Example("expm1(0.5)", "0.648721"))

  static let log1p: Primitive = .init(
    "log1p", "log(1 + x), exact for small x.",
    kernel: .map(c: wl_log1p),
    rule: .singularPartials { o in [1 / (1 + o.x)] },
    domain: Domain(text: "x > -1", samples: [-0.5...2]),
    example: Example("log1p(1)", "0.693147"))

  static let sigmoid: Primitive = .init(
    "sigmoid", "The logistic function 1 / (1 + exp(-x)).",
    spellings: ["sigma", "logistic", "σ"],
    kernel: .map(.sigmoid, c: wl_sigmoid),
    rule: .partials { o in [o.z * (1 - o.z)] },
    notation: .function(latex: #"\sigma"#),
    example: Example("sigmoid(1)", "0.731059"))

  static let softplus: Primitive = .init(
    "softplus", "log(1 + exp(x)), a smooth relu.",
    kernel: .map(c: wl_softplus),
    rule: .partials { o in [sigmoid(o.x)] },
    example: Example("softplus(0)", "0.693147"))

  static let xlogy: Primitive = .init(
    "xlogy", "x log(y), and 0 where x is 0.",
    arguments: [.operand("x"), .operand("y")],
    kernel: .zip(c: wl_xlogy),
    rule: .singularPartials { o in [log(o.y), chain(o.x, 1 / o.y)] },
    domain: Domain(text: "y > 0, or y ≥ 0 where x is 0", samples: [-2...2, 0.5...4]),
    kinks: [
      Kink(
        place: "x = 0, y = 0", convention: "0 for all y: slope in y is 0",
        point: [0, 0], slopes: [-.infinity, 0])
    ],
    example: Example("xlogy([0, 2], [0, 1])", "[0. 0.]"))

  static let erf: Primitive = .init(
    "erf", "The error function 2/√π ∫ exp(-t²) dt from 0 to x.",
    kernel: .map(c: wl_erf),
    rule: .partials { o in [1.1283791670955126 * exp(-square(o.x))] },
    example: Example("erf(1)", "0.842701"))
}
