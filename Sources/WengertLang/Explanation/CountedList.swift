/// A list that also counts: its operations, and the memory that its values take.
///
/// What a loop does depends on the turns that it takes, so loops carry their counts along: the
/// counting is entries of the list, and a run of it counts exactly, also where turns differ.
struct CountedList {
  private(set) var list: List
  private var operations = Slot(0)
  private var bytes = Slot(0)
  private let entries: Int
  /// Whether some of its operations are not counted.
  private let isLeast: Bool

  /// Counts what some entries of a list need.
  init(_ original: List, roots: [Slot]) throws(ShapeMismatch) {
    list = List(like: original)
    let needed = original.reached(from: roots)
    entries = original.computingEntries(needed)
    isLeast = original.hasUncounted(needed)
    var places: [Slot] = []
    let tally = try list.appendCounting(original, needed, places: &places)
    (operations, bytes) = try list.appendTotals(of: tally)
  }

  /// Runs what the counts depend on: loops, and nothing where there are none.
  func count() throws(Fault) -> Cost.Amounts {
    var part = List(like: list)
    let places = list.pruned(into: &part, roots: [operations, bytes])
    let values = try part.evaluated()
    func number(_ slot: Slot) -> Double {
      values.view(places[slot.place], in: part)?.number ?? .nan
    }
    return Cost.Amounts(
      entries: entries, operations: number(operations), bytes: number(bytes),
      isLeast: isLeast)
  }
}

/// Counts of the entries of one list: what is known, and entries that hold what a run finds.
private struct Tally {
  var operations = 0.0
  var bytes = 0.0
  var foundOperations: [Slot] = []
  var foundBytes: [Slot] = []
  /// For each loop where the slots of its body went.
  var bodies: [Slot: [Slot]] = [:]

  static func size(_ shape: Shape) -> Double { 8 * Double(shape.count) }
}

extension List {
  /// How many entries compute something, those of bodies with them.
  fileprivate func computingEntries(_ needed: [Bool]? = nil) -> Int {
    (0..<count).reduce(0) { sum, place in
      guard needed?[place] ?? true else { return sum }
      let slot = Slot(place)
      switch structure(slot) {
      case .loop(let loop):
        return sum + loop.body.computingEntries() + (loop.condition?.computingEntries() ?? 0)
      case .branch(let branch):
        return sum + branch.then.computingEntries() + branch.otherwise.computingEntries()
      case .custom: return sum + 1
      default: return sum + (primitive(slot).isInternal || isRename(slot) ? 0 : 1)
      }
    }
  }

  /// Whether entries do what `plainOperations` leaves out.
  fileprivate func hasUncounted(_ needed: [Bool]? = nil) -> Bool {
    (0..<count).contains { place in
      guard needed?[place] ?? true else { return false }
      switch structure(Slot(place)) {
      case .loop(let loop): return loop.body.hasUncounted() || loop.condition?.isPlain == false
      case .branch(let branch):
        return branch.then.hasUncounted() || branch.otherwise.hasUncounted()
      case .custom(let custom): return custom.held != nil || !custom.value.isPlain
      default: return false
      }
    }
  }

  /// Whether it has no loops, branches and solvers, in rules either.
  private var isPlain: Bool {
    (0..<count).allSatisfy { place in
      switch structure(Slot(place)) {
      case .loop, .branch: false
      case .custom(let custom): custom.held == nil && custom.value.isPlain
      default: true
      }
    }
  }

  /// The operations of a list, loops and branches left out.
  fileprivate var plainOperations: Double {
    (0..<count).reduce(0) { $0 + plainOperations(of: Slot($1)) }
  }

  private func plainOperations(of slot: Slot) -> Double {
    if case .custom(let custom)? = structure(slot) { return custom.value.plainOperations }
    guard !primitive(slot).isInternal, !isRename(slot) else { return 0 }
    return primitive(slot).operations(operands(slot).map { shape($0) }, shape(slot))
  }

  /// Copies the entries of a list, and counts them.
  fileprivate mutating func appendCounting(
    _ list: List, _ needed: [Bool]? = nil, places: inout [Slot]
  ) throws(ShapeMismatch) -> Tally {
    var tally = Tally()
    for place in 0..<list.count {
      let slot = Slot(place)
      guard needed?[place] ?? true else {
        places.append(Slot(-1))
        continue
      }
      span = list.spans[place]
      switch list[slot].code {
      case Code.parameter: places.append(appendParameter(shape: list.shape(slot)))
      case Code.print: places.append(Slot(-1))
      case Code.loop: places.append(try appendLoop(slot, of: list, places, &tally))
      case Code.branch: places.append(try appendBranch(slot, of: list, places, &tally))
      default:
        var copy = copyQuietly(slot, from: list, places: places)
        if let body = tally.bodies[list.operandCount(slot) > 0 ? list.operand(slot, 0) : slot],
          list[slot].code == Code.last || list[slot].code == Code.history
        {
          truncate(to: copy.place)
          let part = body[list.part(slot)].place
          let loop = places[list.operand(slot, 0).place]
          copy = appendPart(list[slot].code, of: loop, part, shape: list.shape(slot))
        }
        places.append(copy)
        try count(slot, of: list, places, &tally)
      }
    }
    return tally
  }

