/// A Wengert list: straight-line entries, each computed once, in order.
///
/// The derivative of a list is a list: the sweeps append entries to it. Bodies of loops and
/// branches are lists with parameters and results.
struct List: Sendable {
  private(set) var entries: [Entry] = []
  /// The name of each entry as far as the last that has one, -1 where it has none.
  private var names: [Int32] = []
  /// Further names of entries: `v2 = Y1 = sigma(v1)` gives one entry two.
  private(set) var aliases: [Slot: [Symbol]] = [:]
  /// Where each entry was written; entries of sweeps have the span of what they differentiate.
  private(set) var spans = Spans()
  private(set) var details: [Detail] = []
  /// The elements of numbers and inputs, those of large arrays in blocks of their own.
  private(set) var data: [Double] = []
  private var blocks: [[Double]] = []
  private static let largeCount = 4096
  private(set) var shapes: [Shape] = [.scalar]
  private var shapeNumbers: [Shape: Int32] = [.scalar: 0]
  /// A scalar number by its bits and by what it may be wrong by.
  private struct Known: Hashable {
    var bits: UInt64
    var error = 0.0
  }
  /// The scalar numbers that are there already.
  private var numbers: [Known: Slot] = [:]
  /// What numbers that were worked out before may be wrong by, by where their elements are.
  private(set) var numberErrors: [Int32: Double] = [:]
  /// What a body is handed at each turn.
  var parameters: [Slot] = []
  /// What a body gives back.
  var results: [Slot] = []
  /// The span that entries get while they are appended.
  var span = Span(0, 0)

  /// What the reverse sweep makes of zeros that stand for nothing.
  var zeros = ZeroRule.structural
  /// What a run of the list may take for its values, in bytes.
  var memory = 1 << 32

  init() {}

  /// An empty list that is run and swept as another one.
  init(like other: List) { (zeros, memory) = (other.zeros, other.memory) }

  var count: Int { entries.count }
  var lastSlot: Slot { Slot(entries.count - 1) }

  // MARK: reading

  subscript(_ slot: Slot) -> Entry { entries[slot.place] }

  func primitive(_ slot: Slot) -> Primitive { Catalogue.all[Int(entries[slot.place].code)] }
  func shape(_ slot: Slot) -> Shape { shapes[Int(entries[slot.place].shape)] }
  func name(_ slot: Slot) -> Symbol? {
    let name = nameNumber(slot.place)
    return name < 0 ? nil : Symbol(index: name)
  }

  /// The number of an entry's name, -1 where it has none.
  @inline(__always)
  func nameNumber(_ place: Int) -> Int32 { place < names.count ? names[place] : -1 }

  func operandCount(_ slot: Slot) -> Int {
    let entry = entries[slot.place]
    return entry.hasDetail ? details[Int(entry.a)].operands.count : Int(entry.inlineCount)
  }

  func operand(_ slot: Slot, _ index: Int) -> Slot {
    let entry = entries[slot.place]
    if entry.hasDetail { return details[Int(entry.a)].operands[index] }
    return Slot(Int(index == 0 ? entry.a : entry.b))
  }

  func operands(_ slot: Slot) -> [Slot] {
    let entry = entries[slot.place]
    if entry.hasDetail { return details[Int(entry.a)].operands }
    switch entry.inlineCount {
    case 0: return []
    case 1: return [Slot(Int(entry.a))]
    default: return [Slot(Int(entry.a)), Slot(Int(entry.b))]
    }
  }

  func statics(_ slot: Slot) -> [Int] {
    let entry = entries[slot.place]
    return entry.hasDetail ? details[Int(entry.a)].statics : []
  }

  func structure(_ slot: Slot) -> Structure? {
    let entry = entries[slot.place]
    return entry.hasDetail ? details[Int(entry.a)].structure : nil
  }

  func loop(_ slot: Slot) -> Loop? {
    if case .loop(let loop)? = structure(slot) { return loop }
    return nil
  }

  /// Which part of a loop or branch an entry reads.
  func part(_ slot: Slot) -> Int { Int(entries[slot.place].b) }

  /// The elements of a number or input; nil for an input without a value.
  func elements(_ slot: Slot) -> ArraySlice<Double>? {
    let start = Int(entries[slot.place].a)
    if start < -1 { return blocks[-2 - start][...] }
    guard start >= 0 else { return nil }
    return data[start..<(start + shape(slot).count)]
  }

  /// The elements of a number or input as an array, a large one without a copy.
  func array(_ slot: Slot) -> [Double]? {
    let start = Int(entries[slot.place].a)
    return start < -1 ? blocks[-2 - start] : elements(slot).map(Array.init)
  }

  /// The value of an entry that is a written-out number.
  func number(_ slot: Slot) -> Double? {
    let entry = entries[slot.place]
    guard entry.code == Code.number, entry.shape == 0 else { return nil }
    return data[Int(entry.a)]
  }

