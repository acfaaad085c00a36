import WengertKernels

/// A command of the prompt itself: dispatch, `:help` and completion read its row.
public struct SessionCommand: Sendable {
  /// What completion offers behind the name.
  public enum Operand: Sendable { case none, file, topic, name, setting, statement }

  /// What is typed behind the colon.
  public let name: String
  /// A shorter name, where an abbreviation would be ambiguous.
  public var short: String?
  /// What stands behind it, as help shows it; in brackets when it may be missing.
  public let operands: String
  /// What it does, in one line.
  public let summary: String
  /// What completion offers behind it.
  public var operand = Operand.none
  /// Does it; returns whether all went well.
  let action: @Sendable (inout Conversation, Call) -> Bool

  /// What an action gets: the text behind the command, and whom to tell.
  struct Call {
    /// The text behind the command.
    let operand: String
    /// What was typed, and the bytes in it that complaints are about.
    let line: SourceFile
    let place: Range<Int>
    let emit: Conversation.Emit

    /// Prints a text.
    func report(_ text: Markup, in conversation: Conversation) {
      emit(.report(text, json: nil), conversation.session.sources)
    }

    /// Prints a diagnostic about what was typed; false, for actions to return.
    func refuse(_ diagnostic: Diagnostic, in conversation: Conversation) -> Bool {
      let sources = conversation.session.sources
      let span = Span(place.lowerBound, place.upperBound, file: sources.count)
      let words = diagnostic.primary?.text ?? ""
      emit(.diagnostic(diagnostic.pointing(at: span, words)), sources + [line])
      return false
    }
  }

  /// Whether a text is for the prompt and no program.
  public static func isMeant(by text: String) -> Bool {
    let first = text.first { !$0.isWhitespace }
    return first == ":" || first == "?"
  }

  /// The command that a word means: its name, its short form, or the only one that begins so.
  static func find(_ word: String) -> [Word] {
    let exact = words.filter { $0.name == word || $0.short == word }
    return exact.isEmpty ? words.filter { $0.name.hasPrefix(word) } : exact
  }

  /// Everything that may stand behind a colon: the rows, and the commands of the language.
  static var words: [Word] {
    let rows = Set(all.map(\.name))
    let others = CommandWord.allCases.filter { !rows.contains($0.rawValue) }
    return all.map { .session($0) } + others.map { .language($0) }
  }

  /// One of them.
  enum Word {
    case session(SessionCommand)
    case language(CommandWord)

    var name: String {
      switch self {
      case .session(let command): command.name
      case .language(let word): word.rawValue
      }
    }

    var operands: String {
      switch self {
      case .session(let command): command.operands
      case .language(let word): word.operands
      }
    }

    var summary: String {
      switch self {
      case .session(let command): command.summary
      case .language(let word): word.summary
      }
    }

    var short: String? {
      if case .session(let command) = self { return command.short }
      return nil
    }
  }

  /// Does what a text that begins with `:` or `?` asks for.
  static func perform(
    _ text: String, in conversation: inout Conversation, emit: Conversation.Emit
  ) -> Bool {
    let line = trimmed(text[...])
    let isQuestion = line.hasPrefix("?") || line.hasPrefix(":?")
    let body = line.drop { $0 == ":" || $0 == "?" || $0 == " " }
    let word = isQuestion ? "help" : String(body.prefix { $0.isLetter })
    let operand = isQuestion ? body : trimmed(body.dropFirst(word.count))
    let found = word.isEmpty ? [] : find(word)
    let isClear = found.count == 1
    return withoutActuallyEscaping(emit) { emit in
      let subject = isClear && !operand.isEmpty ? operand : line
      let call = Call(
        operand: String(operand), line: SourceFile(name: "<prompt>", text: text),
        place: bytes(of: subject, in: text), emit: emit)
      guard let command = found.first, isClear else {
        let name = word.isEmpty ? String(body) : word
        return call.refuse(unclear(name, found), in: conversation)
      }
      switch command {
      case .session(let command):
        // `:q!` is a habit.
        if command.operands.isEmpty, !operand.isEmpty, operand != "!" {
          return call.refuse(.needlessOperand(command), in: conversation)
        }
        return command.action(&conversation, call)
      case .language(.table) where operand.isEmpty:
        call.report(Catalogue.overview, in: conversation)
        return true
      case .language(.show) where operand.isEmpty:
        return call.refuse(.unknownStage(at: Span(0, 0)), in: conversation)
      case .language(let word):
        let operands = operand.isEmpty ? conversation.defaultOperand ?? "" : String(operand)
        let statement = Array("\(word.rawValue) \(operands)".utf8)
        return conversation.run(statement, name: "<prompt>", emit: emit)
      }
    }
  }

  /// Where a part of a text stands in it.
  private static func bytes(of part: Substring, in text: String) -> Range<Int> {
    let start = text.utf8.distance(from: text.startIndex, to: part.startIndex)
    return start..<start + part.utf8.count
  }

  private static func unclear(_ word: String, _ found: [Word]) -> Diagnostic {
    let near = EditDistance.suggestion(for: word, among: words.map { $0.name })
    return found.isEmpty
      ? .unknownCommand(word, nearest: near) : .ambiguousCommand(word, found.map { $0.name })
  }

  /// A text without the blanks around it.
  static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