  /// Counts an entry that is no loop and no branch.
  private mutating func count(
    _ slot: Slot, of list: List, _ places: [Slot], _ tally: inout Tally
  ) throws(ShapeMismatch) {
    let shape = list.shape(slot)
    guard !shape.isHistory else {
      guard list.primitive(slot).isInternal else { return }
      // As long as its loop took turns.
      let loop = places[list.operand(slot, 0).place]
      let turns = appendPart(Code.turns, of: loop, 0, shape: .scalar)
      let width = appendNumber(Tally.size(shape.element))
      tally.foundBytes.append(try appendUnshared(.mul, [turns, width]))
      return
    }
    tally.bytes += Tally.size(shape)
    tally.operations += list.plainOperations(of: slot)
  }

  /// All operations and all bytes.
  fileprivate mutating func appendTotals(
    of tally: Tally
  ) throws(ShapeMismatch) -> (operations: Slot, bytes: Slot) {
    var operations = appendNumber(tally.operations)
    for slot in tally.foundOperations {
      operations = try appendUnshared(.add, [operations, slot])
    }
    var bytes = appendNumber(tally.bytes)
    for slot in tally.foundBytes { bytes = try appendUnshared(.add, [bytes, slot]) }
    return (operations, bytes)
  }

  /// A loop that carries its operations, and the most memory that a turn took.
  private mutating func appendLoop(
    _ slot: Slot, of list: List, _ places: [Slot], _ tally: inout Tally
  ) throws(ShapeMismatch) -> Slot {
    guard let loop = list.loop(slot) else { return Slot(-1) }
    var body = List()
    var inside: [Slot] = []
    let turn = try body.appendCounting(loop.body, places: &inside)
    let (operations, bytes) = try body.appendTotals(of: turn)
    let counters = [body.appendParameter(shape: .scalar), body.appendParameter(shape: .scalar)]
    let test = body.appendNumber(loop.condition?.plainOperations ?? 0)
    let sum = try body.appendUnshared(.add, [counters[0], operations])
    let next = [
      try body.appendUnshared(.add, [sum, test]),
      try body.appendUnshared(.maximum, [counters[1], bytes]),
    ]
    let parameters = loop.body.parameters.map { inside[$0.place] }
    let results = loop.body.results.map { inside[$0.place] }
    let carried = loop.carried
    body.keepParameters(Array(parameters[..<carried]) + counters + parameters[carried...])
    body.results = Array(results[..<carried]) + next + results[carried...]
    var operands = list.operands(slot).map { places[$0.place] }
    let zero = appendNumber(0)
    operands.insert(contentsOf: [zero, zero], at: loop.startPlaces.upperBound)
    let whole = appendStructure(
      Code.loop, operands,
      .loop(
        Loop(
          body: body, condition: loop.condition?.widened(at: carried, by: 2),
          carried: carried + 2, walks: loop.walks, captures: loop.captures, stacks: loop.stacks,
          isBackward: loop.isBackward)))
    tally.bodies[slot] = inside
    tally.foundOperations.append(appendPart(Code.final, of: whole, carried, shape: .scalar))
    tally.foundBytes.append(appendPart(Code.final, of: whole, carried + 1, shape: .scalar))
    return whole
  }

  /// The same list with parameters more that nothing reads.
  private func widened(at place: Int, by more: Int) -> List {
    var list = List()
    let parameters = parameters.map { list.appendParameter(shape: shape($0)) }
    let others = (0..<more).map { _ in list.appendParameter(shape: .scalar) }
    let places = list.inline(self, arguments: parameters)
    list.results = results.map { places[$0.place] }
    list.keepParameters(Array(parameters[..<place]) + others + parameters[place...])
    return list
  }

  /// A branch whose arms say what they did.
  private mutating func appendBranch(
    _ slot: Slot, of list: List, _ places: [Slot], _ tally: inout Tally
  ) throws(ShapeMismatch) -> Slot {
    guard case .branch(let branch)? = list.structure(slot) else { return Slot(-1) }
    func counted(_ body: List) throws(ShapeMismatch) -> List {
      var arm = List()
      var inside: [Slot] = []
      let (operations, bytes) = try arm.appendTotals(
        of: try arm.appendCounting(body, places: &inside))
      arm.keepParameters(body.parameters.map { inside[$0.place] })
      arm.results = body.results.map { inside[$0.place] } + [operations, bytes]
      return arm
    }
    let whole = appendStructure(
      Code.branch, list.operands(slot).map { places[$0.place] },
      .branch(
        Branch(then: try counted(branch.then), otherwise: try counted(branch.otherwise))))
    let first = branch.then.results.count
    tally.foundOperations.append(appendPart(Code.arm, of: whole, first, shape: .scalar))
    tally.foundBytes.append(appendPart(Code.arm, of: whole, first + 1, shape: .scalar))
    return whole
  }
}
