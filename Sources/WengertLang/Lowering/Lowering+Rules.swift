/// Rows that a program adds to the derivative table.
extension Lowering {
  /// Writes a call of a rule: one entry with the rule's own lists.
  mutating func call(
    _ rule: Definition.Rule, of definition: Definition, _ inside: Scope, at span: Span
  ) throws(Refusal) -> Value {
    var operands: [Slot] = []
    for parameter in definition.parameters {
      guard let value = inside.layers[0].values[parameter] else { continue }
      operands.append(try single(value, at: span))
    }
    let shapes = operands.map { list.shape($0) }
    let value = try ruleList(definition, rule.value, shapes, result: nil, bar: false)
    let shape = value.shape(value.results[0])
    var parts: [Custom.Part?] = Array(repeating: nil, count: operands.count)
    for part in rule.parts {
      guard let place = definition.parameters.firstIndex(of: part.parameter) else {
        throw Refusal(
          diagnostic: .ruleParameter(
            symbols[part.parameter], symbols[definition.name], at: part.parameterSpan))
      }
      let written = try ruleList(definition, part.value, shapes, result: shape, bar: part.isBar)
      let given = written.shape(written.results[0])
      if part.isBar, given != shapes[place] {
        throw Refusal(
          diagnostic: .ruleShape(
            symbols[part.parameter], shapes[place], given, at: definition.tree.span(part.value)))
      }
      parts[place] = Custom.Part(isPartial: !part.isBar, list: written)
    }
    let custom = Custom(
      name: symbols[definition.name], parameterNames: definition.parameters.map { symbols[$0] },
      value: value, parts: parts, isUnchecked: rule.isUnchecked)
    list.span = span
    return .slot(
      list.appendStructure(Code.custom, operands, .custom(custom), shape: shape), depth: depth)
  }

  /// A formula of a rule as a list: its parameters are the operands, the result, and `bar`.
  private mutating func ruleList(
    _ definition: Definition, _ formula: Node, _ shapes: [Shape], result: Shape?, bar: Bool
  ) throws(Refusal) -> List {
    frames.append(Frame(.rule))
    var names = Scope()
    names.home = definition.home
    for (name, shape) in zip(definition.parameters, shapes) {
      names.layers[0].bind(name, .slot(list.appendParameter(shape: shape), depth: depth))
    }
    if let result {
      let slot = list.appendParameter(shape: result)
      names.layers[0].bind(definition.name, .slot(slot, depth: depth))
    }
    if bar, let result {
      let slot = list.appendParameter(shape: result)
      names.layers[0].bind(symbols.intern("bar"), .slot(slot, depth: depth))
    }
    let outer = scope
    scopes.append(names)
    scope = scopes.count - 1
    active.append(definition)
    defer {
      active.removeLast()
      scopes.removeLast()
      scope = outer
      frames.removeLast()
    }
    let span = definition.tree.span(formula)
    let slot = try single(try lower(formula, in: definition.tree), at: span)
    list.results = [slot]
    return list.pruned()
  }
}
