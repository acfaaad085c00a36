import WengertKernels

/// What a plan does, for `show plan`.
extension Plan {
  /// How a name is given to an entry of a list.
  typealias Name = (List, Slot) -> String

  private static let ways: [UInt32: String] = [
    WL_ROWS.rawValue: "row by row", WL_READ.rawValue: "picked", WL_WRITE.rawValue: "placed",
    WL_ADD_UP.rawValue: "added up", WL_SUMS.rawValue: "sums", WL_BRANCH.rawValue: "one of two",
    WL_CALL.rawValue: "a list of its own", WL_CHECK_TURN.rawValue: "needs a turn",
    WL_MISSING.rawValue: "has no value yet", WL_FOREIGN.rawValue: "a function",
    WL_MULTIPLY_ADD.rawValue: "multiplied and added", WL_ROW_MAP.rawValue: "row by row",
    WL_TOTAL.rawValue: "sums",
  ]

  /// A line for each entry that is computed: its operation and how it is done; bodies are indented.
  ///
  /// - Parameter isWide: whether each step is for many turns.
  func outline(of list: List, isWide: Bool = false, name: Name) -> [String] {
    var lines: [(entry: String, way: String, inside: [String])] = []
    var index = 0
    while index < count {
      let step = steps[index]
      let first = index
      while index < count, steps[index].slot == step.slot, steps[index].op == step.op {
        index += 1
      }
      let slot = Slot(Int(step.slot))
      var way = isWide ? "" : way(step)
      if index - first > 1 { way += (way.isEmpty ? "" : " ") + "× \(index - first)" }
      var inside: [String] = []
      if UInt32(step.op) == WL_LOOP.rawValue {
        (way, inside) = loop(at: step.more, list, slot, name)
      }
      var entry = Self.entry(slot, list, name)
      if UInt32(step.op) == WL_GROUPS.rawValue { entry = "\(step.n) entries" }
      if UInt32(step.op) == WL_BLOCKS.rawValue {
        (way, inside) = blocks(at: step.more, list, name)
        entry = "\(inside.count) entries"
      }
      lines.append((entry, way, inside))
    }
    let width = min(lines.lazy.map(\.entry.count).max() ?? 0, 48)
    return lines.flatMap { line in
      let gap = String(repeating: " ", count: max(width - line.entry.count, 0) + 2)
      return [line.way.isEmpty ? line.entry : line.entry + gap + line.way]
        + line.inside.map { "  " + $0 }
    }
  }

  /// An entry as a program has it; of a loop or a branch the name alone.
  private static func entry(_ slot: Slot, _ list: List, _ name: Name) -> String {
    let operation = list.primitive(slot).name
    guard list.structure(slot) == nil || list[slot].code >= Code.final else {
      return "\(name(list, slot)) = \(operation)"
    }
    let all = list.operands(slot)
    let operands = all.prefix(6).map { name(list, $0) } + (all.count > 6 ? ["…"] : [])
    return "\(name(list, slot)) = \(operation)(\(operands.joined(separator: ", ")))"
  }

  private func way(_ step: wl_step) -> String {
    if ScalarCode(rawValue: UInt8(truncatingIfNeeded: step.op)) != nil { return "a number" }
    switch wl_op(UInt32(step.op)) {
    case WL_MAP, WL_ZIP: return "\(step.n) elements"
    case WL_MOVE: return step.n == 1 ? "1 copied" : "\(step.n) copied"
    case WL_PRODUCT:
      guard let size = step.more?.assumingMemoryBound(to: wl_product_size.self).pointee else {
        return "product"
      }
      let (a, b) = (size.transposeA == 0 ? "" : "ᵀ", size.transposeB == 0 ? "" : "ᵀ")
      return "product A\(a) B\(b), \(size.m) × \(size.k) × \(size.n)"
    case WL_GROUPS:
      let groups = step.more?.assumingMemoryBound(to: wl_groups.self).pointee
      return groups.map { "numbers, in \($0.count) groups of one operation" } ?? "numbers"
    default: return Self.ways[UInt32(step.op)] ?? ""
    }
  }

  /// The entries that run for a few rows at a time.
  private func blocks(
    at place: UnsafeRawPointer?, _ list: List, _ name: Name
  ) -> (way: String, inside: [String]) {
    guard let blocks = place?.assumingMemoryBound(to: wl_blocks.self).pointee else {
      return ("", [])
    }
    let inside = (0..<blocks.count).map { index in
      Self.entry(Slot(Int(blocks.parts[index].slot)), list, name)
    }
    return ("\(blocks.most) of \(blocks.rows) rows at a time", inside)
  }

  /// What a loop does once, for many turns, and in each.
  private func loop(
    at place: UnsafeRawPointer?, _ list: List, _ slot: Slot, _ name: Name
  ) -> (way: String, inside: [String]) {
    let loops = held.lazy.compactMap { $0 as? LoopCall }
    guard let call = loops.first(where: { UnsafeRawPointer($0.machine) == place }) else {
      return ("", [])
    }
    let body = call.loop.body
    func part(_ title: String, _ plan: Plan, isWide: Bool = false) -> [String] {
      guard plan.count > 0 else { return [] }
      return ["\(title):"] + plan.outline(of: body, isWide: isWide, name: name).map { "  " + $0 }
    }
    let count = list.operands(slot).first.flatMap { list.number($0) }.flatMap { Int(exactly: $0) }
    let turns = count.map { $0 == 1 ? "1 turn" : "\($0) turns" } ?? "turns"
    return (
      turns + (call.isBackward ? ", backwards" : ""),
      part("once", call.once) + part("\(WL_LANES) turns at a time", call.wide, isWide: true)
        + part("each turn", call.body)
    )
  }
}
