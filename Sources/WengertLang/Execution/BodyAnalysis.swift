/// What the rest of a program reads of a loop's turns.
struct LoopReads {
  /// The body's slots whose values of all turns are read.
  var histories: [Slot] = []
  /// The body's slots whose value of the last turn is read.
  var lasts = SlotSet()

  /// What the entries at some places read of each loop, those before them included.
  static func inside(_ list: List, _ places: Range<Int>) -> [Slot: LoopReads] {
    var found: [Slot: LoopReads] = [:]
    var next = places.lowerBound
    while next < places.upperBound {
      let end = noteLasts(next, list, places, &found)
      if end == next { note(Slot(next), list, before: places.lowerBound, &found) }
      next = max(end, next + 1)
    }
    return found
  }

  /// Notes last values of one loop that stand side by side, of which a long body has many, where
  /// something of the loop was noted before; says where they end.
  private static func noteLasts(
    _ first: Int, _ list: List, _ places: Range<Int>, _ found: inout [Slot: LoopReads]
  ) -> Int {
    guard list[Slot(first)].code == Code.last else { return first }
    let whole = list[Slot(first)].a
    guard var reads = found.removeValue(forKey: Slot(Int(whole))) else { return first }
    var next = first
    while next < places.upperBound, list[Slot(next)].code == Code.last, list[Slot(next)].a == whole
    {
      reads.lasts.insert(Slot(list.part(Slot(next))))
      next += 1
    }
    found[Slot(Int(whole))] = reads
    return next
  }

  /// Notes an entry, and the histories that it reads of loops which are made again.
  private static func note(
    _ slot: Slot, _ list: List, before first: Int, _ found: inout [Slot: LoopReads]
  ) {
    let code = list[slot].code
    if code == Code.last || code == Code.history || code == Code.stacked {
      let whole = list.operand(slot, 0)
      guard let loop = list.loop(whole) else { return }
      let part = Slot(list.part(slot))
      let isNew = found[whole] == nil
      switch code {
      case Code.last: found[whole, default: LoopReads()].lasts.insert(part)
      case Code.history: found[whole, default: LoopReads()].record(part)
      default:
        let isRead = list.shape(slot).isHistory
        let stacked = isRead ? loop.body.results[loop.carried + part.place] : nil
        found[whole, default: LoopReads()].record(stacked)
      }
      if isNew, whole.place < first { noteHistories(whole, list, before: first, &found) }
    } else if code != Code.parameter {
      noteHistories(slot, list, before: first, &found)
    }
  }

  private static func noteHistories(
    _ slot: Slot, _ list: List, before first: Int, _ found: inout [Slot: LoopReads]
  ) {
    for index in 0..<list.operandCount(slot) {
      let operand = list.operand(slot, index)
      guard operand.place < first, list[operand].shape != 0, list.shape(operand).isHistory else {
        continue
      }
      note(operand, list, before: first, &found)
    }
    // A loop that is made again for a part of it needs what it walks.
    let code = list[slot].code
    if code == Code.final || code == Code.turns, list.operand(slot, 0).place < first {
      noteHistories(list.operand(slot, 0), list, before: first, &found)
    }
  }

  private mutating func record(_ slot: Slot?) {
    if let slot, !histories.contains(slot) { histories.append(slot) }
  }
}

/// Which entries of a loop's body depend on what.
struct BodyAnalysis {
  enum Dependence {
    /// The same in every turn.
    case shared
    /// On the turn, what it walks and what is shared, but on nothing that is carried.
    case turn
    case carried
  }

  let loop: Loop
  private(set) var dependences: [Dependence] = []
  /// The entries in the order in which a turn computes them.
  private(set) var order: [Int32]
  /// Where each entry comes in that order.
  private var position: [Int32]
  /// Where the last entry that reads each slot comes, -1 for none; views read for their readers.
  private var lastReader: [Int32]
  private(set) var readers: [Int32]
  /// Whether a loop, a branch or a rule reads the slot.
  private(set) var isCaptured: [Bool]

  init(_ loop: Loop) {
    self.loop = loop
    let body = loop.body
    order = Array(0..<Int32(body.count))
    position = order
    lastReader = Array(repeating: -1, count: body.count)
    readers = Array(repeating: 0, count: body.count)
    isCaptured = Array(repeating: false, count: body.count)
    // What is handed on as it is, such as the adjoint of a sum, is the same in every turn.
    let carried = Set(
      (0..<loop.carried).compactMap {
        body.parameters[$0] == body.results[$0] ? nil : body.parameters[$0]
      })
    let shared = Set(
      body.parameters[..<loop.carried]
        + body.parameters[(loop.carried + loop.walks)...].prefix(loop.captures))
    dependences.reserveCapacity(body.count)
    for place in 0..<body.count {
      let slot = Slot(place)
      let entry = body[slot]
      var dependence = Dependence.shared
      if entry.code == Code.parameter {
        dependence = carried.contains(slot) ? .carried : shared.contains(slot) ? .shared : .turn
      } else if entry.shape != 0 && body.shape(slot).isHistory || Self.isStructural(entry.code) {
        dependence = .carried
      } else {
        for index in 0..<body.operandCount(slot) {
          switch dependences[body.operand(slot, index).place] {
          case .carried: dependence = .carried
          case .turn: if dependence == .shared { dependence = .turn }
          case .shared: break
          }
        }
      }
      dependences.append(dependence)
      for index in 0..<body.operandCount(slot) {
        let operand = body.operand(slot, index).place
        readers[operand] += 1
        if Self.isStructural(entry.code) { isCaptured[operand] = true }
      }
    }
    for result in body.results { readers[result.place] += 1 }
    findLastReaders()
    postpone()
  }

