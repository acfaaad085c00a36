import WengertKernels

/// Writes loops and branches out, turn by turn and arm by arm, as a run takes them.
struct Straightener {
  /// How many entries may come of it; loops beyond stand as they are.
  static let limit = 200_000

  var straight = StraightList()

  /// A list that is being copied: the top one, or a body at one of its turns.
  private struct Frame {
    let list: List
    /// Where each slot went, -1 where it is not there.
    var places: [Slot]
    var turn: Int?
    /// The values of all turns of a loop, for stacks and histories that nobody has put together.
    var series: [Slot: [Slot]] = [:]
    /// The loops that were written out: what each turn's body became.
    var loops: [Slot: WrittenLoop] = [:]
    /// The results of the arms that were taken.
    var arms: [Slot: [Slot]] = [:]
    /// Where the entries of each loop and branch begin.
    var firsts: [Slot: Int] = [:]
    /// Values of last turns that were not taken: an error only where somebody reads them.
    var missing: Set<Slot> = []

    init(_ list: List, turn: Int?) {
      self.list = list
      self.turn = turn
      places = Array(repeating: Slot(-1), count: list.count)
    }
  }

  private struct WrittenLoop {
    var carried: [Slot]
    var turns: [[Slot]] = []
    /// What the last turn has no value of, and what any turn has none of.
    var missing: Set<Slot> = []
    var gaps: Set<Slot> = []

    mutating func add(_ places: [Slot], _ missing: Set<Slot>) {
      turns.append(places)
      self.missing = missing
      gaps.formUnion(missing)
    }
  }

  /// What somebody asks for: it is an entry of its own, where it is only another name of one too.
  private let kept: Set<Slot>

  private init(kept: [Slot]) { self.kept = Set(kept) }

  /// The entries that some slots of a list need, in their order.
  static func straighten(_ list: List, roots: [Slot]) throws(Fault) -> StraightList {
    var straightener = Straightener(kept: roots)
    straightener.straight.list = List(like: list)
    var frame = Frame(list, turn: nil)
    try straightener.write(&frame, needed: list.reached(from: roots))
    guard frame.missing.isDisjoint(with: roots) else { throw Fault(.noTurn) }
    for (place, slot) in frame.places.enumerated() where slot.place >= 0 {
      straightener.straight.places[Slot(place)] = slot
      straightener.straight.takeAliases(
        of: Slot(place), in: list, isKept: straightener.kept.contains(Slot(place)), as: slot)
    }
    return straightener.straight
  }

  private mutating func write(_ frame: inout Frame, needed: [Bool]) throws(Fault) {
    for place in 0..<frame.list.count where needed[place] && frame.places[place].place < 0 {
      let slot = Slot(place)
      straight.list.span = frame.list.spans[place]
      try write(slot, &frame)
      straight.describe(turn: frame.turn)
      if let name = frame.list.name(slot), frame.places[place].place >= 0 {
        straight.setName(frame.places[place], name, turn: frame.turn)
      }
    }
  }

  private mutating func write(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    if wl_interrupt_requested() != 0 { throw Fault(.interrupted) }
    switch frame.list[slot].code {
    case Code.parameter, Code.print: return
    case Code.number, Code.input:
      frame.places[slot.place] = straight.list.copyInput(slot, from: frame.list)
    case Code.loop, Code.branch: try writeOut(slot, &frame)
    case Code.final, Code.last, Code.stacked, Code.history, Code.turns, Code.arm:
      try writePart(slot, &frame)
    default: try writeOperation(slot, &frame)
    }
  }

  /// Writes a loop or branch out; the outermost stays as it is where that is not possible.
  private mutating func writeOut(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    let before = straight
    frame.firsts[slot] = straight.list.count
    do {
      if frame.list[slot].code == Code.loop {
        try writeLoop(slot, &frame)
      } else {
        try writeBranch(slot, &frame)
      }
    } catch {
      guard frame.turn == nil, error.isAboutWriting else { throw error }
      straight = before
      try copy(slot, &frame)
    }
  }

  /// Copies an entry whose operands are all there.
  private mutating func copy(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    for operand in frame.list.operands(slot) { try gather(operand, &frame) }
    frame.places[slot.place] = straight.list.copy(slot, from: frame.list, places: frame.places)
  }

  /// Copies an operation.
  private mutating func writeOperation(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    let list = frame.list
    let operands = list.operands(slot)
    if list.shape(slot).isHistory, operands.contains(where: { frame.series[$0] != nil }) {
      return try writeSeries(slot, &frame)
    }
    for operand in operands { try gather(operand, &frame) }
    let places = operands.map { frame.places[$0.place] }
    let row = list.primitive(slot)
    if list.isRename(slot) {
      frame.places[slot.place] =
        isAsked(slot, frame) ? straight.list.appendCopy(of: places[0]) : places[0]
      return
    }
    if row.isHidden {
      frame.places[slot.place] = try writeDraw(row, places, list.statics(slot), list.shape(slot))
      return
    }
    let isKnown = !places.isEmpty && places.allSatisfy { straight.list.number($0) != nil }
    // At a turn, what the counter makes a number or a neutral element is no entry.
    if frame.turn != nil, isKnown || list.name(slot) == nil, !row.isInternal,
      let simple = try? straight.list.append(row, places, list.statics(slot))
    {
      frame.places[slot.place] = simple
      return
    }
    frame.places[slot.place] = straight.list.copy(slot, from: list, places: frame.places)
  }

