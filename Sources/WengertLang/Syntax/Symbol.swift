/// A name of a program, as a small number: equal names have equal numbers.
public struct Symbol: Hashable, Sendable, BitwiseCopyable {
  /// Its place in the table of symbols.
  public let index: Int32

  init(index: Int32) { self.index = index }
}

/// The names of a program, each held once.
public struct Symbols: Sendable {
  private var names = NamePool()
  /// The names that are not in a family.
  private var table = NameTable()
  /// Names beyond ASCII: a letter with its accent may be one character or two, and a comparison of
  /// texts takes both for the same.
  private var spellings: [String: Int32] = [:]
  /// Where the stems of families stand, and the families in the order of their numbers.
  private var stems = NameTable()
  private var families: [Family] = []
  /// The family that was asked for last: most names of a long list are of one.
  private var lastStem: (key: UInt64, length: Int, family: Int) = (0, 0, 0)

  /// Names that differ in the number at their end only, `z1`, `z2`, …: long lists are made of them,
  /// and an array by number is far faster than a hash table that no cache can hold.
  private struct Family {
    /// Symbols by number, plus 1; 0 where there is none.
    var members: [Int32] = []
    /// Some members stand in `table`, because their number was too far off.
    var hasStrays = false
  }

  /// No names yet.
  public init() {}

  /// How many names there are.
  public var count: Int { names.count }

  /// Every name, in order of first appearance.
  public var all: [String] { (0..<names.count).map { names[$0] } }

  /// The name of a symbol.
  public subscript(_ symbol: Symbol) -> String { names[Int(symbol.index)] }

  /// How many bytes a name has.
  @inline(__always)
  func length(_ symbol: Symbol) -> Int { names.range(Int(symbol.index)).count }

  /// Makes room for the names of a long text.
  mutating func reserve(_ bytes: Int) {
    if bytes > 1 << 20 { names.reserve(bytes) }
  }

  /// The symbol of a name, made when it is new.
  public mutating func intern(_ name: String) -> Symbol {
    var copy = name
    return copy.withUTF8 { intern($0) }
  }

  /// The symbol of a name given as UTF-8, made when it is new.
  public mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
    if let (stem, number) = Symbols.split(bytes) {
      let family = self.family(stem)
      if let symbol = member(family, number) ?? join(family, number, bytes) { return symbol }
    }
    let key = NameTable.key(bytes)
    let place = table.place(of: bytes, key, names)
    let found = table.slots[place].number
    if found != 0 { return Symbol(index: found - 1) }
    let number = spelledOtherwise(bytes) ?? names.count + 1
    if number > names.count { names.append(bytes) }
    table.fill(place, key, length: bytes.count, number: number)
    return Symbol(index: Int32(number - 1))
  }

  /// The number of a name whose accents came as characters of their own before, or did not; a new
  /// name is noted with the number that it gets.
  private mutating func spelledOtherwise(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    let name = String(decoding: bytes, as: UTF8.self)
    if let known = spellings[name] { return Int(known) }
    spellings[name] = Int32(names.count + 1)
    return nil
  }

  /// The symbol of a name of a text, which `bytes` are.
  @inline(__always)
  mutating func intern(_ word: PlainWord, _ bytes: UnsafeBufferPointer<UInt8>) -> Symbol {
    guard word.isMember, word.stem == lastStem.key, word.stemCount == lastStem.length else {
      return intern(bytes)
    }
    return member(lastStem.family, word.number) ?? join(lastStem.family, word.number, bytes)
      ?? intern(bytes)
  }

  /// The symbol of a name that is there already.
  public func find(_ name: String) -> Symbol? {
    var copy = name
    return copy.withUTF8 { bytes in
      if let (stem, number) = Symbols.split(bytes) {
        let place = stems.place(of: stem, NameTable.key(stem), NamePool())
        let family = Int(stems.slots[place].number) - 1
        if family >= 0, let symbol = member(family, number) { return symbol }
      }
      let found = table.slots[table.place(of: bytes, NameTable.key(bytes), names)].number
      return (found == 0 ? spellings[name] : found).map { Symbol(index: $0 - 1) }
    }
  }

  // MARK: Families

  /// A name as a stem of at most eight bytes and a number, `z17` as z and 17.
  @inline(__always)
  private static func split(_ bytes: UnsafeBufferPointer<UInt8>)
    -> (stem: UnsafeBufferPointer<UInt8>, number: Int)?
  {
    var start = bytes.count
    while start > 0, Lexer.isDigit(bytes[start - 1]) { start -= 1 }
    let digits = bytes.count - start
    guard (1...7).contains(digits), (1...8).contains(start) else { return nil }
    for place in 0..<start where bytes[place] >= 0x80 { return nil }
    // `z07` is not `z7`.
    if bytes[start] == UInt8(ascii: "0"), digits > 1 { return nil }
    var number = 0
    for place in start..<bytes.count { number = number * 10 + Int(bytes[place] &- 48) }
    return (UnsafeBufferPointer(rebasing: bytes[..<start]), number)
  }

  /// The family of a stem, made when it is new.
  @inline(__always)
  private mutating func family(_ stem: UnsafeBufferPointer<UInt8>) -> Int {
    let key = NameTable.key(stem)
    if key == lastStem.key, stem.count == lastStem.length { return lastStem.family }
    let place = stems.place(of: stem, key, NamePool())
    var found = Int(stems.slots[place].number)
    if found == 0 {
      families.append(Family())
      found = families.count
      stems.fill(place, key, length: stem.count, number: found)
    }
    lastStem = (key, stem.count, found - 1)
    return found - 1
  }

  /// A member of a family that is there.
  @inline(__always)
  private func member(_ family: Int, _ number: Int) -> Symbol? {
    guard number < families[family].members.count else { return nil }
    let found = families[family].members[number]
    return found == 0 ? nil : Symbol(index: found - 1)
  }

  /// A new member of a family; nil when its number is too far off, or it may be in the table.
  private mutating func join(_ family: Int, _ number: Int, _ bytes: UnsafeBufferPointer<UInt8>)
    -> Symbol?
  {
    let count = families[family].members.count
    guard !families[family].hasStrays, number < 2 * count + 16 else {
      families[family].hasStrays = true
      return nil
    }
    names.append(bytes)
    for _ in count..<max(count, number + 1) { families[family].members.append(0) }
    families[family].members[number] = Int32(names.count)
    return Symbol(index: Int32(names.count - 1))
  }
}
