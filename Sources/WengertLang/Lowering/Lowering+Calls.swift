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

  /// The call of a row with numbers for its one or two operands, the most frequent line of long
  /// lists.
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
      if case .derived = function { return try call(function, arguments, at: span) }
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
}

extension Function? {
  /// Whether it is a row of the table rather than a function of the program.
  fileprivate var isRow: Bool {
    if case .rows? = self { true } else { false }
  }
}

extension Primitive {
  /// Whether it works element by element on one or two operands and takes no parameters.
  var isPlain: Bool {
    switch kernel {
    case .map, .zip: true
    default: false
    }
  }
}
