/// What loops and branches hand on.
extension Sparsity {
  /// What the parts of a loop depend on.
  struct LoopMarks {
    var finals: [Marks?]
    /// For each stacked value its marks by turn.
    var stacks: [Series]
    /// For slots of the body that parts read, their marks by turn.
    var slots: [Slot: Series] = [:]
  }

  /// How many turns are walked one by one.
  private static let turnLimit = 100_000

  mutating func readLoop(_ slot: Slot, _ frame: inout Frame) throws(Exhausted) {
    let list = frame.list
    guard let loop = list.loop(slot) else { return }
    let operands = list.operands(slot)
    let read = list.bodySlots(readFrom: slot)
    var count: Int?
    if loop.condition == nil, let value = value(operands[0], &frame)?.first {
      count = Int(exactly: value)
    }
    if let count, (0...Self.turnLimit).contains(count) {
      frame.loops[slot] = try turns(of: loop, count, operands, read, &frame)
    } else {
      frame.loops[slot] = try anyTurn(of: loop, operands, read, &frame)
    }
  }

  /// Which parameters decide where elements go; looked up once for each loop.
  private mutating func deciding(_ loop: Loop) -> Set<Int> {
    if let known = decidingPlaces[ObjectIdentifier(loop)] { return known }
    let found = loop.placesDeciding
    decidingPlaces[ObjectIdentifier(loop)] = found
    return found
  }

  /// Walks a loop turn by turn.
  private mutating func turns(
    of loop: Loop, _ count: Int, _ operands: [Slot], _ read: Set<Slot>, _ frame: inout Frame
  ) throws(Exhausted) -> LoopMarks {
    let wanted = deciding(loop)
    var carried = loop.startPlaces.map { frame.marks[operands[$0]] }
    var values: [[Double]?] = []
    for (k, place) in loop.startPlaces.enumerated() {
      values.append(wanted.contains(k) ? value(operands[place], &frame) : nil)
    }
    let none: [Marks?] = Array(repeating: nil, count: count)
    var result = LoopMarks(
      finals: [], stacks: Array(repeating: Series(turns: none), count: loop.stacks))
    for slot in read { result.slots[slot] = Series(turns: none) }
    for turn in 0..<count {
      let index = loop.isBackward ? count - 1 - turn : turn
      var body = Frame(loop.body)
      for k in 0..<loop.carried {
        body.marks[loop.body.parameters[k]] = carried[k]
        body.values[loop.body.parameters[k]] = .some(values[k])
      }
      for (k, place) in loop.walkPlaces.enumerated() {
        let parameter = loop.body.parameters[loop.carried + k]
        body.marks[parameter] = element(index, of: operands[place], &frame)
        if wanted.contains(loop.carried + k), let all = value(operands[place], &frame) {
          let width = loop.body.shape(parameter).count
          body.values[parameter] = Array(all[(index * width)..<((index + 1) * width)])
        }
      }
      capture(loop, operands, wanted, &body, &frame)
      body.values[loop.turn] = [Double(index)]
      try self.read(&body)
      for k in 0..<loop.carried where wanted.contains(k) {
        values[k] = value(loop.body.results[k], &body)
      }
      carried = loop.body.results.prefix(loop.carried).map { body.marks[$0] }
      for j in 0..<loop.stacks {
        result.stacks[j].turns[index] = body.marks[loop.body.results[loop.carried + j]]
      }
      for slot in read { result.slots[slot]?.turns[index] = body.marks[slot] }
    }
    result.finals = carried
    return result
  }

  /// What one turn after another may hand on, until nothing is added.
  private mutating func anyTurn(
    of loop: Loop, _ operands: [Slot], _ read: Set<Slot>, _ frame: inout Frame
  ) throws(Exhausted) -> LoopMarks {
    var carried = loop.startPlaces.map { frame.marks[operands[$0]] }
    while true {
      var body = Frame(loop.body)
      for k in 0..<loop.carried { body.marks[loop.body.parameters[k]] = carried[k] }
      for (k, place) in loop.walkPlaces.enumerated() {
        body.marks[loop.body.parameters[loop.carried + k]] = try anyElement(
          of: operands[place], &frame)
      }
      capture(loop, operands, deciding(loop), &body, &frame)
      try self.read(&body)
      var next: [Marks?] = []
      for k in 0..<loop.carried {
        next.append(union(carried[k], body.marks[loop.body.results[k]]))
      }
      guard next == carried else {
        carried = next
        continue
      }
      var result = LoopMarks(finals: carried, stacks: [])
      result.stacks = (0..<loop.stacks).map { j in
        Series(turns: [body.marks[loop.body.results[loop.carried + j]]], isUniform: true)
      }
      for slot in read {
        result.slots[slot] = Series(turns: [body.marks[slot]], isUniform: true)
      }
      return result
    }
  }

  /// Hands captured values over.
  private mutating func capture(
    _ loop: Loop, _ operands: [Slot], _ wanted: Set<Int>, _ body: inout Frame,
    _ frame: inout Frame
  ) {
    for (k, place) in loop.capturePlaces.enumerated() {
      let number = loop.carried + loop.walks + k
      let parameter = loop.body.parameters[number]
      body.marks[parameter] = frame.marks[operands[place]]
      if wanted.contains(number) {
        body.values[parameter] = .some(value(operands[place], &frame))
      }
    }
  }

