/// A stage of the interpreter whose result can be looked at.
enum Stage: String, CaseIterable {
  case tokens, tree, list, plan
}

extension Session {
  /// What a stage makes of the program so far.
  func text(of stage: Stage) -> String {
    switch stage {
    case .tokens:
      return sources.indices.map { tokens(of: sources[$0]) }.joined(separator: "\n")
    case .tree: return trees.map { $0.outline(lowering.symbols) }.joined(separator: "\n")
    case .list:
      return (0..<lowering.program.count).map { entry(Slot($0)) }.joined(separator: "\n")
    case .plan: return plan
    }
  }

  private func tokens(of source: SourceFile) -> String {
    var lexer = Lexer(source.bytes)
    var lines: [String] = []
    while true {
      let token = lexer.next()
      guard token.kind != .end else { break }
      let text = source.text(Int(token.start)..<Int(token.end))
      lines.append("\(token.kind) \(text == "\n" ? "" : text)")
    }
    return lines.joined(separator: "\n")
  }

  /// One entry of the flat list: number, operation, operands, shape.
  private func entry(_ slot: Slot) -> String {
    let list = lowering.program
    let operands = list.operands(slot).map { "#\($0.index)" } + list.statics(slot).map(String.init)
    let name = list.name(slot).map { "  " + lowering.symbols[$0] } ?? ""
    return "#\(slot.index) \(list.primitive(slot).name)(\(operands.joined(separator: ", "))) "
      + list.shape(slot).description + name
  }

  private var plan: String {
    let list = lowering.program
    var memory = Values()
    guard (try? memory.extend(to: list, limit: lowering.limits.memory)) != nil else { return "" }
    var planner = Planner(
      list, pointers: memory.pointers, memory: Memory(limit: lowering.limits.memory))
    guard let plan = try? planner.make() else { return "" }
    return plan.calls.map { call in
      let code =
        ScalarCode(rawValue: call.opcode).map { "scalar \($0)" }
        ?? Plan.Opcode(rawValue: call.opcode).map { "\($0)" } ?? "?"
      return "#\(call.slot) \(code) × \(call.count)"
    }.joined(separator: "\n")
  }
}
