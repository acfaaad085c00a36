/// Statements as entries and bindings.
extension Lowering {
  /// Writes one statement.
  mutating func lower(statement node: Node, in tree: Tree) throws(Refusal) {
    let span = tree.span(node)
    let (here, before) = (depth, frames[depth].statementStart)
    frames[here].statementStart = list.count
    defer { if here < frames.count { frames[here].statementStart = before } }
    switch tree.statement(node) {
    case .plain(let plain):
      if write(plain, file: tree.file) { return }
      let (written, binding) = tree.written(plain, symbols)
      try lower(statement: binding, in: written)
    case .bind(let targets, let values): try lowerBinding(targets, values, span, tree)
    case .update(let target, let sign, let value):
      let old = try lower(target, in: tree)
      let new = try lower(value, in: tree)
      try assign(target, try apply(sign, old, new, at: span), in: tree)
    case .bare(let formula): try lowerBare(formula, span, tree)
    case .function(let name, let nameSpan, let parameters, let body):
      try define(name, nameSpan, tree[parameters], body, tree)
    case .forLoop(let names, let over, let body):
      noteDerivations(of: node, in: tree)
      try lowerFor(tree[names], tree[over], body, span, tree)
    case .repeatLoop(let count, let body):
      noteDerivations(of: node, in: tree)
      try lowerRepeat(count, body, span, tree)
    case .whileLoop(let condition, let body):
      noteDerivations(of: node, in: tree)
      try lowerWhile(condition, body, span, tree)
    case .ifElse(let condition, let then, let otherwise):
      noteDerivations(of: node, in: tree)
      try lowerIf(condition, then, otherwise, span, tree)
    case .block(let statements):
      try lower(statements: statements, in: tree)
    case .returns:
      throw Refusal(
        diagnostic: callDepth == 0
          ? .returnOutside(at: span) : .returnEarly("inside of a block", at: span))
    case .prints(let items): try lowerPrint(tree[items], span, tree)
    case .inputs(let inputs): try lowerInputs(inputs, span, tree)
    case .rule(let rule): try defineRule(rule, span, tree)
    case .minimize(let parts): try minimize(parts, span, tree)
    case .command(let command):
      throw Refusal(diagnostic: .commandInside(symbols[command.word], at: command.wordSpan))
    case .erroneous: throw Refusal(diagnostic: .unreadable(at: span))
    }
  }

  /// Writes the statements of a block.
  mutating func lower(block node: Node, in tree: Tree) throws(Refusal) {
    guard case .block(let statements) = tree.statement(node) else {
      return try lower(statement: node, in: tree)
    }
    try lower(statements: statements, in: tree)
  }

  private mutating func lower(statements: Nodes, in tree: Tree) throws(Refusal) {
    var next = 0
    while next < statements.count {
      let written = writePlains(next..<statements.count, in: tree) { tree.node(statements, $0) }
      next += written
      guard written == 0 else { continue }
      try lower(statement: tree.node(statements, next), in: tree)
      next += 1
    }
  }

  private mutating func lowerBinding(
    _ targets: [Nodes], _ nodes: Nodes, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    let formulas = tree[nodes]
    // All right sides are computed first; what reads no name is an input, under its first name.
    let first = targets.first.flatMap { $0.count == formulas.count ? $0 : nil }
    var (values, inputs): ([Value], [Int: Input]) = ([], [:])
    for (place, formula) in formulas.enumerated() {
      if let first, let input = try makeInput(tree[first, place], formula, tree) {
        guard targets.count > 1 || formulas.count > 1 else { return bind(input) }
        inputs[place] = input
        values.append(.slot(input.slot, depth: 0))
        continue
      }
      target = callTarget(targets, formula, formulas.count, tree)
      let value = try lower(formula, in: tree)
      target = nil
      values.append(
        apart(
          value, from: formula, for: first.map { tree[$0, place] },
          isUnpacked: formulas.count == 1 && targets.contains { $0.count > 1 }, tree))
    }
    for (number, group) in targets.enumerated() {
      let names = tree[group]
      var given = values
      if names.count > 1, values.count == 1, case .tuple(let parts) = values[0] { given = parts }
      guard names.count == given.count else {
        throw Refusal(diagnostic: .targetCount(names.count, given.count, at: span))
      }
      for place in names.indices {
        if number == 0, let input = inputs[place] {
          bind(input)
          continue
        }
        try assign(names[place], given[place], in: tree)
        if targets.count > 1 { addAlias(names[place], given[place], tree) }
      }
    }
  }

