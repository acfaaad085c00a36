/// The reverse sweep, as entries appended to the list: the adjoint of every entry that the output
/// depends on and that depends on a target.
struct Adjoint {
  /// One term of an adjoint: what an entry that reads a slot hands back to it.
  struct Contribution {
    /// The entry that reads the operand.
    var source: Slot
    /// Which of its operands.
    var index: Int
    var operand: Slot
    /// The term.
    var amount: Slot
    /// The adjoint of the operand after the term was added.
    var total: Slot
  }

  /// The adjoint of each slot, -1 where there is none.
  private(set) var slots: [Int32]
  /// Every term, in the order of the sweep; empty unless asked for.
  private(set) var contributions: [Contribution] = []
  let activity: Activity
  private let isRecording: Bool
  var sharing: Sharing
  /// Whether the adjoint of a slot may hold zeros that say that nothing is handed back.
  private var isSparse: [Bool]
  private let zeros: ZeroRule
  /// What has come in for the parts of loops and branches whose own turn is still to come.
  var parts: [Slot: [(part: Slot, adjoint: Slot)]] = [:]

  /// The adjoint of a slot, nil where it is zero.
  subscript(_ slot: Slot) -> Slot? {
    guard slot.place < slots.count, slots[slot.place] >= 0 else { return nil }
    return Slot(Int(slots[slot.place]))
  }

  fileprivate init(_ list: List, wrt targets: [Slot], recording: Bool) {
    slots = Array(repeating: -1, count: list.count)
    activity = Activity(list, targets: targets, end: list.count)
    isRecording = recording
    sharing = Sharing(listCount: list.count)
    isSparse = Array(repeating: false, count: list.count)
    zeros = list.zeros
  }

  /// Adds an amount to the adjoint of a slot, summed over the axes along which it was stretched.
  mutating func add(
    _ amount: Slot, to operand: Slot, from source: Slot, index: Int, in list: inout List
  ) throws(ShapeMismatch) {
    var amount = amount
    if list[amount].shape != list[operand].shape {
      let (from, to) = (list.shape(amount), list.shape(operand))
      let row: Primitive = from.broadcast(to) == to ? .broadcast : .sumto
      amount = try list.append(row, [amount], to.extents)
    }
    let known = slots[operand.place]
    let total =
      known < 0
      ? amount : try list.appendShared(.add, Slopes.add, Slot(Int(known)), amount, &sharing)
    slots[operand.place] = total.index
    if isRecording {
      contributions.append(
        Contribution(source: source, index: index, operand: operand, amount: amount, total: total))
    }
  }

  fileprivate mutating func seed(_ slot: Slot, _ adjoint: Slot, in list: inout List)
    throws(ShapeMismatch)
  {
    let known = slots[slot.place]
    slots[slot.place] =
      known < 0
      ? adjoint.index : try list.append(.add, [Slot(Int(known)), adjoint]).index
  }

  /// Handles one entry whose adjoint is complete.
  fileprivate mutating func visit(_ slot: Slot, in list: inout List) throws(ShapeMismatch) {
    let entry = list[slot]
    switch entry.code {
    case Code.input, Code.number, Code.parameter, Code.print, Code.turns: return
    case Code.loop:
      if let arrived = parts[slot] { try sweepLoop(slot, arrived, in: &list) }
      return
    case Code.branch:
      if let arrived = parts[slot] { try sweepBranch(slot, arrived, in: &list) }
      return
    default: break
    }
    guard let bar = self[slot], activity[slot] else { return }
    list.span = list.spans[slot.place]
    switch entry.code {
    case Code.final, Code.stacked, Code.last, Code.history, Code.arm:
      parts[list.operand(slot, 0), default: []].append((slot, bar))
    case Code.custom: try sweepCustom(slot, bar, in: &list)
    default:
      let templates = Template.pullbacks[Int(entry.code)]
      let isSpecial = isSparse[slot.place] || Slopes.fill[Int(entry.code)]
      if templates.isEmpty || zeros == .ieee || isSpecial {
        try sweepRule(slot, bar, in: &list)
      } else {
        try sweepTemplates(templates, slot, bar, in: &list)
      }
    }
  }

  private mutating func sweepTemplates(
    _ templates: [Template?], _ slot: Slot, _ bar: Slot, in list: inout List
  ) throws(ShapeMismatch) {
    let a = list.operand(slot, 0)
    let b = list.operandCount(slot) > 1 ? list.operand(slot, 1) : a
    if !sharing.isOn, list.isComputedNumber(slot), list.isComputedNumber(a),
      list.isComputedNumber(b), list.isComputedNumber(bar)
    {
      return try sweepNumbers(templates, slot, bar, a, b, in: &list)
    }
    for index in 0..<list.operandCount(slot) {
      let operand = index == 0 ? a : b
      guard activity[operand], let template = templates[index] else { continue }
      let amount = try list.append(
        template, operand: { $0 == 0 ? a : b }, result: slot, bar: bar, sharing: &sharing)
      try add(amount, to: operand, from: slot, index: index, in: &list)
    }
  }

