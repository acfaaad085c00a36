import WengertKernels

extension SessionCommand {
  /// Every command, in the order of the help.
  public static let all: [SessionCommand] = [
    help, tour, explain, load, save, list, vars, undo, reset, set, time, quit,
  ]

  static let help: SessionCommand = .init(
    name: "help", short: "h", operands: "[topic]",
    summary: "the commands, or help on a topic; also ?mul",
    operand: .topic
  ) { conversation, call in
    let topic = call.operand
    guard let page = Help.page(on: topic, in: conversation) else {
      let near = EditDistance.suggestion(for: topic, among: Help.topics(in: conversation))
      return call.refuse(.unknownTopic(topic, nearest: near), in: conversation)
    }
    call.report(page, in: conversation)
    return true
  }

  static let load: SessionCommand = .init(
    name: "load", short: "l", operands: "FILE", summary: "run a program here", operand: .file
  ) { conversation, call in
    guard !call.operand.isEmpty else { return call.refuse(.missingOperand(load), in: conversation) }
    guard conversation.files.isAllowed else { return call.refuse(.filesAreOff, in: conversation) }
    let text: [UInt8]
    do throws(FileAccess.Failure) {
      text = try conversation.files.read(call.operand)
    } catch {
      return call.refuse(.unreadableFile(call.operand, reason: error.reason), in: conversation)
    }
    conversation.isChanged = true
    let folder = FileAccess.folder(of: call.operand)
    return conversation.run(text, name: call.operand, folder: folder, emit: call.emit)
  }

  static let save: SessionCommand = .init(
    name: "save", operands: "FILE", summary: "write the program so far into a file", operand: .file
  ) { conversation, call in
    guard !call.operand.isEmpty else { return call.refuse(.missingOperand(save), in: conversation) }
    // Values go into files by the language's own `save`.
    if call.operand.contains(" to \"") {
      return conversation.runStatement("save \(call.operand)", emit: call.emit)
    }
    guard conversation.files.isAllowed else { return call.refuse(.filesAreOff, in: conversation) }
    let folder = FileAccess.folder(of: call.operand)
    let text = Array(conversation.session.programText(in: folder).utf8)
    call.emit(.file(path: call.operand, contents: text, at: nil), conversation.session.sources)
    return true
  }

  static let list: SessionCommand = .init(
    name: "list", operands: "[f]", summary: "the Wengert list of f, or of what was bound last",
    operand: .name
  ) { conversation, call in
    let name = call.operand.isEmpty ? conversation.defaultOperand : call.operand
    guard let name else {
      call.report("the list is empty\n", in: conversation)
      return true
    }
    return conversation.runStatement("list \(name)", emit: call.emit)
  }

  static let vars: SessionCommand = .init(
    name: "vars", operands: "", summary: "the names in sight and what they are"
  ) { conversation, call in
    call.report(Help.names(in: conversation), in: conversation)
    return true
  }

  static let undo: SessionCommand = .init(
    name: "undo", operands: "[n]", summary: "take back what was typed last, or the last n"
  ) { conversation, call in
    let count = call.operand.isEmpty ? 1 : Int(call.operand) ?? 0
    guard count > 0 else { return call.refuse(.notACount(call.operand), in: conversation) }
    let texts = conversation.undo(count)
    guard !texts.isEmpty else { return call.refuse(.nothingToUndo, in: conversation) }
    call.report(Help.takenBack(texts), in: conversation)
    return true
  }

  static let reset: SessionCommand = .init(
    name: "reset", operands: "", summary: "forget everything; :undo brings it back"
  ) { conversation, call in
    let settings = conversation.session.settings
    conversation.session = conversation.beginning
    conversation.session.settings = settings
    conversation.isChanged = true
    return true
  }

  static let set: SessionCommand = .init(
    name: "set", operands: "[name value]", summary: "the settings, or another value for one",
    operand: .setting
  ) { conversation, call in
    guard !call.operand.isEmpty else {
      call.report(Help.settings(of: conversation.session), in: conversation)
      return true
    }
    return conversation.runStatement("set \(call.operand)", emit: call.emit)
  }

  static let time: SessionCommand = .init(
    name: "time", operands: "STATEMENT",
    summary: "run a statement; say how long it took, and what the plan made of it",
    operand: .statement
  ) { conversation, call in
    guard !call.operand.isEmpty else { return call.refuse(.missingOperand(time), in: conversation) }
    let outlet = conversation.session.lowering.outlet
    outlet.planned = PlanSummary()
    defer { outlet.planned = nil }
    let start = wl_monotonic_seconds()
    // It stands where it was typed, so that complaints point there.
    let blanks = String(repeating: " ", count: call.place.lowerBound)
    let isDone = conversation.runStatement(blanks + call.operand, emit: call.emit)
    let seconds = wl_monotonic_seconds() - start
    var text = Markup("took \(Help.duration(seconds))\n", .dimmed)
    if let planned = outlet.planned, planned.entries > 0 {
      text += PlanSummaryRenderer().render(planned, title: "plan:")
    }
    call.report(text, in: conversation)
    return isDone
  }

  static let quit: SessionCommand = .init(
    name: "quit", short: "q", operands: "", summary: "leave; so does Ctrl-D"
  ) { conversation, _ in
    conversation.isOver = true
    return true
  }
}
