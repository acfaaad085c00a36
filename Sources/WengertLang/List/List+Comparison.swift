/// Whether two lists compute something in the same way.
extension List {
  /// Whether an entry is made by the same operations of the same shapes and numbers as one of
  /// another list; what inputs hold does not count.
  func makes(_ slot: Slot, as other: List, makes otherSlot: Slot) -> Bool {
    isAlike(other, roots: [slot], otherRoots: [otherSlot])
  }

  private func isAlike(_ other: List, roots: [Slot], otherRoots: [Slot]) -> Bool {
    let needed = reached(from: roots)
    let otherNeeded = other.reached(from: otherRoots)
    let places = needed.indices.filter { needed[$0] }.map { Slot($0) }
    let otherPlaces = otherNeeded.indices.filter { otherNeeded[$0] }.map { Slot($0) }
    return places.count == otherPlaces.count
      && zip(places, otherPlaces).allSatisfy { isAlike($0, other, $1) }
  }

  private func isAlike(_ slot: Slot, _ other: List, _ otherSlot: Slot) -> Bool {
    guard self[slot].code == other[otherSlot].code, shape(slot) == other.shape(otherSlot),
      statics(slot) == other.statics(otherSlot),
      self[slot].code != Code.number || elements(slot) == other.elements(otherSlot)
    else { return false }
    switch (structure(slot), other.structure(otherSlot)) {
    case (.loop(let a)?, .loop(let b)?):
      return a.body.isAlike(b.body, roots: a.body.results, otherRoots: b.body.results)
    case (.branch(let a)?, .branch(let b)?):
      return a.then.isAlike(b.then, roots: a.then.results, otherRoots: b.then.results)
        && a.otherwise.isAlike(
          b.otherwise, roots: a.otherwise.results, otherRoots: b.otherwise.results)
    default: return true
    }
  }
}
