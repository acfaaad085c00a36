/// Jacobians: one sweep for each place of what is differentiated, or of what it is taken by; fewer
/// where the list shows that places do not meet.
extension List {
  /// The Jacobian of y with respect to each target: the shape of y followed by the target's.
  ///
  /// The way with fewer sweeps is taken, forward where there are as many; targets that are larger
  /// than y share their reverse sweeps.
  ///
  /// - Parameter known: the elements of an entry whose value is known before the sweeps run.
  mutating func appendJacobians(
    of y: Slot, wrt targets: [Slot], known: @escaping (Slot) -> [Double]?
  ) throws(ShapeMismatch) -> [Slot] {
    let rows = shape(y).count
    var jacobians: [Slot: Slot] = [:]
    var larger: [Slot] = []
    for target in targets where jacobians[target] == nil && !larger.contains(target) {
      let whole = Shape(shape(y).extents + shape(target).extents)
      let columns = shape(target).count
      if whole.count == 0 {
        jacobians[target] = appendZeros(whole)
      } else if min(rows, columns) >= Compression.least,
        let sparse = try appendSparseJacobian(of: y, wrt: target, to: whole, known: known)
      {
        jacobians[target] = sparse
      } else if columns > rows {
        larger.append(target)
      } else {
        jacobians[target] = try appendForwardJacobian(of: y, wrt: target, to: whole)
      }
    }
    let found = try appendReverseJacobians(of: y, wrt: larger)
    for (target, jacobian) in zip(larger, found) { jacobians[target] = jacobian }
    return targets.compactMap { jacobians[$0] }
  }

  /// The Jacobian in compressed sweeps, nil where they would not be few.
  private mutating func appendSparseJacobian(
    of y: Slot, wrt x: Slot, to whole: Shape, known: @escaping (Slot) -> [Double]?
  ) throws(ShapeMismatch) -> Slot? {
    let seed = appendSeed(shape(x))
    guard let tangent = try appendTangent(seeds: [(x, seed)], to: [y])[y] else {
      truncate(to: seed.place)
      return appendZeros(whole)
    }
    let (m, n) = (shape(y).count, shape(x).count)
    guard let rows = Sparsity.of([tangent], seed: seed, in: self, known: known)?[0],
      let compression = Compression(rows: rows, columnCount: n)
    else {
      truncate(to: seed.place)
      return nil
    }
    var stack: Slot
    if compression.way == .reverse {
      truncate(to: seed.place)
      let seed = appendSeed(shape(y))
      let reached = try appendAdjoint(seeds: [(y, seed)], wrt: [x])[x]
      let adjoint = reached ?? appendZeros(shape(x))
      stack = try appendSweepLoop(compression.sweeps, seed: seed, results: [adjoint])[0]
    } else {
      stack = try appendSweepLoop(compression.sweeps, seed: seed, results: [tangent])[0]
    }
    return try appendSpread(stack, compression, rows: m, columns: n, to: whole)
  }

  /// Column after column: the tangents of y for the unit seeds of x.
  private mutating func appendForwardJacobian(
    of y: Slot, wrt x: Slot, to whole: Shape
  ) throws(ShapeMismatch) -> Slot {
    let (m, n) = (shape(y).count, shape(x).count)
    if n == 1 {
      let one = try appendOnes(shape(x))
      let tangent = try appendTangent(seeds: [(x, one)], to: [y])[y]
      return try appendReshaped(tangent ?? appendZeros(shape(y)), whole)
    }
    let seed = appendSeed(shape(x))
    guard let tangent = try appendTangent(seeds: [(x, seed)], to: [y])[y] else {
      truncate(to: seed.place)
      return appendZeros(whole)
    }
    let sweeps = SweepLoop(count: n, purpose: Sweeps(way: .forward, places: n))
    let columns = try appendSweepLoop(sweeps, seed: seed, results: [tangent])[0]
    return try appendTransposed(columns, rows: n, columns: m, to: whole)
  }

  /// Row after row: the adjoints of the targets for the unit seeds of y.
  private mutating func appendReverseJacobians(
    of y: Slot, wrt targets: [Slot]
  ) throws(ShapeMismatch) -> [Slot] {
    guard !targets.isEmpty else { return [] }
    let m = shape(y).count
    var parts: [Slot?]
    if m == 1 {
      let adjoint = try appendAdjoint(seeds: [(y, try appendOnes(shape(y)))], wrt: targets)
      parts = targets.map { adjoint[$0] }
    } else {
      let seed = appendSeed(shape(y))
      let adjoint = try appendAdjoint(seeds: [(y, seed)], wrt: targets)
      let reached = targets.compactMap { adjoint[$0] }
      let sweeps = SweepLoop(count: m, purpose: Sweeps(way: .reverse, places: m))
      var stacks: ArraySlice<Slot> = []
      if reached.isEmpty {
        truncate(to: seed.place)
      } else {
        stacks = try appendSweepLoop(sweeps, seed: seed, results: reached)[...]
      }
      parts = targets.map { adjoint[$0] == nil ? nil : stacks.popFirst() }
    }
    var jacobians: [Slot] = []
    for (target, part) in zip(targets, parts) {
      let whole = Shape(shape(y).extents + shape(target).extents)
      jacobians.append(
        try part.map { slot throws(ShapeMismatch) in
          try appendReshaped(slot, whole)
        } ?? appendZeros(whole))
    }
    return jacobians
  }

  /// A stack of columns as an array whose first axes are those of a column.
  mutating func appendTransposed(
    _ stack: Slot, rows n: Int, columns m: Int, to whole: Shape
  ) throws(ShapeMismatch) -> Slot {
    var matrix = stack
    if m != 1 {
      matrix = try append(.transpose, [try appendReshaped(stack, Shape([n, m]))])
    }
    return try appendReshaped(matrix, whole)
  }

  /// The elements in another shape, where it is another.
  mutating func appendReshaped(_ slot: Slot, _ shape: Shape) throws(ShapeMismatch) -> Slot {
    self.shape(slot) == shape ? slot : try append(.reshape, [slot], shape.extents)
  }

  /// The adjoint that a sweep begins with at its output: ones, as numbers that are written out.
  mutating func appendUnit(like output: Slot) -> Slot {
    let shape = shape(output)
    if shape.isScalar { return appendNumber(1) }
    return appendData(Array(repeating: 1, count: shape.count), shape: shape, isInput: false)
  }

  /// An array of ones that is no larger in the list than a number, as an adjoint or tangent begins.
  mutating func appendOnes(_ shape: Shape) throws(ShapeMismatch) -> Slot {
    if shape.isScalar { return appendNumber(1) }
    return try append(.ones, [], shape.extents)
  }
}
