import WengertKernels

/// A run of numbers in a loop's body, rearranged: entries of one operation whose operands are there
/// run together, as one loop over their places.
///
/// Each entry is computed once and from the same operands as in the order of the list, so the bits
/// are the same.
struct Groups {
  /// Entries of one row, side by side.
  struct Group {
    var row: Int
    var count: Int
  }

  /// Fewer numbers, or groups that are smaller in the mean, cost more than they save.
  private static let leastNumbers = 192
  private static let leastMean = 4
  /// As many numbers are arranged by their levels, which takes little time.
  private static let long = 1 << 15

  /// The entries in the order of the turn.
  let members: [Int32]
  /// The entries in the order in which they run.
  private(set) var order: [Int32] = []
  private(set) var groups: [Group] = []
  /// What they read from outside, in the order in which the list does.
  private(set) var imports: [Slot] = []

  /// The runs of a body that are worth it, its entries in some order; `belongs` says whether an
  /// entry is run turn by turn.
  static func runs(
    in body: List, _ order: [Int32], where belongs: (Slot) -> Bool
  ) -> [Groups] {
    var found: [Groups] = []
    var members: [Int32] = []
    func close() {
      if members.count >= leastNumbers, let groups = Groups(body, members) { found.append(groups) }
      members.removeAll(keepingCapacity: true)
    }
    for place in order {
      let slot = Slot(Int(place))
      let entry = body[slot]
      guard entry.code != Code.parameter, entry.code != Code.number, belongs(slot) else { continue }
      if isNumber(entry, in: body) { members.append(slot.index) } else { close() }
    }
    close()
    return found
  }

  /// Whether an entry is a number that is computed from numbers.
  private static func isNumber(_ entry: Entry, in body: List) -> Bool {
    guard entry.shape == 0, !entry.hasDetail, steps[Int(entry.code)] != nil else { return false }
    return body[Slot(Int(entry.a))].shape == 0
      && (entry.inlineCount == 1 || body[Slot(Int(entry.b))].shape == 0)
  }

  /// How the machine computes the numbers of each row, nil where it cannot.
  nonisolated(unsafe) static let steps: [wl_group?] = Catalogue.all.map { row in
    switch row.kernel {
    case .map(let map):
      step(map.code, WL_MAP, map.function.map { unsafeBitCast($0, to: UnsafeRawPointer.self) })
    case .zip(let zip):
      step(zip.code, WL_ZIP, zip.function.map { unsafeBitCast($0, to: UnsafeRawPointer.self) })
    default: nil
    }
  }

  private static func step(
    _ code: ScalarCode?, _ op: wl_op, _ function: UnsafeRawPointer?
  ) -> wl_group? {
    let loops = [WL_ADD, WL_SUB, WL_MUL, WL_DIV, WL_NEG, WL_SQUARE, WL_CHAIN, WL_COPY]
    if let code, loops.contains(where: { $0.rawValue == UInt32(code.rawValue) }) {
      return wl_group(op: Int32(code.rawValue), count: 0, function: nil)
    }
    return function.map { wl_group(op: Int32(op.rawValue), count: 0, function: $0) }
  }

  /// Rearranges a run; nil where the groups would be small.
  private init?(_ body: List, _ members: [Int32]) {
    self.members = members
    if members.count >= Self.long, arrangeByLevels(body) { return }
    var readers = Readers(body, members)
    guard readers.imports.count <= members.count else { return nil }
    imports = readers.imports
    var ready = Ready(body, members)
    for member in members.indices where readers.waiting[member] == 0 { ready.add(Int32(member)) }
    order.reserveCapacity(members.count)
    while let (row, group) = ready.takeMost() {
      groups.append(Group(row: row, count: group.count))
      guard groups.count <= members.count / Self.leastMean else { return nil }
      for member in group {
        order.append(members[Int(member)])
        readers.release(member) { ready.add($0) }
      }
    }
  }

