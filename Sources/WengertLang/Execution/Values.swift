/// The values of a list's entries after a run; a copy shares the elements.
struct Values: @unchecked Sendable {
  /// The elements of one value; it holds the memory that they are in.
  struct View {
    /// They live as long as the view, which optimised code lets go after its last use: see `read`.
    private let elements: UnsafeBufferPointer<Double>
    private let owner: [Piece]
    let shape: Shape

    init(elements: UnsafeBufferPointer<Double>, owner: [Piece] = [], shape: Shape) {
      (self.elements, self.owner, self.shape) = (elements, owner, shape)
    }

    /// The value of a number.
    var number: Double { read { $0.first ?? .nan } }
    /// The elements as an array of their own.
    var array: [Double] { read { Array($0) } }

    /// Reads the elements while their memory is held.
    func read<Result>(_ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
      withExtendedLifetime(owner) { body(elements) }
    }
  }

  /// A chunk with the first entry that it is for.
  struct Piece {
    let first: Int
    let chunk: Chunk
  }

  fileprivate(set) var pointers = Addresses()
  private var chunks: [Piece] = []
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
    return View(
      elements: UnsafeBufferPointer(start: base, count: shape.count), owner: chunks, shape: shape)
  }

  /// Gives a number another value.
  mutating func replace(_ slot: Slot, by number: Double) {
    guard slot.place < pointers.count else { return }
    pointers[slot.place]?.pointee = number
  }

  /// Forgets the value of an entry that got none.
  mutating func forget(_ slot: Slot) { pointers[slot.place] = nil }

  /// The bytes that are held by these values and not by others.
  func bytes(besides others: Values) -> Int {
    var shared = 0
    for (mine, other) in zip(chunks, others.chunks) {
      guard mine.chunk === other.chunk else { break }
      shared += mine.chunk.count * 8
    }
    return bytes - shared
  }

  /// Forgets the values of the entries from a place on.
  mutating func truncate(to count: Int) {
    guard count < pointers.count else { return }
    pointers.truncate(to: count)
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
      if Values.isShared(slot, list) { continue }
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
        fault.taken = held + 8 * total
        throw fault
      }
      total += count
    }
    guard let chunk = Chunk(count: total) else { throw Fault(.memory(total * 8)) }
    place(first, in: list, from: chunk.base, without: waiting)
    chunks.append(Piece(first: first, chunk: chunk))
    bytes += total * 8
  }

  /// Gives the entries from one on their places, one behind the other.
  private mutating func place(
    _ first: Int, in list: List, from base: UnsafeMutablePointer<Double>, without waiting: [Bool]
  ) {
    var (next, place) = (base, first)
    while place < list.count {
      let numbers = place
      while place < list.count, list[Slot(place)].shape == 0, Values.hasPlace(Slot(place), list),
        waiting.isEmpty || !waiting[place]
      {
        place += 1
      }
      pointers.append(numbers: place - numbers, from: next)
      next += place - numbers
      guard place < list.count else { return }
      let slot = Slot(place)
      if Values.isShared(slot, list) {
        pointers.append(pointers[list.operand(slot, 0).place])
      } else if Values.hasPlace(slot, list), waiting.isEmpty || !waiting[place] {
        pointers.append(next)
        next += list.shape(slot).count
      } else {
        pointers.append(nil)
      }
      place += 1
    }
  }

  /// Whether an array lies where the one does of which it is another name.
  static func isShared(_ slot: Slot, _ list: List) -> Bool {
    list[slot].shape != 0 && list.isRename(slot)
  }

  /// Whether an entry has elements: loops and branches have parts, histories live with their run.
  static func hasPlace(_ slot: Slot, _ list: List) -> Bool {
    let entry = list[slot]
    if entry.shape != 0, list.shape(slot).isHistory { return false }
    return entry.code != Code.loop && entry.code != Code.branch && entry.code != Code.print
  }
}