  /// Whether an entry must run for what it does: it is never shared, dropped or moved.
  func isEffect(_ slot: Slot) -> Bool { structure(slot)?.isEffect ?? false }

  /// Whether there are loops, branches or their parts at some places.
  func hasStructure(in places: Range<Int>) -> Bool {
    entries[places].contains { Code.loop...Code.arm ~= $0.code }
  }

  var hasEffects: Bool { details.contains { $0.structure?.isEffect ?? false } }

  // MARK: writing

  mutating func intern(_ shape: Shape) -> Int32 {
    if shape.isScalar { return 0 }
    if let number = shapeNumbers[shape] { return number }
    shapes.append(shape)
    shapeNumbers[shape] = Int32(shapes.count - 1)
    return Int32(shapes.count - 1)
  }

  @discardableResult
  mutating func append(_ entry: Entry) -> Slot {
    entries.append(entry)
    spans.append(span)
    return lastSlot
  }

  /// Makes room for more entries, so that a long list is not copied while it grows.
  mutating func reserve(_ more: Int) {
    let wanted = entries.count + more
    guard more > 1000, wanted > entries.capacity else { return }
    let room = max(wanted, entries.count + entries.count / 2)
    entries.reserveLarge(room)
    names.reserveLarge(room)
    spans.reserve(room)
  }

  /// Appends an operation on numbers, under a name.
  mutating func appendNamed(_ code: UInt16, _ a: Slot, _ b: Slot?, name: Symbol, span: Span) {
    self.span = span
    entries.append(
      Entry(
        code: code, hasDetail: false, inlineCount: b == nil ? 1 : 2, shape: 0, a: a.index,
        b: b?.index ?? -1))
    nameLast(name.index)
    spans.append(span)
  }

  /// Gives the entry that was appended a name by its number, where that is one.
  @inline(__always)
  private mutating func nameLast(_ name: Int32) {
    guard name >= 0 else { return }
    while names.count < entries.count - 1 { names.append(-1) }
    names.append(name)
  }

  /// Appends a copy of a plain number of another list, whose operands went to `places`.
  @inline(__always)
  mutating func appendPlainNumber(
    _ entry: Entry, _ places: [Slot], name: Int32, span: Span
  ) -> Slot {
    var entry = entry
    entry.a = places[Int(entry.a)].index
    if entry.inlineCount > 1 { entry.b = places[Int(entry.b)].index }
    entries.append(entry)
    nameLast(name)
    spans.append(span)
    return lastSlot
  }

  mutating func setName(_ slot: Slot, _ name: Symbol) {
    while names.count <= slot.place { names.append(-1) }
    names[slot.place] = name.index
  }
  mutating func addAlias(_ slot: Slot, _ name: Symbol) { aliases[slot, default: []].append(name) }

  /// A written-out number; scalars are held once.
  ///
  /// - Parameter error: what rounding may have made of it; those that are exact are other ones.
  mutating func appendNumber(_ value: Double, error: Double = 0) -> Slot {
    let known = Known(bits: value.bitPattern, error: error)
    if let slot = numbers[known] { return slot }
    data.append(value)
    if error > 0 { numberErrors[Int32(data.count - 1)] = error }
    let slot = append(
      Entry(
        code: Code.number, hasDetail: false, inlineCount: 0, shape: 0,
        a: Int32(data.count - 1), b: -1))
    numbers[known] = slot
    return slot
  }

  /// A written-out array, or a given value: what a program calls an input.
  ///
  /// - Parameter error: what rounding may have made of a single number.
  mutating func appendData(
    _ elements: some Collection<Double>, shape: Shape, isInput: Bool, error: Double = 0
  ) -> Slot {
    let start = keep(elements)
    let number = intern(shape)
    if error > 0 { numberErrors[start] = error }
    return append(
      Entry(
        code: isInput ? Code.input : Code.number, hasDetail: false, inlineCount: 0, shape: number,
        a: start, b: -1))
  }

  /// An input without a value yet.
  mutating func appendInput(shape: Shape) -> Slot {
    let number = intern(shape)
    return append(
      Entry(code: Code.input, hasDetail: false, inlineCount: 0, shape: number, a: -1, b: -1))
  }

  /// Gives an input its value.
  mutating func setInput(_ slot: Slot, _ elements: some Collection<Double>) {
    let start = keep(elements)
    entries[slot.place].a = start
  }

  /// Keeps elements; says where, counting down from -2 where they are a block.
  private mutating func keep(_ elements: some Collection<Double>) -> Int32 {
    guard elements.count >= Self.largeCount else {
      data.append(contentsOf: elements)
      return Int32(data.count - elements.count)
    }
    blocks.append(Array(elements))
    return -1 - Int32(blocks.count)
  }

  /// Says that an entry has another shape.
  mutating func setShape(_ slot: Slot, _ shape: Shape) { entries[slot.place].shape = intern(shape) }

