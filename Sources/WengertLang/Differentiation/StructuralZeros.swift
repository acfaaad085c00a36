/// Zeros that say that nothing is handed back, from a choice or a part: nothing times an infinite
/// slope is nothing.
///
/// Where they may arise and below, the reverse sweep multiplies by `chain`, which skips them.
extension Formula {
  /// Whether the formula fills places with zeros that a condition or a selection left out.
  var fillsWithZeros: Bool {
    guard case .apply(let row, let parts, _) = self else { return false }
    return row.fillsWithZeros || parts.contains(where: \.fillsWithZeros)
  }

  /// The formula with a product for every `chain`, as IEEE 754 has it.
  var multiplyingZeros: Formula {
    guard case .apply(let row, let parts, let statics) = self else { return self }
    return .of(row == .chain ? .mul : row, parts.map(\.multiplyingZeros), statics)
  }

  /// The formula with `chain` for every product of what holds the adjoint.
  var skippingZeros: Formula {
    guard case .apply(let row, let parts, let statics) = self, hasBar else { return self }
    let inner = parts.map(\.skippingZeros)
    guard inner.count == 2, statics.isEmpty else { return .of(row, inner, statics) }
    switch (row, parts[0].hasBar, parts[1].hasBar) {
    case (.mul, true, false), (.hadamard, true, false): return .of(.chain, inner)
    case (.mul, false, true), (.hadamard, false, true): return .of(.chain, [inner[1], inner[0]])
    case (.div, true, false): return .of(.chain, [inner[0], 1 / inner[1]])
    default: return .of(row, inner, statics)
    }
  }
}

extension Primitive {
  /// Whether its result has zeros where a condition or a selection left something out.
  fileprivate var fillsWithZeros: Bool {
    if self == .choose || self == .unslice || self == .scatteradd || self == .put { return true }
    // A comparison in a slope is 0 or 1.
    if case .flat = rule { return isElementwise }
    return false
  }
}
