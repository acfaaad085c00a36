/// The pages that `:help` and its relatives print.
enum Help {
  /// A page on a topic, the overview when there is none; nil when the topic is unknown.
  static func page(on topic: String, in conversation: Conversation) -> Markup? {
    if topic.isEmpty { return overview }
    if topic == "keys" { return keys }
    let bare = topic.hasPrefix(":") ? String(topic.dropFirst()) : topic
    if !topic.hasPrefix(":"), let page = words(on: topic, in: conversation.session) { return page }
    if let message = MessagePage.find(topic) { return message.page }
    let found = SessionCommand.find(bare).filter { topic.hasPrefix(":") || $0.name == bare }
    guard let word = found.first, found.count == 1 else { return nil }
    let isSession = if case .session = word { true } else { false }
    return row((isSession ? ":" : "") + word.name, word.operands, word.summary, width: 0)
  }

  /// The page of a name, an operation, a setting or an idea.
  private static func words(on topic: String, in session: Session) -> Markup? {
    let known = session.help(on: topic)
    let setting = Setting.all.first { topic == $0.name || topic == "set " + $0.name }
    let idea = known == nil ? Concept.find(topic).map { $0.page($0.output) } : nil
    var found = [known, setting?.page(session.settings), idea].compactMap { $0 }
    if !found.isEmpty, let word = CommandWord(rawValue: topic) {
      // A word may be an operation and a command, as `trace` is.
      found.append(row(word.rawValue, word.operands, word.summary, width: 0))
    }
    return found.isEmpty ? nil : found.joined(by: "\n\n")
  }

  /// Everything one can ask about.
  static func topics(in conversation: Conversation) -> [String] {
    var topics = ["keys"]
    topics += SessionCommand.all.map(\.name)
    topics += CommandWord.allCases.map(\.rawValue)
    topics += conversation.session.names.map(\.name)
    topics += Session.topics
    return topics
  }

  // MARK: Pages

  private static var overview: Markup {
    var page = Markup()
    let commands = SessionCommand.all.map { (":" + $0.name, $0.operands, $0.summary) }
    let words = CommandWord.allCases.map { ($0.rawValue, $0.operands, $0.summary) }
    let width = (commands + words).map { $0.0.count + $0.1.count + 1 }.max() ?? 0
    page.append("At the prompt; the first letters are enough\n", .heading)
    for (name, operands, summary) in commands { page += row(name, operands, summary, width: width) }
    page.append(
      "\nCommands of the language; `to \"file.tex\"` behind one writes a file\n", .heading)
    for (name, operands, summary) in words { page += row(name, operands, summary, width: width) }
    page.append("\n?mul tells about an operation, ?x1 about a name, :help keys about the keys\n")
    return page
  }

  /// The keys of the prompt, and what each does.
  static let keyRows = [
    ("Enter", "runs the statement; while a bracket is open, begins a line, until two are empty"),
    ("Alt-Enter", "begins a line in any case"),
    ("Tab", "completes, or shows the choices"),
    ("Up, Down", "the line above or below, then the history"),
    ("Ctrl-R", "searches the history"),
    ("Ctrl-A, Ctrl-E", "the ends of the line; once more, of the statement"),
    ("Ctrl-W, Ctrl-K, Ctrl-U", "remove the word, the rest, everything; Ctrl-Y brings it back"),
    ("Ctrl-C", "gives up what is typed; stops work that takes too long"),
    ("Ctrl-Z", "back to the shell for a while"),
    ("Ctrl-D", "leaves"),
  ]

  private static let keys: Markup = {
    let width = keyRows.map(\.0.count).max() ?? 0
    return keyRows.reduce(into: Markup()) { $0 += row($1.0, "", $1.1, width: width) }
  }()

  /// The names in sight, the last one last.
  static func names(in conversation: Conversation) -> Markup {
    let names = conversation.session.names
    if names.isEmpty { return "no names yet\n" }
    let width = min(24, names.map { Cells.width($0.name) }.max() ?? 0)
    return names.reduce(into: Markup()) { $0 += row($1.name, "", $1.description, width: width) }
  }

  /// The settings with their values.
  static func settings(of session: Session) -> Markup {
    let rows = Setting.all.map { ($0.name, $0.value(session.settings), $0.summary) }
    let width = rows.map { $0.0.count + 1 + $0.1.count }.max() ?? 0
    return rows.reduce(into: Markup()) { $0 += row($1.0, $1.1, $1.2, width: width) }
  }

  /// What `:undo` took back.
  static func takenBack(_ texts: [String]) -> Markup {
    texts.reduce(into: Markup()) { page, text in
      let lines = text.split(separator: "\n")
      page.append("took back ", .dimmed)
      page.append(lines.first.map(String.init) ?? "")
      if lines.count > 1 { page.append(" … (\(lines.count) lines)", .dimmed) }
      page.append("\n")
    }
  }

