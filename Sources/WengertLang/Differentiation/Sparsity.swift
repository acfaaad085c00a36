/// Which places of a seed each element of a sweep depends on, read off its list.
///
/// A sweep is linear in its seed, so every entry hands places on: element by element, or as its
/// kernel moves and adds up elements. Loops are walked turn by turn where their count is known, so
/// that indices that shift with the turn are seen; else until nothing is added.
struct Sparsity {
  /// For each element the number of its set of places.
  typealias Marks = [Int32]

  /// The work was too much to be worth it.
  struct Exhausted: Error {}

  /// A list that is being read: the program, or a body at one of its turns.
  struct Frame {
    let list: List
    /// The entries that depend on the seed.
    var marks: [Slot: Marks] = [:]
    /// The same for values that have an element for each turn.
    var series: [Slot: Series] = [:]
    /// Values that are known without a run; nil for those that were looked for in vain.
    var values: [Slot: [Double]?] = [:]
    var loops: [Slot: LoopMarks] = [:]
    var arms: [Slot: [Marks?]] = [:]
    /// What is known of entries that were there before.
    var known: ((Slot) -> [Double]?)?

    init(_ list: List) { self.list = list }
  }

  /// The marks of a value at each turn, in the order of its places.
  struct Series {
    var turns: [Marks?]
    /// Whether the one element stands for any turn.
    var isUniform = false

    subscript(_ turn: Int) -> Marks? {
      let place = isUniform ? 0 : turn
      return turns.indices.contains(place) ? turns[place] : nil
    }
  }

  private(set) var sets = PlaceSets()
  private var transports: [Key: Transport] = [:]
  var decidingPlaces: [ObjectIdentifier: Set<Int>] = [:]
  private var work = 0
  /// How many elements may be looked at.
  private static let limit = 8_000_000

  private struct Key: Hashable {
    var code: UInt16
    var operand: Int
    var shapes: [Shape]
    var statics: [Int]
    var others: [[Double]?]
  }

  /// The places that each element of some entries depends on; nil where it is too much work.
  ///
  /// - Parameter known: the elements of entries before the seed, where they are known.
  static func of(
    _ results: [Slot], seed: Slot, in list: List, known: @escaping (Slot) -> [Double]?
  ) -> [[[Int32]]]? {
    var reader = Sparsity()
    var frame = Frame(list)
    frame.known = { $0 < seed ? known($0) : nil }
    let places = 0..<Int32(truncatingIfNeeded: list.shape(seed).count)
    frame.marks[seed] = places.map { reader.sets.number(of: [$0]) }
    let needed = list.reached(from: results)
    do {
      for place in (seed.place + 1)..<max(list.count, seed.place + 1) where needed[place] {
        try reader.read(Slot(place), &frame)
      }
    } catch { return nil }
    // A reader that was stopped knows a part of the places only.
    guard !Kernel.isStopped else { return nil }
    return results.map { result in
      let count = list.shape(result).count
      let marks = frame.marks[result] ?? Array(repeating: 0, count: count)
      return marks.map { reader.sets.members[Int($0)] }
    }
  }

  /// Reads one entry.
  mutating func read(_ slot: Slot, _ frame: inout Frame) throws(Exhausted) {
    let list = frame.list
    let operands = list.operands(slot)
    guard operands.contains(where: { frame.depends($0) }) else { return }
    switch list[slot].code {
    case Code.loop: try readLoop(slot, &frame)
    case Code.branch: try readBranch(slot, &frame)
    case Code.final, Code.last, Code.stacked, Code.history, Code.arm: readPart(slot, &frame)
    case Code.turns, Code.print: return
    case Code.custom: try spread(operands.compactMap { frame.marks[$0] }, to: slot, &frame)
    default: try readOperation(slot, operands, &frame)
    }
  }

  private mutating func readOperation(
    _ slot: Slot, _ operands: [Slot], _ frame: inout Frame
  ) throws(Exhausted) {
    let list = frame.list
    let row = list.primitive(slot)
    let shape = list.shape(slot)
    if case .flat = row.rule { return }
    if shape.isHistory { return try readSeries(slot, operands, &frame) }
    guard row.isElementwise else {
      for (index, operand) in operands.enumerated() {
        guard let marks = frame.marks[operand], row.isDifferentiable(operand: index) else {
          continue
        }
        let transport = transport(slot, index, &frame)
        try carry(marks, by: transport, to: slot, &frame)
      }
      return
    }
    for (index, operand) in operands.enumerated() where row.isDifferentiable(operand: index) {
      guard let marks = frame.marks[operand] else { continue }
      try spend(shape.count)
      add(stretched(marks, from: list.shape(operand), to: shape), to: slot, &frame)
    }
  }

