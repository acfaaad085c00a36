/// Derivatives as formulas: each adds the entries of a sweep.
extension Lowering {
  /// A slot and the list it lives in.
  struct Place {
    var slot: Slot
    var depth: Int
    /// The name that it was asked for by; the entry may have been bound to another one first.
    var written: Symbol?
  }

  /// `grad(y, x1, x2)`: the reverse sweep from a number down to names.
  mutating func grad(
    _ output: Node, wrt inputs: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let y = try place(of: output, in: tree)
    let targets = try targets(inputs, of: y, in: tree, at: span)
    return try gradient(of: y, wrt: targets, output: tree.span(output), at: span)
  }

  /// The gradient of a number, or of an array with one element.
  mutating func gradient(
    of y: Place, wrt targets: Targets, output: Span, at span: Span
  ) throws(Refusal) -> Value {
    let adjoint = try gradientSweep(of: y, wrt: targets, output: output, at: span)
    return results(of: targets, for: y) { adjoint[$0] }
  }

  /// The reverse sweep from a number, seeded with 1.
  mutating func gradientSweep(
    of y: Place, wrt targets: Targets, output: Span, at span: Span
  ) throws(Refusal) -> Adjoint {
    let shape = shape(y.slot, depth: y.depth)
    guard shape.count == 1 else {
      throw Refusal(diagnostic: .gradientOfArray(name(y), shape, at: output))
    }
    let seed = frames[y.depth].list.appendUnit(like: y.slot)
    let slots = targets.slots.compactMap { $0 }
    let adjoint = try appendAdjoint(y, seed: seed, wrt: slots, at: span)
    try judge(y, targets, at: span) { adjoint[$0] != nil }
    return adjoint
  }

  /// Writes a reverse sweep; the results have the structure of the names.
  mutating func sweep(
    _ y: Place, seed: Slot, wrt inputs: [Node], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    let targets = try targets(inputs, of: y, in: tree, at: span)
    let slots = targets.slots.compactMap { $0 }
    let adjoint = try appendAdjoint(y, seed: seed, wrt: slots, at: span)
    try judge(y, targets, at: span) { adjoint[$0] != nil }
    return results(of: targets, for: y) { adjoint[$0] }
  }

  /// Names that a derivative is taken by, and their slots in the list that y lives in.
  struct Targets {
    var names: [(name: Symbol, span: Span)] = []
    var values: [Value] = []
    /// One for each entry of the values; nil where it is made deeper inside than y.
    var slots: [Slot?] = []
  }

  /// Looks up what a derivative of y is taken by.
  mutating func targets(
    _ inputs: [Node], of y: Place, in tree: Tree, at span: Span, takesNumbers: Bool = false
  ) throws(Refusal) -> Targets {
    var targets = Targets()
    for input in inputs {
      guard case .name(let name) = tree.expression(input) else {
        throw Refusal(diagnostic: .gradientByFormula(at: tree.span(input)))
      }
      guard let found = find(name) else {
        throw Refusal(diagnostic: unknownName(name, at: tree.span(input)))
      }
      var entries = found.leaves.map { leaf in
        let entry = derivedEntry(leaf, of: y)
        return Value.slot(entry.slot, depth: entry.depth)
      }[...]
      let value = found.replacing(&entries)
      if !takesNumbers, value.leaves.contains(where: isNumber) {
        throw Refusal(diagnostic: .gradientByNumber(symbols[name], at: tree.span(input)))
      }
      targets.names.append((name, tree.span(input)))
      targets.values.append(value)
    }
    for leaf in targets.values.flatMap(\.leaves) {
      // What is made deeper inside than y cannot have gone into y.
      guard leaf.depth <= y.depth else {
        targets.slots.append(nil)
        continue
      }
      targets.slots.append(try use(leaf.slot, from: leaf.depth, to: y.depth, at: span))
    }
    return targets
  }

  /// Whether an entry is a number as it is written: formulas of such are worked out at once, and
  /// all of one size are one entry, so a slope by it would not be that by the name.
  func isNumber(_ leaf: (slot: Slot, depth: Int)) -> Bool {
    let list = frames[leaf.depth].list
    return list[leaf.slot].code == Code.number && list.shape(leaf.slot).isScalar
  }

  /// Warns where a list is run at other values of an entry than it was written by.
  mutating func warnIfFrozen(
    _ leaf: (slot: Slot, depth: Int), _ name: Symbol, by what: String, at span: Span
  ) {
    guard leaf.depth == 0, isStructural(leaf.slot) else { return }
    warnings.append(.frozen(symbols[name], by: what, at: span))
  }

  /// Says what is wrong with the names that a derivative is taken by.
  ///
  /// - Parameter isMoved: whether y is computed again where the names have other values.
  mutating func judge(
    _ y: Place, _ targets: Targets, at span: Span, isMoved: Bool = false,
    reaches: (Slot) -> Bool
  ) throws(Refusal) {
    var rest = targets.slots[...]
    let ways = isMoved ? Ways() : ways(to: y, from: targets.slots.compactMap(\.self))
    for ((name, place), value) in zip(targets.names, targets.values) {
      let leaves = Array(rest.prefix(value.leaves.count))
      rest = rest.dropFirst(leaves.count)
      let isReached = leaves.contains { leaf in leaf.map(reaches) ?? false }
      try judge(y, name, leaves, isReached, at: place)
      noteGradient(y, value, leaves, name, at: span)
      noteDecisions(
        ways, of: y, by: leaves.compactMap(\.self), name, isReached: isReached, at: place)
    }
  }

