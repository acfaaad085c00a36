/// Formulas as entries.
extension Lowering {
  /// Writes the entries of a formula.
  mutating func lower(_ node: Node, in tree: Tree) throws(Refusal) -> Value {
    let span = tree.span(node)
    let expression = tree.expression(node)
    let weight = expression.isCall ? 8 : 1
    nesting += weight
    defer { nesting -= weight }
    guard nesting <= limits.nesting else { throw Refusal(diagnostic: .nestsTooDeep(at: span)) }
    switch expression {
    case .number(let value): return number(value)
    case .string: throw Refusal(diagnostic: .stringInFormula(at: span))
    case .name(let name): return try lowerName(name, at: span)
    case .unary(let sign, let operand): return try lowerUnary(sign, operand, span, tree)
    case .binary(let sign, let a, let b): return try lowerBinary(sign, a, b, span, tree)
    case .call(let callee, let arguments): return try lowerCall(callee, arguments, span, tree)
    case .starredCall(let name, let arguments):
      return try callRows(symbols[name], try evaluate(arguments, in: tree), at: span)
    case .method(let receiver, let name, let arguments):
      return try lowerMethod(receiver, name, arguments, span, tree)
    case .index(let base, let indices): return try lowerIndex(base, indices, span, tree)
    case .tuple(let parts):
      var values: [Value] = []
      for part in tree[parts] { values.append(ofItsOwn(try lower(part, in: tree))) }
      return .tuple(values)
    case .array(let parts): return try lowerArray(node, parts, span, tree)
    case .transpose(let operand):
      let slot = try single(try lower(operand, in: tree), at: span)
      return try append(.transpose, [slot], at: span)
    case .range(let from, let to, let by): return try lowerRange(from, to, by, span, tree)
    case .derivative(let name, _):
      throw Refusal(diagnostic: .functionAsValue(symbols[name], at: span))
    case .named(let name, _):
      throw Refusal(diagnostic: .namedOutsideCall(symbols[name], at: span))
    case .slice: throw Refusal(diagnostic: .sliceAsValue(at: span))
    case .erroneous: throw Refusal(diagnostic: .unreadable(at: span))
    }
  }

  private mutating func lowerName(_ name: Symbol, at span: Span) throws(Refusal) -> Value {
    if let value = find(name) { return value }
    if let constant = Lowering.constants[symbols[name]] { return number(constant) }
    throw Refusal(diagnostic: unknownName(name, at: span))
  }

  /// Names with a value of their own.
  static let constants: [String: Double] = [
    "pi": .pi, "π": .pi, "inf": .infinity, "nan": .nan, "true": 1, "false": 0,
  ]

  private mutating func lowerUnary(
    _ sign: UnaryOperator, _ operand: Node, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    let value = try lower(operand, in: tree)
    let row: Primitive = sign == .minus ? .neg : try row(named: "not", at: span)
    return try elementwise([value], at: span) { lowering, slots throws(Refusal) in
      try lowering.append(row, slots, at: span)
    }
  }

  private mutating func lowerBinary(
    _ sign: BinaryOperator, _ a: Node, _ b: Node, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    if sign == .divide, let written = quotientOfChanges(a, b, tree) {
      throw Refusal(diagnostic: written)
    }
    let left = try lower(a, in: tree)
    let right = try lower(b, in: tree)
    return try apply(sign, left, right, at: span)
  }

  /// Writes `left sign right`; on tuples entry by entry.
  mutating func apply(
    _ sign: BinaryOperator, _ left: Value, _ right: Value, at span: Span
  ) throws(Refusal) -> Value {
    let row: Primitive = sign == .multiply ? .mul : try row(named: sign.rowName, at: span)
    return try elementwise([left, right], at: span) { lowering, slots throws(Refusal) in
      lowering.warnIfBothStretch(slots, row, at: span)
      return try lowering.append(row, slots, at: span)
    }
  }

  /// Applies an operation to entries, and to tuples entry by entry.
  mutating func elementwise(
    _ operands: [Value], at span: Span,
    _ write: (inout Lowering, [Slot]) throws(Refusal) -> Value
  ) throws(Refusal) -> Value {
    var length: Int?
    for case .tuple(let parts) in operands {
      if let length, length != parts.count {
        throw Refusal(diagnostic: .tupleLengths(length, parts.count, at: span))
      }
      length = parts.count
    }
    guard let length else {
      var slots: [Slot] = []
      for operand in operands { slots.append(try single(operand, at: span)) }
      return try write(&self, slots)
    }
    var results: [Value] = []
    for index in 0..<length {
      let parts = operands.map { operand in
        if case .tuple(let parts) = operand { return parts[index] }
        return operand
      }
      results.append(try elementwise(parts, at: span, write))
    }
    return .tuple(results)
  }