  /// Gives an entry that has a name already one more: `v2 = Y1 = sigma(v1)`.
  private mutating func addAlias(_ target: Node, _ value: Value, _ tree: Tree) {
    guard case .name(let name) = tree.expression(target), scopes[scope].prefix.isEmpty,
      case .slot(let slot, depth) = value, let first = list.name(slot), first != name
    else { return }
    list.addAlias(slot, name)
  }

  /// The name that the entries of a call are called after.
  private func callTarget(
    _ targets: [Nodes], _ formula: Node, _ count: Int, _ tree: Tree
  ) -> Symbol? {
    guard count == 1, case .call = tree.expression(formula), let group = targets.last,
      let node = tree[group].first, case .name(let name) = tree.expression(node)
    else { return nil }
    return name
  }

  /// An input of the program, and whether its name has yet to be bound to it.
  private struct Input {
    let name: Symbol
    let span: Span
    let slot: Slot
    let isNew: Bool
  }

  private mutating func bind(_ input: Input) {
    if input.isNew { bind(input.name, .slot(input.slot, depth: 0), at: input.span) }
  }

  /// Computes a formula that reads no name, once: it is an input of the program.
  ///
  /// - Returns: nil where the formula reads names, or we are inside of a body or function.
  private mutating func makeInput(
    _ target: Node, _ formula: Node, _ tree: Tree
  ) throws(Refusal) -> Input? {
    guard scope == 0, depth == 0, case .name(let name) = tree.expression(target),
      symbols[name] != "_"
    else { return nil }
    let span = tree.span(target)
    let open = openInput(name)
    var elements: [Double]
    var shape: Shape
    if let given = presets.removeValue(forKey: name) {
      // The draws behind it stay the same.
      if draws(formula, tree) { _ = try compute(formula, in: tree) }
      (elements, shape) = (given.elements, given.shape)
      if let text = given.formula { presetPlaces.append((tree.span(formula), text)) }
    } else if let literal = tree.literal(formula) {
      (elements, shape) = (literal.elements, Shape(literal.extents))
    } else if !readsNames(formula, tree) {
      guard let value = try compute(formula, in: tree) else { return nil }
      (elements, shape) = value
    } else if open != nil {
      let slot = try single(try lower(formula, in: tree), at: span)
      try flush()
      guard let view = values.view(slot, in: program) else { return nil }
      (elements, shape) = (view.array, view.shape)
    } else {
      return nil
    }
    if let open {
      guard program.shape(open) == shape else {
        throw Refusal(
          diagnostic: .inputShape(symbols[name], program.shape(open), shape, at: span))
      }
      list.setInput(open, elements)
      openInputs.remove(open)
      values.truncate(to: open.place)
      return Input(name: name, span: span, slot: open, isNew: false)
    }
    list.span = span
    let slot = list.appendData(elements, shape: shape, isInput: true)
    list.setName(slot, name)
    return Input(name: name, span: span, slot: slot, isNew: true)
  }

  /// The input without a value that a name stands for.
  func openInput(_ name: Symbol) -> Slot? {
    guard case .slot(let slot, 0)? = scopes[0].value(name), program[slot].code == Code.input,
      program.elements(slot) == nil
    else { return nil }
    return slot
  }

  /// The value of a formula that reads no name; nil for a tuple.
  mutating func compute(
    _ formula: Node, in tree: Tree
  ) throws(Refusal) -> (elements: [Double], shape: Shape)? {
    frames.append(Frame(.value))
    defer { frames.removeLast() }
    let before = stream
    guard case .slot(let slot, _) = try lower(formula, in: tree) else {
      // It is written again as it is, with the same draws.
      stream = before
      return nil
    }
    return try valueNow(slot)
  }

  /// Runs the innermost list, which reads nothing from outside, for one of its values.
  private func valueNow(_ slot: Slot) throws(Refusal) -> (elements: [Double], shape: Shape)? {
    var values = Values()
    let list = self.list
    // A number or a file's contents need no run.
    let isData = list[slot].code == Code.number || list[slot].code == Code.input
    if list.count == 1, isData, let array = list.array(slot) { return (array, list.shape(slot)) }
    do {
      try values.extend(to: list, limit: limits.memory)
      var planner = Planner(
        list, pointers: values.pointers,
        memory: Memory(limit: limits.memory, besides: values.bytes))
      try Runner(output: outlet.take).run(try planner.make())
    } catch {
      throw Refusal(diagnostic: .fault(error, in: self))
    }
    return values.view(slot, in: list).map { ($0.array, $0.shape) }
  }