  /// Cuts an entry off from what it was computed from: it is an input with a value.
  mutating func replaceWithInput(_ slot: Slot, _ elements: some Collection<Double>) {
    let shape = entries[slot.place].shape
    entries[slot.place] = Entry(
      code: Code.input, hasDetail: false, inlineCount: 0, shape: shape, a: -1, b: -1)
    setInput(slot, elements)
  }

  /// The next parameter of a body.
  mutating func appendParameter(shape: Shape) -> Slot {
    let number = intern(shape)
    let slot = append(
      Entry(
        code: Code.parameter, hasDetail: false, inlineCount: 0, shape: number,
        a: Int32(parameters.count), b: -1))
    parameters.append(slot)
    return slot
  }

  /// A part of a loop or branch: a final value, a stack, a history, the result of an arm.
  mutating func appendPart(_ code: UInt16, of whole: Slot, _ part: Int, shape: Shape) -> Slot {
    let number = intern(shape)
    return append(
      Entry(
        code: code, hasDetail: false, inlineCount: 1, shape: number, a: whole.index,
        b: Int32(part)))
  }

  /// An entry with a body.
  mutating func appendStructure(
    _ code: UInt16, _ operands: [Slot], _ structure: Structure, shape: Shape = .scalar
  ) -> Slot {
    details.append(Detail(operands: operands, structure: structure))
    let number = intern(shape)
    return append(
      Entry(
        code: code, hasDetail: true, inlineCount: 0, shape: number, a: Int32(details.count - 1),
        b: -1))
  }

  /// An operation whose shape is known to fit.
  mutating func appendOperation(
    _ code: UInt16, _ operands: [Slot], _ statics: [Int], shape: Shape
  ) -> Slot {
    let number = intern(shape)
    guard operands.count > 2 || !statics.isEmpty || operands.isEmpty else {
      return append(
        Entry(
          code: code, hasDetail: false, inlineCount: UInt8(operands.count), shape: number,
          a: operands[0].index, b: operands.count > 1 ? operands[1].index : -1))
    }
    details.append(Detail(operands: operands, statics: statics))
    return append(
      Entry(
        code: code, hasDetail: true, inlineCount: 0, shape: number, a: Int32(details.count - 1),
        b: -1))
  }

  /// Lets an entry read other slots, as many as before.
  mutating func replaceOperands(of slot: Slot, by operands: [Slot]) {
    let entry = entries[slot.place]
    if entry.hasDetail {
      details[Int(entry.a)].operands = operands
    } else {
      if let first = operands.first { entries[slot.place].a = first.index }
      if operands.count > 1 { entries[slot.place].b = operands[1].index }
    }
  }

  /// Replaces the rows of entries by others of the same shape, and what their details hold.
  mutating func replaceRows(
    _ row: (Primitive) -> Primitive, structures: (Structure) -> Structure
  ) {
    for place in entries.indices { entries[place].code = row(primitive(Slot(place))).code }
    for place in details.indices {
      details[place].structure = details[place].structure.map(structures)
    }
  }

  /// Moves an entry to an earlier place of the list, and its operands to where theirs went.
  @inline(__always)
  mutating func moveEntry(_ place: Int, to next: Int, _ places: [Slot]) {
    var entry = entries[place]
    if entry.hasDetail {
      let operands = details[Int(entry.a)].operands
      details[Int(entry.a)].operands = operands.map { places[$0.place] }
    } else {
      if entry.inlineCount > 0 { entry.a = places[Int(entry.a)].index }
      if entry.inlineCount > 1 { entry.b = places[Int(entry.b)].index }
    }
    entries[next] = entry
    if place < names.count { names[next] = names[place] }
  }

  /// Drops the entries from a place on, where those before it were moved, and all second names.
  mutating func dropEntries(from place: Int, _ places: [Slot]) {
    entries.removeSubrange(place...)
    if names.count > place { names.removeSubrange(place...) }
    spans.keep { places[$0].index >= 0 }
    parameters = parameters.map { places[$0.place] }
    numbers = numbers.compactMapValues { slot in
      let moved = places[slot.place]
      return moved.index < 0 ? nil : moved
    }
    aliases = [:]
  }

  mutating func setParameterNumber(_ slot: Slot, _ number: Int) {
    entries[slot.place].a = Int32(number)
  }

  /// Makes entries that print print nothing, also inside of loops and branches.
  mutating func silence() {
    for index in details.indices {
      guard let structure = details[index].structure else { continue }
      details[index].structure = structure.quiet
    }
  }

  mutating func appendDetail(_ detail: Detail) -> Int32 {
    details.append(detail)
    return Int32(details.count - 1)
  }

  /// Forgets every entry from a place on.
  mutating func truncate(to count: Int) {
    guard count < entries.count else { return }
    entries.removeSubrange(count...)
    if names.count > count { names.removeSubrange(count...) }
    spans.truncate(to: count)
    parameters.removeAll { $0.place >= count }
    aliases = aliases.filter { $0.key.place < count }
    numbers = numbers.filter { $0.value.place < count }
  }
}
