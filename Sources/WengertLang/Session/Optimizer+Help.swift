/// What help says of training.
extension Optimizer {
  /// The page of an optimizer: a step, and its options.
  var page: Markup {
    var page = Markup(usage, .operation)
    page.append("  " + summary)
    for (place, line) in formula.split(separator: ";").enumerated() {
      page.append(place == 0 ? "\n  a step   " : "\n           ", .dimmed)
      page.append(String(line.drop { $0 == " " }))
    }
    let all = options + [Optimizer.tolerance]
    let width = all.map(\.name.count).max() ?? 0
    for (place, option) in all.enumerated() {
      page.append(place == 0 ? "\n  options  " : "\n           ", .dimmed)
      page.append(option.name, .name)
      page.pad(width - option.name.count + 2)
      page.append(option.summary)
      let standard = option.standard.map { NumberFormat.significant($0) } ?? "to be given"
      page.append(" (\(standard))", .dimmed)
    }
    return page
  }

  /// The page of the statement.
  static var statementPage: Markup {
    var page = Markup(
      "minimize E over W by sgd(rate = 0.1) [batch 16 of X, t] for 100 steps [every 10 print E] "
        + "[save every 100 to \"w.npz\"] [from \"w.npz\"]",
      .operation)
    page.append("\nChanges the weights W, step by step, so that the number E becomes small.")
    for optimizer in all {
      page.append("\n  " + optimizer.name, .name)
      page.pad(11 - optimizer.name.count)
      page.append(optimizer.summary)
    }
    page.append("\nE_history has the value before each step; Ctrl-C ends training and keeps W.")
    return page
  }
}
