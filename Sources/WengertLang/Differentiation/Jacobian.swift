/// Jacobians: one sweep for each place of what is differentiated, or of what it is taken by.
extension List {
  /// The Jacobian of y with respect to each target: the shape of y followed by the target's.
  ///
  /// The way with fewer sweeps is taken, forward where there are as many; targets that are larger
  /// than y share their reverse sweeps.
  mutating func appendJacobians(
    of y: Slot, wrt targets: [Slot], _ context: SweepContext
  ) throws(ShapeMismatch) -> [Slot] {
    let rows = shape(y).count
    let activity = Activity(self, targets: targets, end: max(y.place + 1, count))
    var jacobians: [Slot: Slot] = [:]
    var larger: [Slot] = []
    for target in targets where jacobians[target] == nil && !larger.contains(target) {
      let whole = Shape(shape(y).extents + shape(target).extents)
      if !activity[y] || whole.count == 0 || target > y {
        jacobians[target] = appendZeros(whole)
      } else if shape(target).count > rows {
        larger.append(target)
      } else {
        jacobians[target] = try appendForwardJacobian(of: y, wrt: target, context)
      }
    }
    if !larger.isEmpty {
      let found = try appendReverseJacobians(of: y, wrt: larger, context)
      for (target, jacobian) in zip(larger, found) { jacobians[target] = jacobian }
    }
    return targets.compactMap { jacobians[$0] }
  }

  /// Column after column: the tangents of y for the unit seeds of x.
  private mutating func appendForwardJacobian(
    of y: Slot, wrt x: Slot, _ context: SweepContext
  ) throws(ShapeMismatch) -> Slot {
    let (m, n) = (shape(y).count, shape(x).count)
    let whole = shape(y).extents + shape(x).extents
    if n == 1 {
      let one = try appendOnes(shape(x))
      let tangent = try appendTangent(seeds: [(x, one)], to: [y])[y]
      return try appendReshaped(tangent ?? appendZeros(shape(y)), Shape(whole))
    }
    let seed = appendSeed(shape(x))
    guard let tangent = try appendTangent(seeds: [(x, seed)], to: [y])[y] else {
      truncate(to: seed.place)
      return appendZeros(Shape(whole))
    }
    let sweeps = SweepLoop(count: n, purpose: Sweeps(way: .forward, places: n))
    let columns = try appendSweepLoop(sweeps, seed: seed, results: [tangent])[0]
    return try appendTransposed(columns, rows: n, columns: m, to: Shape(whole))
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

  /// Row after row: the adjoints of the targets for the unit seeds of y.
  private mutating func appendReverseJacobians(
    of y: Slot, wrt targets: [Slot], _ context: SweepContext
  ) throws(ShapeMismatch) -> [Slot] {
    let m = shape(y).count
    let wholes = targets.map { shape(y).extents + shape($0).extents }
    if m == 1 {
      let one = try appendOnes(shape(y))
      let adjoint = try appendAdjoint(seeds: [(y, one)], wrt: targets)
      var results: [Slot] = []
      for (target, whole) in zip(targets, wholes) {
        let part = adjoint[target] ?? appendZeros(shape(target))
        results.append(try appendReshaped(part, Shape(whole)))
      }
      return results
    }
    let seed = appendSeed(shape(y))
    let adjoint = try appendAdjoint(seeds: [(y, seed)], wrt: targets)
    let reached = targets.compactMap { adjoint[$0] }
    let sweeps = SweepLoop(count: m, purpose: Sweeps(way: .reverse, places: m))
    var stacks = try appendSweepLoop(sweeps, seed: seed, results: reached)[...]
    var results: [Slot] = []
    for (target, whole) in zip(targets, wholes) {
      if adjoint[target] != nil, let stack = stacks.popFirst() {
        results.append(try appendReshaped(stack, Shape(whole)))
      } else {
        results.append(appendZeros(Shape(whole)))
      }
    }
    return results
  }

  /// An array of ones, as an adjoint or tangent begins.
  mutating func appendOnes(_ shape: Shape) throws(ShapeMismatch) -> Slot {
    if shape.isScalar { return appendNumber(1) }
    return try append(.ones, [], shape.extents)
  }
}
