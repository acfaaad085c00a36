/// What rounding does to a value, entry by entry, as text and as JSON.
struct ErrorsRenderer {
  var digits = 6
  var width = 100

  func render(_ bound: RoundingBound, _ labels: Labels) -> Markup {
    let entries = ListRenderer(digits: digits, width: width)
    let elided = Elision(bound.shares.map(\.slot), in: bound.straight)
    var rows: [(left: Markup, bound: String)] = []
    for (index, share) in bound.shares.enumerated()
    where elided.isShown(index) && !Kernel.isStopped {
      if let note = elided.note(before: index) { rows.append((Markup(note, .comment), "")) }
      rows.append(
        (entries.line(share.slot, bound.straight, labels), self.share(share, of: bound)))
    }
    if bound.numbers > 0 {
      rows.append((Markup(Self.numbers, .comment), "at most \(number(bound.numbers, 2))"))
    }
    let column = rows.map(\.left.width).max() ?? 0
    var text = Markup()
    for (left, bound) in rows {
      text.appendLine(
        Markup("  ") + left.padded(to: column) + Markup(bound.isEmpty ? "" : "  " + bound, .number))
    }
    let name = labels.name(bound.output)
    let value = bound.value.count == 1 ? " = \(number(bound.value[0]))" : ""
    text.append(Markup(name, .name) + Markup(value, .number))
    text.append(
      Markup(
        " is right to \(number(bound.total, 2)), \(bound.digits) digit"
          + (bound.digits == 1 ? "" : "s"), .success))
    return text
  }

  /// Those that are no entries.
  private static let numbers = "numbers that were worked out before"

  /// What an entry's rounding may move the value by.
  private func share(_ share: RoundingBound.Share, of bound: RoundingBound) -> String {
    if share.value.contains(where: \.isInfinite), share.bound.isInfinite {
      return "no bound: what is too large for 64 bits is lost"
    }
    return share.isAtJump
      ? "no bound: rounding may take it across its kink"
      : share.bound == 0 ? "exact" : "at most \(number(share.bound, 2))"
  }

  private func number(_ value: Double, _ digits: Int? = nil) -> String {
    NumberFormat.significant(value, digits: digits ?? self.digits)
  }

  func json(_ bound: RoundingBound, _ labels: Labels) -> JSON {
    .members([
      "kind": .string("errors"), "of": .string(labels.name(bound.output)),
      "bound": .number(bound.total), "digits": .int(bound.digits),
      "numbers": .number(bound.numbers),
      "entries": .array(
        bound.shares.map { share in
          .members([
            "name": .string(labels.name(share.slot)), "bound": .number(share.bound),
          ])
        }),
    ])
  }
}
