/// The place of an entry in a list, and so of its value.
struct Slot: Hashable, Comparable, Sendable {
  let index: Int32

  init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  /// The place as a number for arrays.
  var place: Int { Int(index) }

  static func < (a: Slot, b: Slot) -> Bool { a.index < b.index }
}
