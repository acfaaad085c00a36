/// Finds the coefficients of the result of one operation, lowest first.
///
/// Operations that are linear in each operand have Cauchy's product. For any other the rule gives
/// z' from operands, result and x'. That is one order ahead: k z_k is its coefficient k - 1.
///
/// What a rule is made of are nodes of their own, equal ones once, so that sine and cosine, say,
/// find each other.
struct SeriesSolver {
  private enum Node {
    case given(Extended)
    case number(Double)
    case operation(Primitive, [Int], [Int])
    case derivative(Int)
  }

  private struct Key: Hashable {
    var row: Primitive
    var arguments: [Int]
    var statics: [Int]
  }

  private enum Coefficient {
    case zero
    case slot(Slot)
  }

  private var nodes: [Node] = []
  private var shapes: [Shape] = []
  private var isConstant: [Bool] = []
  private var known: [[Coefficient]] = []
  /// The nodes whose sum is the derivative of a node.
  private var slopes: [Int: [Int]] = [:]
  private var operations: [Key: Int] = [:]
  private var numbers: [UInt64: Int] = [:]
  private var derivatives: [Int: Int] = [:]

  private mutating func append(_ node: Node, _ shape: Shape, isConstant: Bool) -> Int {
    nodes.append(node)
    shapes.append(shape)
    self.isConstant.append(isConstant)
    known.append([])
    return nodes.count - 1
  }

  /// A node of known coefficients.
  mutating func add(_ value: Extended, shape: Shape) -> Int {
    append(.given(value), shape, isConstant: value.isReal)
  }

  /// The node of an operation.
  mutating func node(
    _ row: Primitive, _ arguments: [Int], _ statics: [Int], in list: List
  ) throws(ShapeMismatch) -> Int {
    let key = Key(row: row, arguments: arguments, statics: statics)
    if let node = operations[key] { return node }
    let shape = try row.shape.infer(arguments.map { shapes[$0] }, statics)
    let node = append(
      .operation(row, arguments, statics), shape,
      isConstant: arguments.allSatisfy { isConstant[$0] })
    operations[key] = node
    return node
  }

  /// The node of a formula.
  private mutating func node(
    _ formula: Formula, _ arguments: [Int], result: Int, bar: Int, in list: List
  ) throws(ShapeMismatch) -> Int {
    switch formula {
    case .operand(let index): return arguments[index]
    case .result: return result
    case .bar: return bar
    case .number(let value):
      let known = numbers[value.bitPattern]
      let node = known ?? append(.number(value), .scalar, isConstant: true)
      numbers[value.bitPattern] = node
      return node
    case .apply(let row, let parts, let statics):
      var nodes: [Int] = []
      for part in parts {
        nodes.append(try node(part, arguments, result: result, bar: bar, in: list))
      }
      return try node(row, nodes, statics, in: list)
    }
  }

  /// A coefficient of a node, nil where it is zero.
  mutating func coefficient(
    _ node: Int, _ order: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    while known[node].count <= order {
      let found = try compute(node, known[node].count, in: &list)
      let slot = try found.map { slot throws(ShapeMismatch) in
        try list.appendStretched(slot, to: shapes[node])
      }
      known[node].append(slot.map { .slot($0) } ?? .zero)
    }
    if case .slot(let slot) = known[node][order] { return slot }
    return nil
  }

  private mutating func compute(
    _ node: Int, _ order: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    switch nodes[node] {
    case .given(let value): return value[order]
    case .number(let value): return order == 0 ? list.appendNumber(value) : nil
    case .derivative(let inner):
      guard let slot = try coefficient(inner, order + 1, in: &list) else { return nil }
      return try list.append(.mul, [list.appendNumber(Double(order + 1)), slot])
    case .operation(let row, let arguments, let statics):
      if order == 0 {
        var slots: [Slot] = []
        for argument in arguments { slots.append(try leading(argument, in: &list)) }
        return try list.append(row, slots, statics)
      }
      guard !isConstant[node] else { return nil }
      switch row.linearity {
      case .flat: return nil
      case .jointly: return try combine(row, arguments, statics, order, in: &list)
      case .separately: return try multiply(row, arguments, statics, order, in: &list)
      case .none: return try solve(node, row, arguments, statics, order, in: &list)
      }
    }
  }

