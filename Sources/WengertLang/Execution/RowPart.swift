import WengertKernels

/// Some elements in memory: the rows of an array, or what all rows share.
struct Reach {
  let base: UnsafePointer<Double>
  let count: Int
  /// How many elements a row has; 0 where all rows share them.
  let width: Int

  func overlaps(_ other: Reach) -> Bool {
    base < other.base + other.count && other.base < base + count
  }

  /// Whether both are the same rows, or have nothing to do with each other.
  func goesWith(_ other: Reach) -> Bool {
    !overlaps(other) || (base == other.base && width == other.width && width > 0)
  }
}

/// What a step reads and writes.
struct Accesses {
  var reads: [Reach]
  var write: Reach

  /// Whether one of two steps must wait for the other.
  func conflicts(with other: Accesses) -> Bool {
    write.overlaps(other.write) || reads.contains { $0.overlaps(other.write) }
      || other.reads.contains { $0.overlaps(write) }
  }
}

/// A step that can be done for a few rows at a time.
struct RowPart {
  var part: wl_part
  var accesses: Accesses
  let slot: Slot

  /// Whether it can run behind another for a few rows, before that one has seen all of them.
  func canFollow(_ other: RowPart) -> Bool {
    !accesses.write.overlaps(other.accesses.write)
      && accesses.reads.allSatisfy { $0.goesWith(other.accesses.write) }
      && other.accesses.reads.allSatisfy { $0.goesWith(accesses.write) }
  }
}

/// Reads steps as work on rows.
struct RowReader {
  let list: List
  /// How many rows there are.
  let rows: Int
  /// Whether each element is a row.
  let isFlat: Bool

  /// The step as one that can be done for a few rows at a time; nil where it cannot.
  func part(_ step: wl_step) -> RowPart? {
    guard let accesses = RowReader.accesses(step, list) else { return nil }
    let slot = Slot(Int(step.slot))
    var part = wl_part()
    (part.slot, part.sa, part.sb) = (step.slot, step.sa, step.sb)
    (part.a, part.b, part.out, part.function) = (step.a, step.b, step.out, step.more)
    let shape = list.shape(slot)
    if isFlat ? shape.count == rows : shape.rank > 0 && shape[0] == rows {
      part.width = shape.count / rows
      part.mo = part.width
    }
    guard fill(&part, step, slot) else { return nil }
    var made = RowPart(part: part, accesses: accesses, slot: slot)
    made.accesses.reads[0] = reach(part.a, part.ma, accesses.reads[0])
    if accesses.reads.count > 1 {
      made.accesses.reads[1] = reach(part.b, part.mb, accesses.reads[1])
    }
    made.accesses.write = reach(UnsafePointer(part.out), part.mo, accesses.write)
    return made
  }

  private func reach(_ base: UnsafePointer<Double>, _ width: Int, _ shared: Reach) -> Reach {
    width == 0 ? shared : Reach(base: base, count: rows * width, width: width)
  }

  /// What a step without effects reads and writes; nil for others.
  static func accesses(_ step: wl_step, _ list: List) -> Accesses? {
    let slot = Slot(Int(step.slot))
    guard !BodyAnalysis.isStructural(list[slot].code) else { return nil }
    switch wl_op(UInt32(step.op)) {
    case WL_MAP, WL_ZIP, WL_ROWS, WL_PRODUCT, WL_READ, WL_WRITE, WL_ADD_UP, WL_SUMS, WL_MOVE,
      WL_ROW_MAP, WL_TOTAL:
      break
    case let op where op.rawValue < WL_MAP.rawValue: break
    default: return nil
    }
    let operands = list.operands(slot)
    guard (1...2).contains(operands.count) else { return nil }
    let reads = zip([step.a, step.b], operands).compactMap { base, operand in
      base.map { Reach(base: $0, count: list.shape(operand).count, width: 0) }
    }
    guard reads.count == operands.count, let out = step.out else { return nil }
    return Accesses(
      reads: reads,
      write: Reach(base: UnsafePointer(out), count: list.shape(slot).count, width: 0))
  }

