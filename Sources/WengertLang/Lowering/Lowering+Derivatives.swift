/// Derivatives as formulas: each adds the entries of a sweep.
extension Lowering {
  /// A slot and the list it lives in.
  struct Place {
    var slot: Slot
    var depth: Int
  }

  /// `grad(y, x1, x2)`: the reverse sweep from a number down to names.
  mutating func grad(
    _ output: Node, wrt inputs: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try place(of: output, in: tree)
    let shape = shape(y.slot, depth: y.depth)
    guard shape.count == 1 else {
      throw Refusal(diagnostic: .gradientOfArray(name(y), shape, at: tree.span(output)))
    }
    let seed: Slot
    if shape.isScalar {
      seed = frames[y.depth].list.appendNumber(1)
    } else {
      seed = frames[y.depth].list.appendData([1], shape: shape, isInput: false)
    }
    return try sweep(y, seed: seed, wrt: inputs, in: tree, at: span)
  }

  /// Writes a reverse sweep; the results have the structure of the names.
  mutating func sweep(
    _ y: Place, seed: Slot, wrt inputs: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    var values: [Value] = []
    for input in inputs {
      guard case .name(let name) = tree.expression(input) else {
        throw Refusal(diagnostic: .gradientByFormula(at: tree.span(input)))
      }
      guard let value = find(name) else {
        throw Refusal(diagnostic: unknownName(name, at: tree.span(input)))
      }
      values.append(value)
    }
    var targets: [Slot?] = []
    for leaf in values.flatMap(\.leaves) {
      // What is made deeper inside than y cannot have gone into y.
      guard leaf.depth <= y.depth else {
        targets.append(nil)
        continue
      }
      targets.append(try use(leaf.slot, from: leaf.depth, to: y.depth, at: span))
    }
    let adjoint = try appendAdjoint(y, seed: seed, wrt: targets.compactMap { $0 }, at: span)
    var place = 0
    for (input, value) in zip(inputs, values) {
      let leaves = value.leaves.indices.map { targets[place + $0] }
      if case .name(let name) = tree.expression(input) {
        try judge(y, name, leaves, adjoint, at: tree.span(input), output: span)
        noteGradient(y, value, leaves, name, at: span)
      }
      place += leaves.count
    }
    var results: [Value] = []
    for (target, leaf) in zip(targets, values.flatMap(\.leaves)) {
      let shape = self.shape(leaf.slot, depth: leaf.depth)
      let slot = target.flatMap { adjoint[$0] } ?? frames[y.depth].list.appendZeros(shape)
      results.append(.slot(slot, depth: y.depth))
    }
    var rest = results[...]
    let structured = values.map { $0.replacing(&rest) }
    return structured.count == 1 ? structured[0] : .tuple(structured)
  }

  private mutating func appendAdjoint(
    _ y: Place, seed: Slot, wrt targets: [Slot], at span: Span
  ) throws(Refusal) -> Adjoint {
    frames[y.depth].list.span = span
    try checkGrowth(at: span)
    do {
      return try frames[y.depth].list.appendAdjoint(seeds: [(y.slot, seed)], wrt: targets)
    } catch {
      throw Refusal(diagnostic: misfit(error, "grad", [], at: span))
    }
  }

  /// Remembers a gradient with respect to a value from outside the body, to be judged at its end.
  private mutating func noteGradient(
    _ y: Place, _ value: Value, _ targets: [Slot?], _ name: Symbol, at span: Span
  ) {
    for (leaf, target) in zip(value.leaves, targets) where leaf.depth < y.depth {
      guard let target else { continue }
      frames[y.depth].gradients.append((y.slot, target, span, symbols[name]))
    }
  }

  /// Says when y was computed from an earlier version of the name, or does not depend on it at all.
  private mutating func judge(
    _ y: Place, _ name: Symbol, _ targets: [Slot?], _ adjoint: Adjoint, at span: Span,
    output: Span
  ) throws(Refusal) {
    let reaches = targets.contains { target in
      target.map { adjoint[$0] != nil } ?? false
    }
    let list = frames[y.depth].list
    if y.depth == 0, let earlier = versions[name] {
      let read = earlier.last { version in
        Activity(list, targets: version.slots, end: y.slot.place + 1)[y.slot]
      }
      if let read, !reaches {
        throw Refusal(
          diagnostic: .gradientOfEarlier(self.name(y), symbols[name], at: span, earlier: read.span))
      }
      if let read {
        let latest = targets.compactMap { $0 }
        let through = read.slots.contains { old in
          latest.contains { Activity(list, targets: [old], end: list.count)[$0] }
        }
        if !through {
          warnings.append(
            .gradientAlsoOfEarlier(self.name(y), symbols[name], at: span, earlier: read.span))
        }
        return
      }
    }
    if !reaches { warnings.append(.gradientZero(self.name(y), symbols[name], at: span)) }
  }

  /// How messages call a place.
  func name(_ place: Place) -> String? {
    frames[place.depth].list.name(place.slot).map { symbols[$0] }
  }

  /// Writes a formula and says where its value lives; a name's value stays where it is.
  mutating func place(of node: Node, in tree: Tree) throws(Refusal) -> Place {
    guard case .slot(let slot, let depth) = try lower(node, in: tree) else {
      throw Refusal(diagnostic: .tupleInFormula(at: tree.span(node)))
    }
    return Place(slot: slot, depth: depth)
  }