  /// A number of a tuple at the top level as an input of its own, as a name's value is: numbers as
  /// they are written are one entry for all that are alike, so that no slope is that of one alone.
  mutating func ofItsOwn(_ value: Value) -> Value {
    guard scope == 0, depth == 0, case .slot(let slot, 0) = value,
      let own = list.appendOwn(slot, isInput: true)
    else { return value }
    return .slot(own, depth: 0)
  }

  /// Warns where stretching makes something larger than both operands, which have different ranks.
  mutating func warnIfBothStretch(_ slots: [Slot], _ row: Primitive, at span: Span) {
    guard row.isElementwise, slots.count == 2 else { return }
    // Places are counted on purpose: `argmax(A, axis = 1, keepdims = 1) == range(0, 3, 1)`.
    guard !slots.contains(where: { list.primitive($0) == .range }) else { return }
    let (a, b) = (list.shape(slots[0]), list.shape(slots[1]))
    guard !a.isScalar, !b.isScalar, a.rank != b.rank, let result = a.broadcast(b), result != a,
      result != b
    else { return }
    warnings.append(.bothStretched(a, b, result, names: slots.map { displayName($0) }, at: span))
  }

  /// How a message calls an entry.
  func displayName(_ slot: Slot) -> String? {
    list.name(slot).map { symbols[$0] }
  }

  /// The row with a name that the language itself needs.
  func row(named name: String, at span: Span) throws(Refusal) -> Primitive {
    guard let row = Catalogue.rows(spelled: name).first else {
      throw Refusal(diagnostic: .unknownOperation(name, suggestion: nil, at: span))
    }
    return row
  }

  /// Writes an array: its elements become one more axis.
  private mutating func lowerArray(
    _ node: Node, _ parts: Nodes, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    if let literal = tree.literal(node) {
      list.span = span
      return .slot(
        list.appendData(literal.elements, shape: Shape(literal.extents), isInput: false),
        depth: depth)
    }
    guard !parts.isEmpty else {
      return .slot(list.appendData([], shape: Shape([0]), isInput: false), depth: depth)
    }
    var slots: [Slot] = []
    for part in tree[parts] {
      slots.append(try single(try lower(part, in: tree), at: tree.span(part)))
    }
    return try append(try row(named: "stack", at: span), slots, [0], at: span)
  }

  /// A range as a vector; its length must be known.
  private mutating func lowerRange(
    _ from: Node, _ to: Node, _ by: Node?, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    let start = try staticNumber(from, in: tree)
    let end = try staticNumber(to, in: tree)
    let step = try by.map { node throws(Refusal) in try staticNumber(node, in: tree) } ?? 1
    guard let count = Lowering.turns(from: start, to: end, by: step) else {
      throw Refusal(diagnostic: .badRange(start, end, step, at: span))
    }
    // The list holds them, and the run copies them.
    guard count <= limits.memory / 32 else {
      throw Refusal(diagnostic: .tooLarge(count, limit: limits.memory, at: span))
    }
    let elements = (0..<count).map { start + Double($0) * step }
    list.span = span
    return .slot(
      list.appendData(elements, shape: Shape([count]), isInput: false), depth: depth)
  }

  /// How many numbers a range holds, both ends among them; within rounding for steps such as 0.1.
  static func turns(from start: Double, to end: Double, by step: Double) -> Int? {
    guard step != 0, start.isFinite, end.isFinite, step.isFinite else { return nil }
    let count = ((end - start) / step + 1e-9).rounded(.down) + 1
    return count <= 0 ? 0 : Int(exactly: count)
  }
}

extension Expression {
  /// Whether writing it takes the stack of a call.
  fileprivate var isCall: Bool {
    switch self {
    case .call, .starredCall, .method: true
    default: false
    }
  }
}

extension BinaryOperator {
  /// The row that the operator stands for.
  var rowName: String {
    switch self {
    case .add: "add"
    case .subtract: "sub"
    case .multiply: "mul"
    case .divide: "div"
    case .remainder: "mod"
    case .matrix: "matmul"
    case .power: "pow"
    case .less: "less"
    case .greater: "greater"
    case .lessEqual: "lessEqual"
    case .greaterEqual: "greaterEqual"
    case .equal: "equal"
    case .notEqual: "notEqual"
    case .and: "and"
    case .or: "or"
    }
  }
}

extension Tree {
  /// The elements and extents of an array that is written in numbers alone.
  func literal(_ node: Node) -> (elements: [Double], extents: [Int])? {
    switch expression(node) {
    case .number(let value): return ([value], [])
    case .unary(.minus, let operand):
      guard let inner = literal(operand), inner.extents.isEmpty else { return nil }
      return ([-inner.elements[0]], [])
    case .array(let parts):
      guard !parts.isEmpty else { return nil }
      var elements: [Double] = []
      var extents: [Int]?
      for part in self[parts] {
        guard let inner = literal(part), extents == nil || extents == inner.extents else {
          return nil
        }
        elements += inner.elements
        extents = inner.extents
      }
      return (elements, [parts.count] + (extents ?? []))
    default: return nil
    }
  }
}
