/// What element-wise operations are rounded by.
extension Primitive {
  /// What an element of a result may be wrong by, its operands taken as they are.
  func elementError(_ operands: [Double], _ value: Double) -> Double {
    guard !handsOn(operands, value), !identity.isExact(operands, value) else { return 0 }
    let roundings = identity.isRoundedOnce ? 1.0 : 2
    return roundings * (Rounding.unit * value.magnitude + underflow(operands, value))
  }

  /// Whether an element-wise result is an operand or its opposite, without any rounding.
  private func handsOn(_ operands: [Double], _ value: Double) -> Bool {
    guard let place = operands.firstIndex(where: { $0.magnitude == value.magnitude }) else {
      return false
    }
    var others = operands
    others.remove(at: place)
    if identity.sum != nil { return others.allSatisfy { $0 == 0 } }
    if identity.product != nil {
      return others.isEmpty ? value.magnitude == 1 : others.allSatisfy { $0.magnitude == 1 }
    }
    // A small sine may be its angle as well: a row that hands numbers on does so with others.
    return picks(of: operands.count)
  }

  /// Whether an element-wise result is one of some operands, 0 or 1, whatever they are.
  private func picks(of count: Int) -> Bool {
    let probe = (0..<count).map { 0.6180339887 + 0.3 * Double($0) }
    guard let found = kernel.scalarValue(probe) else { return true }
    return [0, 1].contains(found) || probe.contains(found.magnitude)
  }

  /// What an element-wise result may have lost because it is so small, the least number that there
  /// is; sums lose nothing.
  private func underflow(_ operands: [Double], _ value: Double) -> Double {
    guard value.magnitude < .leastNormalMagnitude, identity.sum == nil,
      operands.allSatisfy({ $0 != 0 && $0.isFinite }), !picks(of: operands.count)
    else { return 0 }
    // The logarithm of 1 is 0, and that of numbers beside it is not.
    let isZero = [1 - 0x1p-20, 1 + 0x1p-20].allSatisfy { near in
      kernel.scalarValue(operands.map { $0 * near }) == 0
    }
    return value != 0 || isZero ? Rounding.least : 0
  }
}

extension Identity {
  /// Whether the operation is one of IEEE 754, whose result is rounded once.
  fileprivate var isRoundedOnce: Bool { sum != nil || product != nil }
}
