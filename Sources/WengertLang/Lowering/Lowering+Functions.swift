/// Functions of the program: their calls are written into the list.
extension Lowering {
  mutating func define(
    _ name: Symbol, _ span: Span, _ parameters: [Node], _ body: FunctionBody, _ tree: Tree
  ) throws(Refusal) {
    try refuseTwins(parameters, tree)
    scopes[scope].functions[name] = .defined(
      Definition(
        name: name, span: span, parameters: names(parameters, tree), body: body, tree: tree,
        home: scope, derivations: Derivations(body, tree, symbols)))
  }

  mutating func defineRule(
    _ rule: RuleStatement, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    let (name, parameters) = (rule.name, tree[rule.parameters])
    try refuseTwins(parameters, tree)
    for (parameter, node) in zip(names(parameters, tree), parameters)
    where !rule.parts.contains(where: { $0.parameter == parameter }) {
      warnings.append(
        .ruleWithoutLine(symbols[parameter], symbols[name], at: tree.span(node)))
    }
    scopes[scope].functions[name] = .defined(
      Definition(
        name: name, span: span, parameters: names(parameters, tree),
        body: .results(.none), tree: tree, home: scope,
        rule: Definition.Rule(
          value: rule.value, parts: rule.parts, isUnchecked: rule.isUnchecked)))
  }

  /// Refuses two parameters of one name.
  private func refuseTwins(_ parameters: [Node], _ tree: Tree) throws(Refusal) {
    var seen: Set<Symbol> = []
    for (name, node) in zip(names(parameters, tree), parameters) where !seen.insert(name).inserted {
      throw Refusal(diagnostic: .twinParameter(symbols[name], at: tree.span(node)))
    }
  }

  private func names(_ nodes: [Node], _ tree: Tree) -> [Symbol] {
    nodes.compactMap { if case .name(let name) = tree.expression($0) { name } else { nil } }
  }

  /// The function that a callee such as `f'` or `grad(f)` is.
  mutating func function(_ node: Node, in tree: Tree) throws(Refusal) -> Function {
    let span = tree.span(node)
    switch tree.expression(node) {
    case .name(let name):
      guard let function = findFunction(name) else {
        throw Refusal(diagnostic: unknownOperation(symbols[name], at: span))
      }
      return function
    case .derivative(let name, let order):
      guard let function = findFunction(name) else {
        throw Refusal(diagnostic: unknownOperation(symbols[name], at: span))
      }
      return .derivative(function, order: order)
    case .call(let callee, let arguments):
      if case .name(let name) = tree.expression(callee), findFunction(name) == nil,
        Form.all[symbols[name]] == nil
      {
        throw Refusal(diagnostic: unknownOperation(symbols[name], at: tree.span(callee)))
      }
      guard case .name(let name) = tree.expression(callee),
        let mode = Function.Mode(rawValue: symbols[name]),
        arguments.count == 1, let inner = tree[arguments].first
      else { throw Refusal(diagnostic: .notCallable(at: span)) }
      return .derived(mode, try function(inner, in: tree))
    default: throw Refusal(diagnostic: .notCallable(at: span))
    }
  }

  /// Calls a function with what stands between the brackets.
  mutating func call(
    _ function: Function, _ arguments: Arguments, at span: Span
  ) throws(Refusal) -> Value {
    switch function {
    case .rows(let spelling): return try callRows(spelling, arguments, at: span)
    case .defined(let definition):
      return try call(definition, try bindings(definition, arguments, at: span), at: span)
    case .derivative(let inner, let order):
      let values = try values(arguments)
      guard values.count == 1 else {
        throw Refusal(diagnostic: .derivativeArguments(values.count, at: span))
      }
      return try derivative(inner, order: order, at: values[0], span)
    case .derived(let mode, let inner):
      return try derivative(mode, of: inner, at: try values(arguments), span)
    }
  }

  /// Calls a function with values that are there.
  mutating func call(
    _ function: Function, with values: [Value], in tree: Tree, at span: Span
  ) throws(Refusal) -> Value {
    var arguments = Arguments(tree: tree)
    arguments.leading = values
    return try call(function, arguments, at: span)
  }

  private mutating func values(_ arguments: Arguments) throws(Refusal) -> [Value] {
    if let named = arguments.named.first {
      throw Refusal(diagnostic: .namedOutsideCall(symbols[named.name], at: named.span))
    }
    var values = arguments.leading
    for node in arguments.nodes { values.append(try lower(node, in: arguments.tree)) }
    return values
  }

