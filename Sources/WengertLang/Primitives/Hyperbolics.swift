import WengertKernels

/// Hyperbolic functions and their inverses.
extension Primitive {
  static let hyperbolics: [Primitive] = [sinh, cosh, tanh, asinh, acosh, atanh]

  static let sinh: Primitive = .init(
    "sinh", "The hyperbolic sine of x.",
    kernel: .map(c: wl_sinh),
    rule: .partials { o in [cosh(o.x)] },
    analytic: .pair { z in Pair(sinh(z.re) * cos(z.b), cosh(z.re) * sin(z.b)) },
    notation: .function(latex: #"\sinh"#),
    proof: ["sinh x = (exp(x) - exp(-x))/2, with the slope (exp(x) + exp(-x))/2 = cosh x."],
    example: Example("sinh(1)", "1.1752"))

  static let cosh: Primitive = .init(
    "cosh", "The hyperbolic cosine of x.",
    kernel: .map(c: wl_cosh),
    rule: .partials { o in [sinh(o.x)] },
    analytic: .pair { z in Pair(cosh(z.re) * cos(z.b), sinh(z.re) * sin(z.b)) },
    notation: .function(latex: #"\cosh"#),
    proof: ["cosh x = (exp(x) + exp(-x))/2, with the slope (exp(x) - exp(-x))/2 = sinh x."],
    example: Example("cosh(1)", "1.54308"))

  static let tanh: Primitive = .init(
    "tanh", "The hyperbolic tangent of x.",
    kernel: .map(.tanh, c: wl_tanh),
    rule: .partials { o in [1 - square(o.z)] },
    analytic: .pair { z in
      let (t, u) = (tanh(z.re), tan(z.b))
      return Pair(t, u) / Pair(1, t * u)
    },
    notation: .function(latex: #"\tanh"#),
    proof: ["tanh = sinh/cosh, so the slope is (cosh² - sinh²)/cosh² = 1 - tanh²."],
    example: Example("tanh(0.5)", "0.462117"))

  static let asinh: Primitive = .init(
    "asinh", "The number whose hyperbolic sine is x.", spellings: ["arcsinh"],
    kernel: .map(c: wl_asinh),
    rule: .partials { o in [1 / hypot(1, o.x)] },
    analytic: .pair { z in
      let angle = z.turned.arcsine
      return Pair(angle.b, -angle.re)
    },
    notation: .function(latex: #"\operatorname{arsinh}"#),
    proof: ["sinh(asinh x) = x. Derive: cosh(asinh x) · asinh'(x) = 1, cosh = √(1 + sinh²)."],
    example: Example("asinh(1)", "0.881374"))

  static let acosh: Primitive = .init(
    "acosh", "The number from 0 up whose hyperbolic cosine is x.", spellings: ["arccosh"],
    kernel: .map(c: wl_acosh),
    rule: .singularPartials { o in
      // Not √(x² - 1), which is too large for large x and loses digits near 1.
      [1 / (sqrt(o.x - 1) * sqrt(o.x + 1))]
    },
    analytic: .pair { z in
      let (low, high) = ((z - Pair(1)).root, (z + Pair(1)).root)
      return Pair(asinh((low.conjugate * high).re), 2 * atan2(low.b, high.re))
    },
    notation: .function(latex: #"\operatorname{arcosh}"#),
    domain: Domain(text: "x ≥ 1", samples: [1.5...4]),
    kinks: [
      Kink(
        place: "x = 1", convention: "it begins there, with an infinite slope", point: [1],
        slopes: [.infinity], distance: { $0.x - 1 })
    ],
    proof: [
      "cosh(acosh x) = x. Derive: sinh(acosh x) · acosh'(x) = 1,",
      "and sinh = √(cosh² - 1) = √(cosh - 1) √(cosh + 1).",
    ],
    example: Example("acosh(2)", "1.31696"))

  static let atanh: Primitive = .init(
    "atanh", "The number whose hyperbolic tangent is x.", spellings: ["arctanh"],
    kernel: .map(c: wl_atanh),
    // Not 1 - x², which loses digits near the ends.
    rule: .singularPartials { o in [1 / ((1 - o.x) * (1 + o.x))] },
    analytic: .pair { z in
      let (low, high) = (z.b / (1 - z.re), z.b / (1 + z.re))
      return Pair(
        atanh(z.re) + 0.25 * (log1p(square(high)) - log1p(square(low))),
        0.5 * (atan(low) + atan(high)))
    },
    notation: .function(latex: #"\operatorname{artanh}"#),
    domain: Domain(text: "-1 < x < 1", samples: [-0.8...0.8]),
    proof: ["tanh(atanh x) = x. Derive: (1 - x²) · atanh'(x) = 1, and 1 - x² = (1 - x) (1 + x)."],
    example: Example("atanh(0.5)", "0.549306"))
}