  /// Makes groups of the entries of one level and row; false, and nothing done, where they would be
  /// small.
  ///
  /// Groups that wait until most entries of a row are ready are larger, but to find them takes far
  /// longer, and where there are many entries these are large enough.
  private mutating func arrangeByLevels(_ body: List) -> Bool {
    let levels = Levels(body, members)
    let cells = Int(levels.deepest) * levels.rows.count
    guard cells <= members.count / Self.leastMean, levels.imports.count <= members.count else {
      return false
    }
    imports = levels.imports
    var starts = Array(repeating: Int32(0), count: cells + 1)
    for place in members { starts[levels.cell(place, body) + 1] += 1 }
    for cell in 0..<cells {
      if starts[cell + 1] > 0 {
        groups.append(
          Group(row: levels.rows[cell % levels.rows.count], count: Int(starts[cell + 1])))
      }
      starts[cell + 1] += starts[cell]
    }
    order = members
    for place in members {
      let cell = levels.cell(place, body)
      order[Int(starts[cell])] = place
      starts[cell] += 1
    }
    return true
  }

  /// How many entries of a run stand before each, one reading the other.
  private struct Levels {
    /// For each slot of the body its level, from 1; 0 outside of the run, -1 once imported.
    private var levels: [Int32]
    private(set) var deepest: Int32 = 0
    private(set) var imports: [Slot] = []
    /// The rows that come up, and for each row its place among them.
    private(set) var rows: [Int] = []
    private var places = Array(repeating: -1, count: Catalogue.all.count)

    init(_ body: List, _ members: [Int32]) {
      levels = Array(repeating: 0, count: body.count)
      for place in members {
        let entry = body[Slot(Int(place))]
        if places[Int(entry.code)] < 0 {
          places[Int(entry.code)] = rows.count
          rows.append(Int(entry.code))
        }
        var level: Int32 = 0
        entry.forEachInlineOperand { operand in
          let known = levels[Int(operand)]
          level = max(level, known)
          guard known == 0 else { return }
          imports.append(Slot(Int(operand)))
          levels[Int(operand)] = -1
        }
        levels[Int(place)] = level + 1
        deepest = max(deepest, level + 1)
      }
    }

    /// The number of the group of an entry.
    @inline(__always)
    func cell(_ place: Int32, _ body: List) -> Int {
      (Int(levels[Int(place)]) - 1) * rows.count + places[Int(body[Slot(Int(place))].code)]
    }
  }

  /// Members that can run, by their rows.
  private struct Ready {
    private let rowOfMember: [UInt16]
    private var rows: [Int] = []
    private var waiting: [[Int32]] = []
    /// For each row its place among those that have come up, -1 for none.
    private var places = Array(repeating: -1, count: Catalogue.all.count)

    init(_ body: List, _ members: [Int32]) {
      rowOfMember = members.map { body[Slot(Int($0))].code }
    }

    mutating func add(_ member: Int32) {
      let row = Int(rowOfMember[Int(member)])
      if places[row] < 0 {
        places[row] = rows.count
        rows.append(row)
        waiting.append([])
      }
      waiting[places[row]].append(member)
    }

    /// Takes all members of the row that has most of them.
    mutating func takeMost() -> (row: Int, members: [Int32])? {
      var most = 0
      for place in waiting.indices where waiting[place].count > waiting[most].count { most = place }
      guard most < waiting.count, !waiting[most].isEmpty else { return nil }
      var taken: [Int32] = []
      swap(&taken, &waiting[most])
      return (rows[most], taken)
    }
  }

  /// Who reads each member of a run, and for how many operands each still waits.
  private struct Readers {
    private(set) var waiting: [UInt8]
    private(set) var imports: [Slot] = []
    private var starts: [Int32]
    private var readers: [Int32] = []

