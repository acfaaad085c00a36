/// A hash table from names to numbers, by open addressing.
struct NameTable: Sendable {
  /// A name in the table.
  ///
  /// Names of up to eight bytes are compared by `key` alone, so that looking
  /// one up touches no other memory.
  struct Slot {
    /// The bytes of a short name, a hash of a longer one.
    var key: UInt64 = 0
    /// What the name stands for, from 1; 0 where the slot is free.
    var number: Int32 = 0
    var length: UInt32 = 0
  }

  /// The length is a power of two.
  private(set) var slots: [Slot] = Array(repeating: Slot(), count: 64)
  private var count = 0

  static func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    if bytes.count <= 8 {
      for byte in bytes { key = key << 8 | UInt64(byte) }
      return key
    }
    key = 0xcbf2_9ce4_8422_2325
    for byte in bytes { key = (key ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return key
  }

  /// The place that holds a name, or the free one where it belongs; `names` are those of the
  /// numbers, for names longer than eight bytes.
  @inline(__always)
  func place(of bytes: UnsafeBufferPointer<UInt8>, _ key: UInt64, _ names: NamePool) -> Int {
    let mask = slots.count - 1
    var place = home(key)
    while true {
      let slot = slots[place]
      if slot.number == 0 { return place }
      if slot.key == key, Int(slot.length) == bytes.count,
        bytes.count <= 8 || names.holds(bytes, at: Int(slot.number) - 1)
      {
        return place
      }
      place = (place + 1) & mask
    }
  }

  /// Puts a name into the free place that was found for it.
  mutating func fill(_ place: Int, _ key: UInt64, length: Int, number: Int) {
    slots[place] = Slot(
      key: key, number: Int32(truncatingIfNeeded: number),
      length: UInt32(truncatingIfNeeded: length))
    count += 1
    if count * 2 > slots.count { grow() }
  }

  /// Where the search for a key begins.
  @inline(__always)
  private func home(_ key: UInt64) -> Int {
    var mixed = key &* 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 32) &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: mixed >> 32) & (slots.count - 1)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot.number != 0 {
      var place = home(slot.key)
      while slots[place].number != 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }
}

/// Names one behind the other in one array, so that a million of them are no million strings.
struct NamePool: Sendable {
  private var letters: [UInt8] = []
  /// Where each name ends.
  private var ends: [UInt32] = []

  var count: Int { ends.count }

  /// Where the letters of a name lie.
  @inline(__always)
  func range(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
  }

  subscript(_ number: Int) -> String {
    String(decoding: letters[range(number)], as: UTF8.self)
  }

  /// Makes room for the names of a long text.
  mutating func reserve(_ bytes: Int) {
    letters.reserveLarge(letters.count + bytes / 3)
    ends.reserveLarge(ends.count + bytes / 16)
  }

  /// Whether a name is spelled so.
  func holds(_ bytes: UnsafeBufferPointer<UInt8>, at number: Int) -> Bool {
    letters[range(number)].elementsEqual(bytes)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    letters.append(contentsOf: bytes)
    ends.append(UInt32(clamping: letters.count))
  }
}
