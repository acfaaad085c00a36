/// The forward sweep, as entries appended to the list: the tangent of every entry that depends on a
/// seeded one.
struct Tangent {
  /// The tangent of each slot, -1 where it is zero.
  private(set) var slots: [Int32]
  private let activity: Activity
  /// Loops and branches with tangents inside, and where their parts lie.
  private var woven: [Slot: Woven] = [:]

  /// A loop or branch that also computes tangents.
  struct Woven {
    var slot = Slot(-1)
    /// For each part of the original the part that holds its tangent.
    var carried: [Int: Int] = [:]
    var stacked: [Int: Int] = [:]
    /// For each body slot its tangent in the woven body.
    var body: [Slot: Slot] = [:]
  }

  /// The tangent of a slot, nil where it is zero.
  subscript(_ slot: Slot) -> Slot? {
    guard slot.place < slots.count, slots[slot.place] >= 0 else { return nil }
    return Slot(Int(slots[slot.place]))
  }

  fileprivate init(_ list: List, seeds: [(slot: Slot, tangent: Slot)], end: Int) {
    slots = Array(repeating: -1, count: end)
    activity = Activity(list, targets: seeds.map(\.slot), end: end)
    for seed in seeds { slots[seed.slot.place] = seed.tangent.index }
  }

  fileprivate mutating func visit(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    guard activity[slot], self[slot] == nil else { return }
    list.span = list.spans[slot.place]
    let tangent: Slot?
    switch list[slot].code {
    case Code.loop: return try weaveLoop(slot, in: &list)
    case Code.branch: return try weaveBranch(slot, in: &list)
    case Code.final, Code.stacked, Code.last, Code.history, Code.arm:
      tangent = part(slot, in: &list)
    case Code.custom: tangent = try pushCustom(slot, in: &list)
    default: tangent = try push(slot, in: &list)
    }
    guard var tangent else { return }
    if list[tangent].shape != list[slot].shape {
      tangent = try list.append(.broadcast, [tangent], list.shape(slot).extents)
    }
    slots[slot.place] = tangent.index
  }

  private mutating func push(_ slot: Slot, in list: inout List) throws(ShapeMismatch) -> Slot? {
    let operands = list.operands(slot)
    let row = list.primitive(slot)
    let formulas = row.pushes(list.ruleOperands(slot))
    var sum: Slot?
    for (index, operand) in operands.enumerated() {
      guard let tangent = self[operand], index < formulas.count, let formula = formulas[index]
      else { continue }
      let term = try list.append(formula, operands: operands, result: slot, bar: tangent)
      sum =
        try sum.map { known throws(ShapeMismatch) in try list.append(.add, [known, term]) } ?? term
    }
    return sum
  }

  /// The forward form of a rule: its partials, or the transpose of its pullback, which is linear.
  private mutating func pushCustom(_ slot: Slot, in list: inout List) throws(ShapeMismatch) -> Slot?
  {
    guard case .custom(let custom)? = list.structure(slot) else { return nil }
    let operands = list.operands(slot)
    var sum: Slot?
    for (index, operand) in operands.enumerated() {
      guard let tangent = self[operand], let part = custom.parts[index] else { continue }
      let result = part.slot
      let term: Slot
      if part.isPartial {
        let partial = list.inline(part.list, arguments: operands + [slot])[result.place]
        term = try list.append(.mul, [partial, tangent])
      } else {
        let start = list.appendZeros(list.shape(slot))
        let bar = try list.appendUnshared(.copy, [start])
        let pulled = list.inline(part.list, arguments: operands + [slot, bar])[result.place]
        let product = try list.append(.mul, [pulled, tangent])
        let total = try list.append(.sum, [product], [Argument.noAxis, 0])
        let one = list.appendNumber(1)
        term =
          try list.appendAdjoint(seeds: [(total, one)], wrt: [bar])[bar]
          ?? list.appendZeros(list.shape(slot))
      }
      sum =
        try sum.map { known throws(ShapeMismatch) in try list.append(.add, [known, term]) } ?? term
    }
    return sum
  }

