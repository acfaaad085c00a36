/// The commands of the language: what each word does.
extension CommandWord {
  typealias Action = @Sendable (inout Subject) throws(Refusal) -> Printout

  /// The commands about a value, with what each does.
  static let actions: [CommandWord: Action] = [
    .list: { subject throws(Refusal) in try subject.listing(withValues: false) },
    .forward: { subject throws(Refusal) in try subject.listing(withValues: true) },
    .trace: { subject throws(Refusal) in try subject.trace() },
    .step: { subject throws(Refusal) in try subject.stepping() },
    .tangent: { subject throws(Refusal) in try subject.tangent() },
    .adjoint: { subject throws(Refusal) in try subject.adjointProgram() },
    .cost: { subject throws(Refusal) in try subject.cost() },
    .graph: { subject throws(Refusal) in try subject.graph() },
    .derive: { subject throws(Refusal) in try subject.derivation() },
    .why: { subject throws(Refusal) in try subject.why() },
    .errors: { subject throws(Refusal) in try subject.errors() },
    .check: { subject throws(Refusal) in try subject.check() },
  ]
}

extension Session {
  /// Runs a command; the program stays as it was.
  mutating func run(
    _ command: Command, in tree: Tree, _ emit: (Event) -> Void
  ) throws(Refusal) {
    let name = lowering.symbols[command.word]
    guard let word = CommandWord(rawValue: name) else {
      throw Refusal(diagnostic: .unreadable(at: command.wordSpan))
    }
    try refuseUnread(command, of: word, in: tree)
    let printout: Printout
    switch word {
    case .set: return try set(command, in: tree)
    case .save: return try save(command, in: tree, emit)
    case .table: printout = try table(command, in: tree)
    case .show: printout = try show(command, in: tree)
    case .explain: printout = try explain(command, in: tree)
    case .plot: printout = try plot(command, in: tree)
    default:
      guard let action = CommandWord.actions[word] else {
        throw Refusal(diagnostic: .unreadable(at: command.wordSpan))
      }
      var subject = try Subject(command, in: tree, of: self)
      printout = try action(&subject)
      lowering.warnings += subject.lowering.warnings
    }
    // What was stopped half way may have left out what it could not run.
    if Kernel.isStopped { throw Refusal(diagnostic: .stopped(at: command.wordSpan)) }
    if let file = command.to, case .string(let path) = tree.expression(file) {
      guard files.isAllowed else {
        throw Refusal(diagnostic: .filesAreOff.pointing(at: tree.span(file)))
      }
      let contents = try contents(printout, path, file, tree)
      if Kernel.isStopped { throw Refusal(diagnostic: .stopped(at: command.wordSpan)) }
      return emit(.file(path: path, contents: contents, at: tree.span(file)))
    }
    emit(
      word == .step
        ? .steps(printout.markup, json: printout.json)
        : .report(printout.markup, json: printout.json))
    if let complaint = printout.complaint { throw Refusal(diagnostic: complaint) }
  }

  /// The bytes of a file, in the format that its ending names.
  private func contents(
    _ printout: Printout, _ path: String, _ node: Node, _ tree: Tree
  ) throws(Refusal) -> [UInt8] {
    let suffix = path.lastIndex(of: ".").map { String(path[$0...]) } ?? ""
    if suffix == ".png", let picture = printout.picture {
      guard let file = PNGWriter.write(picture()) else {
        throw Refusal(diagnostic: .pictureTooLarge(at: tree.span(node)))
      }
      return file
    }
    guard let text = printout.text(suffix) else {
      throw Refusal(
        diagnostic: .unknownFormat(suffix, known: printout.suffixes, at: tree.span(node)))
    }
    return Array(text.utf8)
  }