  /// Says what is done with a few rows; false where it cannot be.
  private func fill(_ part: inout wl_part, _ step: wl_step, _ slot: Slot) -> Bool {
    switch wl_op(UInt32(step.op)) {
    case WL_MAP:
      part.kind = Int32(WL_PART_MAP.rawValue)
      part.ma = part.width
      return part.mo > 0
    case WL_ZIP:
      part.kind = Int32(WL_PART_ZIP.rawValue)
      part.ma = step.sa == 0 ? 0 : part.width
      part.mb = step.sb == 0 ? 0 : part.width
      return part.mo > 0
    case _ where isFlat: return false
    case WL_ROW_MAP:
      guard let rows = step.more?.assumingMemoryBound(to: wl_row_step.self).pointee else {
        return false
      }
      part.kind = Int32(WL_PART_ROW_MAP.rawValue)
      part.function = unsafeBitCast(rows.function, to: UnsafeRawPointer?.self)
      part.ma = part.width
      return rows.rows == self.rows && rows.length == part.width
    case WL_ROWS: return fillStretch(&part, step, slot)
    case WL_READ, WL_ADD_UP: return fillWalk(&part, step)
    case WL_SUMS:
      guard let lines = step.more?.assumingMemoryBound(to: wl_lines.self).pointee else {
        return false
      }
      part.kind = Int32(WL_PART_SUMS.rawValue)
      (part.depth, part.ma) = (lines.count, lines.count)
      return lines.inner == 1 && lines.outer == rows && part.mo == 1 && lines.count > 0
    case WL_PRODUCT: return fillProduct(&part, step)
    default: return false
    }
  }

  private func fillStretch(_ part: inout wl_part, _ step: wl_step, _ slot: Slot) -> Bool {
    guard let more = step.more?.assumingMemoryBound(to: wl_rows.self).pointee else { return false }
    let shape = list.shape(slot)
    let shapes = list.operands(slot).map { list.shape($0) }
    guard shape.rank == 2, part.mo > 0, more.rows == rows, more.length == part.width else {
      return false
    }
    // One operand is whole; the other is a row for all, or a number for each row.
    let isLeft = shapes[1] == shape
    guard isLeft || shapes[0] == shape else { return false }
    let narrow = shapes[isLeft ? 0 : 1]
    let isRow = narrow.count == part.width && narrow.extents.last == part.width
    guard isRow || (narrow.rank == 2 && narrow.count == rows && narrow[0] == rows) else {
      return false
    }
    part.kind = Int32(WL_PART_STRETCH.rawValue)
    part.function = unsafeBitCast(more.function, to: UnsafeRawPointer?.self)
    part.stretchesA = isLeft ? 1 : 0
    (part.sa, part.sb) = isLeft ? (isRow ? 1 : 0, 1) : (1, isRow ? 1 : 0)
    (part.ma, part.mb) = (part.width, part.width)
    if isLeft { part.ma = isRow ? 0 : 1 } else { part.mb = isRow ? 0 : 1 }
    return true
  }

  private func fillWalk(_ part: inout wl_part, _ step: wl_step) -> Bool {
    guard let walk = step.more?.assumingMemoryBound(to: wl_walk_shape.self).pointee else {
      return false
    }
    let extents = [walk.extents.0, walk.extents.1].prefix(Int(walk.rank))
    let strides = [walk.strides.0, walk.strides.1].prefix(Int(walk.rank))
    guard walk.rank <= 2, walk.start == 0 else { return false }
    if step.op == WL_ADD_UP.rawValue {
      guard walk.rank == 2, extents[0] == rows, strides == [0, 1], extents[1] == walk.total else {
        return false
      }
      part.kind = Int32(WL_PART_ADD_UP.rawValue)
      (part.width, part.ma, part.mo) = (walk.total, walk.total, 0)
      return true
    }
    part.kind = Int32(WL_PART_READ.rawValue)
    guard part.mo > 0 else { return false }
    if strides == [0], extents == [rows * part.width] {
      part.sa = 2
    } else if extents == [rows, part.width], strides == [0, 1] {
      part.sa = 1
    } else if extents == [rows, part.width], strides == [1, 0] {
      (part.sa, part.ma) = (0, 1)
    } else {
      return false
    }
    return true
  }

  private func fillProduct(_ part: inout wl_part, _ step: wl_step) -> Bool {
    guard let size = step.more?.assumingMemoryBound(to: wl_product_size.self).pointee else {
      return false
    }
    // What the BLAS may compute has bits of its own.
    if min(size.m, size.n, size.k) > 512 { return false }
    if size.transposeA == 0, size.m == rows, part.mo == size.n, size.k > 0 {
      part.kind = Int32(WL_PART_PRODUCT.rawValue)
      part.transposeB = size.transposeB == 0 ? 0 : 1
      (part.depth, part.ma, part.mb) = (size.k, size.k, 0)
      return true
    }
    guard size.k == rows, size.transposeB == 0, size.transposeA != 0 || size.m == 1 else {
      return false
    }
    part.kind = Int32(WL_PART_GATHER.rawValue)
    (part.width, part.depth, part.ma, part.mb, part.mo) = (size.n, size.m, size.m, size.n, 0)
    return true
  }
}
