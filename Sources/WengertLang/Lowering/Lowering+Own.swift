/// Entries of their own for what functions and bodies derive by.
///
/// Formulas of plain numbers are worked out at once, and all numbers of one size are one entry; an
/// argument of a call is an entry of the caller's, from which others may have been made. So what is
/// derived by inside is a copy: its slope is that by the name, with all else as it was given.
extension Lowering {
  /// How deep calls are followed to see whether they derive by what is handed on.
  private static let followedCalls = 8

  /// The names that a text derives by, itself or by handing them on, with their other names.
  ///
  /// - Parameters:
  ///   - known: functions that are parameters of the text.
  ///   - home: the scope that others are looked up in.
  func derivedNames(
    _ text: Derivations, known: [Symbol: Function] = [:], from home: Int, calls: Int = 0
  ) -> Set<Symbol> {
    var names = text.names
    for handed in text.handedOn where calls < Self.followedCalls && !names.contains(handed.name) {
      let callee: (parameters: [Symbol], derivations: Derivations, home: Int)
      if let inner = text.functions[handed.callee] {
        callee = (inner.parameters, inner.derivations, home)
      } else if case .defined(let other)? = known[handed.callee]
        ?? findFunction(handed.callee, from: home)
      {
        callee = (other.parameters, other.derivations, other.home)
      } else {
        continue
      }
      guard let parameter = handed.argument.parameter(of: callee.parameters) else { continue }
      let inner = derivedNames(callee.derivations, from: callee.home, calls: calls + 1)
      if inner.contains(parameter) { names.insert(handed.name) }
    }
    return names.isEmpty ? names : text.closed(names)
  }

  /// Notes what a loop or a branch of the program derives by.
  mutating func noteDerivations(of statement: Node, in tree: Tree) {
    guard scope == 0, depth == 0 else { return }
    scopes[0].derived.formUnion(derivedNames(Derivations(statement, tree, symbols), from: 0))
  }

  /// Hands a value to a parameter of a call.
  mutating func hand(
    _ value: Value, to parameter: Symbol, _ inside: inout Scope, at span: Span
  ) throws(Refusal) {
    guard inside.derived.contains(parameter) else {
      inside.layers[0].bind(parameter, value)
      return
    }
    var own: [Value] = []
    for leaf in value.leaves {
      let slot = try copied(.slot(leaf.slot, depth: leaf.depth), at: span)
      inside.handed.append((slot, depth, leaf))
      own.append(.slot(slot, depth: depth))
    }
    if own.count == 1, let only = own.first?.leaves.first {
      list.setName(only.slot, symbols.intern(inside.prefix + symbols[parameter]))
    }
    var rest = own[...]
    inside.layers[0].bind(parameter, value.replacing(&rest))
  }

  /// A value whose plain numbers are entries, where its name is derived by in this scope.
  mutating func ofItsOwn(_ value: Value, for name: Symbol, at span: Span) -> Value {
    guard scope != 0 || depth != 0, scopes[scope].derived.contains(name),
      value.leaves.contains(where: isNumber)
    else { return value }
    list.span = span
    var rest = value.leaves.map { leaf in
      let outside = frames[leaf.depth].list
      guard isNumber(leaf), let number = list.appendNumber(leaf.slot, from: outside) else {
        return Value.slot(leaf.slot, depth: leaf.depth)
      }
      return .slot(list.appendCopy(of: number), depth: depth)
    }[...]
    return value.replacing(&rest)
  }

  /// The value of a binding's formula as an entry that this statement has made.
  ///
  /// What stood under another name before is copied, so that to derive by one name, to train it or
  /// to give it a value moves no other; tuples that are written out stand for their entries.
  /// In functions and bodies only those that derive by something can tell.
  mutating func apart(
    _ value: Value, from formula: Node, for target: Node?, isUnpacked: Bool, _ tree: Tree
  ) -> Value {
    guard scope == 0 && depth == 0 || !scopes[scope].derived.isEmpty else { return value }
    var name: Symbol?
    if let target, case .name(let bound) = tree.expression(target) { name = bound }
    if case .tuple = value, !isUnpacked, isWrittenOut(formula, tree) { return value }
    let (leaves, start) = (value.leaves, frames[depth].statementStart)
    func isOld(_ leaf: (slot: Slot, depth: Int)) -> Bool {
      guard leaf.depth == depth else { return !isNumber(leaf) }
      return list[leaf.slot].code == Code.parameter || leaf.slot.place < start && !isNumber(leaf)
    }
    guard leaves.contains(where: isOld),
      name.flatMap(find)?.leaves.map(\.slot) != leaves.map(\.slot)
    else { return value }
    // An entry of a tuple is called by the first name that it gets.
    if let name, scope == 0, leaves.count == 1, leaves[0].depth == depth,
      list.name(leaves[0].slot) == nil
    {
      list.setName(leaves[0].slot, name)
    }
    let span = tree.span(formula)
    list.span = span
    var rest = leaves.map { leaf in
      guard isOld(leaf), let slot = try? use(leaf.slot, depth: leaf.depth, at: span) else {
        return Value.slot(leaf.slot, depth: leaf.depth)
      }
      return .slot(list.appendRename(of: slot), depth: depth)
    }[...]
    return value.replacing(&rest)
  }

  /// Whether a formula is a tuple in brackets, or one with an entry more.
  private func isWrittenOut(_ formula: Node, _ tree: Tree) -> Bool {
    switch tree.expression(formula) {
    case .tuple: return true
    case .method(_, let word, _): return symbols[word] == Form.append.name
    case .call(let callee, _):
      guard case .name(let name) = tree.expression(callee) else { return false }
      return symbols[name] == Form.append.name && findFunction(name) == nil
    default: return false
    }
  }

  /// Has the names of weights stand for the entries that are trained: those of the caller, where
  /// the value was made before the call.
  mutating func adopt(_ targets: Targets) {
    for (weight, given) in zip(targets.names, targets.values)
    where find(weight.name)?.leaves.map(\.slot) != given.leaves.map(\.slot) {
      bind(weight.name, given, at: weight.span)
    }
  }

  /// The entry that a derivative of y by a parameter goes by: the one that was handed over, where y
  /// was made before the call.
  func derivedEntry(
    _ leaf: (slot: Slot, depth: Int), of y: Place
  ) -> (slot: Slot, depth: Int) {
    var leaf = leaf
    for scope in scopes.reversed() where y.depth < leaf.depth || isOlder(y, than: leaf) {
      if let handed = scope.handed.first(where: { $0.own == leaf.slot && $0.depth == leaf.depth }) {
        leaf = handed.given
      }
    }
    return leaf
  }

  /// Whether y was made from what a parameter was given, but not from the parameter.
  func isMadeFromGiven(_ y: Place, _ parameter: Symbol) -> Bool {
    let leaves = find(parameter)?.leaves ?? []
    let given = scopes[scope].handed.filter { handed in
      leaves.contains { $0.slot == handed.own && $0.depth == handed.depth }
    }
    return given.contains { handed in
      guard handed.given.depth == y.depth else { return false }
      let activity = Activity(
        frames[y.depth].list, targets: [handed.given.slot], end: y.slot.place + 1)
      return activity[y.slot]
    }
  }

  /// Whether a name is one of the program, and of no call.
  func isOfProgram(_ name: Symbol) -> Bool {
    var place: Int? = scope
    while let here = place, scopes[here].value(name) == nil { place = scopes[here].home }
    return place == 0
  }

  private func isOlder(_ y: Place, than leaf: (slot: Slot, depth: Int)) -> Bool {
    y.depth == leaf.depth && y.slot < leaf.slot
  }
}
