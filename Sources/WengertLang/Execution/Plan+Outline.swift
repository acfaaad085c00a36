import WengertKernels

/// What a plan does, for `show plan`.
extension Plan {
  private static let names: [UInt32: String] = [
    WL_MAP.rawValue: "map", WL_ZIP.rawValue: "zip", WL_ROWS.rawValue: "zip by rows",
    WL_PRODUCT.rawValue: "product", WL_READ.rawValue: "read", WL_WRITE.rawValue: "write",
    WL_ADD_UP.rawValue: "add up", WL_SUMS.rawValue: "sums", WL_MOVE.rawValue: "move",
    WL_LOOP.rawValue: "loop", WL_BRANCH.rawValue: "branch", WL_CALL.rawValue: "call",
    WL_CHECK_TURN.rawValue: "check", WL_MISSING.rawValue: "missing",
    WL_FOREIGN.rawValue: "kernel", WL_MULTIPLY_ADD.rawValue: "multiply, add",
    WL_GROUPS.rawValue: "numbers",
  ]

  /// A line for each step: the entry, what is done, how many elements; bodies are indented.
  var outline: [String] {
    (0..<count).flatMap { index in
      let step = steps[index]
      let name =
        ScalarCode(rawValue: UInt8(truncatingIfNeeded: step.op)).map { "number \($0)" }
        ?? Self.names[UInt32(step.op)] ?? "?"
      let line = "#\(step.slot) \(name)"
      switch wl_op(UInt32(step.op)) {
      case WL_LOOP: return [line] + loop(at: step.more).map { "  " + $0 }
      case WL_MAP, WL_ZIP, WL_MOVE: return ["\(line) × \(step.n)"]
      case WL_PRODUCT:
        guard let size = step.more?.assumingMemoryBound(to: wl_product_size.self).pointee else {
          return [line]
        }
        let (a, b) = (size.transposeA == 0 ? "" : "ᵀ", size.transposeB == 0 ? "" : "ᵀ")
        return ["\(line) A\(a) B\(b), \(size.m) × \(size.k) × \(size.n)"]
      case WL_GROUPS:
        guard let groups = step.more?.assumingMemoryBound(to: wl_groups.self).pointee else {
          return [line]
        }
        return ["\(line) × \(step.n), in \(groups.count) groups"]
      default: return [line]
      }
    }
  }

  private func loop(at place: UnsafeRawPointer?) -> [String] {
    let loops = held.lazy.compactMap { $0 as? LoopCall }
    guard let loop = loops.first(where: { UnsafeRawPointer($0.machine) == place }) else {
      return []
    }
    func part(_ title: String, _ plan: Plan) -> [String] {
      plan.count == 0 ? [] : ["\(title):"] + plan.outline.map { "  " + $0 }
    }
    return part("once", loop.once) + part("\(WL_LANES) turns at a time", loop.wide)
      + part("each turn", loop.body)
  }
}
