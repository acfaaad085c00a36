extension Catalogue {
  /// Every operation that programs may use, by family, each with its arguments and what it is.
  public static var overview: Markup {
    var page = Markup()
    for (title, rows) in families {
      let shown = rows.filter { !$0.isInternal }
      if shown.isEmpty { continue }
      if !page.isEmpty { page.append("\n") }
      page.append(title + "\n", .heading)
      let width = shown.map { Cells.width($0.signature) }.max() ?? 0
      for row in shown {
        page.append("  ")
        page.append(row.name, .operation)
        page.append(String(row.signature.dropFirst(row.name.count)))
        page.pad(width - Cells.width(row.signature) + 2)
        page.append(row.summary + "\n", .dimmed)
      }
    }
    return page
  }
}
