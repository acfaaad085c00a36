/// Branches: an entry with two bodies.
extension Lowering {
  mutating func lowerIf(
    _ condition: Node, _ then: Node, _ otherwise: Node?, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    let test = try single(try lower(condition, in: tree), at: tree.span(condition))
    guard list.shape(test).count == 1 else {
      throw Refusal(diagnostic: .conditionIsArray(list.shape(test), at: tree.span(condition)))
    }
    // In a loop that is written out the condition may be a written number: there is no branch then.
    if let known = list.number(test) {
      guard !known.isNaN else {
        throw Refusal(diagnostic: .fault(Fault(.condition(known), at: span), in: self))
      }
      if known != 0 {
        try lower(block: then, in: tree)
      } else if let otherwise {
        try lower(block: otherwise, in: tree)
      }
      return
    }
    var arms = [try writeArm(then, tree), try writeArm(otherwise, tree)]
    let names = boundNames(arms)
    var values: [[Value]] = [[], []]
    for name in names { try collect(name, &arms, &values, at: span) }
    if arms.contains(where: { $0.frame.stream != nil }) {
      // What one arm has drawn, the other has not.
      for index in 0..<2 {
        let outside = streamPlace()
        let inside = arms[index].frame.stream.map { Value.slot($0, depth: depth + 1) }
        values[index].append(inside ?? .slot(outside.slot, depth: outside.depth))
      }
    }
    try finishBranch(test, &arms, names, values, at: span)
  }

  /// An arm that was written: its list and the names it bound.
  private struct Arm {
    var frame: Frame
    var layer: Scope.Layer
  }

  private mutating func writeArm(_ body: Node?, _ tree: Tree) throws(Refusal) -> Arm {
    let outside = depth
    frames.append(Frame(.arm))
    scopes[scope].layers.append(Scope.Layer(depth: depth))
    defer {
      frames.removeSubrange((outside + 1)...)
      scopes[scope].layers.removeLast()
    }
    if let body { try lower(block: body, in: tree) }
    return Arm(frame: frames[depth], layer: scopes[scope].layers[scopes[scope].layers.count - 1])
  }

  private func boundNames(_ arms: [Arm]) -> [Symbol] {
    var names: [Symbol] = []
    var seen = NameSet()
    for arm in arms {
      for name in arm.layer.order where seen.insert(name) { names.append(name) }
    }
    return names
  }

  /// The values that a name has at the end of both arms; one that an arm does not bind keeps its
  /// own.
  private mutating func collect(
    _ name: Symbol, _ arms: inout [Arm], _ values: inout [[Value]], at span: Span
  ) throws(Refusal) {
    var found: [Value] = []
    for arm in arms {
      guard let value = arm.layer.values[name] ?? find(name) else {
        let layer = scopes[scope].layers.count - 1
        scopes[scope].layers[layer].halves[name] = span
        return
      }
      found.append(value)
    }
    guard found[0].leaves.count == found[1].leaves.count else {
      throw Refusal(diagnostic: .armsDiffer(symbols[name], nil, nil, at: span))
    }
    for index in 0..<2 { values[index].append(found[index]) }
  }

  private mutating func finishBranch(
    _ test: Slot, _ arms: inout [Arm], _ names: [Symbol], _ values: [[Value]], at span: Span
  ) throws(Refusal) {
    var bound: [Symbol?] = names.filter { name in
      arms.allSatisfy { $0.layer.values[name] != nil || find(name) != nil }
    }
    if values[0].count > bound.count { bound.append(nil) }
    var results: [[Slot]] = [[], []]
    for index in 0..<2 {
      frames.append(arms[index].frame)
      for value in values[index] {
        for leaf in value.leaves {
          results[index].append(try use(leaf.slot, depth: leaf.depth, at: span))
        }
      }
      arms[index].frame = frames.removeLast()
    }
    try matchShapes(&arms, &results, bound, values[0], at: span)
    let (lists, captures) = finishedArms(arms, results)
    list.span = span
    let slot = list.appendStructure(
      Code.branch, [test] + captures, .branch(Branch(then: lists[0], otherwise: lists[1])))
    var index = 0
    for (name, value) in zip(bound, values[0]) {
      let parts = value.leaves.map { _ in
        let shape = lists[0].shape(lists[0].results[index])
        index += 1
        return Value.slot(
          list.appendPart(Code.arm, of: slot, index - 1, shape: shape), depth: depth)
      }
      var leaves = parts[...]
      if let name {
        bindEntry(name, value.replacing(&leaves), at: span)
      } else {
        frames[depth].stream = parts.first?.leaves.first?.slot
      }
    }
  }

  /// The lists of both arms, which read the same captured values.
  private func finishedArms(
    _ arms: [Arm], _ results: [[Slot]]
  ) -> (lists: [List], captures: [Slot]) {
    let captures =
      arms[0].frame.captureOrder
      + arms[1].frame.captureOrder.filter { arms[0].frame.captured[$0] == nil }
    var lists: [List] = []
    for index in 0..<2 {
      var list = arms[index].frame.list
      let parameters = captures.map { slot in
        arms[index].frame.captured[slot] ?? list.appendParameter(shape: self.list.shape(slot))
      }
      list.results = results[index]
      var pruned = List()
      let places = list.pruned(into: &pruned, roots: [])
      pruned.keepParameters(parameters.map { places[$0.place] })
      lists.append(pruned)
    }
    return (lists, captures)
  }

  /// Stretches a number in one arm to the array of the other; other differences are refused.
  private func matchShapes(
    _ arms: inout [Arm], _ results: inout [[Slot]], _ names: [Symbol?], _ values: [Value],
    at span: Span
  ) throws(Refusal) {
    let owners = zip(names, values).flatMap { name, value in value.leaves.map { _ in name } }
    for index in results[0].indices {
      let shapes = (0..<2).map { arms[$0].frame.list.shape(results[$0][index]) }
      guard shapes[0] != shapes[1] else { continue }
      let smaller = shapes[0].isScalar ? 0 : 1
      guard shapes[smaller].isScalar,
        let wide = try? arms[smaller].frame.list.append(
          .broadcast, [results[smaller][index]], shapes[1 - smaller].extents)
      else {
        let name = owners[index].map { symbols[$0] } ?? "the stream of random numbers"
        throw Refusal(diagnostic: .armsDiffer(name, shapes[0], shapes[1], at: span))
      }
      results[smaller][index] = wide
    }
  }
}
