/// Makes a Wengert list of the graph that operators have built.
struct ListBuilder {
  private(set) var lowering = Lowering(outlet: Outlet())
  /// What each node became; several slots for a sweep.
  private var slots: [ObjectIdentifier: [Slot]] = [:]
  /// The inputs by their names, in the order in which they were made.
  private(set) var inputs: [(name: String, slot: Slot)] = []
  private let values: [String: Tensor]
  private let span = Span(0, 0)

  /// A list that ends in some variables; inputs get values by their names.
  init(
    _ outputs: [Variable], _ values: [Variable: Tensor], _ settings: Settings
  ) throws(Diagnostic) {
    lowering.apply(settings)
    var byName: [String: Tensor] = [:]
    for (variable, value) in values {
      guard let name = variable.inputName else { throw .notAnInput(variable.name) }
      guard !value.isRagged else { throw .raggedTensor(name) }
      byName[name] = value
    }
    self.values = byName
    for node in ListBuilder.nodes(of: outputs) { try append(node) }
  }

  /// The slot of a variable that the list was made of.
  func slot(of variable: Variable) -> Slot? {
    if let name = variable.inputName { return inputs.first { $0.name == name }?.slot }
    return slots[ObjectIdentifier(variable.node)]?.first
  }

  /// Every node that the outputs need, in the order in which they were written.
  private static func nodes(of outputs: [Variable]) -> [ExpressionNode] {
    var seen: Set<ObjectIdentifier> = []
    var found: [ExpressionNode] = []
    var waiting = outputs.map(\.node)
    while let node = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      found.append(node)
      waiting += node.operands
    }
    return found.sorted { $0.serial < $1.serial }
  }

  private mutating func append(_ node: ExpressionNode) throws(Diagnostic) {
    let operands = node.operands.flatMap { slots[ObjectIdentifier($0)] ?? [] }
    let made: [Slot]
    switch node.kind {
    case .input(let value, let extents): made = [try input(node.name ?? "", value, extents)]
    case .constant(let value): made = [try constant(value, node.name)]
    case .operation(let row, let statics): made = [try append(row, operands, statics)]
    case .slice(let parts): made = [try slice(operands, parts)]
    case .sweep(let kind): made = try append(kind, operands, parts: node.operands.count)
    case .part(let index): made = index < operands.count ? [operands[index]] : []
    }
    slots[ObjectIdentifier(node)] = made
    guard let name = node.name, let slot = made.first else { return }
    guard Lexer.isName(name) else { throw .notAName(name) }
    if lowering.list.name(slot) == nil {
      lowering.list.setName(slot, lowering.symbols.intern(name))
    }
  }

  // MARK: Entries

  private mutating func input(
    _ name: String, _ value: Tensor?, _ extents: [Int]
  ) throws(Diagnostic) -> Slot {
    guard let shape = ListBuilder.shape(extents), value?.isRagged != true else {
      throw .raggedTensor(name)
    }
    let given = values[name] ?? value
    let actual = given.map { Shape($0.shape) } ?? shape
    if let known = inputs.first(where: { $0.name == name })?.slot {
      guard lowering.list.shape(known) == actual else {
        throw .inputTwice(name, lowering.list.shape(known), actual)
      }
      return known
    }
    let slot: Slot
    if let given {
      slot = lowering.list.appendData(given.elements, shape: actual, isInput: true)
    } else {
      slot = lowering.list.appendInput(shape: actual)
      lowering.openInputs.insert(slot)
    }
    inputs.append((name, slot))
    return slot
  }

  /// A shape that was given from outside, if there can be such an array.
  private static func shape(_ extents: [Int]) -> Shape? {
    let shape = Shape(extents)
    let isPossible =
      extents.allSatisfy { $0 >= 0 } && shape.checkedCount.map { $0 < 1 << 40 } == true
    return isPossible ? shape : nil
  }

  private mutating func constant(_ value: Tensor, _ name: String?) throws(Diagnostic) -> Slot {
    guard !value.isRagged else { throw .raggedTensor(name ?? "a constant") }
    // A number with a name has an entry of its own; others share theirs.
    if value.shape.isEmpty, name == nil { return lowering.list.appendNumber(value.elements[0]) }
    return lowering.list.appendData(value.elements, shape: Shape(value.shape), isInput: false)
  }

  private mutating func append(
    _ row: Primitive, _ operands: [Slot], _ statics: [Int]
  ) throws(Diagnostic) -> Slot {
    if operands.isEmpty, !row.operandNames.isEmpty {
      throw withoutPlaces(.wrongCount(row, row.name, 0, at: span))
    }
    let parameters = row.arguments.count - row.operandNames.count
    if row.arguments.contains(where: { if case .shape = $0.kind { true } else { false } }) {
      // The extents are the last of the parameters.
      let others = parameters - 1
      do throws(Refusal) {
        _ = try lowering.checked(Array(statics.dropFirst(others)), at: span)
      } catch {
        throw withoutPlaces(error.diagnostic)
      }
    }
    lowering.warnIfBothStretch(operands, row, at: span)
    do throws(ShapeMismatch) {
      return try lowering.list.append(row.taking(lowering.limits.kinks), operands, statics)
    } catch {
      throw described(
        lowering.misfit(error, FormulaWriter.name(of: row), operands, at: span), operands)
    }
  }

  private mutating func slice(
    _ operands: [Slot], _ parts: [Variable.Part]
  ) throws(Diagnostic) -> Slot {
    let shape = lowering.list.shape(operands[0])
    do throws(Refusal) {
      guard parts.count <= shape.rank else {
        throw Refusal(diagnostic: .tooManyIndices(parts.count, shape, at: span))
      }
      var picks: [Lowering.Pick] = []
      for (axis, extent) in shape.extents.enumerated() {
        switch axis < parts.count ? parts[axis] : .all {
        case .index(let index):
          picks.append(
            .element(try lowering.place(index, extent: extent, axis: axis, at: span)))
        case .range(let from, let to, let step):
          picks.append(
            try Lowering.slice(from, to, by: step, extent: extent, axis: axis, at: span))
        }
      }
      return try lowering.single(try lowering.read(operands[0], picks, at: span), at: span)
    } catch {
      throw described(error.diagnostic, operands)
    }
  }

  /// Says in words what a program would show in its text.
  private func described(_ diagnostic: Diagnostic, _ operands: [Slot]) -> Diagnostic {
    var described = diagnostic
    described.primary = nil
    described.secondary = []
    let list = lowering.list
    let words = operands.map { slot in
      let row = list.primitive(slot)
      let name = list.name(slot).map { "`\(lowering.symbols[$0])`" }
      let other = list[slot].code == Code.number ? "a constant" : "`\(row.name)(…)`"
      return "\(name ?? other) is \(list.shape(slot).inWords)"
    }
    described.notes.insert(words.joined(separator: ", "), at: 0)
    return described
  }

  // MARK: Derivatives

  private mutating func append(
    _ kind: ExpressionNode.Sweep, _ operands: [Slot], parts: Int
  ) throws(Diagnostic) -> [Slot] {
    guard let output = operands.first, operands.count == parts else { return [] }
    let hasGiven = [.vjp, .jvp, .hessianProduct].contains(kind)
    let wanted = Array(operands[1..<(hasGiven ? operands.count - 1 : operands.count)])
    let y = Lowering.Place(slot: output, depth: 0)
    let targets = Lowering.Targets(
      names: wanted.map { (lowering.list.name($0) ?? lowering.symbols.intern("it"), span) },
      values: wanted.map { .slot($0, depth: 0) }, slots: wanted)
    let given = operands[operands.count - 1]
    do throws(Refusal) {
      let value: Value
      switch kind {
      case .gradient: value = try lowering.gradient(of: y, wrt: targets, output: span, at: span)
      case .hessian: value = try lowering.hessian(of: y, wrt: targets, output: span, at: span)
      case .jacobian:
        value = try lowering.jacobian(of: .slot(output, depth: 0), at: span) { _, _ in targets }
      case .vjp:
        try checkSeed(given, like: output)
        let adjoint = try lowering.appendAdjoint(y, seed: given, wrt: wanted, at: span)
        value = lowering.results(of: targets, for: y) { adjoint[$0] }
      case .jvp:
        try checkSeed(given, like: wanted[0])
        value = try lowering.push(y, along: [(wanted[0], given)], at: span)
      case .hessianProduct:
        try checkSeed(given, like: wanted[0])
        value = try lowering.hessianProduct(
          of: y, along: [(wanted[0], given)], wrt: targets, output: span, at: span)
      }
      return value.leaves.map(\.slot)
    } catch {
      throw described(error.diagnostic, [output] + wanted)
    }
  }

  private func checkSeed(_ seed: Slot, like slot: Slot) throws(Refusal) {
    guard lowering.list.shape(seed) == lowering.list.shape(slot) else {
      let name = lowering.list.name(slot).map { lowering.symbols[$0] } ?? "it"
      throw Refusal(diagnostic: .seedShape(name, at: span))
    }
  }
}

