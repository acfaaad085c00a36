/// Elements and slices, read and bound.
extension Lowering {
  /// What one index picks from its axis.
  enum Pick {
    /// One element, known now; the axis is dropped.
    case element(Int)
    /// Elements from a start on, with a step.
    case range(start: Int, count: Int, step: Int)
    /// Elements that a value names: a number drops the axis, a vector keeps it.
    case operand(Slot)
  }

  mutating func lowerIndex(
    _ base: Node, _ indices: Nodes, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    let value = try lower(base, in: tree)
    if case .tuple(let parts) = value {
      return try pick(parts, tree[indices], span, tree)
    }
    let slot = try single(value, at: span)
    let picks = try picks(tree[indices], of: list.shape(slot), tree)
    return try read(slot, picks, at: span)
  }

  /// An entry of a tuple, or a shorter tuple.
  private mutating func pick(
    _ parts: [Value], _ indices: [Node], _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    guard indices.count == 1 else {
      throw Refusal(diagnostic: .tupleIndices(indices.count, at: span))
    }
    if case .slice(let from, let to, let by) = tree.expression(indices[0]) {
      guard
        case .range(let start, let count, let step) = try slice(
          from, to, by, extent: parts.count, axis: 0, tree)
      else { return .tuple([]) }
      return .tuple((0..<count).map { parts[start + $0 * step] })
    }
    let index = try staticInteger(indices[0], in: tree)
    return parts[try place(index, extent: parts.count, axis: nil, at: tree.span(indices[0]))]
  }

  /// A place counted from the front, for an index that may count from the end.
  func place(
    _ index: Int, extent: Int, axis: Int?, at span: Span
  ) throws(Refusal) -> Int {
    let place = index < 0 ? index + extent : index
    guard (0..<extent).contains(place) else {
      throw Refusal(diagnostic: .indexOutside(index, extent: extent, axis: axis, at: span))
    }
    return place
  }

  /// What each index picks; axes without an index are taken whole.
  private mutating func picks(
    _ nodes: [Node], of shape: Shape, _ tree: Tree
  ) throws(Refusal) -> [Pick] {
    guard nodes.count <= shape.rank else {
      let span = nodes.last.map { tree.span($0) } ?? Span(0, 0)
      throw Refusal(
        diagnostic: .tooManyIndices(nodes.count, shape, at: span))
    }
    var picks: [Pick] = []
    for (axis, node) in nodes.enumerated() {
      let span = tree.span(node)
      if case .slice(let from, let to, let by) = tree.expression(node) {
        picks.append(try slice(from, to, by, extent: shape[axis], axis: axis, tree))
        continue
      }
      let slot = try single(try lower(node, in: tree), at: span)
      guard let number = list.number(slot) else {
        warnOfMask(slot, extent: shape[axis], at: span)
        picks.append(.operand(slot))
        continue
      }
      guard let index = Int(exactly: number) else {
        throw Refusal(diagnostic: .wholeNumberNeeded(number, at: span))
      }
      picks.append(.element(try place(index, extent: shape[axis], axis: axis, at: span)))
    }
    for axis in nodes.count..<shape.rank {
      picks.append(.range(start: 0, count: shape[axis], step: 1))
    }
    return picks
  }

  /// Warns where truths are read as places, as many as the axis is long: a mask, elsewhere.
  private mutating func warnOfMask(_ slot: Slot, extent: Int, at span: Span) {
    guard list.shape(slot).extents == [extent], extent > 1,
      Self.truths.contains(list.primitive(slot).name)
    else { return }
    warnings.append(.maskAsPlaces(displayName(slot), at: span))
  }

  /// The operations whose values are 0 and 1.
  private static let truths: Set<String> = [
    "less", "greater", "lessEqual", "greaterEqual", "equal", "notEqual", "and", "or", "not",
  ]

  private mutating func slice(
    _ from: Node?, _ to: Node?, _ by: Node?, extent: Int, axis: Int, _ tree: Tree
  ) throws(Refusal) -> Pick {
    func number(_ node: Node?, _ lowering: inout Lowering) throws(Refusal) -> Int? {
      guard let node else { return nil }
      return try lowering.staticInteger(node, in: tree)
    }
    let step = try number(by, &self) ?? 1
    let span = (from ?? to).map { tree.span($0) } ?? Span(0, 0)
    return try Lowering.slice(
      try number(from, &self), try number(to, &self), by: step, extent: extent, axis: axis,
      at: span)
  }

