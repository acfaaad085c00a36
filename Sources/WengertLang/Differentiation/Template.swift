/// A pullback or partial of an element-wise row, made ready to be appended many times.
struct Template: Sendable {
  /// What a step reads.
  enum Reference: Sendable {
    case operand(Int)
    case result
    case bar
    case number(Double)
    case step(Int)
  }

  struct Step: Sendable {
    var row: Primitive
    var code: UInt16
    var operands: [Reference]
  }

  private(set) var steps: [Step] = []
  private(set) var value: Reference = .bar
  /// Whether there are few steps, on one or two operands and on no written number.
  private(set) var isPlain = false

  init(_ formula: Formula) {
    value = add(formula)
    isPlain =
      steps.count <= Slots.most
      && (steps.flatMap(\.operands) + [value]).allSatisfy {
        if case .number = $0 { false } else { true }
      } && steps.allSatisfy { (1...2).contains($0.operands.count) }
  }

  /// The entries of a few steps.
  struct Slots {
    static let most = 6
    private var slots: (Slot, Slot, Slot, Slot, Slot, Slot)

    init(_ slot: Slot) { slots = (slot, slot, slot, slot, slot, slot) }

    subscript(_ step: Int) -> Slot {
      get {
        switch step {
        case 0: slots.0
        case 1: slots.1
        case 2: slots.2
        case 3: slots.3
        case 4: slots.4
        default: slots.5
        }
      }
      set {
        switch step {
        case 0: slots.0 = newValue
        case 1: slots.1 = newValue
        case 2: slots.2 = newValue
        case 3: slots.3 = newValue
        case 4: slots.4 = newValue
        default: slots.5 = newValue
        }
      }
    }
  }

  private mutating func add(_ formula: Formula) -> Reference {
    switch formula {
    case .operand(let index): return .operand(index)
    case .result: return .result
    case .bar: return .bar
    case .number(let value): return .number(value)
    case .apply(let row, let parts, _):
      let operands = parts.map { add($0) }
      steps.append(Step(row: row, code: row.code, operands: operands))
      return .step(steps.count - 1)
    }
  }

  /// For each row and operand the adjoint's contribution `bar · partial`, nil where there is none.
  static let pullbacks: [[Template?]] = Catalogue.all.map { row in
    contributions(of: row).map { $0.map(Template.init) }
  }

  /// The contributions of an element-wise row as formulas; none for other rows.
  static func contributions(of row: Primitive) -> [Formula?] {
    let shapes = Array(repeating: Shape.scalar, count: row.operandNames.count)
    let operands = Operands(shapes: shapes, resultShape: .scalar, statics: [])
    switch row.rule {
    case .partials(let rule):
      return rule(operands).map { $0.map { .bar * $0 } }
    case .singularPartials(let rule):
      return rule(operands).map { $0.map { Formula.of(.chain, [.bar, $0]) } }
    default: return []
    }
  }
}

extension List {
  /// Appends the steps of a template.
  mutating func append(
    _ template: Template, operand: (Int) -> Slot, result: Slot, bar: Slot,
    sharing: inout Sharing
  ) throws(ShapeMismatch) -> Slot {
    var places: [Slot] = []
    func slot(_ reference: Template.Reference, _ list: inout List) -> Slot {
      switch reference {
      case .operand(let index): operand(index)
      case .result: result
      case .bar: bar
      case .number(let value): list.appendNumber(value)
      case .step(let step): places[step]
      }
    }
    for step in template.steps {
      let a = slot(step.operands[0], &self)
      if step.operands.count == 1 {
        places.append(try appendShared(step.row, step.code, a, nil, &sharing))
      } else {
        let b = slot(step.operands[1], &self)
        places.append(try appendShared(step.row, step.code, a, b, &sharing))
      }
    }
    return slot(template.value, &self)
  }

  /// Whether an entry is a number that was computed or given.
  @inline(__always)
  func isComputedNumber(_ slot: Slot) -> Bool {
    let entry = self[slot]
    return entry.shape == 0 && entry.code != Code.number
  }

  /// Appends the steps of a plain template whose operands are numbers that were computed.
  mutating func appendPlain(
    _ template: Template, _ a: Slot, _ b: Slot, result: Slot, bar: Slot
  ) -> Slot {
    var places = Template.Slots(bar)
    func slot(_ reference: Template.Reference) -> Slot {
      switch reference {
      case .operand(let index): index == 0 ? a : b
      case .result: result
      case .bar, .number: bar
      case .step(let step): places[step]
      }
    }
    for (number, step) in template.steps.enumerated() {
      let isSingle = step.operands.count == 1
      places[number] = append(
        Entry(
          code: step.code, hasDetail: false, inlineCount: isSingle ? 1 : 2, shape: 0,
          a: slot(step.operands[0]).index, b: isSingle ? -1 : slot(step.operands[1]).index))
    }
    return slot(template.value)
  }

  /// Appends an operation of one or two operands, or finds the same one among the shared entries.
  mutating func appendShared(
    _ row: Primitive, _ code: UInt16, _ a: Slot, _ b: Slot?, _ sharing: inout Sharing
  ) throws(ShapeMismatch) -> Slot {
    let key = Sharing.Key(code: code, a: a.index, b: b?.index ?? -1)
    if let known = sharing[key] { return known }
    let isScalar = self[a].shape == 0 && (b.map { self[$0].shape == 0 } ?? true)
    let isPlain = number(a) == nil && (b.map { number($0) == nil } ?? true)
    let slot: Slot
    if isScalar, isPlain {
      slot = append(
        Entry(
          code: code, hasDetail: false, inlineCount: b == nil ? 1 : 2, shape: 0, a: a.index,
          b: b?.index ?? -1))
    } else {
      slot = try append(row, b.map { [a, $0] } ?? [a])
    }
    sharing[key] = slot
    return slot
  }
}

/// Entries that were appended before and may be used again: the same operation on the same slots.
struct Sharing {
  struct Key: Hashable {
    var code: UInt16
    var a: Int32
    var b: Int32
  }

  private var slots: [Key: Slot] = [:]
  /// On very long lists the table would cost more than it saves.
  let isOn: Bool

  init(listCount: Int) { isOn = listCount < 100_000 }

  subscript(_ key: Key) -> Slot? {
    get { isOn ? slots[key] : nil }
    set { if isOn { slots[key] = newValue } }
  }
}