  /// An element-wise operation on the values of all turns.
  private mutating func writeSeries(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    let list = frame.list
    var series: [[Slot]] = []
    for operand in list.operands(slot) {
      series.append(try self.series(of: operand, frame))
    }
    var results: [Slot] = []
    for turn in 0..<(series.map(\.count).min() ?? 0) {
      let operands = series.map { $0[turn] }
      guard let result = try? straight.list.append(list.primitive(slot), operands) else {
        throw Self.unknown
      }
      straight.describe(turn: frame.turn)
      results.append(result)
    }
    frame.series[slot] = results
  }

  /// Puts the values of all turns into one array, where an operation reads it.
  private mutating func gather(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    guard frame.places[slot.place].place < 0 else { return }
    let series = try series(of: slot, frame)
    if series.isEmpty {
      frame.places[slot.place] = straight.list.appendZeros(frame.list.shape(slot))
    } else if let array = try? straight.list.append(.stack, series, [0]) {
      frame.places[slot.place] = array
    } else {
      throw Self.unknown
    }
    straight.describe(turn: frame.turn)
    if let name = frame.list.name(slot) {
      straight.setName(frame.places[slot.place], name, turn: frame.turn)
    }
  }

  /// The values of all turns.
  private func series(of slot: Slot, _ frame: Frame) throws(Fault) -> [Slot] {
    guard !frame.missing.contains(slot) else { throw Fault(.noTurn) }
    guard let series = frame.series[slot] else { throw Self.unknown }
    return series
  }

  private static let tooLong = Fault(.other("a loop that is too long to be written out"))
  private static let unknown = Fault(.other("an entry that cannot be written out"))

  // MARK: loops

  private mutating func writeLoop(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    let list = frame.list
    guard let loop = list.loop(slot) else { throw Self.unknown }
    let operands = list.operands(slot)
    for place in loop.startPlaces { try gather(operands[place], &frame) }
    for place in loop.capturePlaces { try gather(operands[place], &frame) }
    var count = Int.max
    if loop.condition == nil {
      let value = try number(frame.places[operands[0].place])
      guard let whole = Int(exactly: value), whole >= 0 else { throw Fault(.count(value)) }
      count = whole
      note(.count, frame.places[operands[0].place], of: slot, frame)
    }
    let captured = loop.capturePlaces.map { frame.places[operands[$0].place] }
    let needed = loop.body.reached(from: loop.body.results + readSlots(of: slot, in: list))
    let size = needed.count { $0 }
    guard count == Int.max || size * min(count, Self.limit) <= Self.limit else {
      throw Self.tooLong
    }
    var written = WrittenLoop(carried: loop.startPlaces.map { frame.places[operands[$0].place] })
    let firstTurn = straight.turns.count
    var turn = 0
    while turn < count {
      if let condition = loop.condition {
        guard try holds(condition, of: slot, written.carried + captured, frame) else { break }
      }
      let index = loop.isBackward ? count - 1 - turn : turn
      var body = Frame(loop.body, turn: nil)
      body.turn = straight.append(
        StraightList.Turn(number: index + 1, count: count, outer: frame.turn))
      var handed = written.carried
      for place in loop.walkPlaces {
        handed.append(try element(index, of: operands[place], &frame, turn: body.turn))
      }
      handed += captured
      handed.append(straight.list.appendNumber(Double(index)))
      straight.describe(turn: frame.turn)
      for (parameter, value) in zip(loop.body.parameters, handed) {
        body.places[parameter.place] = value
      }
      try write(&body, needed: needed)
      for result in loop.body.results { try gather(result, &body) }
      guard straight.list.count <= Self.limit else { throw Self.tooLong }
      written.add(body.places, body.missing)
      written.carried = loop.body.results.prefix(loop.carried).map { body.places[$0.place] }
      turn += 1
    }
    if loop.condition != nil { straight.setTurnCount(turn, from: firstTurn) }
    frame.loops[slot] = written
  }

  /// Whether a condition holds for the carried and captured values.
  private mutating func holds(
    _ condition: List, of loop: Slot, _ arguments: [Slot], _ outer: Frame
  ) throws(Fault) -> Bool {
    var frame = Frame(condition, turn: outer.turn)
    for (parameter, value) in zip(condition.parameters, arguments) {
      frame.places[parameter.place] = value
    }
    try write(&frame, needed: condition.reached(from: condition.results))
    guard let result = condition.results.first else { throw Self.unknown }
    let value = try number(frame.places[result.place])
    guard !value.isNaN else { throw Fault(.condition(value)) }
    note(.turn, frame.places[result.place], of: loop, outer)
    return value != 0
  }

