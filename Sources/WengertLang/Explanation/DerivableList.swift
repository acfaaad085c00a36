/// The entries that a derivation speaks of: of a branch both arms and the choice between them, of a
/// loop the step from one turn to the next.
struct DerivableList {
  /// A loop: what a turn is handed and what it gives.
  struct Turns {
    /// One value that is carried from turn to turn.
    struct Carried {
      var start: Slot
      /// `z_0`, an entry of its own for the start.
      var first: Slot
      /// `z_{n-1}`, an input of the turn.
      var before: Slot
      /// `z_n`, which the turn computes.
      var after: Slot
      /// The value behind the loop, where somebody reads it.
      var final: Slot?
    }
    var carried: [Carried] = []
    /// The arrays that are walked, with the element that a turn is handed.
    var walks: [(array: Slot, element: Slot)] = []
    /// Values of the last turn that are read behind the loop, with what gives them.
    var lasts: [(slot: Slot, inside: Slot)] = []
    /// The entries of a turn.
    var body = 0..<0
    /// What the turns are counted by.
    var index = "n"
    /// The number of the first turn: 0 where `z_{n+1}` is made from `z_n`.
    var first = 1
    /// How many there are, where it is known.
    var count: Int?

    /// The index of what a turn is handed: `{n-1}`.
    var before: String { first == 0 ? index : "{\(index)-1}" }
    /// The index of what it makes.
    var after: String { first == 0 ? "{\(index)+1}" : index }
  }

  private(set) var straight = StraightList()
  /// Where the entries of the list went.
  private(set) var places: [Slot: Slot] = [:]
  private(set) var loops: [Turns] = []
  /// Names that nobody wrote: those of the values of a turn.
  private(set) var names: [Slot: String] = [:]
  private let symbols: Symbols
  /// What somebody asks for: it is an entry of its own, where it is only another name of one too.
  private let kept: [Slot]
  private var usedIndices: Set<String> = []

  var list: List { straight.list }

  /// Where each slot of a list or body went.
  private struct Frame {
    let list: List
    var places: [Slot]
    var loops: [Slot: Int] = [:]
    var arms: [Slot: [Slot]] = [:]
    /// What is put behind the names of a turn.
    var suffix: String?
    /// Whether it is the arm of a branch: its entries are written out in the choice.
    var isArm = false
    /// Where the slots of each body went.
    var bodies: [Slot: [Slot]] = [:]

    init(_ list: List) {
      self.list = list
      places = Array(repeating: Slot(-1), count: list.count)
    }
  }

  /// - Parameter kept: renamings that stay entries, since somebody asks for them.
  init(
    _ list: List, roots: [Slot], kept: [Slot], symbols: Symbols
  ) throws(ExplanationError) {
    self.symbols = symbols
    self.kept = kept
    var frame = Frame(list)
    try write(&frame, needed: list.reached(from: roots))
    for (place, slot) in frame.places.enumerated() where slot.place >= 0 {
      places[Slot(place)] = slot
      straight.takeAliases(
        of: Slot(place), in: list, isKept: kept.contains(Slot(place)), as: slot)
    }
  }

  private mutating func write(_ frame: inout Frame, needed: [Bool]) throws(ExplanationError) {
    for place in 0..<frame.list.count where needed[place] && frame.places[place].place < 0 {
      let slot = Slot(place)
      guard straight.list.count < Straightener.limit else { throw .notWrittenOut }
      straight.list.span = frame.list.spans[place]
      let before = straight.list.count
      try write(slot, &frame)
      straight.describe(turn: nil)
      let written = frame.places[place]
      guard !frame.isArm, let name = frame.list.name(slot),
        written.place >= before || names[written] == nil,
        written.place >= 0
      else { continue }
      if let suffix = frame.suffix {
        if written.place >= before { names[written] = "\(symbols[name])_\(suffix)" }
      } else {
        straight.setName(written, name, turn: nil)
        // Behind a loop the name means what the last turn made.
        if frame.list[slot].code == Code.final,
          !(place + 1..<frame.list.count).contains(where: {
            frame.list.nameNumber($0) == name.index
          })
        {
          names[written] = symbols[name]
        }
      }
    }
  }