  /// Seconds with three digits, in the unit that suits.
  static func duration(_ seconds: Double) -> String {
    let (value, unit) =
      seconds < 1e-3 ? (seconds * 1e6, "µs") : seconds < 1 ? (seconds * 1e3, "ms") : (seconds, "s")
    let digits = value < 10 ? 100.0 : value < 100 ? 10 : 1
    let rounded = (value * digits).rounded() / digits
    return digits == 1 ? "\(Int(rounded)) \(unit)" : "\(rounded) \(unit)"
  }

  private static func row(
    _ name: String, _ operands: String, _ summary: String, width: Int
  ) -> Markup {
    var row = Markup("  ")
    row.append(name, .operation)
    if !operands.isEmpty { row.append(" " + operands) }
    let taken = Cells.width(name) + (operands.isEmpty ? 0 : 1 + Cells.width(operands))
    row.pad(max(width - taken, 0) + 2)
    row.append(summary + "\n", .dimmed)
    return row
  }
}

/// A setting as help and completion show it.
struct Setting: Sendable {
  let name: String
  let summary: String
  /// What values it takes, in words.
  let wants: String
  let value: @Sendable (Settings) -> String
  /// What stands for the value that it begins with, where that depends on the machine.
  var initial: String?
  /// What a unit behind the value stands for; that of "" is meant where there is none.
  var units: [String: Double] = ["": 1]
  /// The largest value that it may have here, where that is not the same everywhere.
  var most: (@Sendable (Settings) -> String)?
  /// Takes a new value over; false when it is none of those that `wants` describes.
  let change: @Sendable (inout Settings, Double) -> Bool
  /// Takes a word over, where the setting is one of several words.
  var choose: (@Sendable (inout Settings, String) -> Bool)?

  /// What it is, its value, and what it takes.
  func page(_ settings: Settings) -> Markup {
    var page = Markup("set \(name) \(value(settings))", .operation)
    page.append("  a setting: \(summary)")
    page.append("\n  takes  \(wants)")
    return page
  }

  static let all = [
    Setting(
      name: "digits", summary: "significant digits of printed numbers",
      wants: "a whole number from 1 to 17", value: { "\($0.digits)" }
    ) { settings, value in
      guard let digits = Int(exactly: value), (1...17).contains(digits) else { return false }
      settings.digits = digits
      return true
    },
    Setting(
      name: "entries", summary: "entries that a list may have",
      wants: "a whole number from 1000 to 2^30, or to what --max-entries allows",
      value: { "\($0.entries)" }, most: { "\($0.mostEntries)" }
    ) { settings, value in
      guard let count = Int(exactly: value), (1000...settings.mostEntries).contains(count) else {
        return false
      }
      settings.entries = count
      return true
    },
    Setting(
      name: "memory", summary: "memory that values may take",
      wants: "a size from 64 kB on: `64MB`, `4GB`; without a unit it is in MB; "
        + "--max-memory is the most",
      value: { MemoryUnit.text($0.memory) }, initial: "a quarter of the machine's",
      units: MemoryUnit.sizes, most: { MemoryUnit.text($0.mostMemory) }
    ) { settings, value in
      guard value >= 0x1p16, value <= Double(settings.mostMemory) else { return false }
      settings.memory = Int(value)
      return true
    },
    Setting(
      name: "notation", summary: "how traces call values and adjoints",
      wants: "one of " + TraceNotation.allCases.map(\.rawValue).joined(separator: ", "),
      value: { $0.notation.rawValue }, change: { _, _ in false }
    ) { settings, word in
      guard let notation = TraceNotation(rawValue: word) else { return false }
      settings.notation = notation
      return true
    },
    Setting(
      name: "plan", summary: "how lists are run: as fast as can be, or each entry for itself",
      wants: "`lean` or `plain`; the bits are the same",
      value: { $0.isLean ? "lean" : "plain" }, change: { _, _ in false }
    ) { settings, word in
      guard ["lean", "plain"].contains(word) else { return false }
      settings.isLean = word == "lean"
      return true
    },
    Setting(
      name: "kinks", summary: "which slope operations take at their kinks",
      wants: "one of " + KinkChoice.allCases.map(\.rawValue).joined(separator: ", "),
      value: { $0.kinks.rawValue }, change: { _, _ in false }
    ) { settings, word in
      guard let kinks = KinkChoice(rawValue: word) else { return false }
      settings.kinks = kinks
      return true
    },
    Setting(
      name: "zeros", summary: "whether zeros that stand for nothing are skipped or multiplied",
      wants: "one of " + ZeroRule.allCases.map(\.rawValue).joined(separator: ", "),
      value: { $0.zeros.rawValue }, change: { _, _ in false }
    ) { settings, word in
      guard let zeros = ZeroRule(rawValue: word) else { return false }
      settings.zeros = zeros
      return true
    },
    Setting(
      name: "width", summary: "cells at which printouts fold; columns of a trace stay whole",
      wants: "a whole number from 20 to 1000", value: { "\($0.width)" },
      initial: "the terminal's, else 100"
    ) { settings, value in
      guard let width = Int(exactly: value), (20...1000).contains(width) else { return false }
      settings.width = width
      return true
    },
  ]
}