  /// Whether a formula reads a name's value or calls a function of the program.
  func readsNames(_ node: Node, _ tree: Tree) -> Bool {
    switch tree.expression(node) {
    case .number, .string, .erroneous: return false
    case .name(let name): return find(name) != nil || Lowering.constants[symbols[name]] == nil
    case .unary(_, let operand), .transpose(let operand), .named(_, let operand):
      return readsNames(operand, tree)
    case .binary(_, let a, let b): return readsNames(a, tree) || readsNames(b, tree)
    case .call(let callee, let arguments):
      guard case .name(let name) = tree.expression(callee), isKnown(name) else { return true }
      return tree[arguments].contains { readsNames($0, tree) }
    case .starredCall(_, let arguments), .tuple(let arguments), .array(let arguments):
      return tree[arguments].contains { readsNames($0, tree) }
    case .method(let receiver, let name, let arguments):
      guard case .rows? = findFunction(name) else { return true }
      return readsNames(receiver, tree) || tree[arguments].contains { readsNames($0, tree) }
    case .index(let base, let indices):
      return readsNames(base, tree) || tree[indices].contains { readsNames($0, tree) }
    case .slice(let from, let to, let by):
      return [from, to, by].contains { $0.map { readsNames($0, tree) } ?? false }
    case .range(let from, let to, let by):
      return [from, to, by].contains { $0.map { readsNames($0, tree) } ?? false }
    case .derivative: return true
    }
  }

  /// Whether a name before `(` is a row of the table, or a word that depends on its arguments only.
  private func isKnown(_ name: Symbol) -> Bool {
    switch findFunction(name) {
    case .rows?: true
    case nil: Form.all[symbols[name]]?.readsNoNames ?? false
    default: false
    }
  }

  /// Binds a name and lets its entry be called so.
  mutating func bindEntry(_ name: Symbol, _ value: Value, at span: Span) {
    guard symbols.length(name) > 1 || symbols[name] != "_" else { return }
    var value = ofItsOwn(value, for: name, at: span)
    if case .slot(let slot, 0) = value, scope == 0, depth == 0, let own = list.appendOwn(slot) {
      // A name of the program has an entry of its own; written numbers share theirs.
      value = .slot(own, depth: 0)
    }
    if case .slot(let slot, let from) = value, from == depth, list.name(slot) == nil,
      scope == 0 || list.number(slot) == nil
    {
      let prefix = scopes[scope].prefix
      list.setName(slot, prefix.isEmpty ? name : symbols.intern(prefix + symbols[name]))
    }
    bind(name, value, at: span)
  }

  /// A formula on its own is printed, at top level.
  private mutating func lowerBare(_ formula: Node, _ span: Span, _ tree: Tree) throws(Refusal) {
    if case .call(let callee, _) = tree.expression(formula),
      case .name(let name) = tree.expression(callee), case .defined? = findFunction(name)
    {
      callIsStatement = true
    }
    if case .method(let receiver, let word, _) = tree.expression(formula),
      symbols[word] == Form.append.name, case .name(let name) = tree.expression(receiver)
    {
      warnings.append(.appendAlone(symbols[name], at: span))
    }
    let value = try lower(formula, in: tree)
    callIsStatement = false
    guard scope == 0, depth == 0, !value.leaves.isEmpty else { return }
    var operands: [Slot] = []
    let pieces = try pieces(of: value, format: nil, &operands, at: span)
    list.span = span
    _ = list.appendStructure(Code.print, operands, .print(PrintItems(items: [pieces])))
  }

  private mutating func lowerInputs(
    _ inputs: [(name: Node, shape: Node?)], _ statement: Span, _ tree: Tree
  ) throws(Refusal) {
    for (node, shapeNode) in inputs {
      guard case .name(let name) = tree.expression(node) else { continue }
      let span = tree.span(node)
      guard scope == 0, depth == 0 else {
        throw Refusal(diagnostic: .commandInside("input", at: span))
      }
      let shape = try shapeNode.map { shape throws(Refusal) in
        Shape(try checked(try extents(shape, in: tree), at: span))
      }
      list.span = span
      let slot: Slot
      if let given = presets.removeValue(forKey: name) {
        slot = list.appendData(given.elements, shape: given.shape, isInput: true)
        if let text = given.formula {
          let behind = Span(Int(statement.end), Int(statement.end), file: tree.file)
          presetPlaces.append((behind, "\n\(symbols[name]) = \(text)"))
        }
      } else {
        slot = list.appendInput(shape: shape ?? .scalar)
        openInputs.insert(slot)
      }
      list.setName(slot, name)
      bind(name, .slot(slot, depth: 0), at: span)
    }
  }
}