  private mutating func leading(
    _ node: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot {
    try coefficient(node, 0, in: &list) ?? list.appendZeros(shapes[node])
  }

  private mutating func combine(
    _ row: Primitive, _ arguments: [Int], _ statics: [Int], _ order: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    var slots: [Slot] = []
    var isZero = true
    for (place, argument) in arguments.enumerated() {
      guard row.isDifferentiable(operand: place) else {
        slots.append(try leading(argument, in: &list))
        continue
      }
      let slot = try coefficient(argument, order, in: &list)
      isZero = isZero && slot == nil
      slots.append(slot ?? list.appendZeros(shapes[argument]))
    }
    return isZero ? nil : try list.append(row, slots, statics)
  }

  /// Cauchy's product: the sum over all ways to share the order among the operands.
  private mutating func multiply(
    _ row: Primitive, _ arguments: [Int], _ statics: [Int], _ order: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    let moving = arguments.indices.filter {
      row.isDifferentiable(operand: $0) && !isConstant[arguments[$0]]
    }
    guard !moving.isEmpty else { return nil }
    var slots: [Slot] = []
    for argument in arguments { slots.append(try leading(argument, in: &list)) }
    var choices = [(slots, order)]
    for (count, place) in moving.enumerated() {
      var next: [([Slot], Int)] = []
      let isLast = count == moving.count - 1
      for (slots, left) in choices {
        for share in (isLast ? left : 0)...left {
          guard let slot = try coefficient(arguments[place], share, in: &list) else { continue }
          var chosen = slots
          chosen[place] = slot
          next.append((chosen, left - share))
        }
      }
      choices = next
    }
    var terms: [Slot] = []
    for (slots, _) in choices { terms.append(try list.append(row, slots, statics)) }
    return try list.appendSum(terms)
  }

  private mutating func solve(
    _ node: Int, _ row: Primitive, _ arguments: [Int], _ statics: [Int], _ order: Int,
    in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    let o = Operands(
      shapes: arguments.map { shapes[$0] }, resultShape: shapes[node], statics: statics)
    if let equation = row.analytic.equation {
      return try correct(equation, o, node, arguments, order, in: &list)
    }
    var terms: [Slot] = []
    for slope in try slopes(node, row, arguments, o, in: list) {
      if let term = try coefficient(slope, order - 1, in: &list) { terms.append(term) }
    }
    guard let sum = try list.appendSum(terms) else { return nil }
    return order == 1 ? sum : try list.append(.div, [sum, list.appendNumber(Double(order))])
  }

  private func context(
    _ node: Int, _ arguments: [Int], _ statics: [Int], in list: List
  ) -> Composition {
    Composition(
      Operands(
        shapes: arguments.map { shapes[$0] }, resultShape: shapes[node], statics: statics),
      numbers: arguments.map { argument -> Double? in
        switch nodes[argument] {
        case .number(let value): value
        case .given(let value) where value.isReal: list.number(value.base)
        default: nil
        }
      })
  }

  /// The nodes whose sum is the derivative of a node.
  private mutating func slopes(
    _ node: Int, _ row: Primitive, _ arguments: [Int], _ o: Operands, in list: List
  ) throws(ShapeMismatch) -> [Int] {
    if let known = slopes[node] { return known }
    let given = row.analytic.slopes?(context(node, arguments, o.statics, in: list))
    let pushes = given?.map { .bar * $0 } ?? row.pushes(o)
    var found: [Int] = []
    for (place, push) in pushes.enumerated() where !isConstant[arguments[place]] {
      guard let push, row.isDifferentiable(operand: place) else { continue }
      let moved = derivative(arguments[place])
      found.append(try self.node(push, arguments, result: node, bar: moved, in: list))
    }
    slopes[node] = found
    return found
  }

  /// The node of a node's derivative.
  private mutating func derivative(_ node: Int) -> Int {
    if let known = derivatives[node] { return known }
    let found = append(.derivative(node), shapes[node], isConstant: false)
    derivatives[node] = found
    return found
  }

  /// The coefficient that makes an equation's residual vanish to this order.
  private mutating func correct(
    _ equation: AnalyticForm.Equation, _ o: Operands, _ node: Int, _ arguments: [Int],
    _ order: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    var lower: [Slot?] = []
    for index in 0..<order { lower.append(try coefficient(node, index, in: &list)) }
    let base = try leading(node, in: &list)
    let trial = add(Extended(base, Array(lower.dropFirst()) + [nil]), shape: shapes[node])
    isConstant[trial] = false
    let residual = try self.node(
      equation.residual(o), arguments, result: trial, bar: trial, in: list)
    guard let amount = try coefficientAlone(residual, order, in: &list) else { return nil }
    var operands: [Slot] = []
    for argument in arguments { operands.append(try leading(argument, in: &list)) }
    return try list.append(equation.correction(o), operands: operands, result: base, bar: amount)
  }

  /// A coefficient without those below it, where the operations are linear in each operand.
  private mutating func coefficientAlone(
    _ node: Int, _ order: Int, in list: inout List
  ) throws(ShapeMismatch) -> Slot? {
    guard known[node].count <= order,
      case .operation(let row, let arguments, let statics) = nodes[node]
    else { return try coefficient(node, order, in: &list) }
    switch row.linearity {
    case .jointly:
      var slots: [Slot?] = []
      for argument in arguments {
        slots.append(try coefficientAlone(argument, order, in: &list))
      }
      guard slots.contains(where: { $0 != nil }) else { return nil }
      return try list.append(
        row, zip(slots, arguments).map { $0 ?? list.appendZeros(shapes[$1]) }, statics)
    case .separately: return try multiply(row, arguments, statics, order, in: &list)
    default: return try coefficient(node, order, in: &list)
    }
  }
}

extension List {
  /// Appends a sum, nil where there is nothing to add.
  mutating func appendSum(_ terms: [Slot]) throws(ShapeMismatch) -> Slot? {
    guard var sum = terms.first else { return nil }
    for term in terms.dropFirst() { sum = try append(.add, [sum, term]) }
    return sum
  }
}
