/// Nodes as enums with their parts.
extension Tree {
  /// Reads a formula.
  func expression(_ node: Node) -> Expression {
    let record = records[Int(node.index)]
    switch record.kind {
    case .number: return .number(numbers[Int(record.a)])
    case .string: return .string(strings[Int(record.a)])
    case .name: return .name(Symbol(index: record.a))
    case .call: return .call(callee: Node(index: record.a), arguments: list(of: record))
    case .starredCall: return .starredCall(Symbol(index: record.a), arguments: list(of: record))
    case .index: return .index(base: Node(index: record.a), indices: list(of: record))
    case .method:
      let name = Symbol(index: children[Int(record.b)])
      return .method(
        receiver: Node(index: record.a), name, arguments: counted(at: record.b + 1))
    case .tuple: return .tuple(Nodes(start: record.a, end: record.b))
    case .array: return .array(Nodes(start: record.a, end: record.b))
    case .transpose: return .transpose(Node(index: record.a))
    case .named: return .named(Symbol(index: record.a), Node(index: record.b))
    case .derivative: return .derivative(Symbol(index: record.a), order: Int(record.b))
    case .unary:
      let sign = UnaryOperator(rawValue: record.detail) ?? .minus
      return .unary(sign, Node(index: record.a))
    case .binary:
      let sign = BinaryOperator(rawValue: record.detail) ?? .add
      return .binary(sign, Node(index: record.a), Node(index: record.b))
    case .range, .slice: return rangeOrSlice(record)
    default: return .erroneous
    }
  }

  /// Ranges and slices keep `to` in `b`; with a step, `b` is the place of `to` and the step.
  private func rangeOrSlice(_ record: Record) -> Expression {
    let hasStep = record.detail == 1
    let to = optional(hasStep ? children[Int(record.b)] : record.b)
    let by = hasStep ? optional(children[Int(record.b) + 1]) : nil
    let from = optional(record.a)
    guard record.kind == .range else { return .slice(from: from, to: to, by: by) }
    guard let from, let to else { return .erroneous }
    return .range(from: from, to: to, by: by)
  }

  /// Reads a statement.
  func statement(_ node: Node) -> Statement {
    if let plain = plain(node) { return .plain(plain) }
    let record = records[Int(node.index)]
    switch record.kind {
    case .bind: return binding(record)
    case .update:
      let sign = BinaryOperator(rawValue: record.detail) ?? .add
      return .update(target: Node(index: record.a), sign, value: Node(index: record.b))
    case .bare: return .bare(Node(index: record.a))
    case .function: return function(record)
    case .forLoop:
      let names = counted(at: record.b)
      let over = counted(at: names.end)
      return .forLoop(names: names, over: over, body: Node(index: record.a))
    case .repeatLoop:
      return .repeatLoop(count: Node(index: record.a), body: Node(index: record.b))
    case .whileLoop:
      return .whileLoop(condition: Node(index: record.a), body: Node(index: record.b))
    case .ifElse:
      return .ifElse(
        condition: Node(index: record.a), then: Node(index: children[Int(record.b)]),
        otherwise: optional(children[Int(record.b) + 1]))
    case .block: return .block(Nodes(start: record.a, end: record.b))
    case .returns: return .returns(Nodes(start: record.a, end: record.b))
    case .prints: return .prints(Nodes(start: record.a, end: record.b))
    case .inputs: return inputs(record)
    case .rule: return rule(record)
    case .minimize: return minimize(record)
    case .command: return command(record)
    default: return .erroneous
    }
  }

  /// The name and the formula of `name = formula`, which most statements are; nil for any other.
  func simpleBinding(_ node: Node) -> (target: Node, value: Node)? {
    guard node.index >= 0 else { return nil }
    let record = records[Int(node.index)]
    guard record.kind == .bind, record.detail == 1 else { return nil }
    let place = Int(record.a)
    return (Node(index: children[place]), Node(index: children[place + 1]))
  }

  /// The node at a place of a list, without making an array of the list.
  subscript(_ nodes: Nodes, _ position: Int) -> Node {
    Node(index: children[Int(nodes.start) + position])
  }

  // MARK: Lists

  func optional(_ index: Int32) -> Node? { index < 0 ? nil : Node(index: index) }

  /// The list in field `b`.
  private func list(of record: Record) -> Nodes {
    if record.detail == 255 { return counted(at: record.b) }
    return Nodes(start: record.b, end: record.b + Int32(record.detail))
  }

  /// A list that has its length before it.
  func counted(at place: Int32) -> Nodes {
    Nodes(start: place + 1, end: place + 1 + children[Int(place)])
  }
}
