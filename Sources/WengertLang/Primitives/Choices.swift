/// Choices between values.
extension Primitive {
  static let choices: [Primitive] = [choose]

  static let choose: Primitive = .init(
    "where", "a where the condition holds, b elsewhere.",
    arguments: [.discrete("c"), .operand("a"), .operand("b")],
    kernel: .select { c, a, b in c != 0 ? a : b },
    rule: .general(
      pullbacks: { o in [nil, choose(o.x, o.bar, 0), choose(o.x, 0, o.bar)] },
      pushforward: { o in [nil, choose(o.x, o.bar, 0), choose(o.x, 0, o.bar)] }),
    analytic: .linear,
    example: Example("where([1, 0], [3, 4], [5, 6])", "[3. 6.]"))
}
