/// Values that are known without a run: numbers, turns, and what is computed from them.
extension Sparsity {
  /// How many elements a value may have, and how deep it may be computed from others.
  private static let valueLimit = 1 << 16
  private static let depthLimit = 64

  /// The elements of an entry that does not depend on the seed, where they are known.
  mutating func value(_ slot: Slot, _ frame: inout Frame, depth: Int = 0) -> [Double]? {
    if let known = frame.values[slot] { return known }
    let found = frame.depends(slot) ? nil : compute(slot, &frame, depth)
    frame.values[slot] = .some(found)
    return found
  }

  private mutating func compute(_ slot: Slot, _ frame: inout Frame, _ depth: Int) -> [Double]? {
    let list = frame.list
    let shape = list.shape(slot)
    guard !shape.isHistory, shape.count <= Self.valueLimit, depth < Self.depthLimit else {
      return nil
    }
    switch list[slot].code {
    case Code.number: return list.elements(slot).map(Array.init)
    case Code.turns:
      let whole = list.operand(slot, 0)
      if list.loop(whole)?.condition == nil {
        return value(list.operand(whole, 0), &frame, depth: depth + 1)
      }
    default: break
    }
    if let known = frame.known?(slot) { return known }
    guard list.structure(slot) == nil, !list.primitive(slot).isInternal else { return nil }
    var operands: [[Double]] = []
    for operand in list.operands(slot) {
      guard let value = value(operand, &frame, depth: depth + 1) else { return nil }
      operands.append(value)
    }
    return list.evaluated(slot, operands)
  }

  /// The elements of an entry that is written out, or made of nothing.
  func constant(_ slot: Slot, in list: List) -> [Double]? {
    guard list.shape(slot).count <= Self.valueLimit else { return nil }
    if list[slot].code == Code.number { return list.elements(slot).map(Array.init) }
    guard list.operandCount(slot) == 0, !list.primitive(slot).isInternal else { return nil }
    return list.evaluated(slot, [])
  }
}

extension List {
  /// The elements of an operation on elements.
  fileprivate func evaluated(_ slot: Slot, _ values: [[Double]]) -> [Double]? {
    let row = primitive(slot)
    let shape = shape(slot)
    let shapes = operands(slot).map { self.shape($0) }
    if let kernel = row.kernel.blocks {
      return Call(kernel: kernel, shapes: shapes, statics: statics(slot), shape: shape).run(values)
    }
    let stretchings = shapes.map { Stretching(from: $0, to: shape) }
    var result: [Double] = []
    for place in 0..<shape.count {
      let elements = zip(values, stretchings).map { $0[$1.source(place)] }
      guard let value = row.kernel.scalarValue(elements) else { return nil }
      result.append(value)
    }
    return result
  }
}
