/// What a text derives by, as far as the text alone tells.
struct Derivations: Sendable {
  /// Names that a derivative is taken by, or that are trained.
  private(set) var names: Set<Symbol> = []
  /// Names that are handed on to functions, which may derive by them.
  private(set) var handedOn: [HandedOn] = []
  /// Functions that are defined in it.
  private(set) var functions: [Symbol: (parameters: [Symbol], derivations: Derivations)] = [:]
  /// Names whose values are those of other names, whole or in part.
  private var others: [(name: Symbol, of: Set<Symbol>)] = []

  /// A name as an argument of a call.
  struct HandedOn: Sendable {
    var name: Symbol
    var callee: Symbol
    var argument: Argument

    enum Argument: Sendable {
      case place(Int)
      case parameter(Symbol)

      /// Which parameter it is handed to.
      func parameter(of parameters: [Symbol]) -> Symbol? {
        switch self {
        case .place(let place): place < parameters.count ? parameters[place] : nil
        case .parameter(let name): parameters.contains(name) ? name : nil
        }
      }
    }
  }

  init() {}

  /// What a function's body derives by.
  init(_ body: FunctionBody, _ tree: Tree, _ symbols: Symbols) {
    switch body {
    case .block(let block): read(block, tree, symbols)
    case .results(let formulas):
      for formula in tree[formulas] {
        _ = tree.formulaContains(formula) { node in
          look(at: node, tree, symbols)
          return false
        }
      }
    }
  }

  /// What a statement derives by.
  init(_ statement: Node, _ tree: Tree, _ symbols: Symbols) { read(statement, tree, symbols) }

  private mutating func read(_ statement: Node, _ tree: Tree, _ symbols: Symbols) {
    _ = tree.contains(statement) { node in
      look(at: node, tree, symbols)
      return false
    } statement: { statement in
      look(at: statement, tree, symbols)
      return false
    }
  }

  /// The names with those that they are other names for.
  func closed(_ names: Set<Symbol>) -> Set<Symbol> {
    var all = names
    while !all.isEmpty {
      let before = all.count
      for other in others where all.contains(other.name) { all.formUnion(other.of) }
      if all.count == before { break }
    }
    return all
  }

  private mutating func look(at node: Node, _ tree: Tree, _ symbols: Symbols) {
    guard case .call(let callee, let arguments) = tree.expression(node),
      case .name(let name) = tree.expression(callee)
    else { return }
    let form = Form.all[symbols[name]]
    var place = 0
    for argument in tree[arguments] {
      if case .named(let parameter, let value) = tree.expression(argument) {
        if form?.derivesByChanges == true { names.insert(parameter) }
        if case .name(let given) = tree.expression(value), form == nil {
          handedOn.append(HandedOn(name: given, callee: name, argument: .parameter(parameter)))
        }
        continue
      }
      if case .name(let given) = tree.expression(argument) {
        if form?.derivedArguments.contains(place) == true { names.insert(given) }
        if form == nil {
          handedOn.append(HandedOn(name: given, callee: name, argument: .place(place)))
        }
      }
      place += 1
    }
  }

  private mutating func look(
    at statement: Statement, _ tree: Tree, _ symbols: Symbols
  ) {
    switch statement {
    case .minimize(let parts):
      for case .name(let weight) in tree[parts.over].map(tree.expression) { names.insert(weight) }
    case .bind(let targets, let values):
      let given = tree[values].map { wholes(of: $0, tree) }
      for group in targets {
        let targets = tree[group]
        for (place, target) in targets.enumerated() {
          guard case .name(let name) = tree.expression(target) else { continue }
          let of =
            targets.count == given.count
            ? given[place] : given.reduce(into: []) { $0.formUnion($1) }
          if !of.isEmpty { others.append((name, of)) }
        }
      }
    case .forLoop(let names, let over, _):
      for (name, walked) in zip(tree[names], tree[over]) {
        guard case .name(let name) = tree.expression(name) else { continue }
        others.append((name, wholes(of: walked, tree)))
      }
    case .function(let name, _, let nodes, let body):
      let parameters = tree[nodes].compactMap { node in
        if case .name(let name) = tree.expression(node) { name } else { nil }
      }
      functions[name] = (parameters, Derivations(body, tree, symbols))
    default: return
    }
  }

  /// The names whose values a formula may hand over as they are.
  private func wholes(of node: Node, _ tree: Tree) -> Set<Symbol> {
    switch tree.expression(node) {
    case .name(let name): [name]
    case .tuple(let parts): wholes(of: tree[parts], tree)
    case .index(let base, _): wholes(of: base, tree)
    case .call(_, let arguments): wholes(of: tree[arguments], tree)
    case .method(let receiver, _, let arguments):
      wholes(of: [receiver] + tree[arguments], tree)
    case .named(_, let value): wholes(of: value, tree)
    default: []
    }
  }

  private func wholes(of nodes: [Node], _ tree: Tree) -> Set<Symbol> {
    nodes.reduce(into: []) { $0.formUnion(wholes(of: $1, tree)) }
  }
}
