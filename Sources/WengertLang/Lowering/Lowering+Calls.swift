/// What stands between the brackets of a call.
struct Arguments {
  struct Named {
    var name: Symbol
    var node: Node
    var span: Span
  }
  var nodes: [Node] = []
  var named: [Named] = []
  let tree: Tree
  /// Values that are there already: the receiver of `a.op(b)`, a subscript.
  var leading: [Value] = []

  /// How many arguments stand without a name.
  var count: Int { leading.count + nodes.count }
}

/// Calls: of the table's rows, of functions, of the language's own words.
extension Lowering {
  /// Sorts the arguments of a call; nothing is written yet.
  func evaluate(_ nodes: Nodes, in tree: Tree) throws(Refusal) -> Arguments {
    var arguments = Arguments(tree: tree)
    for node in tree[nodes] {
      if case .named(let name, let value) = tree.expression(node) {
        arguments.named.append(.init(name: name, node: value, span: tree.span(node)))
      } else {
        arguments.nodes.append(node)
      }
    }
    return arguments
  }

  mutating func lowerCall(
    _ callee: Node, _ nodes: Nodes, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    if case .name(let name) = tree.expression(callee),
      let value = try lowerPlainCall(name, nodes, span, tree)
    {
      return value
    }
    let arguments = try evaluate(nodes, in: tree)
    switch tree.expression(callee) {
    case .name(let name):
      return try call(name, arguments, at: span, calleeSpan: tree.span(callee))
    case .derivative, .call:
      let function = try function(callee, in: tree)
      return try call(function, arguments, at: span)
    default: throw Refusal(diagnostic: .notCallable(at: tree.span(callee)))
    }
  }