  /// As above where all are numbers that were computed, so that no step is folded or stretched.
  private mutating func sweepNumbers(
    _ templates: [Template?], _ slot: Slot, _ bar: Slot, _ a: Slot, _ b: Slot, in list: inout List
  ) throws(ShapeMismatch) {
    for index in 0..<list.operandCount(slot) {
      let operand = index == 0 ? a : b
      guard activity[operand], let template = templates[index] else { continue }
      let amount =
        template.isPlain
        ? list.appendPlain(template, a, b, result: slot, bar: bar)
        : try list.append(
          template, operand: { $0 == 0 ? a : b }, result: slot, bar: bar, sharing: &sharing)
      try add(amount, to: operand, from: slot, index: index, in: &list)
    }
  }

  private mutating func sweepRule(_ slot: Slot, _ bar: Slot, in list: inout List)
    throws(ShapeMismatch)
  {
    let operands = list.operands(slot)
    let formulas = list.primitive(slot).contributions(list.ruleOperands(slot))
    for (index, operand) in operands.enumerated() where activity[operand] {
      guard index < formulas.count, let formula = formulas[index] else { continue }
      let written =
        zeros == .ieee
        ? formula.multiplyingZeros : isSparse[slot.place] ? formula.skippingZeros : formula
      let amount = try list.append(written, operands: operands, result: slot, bar: bar)
      if isSparse[slot.place] || formula.fillsWithZeros { isSparse[operand.place] = true }
      try add(amount, to: operand, from: slot, index: index, in: &list)
    }
  }

  /// Says that the adjoint of a slot may hold zeros of an arm that was not taken.
  mutating func markSparse(_ slot: Slot) { isSparse[slot.place] = true }

  private mutating func sweepCustom(_ slot: Slot, _ bar: Slot, in list: inout List)
    throws(ShapeMismatch)
  {
    guard case .custom(let custom)? = list.structure(slot) else { return }
    let operands = list.operands(slot)
    var written: [Int: [Slot]] = [:]
    for (index, operand) in operands.enumerated() where activity[operand] {
      guard let part = custom.parts[index] else { continue }
      let arguments = operands + [slot] + (part.isPartial ? [] : [bar])
      let places =
        part.group.flatMap { written[$0] } ?? list.inline(part.list, arguments: arguments)
      if let group = part.group { written[group] = places }
      let value = places[part.slot.place]
      let product: Primitive = isSparse[slot.place] && zeros == .structural ? .chain : .mul
      let amount = part.isPartial ? try list.append(product, [bar, value]) : value
      if isSparse[slot.place] { isSparse[operand.place] = true }
      try add(amount, to: operand, from: slot, index: index, in: &list)
    }
  }
}

extension Slopes {
  static let add = Primitive.add.code
  /// For each row whether what it hands back may hold zeros that stand for nothing.
  static let fill: [Bool] = Catalogue.all.map { row in
    guard row.isElementwise else { return false }
    let scalars = Operands(
      shapes: row.operandNames.map { _ in .scalar }, resultShape: .scalar, statics: [])
    return row.contributions(scalars).contains { $0?.fillsWithZeros ?? false }
  }
}

extension Primitive {
  /// What each operand's adjoint gains, as formulas in `bar`; for the sweep and for printouts.
  func contributions(_ operands: Operands) -> [Formula?] {
    switch rule {
    case .flat, .structural: []
    case .partials(let rule): rule(operands).map { $0.map { .bar * $0 } }
    case .singularPartials(let rule):
      rule(operands).map { $0.map { Formula.of(.chain, [.bar, $0]) } }
    case .multilinear(let rule): rule(operands)
    case .general(let pullbacks, _): pullbacks(operands)
    }
  }
}

extension List {
  /// What a rule may know of an entry.
  func ruleOperands(_ slot: Slot) -> Operands {
    Operands(
      shapes: operands(slot).map { shape($0) }, resultShape: shape(slot), statics: statics(slot))
  }

  /// Appends the reverse sweep from seeded slots down to the targets.
  ///
  /// - Parameters:
  ///   - seeds: slots with the adjoint that each has from outside, of the same shape.
  ///   - targets: the slots whose adjoints are wanted.
  mutating func appendAdjoint(
    seeds: [(slot: Slot, adjoint: Slot)], wrt targets: [Slot], recording: Bool = false
  ) throws(ShapeMismatch) -> Adjoint {
    let end = (seeds.map(\.slot.place).max() ?? -1) + 1
    // What is not used costs nothing.
    if end > 10_000 { reserve(3 * end) }
    var adjoint = Adjoint(self, wrt: targets, recording: recording)
    for (slot, bar) in seeds { try adjoint.seed(slot, bar, in: &self) }
    let first = targets.map(\.place).min() ?? end
    let written = span
    for place in stride(from: end - 1, through: min(first, end), by: -1) {
      try adjoint.visit(Slot(place), in: &self)
    }
    span = written
    return adjoint
  }

  /// A slot of zeros.
  mutating func appendZeros(_ shape: Shape) -> Slot {
    if shape.isScalar { return appendNumber(0) }
    return appendOperation(Primitive.zeros.code, [], shape.extents, shape: shape)
  }
}