  /// Changes a setting: `set digits 12`.
  private mutating func set(_ command: Command, in tree: Tree) throws(Refusal) {
    let words = tree[command.operands]
    let word = words.first.map { sources[tree.file].text(tree.span($0)) } ?? ""
    let place = words.first.map { tree.span($0) } ?? command.wordSpan
    guard let setting = Setting.all.first(where: { $0.name == word }) else {
      throw Refusal(diagnostic: .unknownSetting(word, at: place))
    }
    // A number may have a unit behind it.
    guard words.count == 2 || words.count == 3 && setting.choose == nil else {
      throw Refusal(diagnostic: .oneSettingValue(setting, settings, at: place))
    }
    var unit = ""
    if words.count == 3 { unit = sources[tree.file].text(tree.span(words[2])).lowercased() }
    if let choose = setting.choose {
      // A choice may be several words with a hyphen between.
      guard choose(&settings, sources[tree.file].text(tree.span(words[1]))) else {
        throw Refusal(diagnostic: .badSetting(setting, settings, at: tree.span(words[1])))
      }
      return lowering.apply(settings)
    }
    if case .name(let name) = tree.expression(words[1]), lowering.find(name) == nil {
      throw Refusal(diagnostic: .badSetting(setting, settings, at: tree.span(words[1])))
    }
    var scratch = lowering
    let value = try scratch.staticNumber(words[1], in: tree)
    guard let size = setting.units[unit], setting.change(&settings, value * size) else {
      throw Refusal(diagnostic: .badSetting(setting, settings, at: tree.span(words[1])))
    }
    lowering.apply(settings)
  }

  /// The rows that `table add, mul` names.
  private func table(_ command: Command, in tree: Tree) throws(Refusal) -> Printout {
    var rows: [Primitive] = []
    for node in tree[command.operands] {
      var spelling = sources[tree.file].text(tree.span(node))
      if spelling.hasSuffix("*") { spelling.removeLast() }
      let found = Catalogue.rows(spelled: spelling)
      guard !found.isEmpty else {
        throw Refusal(diagnostic: lowering.unknownOperation(spelling, at: tree.span(node)))
      }
      rows += found
    }
    return Printout(
      markup: rows.map { RowRenderer().render($0) }.joined(by: "\n\n"),
      json: .array(rows.map { RowRenderer().json($0) }))
  }

  /// `show list`: what a stage of the interpreter makes of the program.
  private mutating func show(_ command: Command, in tree: Tree) throws(Refusal) -> Printout {
    let words = tree[command.operands]
    guard let first = words.first, case .name(let name) = tree.expression(first),
      let stage = Stage(rawValue: lowering.symbols[name])
    else {
      throw Refusal(diagnostic: .unknownStage(at: command.wordSpan))
    }
    guard words.count == 1 else {
      throw Refusal(
        diagnostic: .stageOfAll(
          stage.rawValue, sources[tree.file].text(tree.span(words[1])), at: tree.span(words[1])))
    }
    do throws(Fault) {
      return Printout(markup: Markup(try text(of: stage)))
    } catch {
      throw Refusal(diagnostic: .fault(error, in: lowering))
    }
  }

  /// What is known of a name or an operation: `?mul`, `?z1`.
  public func help(on topic: String) -> Markup? {
    if let symbol = lowering.symbols.find(topic), let value = lowering.scopes[0].value(symbol) {
      return describe(topic, value)
    }
    let rows = Session.rows(spelled: topic, withReasons: false)
    if !rows.isEmpty { return rows.joined(by: "\n\n") }
    return names.first { $0.name == topic }.map { Markup("\($0.name): \($0.description)") }
  }

  /// An entry: its operation, shape and value.
  private func describe(_ name: String, _ value: Value) -> Markup {
    var page = Markup(name, .name)
    if case .slot(let slot, _) = value {
      let list = lowering.program
      page.append(" is \(list.shape(slot).inWords)")
      page.append(
        list[slot].code == Code.input ? ", an input" : ", by \(list.primitive(slot).name)")
      let place = sources[Int(list.spans[slot.place].file)]
      let line = place.position(at: Int(list.spans[slot.place].start)).line
      page.append(", from line \(line) of \(place.name)", .dimmed)
    }
    if let text = self.value(of: name) { page.append("\n" + text, .value) }
    return page
  }
}
