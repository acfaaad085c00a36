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
    analytic: .pair { z in Pair(exp(z.re) * cos(z.b), exp(z.re) * sin(z.b)) },
    notation: .function(latex: #"\exp"#),
    domain: Domain(
      rewrite: "softmax(x) for exp(x) / sum(exp(x)), logSumExp(x) for log(sum(exp(x)))"),
    proof: ["(exp(x + h) - exp(x))/h = exp(x) (exp(h) - 1)/h, and (exp(h) - 1)/h tends to 1."],
    example: Example("exp(1)", "2.71828"))

  static let log: Primitive = .init(
    "log", "The natural logarithm of x.", spellings: ["ln"],
    kernel: .map(.log, c: wl_log),
    rule: .singularPartials { o in [1 / o.x] },
    analytic: .pair { $0.logarithm },
    notation: .function(latex: #"\log"#),
    domain: Domain(
      text: "x > 0", samples: [0.5...4],
      rewrite: "xlogy(x, y) for x*log(y), logSumExp(x) for log(sum(exp(x)))"),
    proof: ["exp(log x) = x. Derive both sides: exp(log x) · log'(x) = 1, so log'(x) = 1/x."],
    example: Example("log(2)", "0.693147"))

  static let expm1: Primitive = .init(
    "expm1", "exp(x) - 1, exact for small x.",
    kernel: .map(c: wl_expm1),
    rule: .partials { o in [o.z + 1] },
    analytic: .pair { z in
      Pair(
        expm1(z.re) * cos(z.b) - 2 * square(sin(z.b / 2)), exp(z.re) * sin(z.b))
    },
    proof: ["The 1 is constant: the slope is that of exp, and exp(x) = expm1(x) + 1."],
    example: Example("expm1(0.5)", "0.648721"))

  static let log1p: Primitive = .init(
    "log1p", "log(1 + x), exact for small x.",
    kernel: .map(c: wl_log1p),
    rule: .singularPartials { o in [1 / (1 + o.x)] },
    analytic: .pair { z in
      let r = z.b / (1 + z.re)
      return Pair(log1p(z.re) + 0.5 * log1p(square(r)), atan(r))
    },
    domain: Domain(text: "x > -1", samples: [-0.5...2]),
    proof: ["The chain rule with u = 1 + x: log'(u) · du/dx = 1/u · 1."],
    example: Example("log1p(1)", "0.693147"))

  static let sigmoid: Primitive = .init(
    "sigmoid", "The logistic function 1 / (1 + exp(-x)).",
    spellings: ["sigma", "logistic", "σ"],
    kernel: .map(.sigmoid, c: wl_sigmoid),
    rule: .partials { o in [o.z * (1 - o.z)] },
    analytic: .pair { z in
      let (s, rest) = (sigmoid(z.re), sigmoid(-z.re))
      let lost = 2 * square(sin(z.b / 2))
      let size = 1 - 2 * (s * rest) * lost
      return Pair(s * (1 - rest * lost) / size, s * rest * sin(z.b) / size)
    },
    notation: .function(latex: #"\sigma"#),
    proof: [
      "s = 1/u with u = 1 + exp(-x): s' = -1/u² · (-exp(-x)) = s · exp(-x)/u.",
      "exp(-x)/u = (u - 1)/u = 1 - s, so s' = s (1 - s), read off the result.",
    ],
    example: Example("sigmoid(1)", "0.731059"))

  static let softplus: Primitive = .init(
    "softplus", "log(1 + exp(x)), a smooth relu.",
    kernel: .map(c: wl_softplus),
    rule: .partials { o in [sigmoid(o.x)] },
    analytic: .pair { z in
      let (s, rest) = (sigmoid(z.re), sigmoid(-z.re))
      return Pair(
        softplus(z.re) + 0.5 * log1p(-4 * (s * rest) * square(sin(z.b / 2))),
        atan2(s * sin(z.b), rest + s * cos(z.b)))
    },
    proof: ["The chain rule: exp(x)/(1 + exp(x)) = 1/(1 + exp(-x)), the sigmoid."],
    example: Example("softplus(0)", "0.693147"))

  static let xlogy: Primitive = .init(
    "xlogy", "x log(y), and 0 where x is 0.",
    arguments: [.operand("x"), .operand("y")],
    kernel: .zip(c: wl_xlogy),
    rule: .singularPartials { o in [log(o.y), chain(o.x, 1 / o.y)] },
    analytic: .pairs { p in
      let (x, l) = (p[0], p[1].logarithm)
      return Pair(
        chain(x.re, l.re) - chain(x.b, l.b), chain(x.b, l.re) + chain(x.re, l.b))
    },
    domain: Domain(text: "y > 0, or y ≥ 0 where x is 0", samples: [-2...2, 0.5...4]),
    kinks: [
      Kink(
        place: "x = 0, y = 0", convention: "0 for all y: slope in y is 0, in x the limit",
        point: [0, 0], slopes: [-.infinity, 0], distance: { abs($0.x) + abs($0.y) })
    ],
    proof: ["x log y is linear in x with the slope log y; in y it is x times log'(y) = 1/y."],
    example: Example("xlogy([0, 2], [0, 1])", "[0. 0.]"))

  static let erf: Primitive = .init(
    "erf", "The error function 2/√π ∫ exp(-t²) dt from 0 to x.",
    kernel: .map(c: wl_erf),
    rule: .partials { o in [1.1283791670955126 * exp(-square(o.x))] },
    analytic: .pair { .errorFunction($0) },
    proof: ["The slope of an integral by its upper end is the integrand: 2/√π exp(-x²)."],
    example: Example("erf(1)", "0.842701"))
}

extension Pair {
  /// The real error function plus 2/√π exp(-a²) ∫ exp(t² - 2i a t) dt from 0 to b, times i: by
  /// Gauss's formula of eight nodes, to full precision while |a b| ≤ 1 and |b| ≤ 1.
  fileprivate static func errorFunction(_ z: Pair) -> Pair {
    let (a, b) = (z.re, z.b)
    var (along, across): (Formula, Formula) = (0, 0)
    for (node, weight) in gaussNodes {
      let t = .number(node) * b
      let size = .number(weight) * .of(.exp, [.of(.square, [t])])
      along = along + size * .of(.cos, [2 * a * t])
      across = across + size * .of(.sin, [2 * a * t])
    }
    let slope = 1.1283791670955126 * .of(.exp, [-.of(.square, [a])]) * b
    return Pair(.of(.erf, [a]) + slope * across, slope * along)
  }

  /// Nodes and weights of Gauss's formula on the interval from 0 to 1.
  private static let gaussNodes: [(Double, Double)] = [
    (0.019855071751231884, 0.05061426814518813),
    (0.10166676129318664, 0.11119051722668724),
    (0.2372337950418355, 0.15685332293894363),
    (0.4082826787521751, 0.181341891689181),
    (0.591717321247825, 0.181341891689181),
    (0.7627662049581645, 0.15685332293894363),
    (0.8983332387068134, 0.11119051722668724),
    (0.9801449282487681, 0.05061426814518813),
  ]
}
