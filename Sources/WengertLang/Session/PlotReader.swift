/// What `plot` is told, made into a chart.
struct PlotReader {
  private var lowering: Lowering
  private let tree: Tree
  private let sources: [SourceFile]
  private let span: Span
  private var chart = Chart()
  private var warnings: [Diagnostic] = []
  /// What stands behind `over`: values, and the names that get them.
  private var over: [(name: Symbol?, node: Node, values: [Double])] = []
  /// Curves that can be asked at any point.
  private var probes: [(series: Int, probe: Probe)] = []

  /// The most points that are computed for one plot.
  private static let limit = 200_000

  /// Reads a command.
  static func chart(
    _ command: Command, in tree: Tree, of session: Session
  ) throws(Refusal) -> (chart: Chart, warnings: [Diagnostic]) {
    var reader = PlotReader(
      lowering: session.lowering, tree: tree, sources: session.sources, span: command.wordSpan)
    reader.lowering.outlet = Outlet()
    try reader.lowering.flush()
    let symbols = session.lowering.symbols
    func nodes(_ word: String) -> [Node] {
      command.options.filter { symbols[$0.word] == word }.flatMap { tree[$0.values] }
    }
    for node in nodes("over") { try reader.readOver(node) }
    let operands = tree[command.operands]
    if reader.over.count == 2 {
      guard let operand = operands.first, operands.count == 1 else {
        throw Refusal(diagnostic: .oneSurface(at: command.wordSpan))
      }
      try reader.addSurface(operand)
    } else {
      for operand in operands { try reader.addSeries(operand) }
    }
    let given = Set(command.options.map { symbols[$0.word] })
    reader.chart.x.isLogarithmic = given.contains("loglog") || given.contains("semilogx")
    reader.chart.y.isLogarithmic = given.contains("loglog") || given.contains("semilogy")
    try reader.style(nodes("styles"), nodes("labels"))
    reader.chart.x.label = try reader.text(nodes("xlabel")) ?? reader.chart.x.label
    reader.chart.y.label = try reader.text(nodes("ylabel")) ?? reader.chart.y.label
    reader.chart.title = try reader.text(nodes("title")) ?? ""
    for node in nodes("path") { try reader.addPath(node) }
    for node in nodes("tangents") { try reader.addTangents(try reader.numbers(node)) }
    for (index, node) in nodes("slopes").enumerated() {
      try reader.addSlope(try reader.numbers(node), index)
    }
    return (reader.chart, reader.warnings)
  }

  private init(lowering: Lowering, tree: Tree, sources: [SourceFile], span: Span) {
    self.lowering = lowering
    self.tree = tree
    self.sources = sources
    self.span = span
  }

  // MARK: values

  /// The elements of a formula.
  private mutating func elements(_ node: Node) throws(Refusal) -> (array: [Double], shape: Shape) {
    let slot = try lowering.single(try lowering.lower(node, in: tree), at: tree.span(node))
    try lowering.flush()
    guard let view = lowering.values.view(slot, in: lowering.program) else {
      throw Refusal(diagnostic: .fault(Fault(.noValue), in: lowering))
    }
    return (view.array, view.shape)
  }

  private mutating func numbers(_ node: Node) throws(Refusal) -> [Double] {
    let (array, shape) = try elements(node)
    guard shape.rank <= 1 || shape.extents.contains(1) || array.count <= 1 else {
      throw Refusal(diagnostic: .plotNeedsVector(shape, at: tree.span(node)))
    }
    guard array.count <= PlotReader.limit else {
      throw Refusal(
        diagnostic: .tooLarge(array.count, limit: 8 * PlotReader.limit, at: tree.span(node)))
    }
    return array
  }

  private func text(_ nodes: [Node]) throws(Refusal) -> String? {
    guard let node = nodes.first else { return nil }
    guard case .string(let text) = tree.expression(node) else {
      throw Refusal(diagnostic: .plotNeedsText(at: tree.span(node)))
    }
    return text
  }

  /// A formula as it is written.
  private func written(_ node: Node) -> String {
    let span = tree.span(node)
    let file = Int(span.file)
    return sources.indices.contains(file) ? sources[file].text(span) : ""
  }

  private mutating func readOver(_ node: Node) throws(Refusal) {
    if case .named(let name, let formula) = tree.expression(node) {
      over.append((name, node, try numbers(formula)))
      if over.count == 1 { chart.x.label = lowering.symbols[name] }
      if over.count == 2 { chart.y.label = lowering.symbols[name] }
    } else {
      over.append((nil, node, try numbers(node)))
      if over.count == 1, case .name(let name) = tree.expression(node) {
        chart.x.label = lowering.symbols[name]
      }
    }
    guard over.count <= 2 else {
      throw Refusal(diagnostic: .plotOverTooMany(at: tree.span(node)))
    }
  }

  // MARK: curves

  /// The function that an operand stands for: a name that has no value, or `f'`.
  private mutating func function(_ node: Node) throws(Refusal) -> Function? {
    switch tree.expression(node) {
    case .name(let name): lowering.find(name) == nil ? try lowering.function(node, in: tree) : nil
    case .derivative: try lowering.function(node, in: tree)
    default: nil
    }
  }

