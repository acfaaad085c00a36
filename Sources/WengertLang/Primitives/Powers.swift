import WengertKernels

/// Powers, roots, reciprocals.
extension Primitive {
  static let powers: [Primitive] = [square, sqrt, hypot, pow, reciprocal]

  static let square: Primitive = .init(
    "square", "The square of x.", spellings: ["sq"],
    kernel: .map(.square, c: wl_square),
    rule: .partials { o in [2 * o.x] },
    analytic: .pair { $0 * $0 },
    notation: .fixedPower(2),
    identity: Identity(product: [2]),
    proof: ["((x + h)² - x²)/h = 2 x + h, which tends to 2 x."],
    example: Example("square(3)", "9"))

  static let sqrt: Primitive = .init(
    "sqrt", "The square root of x.",
    kernel: .map(.sqrt, c: wl_sqrt),
    rule: .singularPartials { o in [1 / (2 * o.z)] },
    analytic: .pair { $0.root },
    notation: .enclosed(open: #"\sqrt{"#, close: "}"),
    identity: Identity(product: [0.5]),
    domain: Domain(
      text: "x ≥ 0", samples: [0.5...4],
      rewrite: "norm(v) for sqrt(sum(v^2)), abs(x) for sqrt(x^2); else keep x away from 0"),
    kinks: [
      Kink(
        place: "x = 0", convention: "it begins there, with an infinite slope", point: [0],
        slopes: [.infinity], distance: { $0.x })
    ],
    proof: ["(√(x + h) - √x)/h = 1/(√(x + h) + √x), which tends to 1/(2 √x); infinite at 0."],
    example: Example("sqrt(2)", "1.41421"))

  static let hypot: Primitive = .init(
    "hypot", "√(x² + y²), the length of (x, y), without overflow on the way.",
    arguments: [.operand("x"), .operand("y")],
    kernel: .zip(c: wl_hypot),
    rule: .singularPartials { o in [chain(o.x, 1 / o.z), chain(o.y, 1 / o.z)] },
    analytic: .pairs { p in (p[0] * p[0] + p[1] * p[1]).root },
    domain: Domain(samples: [0.5...2, 0.5...2]),
    kinks: [
      Kink(
        place: "x = 0, y = 0", convention: "the tip of a cone; 0 is used", point: [0, 0],
        slopes: [0, 0], distance: { $0.z },
        // The sides are those of the diagonal x = y.
        sides: .fixed([
          .left: [-KinkSides.diagonal, -KinkSides.diagonal],
          .right: [KinkSides.diagonal, KinkSides.diagonal],
        ]))
    ],
    proof: ["hypot² = x² + y². Derive by x: 2 hypot · d hypot/dx = 2 x; in y alike."],
    example: Example("hypot(3, 4)", "5"))

  /// Where the exponent is 0 the slope in x is 0, and where the power is 0 the slope in y is 0.
  static let pow: Primitive = .init(
    "pow", "x to the power y.", spellings: ["power"],
    arguments: [.operand("x"), .operand("y")],
    kernel: .zip(.pow, c: wl_pow),
    rule: .singularPartials { o in
      [chain(o.y, pow(o.x, o.y - 1)), chain(o.z, log(o.x))]
    },
    analytic: AnalyticForm(
      pairs: { p, _ in .power(p[0], p[1]) },
      composed: { c in c.wholePower },
      slopes: { c in
        guard c.numbers[1] != nil else { return nil }
        // A power that underflowed says nothing of its slopes, which need not be small.
        let power = Formula.of(.choose, [.of(.equal, [c.o.z, 0]), .number(.nan), c.o.z])
        return [c.o.y * power / c.o.x, c.o.z * log(c.o.x)]
      }),
    notation: .power,
    identity: Identity(right: 1, isPower: true),
    domain: Domain(text: "x ≥ 0, or y a whole number", samples: [0.5...2.5, -2...3]),
    kinks: [
      Kink(
        place: "x = 0, 0 < y < 1",
        convention: "it begins there, with an infinite slope in x; in y it is 0",
        point: [0, 0.5], slopes: [.infinity, 0],
        distance: { o in
          choose(Formula.of(.and, [greater(o.y, 0), less(o.y, 1)]), o.x, .number(.infinity))
        }),
      Kink(
        place: "y = 0, x = 0", convention: "x^0 is 1 for all x: slope in x is 0, in y the limit",
        point: [0, 0], slopes: [0, -.infinity], distance: { abs($0.x) + abs($0.y) }),
    ],
    proof: [
      "x^y = exp(y log x), so by the chain rule the slope in y is x^y log x,",
      "and in x it is x^y · y/x = y x^(y - 1).",
    ],
    example: Example("pow(2, 10)", "1024"))

  static let reciprocal: Primitive = .init(
    "reciprocal", "One divided by x.", spellings: ["recip"],
    kernel: .map(c: wl_reciprocal),
    rule: .singularPartials { o in [-square(o.z)] },
    analytic: .pair { Pair(1) / $0 },
    notation: .fixedPower(-1),
    identity: Identity(product: [-1]),
    domain: Domain(text: "x ≠ 0", samples: [0.5...2]),
    proof: ["(1/(x + h) - 1/x)/h = -1/(x (x + h)), which tends to -1/x²."],
    example: Example("reciprocal(4)", "0.25"))
}

extension Pair {
  /// A power, measured by that of the real part, so that small imaginary parts and negative bases
  /// with whole exponents are exact; where the real part is 0, by that of the imaginary one.
  fileprivate static func power(_ z: Pair, _ w: Pair) -> Pair {
    let r = Formula.of(.chain, [z.b, 1 / z.re])
    let (angle, spread) = (Formula.of(.atan, [r]), 1 + .of(.square, [r]))
    let onAxis = Formula.of(.equal, [z.re, 0])
    var size = Formula.of(.pow, [z.re, w.re])
    var turn = w.re * angle
    if z.im != nil {
      size = .of(
        .choose,
        [
          onAxis, .of(.pow, [.of(.abs, [z.b]), w.re]),
          size * .of(.pow, [spread, 0.5 * w.re]),
        ])
    }
    if let d = w.im {
      let logarithm = Formula.of(.log, [z.re]) + 0.5 * .of(.log, [spread])
      size = .of(.chain, [size, .of(.exp, [-(d * angle)])])
      turn = .of(.choose, [.of(.equal, [size, 0]), 0, d * logarithm + turn])
    }
    return Pair(
      .of(.chain, [size, .of(.cos, [turn])]), .of(.chain, [size, .of(.sin, [turn])]))
  }
}

extension Composition {
  /// A whole power by multiplications, at most twice as many as the exponent has binary digits.
  fileprivate var wholePower: Formula? {
    mutating get {
      guard let number = numbers[1], let n = Int(exactly: number), n.magnitude <= 64 else {
        return nil
      }
      guard n != 0 else { return 1 + 0 * o.x }
      var power: Formula?
      var factor = o.x
      var rest = n.magnitude
      while rest > 0 {
        if rest & 1 == 1 { power = keep(power.map { $0 * factor } ?? factor) }
        rest >>= 1
        if rest > 0 { factor = keep(.of(.square, [factor])) }
      }
      return n < 0 ? power.map { 1 / $0 } : power
    }
  }
}
