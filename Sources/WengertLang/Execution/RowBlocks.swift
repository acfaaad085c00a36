import WengertKernels

/// Has steps on arrays of as many rows run for a few rows at a time, one behind the other.
///
/// What they hand on stays in the cache, and what nobody else reads never goes to memory. Each row
/// is made by the same operations on the same numbers, and sums over rows go on where the rows
/// before left them, so the bits are the same.
struct RowBlocks {
  private let list: List
  private let memory: Memory
  /// Which slots others than the list's own entries read.
  private let kept: SlotSet
  /// The transposes that only products read.
  private let folded: [Bool]
  /// The entries that read each slot; those that read its transpose count too.
  private var readers: [[Int]] = []

  /// Rows that are worth it, and elements of an array that are.
  private static let fewest = 64
  private static let smallest = 4096
  /// Steps that may have to wait until all rows are done.
  private static let mostWaiting = 64

  init(_ list: List, kept: SlotSet, folded: [Bool], memory: Memory) {
    self.list = list
    self.kept = kept
    self.folded = folded
    self.memory = memory
  }

  private mutating func findReaders() {
    readers = Array(repeating: [], count: list.count)
    for place in (0..<list.count).reversed() {
      let read = folded[place] ? readers[place] : [place]
      for operand in list.operands(Slot(place)) { readers[operand.place] += read }
    }
  }

  /// Steps that run together, those that wait until they are done, and where the next one is.
  private struct Group {
    var parts: [RowPart] = []
    var waiting: [wl_step] = []
    var end: Int
  }

  /// Rewrites the steps of a plan.
  mutating func rewrite(_ plan: Plan) throws(Fault) {
    guard (0..<plan.count).contains(where: { reader(plan.steps[$0]) != nil }) else { return }
    findReaders()
    var rest = (0..<plan.count).map { plan.steps[$0] }
    var made: [wl_step] = []
    var next = 0
    while next < rest.count {
      guard let reader = reader(rest[next]) else {
        made.append(rest[next])
        next += 1
        continue
      }
      let group = collect(rest, from: next, reader)
      if let step = try blocks(group.parts, reader, plan) {
        made.append(step)
        rest = group.waiting + rest[group.end...]
        next = 0
      } else {
        made.append(rest[next])
        next += 1
      }
    }
    plan.replaceSteps(by: made)
  }

  /// How a step is read as work on rows, if it is large enough.
  private func reader(_ step: wl_step) -> RowReader? {
    let op = UInt32(step.op)
    guard op >= WL_MAP.rawValue, op < WL_BLOCKS.rawValue else { return nil }
    let slot = Slot(Int(step.slot))
    let shape = list.shape(slot)
    let sizes = [shape.count] + list.operands(slot).map { list.shape($0).count }
    guard shape.rank > 0, sizes.contains(where: { $0 >= Self.smallest }) else { return nil }
    if shape[0] >= Self.fewest {
      let reader = RowReader(list: list, rows: shape[0], isFlat: false)
      if reader.part(step) != nil { return reader }
    }
    let flat = RowReader(list: list, rows: shape.count, isFlat: true)
    return flat.part(step) == nil ? nil : flat
  }

  /// The steps from one on that can go together, as far as those between can wait.
  private func collect(_ steps: [wl_step], from first: Int, _ reader: RowReader) -> Group {
    var group = Group(end: first)
    var waiting: [Accesses] = []
    for step in steps[first...] {
      guard let accesses = RowReader.accesses(step, list) else { break }
      if let part = reader.part(step), !waiting.contains(where: { $0.conflicts(with: accesses) }),
        group.parts.allSatisfy({ part.canFollow($0) })
      {
        group.parts.append(part)
      } else {
        guard waiting.count < Self.mostWaiting else { break }
        waiting.append(accesses)
        group.waiting.append(step)
      }
      group.end += 1
    }
    return group
  }

  /// The step that runs some parts block by block; nil where that gains nothing.
  private func blocks(
    _ group: [RowPart], _ reader: RowReader, _ plan: Plan
  ) throws(Fault) -> wl_step? {
    guard group.count > 1 else { return nil }
    let hasProducts = group.contains {
      $0.part.kind == WL_PART_PRODUCT.rawValue || $0.part.kind == WL_PART_GATHER.rawValue
    }
    // Blocks fill a second-level cache, or the first-level one where no matrix is read for each.
    var widths: [UnsafePointer<Double>: Int] = [:]
    for part in group {
      for reach in part.accesses.reads + [part.accesses.write] where reach.width > 0 {
        widths[reach.base] = reach.width
      }
    }
    let load = max(widths.values.reduce(0, +), 1)
    let fewest = hasProducts ? 48 : 16
    let most = max((hasProducts ? 131_072 : 8192) / load / 16 * 16, fewest)
    guard most < reader.rows else { return nil }
    var parts = try placed(group, most)
    for index in parts.indices where parts[index].kind == WL_PART_STRETCH.rawValue {
      guard parts[index].width <= 256 else { continue }
      parts[index].stretched = try memory.allocate(most * parts[index].width)
    }
    var step = wl_step(WL_BLOCKS, slot: group[0].slot.index, n: reader.rows)
    let made = wl_blocks(
      rows: reader.rows, most: most, count: parts.count, parts: UnsafePointer(plan.keep(parts)))
    step.more = UnsafeRawPointer(plan.keep(made))
    return step
  }

  /// The parts, with what only they read in blocks of its own, used again when nobody reads it any
  /// more.
  private func placed(_ group: [RowPart], _ most: Int) throws(Fault) -> [wl_part] {
    let places = Set(group.map(\.slot.place))
    var lastReads: [Int: Int] = [:]
    for (index, part) in group.enumerated() {
      let slot = part.slot
      guard part.part.mo > 0, !kept.contains(slot), readers[slot.place].allSatisfy(places.contains)
      else { continue }
      lastReads[index] = group.indices.last { other in
        group[other].accesses.reads.contains { $0.base == part.accesses.write.base }
      }
    }
    var own: [UnsafePointer<Double>: UnsafeMutablePointer<Double>] = [:]
    var free: [Int: [UnsafeMutablePointer<Double>]] = [:]
    var parts: [wl_part] = []
    for (index, member) in group.enumerated() {
      var part = member.part
      if part.ma > 0, let base = part.a, let place = own[base] {
        (part.a, part.ma) = (UnsafePointer(place), 0)
      }
      if part.mb > 0, let base = part.b, let place = own[base] {
        (part.b, part.mb) = (UnsafePointer(place), 0)
      }
      if lastReads[index] != nil, let out = part.out {
        let count = most * part.mo
        let place: UnsafeMutablePointer<Double>
        if let known = free[count]?.popLast() {
          place = known
        } else {
          place = try memory.allocate(count)
        }
        own[UnsafePointer(out)] = place
        (part.out, part.mo) = (place, 0)
      }
      for (writer, last) in lastReads where last == index {
        let reach = group[writer].accesses.write
        if let place = own[reach.base] { free[most * reach.width, default: []].append(place) }
      }
      parts.append(part)
    }
    return parts
  }
}
