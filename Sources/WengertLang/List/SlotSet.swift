/// Slots of one list, as a mark for each place up to the last of them.
struct SlotSet {
  private var marks: [Bool] = []

  init() {}

  init(_ slots: some Sequence<Slot>) {
    for slot in slots { insert(slot) }
  }

  @inline(__always)
  func contains(_ slot: Slot) -> Bool { slot.place < marks.count && marks[slot.place] }

  mutating func insert(_ slot: Slot) {
    if slot.place >= marks.count {
      let room = max(slot.place + 1, marks.count + marks.count / 2)
      marks.append(contentsOf: repeatElement(false, count: room - marks.count))
    }
    marks[slot.place] = true
  }

  mutating func formUnion(_ others: SlotSet) {
    if marks.isEmpty { return marks = others.marks }
    for place in others.marks.indices where others.marks[place] { insert(Slot(place)) }
  }
}
