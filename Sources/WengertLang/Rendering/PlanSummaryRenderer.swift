import WengertKernels

/// What a plan does, in a few lines, and as JSON.
struct PlanSummaryRenderer {
  /// The first line begins with a title; the others are indented below it.
  func render(_ plan: PlanSummary, title: String) -> Markup {
    var text = Markup("  \(title) ", .heading)
    text.append(
      "\(counted(plan.entries, "entry", "entries")) in \(counted(plan.steps, "step", "steps")), "
        + CostRenderer().memory(Double(plan.bytes)) + " of values\n")
    for line in details(plan) { text.appendLine(Markup("    " + line)) }
    return text
  }

  /// The members are the numbers of the lines.
  func json(_ plan: PlanSummary) -> JSON {
    .members([
      "entries": .int(plan.entries), "steps": .int(plan.steps), "bytes": .int(plan.bytes),
      "once": .int(plan.once), "wide": .int(plan.wide), "turn": .int(plan.turnwise),
      "fused": .int(plan.fused), "grouped": .int(plan.grouped), "groups": .int(plan.groups),
      "views": .int(plan.views), "inPlace": .int(plan.inPlace), "sums": .int(plan.sums),
      "histories": .int(plan.histories),
    ])
  }

  private func details(_ plan: PlanSummary) -> [String] {
    let loops = [
      (plan.once, "once for all turns"), (plan.wide, "for \(WL_LANES) turns at a time"),
      (plan.turnwise, "in each turn"),
    ].filter { $0.0 > 0 }.map { "\($0) \($1)" }
    let lines = [
      (loops.count, "loops: " + loops.joined(separator: ", ")),
      (plan.fused, "fused: \(plan.fused) of these, for a few rows at a time, one behind the other"),
      (plan.grouped, "grouped: \(plan.grouped) of these, in \(plan.groups) runs of one operation"),
      (plan.views, "not computed: \(plan.views), read as they lie or by nobody"),
      (plan.inPlace, "in place: \(counted(plan.inPlace, "carried value", "carried values"))"),
      (plan.sums, "summed for many turns at a time: \(counted(plan.sums, "sum", "sums"))"),
      (plan.histories, "kept of every turn: \(counted(plan.histories, "value", "values"))"),
    ]
    return lines.filter { $0.0 > 0 }.map(\.1)
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}