  /// The slot that stands for a value at another depth.
  mutating func use(
    _ slot: Slot, from: Int, to level: Int, at span: Span
  ) throws(Refusal) -> Slot {
    guard level < depth else { return try use(slot, depth: from, at: span) }
    let inner = Array(frames[(level + 1)...])
    frames.removeSubrange((level + 1)...)
    defer { frames += inner }
    return try use(slot, depth: from, at: span)
  }

  // MARK: functions

  /// `f''(x)`: element by element, by as many sweeps.
  mutating func derivative(
    _ function: Function, order: Int, at point: Value, _ span: Span
  ) throws(Refusal) -> Value {
    let x = try copied(point, at: span)
    let first = x.place
    var y = try single(
      try call(function, with: [.slot(x, depth: depth)], in: Tree(file: 0), at: span), at: span)
    for _ in 0..<order {
      let shape = list.shape(y)
      guard
        shape == list.shape(x)
          || shape.isScalar && !Activity(list, targets: [x], end: list.count)[y]
      else { throw Refusal(diagnostic: .derivativeNotElementwise(at: span)) }
      try checkElementwise(from: x, to: y, first: first, at: span)
      let seed = shape.isScalar ? list.appendNumber(1) : try ones(shape, at: span)
      let adjoint = try appendAdjoint(Place(slot: y, depth: depth), seed: seed, wrt: [x], at: span)
      y = adjoint[x] ?? list.appendZeros(list.shape(x))
    }
    return .slot(y, depth: depth)
  }

  private mutating func ones(_ shape: Shape, at span: Span) throws(Refusal) -> Slot {
    let one = list.appendNumber(1)
    return try single(try append(.broadcast, [one], shape.extents, at: span), at: span)
  }

  /// A value as an entry of its own, to differentiate by.
  private mutating func copied(_ value: Value, at span: Span) throws(Refusal) -> Slot {
    let slot = try single(value, at: span)
    list.span = span
    do {
      return try list.appendUnshared(.copy, [slot])
    } catch {
      throw Refusal(diagnostic: misfit(error, "copy", [slot], at: span))
    }
  }

  /// Refuses a derivative `f'` through an entry that mixes elements.
  private func checkElementwise(
    from x: Slot, to y: Slot, first: Int, at span: Span
  ) throws(Refusal) {
    guard !list.shape(x).isScalar else { return }
    let active = Activity(list, targets: [x], end: y.place + 1)
    guard list.isElementwise((first + 1)..<max(first + 1, y.place + 1), active) else {
      throw Refusal(diagnostic: .derivativeNotElementwise(at: span))
    }
  }

  /// `grad(f)(3, 4)`: the partial derivatives of a function at values.
  private mutating func gradientPlaces(
    _ values: [Value], at span: Span
  ) throws(Refusal) -> [Value] {
    var copies: [Value] = []
    for value in values {
      var leaves: [Value] = []
      for leaf in value.leaves {
        leaves.append(
          .slot(try copied(.slot(leaf.slot, depth: leaf.depth), at: span), depth: depth))
      }
      var rest = leaves[...]
      copies.append(value.replacing(&rest))
    }
    return copies
  }

  mutating func gradient(
    _ function: Function, at values: [Value], _ span: Span
  ) throws(Refusal) -> Value {
    let copies = try gradientPlaces(values, at: span)
    let y = try single(
      try call(function, with: copies, in: Tree(file: 0), at: span), at: span)
    guard list.shape(y).count == 1 else {
      throw Refusal(diagnostic: .gradientOfArray(displayName(y), list.shape(y), at: span))
    }
    let seed =
      list.shape(y).isScalar ? list.appendNumber(1) : try ones(list.shape(y), at: span)
    let targets = copies.flatMap(\.leaves).map(\.slot)
    let adjoint = try appendAdjoint(
      Place(slot: y, depth: depth), seed: seed, wrt: targets, at: span)
    let parts = targets.map { target in
      Value.slot(adjoint[target] ?? list.appendZeros(list.shape(target)), depth: depth)
    }
    var rest = parts[...]
    let structured = copies.map { $0.replacing(&rest) }
    return structured.count == 1 ? structured[0] : .tuple(structured)
  }
}

extension List {
  /// Whether what is active among some entries works element by element, bodies included.
  fileprivate func isElementwise(_ places: Range<Int>, _ active: Activity) -> Bool {
    places.allSatisfy { place in
      let slot = Slot(place)
      guard active[slot], !primitive(slot).isElementwise else { return true }
      switch structure(slot) {
      case .loop(let loop):
        guard let inside = active.loops[slot] else { return true }
        return loop.body.isElementwise(0..<loop.body.count, inside)
      case .branch(let branch):
        guard let inside = active.arms[slot] else { return true }
        return branch.then.isElementwise(0..<branch.then.count, inside.then)
          && branch.otherwise.isElementwise(0..<branch.otherwise.count, inside.otherwise)
      default:
        return [Code.final, Code.last, Code.arm, Code.history, Code.parameter].contains(
          self[slot].code)
      }
    }
  }
}