  private mutating func probe(_ node: Node, _ function: Function?) throws(Refusal) -> Probe? {
    if let function {
      return try Probe(function, arguments: over.count, lowering, at: tree.span(node))
    }
    let names = over.compactMap { item in item.name.map { ($0, tree.span(item.node)) } }
    guard names.count == over.count, !names.isEmpty else { return nil }
    let probe = try Probe(
      node, in: tree, of: names.map { (name: $0.0, span: $0.1) }, lowering)
    for place in probe.unread {
      warnings.append(
        .valueUnread(
          written(node), lowering.symbols[names[place].0], by: "plot", at: tree.span(node)))
    }
    return probe
  }

  private mutating func addSeries(_ node: Node) throws(Refusal) {
    let function = try function(node)
    if function != nil, over.isEmpty {
      throw Refusal(diagnostic: .plotFunctionOver(written(node), at: tree.span(node)))
    }
    var series = Chart.Series(label: written(node), points: [])
    if !over.isEmpty, var probe = try probe(node, function) {
      for x in over[0].values {
        series.points.append(.init(x: x, y: try probe.value(at: [x])))
      }
      probes.append((chart.series.count, probe))
    } else {
      let values = try numbers(node)
      let xs = over.first?.values ?? values.indices.map(Double.init)
      guard values.count == xs.count || values.count == 1 else {
        throw Refusal(
          diagnostic: .plotLengths(
            values.count, xs.count, at: tree.span(node), over: over.first.map { tree.span($0.node) }
          ))
      }
      for (index, x) in xs.enumerated() {
        series.points.append(.init(x: x, y: values.count == 1 ? values[0] : values[index]))
      }
    }
    chart.series.append(series)
  }

  private mutating func addSurface(_ node: Node) throws(Refusal) {
    let (xs, ys) = (over[0].values, over[1].values)
    guard xs.count * ys.count <= PlotReader.limit else {
      throw Refusal(
        diagnostic: .tooLarge(xs.count * ys.count, limit: 8 * PlotReader.limit, at: span))
    }
    guard var probe = try probe(node, try function(node)) else {
      throw Refusal(diagnostic: .surfaceNames(at: tree.span(over[0].node)))
    }
    var values: [[Double]] = []
    for y in ys {
      var row: [Double] = []
      for x in xs { row.append(try probe.value(at: [x, y])) }
      values.append(row)
    }
    chart.surface = Chart.Surface(xs: xs, ys: ys, values: values)
    chart.hasGrid = false
  }

  /// The points of a descent: a matrix with a row for each.
  private mutating func addPath(_ node: Node) throws(Refusal) {
    let (array, shape) = try elements(node)
    guard shape.rank == 2, shape[1] == 2 else {
      throw Refusal(diagnostic: .plotPath(shape, at: tree.span(node)))
    }
    let points = stride(from: 0, to: array.count - 1, by: 2).map { place in
      Chart.Point(x: array[place], y: array[place + 1])
    }
    chart.series.append(
      Chart.Series(
        label: written(node), points: points,
        style: .init(mark: points.count <= 60 ? .dot : nil, tone: .second)))
  }

  // MARK: looks

  private mutating func style(_ styles: [Node], _ labels: [Node]) throws(Refusal) {
    let curves = chart.series.count
    for (word, nodes) in [("styles", styles), ("labels", labels)] where nodes.count > curves {
      throw Refusal(
        diagnostic: .plotTooMany(word, nodes.count, curves, at: tree.span(nodes[curves])))
    }
    for (index, node) in styles.enumerated() {
      guard let text = try text([node]), let style = Chart.Style(text) else {
        throw Refusal(diagnostic: .plotStyle(at: tree.span(node)))
      }
      chart.series[index].style = style
    }
    for (index, node) in labels.enumerated() {
      chart.series[index].label = try text([node]) ?? ""
    }
  }

  /// The tangents of every curve that can be asked for its slope.
  private mutating func addTangents(_ xs: [Double]) throws(Refusal) {
    guard !probes.isEmpty else { throw Refusal(diagnostic: .tangentOfValues(at: span)) }
    let all = over[0].values.filter(\.isFinite)
    guard let least = all.min(), let most = all.max() else { return }
    let reach = 0.2 * (most - least)
    for index in probes.indices {
      for x in xs {
        let y = try probes[index].probe.value(at: [x])
        let slope = try probes[index].probe.slope(at: [x])
        let ends = [x - reach, x + reach].map { Chart.Point(x: $0, y: y + slope * ($0 - x)) }
        let text = NumberFormat.significant(slope, digits: 4)
        chart.guides.append(
          Chart.Series(
            label: "slope \(text) at \(NumberFormat.significant(x, digits: 4))", points: ends,
            style: .init(width: 1.5)))
      }
    }
  }

  /// A line of a given slope through the highest point of a curve, for logarithmic axes.
  private mutating func addSlope(_ given: [Double], _ index: Int) throws(Refusal) {
    guard let slope = given.first, !chart.series.isEmpty else { return }
    let series = chart.series[min(index, chart.series.count - 1)]
    let points = series.points.filter { $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite }
    guard let anchor = points.max(by: { $0.y < $1.y }), let low = points.map(\.y).min() else {
      return
    }
    var ends = [anchor]
    for point in points.sorted(by: { ($0.x - anchor.x).magnitude < ($1.x - anchor.x).magnitude }) {
      let ratio = Primitive.pow.kernel.scalarValue([point.x / anchor.x, slope]) ?? .nan
      guard anchor.y * ratio >= low else { break }
      ends.append(.init(x: point.x, y: anchor.y * ratio))
    }
    chart.guides.append(
      Chart.Series(
        label: "slope \(NumberFormat.significant(slope, digits: 3))", points: ends,
        style: .init(line: .dashed, width: 1)))
  }
}
