/// What people type out of habit, from other prompts: it gets an answer, and some of it works.
enum Habit {
  private static let leaving: Set = ["quit", "exit", "bye", "logout", "q"]
  private static let replacements = [
    "who": "vars", "whos": "vars", "ls": "vars", "dir": "vars", "clear": "reset", "cls": "reset",
    "history": "help keys", "run": "load", "timeit": "time", "timing": "time", "source": "load",
    "man": "help", "h": "help", "d": "vars", "i": "load",
  ]

  /// The answer to a habit; nil when the text is a statement like any other.
  static func answer(to statement: String, in conversation: inout Conversation) -> Markup? {
    let text = SessionCommand.trimmed(statement[...])
    if text.hasSuffix("?") {
      let topic = String(text.dropLast())
      return Lexer.isWord(topic) ? Help.page(on: topic, in: conversation) : nil
    }
    if let (command, operand) = operandCommand(text, in: conversation) {
      return command == "help"
        ? Help.page(on: operand, in: conversation)
        : Markup("that is `:\(command) \(operand)` here\n")
    }
    // `\q`, `.help`, `%time` cannot begin a statement; `help` and `quit()` can.
    let isForeign = text.first.map { "\\.%@".contains($0) } ?? false
    var body = isForeign ? text.drop { "\\.%@".contains($0) } : text
    if body.hasSuffix("()") { body = body.dropLast(2) }
    let word = String(isForeign ? body.prefix { $0.isLetter } : body)
    guard Lexer.isWord(word), !conversation.session.names.contains(where: { $0.name == word })
    else { return nil }
    if leaving.contains(word), isForeign || word != "q" {
      conversation.isOver = true
      return Markup()
    }
    if word == "help" { return Help.page(on: "", in: conversation) }
    if word == "explain" { return try? conversation.session.explanation(of: "").get() }
    let isCommand = SessionCommand.all.contains { $0.name == word }
    guard isForeign || isCommand || ["who", "whos", "ls", "clear", "history"].contains(word),
      let name = isCommand ? word : replacements[word]
    else { return nil }
    return Markup("that is `:\(name)` here\n")
  }

  /// A command of the prompt with its operand that lacks its colon, such as `time f`.
  ///
  /// A name behind a name is no statement.
  private static func operandCommand(_ text: Substring, in conversation: Conversation)
    -> (command: String, operand: String)?
  {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let operand = parts[1].first(where: { $0 != " " }),
      operand.isLetter || operand.isNumber || "_\"/~.".contains(operand),
      let command = SessionCommand.all.first(where: { $0.name == parts[0] }),
      CommandWord(rawValue: command.name) == nil,
      !conversation.session.names.contains(where: { $0.name == command.name })
    else { return nil }
    return (command.name, String(parts[1]))
  }
}
