/// Draws inside of loops are shown as the numbers that they gave, without the stream.
extension Straightener {
  /// The numbers of a draw, or its stream, as data.
  mutating func writeDraw(
    _ row: Primitive, _ operands: [Slot], _ statics: [Int], _ shape: Shape
  ) throws(Fault) -> Slot {
    var values: [[Double]] = []
    for operand in operands { values.append(try elements(operand)) }
    let numbers = try row.dense(values, operands.map { straight.list.shape($0) }, statics, shape)
    if shape.isScalar { return straight.list.appendNumber(numbers[0]) }
    return straight.list.appendData(numbers, shape: shape, isInput: false)
  }

  /// The elements of an entry, run when they are not known yet.
  private mutating func elements(_ slot: Slot) throws(Fault) -> [Double] {
    let entry = straight.list[slot]
    if entry.code == Code.number || entry.code == Code.input,
      let known = straight.list.elements(slot)
    {
      return Array(known)
    }
    straight.describe(turn: nil)
    try straight.run()
    guard let view = straight.values.view(slot, in: straight.list) else { throw Fault(.noValue) }
    return view.array
  }
}

extension Primitive {
  /// The value of a dense operation, computed by itself.
  fileprivate func dense(
    _ operands: [[Double]], _ shapes: [Shape], _ statics: [Int], _ shape: Shape
  ) throws(Fault) -> [Double] {
    guard case .dense(let kernel) = kernel else { throw Fault(.other("no draw")) }
    let blocks = operands.map { values in
      let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(values.count, 1))
      block.initialize(repeating: 0)
      for (place, value) in values.enumerated() { block[place] = value }
      return block
    }
    let out = UnsafeMutablePointer<Double>.allocate(capacity: max(shape.count, 1))
    defer {
      blocks.forEach { $0.deallocate() }
      out.deallocate()
    }
    out.initialize(repeating: 0, count: max(shape.count, 1))
    try kernel(
      DenseCall(
        operands: blocks.compactMap { UnsafePointer($0.baseAddress) }, shapes: shapes,
        statics: statics, result: out, shape: shape))
    return Array(UnsafeBufferPointer(start: out, count: shape.count))
  }
}
