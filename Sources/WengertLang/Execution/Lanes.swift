import WengertKernels

/// The entries of a loop's body that depend on no carried value, computed for many turns at once.
///
/// Every element of such an entry is a row with a lane for each turn of a block; a step of the
/// machine works on whole rows. What carried values need of them is handed over turn by turn, and
/// carried sums take whole rows, in the order of the turns: the same operations on the same
/// numbers, so the same bits.
struct Lanes {
  /// One element in all turns of a block: its lanes are a stride of 0 or 1 apart.
  struct Row {
    var base: UnsafePointer<Double>
    var stride: Int
  }

  private static let add = Primitive.add.code

  private let loop: Loop
  private let memory: Memory
  private let analysis: BodyAnalysis
  /// The entries that lanes compute.
  private var isTaken: [Bool]
  /// The carried sums: the next value, what is added, the number of the carried value.
  private var summed: [Slot: (amount: Slot, carry: Int)] = [:]
  /// What entries outside of the lanes read of them.
  private var isScattered: [Bool]
  private var rows: [Slot: [Row]] = [:]
  private let reads: LoopReads

  private var gathers: [wl_gather] = []
  private(set) var scatters: [wl_scatter] = []
  private var sums: [wl_addition] = []
  private var lasts: [wl_scatter] = []
  private var puts: [wl_put] = []
  private var turnsRow: UnsafeMutablePointer<Double>?
  private var plan = Plan(spans: Spans())
  /// The entry whose steps are being written.
  private var current: Int32 = 0

  /// Elements that an entry may have, and terms of a product.
  private static let most = 64
  /// Rows that a loop may have: what fits into the second-level cache.
  private static let mostRows = 1024

  /// The lanes of a loop; nil where they would not pay.
  init?(
    _ loop: Loop, _ analysis: BodyAnalysis, _ reads: LoopReads, memory: Memory
  ) {
    self.loop = loop
    self.memory = memory
    self.analysis = analysis
    self.reads = reads
    let body = loop.body
    isTaken = Array(repeating: false, count: body.count)
    isScattered = isTaken
    var size = 0
    for place in 0..<body.count {
      let slot = Slot(place)
      guard analysis.dependences[place] == .turn, body[slot].code != Code.parameter,
        body.operands(slot).allSatisfy({ canRead($0) }), let cost = cost(slot)
      else { continue }
      isTaken[place] = true
      size += cost
    }
    findSums()
    let bytes = size * Int(WL_LANES) * 8
    guard size > 0 || !summed.isEmpty, size <= Self.mostRows, bytes <= memory.budget / 8 else {
      return nil
    }
    var handed = 0
    for place in 0..<body.count where !isTaken[place] && summed[Slot(place)] == nil {
      let isProduct = body.operandCount(Slot(place)) == 2 && isMotion(Slot(place))
      for operand in body.operands(Slot(place)) {
        isScattered[operand.place] = true
        // A product reads what its operand is the transpose of.
        if isProduct, isMotion(operand), body.operandCount(operand) == 1 {
          isScattered[body.operand(operand, 0).place] = true
        }
      }
    }
    for result in body.results[..<loop.carried] where summed[result] == nil {
      isScattered[result.place] = true
    }
    for place in 0..<body.count where isTaken[place] && isScattered[place] {
      handed += body.shape(Slot(place)).count
    }
    guard !summed.isEmpty || 2 * handed <= size else { return nil }
  }

  /// Whether lanes compute an entry.
  func takes(_ slot: Slot) -> Bool { isTaken[slot.place] || summed[slot] != nil }
  /// Whether an entry is the next value of a carried sum.
  func isSummed(_ slot: Slot) -> Bool { summed[slot] != nil }
  /// Whether each turn must be handed the element of a walk.
  func hands(_ walk: Int) -> Bool {
    let parameter = loop.body.parameters[loop.carried + walk]
    return isScattered[parameter.place] || loop.body.results.contains(parameter)
      || reads.histories.contains(parameter) || reads.lasts.contains(parameter)
  }

  private func isMotion(_ slot: Slot) -> Bool {
    if case .motion = loop.body.primitive(slot).kernel { return true }
    return false
  }

  private func canRead(_ slot: Slot) -> Bool {
    guard !loop.body.shape(slot).isHistory, loop.body.shape(slot).count <= Self.most else {
      return false
    }
    return isTaken[slot.place] || analysis.dependences[slot.place] == .shared
      || (loop.body[slot].code == Code.parameter && analysis.dependences[slot.place] == .turn)
  }