  private func part(_ slot: Slot, in list: inout List) -> Slot? {
    guard let whole = woven[list.operand(slot, 0)] else { return nil }
    let (code, part, shape) = (list[slot].code, list.part(slot), list.shape(slot))
    let place: Int? =
      switch code {
      case Code.final, Code.arm: whole.carried[part]
      case Code.stacked: whole.stacked[part]
      default: whole.body[Slot(part)]?.place
      }
    return place.map { list.appendPart(code, of: whole.slot, $0, shape: shape) }
  }

  private mutating func weaveLoop(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    guard let loop = list.loop(slot), let inside = activity.loops[slot] else { return }
    let operands = list.operands(slot)
    var weaver = TangentWeaver(
      loop: loop, operands: operands, live: { inside[loop.body.parameters[$0]] },
      isActive: { activity[$0] })
    let swept = try weaver.sweep()
    woven[slot] = weaver.finish(swept, in: &list, tangent: { self[$0] })
  }

  private mutating func weaveBranch(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    guard case .branch(let branch)? = list.structure(slot) else { return }
    let operands = list.operands(slot)
    let captures = Array(operands.dropFirst())
    let wanted = captures.indices.filter { self[captures[$0]] != nil }
    func tangent(of body: List) throws(ShapeMismatch) -> List {
      var arm = List()
      let parameters = body.parameters.map { arm.appendParameter(shape: body.shape($0)) }
      let tangents = wanted.map { arm.appendParameter(shape: body.shape(body.parameters[$0])) }
      let places = arm.inline(body, arguments: parameters)
      let seeds = zip(wanted, tangents).map { (slot: parameters[$0], tangent: $1) }
      let swept = try arm.appendTangent(seeds: seeds)
      let results = body.results.map { places[$0.place] }
      arm.results = results + results.map { swept[$0] ?? arm.appendZeros(arm.shape($0)) }
      return arm
    }
    var whole = Woven(slot: slot)
    for k in branch.then.results.indices { whole.carried[k] = branch.then.results.count + k }
    whole.slot = list.appendStructure(
      Code.branch, operands + wanted.compactMap { self[captures[$0]] },
      .branch(
        Branch(then: try tangent(of: branch.then), otherwise: try tangent(of: branch.otherwise))))
    woven[slot] = whole
  }
}

extension Primitive {
  /// What each operand's tangent adds to the tangent of the result; `bar` stands for that tangent.
  func pushes(_ operands: Operands) -> [Formula?] {
    switch rule {
    case .flat, .structural: return []
    case .partials, .singularPartials: return contributions(operands)
    case .multilinear:
      return operands.shapes.indices.map { index in
        .apply(
          self, operands.shapes.indices.map { $0 == index ? .bar : .operand($0) }, operands.statics)
      }
    case .general(_, let pushforward): return pushforward(operands)
    }
  }
}

extension List {
  /// Appends the forward sweep from seeded slots through the list.
  ///
  /// - Parameter outputs: the slots whose tangents are wanted; nil for all.
  mutating func appendTangent(
    seeds: [(slot: Slot, tangent: Slot)], to outputs: [Slot]? = nil
  ) throws(ShapeMismatch) -> Tangent {
    let end = outputs.map { ($0.map(\.place).max() ?? -1) + 1 } ?? count
    let needed = outputs.map { reached(from: $0) }
    var tangent = Tangent(self, seeds: seeds, end: max(end, seeds.lastPlace + 1))
    let written = span
    for place in 0..<end where needed?[place] ?? true {
      try tangent.visit(Slot(place), in: &self)
    }
    span = written
    return tangent
  }

  /// Appends an operation as an entry of its own, even where an identity would find another.
  mutating func appendUnshared(
    _ primitive: Primitive, _ operands: [Slot], _ statics: [Int] = []
  ) throws(ShapeMismatch) -> Slot {
    let shape = try primitive.shape.infer(operands.map { self.shape($0) }, statics)
    return appendOperation(primitive.code, operands, statics, shape: shape)
  }
}

extension [(slot: Slot, tangent: Slot)] {
  /// The last place that has a seed, -1 where there is none.
  fileprivate var lastPlace: Int { map(\.slot.place).max() ?? -1 }
}
