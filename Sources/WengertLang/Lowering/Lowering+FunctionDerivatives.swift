/// Derivatives of functions at values: `f''(x)`, `grad(f)(3, 4)`, `jacobian(f)(x)`.
extension Lowering {
  /// `f''(x)`: element by element, by as many sweeps.
  mutating func derivative(
    _ function: Function, order: Int, at point: Value, _ span: Span
  ) throws(Refusal) -> Value {
    let x = try copied(point, at: span)
    var y = try single(
      try call(function, with: [.slot(x, depth: depth)], in: Tree(file: 0), at: span), at: span)
    let place = Place(slot: y, depth: depth)
    noteDecisions(ways(to: place, from: [x]), of: place, by: [x], nil, at: span)
    for _ in 0..<order {
      let shape = list.shape(y)
      guard
        shape == list.shape(x)
          || shape.isScalar && !Activity(list, targets: [x], end: list.count)[y]
      else { throw Refusal(diagnostic: .derivativeNotElementwise(at: span)) }
      guard isElementwise(from: x, to: y) else {
        throw Refusal(diagnostic: .derivativeNotElementwise(at: span))
      }
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
  mutating func copied(_ value: Value, at span: Span) throws(Refusal) -> Slot {
    let slot = try single(value, at: span)
    list.span = span
    do {
      return try list.appendUnshared(.copy, [slot])
    } catch {
      throw Refusal(diagnostic: misfit(error, "copy", [slot], at: span))
    }
  }

  /// Whether no entry from x to y mixes elements.
  func isElementwise(from x: Slot, to y: Slot) -> Bool {
    guard !list.shape(x).isScalar, y > x else { return true }
    let active = Activity(list, targets: [x], end: y.place + 1)
    return list.isElementwise((x.place + 1)..<(y.place + 1), active)
  }

  /// Copies of values, to differentiate by.
  private mutating func copied(
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

  /// `grad(f)(3, 4)` and its kin: a derivative of a function at values.
  mutating func derivative(
    _ mode: Function.Mode, of function: Function, at values: [Value], _ span: Span
  ) throws(Refusal) -> Value {
    let copies = try copied(values, at: span)
    let y = try call(function, with: copies, in: Tree(file: 0), at: span)
    var targets = Targets(values: copies)
    let slots = copies.flatMap(\.leaves).map(\.slot)
    targets.slots = slots
    // What lives outside does not come through the arguments.
    for leaf in y.leaves where leaf.depth == depth {
      let place = Place(slot: leaf.slot, depth: leaf.depth)
      noteDecisions(ways(to: place, from: slots), of: place, by: slots, nil, at: span)
    }
    switch mode {
    case .gradient:
      let y = Place(slot: try single(y, at: span), depth: depth)
      return try gradient(of: y, wrt: targets, output: span, at: span)
    case .jacobian: return try jacobian(of: y, at: span) { _, _ in targets }
    case .hessian:
      let y = Place(slot: try single(y, at: span), depth: depth)
      return try hessian(of: y, wrt: targets, output: span, at: span)
    }
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