    init(_ body: List, _ members: [Int32]) {
      waiting = Array(repeating: 0, count: members.count)
      starts = Array(repeating: 0, count: members.count + 1)
      // For each slot of the body its number in the run, -1 outside of it, -2 once imported.
      var numbers = Array(repeating: Int32(-1), count: body.count)
      for (number, place) in members.enumerated() { numbers[Int(place)] = Int32(number) }
      for (number, place) in members.enumerated() {
        body[Slot(Int(place))].forEachInlineOperand { operand in
          let read = numbers[Int(operand)]
          if read >= 0 {
            starts[Int(read) + 1] += 1
            waiting[number] += 1
          } else if read == -1 {
            imports.append(Slot(Int(operand)))
            numbers[Int(operand)] = -2
          }
        }
      }
      for member in members.indices { starts[member + 1] += starts[member] }
      readers = Array(repeating: 0, count: Int(starts[members.count]))
      var next = starts
      for (number, place) in members.enumerated() {
        body[Slot(Int(place))].forEachInlineOperand { operand in
          let read = Int(numbers[Int(operand)])
          guard read >= 0 else { return }
          readers[Int(next[read])] = Int32(number)
          next[read] += 1
        }
      }
    }

    /// Says that a member has run, and which of its readers can run now.
    mutating func release(_ member: Int32, _ ready: (Int32) -> Void) {
      for place in Int(starts[Int(member)])..<Int(starts[Int(member) + 1]) {
        let reader = readers[place]
        waiting[Int(reader)] -= 1
        if waiting[Int(reader)] == 0 { ready(reader) }
      }
    }
  }
}

extension Entry {
  /// The operands of an entry without details.
  @inline(__always)
  fileprivate func forEachInlineOperand(_ body: (Int32) -> Void) {
    if inlineCount > 0 { body(a) }
    if inlineCount > 1 { body(b) }
  }
}

extension Planner {
  /// Appends the step of a run, and gives its entries places in the order in which they run.
  mutating func add(_ run: Groups, to chosen: Plan) throws(Fault) {
    guard let first = run.members.first else { return }
    plan = chosen
    do {
      if !lasts.isEmpty { checkTurns(of: run) }
      let block = try memory.allocate(run.imports.count + run.order.count)
      var imports: [UnsafePointer<Double>?] = []
      var numbers = Array(repeating: Int32(-1), count: list.count)
      for (number, slot) in run.imports.enumerated() {
        imports.append(UnsafePointer(try place(slot)))
        numbers[slot.place] = Int32(number)
      }
      for (number, place) in run.order.enumerated() {
        pointers[Int(place)] = block + imports.count + number
        numbers[Int(place)] = Int32(imports.count + number)
      }
      var (a, b): ([Int32], [Int32]) = ([], [])
      a.reserveCapacity(run.order.count)
      b.reserveCapacity(run.order.count)
      for place in run.order {
        let entry = list[Slot(Int(place))]
        a.append(numbers[Int(entry.a)])
        b.append(entry.inlineCount > 1 ? numbers[Int(entry.b)] : 0)
      }
      let groups = run.groups.compactMap { group in
        var step = Groups.steps[group.row]
        step?.count = Int32(group.count)
        return step
      }
      let call = wl_groups(
        values: block, imports: imports.count, import: UnsafePointer(plan.keep(imports)),
        a: UnsafePointer(plan.keep(a)), b: UnsafePointer(plan.keep(b)), count: groups.count,
        group: UnsafePointer(plan.keep(groups)))
      plan.append(wl_step(WL_GROUPS, slot: first, n: run.order.count, more: plan.keep(call)))
    } catch {
      var fault = error
      fault.span = fault.span ?? list.spans[Int(first)]
      fault.place = Int(first)
      throw fault
    }
  }

  /// Has the run check the turns of inner loops whose last values the entries read.
  private mutating func checkTurns(of run: Groups) {
    for place in run.members {
      let slot = Slot(Int(place))
      for index in 0..<list.operandCount(slot) {
        checkTurns(list.operand(slot, index), readBy: slot)
      }
    }
  }
}
