import WengertKernels

/// Steps of operations on arrays.
extension Planner {
  mutating func addKernel(_ slot: Slot) throws(Fault) {
    let row = list.primitive(slot)
    let shape = list.shape(slot)
    let shapes = list.operands(slot).map { list.shape($0) }
    if case .motion(let motion) = row.kernel {
      return try addMotion(motion(shapes, list.statics(slot), shape), slot)
    }
    let out = try place(slot)
    var operands: [UnsafePointer<Double>] = []
    for operand in list.operands(slot) { operands.append(UnsafePointer(try place(operand))) }
    if list.isRename(slot), operands[0] == UnsafePointer(out) { return }
    switch row.kernel {
    case .map(let map):
      guard let function = map.function else {
        return plan.append(
          .map(map.block, operands[0], out, count: shape.count), slot: slot.index)
      }
      plan.append(
        wl_step(
          WL_MAP, slot: slot.index, n: shape.count, operands[0], out: out,
          more: unsafeBitCast(function, to: UnsafeRawPointer.self)))
    case .zip(let zip): addZip(zip, slot, operands, shapes, out)
    case .select(let select):
      let rows = SelectRows(
        select: select, length: shape.extents.last ?? 1, operands: operands,
        rows: shapes.map { Rows(of: $0, under: shape) })
      plan.append(.select(rows, out), slot: slot.index)
    case .dense(let kernel):
      let call = DenseCall(
        operands: operands, shapes: shapes, statics: list.statics(slot), result: out, shape: shape,
        limit: memory.budget)
      plan.append(.dense(kernel, call), slot: slot.index)
    case .motion, .structural: return
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
    let function = zip.function.map { unsafeBitCast($0, to: UnsafeRawPointer.self) }
    if let sa = strideOf(shapes[0]), let sb = strideOf(shapes[1]) {
      guard let function else {
        return plan.append(
          .zip(zip.block, operands[0], operands[1], out, count: shape.count, strides: (sa, sb)),
          slot: slot.index)
      }
      return plan.append(
        wl_step(
          WL_ZIP, slot: slot.index, n: shape.count, operands[0], operands[1], out: out,
          strides: (sa, sb), more: function))
    }
    let (a, b) = (Rows(of: shapes[0], under: shape), Rows(of: shapes[1], under: shape))
    let length = shape.extents.last ?? 1
    guard let function = zip.function else {
      return plan.append(
        .zipRows(zip.block, operands[0], operands[1], out, a: a, b: b, length: length),
        slot: slot.index)
    }
    let rows = wl_rows(
      function: function, rows: a.starts.count, length: length, sa: Int32(min(a.stride, 1)),
      sb: Int32(min(b.stride, 1)), a: UnsafePointer(plan.keep(a.starts)),
      b: UnsafePointer(plan.keep(b.starts)))
    plan.append(
      wl_step(
        WL_ROWS, slot: slot.index, operands[0], operands[1], out: out, more: plan.keep(rows)))
  }

  private mutating func addMotion(_ motion: Motion, _ slot: Slot) throws(Fault) {
    let a = try place(list.operand(slot, 0))
    switch motion {
    case .product(let m, let n, let k): try addProduct(slot, m, n, k)
    case .read(let walk):
      if walk.isWhole(of: list.shape(slot).count) {
        if pointers[slot.place] == nil, mayShare?(slot) ?? false {
          pointers[slot.place] = a + walk.start
          return
        }
        return plan.append(
          wl_step(
            WL_MOVE, slot: slot.index, n: list.shape(slot).count, UnsafePointer(a + walk.start),
            out: try place(slot)))
      }
      try add(motion, walk, WL_READ, slot, a)
    case .write(let walk): try add(motion, walk, WL_WRITE, slot, a)
    case .add(let walk): try add(motion, walk, WL_ADD_UP, slot, a)
    case .sums(let outer, let count, let inner):
      plan.append(
        wl_step(
          WL_SUMS, slot: slot.index, UnsafePointer(a), out: try place(slot),
          more: plan.keep(wl_lines(outer: outer, count: count, inner: inner))))
    case .rows(let function, let count, let length):
      let rows = wl_row_step(function: function, rows: count, length: length)
      plan.append(
        wl_step(
          WL_ROW_MAP, slot: slot.index, UnsafePointer(a), out: try place(slot),
          more: plan.keep(rows)))
    case .total: try addTotal(motion, slot)
    }
  }

  private mutating func addProduct(
    _ slot: Slot, _ m: Int, _ n: Int, _ k: Int
  ) throws(Fault) {
    let operands = list.operands(slot)
    var a = try place(operands[0])
    var b = try place(operands[1])
    var size = wl_product_size(transposeA: 0, transposeB: 0, m: m, n: n, k: k)
    if let source = transposed(operands[0], rows: m, columns: k) {
      a = try place(source)
      size.transposeA = 1
    }
    if let source = transposed(operands[1], rows: k, columns: n) {
      b = try place(source)
      size.transposeB = 1
    }
    plan.append(
      wl_step(
        WL_PRODUCT, slot: slot.index, UnsafePointer(a), UnsafePointer(b), out: try place(slot),
        more: plan.keep(size)))
  }

  private mutating func addTotal(_ motion: Motion, _ slot: Slot) throws(Fault) {
    guard case .total(let function, let walkA, let walkB, let count) = motion else { return }
    let a = UnsafePointer(try place(list.operand(slot, 0)))
    let b = UnsafePointer(try place(list.operand(slot, 1)))
    guard walkA.isWhole(of: count), walkB.isWhole(of: count) else {
      return try addDense(motion, slot, [a, b])
    }
    plan.append(
      wl_step(
        WL_TOTAL, slot: slot.index, n: count, a, b, out: try place(slot),
        more: unsafeBitCast(function, to: UnsafeRawPointer.self)))
  }

  private mutating func addDense(
    _ motion: Motion, _ slot: Slot, _ operands: [UnsafePointer<Double>]
  ) throws(Fault) {
    let call = DenseCall(
      operands: operands, shapes: [], statics: [], result: try place(slot),
      shape: list.shape(slot), limit: memory.budget)
    plan.append(
      .dense({ call throws(Fault) in try motion.run(call) }, call), slot: slot.index)
  }

  private mutating func add(
    _ motion: Motion, _ walk: Walk, _ op: wl_op, _ slot: Slot, _ a: UnsafeMutablePointer<Double>
  ) throws(Fault) {
    let out = try place(slot)
    let total = list.shape(slot).count
    guard var shape = wl_walk_shape(walk, total: total) else {
      return try addDense(motion, slot, [UnsafePointer(a)])
    }
    shape.total = total
    plan.append(
      wl_step(op, slot: slot.index, UnsafePointer(a), out: out, more: plan.keep(shape)))
  }

  /// What a matrix is the transpose of, where it is one.
  func transposed(_ slot: Slot, rows: Int, columns: Int) -> Slot? {
    guard rows > 1, columns > 1, case .motion(let motion) = list.primitive(slot).kernel,
      list.operandCount(slot) == 1
    else { return nil }
    let source = list.operand(slot, 0)
    guard case .read(let walk) = motion([list.shape(source)], list.statics(slot), list.shape(slot)),
      walk.start == 0, walk.extents == [rows, columns], walk.strides == [1, rows],
      list.shape(source).count == rows * columns
    else { return nil }
    return source
  }
}

extension Walk {
  /// Whether it reads elements that lie side by side.
  func isWhole(of count: Int) -> Bool {
    extents.isEmpty || (extents == [count] && strides == [1])
  }
}

extension wl_walk_shape {
  /// A walk as the machine takes it; nil where it has too many axes.
  init?(_ walk: Walk, total: Int) {
    guard walk.extents.count <= Int(WL_RANK) else { return nil }
    self.init()
    rank = Int32(walk.extents.count)
    start = walk.start
    count = walk.extents.reduce(1, *)
    self.total = total
    withUnsafeMutableBytes(of: &extents) { $0.copyBytes(from: walk.extents.bytes) }
    withUnsafeMutableBytes(of: &strides) { $0.copyBytes(from: walk.strides.bytes) }
  }
}

extension [Int] {
  fileprivate var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}
