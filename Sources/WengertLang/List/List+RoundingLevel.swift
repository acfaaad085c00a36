/// What rounding alone may make of a sum: the size of what is added, whatever the sum is.
extension List {
  /// The same list with one result: for each element of an entry the size of what it was made of.
  ///
  /// Through sums, products and what is linear the sizes of the operands are followed; anything
  /// else counts with its own size.
  func sizing(_ slot: Slot) -> List {
    var followed: Set<Slot> = []
    var waiting = [slot]
    while let next = waiting.popLast() {
      guard followed.insert(next).inserted, isFollowed(next) else { continue }
      waiting += operands(next)
    }
    var sized = self
    var sizes: [Slot: Slot] = [:]
    for next in followed.sorted() {
      let size = sized.appendSize(of: next, isFollowed: isFollowed(next), sizes)
      sizes[next] = size
    }
    sized.results = [sizes[slot] ?? slot]
    return sized.pruned()
  }

  /// Whether the size of an entry follows from those of its operands.
  private func isFollowed(_ slot: Slot) -> Bool {
    guard operandCount(slot) > 0, structure(slot) == nil else { return false }
    let row = primitive(slot)
    if case .multilinear = row.rule { return true }
    return row.identity.sum != nil || row == .mul || row == .hadamard
  }

  private mutating func appendSize(
    of slot: Slot, isFollowed: Bool, _ sizes: [Slot: Slot]
  ) -> Slot {
    let parts = operands(slot).compactMap { sizes[$0] }
    let row = primitive(slot)
    let statics = statics(slot)
    do {
      let own = try append(.abs, [slot])
      guard isFollowed, !parts.isEmpty, parts.count == operandCount(slot) else { return own }
      guard row.identity.sum != nil else { return try append(row, parts, statics) }
      return try parts.reduce(own) { try append(.maximum, [$0, $1]) }
    } catch {
      return slot
    }
  }
}