  /// An element-wise operation on the values of all turns.
  private mutating func readSeries(
    _ slot: Slot, _ operands: [Slot], _ frame: inout Frame
  ) throws(Exhausted) {
    let parts = operands.compactMap { frame.series[$0] }
    let isUniform = parts.contains(where: \.isUniform)
    let count = isUniform ? 1 : parts.map(\.turns.count).max() ?? 0
    var turns: [Marks?] = []
    for turn in 0..<count {
      var sum: Marks?
      for part in parts {
        let marks = part.isUniform || !isUniform ? part[turn] : union(of: part.turns)
        sum = union(sum, marks)
      }
      try spend(sum?.count ?? 1)
      turns.append(sum)
    }
    frame.series[slot] = Series(turns: turns, isUniform: isUniform)
  }

  private mutating func carry(
    _ marks: Marks, by transport: Transport, to slot: Slot, _ frame: inout Frame
  ) throws(Exhausted) {
    guard case .places(let places) = transport else {
      return try spread([marks], to: slot, &frame)
    }
    try spend(places.count)
    var result = Array(repeating: Int32(0), count: places.count)
    for (element, sources) in places.enumerated() {
      guard sources.count != 1 else {
        result[element] = marks[Int(sources[0])]
        continue
      }
      result[element] = sets.union(of: sources.map { marks[Int($0)] })
      if sources.count > 1 { try spend(sources.count) }
    }
    add(result, to: slot, &frame)
  }

  /// Every element of an entry depends on all that these depend on.
  private mutating func spread(
    _ all: [Marks], to slot: Slot, _ frame: inout Frame
  ) throws(Exhausted) {
    var whole: Int32 = 0
    for marks in all {
      try spend(marks.count)
      whole = sets.union(whole, sets.union(of: Set(marks).sorted()))
    }
    let count = frame.list.shape(slot).count
    try spend(count)
    add(Array(repeating: whole, count: count), to: slot, &frame)
  }

  /// How the elements of an operand get into a result.
  private mutating func transport(
    _ slot: Slot, _ index: Int, _ frame: inout Frame
  ) -> Transport {
    let list = frame.list
    let row = list.primitive(slot)
    let operands = list.operands(slot)
    var others: [[Double]?] = []
    for (place, operand) in operands.enumerated() {
      // But for sums, an entry of a sweep has one operand that depends on the seed.
      guard place == index || frame.marks[operand] == nil else { return .everything }
      if place == index {
        others.append(nil)
      } else if !row.isDifferentiable(operand: place) {
        guard let value = value(operand, &frame) else { return .everything }
        others.append(value)
      } else {
        others.append(constant(operand, in: list))
      }
    }
    let key = Key(
      code: list[slot].code, operand: index, shapes: operands.map { list.shape($0) },
      statics: list.statics(slot), others: others)
    if let known = transports[key] { return known }
    let found = Transport.of(
      row, operand: index, others: others, shapes: key.shapes, statics: key.statics,
      result: list.shape(slot))
    transports[key] = found
    return found
  }

  // MARK: marks

  mutating func spend(_ count: Int) throws(Exhausted) {
    work += count + 1
    if work + sets.work / 4 > Self.limit || Kernel.isStopped { throw Exhausted() }
  }

  /// Adds marks to those of an entry.
  mutating func add(_ marks: Marks, to slot: Slot, _ frame: inout Frame) {
    frame.marks[slot] = union(frame.marks[slot], marks)
  }

  mutating func union(_ a: Marks?, _ b: Marks?) -> Marks? {
    guard let a, let b else { return a ?? b }
    var result = a
    for place in result.indices where place < b.count && !Kernel.isStopped {
      result[place] = sets.union(result[place], b[place])
    }
    return result
  }

  mutating func union(of all: [Marks?]) -> Marks? {
    all.reduce(nil) { union($0, $1) }
  }

  private func stretched(_ marks: Marks, from: Shape, to shape: Shape) -> Marks {
    if from == shape { return marks }
    var result = Array(repeating: Int32(0), count: shape.count)
    Walk(stretching: from, to: shape).forEachRun { target, source, count, stride in
      for k in 0..<count { result[target + k] = marks[source + k * stride] }
    }
    return result
  }
}

extension Sparsity.Frame {
  /// Whether an entry depends on the seed.
  func depends(_ slot: Slot) -> Bool {
    marks[slot] != nil || series[slot] != nil || loops[slot] != nil || arms[slot] != nil
  }
}
