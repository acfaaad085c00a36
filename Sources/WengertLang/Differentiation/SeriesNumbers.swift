/// Truncated power series, their coefficients as entries.
struct SeriesNumbers: NumberSystem {
  /// The highest power that is kept.
  let extent: Int
  /// Each step doubles the number of right coefficients.
  var newtonSteps: Int { Int.bitWidth - extent.leadingZeroBitCount }
  let movesBase = false

  init(extent: Int) { self.extent = extent }

  mutating func append(
    _ row: Primitive, _ operands: [Extended], _ statics: [Int], to list: inout List
  ) throws(ShapeMismatch) -> Extended {
    let isChosen = operands.indices.allSatisfy {
      operands[$0].isReal || !row.isDifferentiable(operand: $0)
    }
    let linearity = row.linearity
    guard !isChosen, linearity != .flat else {
      return try applyToBases(row, operands, statics, in: &list)
    }
    if linearity == .jointly { return try applyToComponents(row, operands, statics, in: &list) }
    if row.analytic.composesSeries,
      let composed = try compose(row, operands, statics, in: &list)
    {
      return composed
    }
    if row.analytic.isOfMatrix { return try spread(row, operands[0], in: &list) }
    var solver = SeriesSolver()
    var arguments: [Int] = []
    for operand in operands {
      arguments.append(solver.add(operand, shape: list.shape(operand.base)))
    }
    let result = try solver.node(row, arguments, statics, in: list)
    let base = try solver.coefficient(result, 0, in: &list) ?? list.appendNumber(0)
    var rest: [Slot?] = []
    for order in 1...extent { rest.append(try solver.coefficient(result, order, in: &list)) }
    return Extended(base, rest)
  }
}

extension SeriesNumbers {
  /// Appends a power series in a matrix: the matrix of blocks with the coefficients X₀, X₁, … in
  /// its first row, shifted to the right in the next ones, multiplies as the series do.
  private func spread(
    _ row: Primitive, _ operand: Extended, in list: inout List
  ) throws(ShapeMismatch) -> Extended {
    let size = list.shape(operand.base)[0]
    let zeros = list.appendZeros(list.shape(operand.base))
    let blocks =
      Array(repeating: zeros, count: extent) + (0...extent).map { operand[$0] ?? zeros }
    let wide = try list.append(.concat, blocks, [1])
    let rows = AxisSlice.range(0, count: size).statics
    var lines: [Slot] = []
    for line in 0...extent {
      let columns = AxisSlice.range((extent - line) * size, count: (extent + 1) * size)
      lines.append(try list.append(.slice, [wide], rows + columns.statics))
    }
    let value = try list.append(row, [try list.append(.concat, lines, [0])])
    var parts: [Slot] = []
    for index in 0...extent {
      let columns = AxisSlice.range(index * size, count: size)
      parts.append(try list.append(.slice, [value], rows + columns.statics))
    }
    return Extended(parts[0], Array(parts.dropFirst()))
  }
}
