@testable import WengertLang

/// The values of a list that was written by hand.
struct ListRun {
  private let list: List
  private let values: Values

  init(_ list: List) throws {
    self.list = list
    var values = Values()
    try values.extend(to: list, limit: 1 << 30)
    var planner = Planner(
      list, pointers: values.pointers, first: 0, memory: Memory(limit: 1 << 30))
    try Runner(output: { _ in }).run(try planner.make(0..<list.count))
    self.values = values
  }

  /// The elements of an entry's value.
  func elements(_ slot: Slot) -> [Double] { values.view(slot, in: list)?.array ?? [] }
}

extension List {
  /// An array as an input.
  mutating func appendInput(_ array: TestArray) -> Slot {
    appendData(array.elements, shape: array.shape, isInput: true)
  }
}
