/// Calls of the table's rows: operands and static parameters.
extension Lowering {
  /// A call of the table: the first row of that spelling whose arguments and shapes fit.
  mutating func callRows(
    _ spelling: String, _ arguments: Arguments, at span: Span
  ) throws(Refusal) -> Value {
    var refusal: Refusal?
    var lowered: [Int: Value] = [:]
    for row in Catalogue.rows(spelled: spelling) {
      guard row.accepts(arguments.count) else {
        refusal =
          refusal ?? Refusal(diagnostic: .wrongCount(row, spelling, arguments.count, at: span))
        continue
      }
      do {
        return try call(row, spelling, arguments, &lowered, at: span)
      } catch {
        if error.asksForTurns { throw error }
        refusal = error
      }
    }
    throw refusal ?? Refusal(diagnostic: unknownOperation(spelling, at: span))
  }

  private mutating func call(
    _ row: Primitive, _ spelling: String, _ arguments: Arguments, _ lowered: inout [Int: Value],
    at span: Span
  ) throws(Refusal) -> Value {
    var reading = Reading(row: row, spelling: spelling, arguments: arguments, span: span)
    for argument in row.arguments { try read(argument, &reading, &lowered) }
    if let unknown = arguments.named.first(where: { !reading.used.contains($0.name) }) {
      throw Refusal(diagnostic: unknownOption(unknown, row))
    }
    guard reading.place >= arguments.count else { throw reading.refusal }
    let (statics, refusal) = (reading.statics, reading.refusal)
    let isShared = Catalogue.rows(spelled: spelling).count > 1
    return try elementwise(reading.operands, at: span) { lowering, slots throws(Refusal) in
      // Of several rows with one spelling, the one that has another for arrays is not for them.
      if isShared, row.forArrays != nil,
        !slots.contains(where: { lowering.list.shape($0).isScalar })
      {
        throw refusal
      }
      lowering.warnIfBothStretch(slots, row, at: span)
      return try lowering.append(row, slots, statics, at: span)
    }
  }

  /// Arguments on their way to the operands and parameters of a row.
  private struct Reading {
    let row: Primitive
    let spelling: String
    let arguments: Arguments
    let span: Span
    var operands: [Value] = []
    var statics: [Int] = []
    /// How many of the arguments without names are taken.
    var place = 0
    /// The names that were taken.
    var used: Set<Symbol> = []

    /// Why the arguments do not fit.
    var refusal: Refusal {
      Refusal(diagnostic: .wrongCount(row, spelling, arguments.count, at: span))
    }
  }

  /// Takes what one argument of a row needs.
  private mutating func read(
    _ argument: Argument, _ reading: inout Reading, _ lowered: inout [Int: Value]
  ) throws(Refusal) {
    let arguments = reading.arguments
    let named = symbols.find(argument.name).flatMap { symbol in
      arguments.named.first { $0.name == symbol }
    }
    if let named { reading.used.insert(named.name) }
    switch argument.kind {
    case .operand:
      if let named {
        return reading.operands.append(try lower(named.node, in: arguments.tree))
      }
      guard reading.place < arguments.count else { throw reading.refusal }
      reading.operands.append(try value(reading.place, of: arguments, &lowered))
      reading.place += 1
    case .operands:
      while reading.place < arguments.count {
        let value = try value(reading.place, of: arguments, &lowered)
        if case .tuple(let parts) = value {
          reading.operands += parts
        } else {
          reading.operands.append(value)
        }
        reading.place += 1
      }
      guard !reading.operands.isEmpty else { throw reading.refusal }
    case .axis, .flag, .integer:
      reading.statics.append(
        try parameter(
          argument, named?.node, arguments, &reading.place, row: reading.row, at: reading.span))
    case .slices: throw reading.refusal
    case .shape:
      reading.statics += try extents(
        named?.node, arguments, &reading.place, row: reading.row, at: reading.span)
    }
  }

  /// The value of an argument; written once although several rows may be tried.
  mutating func value(
    _ place: Int, of arguments: Arguments, _ lowered: inout [Int: Value]
  ) throws(Refusal) -> Value {
    if place < arguments.leading.count { return arguments.leading[place] }
    if let known = lowered[place] { return known }
    let value = try lower(arguments.nodes[place - arguments.leading.count], in: arguments.tree)
    lowered[place] = value
    return value
  }