  /// Keeps what decided the way of a branch or loop.
  private mutating func note(
    _ kind: Decision.Kind, _ decisive: Slot, of slot: Slot, _ frame: Frame
  ) {
    straight.decisions.append(
      Decision(kind: kind, slot: decisive, span: frame.list.spans[slot.place]))
  }

  /// The element of an array, or of the values of all turns, that a turn walks on.
  private mutating func element(
    _ index: Int, of slot: Slot, _ frame: inout Frame, turn: Int?
  ) throws(Fault) -> Slot {
    if let series = frame.series[slot] {
      guard series.indices.contains(index) else { throw Self.unknown }
      return series[index]
    }
    guard !frame.missing.contains(slot) else { throw Fault(.noTurn) }
    let array = frame.places[slot.place]
    let shape = straight.list.shape(array)
    let slices =
      [AxisSlice.at(index)] + shape.element.extents.map { AxisSlice.range(0, count: $0) }
    guard let element = try? straight.list.append(.slice, [array], slices.flatMap(\.statics)) else {
      throw Self.unknown
    }
    straight.describe(turn: turn)
    return element
  }

  /// The slots of a loop's body that entries outside read.
  private func readSlots(of loop: Slot, in list: List) -> [Slot] {
    ((loop.place + 1)..<list.count).compactMap { place in
      let slot = Slot(place)
      let code = list[slot].code
      guard code == Code.last || code == Code.history, list.operand(slot, 0) == loop else {
        return nil
      }
      return Slot(list.part(slot))
    }
  }

  // MARK: branches and parts

  private mutating func writeBranch(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    guard case .branch(let branch)? = frame.list.structure(slot) else { throw Self.unknown }
    let operands = frame.list.operands(slot)
    for operand in operands { try gather(operand, &frame) }
    let condition = try number(frame.places[operands[0].place])
    guard !condition.isNaN else { throw Fault(.condition(condition)) }
    note(.branch, frame.places[operands[0].place], of: slot, frame)
    let arm = condition != 0 ? branch.then : branch.otherwise
    var body = Frame(arm, turn: frame.turn)
    for (parameter, operand) in zip(arm.parameters, operands.dropFirst()) {
      body.places[parameter.place] = frame.places[operand.place]
    }
    try write(&body, needed: arm.reached(from: arm.results))
    for result in arm.results { try gather(result, &body) }
    frame.arms[slot] = arm.results.map { body.places[$0.place] }
  }

  private mutating func writePart(_ slot: Slot, _ frame: inout Frame) throws(Fault) {
    let whole = frame.list.operand(slot, 0)
    let part = frame.list.part(slot)
    if let arm = frame.arms[whole] {
      frame.places[slot.place] = own(arm[part], as: slot, of: whole, frame)
      return
    }
    guard let written = frame.loops[whole], let loop = frame.list.loop(whole) else {
      return try copy(slot, &frame)
    }
    switch frame.list[slot].code {
    case Code.final:
      frame.places[slot.place] = own(written.carried[part], as: slot, of: whole, frame)
    case Code.turns:
      frame.places[slot.place] = straight.list.appendNumber(Double(written.turns.count))
    case Code.last:
      guard let places = written.turns.last, !written.missing.contains(Slot(part)) else {
        frame.missing.insert(slot)
        return
      }
      frame.places[slot.place] =
        isAsked(slot, frame)
        ? straight.list.appendCopy(of: places[part])
        : places[part]
    case Code.history where written.gaps.contains(Slot(part)): frame.missing.insert(slot)
    case Code.history:
      let series = written.turns.map { $0[part] }
      frame.series[slot] = loop.isBackward ? series.reversed() : series
    default:
      let result = loop.body.results[loop.carried + part].place
      let series = written.turns.map { $0[result] }
      frame.series[slot] = loop.isBackward ? series.reversed() : series
    }
  }

  private func isAsked(_ slot: Slot, _ frame: Frame) -> Bool {
    frame.turn == nil && kept.contains(slot)
  }

  /// A result that somebody asks for as an entry of its own, where the loop or branch hands on what
  /// it was given.
  private mutating func own(_ result: Slot, as slot: Slot, of whole: Slot, _ frame: Frame) -> Slot {
    let isHandedOn = result.place < frame.firsts[whole] ?? 0
    return isHandedOn && isAsked(slot, frame) ? straight.list.appendCopy(of: result) : result
  }

  /// The value of a number, run when it is not known yet.
  private mutating func number(_ slot: Slot) throws(Fault) -> Double {
    if let value = straight.list.number(slot) { return value }
    straight.describe(turn: nil)
    try straight.run()
    guard let value = straight.values.view(slot, in: straight.list)?.number else {
      throw Fault(.noValue)
    }
    return value
  }
}

extension Fault {
  /// Whether a loop runs but cannot be written out: it is too long, or an input has no value yet.
  fileprivate var isAboutWriting: Bool {
    switch reason {
    case .noValue, .other: true
    default: false
    }
  }
}
