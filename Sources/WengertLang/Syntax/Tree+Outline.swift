/// A tree as text: `(= z (call add x y))`. Two programs with the same outline are the same program.
extension Tree {
  /// Every statement of the program, one a line.
  func outline(_ symbols: Symbols) -> String {
    var text = ""
    for node in statements {
      write(statement: node, symbols, to: &text)
      text += "\n"
    }
    return text
  }

  // MARK: Formulas

  private func write(_ node: Node?, _ symbols: Symbols, to text: inout String) {
    guard let node else {
      text += "_"
      return
    }
    switch expression(node) {
    case .number(let value): text += "\(value)"
    case .string(let value): text += value.debugDescription
    case .name(let name): text += symbols[name]
    case .call(let callee, let arguments):
      group("call", [callee] + self[arguments], symbols, to: &text)
    case .starredCall(let name, let arguments):
      group("call \(symbols[name])*", self[arguments], symbols, to: &text)
    case .method(let receiver, let name, let arguments):
      group("method \(symbols[name])", [receiver] + self[arguments], symbols, to: &text)
    case .index(let base, let indices):
      group("index", [base] + self[indices], symbols, to: &text)
    case .slice(let from, let to, let by): group("slice", [from, to, by], symbols, to: &text)
    case .tuple(let nodes): group("tuple", self[nodes], symbols, to: &text)
    case .array(let nodes): group("array", self[nodes], symbols, to: &text)
    case .unary(let sign, let operand):
      group(sign == .minus ? "minus" : "not", [operand], symbols, to: &text)
    case .binary(let sign, let left, let right):
      group(sign.symbol, [left, right], symbols, to: &text)
    case .range(let from, let to, let by): group("range", [from, to, by], symbols, to: &text)
    case .derivative(let name, let order):
      text += symbols[name] + String(repeating: "'", count: order)
    case .transpose(let operand): group("transpose", [operand], symbols, to: &text)
    case .named(let name, let value):
      group("option \(symbols[name])", [value], symbols, to: &text)
    case .erroneous: text += "<error>"
    }
  }

  private func group(
    _ head: String, _ nodes: [Node?], _ symbols: Symbols, to text: inout String
  ) {
    text += "(" + head
    for node in nodes {
      text += " "
      write(node, symbols, to: &text)
    }
    text += ")"
  }

  // MARK: Statements

  private func write(statement node: Node, _ symbols: Symbols, to text: inout String) {
    switch statement(node) {
    case .plain(let plain):
      let (tree, binding) = written(plain, symbols)
      tree.write(statement: binding, symbols, to: &text)
    case .bind(let targets, let values):
      group(
        "=", targets.flatMap { self[$0] + [nil] } + self[values], symbols, to: &text)
    case .update(let target, let sign, let value):
      group(sign.symbol + "=", [target, value], symbols, to: &text)
    case .bare(let formula): group("bare", [formula], symbols, to: &text)
    case .function(let name, _, let parameters, let body):
      group("function \(symbols[name])", self[parameters], symbols, to: &text)
      text += " "
      switch body {
      case .block(let block): write(statement: block, symbols, to: &text)
      case .results(let nodes): group("results", self[nodes], symbols, to: &text)
      }
    case .forLoop(let names, let over, let body):
      group("for", self[names] + [nil] + self[over], symbols, to: &text)
      write(statement: body, symbols, to: &text)
    case .repeatLoop(let count, let body):
      group("repeat", [count], symbols, to: &text)
      write(statement: body, symbols, to: &text)
    case .whileLoop(let condition, let body):
      group("while", [condition], symbols, to: &text)
      write(statement: body, symbols, to: &text)
    case .ifElse(let condition, let then, let otherwise):
      group("if", [condition], symbols, to: &text)
      write(statement: then, symbols, to: &text)
      guard let otherwise else { return }
      text += " else "
      write(statement: otherwise, symbols, to: &text)
    case .block(let nodes): writeBlock(nodes, symbols, to: &text)
    case .returns(let nodes): group("return", self[nodes], symbols, to: &text)
    case .prints(let nodes): group("print", self[nodes], symbols, to: &text)
    case .inputs(let pairs):
      group("input", pairs.flatMap { [$0.name, $0.shape] }, symbols, to: &text)
    case .rule, .minimize, .command: writeLong(node, symbols, to: &text)
    case .erroneous: text += "<error>"
    }
  }

  private func writeBlock(_ nodes: Nodes, _ symbols: Symbols, to text: inout String) {
    text += " {"
    for node in self[nodes] {
      text += " "
      write(statement: node, symbols, to: &text)
    }
    text += " }"
  }

  private func writeLong(_ node: Node, _ symbols: Symbols, to text: inout String) {
    switch statement(node) {
    case .rule(let rule):
      group(
        "rule \(symbols[rule.name])\(rule.isUnchecked ? " unchecked" : "")",
        self[rule.parameters] + [nil, rule.value], symbols, to: &text)
      for part in rule.parts {
        group(
          (part.isBar ? "bar " : "d/d") + symbols[part.parameter], [part.value], symbols, to: &text)
      }
    case .minimize(let parts):
      group("minimize", [parts.objective], symbols, to: &text)
      group("over", self[parts.over], symbols, to: &text)
      group("by \(symbols[parts.optimizer])", self[parts.arguments], symbols, to: &text)
      if let batch = parts.batch {
        group("batch", [batch.size] + self[batch.names], symbols, to: &text)
      }
      group("for", [parts.steps], symbols, to: &text)
      if let every = parts.every {
        group("every", [every.count] + self[every.items], symbols, to: &text)
      }
      if let save = parts.save {
        group("save every", [save.count, save.path], symbols, to: &text)
      }
      if let from = parts.from { group("from", [from], symbols, to: &text) }
    case .command(let parts):
      group("command \(symbols[parts.word])", self[parts.operands], symbols, to: &text)
      group("wrt", self[parts.wrt], symbols, to: &text)
      group("at", self[parts.at], symbols, to: &text)
      group("to", [parts.to], symbols, to: &text)
      for (word, values) in parts.options {
        group(symbols[word], self[values], symbols, to: &text)
      }
    default: break
    }
  }
}
