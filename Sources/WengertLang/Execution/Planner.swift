import WengertKernels

/// Makes plans: gives every slot a place and every entry its steps.
struct Planner {
  let memory: Memory
  let list: List
  /// Where each slot of the list lies.
  var pointers: Addresses
  var histories: [Slot: History] = [:]
  var loops: [Slot: LoopCall] = [:]
  var branches: [Slot: [UnsafeMutablePointer<Double>]] = [:]
  /// What loops keep of their last turns.
  var lasts: [(slot: Slot, loop: LoopCall)] = []
  /// What is read of each loop's turns.
  var reads: [Slot: LoopReads] = [:]
  var plan: Plan
  private let codes = ScalarTable.codes
  /// Entries before this one have run already.
  let first: Int
  /// Entries before this one have printed already.
  var silentBefore = 0
  /// Entries that are left out because they wait for an input; empty where none does.
  var waiting: [Bool] = []
  /// Slots that may lie where another value does, because nobody reads them later.
  var mayShare: ((Slot) -> Bool)?
  /// Carried arrays to which a turn adds in a few places.
  var sparse: [Slot: SparseSums.Sum] = [:]
  let profile: Profile

  /// What a plan is for.
  enum Profile: Sendable {
    /// Every entry for itself, in the order of the list.
    case plain
    /// As fast as can be; the same bits.
    case lean
  }

  init(
    _ list: List, pointers: Addresses, first: Int = 0, memory: Memory,
    profile: Profile = .lean
  ) {
    self.list = list
    self.pointers = pointers
    self.first = first
    self.memory = memory
    self.profile = profile
    plan = Plan(spans: list.spans)
  }

  /// Entries that make a plan of their own when the list is long: enough to pay, few enough to stay
  /// in the cache.
  static let slice = 1 << 14

  /// The plan of the entries from `first` on.
  mutating func make() throws(Fault) -> Plan { try make(first..<list.count) }

  /// A plan of some entries, in order; the next one may go on where it ends.
  mutating func make(_ places: Range<Int>) throws(Fault) -> Plan {
    let made = Plan(spans: list.spans, capacity: places.count)
    made.hold(memory)
    if list.hasStructure(in: places) { reads = LoopReads.inside(list, places) }
    var next = places.lowerBound
    while next < places.upperBound {
      next = addNumbers(next..<places.upperBound, to: made)
      guard next < places.upperBound else { break }
      if Kernel.isStopped { throw Fault(.interrupted, at: list.spans[next]) }
      try make(next..<next + 1) { _ in made }
      next += 1
    }
    return made
  }

  /// Appends the steps of numbers that have places, of which long lists consist, and says where the
  /// first other entry is.
  private func addNumbers(_ places: Range<Int>, to plan: Plan) -> Int {
    guard waiting.isEmpty, lasts.isEmpty else { return places.lowerBound }
    return list.entries.withUnsafeBufferPointer { entries in
      for place in places {
        let entry = entries[place]
        guard entry.shape == 0, !entry.hasDetail, entry.inlineCount > 0,
          let code = codes[Int(entry.code)], let out = pointers[place],
          entries[Int(entry.a)].shape == 0, let a = pointers[Int(entry.a)]
        else { return place }
        var b = a
        if entry.inlineCount > 1 {
          guard entries[Int(entry.b)].shape == 0, let second = pointers[Int(entry.b)] else {
            return place
          }
          b = second
        }
        plan.append(
          wl_step(
            op: UInt16(code.rawValue), sa: 1, sb: 1, slot: Int32(place), n: 1,
            a: UnsafePointer(a), b: UnsafePointer(b), out: out, more: nil))
      }
      return places.upperBound
    }
  }

  /// Appends the steps of some entries, each to a plan of its own choice; nil leaves it out.
  mutating func make(_ places: some Sequence<Int>, into choose: (Slot) -> Plan?) throws(Fault) {
    for place in places where waiting.isEmpty || !waiting[place] {
      guard let chosen = choose(Slot(place)) else { continue }
      plan = chosen
      do {
        try add(Slot(place))
      } catch {
        var fault = error
        fault.span = fault.span ?? list.spans[place]
        fault.place = place
        throw fault
      }
    }
  }

