import WengertKernels

/// Powers, roots, reciprocals.
extension Primitive {
  static let powers: [Primitive] = [square, sqrt, pow, reciprocal]

  static let square: Primitive = .init(
    "square", "The square of x.", spellings: ["sq"],
    kernel: .map(.square) { $0 * $0 },
    rule: .partials { o in [2 * o.x] },
    notation: .fixedPower(2),
    identity: Identity(product: [2]),
    example: Example("square(3)", "9"))

  static let sqrt: Primitive = .init(
    "sqrt", "The square root of x.",
    kernel: .map(.sqrt, c: wl_sqrt),
    rule: .singularPartials { o in [1 / (2 * o.z)] },
    notation: .enclosed(open: #"\sqrt{"#, close: "}"),
    identity: Identity(product: [0.5]),
    domain: Domain(text: "x ≥ 0", samples: [0.5...4]),
    example: Example("sqrt(2)", "1.41421"))

  /// Where the exponent is 0 the slope in x is 0, and where the power is 0 the slope in y is 0.
  static let pow: Primitive = .init(
    "pow", "x to the power y.", spellings: ["power"],
    arguments: [.operand("x"), .operand("y")],
    kernel: .zip(.pow, c: wl_pow),
    rule: .singularPartials { o in
      [chain(o.y, pow(o.x, o.y - 1)), chain(o.z, log(o.x))]
    },
    notation: .power,
    identity: Identity(right: 1, isPower: true),
    domain: Domain(text: "x ≥ 0, or y a whole number", samples: [0.5...2.5, -2...3]),
    kinks: [
      Kink(
        place: "x = 0, y > 0", convention: "x^y is 0 for all y near by: slope in y is 0",
        point: [0, 2], slopes: [0, 0]),
      Kink(
        place: "y = 0, x = 0", convention: "x^0 is 1 for all x: slope in x is 0",
        point: [0, 0], slopes: [0, -.infinity]),
    ],
    example: Example("pow(2, 10)", "1024"))

  static let reciprocal: Primitive = .init(
    "reciprocal", "One divided by x.", spellings: ["recip"],
    kernel: .map { 1 / $0 },
    rule: .singularPartials { o in [-square(o.z)] },
    notation: .fixedPower(-1),
    identity: Identity(product: [-1]),
    domain: Domain(text: "x ≠ 0", samples: [0.5...2]),
    example: Example("reciprocal(4)", "0.25"))
}
