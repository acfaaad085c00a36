/// A row of the table of optimizers: how a step of `minimize` changes the weights.
///
/// A step is formulas in the language's own operations, so training is a loop like any other.
struct Optimizer: Sendable {
  /// What stands in its brackets: `rate = 0.1`.
  struct Option: Sendable {
    let name: String
    /// What it is when it is left out; nil where it has to be given.
    var standard: Double?
    let summary: String
  }

  /// How a step is made.
  enum Method: Sendable {
    /// Of every weight for itself, element by element: the formulas of its states, which start at
    /// 0, and then of the weight.
    case each(states: Int, step: @Sendable (Quantities) -> [Formula])
    /// Of all weights together, along curvature that is learned from their gradients.
    case quasiNewton
  }

  let name: String
  let summary: String
  /// The formula of a step, as help shows it.
  let formula: String
  let options: [Option]
  let method: Method

  /// What the formulas of a step may speak of, for one weight.
  struct Quantities: Sendable {
    fileprivate let options: [Option]
    fileprivate let states: Int

    /// The weight before the step.
    var weight: Formula { .operand(0) }
    /// The gradient at the weight.
    var gradient: Formula { .operand(1) }
    /// The number of the step, counted from 1.
    var number: Formula { .operand(2) }
    /// An option by its name.
    subscript(_ name: String) -> Formula {
      .operand(3 + (options.firstIndex { $0.name == name } ?? 0))
    }
    /// A state before the step, 0 at the first.
    func state(_ index: Int) -> Formula { .operand(3 + options.count + index) }
    /// A state behind the step, for the formulas after its own.
    func next(_ index: Int) -> Formula { .operand(3 + options.count + states + index) }
  }

  /// The formulas of the states and the weight after a step; none for other methods.
  var formulas: [Formula] {
    guard case .each(let states, let step) = method else { return [] }
    return step(Quantities(options: options, states: states))
  }

  /// How many states each weight has.
  var stateCount: Int {
    if case .each(let states, _) = method { return states }
    return 0
  }

  // MARK: The table

  static let all = [sgd, momentum, rmsprop, adam, lbfgs]

  private static let rate = Option(name: "rate", summary: "how far a step goes")
  private static let tiny = Option(
    name: "eps", standard: 1e-8, summary: "keeps the divisor from 0, outside the root")
  /// The option that every optimizer has, and its place behind the others.
  static let tolerance = Option(
    name: "tolerance", standard: 0,
    summary: "training ends when no element of the gradient is larger in size")

  static let sgd = Optimizer(
    name: "sgd", summary: "Steps down the gradient.", formula: "w -= rate*g", options: [rate],
    method: .each(states: 0) { o in [o.weight - o["rate"] * o.gradient] })

  static let momentum = Optimizer(
    name: "momentum", summary: "Steps with a speed that the gradient changes.",
    formula: "v = beta*v + g;  w -= rate*v",
    options: [rate, Option(name: "beta", standard: 0.9, summary: "how much of the speed stays")],
    method: .each(states: 1) { o in
      [o["beta"] * o.state(0) + o.gradient, o.weight - o["rate"] * o.next(0)]
    })

  static let rmsprop = Optimizer(
    name: "rmsprop", summary: "Steps in units of the gradient's recent size, for each element.",
    formula: "s = beta*s + (1 - beta)*g^2;  w -= rate*g/(sqrt(s) + eps)",
    options: [
      rate, Option(name: "beta", standard: 0.9, summary: "how much of the size stays"), tiny,
    ],
    method: .each(states: 1) { o in
      [
        o["beta"] * o.state(0) + (1 - o["beta"]) * .of(.pow, [o.gradient, 2]),
        o.weight - o["rate"] * o.gradient / (.of(.sqrt, [o.next(0)]) + o["eps"]),
      ]
    })

  static let adam = Optimizer(
    name: "adam", summary: "Momentum in units of the gradient's recent size, both unbiased.",
    formula: "m = beta1*m + (1 - beta1)*g;  v = beta2*v + (1 - beta2)*g^2;  "
      + "w -= rate*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t)) + eps)",
    options: [
      rate, Option(name: "beta1", standard: 0.9, summary: "how much of the speed stays"),
      Option(name: "beta2", standard: 0.999, summary: "how much of the size stays"), tiny,
    ],
    method: .each(states: 2) { o in
      let (beta1, beta2) = (o["beta1"], o["beta2"])
      let speed = beta1 * o.state(0) + (1 - beta1) * o.gradient
      let size = beta2 * o.state(1) + (1 - beta2) * .of(.pow, [o.gradient, 2])
      let step = o.next(0) / (1 - .of(.pow, [beta1, o.number]))
      let scale = Formula.of(.sqrt, [o.next(1) / (1 - .of(.pow, [beta2, o.number]))]) + o["eps"]
      return [speed, size, o.weight - o["rate"] * step / scale]
    })

  static let lbfgs = Optimizer(
    name: "lbfgs",
    summary: "Quasi-Newton steps from the last few changes, each with a line search.",
    formula: "w += t*d, where d is minus the gradient by the curvature of the last changes",
    options: [
      Option(name: "memory", standard: 10, summary: "how many changes it remembers")
    ],
    method: .quasiNewton)
}
