/// `plot y1, y2 over x`: curves in the terminal, as SVG and as PNG.
extension Session {
  mutating func plot(_ command: Command, in tree: Tree) throws(Refusal) -> Printout {
    let (chart, warnings) = try PlotReader.chart(command, in: tree, of: self)
    lowering.warnings += warnings
    guard let markup = ChartDrawing(width: settings.width).draw(chart),
      let picture = ChartPicture().draw(chart)
    else { throw Refusal(diagnostic: .nothingToPlot(at: command.wordSpan)) }
    return Printout(
      markup: markup, json: chart.json, picture: { picture })
  }
}

extension Chart {
  /// The numbers of a chart.
  var json: JSON {
    func curve(_ series: Series) -> JSON {
      .members([
        "label": .string(series.label), "x": .array(series.points.map { .number($0.x) }),
        "y": .array(series.points.map { .number($0.y) }),
      ])
    }
    func numbers(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
    let surface = surface.map { surface in
      JSON.members([
        "x": numbers(surface.xs), "y": numbers(surface.ys),
        "values": .array(surface.values.map(numbers)),
      ])
    }
    return .members([
      "kind": .string("plot"), "title": .string(title),
      "xlabel": .string(x.label), "ylabel": .string(y.label),
      "series": .array(series.map(curve)), "guides": .array(guides.map(curve)),
      "surface": surface ?? .null,
    ])
  }
}