  /// How many steps an entry takes; nil where lanes cannot compute it.
  private func cost(_ slot: Slot) -> Int? {
    let body = loop.body
    let count = body.shape(slot).count
    guard (1...Self.most).contains(count) else { return nil }
    switch body.primitive(slot).kernel {
    case .map(let map): return map.function == nil ? nil : count
    case .zip(let zip): return zip.function == nil ? nil : count
    case .motion(let motion):
      let operands = body.operands(slot)
      switch motion(operands.map { body.shape($0) }, body.statics(slot), body.shape(slot)) {
      case .product(let m, let n, let k):
        return m * n * k <= 4 * Self.most && k > 0 ? m * n * k : nil
      case .read, .write: return 0
      case .add(let walk):
        if walk.strides.last == 0, let length = walk.extents.last, length > 7 { return nil }
        return body.shape(operands[0]).count
      case .sums(let outer, let count, let inner): return count < 8 ? outer * count * inner : nil
      case .rows, .total: return nil
      }
    default: return nil
    }
  }

  /// Finds carried values that are only added to.
  private mutating func findSums() {
    let body = loop.body
    for k in 0..<loop.carried {
      let (parameter, result) = (body.parameters[k], body.results[k])
      guard body[result].code == Self.add, summed[result] == nil,
        analysis.readers[parameter.place] == 1, analysis.readers[result.place] == 1,
        !reads.histories.contains(parameter), !reads.histories.contains(result),
        !reads.lasts.contains(result), !reads.lasts.contains(parameter)
      else { continue }
      let operands = body.operands(result)
      let amount = operands[0] == parameter ? operands[1] : operands[0]
      guard operands.contains(parameter), amount != parameter,
        body.shape(amount) == body.shape(parameter), canRead(amount),
        body.shape(parameter).count <= Self.most
      else { continue }
      summed[result] = (amount, k)
    }
  }
}

extension Lanes {
  /// Writes the steps of the lanes.
  mutating func write(to plan: Plan, _ planner: inout Planner) throws(Fault) {
    let body = loop.body
    self.plan = plan
    for place in 0..<body.count where isTaken[place] {
      let slot = Slot(place)
      current = slot.index
      rows[slot] = try rows(of: slot, &planner)
      let (isLast, isRead) = (reads.lasts.contains(slot), isScattered[place])
      guard isLast || isRead, let made = rows[slot] else { continue }
      let target = try planner.place(slot)
      for (element, row) in made.enumerated() {
        let way = wl_scatter(row: row.base, place: target + element, stride: Int32(row.stride))
        if isRead { scatters.append(way) }
        if isLast { lasts.append(way) }
      }
    }
    for (slot, sum) in summed.sorted(by: { $0.value.carry < $1.value.carry }) {
      current = slot.index
      let target = try planner.place(body.parameters[sum.carry])
      for (element, row) in try read(sum.amount, &planner).enumerated() {
        sums.append(wl_addition(row: try spread(row).base, place: target + element))
      }
    }
    let kept = Array(body.results[loop.carried...].prefix(loop.stacks)) + reads.histories
    for (keep, slot) in kept.enumerated() where isTaken[slot.place] {
      for (element, row) in try read(slot, &planner).enumerated() {
        puts.append(
          wl_put(row: row.base, keep: keep, offset: element, stride: Int32(row.stride)))
      }
    }
  }

  /// Tells the machine where rows come from and where they go.
  func seal(_ machine: inout wl_loop, _ plan: Plan) {
    machine.turns_row = turnsRow
    machine.gathers = gathers.count
    machine.gather = plan.keep(gathers)
    machine.scatters = scatters.count
    machine.scatter = plan.keep(scatters)
    machine.sums = sums.count
    machine.sum = plan.keep(sums)
    machine.lasts = lasts.count
    machine.last = plan.keep(lasts)
    machine.puts = puts.count
    machine.put = plan.keep(puts)
    machine.isWide = 1
  }

  private func fresh() throws(Fault) -> UnsafeMutablePointer<Double> {
    let row = try memory.allocate(Int(WL_LANES))
    row.update(repeating: 0, count: Int(WL_LANES))
    return row
  }

  private func constant(_ value: Double) throws(Fault) -> Row {
    let place = try memory.allocate(1)
    place.pointee = value
    return Row(base: UnsafePointer(place), stride: 0)
  }

  /// The rows of a slot that lanes read.
  private mutating func read(_ slot: Slot, _ planner: inout Planner) throws(Fault) -> [Row] {
    if let known = rows[slot] { return known }
    let body = loop.body
    let count = body.shape(slot).count
    var made: [Row] = []
    if analysis.dependences[slot.place] == .shared {
      let base = try planner.place(slot)
      made = (0..<count).map { Row(base: UnsafePointer(base + $0), stride: 0) }
    } else if slot == loop.turn {
      let row: UnsafeMutablePointer<Double>
      if let turnsRow { row = turnsRow } else { row = try fresh() }
      turnsRow = row
      made = [Row(base: UnsafePointer(row), stride: 1)]
    } else if let parameter = body.parameters.firstIndex(of: slot) {
      for element in 0..<count {
        let row = try fresh()
        gathers.append(wl_gather(row: row, walk: parameter - loop.carried, offset: element))
        made.append(Row(base: UnsafePointer(row), stride: 1))
      }
    }
    rows[slot] = made
    return made
  }

