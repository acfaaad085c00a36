/// A name of a program, as a small number: equal names have equal numbers.
public struct Symbol: Hashable, Sendable {
  /// Its place in the table of symbols.
  public let index: Int32

  init(index: Int32) { self.index = index }
}

/// The names of a program, each held once.
public struct Symbols: Sendable {
  private var names: [String] = []
  /// Open addressing: places in `names` plus 1, 0 where free; the length is a power of two.
  private var buckets: [Int32] = Array(repeating: 0, count: 64)

  /// No names yet.
  public init() {}

  /// How many names there are.
  public var count: Int { names.count }

  /// Every name, in order of first appearance.
  public var all: [String] { names }

  /// The name of a symbol.
  public subscript(_ symbol: Symbol) -> String { names[Int(symbol.index)] }

  /// The symbol of a name, made when it is new.
  public mutating func intern(_ name: String) -> Symbol {
    var copy = name
    return copy.withUTF8 { intern($0) }
  }

  /// The symbol of a name given as UTF-8, made when it is new.
  public mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
    var place = bucket(of: bytes)
    if buckets[place] != 0 { return Symbol(index: buckets[place] - 1) }
    names.append(String(decoding: bytes, as: UTF8.self))
    buckets[place] = Int32(names.count)
    if names.count * 2 > buckets.count { grow() }
    place = names.count - 1
    return Symbol(index: Int32(place))
  }

  /// The symbol of a name that is there already.
  public func find(_ name: String) -> Symbol? {
    var copy = name
    return copy.withUTF8 { bytes in
      let found = buckets[bucket(of: bytes)]
      return found == 0 ? nil : Symbol(index: found - 1)
    }
  }

  /// The bucket that holds a name, or the free one where it belongs.
  private func bucket(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let mask = buckets.count - 1
    var place = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while buckets[place] != 0, !Symbols.equal(names[Int(buckets[place]) - 1], bytes) {
      place = (place + 1) & mask
    }
    return place
  }

  private static func equal(_ name: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    name.utf8.elementsEqual(bytes)
  }

  private mutating func grow() {
    buckets = Array(repeating: 0, count: buckets.count * 2)
    for (index, var name) in names.enumerated() {
      let place = name.withUTF8 { bucket(of: $0) }
      buckets[place] = Int32(index + 1)
    }
  }
}