  /// As above, for sweeps that do not say what y depends on.
  mutating func judge(_ y: Place, _ targets: Targets, at span: Span) throws(Refusal) {
    let list = frames[y.depth].list
    try judge(y, targets, at: span) { target in
      Activity(list, targets: [target], end: y.slot.place + 1)[y.slot]
    }
  }

  /// Derivatives in the structure of the names, zeros where there is none.
  ///
  /// - Parameter rows: the shape that stands before that of a target.
  mutating func results(
    of targets: Targets, for y: Place, rows: Shape = .scalar, _ derivative: (Slot) -> Slot?
  ) -> Value {
    var results: [Value] = []
    for (target, leaf) in zip(targets.slots, targets.values.flatMap(\.leaves)) {
      let shape = Shape(
        rows.extents + self.shape(leaf.slot, depth: leaf.depth).extents)
      let slot = target.flatMap(derivative) ?? frames[y.depth].list.appendZeros(shape)
      results.append(.slot(slot, depth: y.depth))
    }
    var rest = results[...]
    let structured = targets.values.map { $0.replacing(&rest) }
    return structured.count == 1 ? structured[0] : .tuple(structured)
  }

  mutating func appendAdjoint(
    _ y: Place, seed: Slot, wrt targets: [Slot], at span: Span
  ) throws(Refusal) -> Adjoint {
    frames[y.depth].list.span = span
    try checkGrowth(at: span)
    do {
      frames[y.depth].list.zeros = limits.zeros
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
    _ y: Place, _ name: Symbol, _ targets: [Slot?], _ reaches: Bool, at span: Span
  ) throws(Refusal) {
    let isOfEarlier = try judgeVersions(y, name, reaches, at: span) { y, x in "grad(\(y), \(x))" }
    if !reaches, !isOfEarlier {
      warnings.append(
        .gradientZero(
          self.name(y), symbols[name], cause: causeOfZero(y, name, targets), at: span))
    }
  }

  /// Says when y was computed from an earlier version of the name, and refuses where from no other.
  ///
  /// - Parameter written: how the derivative of y by a name is asked for.
  /// - Returns: whether y was computed from an earlier version.
  @discardableResult
  mutating func judgeVersions(
    _ y: Place, _ name: Symbol, _ reaches: Bool, at span: Span,
    written: (_ y: String, _ x: String) -> String
  ) throws(Refusal) -> Bool {
    guard y.depth == 0, isOfProgram(name), let versions = versions[name] else { return false }
    let list = frames[y.depth].list
    let reached = list.reached(from: [y.slot])
    let earlier = versions.filter { $0.slots.contains { reached[$0.place] } }
    let read = last(of: earlier, reaching: y, in: list)
    if let read, !reaches {
      throw Refusal(
        diagnostic: .gradientOfEarlier(
          self.name(y), symbols[name], at: span, earlier: read.span, written: written))
    }
    let beside = last(of: earlier, reaching: y, in: list, without: updated(but: y))
    if let beside {
      warnings.append(
        .gradientAlsoOfEarlier(self.name(y), symbols[name], at: span, earlier: beside.span))
    }
    return read != nil
  }

  /// The last of some versions that y was computed from, what came through some entries left out.
  ///
  /// A list may have very many versions of a name: those from one of them on are asked together.
  private func last(
    of versions: [Version], reaching y: Place, in list: List, without updated: SlotSet = SlotSet()
  ) -> Version? {
    func reaches(from first: Int) -> Bool {
      let targets = versions[first...].flatMap(\.slots).filter { !updated.contains($0) }
      return Activity(list, targets: targets, constants: updated, end: y.slot.place + 1)[y.slot]
    }
    guard !versions.isEmpty, reaches(from: 0) else { return nil }
    var (last, behind) = (0, versions.count)
    while behind - last > 1 {
      let middle = (last + behind) / 2
      if reaches(from: middle) { last = middle } else { behind = middle }
    }
    return versions[last]
  }

  private func causeOfZero(
    _ y: Place, _ name: Symbol, _ targets: [Slot?]
  ) -> Diagnostic.CauseOfZero {
    if isMadeFromGiven(y, name) { return .madeBefore }
    let list = frames[y.depth].list
    let affected = list.affected(by: targets.compactMap(\.self), for: y.slot)
    return list.decides(affected) ? .decides : .unknown
  }

  /// What names that were bound again stand for now, but for one.
  ///
  /// What an earlier value hands on through them, as those of a step of training do, counts.
  private func updated(but y: Place) -> SlotSet {
    SlotSet(
      versions.keys.lazy.filter { isOfProgram($0) }.compactMap { find($0) }.flatMap(\.leaves)
        .filter { $0.depth == 0 && $0.slot != y.slot }.map(\.slot))
  }

  /// How messages call a place.
  func name(_ place: Place) -> String? {
    (place.written ?? frames[place.depth].list.name(place.slot)).map { symbols[$0] }
  }

  /// Writes a formula and says where its value lives; a name's value stays where it is.
  mutating func place(of node: Node, in tree: Tree) throws(Refusal) -> Place {
    guard case .slot(let slot, let depth) = try lower(node, in: tree) else {
      throw Refusal(diagnostic: .tupleInFormula(at: tree.span(node)))
    }
    guard case .name(let name) = tree.expression(node) else {
      return Place(slot: slot, depth: depth)
    }
    return Place(slot: slot, depth: depth, written: name)
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
}
