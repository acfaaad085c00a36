/// `explain`: the pages of operations, messages and ideas.
extension Session {
  /// The page of a topic, that of all topics without one; a diagnostic where there is none.
  public func explanation(of topic: String) -> Result<Markup, Diagnostic> {
    let topic = Session.bare(topic)
    if topic.isEmpty { return .success(Session.topicOverview) }
    let pages = pages(on: topic)
    if let first = pages.first {
      return .success(pages.dropFirst().reduce(first) { $0.withoutLastBreak + "\n\n" + $1 })
    }
    let near = EditDistance.suggestion(for: topic, among: Session.topics)
    return .failure(.noPage(topic, nearest: near))
  }

  /// Runs `explain mul`.
  func explain(_ command: Command, in tree: Tree) throws(Refusal) -> Printout {
    guard let node = tree[command.operands].first else {
      throw Refusal(diagnostic: .unreadable(at: command.wordSpan))
    }
    let topic = sources[tree.file].text(tree.span(node))
    switch explanation(of: topic) {
    case .success(let page):
      let json: KeyValuePairs<String, JSON> = [
        "kind": .string("page"), "topic": .string(topic), "text": .string(page.plain),
      ]
      return Printout(markup: page, json: .members(json))
    case .failure(let diagnostic):
      throw Refusal(diagnostic: diagnostic.pointing(at: tree.span(node), "no page"))
    }
  }

  /// Everything that has a page.
  static var topics: [String] {
    Concept.all.flatMap { [$0.name] + $0.also } + Catalogue.allSpellings
      + Form.table.map(\.name) + CommandWord.allCases.map(\.rawValue)
      + ["minimize"] + Optimizer.all.map(\.name) + Setting.all.map(\.name) + MessagePage.codes
  }

  /// All pages on a word: the message, or what is written like a call, the command, the setting and
  /// the idea.
  private func pages(on topic: String) -> [Markup] {
    if let message = MessagePage.find(topic) { return [message.page] }
    var spelling = topic
    if spelling.count > 1, spelling.hasSuffix("*") { spelling.removeLast() }
    var pages = Session.rows(spelled: spelling, withReasons: true)
    if let word = CommandWord(rawValue: topic) {
      var page = Markup("\(word.rawValue) \(word.operands)", .operation)
      page.append("  a command: " + word.summary)
      pages.append(page)
    }
    if let setting = Setting.all.first(where: { $0.name == topic }) {
      pages.append(setting.page(settings))
    }
    if let concept = Concept.find(topic) { pages.append(concept.page(concept.output)) }
    return pages
  }

  /// What is written like a call: the operations of a spelling, the form, training.
  static func rows(spelled word: String, withReasons: Bool) -> [Markup] {
    var pages = Catalogue.rows(spelled: word).map {
      RowRenderer().render($0, withReasons: withReasons)
    }
    if let form = Form.all[word] {
      pages.append(
        Markup("\(form.name)(\(form.operands))", .operation) + Markup("  " + form.summary))
    }
    if word == "minimize" { pages.append(Optimizer.statementPage) }
    pages += Optimizer.all.filter { $0.name == word }.map(\.page)
    return pages
  }

  /// The topic without quotes and blanks around it.
  private static func bare(_ topic: String) -> String {
    topic.split { $0.isWhitespace || $0 == "\"" || $0 == "`" }.joined(separator: " ")
  }

  /// What there are pages on.
  private static var topicOverview: Markup {
    var page = Markup()
    func add(_ title: String, _ names: [String]) {
      if names.isEmpty { return }
      page.append((page.isEmpty ? "" : "\n") + title + "\n", .heading)
      for line in Paragraph.lines(names.joined(separator: ", "), width: 76) {
        page.append("  \(line)\n")
      }
    }
    add("Ideas", Concept.all.map(\.name))
    for (title, rows) in Catalogue.families {
      add(title, rows.filter { !$0.isInternal }.map(\.name))
    }
    add("Words that are written like calls", Form.table.map(\.name))
    add("Commands", CommandWord.allCases.map(\.rawValue))
    add("Training", ["minimize"] + Optimizer.all.map(\.name))
    add("Settings", Setting.all.map(\.name))
    page.append("\nand every message by its code, as in `explain E0302`", .dimmed)
    return page
  }
}

extension Concept {
  /// What its program prints.
  var output: Markup {
    var session = Session()
    var output = Markup()
    _ = session.run(program, name: name) { event in
      switch event {
      case .printed(let text): output.append(output.isEmpty ? text : "\n" + text, .value)
      case .report(let markup, _):
        if !output.isEmpty { output.append("\n") }
        output.append(markup.withoutLastBreak)
      default: break
      }
    }
    return output
  }
}

extension SessionCommand {
  static let explain: SessionCommand = .init(
    name: "explain", operands: "[topic]",
    summary: "the page of an operation, a message or an idea, as :explain E0302",
    operand: .topic
  ) { conversation, call in
    switch conversation.session.explanation(of: call.operand) {
    case .success(let page):
      call.report(page, in: conversation)
      return true
    case .failure(let diagnostic): return call.refuse(diagnostic, in: conversation)
    }
  }

  static let tour: SessionCommand = .init(
    name: "tour", operands: "", summary: "the language in eight steps; binds nothing"
  ) { conversation, call in
    // A guest does what is shown, so that the session stays as it is.
    var guest = Conversation(conversation.beginning, files: .none)
    guest.session.settings = conversation.session.settings
    guest.session.settings.echoes = true
    for (number, step) in TourStep.all.enumerated() {
      call.report(step.heading(number + 1), in: guest)
      for statement in step.statements {
        call.report(Markup(PastedText.prompt, .dimmed) + Markup(statement), in: guest)
        guard guest.runStatement(statement, emit: call.emit) else { return false }
      }
      call.report(Markup(), in: guest)
      if number + 1 < TourStep.all.count { call.emit(.pause, guest.session.sources) }
    }
    return true
  }
}