  /// Reads all entries of a body.
  private mutating func read(_ body: inout Frame) throws(Exhausted) {
    for place in 0..<body.list.count { try read(Slot(place), &body) }
    try spend(body.list.count)
  }

  /// The marks of one element along the first axis.
  private func element(_ index: Int, of slot: Slot, _ frame: inout Frame) -> Marks? {
    if let series = frame.series[slot] { return series[index] }
    guard let marks = frame.marks[slot] else { return nil }
    let width = frame.list.shape(slot).element.count
    guard (index + 1) * width <= marks.count else { return nil }
    return Array(marks[(index * width)..<((index + 1) * width)])
  }

  /// The marks that any element along the first axis may have.
  private mutating func anyElement(
    of slot: Slot, _ frame: inout Frame
  ) throws(Exhausted) -> Marks? {
    if let series = frame.series[slot] { return union(of: series.turns) }
    // Loops whose count is not known walk the values of another's turns, never an array.
    guard frame.marks[slot] == nil else { throw Exhausted() }
    return nil
  }

  mutating func readBranch(_ slot: Slot, _ frame: inout Frame) throws(Exhausted) {
    guard case .branch(let branch)? = frame.list.structure(slot) else { return }
    let operands = frame.list.operands(slot).dropFirst()
    var results: [Marks?] = Array(repeating: nil, count: branch.then.results.count)
    for arm in [branch.then, branch.otherwise] {
      var body = Frame(arm)
      for (parameter, operand) in zip(arm.parameters, operands) {
        body.marks[parameter] = frame.marks[operand]
        body.values[parameter] = .some(value(operand, &frame))
      }
      try read(&body)
      for (place, result) in arm.results.enumerated() {
        results[place] = union(results[place], body.marks[result])
      }
    }
    frame.arms[slot] = results
  }

  /// A part of a loop or branch.
  mutating func readPart(_ slot: Slot, _ frame: inout Frame) {
    let list = frame.list
    let (whole, part) = (list.operand(slot, 0), list.part(slot))
    if let arms = frame.arms[whole] {
      frame.marks[slot] = arms[part]
      return
    }
    guard let loop = frame.loops[whole] else { return }
    switch list[slot].code {
    case Code.final: frame.marks[slot] = loop.finals[part]
    case Code.last:
      let series = loop.slots[Slot(part)]
      frame.marks[slot] = series.flatMap { series in
        // The last turn to be taken, backwards or not, is one of them: all are told together.
        union(of: series.turns)
      }
    case Code.history: frame.series[slot] = loop.slots[Slot(part)]
    default:
      let series = loop.stacks[part]
      guard !list.shape(slot).isHistory else {
        frame.series[slot] = series
        return
      }
      let width = list.shape(slot).element.count
      let extent = list.shape(slot).extents.first ?? 0
      guard series.turns.contains(where: { $0 != nil }) else { return }
      frame.marks[slot] = (0..<extent).flatMap {
        series[$0] ?? Array(repeating: 0, count: width)
      }
    }
  }
}

extension List {
  /// The slots of a loop's body that parts outside read.
  fileprivate func bodySlots(readFrom loop: Slot) -> Set<Slot> {
    var found: Set<Slot> = []
    for place in (loop.place + 1)..<max(count, loop.place + 1) {
      let slot = Slot(place)
      guard self[slot].code == Code.last || self[slot].code == Code.history,
        operand(slot, 0) == loop
      else { continue }
      found.insert(Slot(part(slot)))
    }
    return found
  }

  /// The slots whose values decide where elements go: indices, and counts of loops.
  fileprivate var deciding: [Slot] {
    var found: [Slot] = []
    for place in 0..<count {
      let slot = Slot(place)
      let operands = operands(slot)
      if let loop = loop(slot) {
        if loop.condition == nil { found.append(operands[0]) }
        let inner = loop.placesDeciding
        for number in inner where number < operands.count {
          found.append(operands[loop.startPlaces.lowerBound + number])
        }
      } else if case .branch(let branch)? = structure(slot) {
        for arm in [branch.then, branch.otherwise] {
          let reached = arm.reached(from: arm.deciding)
          for (parameter, operand) in zip(arm.parameters, operands.dropFirst())
          where reached[parameter.place] { found.append(operand) }
        }
      } else if primitive(slot).kernel.blocks != nil {
        for (index, operand) in operands.enumerated()
        where !primitive(slot).isDifferentiable(operand: index) { found.append(operand) }
      }
    }
    return found
  }
}

extension Loop {
  /// Which parameters decide, in this turn or a later one, where elements go.
  fileprivate var placesDeciding: Set<Int> {
    var roots = body.deciding
    guard !roots.isEmpty else { return [] }
    while true {
      let reached = body.reached(from: roots)
      let more = (0..<carried).filter {
        reached[body.parameters[$0].place] && !roots.contains(body.results[$0])
      }
      guard !more.isEmpty else {
        let last = carried + walks + captures
        return Set((0..<last).filter { reached[body.parameters[$0].place] })
      }
      roots += more.map { body.results[$0] }
    }
  }
}