  /// The call of a row with numbers for its one or two operands, the most frequent line of long lists.
  ///
  /// - Returns: nil where the call is anything else; nothing is written then.
  private mutating func lowerPlainCall(
    _ name: Symbol, _ nodes: Nodes, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value? {
    guard nodes.count <= 2, scopes.count == 1,
      scopes[0].functions.isEmpty || findFunction(name).isRow
    else { return nil }
    guard let row = rows(spelled: name).first, row.isPlain, row.arguments.count == nodes.count
    else {
      return nil
    }
    guard let a = scalar(nodes, 0, tree), let b = nodes.count == 1 ? a : scalar(nodes, 1, tree)
    else { return nil }
    return try append(row, nodes.count == 1 ? [a] : [a, b], at: span)
  }

  /// The slot of an argument that is the name of a number in this list.
  private func scalar(_ nodes: Nodes, _ index: Int, _ tree: Tree) -> Slot? {
    guard case .name(let name) = tree.expression(tree.node(nodes, index)),
      case .slot(let slot, depth)? = find(name), list[slot].shape == 0
    else { return nil }
    return slot
  }

  mutating func lowerMethod(
    _ receiver: Node, _ name: Symbol, _ nodes: Nodes, _ span: Span, _ tree: Tree
  ) throws(Refusal) -> Value {
    var arguments = try evaluate(nodes, in: tree)
    arguments.leading = [try lower(receiver, in: tree)]
    return try call(name, arguments, at: span, calleeSpan: span)
  }

  /// A call by name: a function of the program, a word of the language, a row of the table.
  private mutating func call(
    _ name: Symbol, _ arguments: Arguments, at span: Span, calleeSpan: Span
  ) throws(Refusal) -> Value {
    let spelling = symbols[name]
    if let function = findFunction(name) {
      if case .defined = function { return try call(function, arguments, at: span) }
      if case .gradient = function { return try call(function, arguments, at: span) }
      if case .derivative = function { return try call(function, arguments, at: span) }
      if case .rows(let other) = function, other != spelling {
        return try callRows(other, arguments, at: span)
      }
    }
    if let form = Form.all[spelling] { return try form.write(&self, arguments, span) }
    if !Catalogue.rows(spelled: spelling).isEmpty {
      return try callRows(spelling, arguments, at: span)
    }
    if let subscripted = try callSubscripted(spelling, arguments, at: span) { return subscripted }
    throw Refusal(diagnostic: unknownOperation(spelling, at: calleeSpan))
  }

  /// `crossEnt_Y(P)` is `crossEnt(Y, P)`.
  private mutating func callSubscripted(
    _ spelling: String, _ arguments: Arguments, at span: Span
  ) throws(Refusal) -> Value? {
    guard let split = spelling.firstIndex(of: "_") else { return nil }
    let name = String(spelling[..<split])
    guard Catalogue.rows(spelled: name).contains(where: \.takesSubscript) else { return nil }
    let parameter = String(spelling[spelling.index(after: split)...])
    guard let symbol = symbols.find(parameter), let value = find(symbol) else {
      throw Refusal(diagnostic: .unknownSubscript(parameter, of: name, at: span))
    }
    var all = arguments
    all.leading.insert(value, at: 0)
    return try callRows(name, all, at: span)
  }

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
    var operands: [Value] = []
    var statics: [Int] = []
    var place = 0
    var used: Set<Symbol> = []
    for argument in row.arguments {
      let named = symbols.find(argument.name).flatMap { symbol in
        arguments.named.first { $0.name == symbol }
      }
      if let named { used.insert(named.name) }
      switch argument.kind {
      case .operand:
        if let named {
          operands.append(try lower(named.node, in: arguments.tree))
        } else {
          guard place < arguments.count else {
            throw Refusal(diagnostic: .wrongCount(row, spelling, arguments.count, at: span))
          }
          operands.append(try value(place, of: arguments, &lowered))
          place += 1
        }
      case .operands:
        while place < arguments.count {
          let value = try value(place, of: arguments, &lowered)
          if case .tuple(let parts) = value { operands += parts } else { operands.append(value) }
          place += 1
        }
        guard !operands.isEmpty else {
          throw Refusal(diagnostic: .wrongCount(row, spelling, 0, at: span))
        }
      case .axis, .flag, .integer:
        statics.append(
          try parameter(argument, named?.node, arguments, &place, row: row, at: span))
      case .slices:
        throw Refusal(diagnostic: .wrongCount(row, spelling, arguments.count, at: span))
      case .shape:
        statics += try extents(named?.node, arguments, &place, row: row, at: span)
      }
    }
    if let unknown = arguments.named.first(where: { !used.contains($0.name) }) {
      throw Refusal(diagnostic: unknownOption(unknown, row))
    }
    guard place >= arguments.count else {
      throw Refusal(diagnostic: .wrongCount(row, spelling, arguments.count, at: span))
    }
    return try elementwise(operands, at: span) { lowering, slots throws(Refusal) in
      if row.forArrays != nil, slots.count == 2, spelling == "mul",
        !slots.contains(where: { lowering.list.shape($0).isScalar })
      {
        throw Refusal(diagnostic: .wrongCount(row, spelling, 2, at: span))
      }
      lowering.warnIfBothStretch(slots, row, at: span)
      return try lowering.append(row, slots, statics, at: span)
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
    if let named { return try staticInteger(named, in: arguments.tree) }
    if place < arguments.count, place >= arguments.leading.count {
      place += 1
      return try staticInteger(
        arguments.nodes[place - 1 - arguments.leading.count], in: arguments.tree)
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
      throw Refusal(diagnostic: .tooLarge(Shape(extents).checkedCount ?? Int.max, at: span))
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

extension Function? {
  /// Whether it is a row of the table rather than a function of the program.
  fileprivate var isRow: Bool {
    if case .rows? = self { true } else { false }
  }
}

extension Primitive {
  /// Whether it works element by element on one or two operands and takes no parameters.
  fileprivate var isPlain: Bool {
    switch kernel {
    case .map, .zip: true
    default: false
    }
  }

  /// Whether a call with that many arguments without names may mean this row.
  func accepts(_ count: Int) -> Bool {
    var least = 0
    var most = 0
    for argument in arguments {
      switch argument.kind {
      case .operand:
        least += 1
        most += 1
      case .operands, .shape:
        least += 1
        most = 1_000_000
      case .integer(let standard):
        least += standard == nil ? 1 : 0
        most += 1
      case .axis, .flag: most += 1
      case .slices: return false
      }
    }
    return count <= most && count + arguments.count >= least
  }
}
