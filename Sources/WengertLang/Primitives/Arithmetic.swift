import WengertKernels

/// Sums, products, quotients.
extension Primitive {
  static let arithmetic: [Primitive] = [add, sub, mul, hadamard, div, neg, mod, copy, chain]

  static let add: Primitive = .init(
    "add", "The sum of a and b.", spellings: ["plus"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(.add, c: wl_add),
    rule: .partials { _ in [1, 1] },
    notation: .infix(language: "+", text: "+", latex: "+", .sum),
    identity: Identity(right: 0, left: 0, sum: [1, 1]),
    proof: ["((a + h) + b - (a + b))/h = 1 for every h; by symmetry 1 in b."],
    example: Example("add(3, 4)", "7"))

  static let sub: Primitive = .init(
    "sub", "The difference of a and b.", spellings: ["subtract", "minus"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(.sub, c: wl_sub),
    rule: .partials { _ in [1, -1] },
    notation: .infix(language: "-", text: "-", latex: "-", .sum),
    identity: Identity(right: 0, sum: [1, -1]),
    proof: ["((a + h) - b - (a - b))/h = 1 for every h; with b + h it is -1."],
    example: Example("sub(3, 4)", "-1"))

  static let mul: Primitive = .init(
    "mul", "The product of two numbers, or of a number and an array.",
    spellings: ["times", "multiply"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(.mul, c: wl_mul),
    rule: .partials { o in [o.y, o.x] },
    notation: .infix(language: "*", text: "·", latex: #"\cdot"#, .product),
    identity: Identity(right: 1, left: 1, negator: -1, product: [1, 1]),
    proof: ["((a + h) b - a b)/h = b for every h; by symmetry the slope in b is a."],
    example: Example("mul(3, 4)", "12"),
    forArrays: { hadamard })

  static let hadamard: Primitive = .init(
    "hadamard", "The product of two arrays, element by element.",
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_mul),
    rule: .partials { o in [o.y, o.x] },
    notation: .infix(language: "*", text: "⊙", latex: #"\odot"#, .product),
    identity: Identity(right: 1, left: 1, negator: -1, product: [1, 1]),
    proof: ["Each element is a product of its own: ((a + h) b - a b)/h = b."],
    example: Example("hadamard([1, 2], [3, 4])", "[3. 8.]"))

  static let div: Primitive = .init(
    "div", "The quotient of a and b.", spellings: ["divide"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(.div, c: wl_div),
    rule: .singularPartials { o in [1 / o.y, -(o.z / o.y)] },
    analytic: AnalyticForm(
      pairs: { p, _ in p[0] / p[1] },
      equation: .init(
        residual: { o in o.z * o.y - o.x }, correction: { o in -(o.bar / o.y) })),
    notation: .infix(language: "/", text: "/", latex: "/", .product),
    identity: Identity(right: 1, product: [1, -1]),
    domain: Domain(
      text: "b ≠ 0", samples: [-2...2, 0.5...2],
      rewrite: "where(b == 0, limit, a / where(b == 0, 1, b)), with the limit that is meant"),
    proof: [
      "In a: ((a + h)/b - a/b)/h = 1/b for every h.",
      "In b: (a/(b + h) - a/b)/h = -a/(b (b + h)), which tends to -a/b².",
    ],
    example: Example("div(3, 4)", "0.75"))

  static let neg: Primitive = .init(
    "neg", "The number with the other sign.", spellings: ["negate"],
    arguments: [.operand("a")],
    kernel: .map(.neg, c: wl_neg),
    rule: .partials { _ in [-1] },
    notation: .prefix(language: "-", text: "-", latex: "-"),
    identity: Identity(involution: true, sum: [-1]),
    proof: ["(-(a + h) + a)/h = -1 for every h."],
    example: Example("neg(3)", "-3"))

  static let mod: Primitive = .init(
    "mod", "The remainder of a by b, with the sign of b.", spellings: ["remainder"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_mod),
    rule: .partials { o in [1, -floor(o.x / o.y)] },
    analytic: .pairs { p in
      let (a, b) = (p[0], p[1])
      return Pair(mod(a.re, b.re), a.b - b.b * floor(a.re / b.re))
    },
    notation: .infix(language: "%", text: "%", latex: #"\bmod"#, .product),
    domain: Domain(text: "b ≠ 0", samples: [3.2...3.8, 1.3...1.55]),
    kinks: [
      Kink(
        place: "a a multiple of b",
        convention: "the value jumps; the slope of the turn that begins",
        point: [6, 3], slopes: [1, -2],
        distance: { o in
          // From the multiple below, or where that is nearer, from the one above.
          choose(less(2 * abs(o.z), abs(o.y)), o.z, o.z - o.y)
        })
    ],
    proof: [
      "a % b = a - b floor(a/b), and floor is constant between its jumps:",
      "the slope in a is 1, in b it is -floor(a/b).",
    ],
    example: Example("mod(-7, 3)", "2"))

  static let copy: Primitive = .init(
    "copy", "The value itself, as an entry of its own.",
    arguments: [.operand("a")],
    kernel: .map(.copy, c: wl_identity),
    rule: .partials { _ in [1] },
    identity: Identity(sum: [1]),
    example: Example("copy(3)", "3"))

  /// The product of an adjoint and a partial that may be infinite: nothing times anything is
  /// nothing.
  ///
  /// Rules use it also for a factor that wins where it is 0, as the 0 in `0 log 0`.
  static let chain: Primitive = .init(
    "chain", "The product of an adjoint g and a partial p, and 0 where g is 0.",
    arguments: [.operand("g"), .operand("p")],
    kernel: .zip(.chain, c: wl_chain),
    rule: .singularPartials { o in [o.y, o.x] },
    notation: .infix(language: "*", text: "·", latex: #"\cdot"#, .product),
    identity: Identity(right: 1, plain: { mul }, product: [1, 1]),
    example: Example("chain(0, inf)", "0"))
}