  /// The elements from one index to another, both kept; missing ends are those of the axis.
  static func slice(
    _ from: Int?, _ to: Int?, by step: Int, extent: Int, axis: Int, at span: Span
  ) throws(Refusal) -> Pick {
    func end(_ index: Int?, _ missing: Int) -> Int {
      guard let index else { return missing }
      return index < 0 ? index + extent : index
    }
    let first = end(from, step > 0 ? 0 : extent - 1)
    let last = end(to, step > 0 ? extent - 1 : 0)
    guard step != 0,
      let count = Lowering.turns(from: Double(first), to: Double(last), by: Double(step))
    else { throw Refusal(diagnostic: .badRange(Double(first), Double(last), 0, at: span)) }
    if count > 0 {
      let (way, isTooLong) = (count - 1).multipliedReportingOverflow(by: step)
      let isInside = (0..<extent).contains(first)
      let end = isTooLong || !isInside ? last : first + way
      for index in [first, end] where !(0..<extent).contains(index) {
        throw Refusal(diagnostic: .indexOutside(index, extent: extent, axis: axis, at: span))
      }
    }
    return .range(start: first, count: count, step: step)
  }

  /// Reads what the picks name: the known ones as one slice, then each operand along its axis.
  mutating func read(_ base: Slot, _ picks: [Pick], at span: Span) throws(Refusal) -> Value {
    var slot = try slice(base, picks, at: span)
    for (axis, index) in operands(of: picks).reversed() {
      slot = try single(try append(.gather, [slot, index], [axis], at: span), at: span)
    }
    return .slot(slot, depth: depth)
  }

  private mutating func slice(_ base: Slot, _ picks: [Pick], at span: Span) throws(Refusal) -> Slot
  {
    let shape = list.shape(base)
    guard !isWhole(picks, of: shape) else { return base }
    return try single(
      try append(.slice, [base], statics(of: picks, shape), at: span), at: span)
  }

  /// The static parameters of `slice` and `put`.
  private func statics(of picks: [Pick], _ shape: Shape) -> [Int] {
    picks.enumerated().flatMap { axis, pick in
      switch pick {
      case .element(let place): AxisSlice.at(place).statics
      case .range(let start, let count, let step):
        AxisSlice.range(start, count: count, step: step).statics
      case .operand: AxisSlice.range(0, count: shape[axis]).statics
      }
    }
  }

  private func isWhole(_ picks: [Pick], of shape: Shape) -> Bool {
    picks.enumerated().allSatisfy { axis, pick in
      switch pick {
      case .element: false
      case .range(let start, let count, let step): start == 0 && count == shape[axis] && step == 1
      case .operand: true
      }
    }
  }

  /// The operands among picks with the axis that each has after the known picks were taken.
  private func operands(of picks: [Pick]) -> [(axis: Int, index: Slot)] {
    var axis = 0
    var found: [(axis: Int, index: Slot)] = []
    for pick in picks {
      switch pick {
      case .element: continue
      case .range: axis += 1
      case .operand(let index):
        found.append((axis, index))
        axis += 1
      }
    }
    return found
  }

  // MARK: binding

  /// Binds a target: a name, or an element or slice of one, which makes a new version of the whole.
  mutating func assign(_ target: Node, _ value: Value, in tree: Tree) throws(Refusal) {
    let span = tree.span(target)
    switch tree.expression(target) {
    case .name(let name): bindEntry(name, value, at: span)
    case .index(let base, let indices):
      let whole = try lower(base, in: tree)
      let updated: Value
      if case .tuple(var parts) = whole {
        guard indices.count == 1, let index = tree[indices].first else {
          throw Refusal(diagnostic: .tupleIndices(indices.count, at: span))
        }
        let place = try place(
          try staticInteger(index, in: tree), extent: parts.count, axis: nil, at: span)
        parts[place] = value
        updated = .tuple(parts)
      } else {
        let slot = try single(whole, at: span)
        let picks = try picks(tree[indices], of: list.shape(slot), tree)
        updated = try write(slot, picks, try single(value, at: span), at: span)
      }
      try assign(base, updated, in: tree)
    default: throw Refusal(diagnostic: .notATarget(at: span))
    }
  }

  /// A copy of an array in which what the picks name is replaced.
  private mutating func write(
    _ base: Slot, _ picks: [Pick], _ value: Slot, at span: Span
  ) throws(Refusal) -> Value {
    let dynamic = operands(of: picks)
    guard !dynamic.isEmpty else {
      return try append(.put, [base, value], statics(of: picks, list.shape(base)), at: span)
    }
    let part = try slice(base, picks, at: span)
    let updated = try scatter(part, dynamic[...], value, at: span)
    guard part != base else { return .slot(updated, depth: depth) }
    return try append(.put, [base, updated], statics(of: picks, list.shape(base)), at: span)
  }

  private mutating func scatter(
    _ base: Slot, _ indices: ArraySlice<(axis: Int, index: Slot)>, _ value: Slot, at span: Span
  ) throws(Refusal) -> Slot {
    guard let (axis, index) = indices.first else { return value }
    var inner = value
    if indices.count > 1 {
      let line = try single(try append(.gather, [base, index], [axis], at: span), at: span)
      let drop = list.shape(index).isScalar ? 1 : 0
      let rest = indices.dropFirst().map { (axis: $0.axis - drop, index: $0.index) }
      inner = try scatter(line, rest[...], value, at: span)
    }
    return try single(try append(.scatter, [base, index, inner], [axis], at: span), at: span)
  }
}