  private mutating func parameter(
    _ argument: Argument, _ named: Node?, _ arguments: Arguments, _ place: inout Int,
    row: Primitive, at span: Span
  ) throws(Refusal) -> Int {
    var node = named
    if node == nil, place < arguments.count, place >= arguments.leading.count {
      node = arguments.nodes[place - arguments.leading.count]
      place += 1
    }
    if let node {
      if case .flag = argument.kind {
        return try flag(node, argument.name, in: arguments.tree) ? 1 : 0
      }
      let number = try staticInteger(node, in: arguments.tree)
      // The least number stands for an axis that was left out.
      if case .axis = argument.kind { return max(number, Argument.noAxis + 1) }
      return number
    }
    switch argument.kind {
    case .axis: return Argument.noAxis
    case .integer(let standard):
      guard let standard else {
        throw Refusal(diagnostic: .wrongCount(row, row.name, arguments.count, at: span))
      }
      return standard
    default: return 0
    }
  }

  /// A choice that is known when the statement is written: 0 or 1, `false` or `true`.
  mutating func flag(_ node: Node, _ name: String, in tree: Tree) throws(Refusal) -> Bool {
    let number = try staticNumber(node, in: tree)
    guard number == 0 || number == 1 else {
      throw Refusal(diagnostic: .flagNeeded(name, number, at: tree.span(node)))
    }
    return number == 1
  }

  /// Extents given as `[2, 3]`, as `(2, 3)`, or one by one.
  private mutating func extents(
    _ named: Node?, _ arguments: Arguments, _ place: inout Int, row: Primitive, at span: Span
  ) throws(Refusal) -> [Int] {
    var nodes: [Node] = named.map { [$0] } ?? []
    let onlyOperandsFollow = row.arguments.last.map {
      if case .shape = $0.kind { true } else { false }
    }
    if named == nil {
      let rest = arguments.nodes.dropFirst(max(0, place - arguments.leading.count))
      nodes = Array(onlyOperandsFollow == true ? rest : rest.prefix(1))
      place += nodes.count
    }
    var extents: [Int] = []
    for node in nodes { extents += try self.extents(node, in: arguments.tree) }
    return try checked(extents, at: span)
  }

  /// Extents that an array can have.
  func checked(_ extents: [Int], at span: Span) throws(Refusal) -> [Int] {
    if let negative = extents.first(where: { $0 < 0 }) {
      throw Refusal(diagnostic: .negativeExtent(negative, at: span))
    }
    guard let count = Shape(extents).checkedCount, count <= limits.memory / 8 else {
      throw Refusal(
        diagnostic: .tooLarge(
          Shape(extents).checkedCount ?? Int.max, limit: limits.memory, at: span))
    }
    return extents
  }

  /// Extents in one formula: a list, a tuple, or a number.
  mutating func extents(_ node: Node, in tree: Tree) throws(Refusal) -> [Int] {
    switch tree.expression(node) {
    case .array(let parts), .tuple(let parts):
      var extents: [Int] = []
      for part in tree[parts] { extents.append(try staticInteger(part, in: tree)) }
      return extents
    default: return [try staticInteger(node, in: tree)]
    }
  }
}

extension Primitive {
  /// Whether a call with that many arguments without names may mean this row.
  func accepts(_ count: Int) -> Bool {
    // Parts of arrays are not written as calls.
    for argument in arguments {
      if case .slices = argument.kind { return false }
    }
    let counts = argumentCounts
    return count <= counts.most ?? Int.max && count + arguments.count >= counts.least
  }

  /// How many arguments a call needs, and how many it takes; nil where there is no end.
  var argumentCounts: (least: Int, most: Int?) {
    var (least, most) = (0, arguments.count)
    var isOpen = false
    for argument in arguments {
      switch argument.kind {
      case .operand: least += 1
      case .operands, .shape:
        least += 1
        isOpen = true
      case .integer(let standard): least += standard == nil ? 1 : 0
      case .axis, .flag, .slices: break
      }
    }
    if isOpen { most = least }
    return (least, isOpen ? nil : most)
  }
}
