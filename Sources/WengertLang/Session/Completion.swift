/// What Tab can put at the end of a text.
public struct Completion: Sendable {
  /// One way to go on.
  public struct Candidate: Hashable, Sendable {
    /// The word as a whole.
    public var word: String
    /// What comes behind it when it is the only one: a blank, a bracket, nothing.
    public var suffix: String
    /// A few words about it.
    public var description: String
  }

  /// What the user has typed of the word.
  public let typed: String
  /// The ways to go on, in the order in which they are shown.
  public let candidates: [Candidate]

  /// What to do at a press of the key.
  public enum Action: Hashable, Sendable {
    /// Characters before the cursor go, others come there.
    case replace(deleting: Int, inserting: String)
    /// These lines are shown.
    case show(Markup)
    case beep
  }

  /// The completions of a text in a conversation; `list` gives the names in a folder, folders with
  /// a slash behind.
  public init(
    of text: String, in conversation: Conversation, list: @escaping (_ folder: String) -> [String]
  ) {
    let bare = Gutter.removed(from: text)
    let line = bare.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let source = Source(conversation: conversation, list: list)
    let typed: Substring
    var candidates: [Candidate]
    if let path = Completion.openString(in: line) {
      (typed, candidates) = source.files(path, suffix: "\"")
    } else if SessionCommand.isMeant(by: bare) {
      (typed, candidates) = source.command(line.drop { $0 == " " })
    } else {
      (typed, candidates) = source.word(in: line)
    }
    // A word in another case is better than none.
    let exact = candidates.filter { $0.word.hasPrefix(typed) }
    if exact.isEmpty {
      let folded = typed.lowercased()
      candidates = candidates.filter { $0.word.lowercased().hasPrefix(folded) }
    } else {
      candidates = exact
    }
    self.typed = String(typed)
    self.candidates = candidates
  }

  /// What to do now, on a terminal of some width.
  public func action(width: Int) -> Action {
    let scalars = typed.unicodeScalars.count
    guard let first = candidates.first else { return .beep }
    guard candidates.count > 1 else {
      return .replace(deleting: scalars, inserting: first.word + first.suffix)
    }
    let common = candidates.dropFirst().reduce(first.word[...]) { common, candidate in
      common.prefix(zip(common, candidate.word).prefix { $0 == $1 }.count)
    }
    if common.count > typed.count {
      return .replace(deleting: scalars, inserting: String(common))
    }
    return .show(listing(width: width))
  }

  /// How many candidates are shown with their descriptions, and how many at all.
  private static let describedLimit = 24
  private static let limit = 200

  private func listing(width: Int) -> Markup {
    var lines = Markup()
    let shown = candidates.prefix(Completion.limit)
    let column = (shown.map { Cells.width($0.word) }.max() ?? 0) + 2
    if candidates.count <= Completion.describedLimit {
      for candidate in shown {
        lines.append("  " + candidate.word, .operation)
        lines.pad(column - Cells.width(candidate.word))
        let room = max(0, width - column - 3)
        lines.append(String(candidate.description.prefix(room)) + "\n", .dimmed)
      }
    } else {
      let columns = max(1, (width - 2) / column)
      for (number, candidate) in shown.enumerated() {
        let isLast = (number + 1) % columns == 0 || number + 1 == shown.count
        lines.append("  " + candidate.word)
        if isLast {
          lines.append("\n")
        } else {
          lines.pad(column - 2 - Cells.width(candidate.word))
        }
      }
    }
    let rest = candidates.count - shown.count
    if rest > 0 { lines.append("  and \(rest) more\n", .dimmed) }
    return lines
  }

  /// The text behind a quote that is still open.
  private static func openString(in line: Substring) -> Substring? {
    guard line.filter({ $0 == "\"" }).count % 2 == 1, let quote = line.lastIndex(of: "\"")
    else { return nil }
    return line[line.index(after: quote)...]
  }
}