  private mutating func write(_ slot: Slot, _ frame: inout Frame) throws(ExplanationError) {
    let list = frame.list
    switch list[slot].code {
    case Code.parameter, Code.print: return
    case Code.number, Code.input:
      frame.places[slot.place] = straight.list.copyInput(slot, from: list)
    case Code.loop: try writeLoop(slot, &frame)
    case Code.branch: try writeBranch(slot, &frame)
    case Code.final, Code.last, Code.arm: try writePart(slot, &frame)
    case Code.stacked, Code.history, Code.turns: throw .notDerivable(slot)
    case _ where list.isRename(slot):
      let operand = frame.places[list.operand(slot, 0).place]
      let isKept = frame.suffix == nil && !frame.isArm && kept.contains(slot)
      frame.places[slot.place] = isKept ? straight.list.appendCopy(of: operand) : operand
    default: frame.places[slot.place] = straight.list.copy(slot, from: list, places: frame.places)
    }
  }

  // MARK: branches

  private mutating func writeBranch(_ slot: Slot, _ frame: inout Frame) throws(ExplanationError) {
    guard case .branch(let branch)? = frame.list.structure(slot) else { return }
    let operands = frame.list.operands(slot).map { frame.places[$0.place] }
    guard let condition = operands.first else { return }
    var results: [[Slot]] = []
    for arm in [branch.then, branch.otherwise] {
      var inside = Frame(arm)
      inside.suffix = frame.suffix
      inside.isArm = true
      for (parameter, operand) in zip(arm.parameters, operands.dropFirst()) {
        inside.places[parameter.place] = operand
      }
      try write(&inside, needed: arm.reached(from: arm.results))
      results.append(arm.results.map { inside.places[$0.place] })
    }
    var chosen: [Slot] = []
    for (a, b) in zip(results[0], results[1]) {
      if a == b {
        chosen.append(a)
        continue
      }
      do { chosen.append(try straight.list.append(.choose, [condition, a, b])) } catch {
        throw .shapes(error)
      }
    }
    frame.arms[slot] = chosen
  }

  // MARK: loops

  private mutating func writeLoop(_ slot: Slot, _ frame: inout Frame) throws(ExplanationError) {
    guard let loop = frame.list.loop(slot), !loop.isBackward, loop.stacks == 0 else {
      throw .notDerivable(slot)
    }
    let operands = frame.list.operands(slot).map { frame.places[$0.place] }
    let body = loop.body
    var turns = Turns()
    (turns.index, turns.first) = index(of: loop)
    if loop.condition == nil, let count = operands.first { turns.count = known(count) }
    var firsts: [Slot] = []
    for (k, place) in loop.startPlaces.enumerated() {
      firsts.append(try first(operands[place], named: body.name(body.parameters[k])))
    }
    let lower = straight.list.count
    var inside = Frame(body)
    inside.suffix = turns.after
    handOver(operands, to: loop, firsts, &turns, &inside)
    placeCounter(of: loop, &turns, &inside)
    let lasts = (0..<frame.list.count).map { Slot($0) }.filter {
      frame.list[$0].code == Code.last && frame.list.operand($0, 0) == slot
    }
    try write(
      &inside, needed: body.reached(from: body.results + lasts.map { Slot(frame.list.part($0)) }))
    for k in 0..<loop.carried {
      let result = inside.places[body.results[k].place]
      // What is handed on as it is gets an entry of its own: z_n = y_{n-1}.
      turns.carried[k].after = try own(
        result, isNew: result.place >= lower, turns, k, turns.after, loop)
    }
    turns.body = lower..<straight.list.count
    loops.append(turns)
    frame.loops[slot] = loops.count - 1
    frame.bodies[slot] = inside.places
  }

  /// Gives a turn its parameters: what is carried and walked as inputs, captures as they are.
  private mutating func handOver(
    _ operands: [Slot], to loop: Loop, _ firsts: [Slot], _ turns: inout Turns,
    _ inside: inout Frame
  ) {
    func input(_ parameter: Slot, _ suffix: String, _ me: inout DerivableList) -> Slot {
      let slot = me.straight.list.appendInput(shape: loop.body.shape(parameter))
      let name = loop.body.name(parameter).map { me.symbols[$0] } ?? "u"
      me.straight.describe(turn: nil)
      me.names[slot] = "\(name)_\(suffix)"
      inside.places[parameter.place] = slot
      return slot
    }
    for (k, place) in loop.startPlaces.enumerated() {
      let slot = input(loop.body.parameters[k], turns.before, &self)
      turns.carried.append(
        .init(start: operands[place], first: firsts[k], before: slot, after: slot))
    }
    for place in loop.walkPlaces {
      guard let parameter = loop.parameter(forOperand: place) else { continue }
      turns.walks.append((operands[place], input(parameter, turns.after, &self)))
    }
    for place in loop.capturePlaces {
      guard let parameter = loop.parameter(forOperand: place) else { continue }
      inside.places[parameter.place] = operands[place]
    }
  }

