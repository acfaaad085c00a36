import WengertKernels

/// Comparisons and what joins them: 1 where they hold, 0 elsewhere, without a slope.
extension Primitive {
  static let comparisons: [Primitive] = [
    less, greater, lessEqual, greaterEqual, equal, notEqual, and, or, not,
  ]

  private static let jump = [
    Kink(
      place: "a = b",
      convention: "the condition turns; its slope is 0, and what it decides goes its way",
      point: [1, 1], slopes: [0, 0],
      distance: { $0.x - $0.y })
  ]

  static let less: Primitive = .init(
    "less", "Whether a is less than b.",
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_less),
    rule: .flat,
    notation: .infix(language: "<", text: "<", latex: "<", .comparison),
    kinks: jump,
    example: Example("[1, 2] < 2", "[1. 0.]"))

  static let greater: Primitive = .init(
    "greater", "Whether a is greater than b.",
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_greater),
    rule: .flat,
    notation: .infix(language: ">", text: ">", latex: ">", .comparison),
    kinks: jump,
    example: Example("[1, 2] > 1", "[0. 1.]"))

  static let lessEqual: Primitive = .init(
    "lessEqual", "Whether a is less than b or equal to it.", spellings: ["less_equal"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_at_most),
    rule: .flat,
    notation: .infix(language: "<=", text: "≤", latex: #"\le"#, .comparison),
    kinks: jump,
    example: Example("[1, 2] <= 1", "[1. 0.]"))

  static let greaterEqual: Primitive = .init(
    "greaterEqual", "Whether a is greater than b or equal to it.", spellings: ["greater_equal"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_at_least),
    rule: .flat,
    notation: .infix(language: ">=", text: "≥", latex: #"\ge"#, .comparison),
    kinks: jump,
    example: Example("[1, 2] >= 2", "[0. 1.]"))

  static let equal: Primitive = .init(
    "equal", "Whether a and b are equal.",
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_equal),
    rule: .flat,
    notation: .infix(language: "==", text: "=", latex: "=", .comparison),
    kinks: jump,
    example: Example("[1, 2] == 2", "[0. 1.]"))

  static let notEqual: Primitive = .init(
    "notEqual", "Whether a and b differ.", spellings: ["not_equal"],
    arguments: [.operand("a"), .operand("b")],
    kernel: .zip(c: wl_unequal),
    rule: .flat,
    notation: .infix(language: "!=", text: "≠", latex: #"\ne"#, .comparison),
    kinks: jump,
    example: Example("[1, 2] != 2", "[1. 0.]"))

  static let and: Primitive = .init(
    "and", "Whether both conditions hold.",
    arguments: [.discrete("a"), .discrete("b")],
    kernel: .zip(c: wl_and),
    rule: .flat,
    notation: .infix(language: "and", text: "and", latex: #"\land"#, .conjunction),
    example: Example("[1, 1] and [0, 1]", "[0. 1.]"))

  static let or: Primitive = .init(
    "or", "Whether one of the conditions holds, or both.",
    arguments: [.discrete("a"), .discrete("b")],
    kernel: .zip(c: wl_or),
    rule: .flat,
    notation: .infix(language: "or", text: "or", latex: #"\lor"#, .disjunction),
    example: Example("[0, 1] or [0, 0]", "[0. 1.]"))

  static let not: Primitive = .init(
    "not", "Whether the condition does not hold.",
    arguments: [.discrete("a")],
    kernel: .map(c: wl_not),
    rule: .flat,
    notation: .prefix(language: "not ", text: "not ", latex: #"\lnot "#),
    example: Example("not [0, 1]", "[1. 0.]"))
}
