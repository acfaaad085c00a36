import WengertKernels

/// Sines, tangents and their inverses.
extension Primitive {
  static let trigonometry: [Primitive] = [sin, cos, tan, asin, acos, atan, atan2]

  static let sin: Primitive = .init(
    "sin", "The sine of x, in radians.",
    kernel: .map(.sin, c: wl_sin),
    rule: .partials { o in [cos(o.x)] },
    analytic: .pair { z in Pair(sin(z.re) * cosh(z.b), cos(z.re) * sinh(z.b)) },
    notation: .function(latex: #"\sin"#),
    proof: [
      "(sin(x + h) - sin x)/h = sin x (cos h - 1)/h + cos x (sin h)/h.",
      "(cos h - 1)/h tends to 0 and (sin h)/h to 1: cos x is left.",
    ],
    example: Example("sin(1)", "0.841471"))

  static let cos: Primitive = .init(
    "cos", "The cosine of x, in radians.",
    kernel: .map(.cos, c: wl_cos),
    rule: .partials { o in [-sin(o.x)] },
    analytic: .pair { z in Pair(cos(z.re) * cosh(z.b), -(sin(z.re) * sinh(z.b))) },
    notation: .function(latex: #"\cos"#),
    proof: [
      "(cos(x + h) - cos x)/h = cos x (cos h - 1)/h - sin x (sin h)/h.",
      "(cos h - 1)/h tends to 0 and (sin h)/h to 1: -sin x is left.",
    ],
    example: Example("cos(1)", "0.540302"))

  static let tan: Primitive = .init(
    "tan", "The tangent of x, in radians.",
    kernel: .map(c: wl_tan),
    rule: .partials { o in [1 + square(o.z)] },
    analytic: .pair { z in
      let (t, u) = (tan(z.re), tanh(z.b))
      return Pair(t, u) / Pair(1, -(t * u))
    },
    notation: .function(latex: #"\tan"#),
    domain: Domain(text: "x ≠ π/2 + k π", samples: [-1.2...1.2]),
    proof: ["tan = sin/cos, so the slope is (cos² + sin²)/cos² = 1 + tan²."],
    example: Example("tan(1)", "1.55741"))

  static let asin: Primitive = .init(
    "asin", "The angle between -π/2 and π/2 whose sine is x.", spellings: ["arcsin"],
    kernel: .map(c: wl_asin),
    // Not 1 - x², which loses digits near the ends.
    rule: .singularPartials { o in [1 / sqrt((1 - o.x) * (1 + o.x))] },
    analytic: .pair { $0.arcsine },
    notation: .function(latex: #"\arcsin"#),
    domain: Domain(text: "-1 ≤ x ≤ 1", samples: [-0.8...0.8]),
    kinks: ends(slopes: [.infinity]),
    proof: [
      "sin(asin x) = x. Derive: cos(asin x) · asin'(x) = 1,",
      "and cos(asin x) = √(1 - x²) = √((1 - x) (1 + x)).",
    ],
    example: Example("asin(1)", "1.5708"))

  static let acos: Primitive = .init(
    "acos", "The angle between 0 and π whose cosine is x.", spellings: ["arccos"],
    kernel: .map(c: wl_acos),
    rule: .singularPartials { o in [-(1 / sqrt((1 - o.x) * (1 + o.x)))] },
    analytic: .pair { z in
      let (low, high) = ((Pair(1) - z).root, (Pair(1) + z).root)
      return Pair(2 * atan2(low.re, high.re), asinh((high.conjugate * low).b))
    },
    notation: .function(latex: #"\arccos"#),
    domain: Domain(text: "-1 ≤ x ≤ 1", samples: [-0.8...0.8]),
    kinks: ends(slopes: [-.infinity]),
    proof: [
      "cos(acos x) = x. Derive: -sin(acos x) · acos'(x) = 1,",
      "and sin(acos x) = √(1 - x²) = √((1 - x) (1 + x)).",
    ],
    example: Example("acos(0)", "1.5708"))

  /// The ends of the interval from -1 to 1.
  private static func ends(slopes: [Double]) -> [Kink] {
    [
      Kink(
        place: "x = 1 or x = -1", convention: "it ends there, with an infinite slope",
        point: [1], slopes: slopes, distance: { 1 - abs($0.x) })
    ]
  }

  static let atan: Primitive = .init(
    "atan", "The angle between -π/2 and π/2 whose tangent is x.", spellings: ["arctan"],
    kernel: .map(c: wl_atan),
    rule: .partials { o in [1 / (1 + square(o.x))] },
    analytic: .pair { $0.arctangent },
    notation: .function(latex: #"\arctan"#),
    proof: ["tan(atan x) = x. Derive: (1 + tan²(atan x)) · atan'(x) = 1."],
    example: Example("atan(1)", "0.785398"))

  static let atan2: Primitive = .init(
    "atan2", "The angle of the point (x, y), between -π and π.", spellings: ["arctan2"],
    arguments: [.operand("y"), .operand("x")],
    kernel: .zip(c: wl_atan2),
    rule: .singularPartials { o in
      // Twice over the distance, not once over its square, which may be too large or too small.
      let distance = hypot(o.x, o.y)
      return [o.y / distance / distance, -(o.x / distance / distance)]
    },
    analytic: .pairs { p in
      let (y, x) = (p[0], p[1])
      let squaredDistance = square(x.re) + square(y.re)
      let across = Pair(0, y.b * x.re - x.b * y.re)
      let along = Pair(squaredDistance, x.b * x.re + y.b * y.re)
      return Pair(atan2(y.re, x.re)) + (across / along).arctangent
    },
    domain: Domain(text: "x and y not both 0", samples: [-2...2, 0.5...2]),
    kinks: [
      Kink(
        place: "y = 0, x < 0", convention: "the angle jumps from π to -π; the common slope",
        point: [0, -2], slopes: [-0.5, 0],
        distance: { choose(less($0.y, 0), $0.x, .number(.infinity)) }),
      Kink(
        place: "y = 0, x = 0",
        convention: "another slope from every direction; nan is used",
        point: [0, 0], slopes: [.nan, .nan], distance: { abs($0.x) + abs($0.y) },
        // Left and right along the axis y = 0; the slopes of all directions lie around 0.
        sides: .fixed([
          .left: [-.infinity, 0], .right: [.infinity, 0], .middle: [0, 0], .minimumNorm: [0, 0],
        ])),
    ],
    proof: [
      "Where x > 0 the angle is atan(y/x): slopes x/(x² + y²) in y, -y/(x² + y²) in x.",
      "Elsewhere it is that plus a constant, or a constant minus atan(x/y): the same slopes.",
    ],
    example: Example("atan2(1, -1)", "2.35619"))
}
