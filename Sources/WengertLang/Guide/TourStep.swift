/// A step of `:tour`: a few words, and statements that are typed for the reader.
struct TourStep: Sendable {
  let title: String
  let text: [String]
  let statements: [String]

  /// The steps; each goes on with what the steps before it bound.
  static let all: [TourStep] = [
    TourStep(
      title: "A list",
      text: ["Every line makes an entry from entries above it, and is computed once."],
      statements: ["x1 = 3", "x2 = 4", "z1 = add(x1, x1)"]),
    TourStep(
      title: "A formula",
      text: ["A formula is short for several entries. `list` shows what it became."],
      statements: ["f = (z1 + x2)^2", "list f"]),
    TourStep(
      title: "The trace",
      text: [
        "`trace` shows each value, then each adjoint: how fast f grows with that entry.",
        "Read the lower half from the top: df/df is 1, and each entry hands its adjoint on.",
      ],
      statements: ["trace f"]),
    TourStep(
      title: "In symbols",
      text: ["`derive` works the same derivative out as a formula, with the reason for each step."],
      statements: ["derive f wrt x1"]),
    TourStep(
      title: "A derivative is a value",
      text: ["`grad` is part of formulas, so it can be derived again. `'` is for functions."],
      statements: ["g = grad(f, x1)", "grad(g, x1)", "h(t) = t*sin(t)", "h''(2)"]),
    TourStep(
      title: "Is it right?",
      text: ["Hold a derivative beside a difference, or a step off the real axis."],
      statements: ["print g, difference(f, x1, 1e-5), complexstep(f, x1)"]),
    TourStep(
      title: "Training",
      text: ["`minimize` runs the entries again at every step, and binds the weights anew."],
      statements: [
        "X = [[0, 1], [1, 0], [1, 1]]", "Y = [[2], [1], [3]]", "W = zeros(2, 1)",
        "E = mean((X @ W - Y)^2)", "minimize E over W by adam(rate = 0.1) for 300 steps",
        "print \"{W:.3f}\"",
      ]),
    TourStep(
      title: "Help",
      text: [
        "`explain` has a page on every operation, message and idea; `:help` lists the commands.",
        "Tab completes. The tour has bound nothing: your own names are as they were.",
      ],
      statements: ["explain square"]),
  ]

  /// What stands above the statements.
  func heading(_ number: Int) -> Markup {
    var text = Markup("\(number) of \(TourStep.all.count)  \(title)\n", .heading)
    for line in self.text { text.append(line + "\n") }
    return text
  }
}
