/// A stage of the interpreter whose result can be looked at.
public enum Stage: String, CaseIterable, Sendable {
  case tokens, tree, list, plan

  /// The first two stages, which need nothing but the text.
  ///
  /// - Returns: the stage as text, nil for the later ones, and what is wrong with the program.
  public func show(_ source: SourceFile) -> (text: String, diagnostics: [Diagnostic])? {
    switch self {
    case .tokens: (Stage.tokens(of: source), [])
    case .tree: Stage.tree(of: source)
    case .list, .plan: nil
    }
  }

  /// Every token on a line: where it begins, its kind, its text.
  fileprivate static func tokens(of source: SourceFile) -> String {
    var scanner = TokenScanner(Lexer(source.bytes))
    var lines: [String] = []
    while true {
      let token = scanner.next()
      guard token.kind != .end else { return lines.joined(separator: "\n") }
      let (line, column) = source.position(at: Int(token.start))
      let text = token.kind == .newline ? "" : " " + scanner.text(token)
      lines.append("\(line):\(column) \(token.kind)\(text)")
    }
  }

  private static func tree(of source: SourceFile) -> (String, [Diagnostic]) {
    var symbols = Symbols()
    let (tree, diagnostics) = Parser.parse(source, file: 0, symbols: &symbols)
    return (tree.outline(symbols), diagnostics)
  }
}

extension Session {
  /// What a stage makes of the program so far.
  func text(of stage: Stage) throws(Fault) -> String {
    switch stage {
    case .tokens:
      return sources.map { Stage.tokens(of: $0) }.joined(separator: "\n")
    case .tree:
      return (0..<treeCount).map { tree(Int32($0)).outline(lowering.symbols) }
        .joined(separator: "\n")
    case .list:
      return (0..<lowering.program.count).map { entry(Slot($0)) }.joined(separator: "\n")
    case .plan: return try plan()
    }
  }

  /// One entry of the flat list: number, operation, operands, shape.
  private func entry(_ slot: Slot) -> String {
    let list = lowering.program
    let operands = list.operands(slot).map { "#\($0.index)" } + list.statics(slot).map(String.init)
    let name = list.name(slot).map { "  " + lowering.symbols[$0] } ?? ""
    return "#\(slot.index) \(list.primitive(slot).name)(\(operands.joined(separator: ", "))) "
      + list.shape(slot).description + name
  }

  private func plan() throws(Fault) -> String {
    let list = lowering.program
    var memory = Values()
    try memory.extend(to: list, limit: lowering.limits.memory)
    var planner = Planner(
      list, pointers: memory.pointers, memory: Memory(limit: lowering.limits.memory),
      profile: lowering.limits.profile)
    return try planner.make().outline(of: list, name: label).joined(separator: "\n")
  }

  /// What an entry is called in a plan: its name, its number's digits, or its place in the list.
  private func label(_ list: List, _ slot: Slot) -> String {
    if let name = list.name(slot) { return lowering.symbols[name] }
    guard let number = list.number(slot) else { return "#\(slot.index)" }
    return Int(exactly: number).map(String.init) ?? number.description
  }
}
