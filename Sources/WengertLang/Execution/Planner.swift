/// Makes plans: gives every slot a place and every entry its call.
struct Planner {
  let memory: Memory
  let list: List
  /// Where each slot of the list lies.
  var pointers: [UnsafeMutablePointer<Double>?]
  var histories: [Slot: History] = [:]
  var loops: [Slot: LoopCall] = [:]
  var branches: [Slot: BranchCall] = [:]
  /// What loops keep of their last turns.
  var lasts: [(slot: Slot, loop: LoopCall)] = []
  var plan: Plan
  private let codes = ScalarTable.codes
  /// Entries before this one have run already.
  let first: Int
  /// Entries before this one have printed already.
  var silentBefore = 0
  /// Entries that are left out because they wait for an input; empty where none does.
  var waiting: [Bool] = []

  init(
    _ list: List, pointers: [UnsafeMutablePointer<Double>?], first: Int = 0, memory: Memory
  ) {
    self.list = list
    self.pointers = pointers
    self.first = first
    self.memory = memory
    plan = Plan(spans: list.spans)
  }

  /// Entries that make a plan of their own when the list is long: enough to pay, few enough to stay
  /// in the cache.
  static let slice = 1 << 14

  /// The plan of the entries from `first` on.
  mutating func make() throws(Fault) -> Plan { try make(first..<list.count) }

  /// A plan of some entries, in order; the next one may go on where it ends.
  mutating func make(_ places: Range<Int>) throws(Fault) -> Plan {
    plan = Plan(spans: list.spans)
    plan.calls.reserveCapacity(places.count)
    for place in places where waiting.isEmpty || !waiting[place] {
      do {
        try add(Slot(place))
      } catch {
        var fault = error
        fault.span = fault.span ?? list.spans[place]
        fault.place = place
        throw fault
      }
    }
    return plan
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
    if !lasts.isEmpty {
      for operand in list.operands(slot) { checkTurns(operand, readBy: slot) }
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
      plan.calls.append(
        Plan.Call(
          opcode: code.rawValue, slot: slot.index, a: UnsafePointer(a), b: UnsafePointer(b),
          out: try place(slot)))
      return
    }
    if list.shape(slot).isHistory { return try addHistoryOperation(slot) }
    try addKernel(slot)
  }

  private mutating func addData(_ slot: Slot) throws(Fault) {
    let target = try place(slot)
    guard let elements = list.elements(slot) else {
      return append(.missing, slot, out: target)
    }
    elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      target.update(from: base, count: source.count)
    }
  }

  private mutating func addKernel(_ slot: Slot) throws(Fault) {
    let row = list.primitive(slot)
    let shape = list.shape(slot)
    let out = try place(slot)
    var operands: [UnsafePointer<Double>] = []
    for operand in list.operands(slot) { operands.append(UnsafePointer(try place(operand))) }
    let shapes = list.operands(slot).map { list.shape($0) }
    switch row.kernel {
    case .map(let map):
      plan.maps.append(map.block)
      append(.map, slot, plan.maps.count, shape.count, operands[0], operands[0], out)
    case .zip(let zip): addZip(zip, slot, operands, shapes, out)
    case .select(let select):
      plan.selects.append(
        SelectRows(
          select: select, length: shape.extents.last ?? 1, operands: operands,
          rows: shapes.map { Rows(of: $0, under: shape) }))
      append(.selectRows, slot, plan.selects.count, out: out)
    case .dense(let kernel):
      let call = DenseCall(
        operands: operands, shapes: shapes, statics: list.statics(slot), result: out, shape: shape)
      plan.denses.append((kernel, call))
      append(.dense, slot, plan.denses.count, out: out)
    case .structural: return
    }
  }

  private func addZip(
    _ zip: Kernel.Zip, _ slot: Slot, _ operands: [UnsafePointer<Double>], _ shapes: [Shape],
    _ out: UnsafeMutablePointer<Double>
  ) {
    let shape = list.shape(slot)
    func strideOf(_ operand: Shape) -> Int? {
      operand == shape ? 1 : operand.count == 1 ? 0 : nil
    }
    if let sa = strideOf(shapes[0]), let sb = strideOf(shapes[1]) {
      plan.zips.append(zip.block)
      append(
        .zip, slot, (plan.zips.count - 1) * 4 + sa * 2 + sb + 1, shape.count, operands[0],
        operands[1], out)
    } else {
      plan.rows.append(
        ZipRows(
          block: zip.block, length: shape.extents.last ?? 1, a: Rows(of: shapes[0], under: shape),
          b: Rows(of: shapes[1], under: shape)))
      append(.zipRows, slot, plan.rows.count, shape.count, operands[0], operands[1], out)
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
    plan.prints.append(PrintCall(items: items, values: values))
    append(.print, slot, plan.prints.count, out: Planner.nowhere)
  }

  /// Appends a call; `number` is the index of its extra plus 1.
  func append(
    _ opcode: Plan.Opcode, _ slot: Slot, _ number: Int = 1, _ count: Int = 1,
    _ a: UnsafePointer<Double>? = nil, _ b: UnsafePointer<Double>? = nil,
    out: UnsafeMutablePointer<Double>
  ) {
    plan.calls.append(
      Plan.Call(
        opcode: opcode.rawValue, extra: Int32(number - 1), slot: slot.index, count: count,
        a: a ?? UnsafePointer(out), b: b ?? UnsafePointer(out), out: out))
  }

  private func append(
    _ opcode: Plan.Opcode, _ slot: Slot, _ number: Int, _ count: Int,
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
  ) {
    append(opcode, slot, number, count, a, b, out: out)
  }

  /// Where calls without a result pretend to write.
  nonisolated(unsafe) static let nowhere = UnsafeMutablePointer<Double>.allocate(capacity: 1)
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
