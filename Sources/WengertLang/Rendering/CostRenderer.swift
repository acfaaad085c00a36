/// What a value and its gradient cost, as a table and as JSON.
struct CostRenderer {
  func render(_ cost: Cost) -> Markup {
    var rows = [["", "entries", "operations", "memory"], row(cost.name, cost.value)]
    if let both = cost.both {
      rows.append(row("with d\(cost.name)/d\(places(cost.targets))", both))
    }
    var text = Markup()
    let widths = (0..<4).map { column in rows.map { Cells.width($0[column]) }.max() ?? 0 }
    for row in rows {
      var line = Markup("  ")
      for (column, cell) in row.enumerated() {
        let blanks = widths[column] - Cells.width(cell)
        if column == 0 {
          line.append(cell, .name)
          line.pad(blanks)
        } else {
          line.pad(blanks + 2)
          line.append(cell, rows[0][column] == cell ? .heading : .number)
        }
      }
      text.appendLine(line)
    }
    for name in cost.unread {
      text.appendLine(Markup("  \(cost.name) does not depend on \(name)"))
    }
    if let ratio = cost.ratio {
      text.appendLine(Markup("  ratio of operations \(rounded(ratio)), ") + bound(ratio))
    }
    if cost.value.isLeast || cost.both?.isLeast == true {
      text.appendLine(Markup("  not counted: steps of solvers, calls by `smooth`,"))
      text.appendLine(Markup("    loops and branches in rules and in conditions"))
    }
    for sweeps in cost.sweeps { text.appendLine(Markup("  " + describe(sweeps))) }
    text += PlanSummaryRenderer().render(cost.plan, title: "plan:")
    return text.withoutLastBreak
  }

  /// The names that are derived by; of many the first and the last.
  private func places(_ names: [String]) -> String {
    if names.count == 1 { return names[0] }
    let most = 6
    let shown = names.count <= most ? names : names.prefix(most - 2) + ["…"] + names.suffix(1)
    return "(\(shown.joined(separator: ", ")))"
  }

  /// The members are the numbers of the table.
  func json(_ cost: Cost) -> JSON {
    .members([
      "kind": .string("cost"), "of": .string(cost.name), "value": json(cost.value),
      "wrt": .array(cost.targets.map { .string($0) }),
      "unread": .array(cost.unread.map { .string($0) }), "both": cost.both.map(json) ?? .null,
      "ratio": cost.ratio.map { .number($0) } ?? .null, "bound": .number(Cost.bound),
      "sweeps": .array(
        cost.sweeps.map {
          .members([
            "way": .string($0.way.rawValue), "count": .int($0.count), "places": .int($0.places),
          ])
        }), "plan": PlanSummaryRenderer().json(cost.plan),
    ])
  }

  private func json(_ amounts: Cost.Amounts) -> JSON {
    .members([
      "entries": .int(amounts.entries), "operations": .number(amounts.operations),
      "bytes": .number(amounts.bytes), "isLeast": .bool(amounts.isLeast),
    ])
  }

  private func bound(_ ratio: Double) -> Markup {
    let bound = Int(Cost.bound)
    return Markup(
      ratio > Cost.bound
        ? "where \(bound) can do for arithmetic" : "at most \(bound) for arithmetic", .dimmed)
  }

  private func row(_ name: String, _ amounts: Cost.Amounts) -> [String] {
    let operations = (amounts.isLeast ? "≥ " : "") + whole(amounts.operations)
    return [name, "\(amounts.entries)", operations, memory(amounts.bytes)]
  }

  private func describe(_ sweeps: Cost.SweepCount) -> String {
    let noun = sweeps.way == .difference ? "runs at shifted inputs" : "\(sweeps.way) sweeps"
    let all =
      sweeps.count == sweeps.places ? "one for each element" : "in place of \(sweeps.places)"
    return "\(sweeps.count) \(noun), \(all)"
  }

  private func rounded(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func whole(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// Bytes in the unit that has at most four digits before the point.
  func memory(_ bytes: Double) -> String {
    let units = ["B", "kB", "MB", "GB"]
    var (amount, unit) = (bytes, 0)
    while amount >= 10_000, unit < units.count - 1 {
      amount /= 1000
      unit += 1
    }
    return unit == 0 ? "\(whole(amount)) B" : "\(rounded(amount)) \(units[unit])"
  }
}
