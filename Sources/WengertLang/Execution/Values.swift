/// The values of a list's entries after a run; a copy shares the elements.
struct Values: @unchecked Sendable {
  /// The elements of one value, as long as the values are held.
  struct View {
    let elements: UnsafeBufferPointer<Double>
    let shape: Shape

    /// The value of a number.
    var number: Double { elements.first ?? .nan }
    /// The elements as an array of their own.
    var array: [Double] { Array(elements) }
  }

  fileprivate(set) var pointers: [UnsafeMutablePointer<Double>?] = []
  /// The chunks with the first entry that each is for.
  private var chunks: [(first: Int, chunk: Chunk)] = []
  /// How many bytes the elements take.
  private(set) var bytes = 0

  init() {}

  /// How many entries have run.
  var count: Int { pointers.count }

  /// The value of an entry that has run.
  func view(_ slot: Slot, in list: List) -> View? {
    guard slot.place >= 0, slot.place < pointers.count, let base = pointers[slot.place] else {
      return nil
    }
    let shape = list.shape(slot)
    guard !shape.isHistory else { return nil }
    return View(elements: UnsafeBufferPointer(start: base, count: shape.count), shape: shape)
  }

  /// Gives a number another value.
  mutating func replace(_ slot: Slot, by number: Double) {
    guard slot.place < pointers.count else { return }
    pointers[slot.place]?.pointee = number
  }

  /// Forgets the value of an entry that got none.
  mutating func forget(_ slot: Slot) { pointers[slot.place] = nil }

  /// Forgets the values of the entries from a place on.
  mutating func truncate(to count: Int) {
    guard count < pointers.count else { return }
    pointers.removeSubrange(count...)
    while let last = chunks.last, last.first >= count {
      bytes -= last.chunk.count * 8
      chunks.removeLast()
    }
  }

  /// Room for the entries from `count` to the end of a list.
  ///
  /// Entries that wait for an input get none.
  mutating func extend(
    to list: List, limit: Int, without waiting: [Bool] = []
  ) throws(Fault) {
    let (first, held) = (pointers.count, bytes)
    var total = 0
    for place in first..<list.count {
      let slot = Slot(place)
      guard Values.hasPlace(slot, list) else { continue }
      if list[slot].shape == 0, total < (limit - held) / 8 {
        total += 1
        continue
      }
      let shape = list.shape(slot)
      guard let count = shape.checkedCount, count <= (limit - held) / 8 - total else {
        let bytes = shape.checkedCount?.multipliedReportingOverflow(by: 8)
        var fault = Fault(
          .memory(bytes.map { $0.overflow ? Int.max : $0.partialValue } ?? Int.max),
          at: list.spans[place])
        fault.place = place
        throw fault
      }
      total += count
    }
    guard let chunk = Chunk(count: total) else { throw Fault(.memory(total * 8)) }
    var next = chunk.base
    pointers.reserveCapacity(list.count)
    for place in first..<list.count {
      let slot = Slot(place)
      if Values.hasPlace(slot, list), waiting.isEmpty || !waiting[place] {
        pointers.append(next)
        next += list[slot].shape == 0 ? 1 : list.shape(slot).count
      } else {
        pointers.append(nil)
      }
    }
    chunks.append((first, chunk))
    bytes += total * 8
  }

  /// Whether an entry has elements: loops and branches have parts, histories live with their run.
  static func hasPlace(_ slot: Slot, _ list: List) -> Bool {
    let entry = list[slot]
    if entry.shape != 0, list.shape(slot).isHistory { return false }
    return entry.code != Code.loop && entry.code != Code.branch && entry.code != Code.print
  }
}