  /// The result of a turn as an entry that stands for the next value of one carried name alone.
  private mutating func own(
    _ result: Slot, isNew: Bool, _ turns: Turns, _ k: Int, _ suffix: String, _ loop: Loop
  ) throws(ExplanationError) -> Slot {
    let others = turns.carried[..<k].map(\.after) + turns.carried.map(\.before)
    var slot = result
    let name = loop.body.name(loop.body.parameters[k])
    if !isNew || others.contains(result) || straight.list[result].code == Code.input {
      slot = try copy(result, named: name, suffix)
    }
    if let name { names[slot] = "\(symbols[name])_\(suffix)" }
    return slot
  }

  /// What a carried name starts with, called z_0; an entry that has another name is copied.
  private mutating func first(_ slot: Slot, named name: Symbol?) throws(ExplanationError) -> Slot {
    guard let name, straight.written.indices.contains(slot.place),
      straight.written[slot.place] == name, names[slot] == nil
    else { return try copy(slot, named: name, "0") }
    names[slot] = "\(symbols[name])_0"
    return slot
  }

  /// An entry of its own for a value of a turn.
  private mutating func copy(
    _ slot: Slot, named name: Symbol?, _ suffix: String
  ) throws(ExplanationError) -> Slot {
    let copy: Slot
    do { copy = try straight.list.appendUnshared(.copy, [slot]) } catch { throw .shapes(error) }
    straight.describe(turn: nil)
    if let name { names[copy] = "\(symbols[name])_\(suffix)" }
    return copy
  }

  private func known(_ count: Slot) -> Int? {
    straight.list.number(count).flatMap { Int(exactly: $0) }
  }

  /// What the turns are counted by: the loop's own counter where it counts from 1 or 0.
  private mutating func index(of loop: Loop) -> (name: String, first: Int) {
    let body = loop.body
    var found: (String, Int)?
    if let name = body.name(loop.turn) { found = (symbols[name], 0) }
    for place in 0..<body.count where found == nil {
      let slot = Slot(place)
      guard let name = body.name(slot), body.primitive(slot) == .add,
        body.operand(slot, 1) == loop.turn, body.number(body.operand(slot, 0)) == 1
      else { continue }
      found = (symbols[name], 1)
    }
    let taken = Set(straight.written.compactMap { $0.map { symbols[$0] } })
    let free =
      ["n", "k", "m", "i", "j"].first { !usedIndices.contains($0) && !taken.contains($0) } ?? "n"
    let chosen = found ?? (free, 1)
    usedIndices.insert(chosen.0)
    return chosen
  }

  /// The counter is an input of the turn.
  private mutating func placeCounter(of loop: Loop, _ turns: inout Turns, _ inside: inout Frame) {
    let body = loop.body
    let counter = straight.list.appendInput(shape: .scalar)
    straight.describe(turn: nil)
    inside.places[loop.turn.place] = counter
    names[counter] = turns.first == 0 ? turns.index : "\(turns.index)'"
    guard turns.first == 1 else { return }
    for place in 0..<body.count {
      let slot = Slot(place)
      guard let name = body.name(slot), symbols[name] == turns.index, body.primitive(slot) == .add,
        body.operand(slot, 1) == loop.turn
      else { continue }
      inside.places[place] = counter
      names[counter] = turns.index
    }
  }

  private mutating func writePart(_ slot: Slot, _ frame: inout Frame) throws(ExplanationError) {
    let whole = frame.list.operand(slot, 0)
    let part = frame.list.part(slot)
    if let arm = frame.arms[whole] {
      frame.places[slot.place] = arm[part]
      return
    }
    guard let number = frame.loops[whole], let places = frame.bodies[whole] else {
      throw .notDerivable(slot)
    }
    if frame.list[slot].code == Code.final, let known = loops[number].carried[part].final {
      frame.places[slot.place] = known
      return
    }
    let place = straight.list.appendInput(shape: frame.list.shape(slot))
    frame.places[slot.place] = place
    if frame.list[slot].code == Code.final {
      loops[number].carried[part].final = place
    } else {
      loops[number].lasts.append((place, places[part]))
    }
  }
}