/// What is said of mistakes that only Swift programs make.
extension Diagnostic {
  static func notAName(_ name: String) -> Diagnostic {
    Diagnostic(
      "E0636", "`\(name)` is no name", at: nil,
      notes: ["a name is a letter, then letters, digits and _; loops and branches keep their words"]
    )
  }

  static func inputTwice(_ name: String, _ first: Shape, _ second: Shape) -> Diagnostic {
    Diagnostic(
      "E0637", "the input `\(name)` is \(first.inWords) and \(second.inWords) at once", at: nil,
      notes: ["inputs with one name are one input"])
  }

  static func raggedTensor(_ name: String) -> Diagnostic {
    Diagnostic("E0638", "`\(name)` has no shape that an array can have", at: nil)
  }

  static let noOutput = Diagnostic(
    "E0640", "a list of no variables has nothing to tell", at: nil,
    notes: ["a printout is about the first one: WengertList([f])"])

  static func notInList(_ name: String?) -> Diagnostic {
    Diagnostic(
      "E0641", "the list has no \(name.map { "`\($0)`" } ?? "such expression")", at: nil,
      notes: ["it holds what its outputs are computed from; their derivatives by all else are 0"])
  }

  static func notAnInput(_ name: String?) -> Diagnostic {
    Diagnostic(
      "E0639", "a value was given to \(name.map { "`\($0)`" } ?? "an expression")", at: nil,
      notes: ["only inputs take values: Variable(\"x\")"])
  }
}