  /// The place of a slot; made when the body's frame has none yet.
  mutating func place(_ slot: Slot) throws(Fault) -> UnsafeMutablePointer<Double> {
    if let known = pointers[slot.place] { return known }
    if slot.place < first, list[slot].code == Code.last { throw Fault(.noTurn) }
    guard let count = list.shape(slot).checkedCount, count >= 0 else {
      throw Fault(.memory(Int.max))
    }
    let made = try memory.allocate(count)
    pointers[slot.place] = made
    return made
  }

  private mutating func add(_ slot: Slot) throws(Fault) {
    let entry = list[slot]
    if !lasts.isEmpty, entry.code != Code.last {
      for index in 0..<list.operandCount(slot) {
        checkTurns(list.operand(slot, index), readBy: slot)
      }
    }
    switch entry.code {
    case Code.parameter: return
    case Code.number, Code.input: return try addData(slot)
    case Code.loop: return try addLoop(slot)
    case Code.branch: return try addBranch(slot)
    case Code.final, Code.last, Code.stacked, Code.turns, Code.history:
      return try addLoopPart(slot)
    case Code.arm: return try addArm(slot)
    case Code.custom: return try addCustom(slot)
    case Code.print: return try addPrint(slot)
    default: break
    }
    if entry.shape == 0, !entry.hasDetail, let code = codes[Int(entry.code)],
      list[Slot(Int(entry.a))].shape == 0,
      entry.inlineCount == 1 || list[Slot(Int(entry.b))].shape == 0
    {
      let a = try place(Slot(Int(entry.a)))
      let b = entry.inlineCount > 1 ? try place(Slot(Int(entry.b))) : a
      plan.append(
        wl_step(
          op: UInt16(code.rawValue), sa: 1, sb: 1, slot: slot.index, n: 1, a: UnsafePointer(a),
          b: UnsafePointer(b), out: try place(slot), more: nil))
      return
    }
    if list.shape(slot).isHistory { return try addHistoryOperation(slot) }
    if let sum = sparse[slot] { return try addSparse(sum, slot) }
    try addKernel(slot)
  }

  private mutating func addData(_ slot: Slot) throws(Fault) {
    let target = try place(slot)
    guard let elements = list.elements(slot) else {
      return plan.append(wl_step(WL_MISSING, slot: slot.index))
    }
    elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      target.update(from: base, count: source.count)
    }
  }

  mutating func addHistoryOperation(_ slot: Slot) throws(Fault) {
    let operands = list.operands(slot)
    guard case .zip(let zip) = list.primitive(slot).kernel, let a = try history(operands[0]),
      let b = try history(operands[1])
    else { return }
    histories[slot] = try History(zip.block, a, b, memory: memory)
  }

  private mutating func addPrint(_ slot: Slot) throws(Fault) {
    guard slot.place >= silentBefore, case .print(let items)? = list.structure(slot) else { return }
    var values: [Values.View] = []
    for operand in list.operands(slot) {
      let shape = list.shape(operand)
      values.append(
        Values.View(
          elements: UnsafeBufferPointer(start: try place(operand), count: shape.count),
          shape: shape))
    }
    plan.append(.print(PrintCall(items: items, values: values)), slot: slot.index)
  }
}

/// For each row what its kernel is.
enum KernelTable {
  static let isMotion: [Bool] = Catalogue.all.map {
    if case .motion = $0.kernel { true } else { false }
  }
}

/// For each row the opcode of its scalar kernel, where it has one.
enum ScalarTable {
  static let codes: [ScalarCode?] = Catalogue.all.map {
    switch $0.kernel {
    case .map(let map): map.code
    case .zip(let zip): zip.code
    default: nil
    }
  }
}