  /// Writes the steps of an entry.
  private mutating func rows(of slot: Slot, _ planner: inout Planner) throws(Fault) -> [Row] {
    let body = loop.body
    let (operands, shape) = (body.operands(slot), body.shape(slot))
    let shapes = operands.map { body.shape($0) }
    var read: [[Row]] = []
    for operand in operands { read.append(try self.read(operand, &planner)) }
    var made: [Row] = []
    switch body.primitive(slot).kernel {
    case .map(let map):
      let function = unsafeBitCast(map.function, to: Int.self)
      for row in read[0] { made.append(try append(WL_MAP, row, nil, function, map.code)) }
    case .zip(let zip):
      let a = Walk(stretching: shapes[0], to: shape).places
      let b = Walk(stretching: shapes[1], to: shape).places
      for (p, q) in Swift.zip(a, b) {
        made.append(try append(zip, read[0][p], read[1][q]))
      }
    case .motion(let motion):
      made = try rows(of: motion(shapes, body.statics(slot), shape), read, shape.count)
    default: break
    }
    return made
  }

  /// The row itself, or one with its number in every lane.
  private func spread(_ row: Row) throws(Fault) -> Row {
    guard row.stride == 0 else { return row }
    let spread = try fresh()
    plan.append(wl_step(WL_MOVE, slot: current, row.base, out: spread, strides: (0, 0)))
    return Row(base: UnsafePointer(spread), stride: 1)
  }

  private func append(_ zip: Kernel.Zip, _ a: Row, _ b: Row) throws(Fault) -> Row {
    try append(WL_ZIP, a, b, unsafeBitCast(zip.function, to: Int.self), zip.code)
  }

  /// Appends a step; the lanes of a map's operand must be side by side.
  private func append(
    _ op: wl_op, _ a: Row, _ b: Row?, _ function: Int, _ code: ScalarCode?
  ) throws(Fault) -> Row {
    let a = op == WL_MAP ? try spread(a) : a
    let out = try fresh()
    // The C library's functions take their time for every lane.
    let isVector = code != nil && code != .pow
    plan.append(
      wl_step(
        op, slot: current, n: isVector ? 1 : 0, a.base, b?.base, out: out,
        strides: (a.stride, b?.stride ?? 0),
        more: UnsafeRawPointer(bitPattern: function)))
    return Row(base: UnsafePointer(out), stride: 1)
  }

  private func rows(
    of motion: Motion, _ read: [[Row]], _ count: Int
  ) throws(Fault) -> [Row] {
    switch motion {
    case .product(let m, let n, let k):
      var made: [Row] = []
      for i in 0..<m {
        for j in 0..<n {
          let out = try fresh()
          for p in 0..<k {
            let (a, b) = (read[0][i * k + p], read[1][p * n + j])
            plan.append(
              wl_step(
                WL_MULTIPLY_ADD, slot: current, n: p == 0 ? -1 : 1, a.base, b.base, out: out,
                strides: (a.stride, b.stride)))
          }
          made.append(Row(base: UnsafePointer(out), stride: 1))
        }
      }
      return made
    case .read(let walk): return walk.places.map { read[0][$0] }
    case .write(let walk):
      var made = Array(repeating: try constant(0), count: count)
      for (index, place) in walk.places.enumerated() { made[place] = read[0][index] }
      return made
    case .add(let walk):
      var made = Array(repeating: try constant(0), count: count)
      // Elements of one place that lie side by side are summed first.
      let length = walk.strides.last == 0 ? walk.extents.last ?? 1 : 1
      let places = walk.places
      for start in stride(from: 0, to: places.count, by: length) {
        var sum = read[0][start]
        for index in 1..<max(length, 1) { sum = try add(sum, read[0][start + index]) }
        made[places[start]] = try add(made[places[start]], sum)
      }
      return made
    case .rows, .total: return []
    case .sums(let outer, let count, let inner):
      var made: [Row] = []
      for line in 0..<(outer * inner) {
        let start = line / inner * count * inner + line % inner
        var sum = count > 0 ? read[0][start] : try constant(0)
        for index in 1..<max(count, 1) { sum = try add(sum, read[0][start + index * inner]) }
        made.append(sum)
      }
      return made
    }
  }

  private func add(_ a: Row, _ b: Row) throws(Fault) -> Row {
    guard case .zip(let zip) = Primitive.add.kernel else { return a }
    return try append(zip, a, b)
  }
}