  /// Binds the parameters of a definition in a scope of its own.
  private mutating func bindings(
    _ definition: Definition, _ arguments: Arguments, at span: Span
  ) throws(Refusal) -> Scope {
    var inside = Scope()
    inside.home = definition.home
    inside.prefix =
      scopes[scope].prefix + (target.map { symbols[$0] } ?? symbols[definition.name]) + "_"
    target = nil
    var given: [Symbol: Node] = [:]
    for named in arguments.named { given[named.name] = named.node }
    let left = definition.parameters.dropFirst(arguments.count)
    if let unknown = arguments.named.first(where: { !left.contains($0.name) }) {
      if definition.parameters.contains(unknown.name) {
        throw Refusal(diagnostic: .repeated(symbols[unknown.name], at: unknown.span))
      }
      throw Refusal(
        diagnostic: .unknownParameter(
          symbols[unknown.name], symbols[definition.name],
          definition.parameters.map { symbols[$0] }, at: unknown.span))
    }
    guard arguments.count + given.count == definition.parameters.count else {
      throw Refusal(
        diagnostic: .functionArguments(
          symbols[definition.name], definition.parameters.map { symbols[$0] },
          arguments.count + given.count, at: span, defined: definition.span))
    }
    func node(_ place: Int) -> Node? {
      let position = place - arguments.leading.count
      return position < arguments.nodes.count
        ? arguments.nodes[position] : given[definition.parameters[place]]
    }
    for (place, parameter) in definition.parameters.enumerated()
    where place >= arguments.leading.count && isCalled(parameter, in: definition) {
      guard let node = node(place) else { continue }
      inside.functions[parameter] = try self.function(node, in: arguments.tree)
    }
    inside.derived = derivedNames(
      definition.derivations, known: inside.functions, from: definition.home)
    for (place, parameter) in definition.parameters.enumerated()
    where inside.functions[parameter] == nil {
      if place < arguments.leading.count {
        try hand(arguments.leading[place], to: parameter, &inside, at: span)
      } else if let node = node(place) {
        let value = try lower(node, in: arguments.tree)
        try hand(value, to: parameter, &inside, at: arguments.tree.span(node))
      }
    }
    return inside
  }

  /// Writes the entries of a function's body.
  private mutating func call(
    _ definition: Definition, _ inside: Scope, at span: Span
  ) throws(Refusal) -> Value {
    guard !active.contains(where: { $0 === definition }) else {
      // In the lines of a rule its name is its value.
      let hasValue = definition.rule != nil && scopes[scope].value(definition.name) != nil
      throw Refusal(
        diagnostic: .recursion(
          symbols[definition.name], at: span, defined: definition.span, hasValue: hasValue))
    }
    guard callDepth < limits.callDepth else {
      throw Refusal(diagnostic: .nestsTooDeep(at: span))
    }
    try checkGrowth(at: span)
    if let rule = definition.rule {
      return try call(rule, of: definition, inside, at: span)
    }
    let outer = scope
    let wasStatement = isStatement
    isStatement = callIsStatement
    callIsStatement = false
    scopes.append(inside)
    scope = scopes.count - 1
    callDepth += 1
    active.append(definition)
    defer {
      active.removeLast()
      callDepth -= 1
      scopes.removeLast()
      scope = outer
      isStatement = wasStatement
    }
    let results = try results(of: definition, at: span)
    return results.count == 1 ? results[0] : .tuple(results)
  }

  private mutating func results(
    of definition: Definition, at span: Span
  ) throws(Refusal) -> [Value] {
    let tree = definition.tree
    func all(_ nodes: [Node], _ me: inout Lowering) throws(Refusal) -> [Value] {
      var values: [Value] = []
      for node in nodes { values.append(try me.lower(node, in: tree)) }
      return values
    }
    switch definition.body {
    case .results(let formulas): return try all(tree[formulas], &self)
    case .block(let block):
      guard case .block(let nodes) = tree.statement(block) else { return [] }
      let statements = tree[nodes]
      for (place, statement) in statements.enumerated() {
        switch tree.statement(statement) {
        case .returns(let formulas):
          guard place == statements.count - 1 else {
            throw Refusal(diagnostic: .returnEarly("more lines follow", at: tree.span(statement)))
          }
          return try all(tree[formulas], &self)
        case .bare(let formula) where place == statements.count - 1:
          return [try lower(formula, in: tree)]
        default: try lower(statement: statement, in: tree)
        }
      }
      guard !isStatement else { return [] }
      throw Refusal(
        diagnostic: .noResult(symbols[definition.name], at: span, defined: definition.span))
    }
  }

  /// Whether a definition calls one of its parameters, itself or by handing it on.
  func isCalled(_ parameter: Symbol, in definition: Definition) -> Bool {
    var waiting = [Handed(definition, parameter)]
    var seen = Set(waiting)
    while let next = waiting.popLast() {
      let tree = next.definition.tree
      let isCalled = tree.contains(next.definition.body) { node in
        switch tree.expression(node) {
        case .derivative(next.parameter, _): return true
        case .call(let callee, let arguments):
          guard case .name(let name) = tree.expression(callee) else { return false }
          let takers = takers(of: next.parameter, tree[arguments], name, tree)
          waiting += takers.functions.filter { seen.insert($0).inserted }
          return name == next.parameter || takers.hasForm
        default: return false
        }
      }
      if isCalled { return true }
    }
    return false
  }

  /// A parameter of a definition; of many that hand it to each other, each is looked at once.
  private struct Handed: Hashable {
    let definition: Definition
    let parameter: Symbol

    init(_ definition: Definition, _ parameter: Symbol) {
      self.definition = definition
      self.parameter = parameter
    }

    static func == (a: Handed, b: Handed) -> Bool {
      a.definition === b.definition && a.parameter == b.parameter
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(ObjectIdentifier(definition))
      hasher.combine(parameter)
    }
  }

  /// The functions of the program that a call hands a name on to, and whether it is one of the
  /// language's own that take functions.
  private func takers(
    of parameter: Symbol, _ arguments: [Node], _ callee: Symbol, _ tree: Tree
  ) -> (functions: [Handed], hasForm: Bool) {
    let places = arguments.indices.filter {
      if case .name(parameter) = tree.expression(arguments[$0]) { true } else { false }
    }
    if let form = Form.all[symbols[callee]],
      places.contains(where: form.functionArguments.contains)
    {
      return ([], true)
    }
    guard case .defined(let other)? = findFunction(callee) else { return ([], false) }
    let taken = places.filter(other.parameters.indices.contains)
    return (taken.map { Handed(other, other.parameters[$0]) }, false)
  }
}