  /// Finds the last entry that reads each slot.
  private mutating func findLastReaders() {
    let body = loop.body
    for slot in lastReader.indices { lastReader[slot] = -1 }
    for place in 0..<body.count {
      for index in 0..<body.operandCount(Slot(place)) {
        let operand = body.operand(Slot(place), index).place
        lastReader[operand] = max(lastReader[operand], position[place])
      }
    }
    for place in stride(from: body.count - 1, through: 0, by: -1)
    where KernelTable.isMotion[Int(body[Slot(place)].code)] {
      // A product may read what its operand is a view of.
      for operand in body.operands(Slot(place)) {
        lastReader[operand.place] = max(lastReader[operand.place], lastReader[place])
        if isCaptured[place] { isCaptured[operand.place] = true }
      }
    }
  }

  /// Computes next values last which no entry reads, where entries behind them read the values that
  /// they replace.
  private mutating func postpone() {
    let body = loop.body
    let late = (0..<loop.carried).filter { k in
      let (parameter, result) = (body.parameters[k], body.results[k])
      guard dependences[result.place] == .carried, readers[result.place] == 1,
        lastReader[parameter.place] > result.index
      else { return false }
      switch body.primitive(result).kernel {
      case .map, .zip: return true
      default: return body.primitive(result) == .scatter
      }
    }.map { body.results[$0].index }.sorted()
    guard !late.isEmpty else { return }
    let isLate = SlotSet(late.lazy.map { Slot(Int($0)) })
    order = order.filter { !isLate.contains(Slot(Int($0))) } + late
    for (index, place) in order.enumerated() { position[Int(place)] = Int32(index) }
    findLastReaders()
  }

  static func isStructural(_ code: UInt16) -> Bool { Code.loop...Code.print ~= code }

  func isShared(_ slot: Slot) -> Bool {
    dependences[slot.place] == .shared && loop.body[slot].code != Code.parameter
  }

  /// The carried parameters whose next value may be written over them.
  func inPlace(_ reads: LoopReads) -> [Slot: Slot] {
    let body = loop.body
    var found: [Slot: Slot] = [:]
    // Turns that are made again run the body before what it began with is read.
    let readsBody = reads.histories.contains { body[$0].code != Code.parameter }
    let first = loop.isTraining ? firstSteady : 0
    for k in 0..<loop.carried {
      let (parameter, result) = (body.parameters[k], body.results[k])
      guard body[result].code != Code.parameter, dependences[result.place] == .carried,
        !Self.isStructural(body[result].code), found[result] == nil,
        body.results.count(where: { $0 == result }) == 1, !body.results.contains(parameter),
        !isCaptured[parameter.place], !reads.histories.contains(result),
        !(readsBody && reads.histories.contains(parameter)),
        !reads.lasts.contains(parameter),
        position[result.place] >= first, !loop.isTraining || isElementwise(result),
        lastReader[parameter.place] <= position[result.place]
      else { continue }
      if lastReader[parameter.place] == position[result.place] {
        guard worksInPlace(result) else { continue }
      }
      found[result] = parameter
    }
    return found
  }

  /// Where the entries begin behind the last one that calls back.
  ///
  /// What comes before may be stopped halfway: a step of training must not have written over its
  /// weights by then.
  private var firstSteady: Int32 {
    let body = loop.body
    var first: Int32 = 0
    for place in 0..<body.count where position[place] >= first {
      let slot = Slot(place)
      if case .motion = body.primitive(slot).kernel { continue }
      if body[slot].code > Code.parameter, !isElementwise(slot) { first = position[place] + 1 }
    }
    return first
  }

  /// Whether the machine computes an entry element by element.
  private func isElementwise(_ slot: Slot) -> Bool {
    switch loop.body.primitive(slot).kernel {
    case .map(let map): map.code != nil || map.function != nil
    case .zip(let zip): zip.code != nil || zip.function != nil
    default: false
    }
  }

  /// Whether an entry reads each element before it writes the one in its place.
  private func worksInPlace(_ slot: Slot) -> Bool {
    let body = loop.body
    switch body.primitive(slot).kernel {
    case .map(let map) where map.code == nil || !body.shape(slot).isScalar: return false
    case .map, .zip:
      return body.operands(slot).allSatisfy { body[$0].shape == body[slot].shape }
    case .dense where body.primitive(slot) == .scatter:
      // It replaces what it is told to, and leaves the rest as it is.
      let operands = body.operands(slot)
      return !operands.dropFirst().contains(operands[0]) && body[operands[0]].code == Code.parameter
    default: return false
    }
  }
}
