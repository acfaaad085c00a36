import WengertKernels

/// A session with somebody: what was typed, what can be taken back, and the commands of the prompt.
///
/// Pure, like the session itself: reading goes through `files`, and writing is an event.
public struct Conversation: Sendable {
  /// What is known so far.
  public internal(set) var session: Session
  /// Whether `:quit` was said.
  public internal(set) var isOver = false
  /// Files by their paths as the user writes them.
  let files: FileAccess
  /// The session as it was at first, for `:reset`.
  let beginning: Session
  /// Whether the submission that runs has changed something that `:undo` can take back.
  var isChanged = false
  /// What `:undo` comes back to, and the text that `:undo` takes back; with the memory that is held
  /// for it alone.
  private(set) var past: [(session: Session, text: String, bytes: Int)] = []

  /// Shows an event; spans point into the sources.
  public typealias Emit = (Event, [SourceFile]) -> Void

  /// How many submissions can be taken back.
  static let mostUndone = 1000

  /// A conversation that begins with a session; `files` reads by path.
  public init(_ session: Session, files: FileAccess) {
    self.session = session
    self.files = files
    beginning = session
  }

  /// Lets bindings answer with their values, as they do at a prompt.
  public mutating func speak() { session.settings.echoes = true }

  /// Lets printouts take so many cells.
  public mutating func setWidth(_ width: Int) { session.settings.width = width }

  /// What a command without an operand is about: the value that was bound last.
  public var defaultOperand: String? { values.last?.name }

  /// What printouts call the inputs that a value is computed from, and names that stand for them,
  /// which are bound where there are none.
  public mutating func nameInputs(of name: String) -> [(label: String, name: String)] {
    session.nameInputs(of: name)
  }

  /// A value and its partial derivatives by names as text; nil where there are none, which is said.
  public mutating func gradient(
    of output: String, wrt inputs: [String], emit: Emit
  ) -> [String]? {
    var events: [Event] = []
    let values = session.gradient(of: output, wrt: inputs) { events.append($0) }
    for event in events { emit(event, session.sources) }
    return values
  }

  /// The names that stand for values, oldest first.
  var values: [Session.Name] { session.names.filter { !$0.isFunction } }

  // MARK: Programs

  /// Runs a program: a file, a pipe, or what the command line gave.
  ///
  /// - Parameter folder: where its relative paths begin, with a slash; empty for the current
  /// folder.
  /// - Returns: whether all of it ran.
  public mutating func run(
    _ text: [UInt8], name: String, folder: String = "", emit: Emit
  ) -> Bool {
    let source = SourceFile(name: name, bytes: text)
    let sources = session.sources + [source]
    let files = self.files
    var waiting: [Diagnostic] = []
    session.files = files.inside(folder)
    let isDone = session.run(source) { event in
      switch event {
      case .file(let path, let contents, let span):
        emit(.file(path: FileAccess.join(folder, path), contents: contents, at: span), sources)
      case .diagnostic(let diagnostic) where diagnostic.lastFile >= sources.count:
        // About a text that only the session has, as yet.
        waiting.append(diagnostic)
      default: emit(event, sources)
      }
    }
    for diagnostic in waiting { emit(.diagnostic(diagnostic), session.sources) }
    return isDone
  }

  // MARK: Submissions

  /// What became of a submission.
  public struct Outcome: Sendable {
    /// Whether all of it ran.
    public var isDone = true
    /// How many statements behind an error did not run.
    public var skipped = 0
  }

  /// Runs what was typed or pasted: statements and commands one behind the other, until an error.
  ///
  /// `:undo` takes it back as a whole.
  public mutating func submit(_ text: String, emit: Emit) -> Outcome {
    let statements = PastedText.statements(text)
    let before = session
    isChanged = false
    var outcome = Outcome()
    for (number, statement) in statements.enumerated() {
      let isDone = perform(statement, emit: emit)
      if isOver { return outcome }
      guard isDone else {
        outcome = Outcome(isDone: false, skipped: statements.count - number - 1)
        break
      }
    }
    if isChanged { remember(before, text) }
    if wl_interrupt_requested() == Int32(WL_STOP_MEMORY), !past.isEmpty {
      past = []
      let answer = Markup(":undo has forgotten what it could take back, to give memory free\n")
      emit(.report(answer, json: nil), session.sources)
    }
    return outcome
  }

  /// Runs one statement or command.
  private mutating func perform(_ statement: String, emit: Emit) -> Bool {
    if SessionCommand.isMeant(by: statement) {
      return SessionCommand.perform(statement, in: &self, emit: emit)
    }
    if let answer = Habit.answer(to: statement, in: &self) {
      if !answer.isEmpty { emit(.report(answer, json: nil), session.sources) }
      return true
    }
    return runStatement(statement, emit: emit)
  }

  /// Runs a statement that was typed, and notes whether there is something to take back.
  mutating func runStatement(_ statement: String, emit: Emit) -> Bool {
    let count = session.statements.count
    let (stream, place) = (session.lowering.stream, session.lowering.frames[0].stream)
    let isDone = run(Array(statement.utf8), name: "<prompt>", emit: emit)
    let isBinding = session.statements.dropFirst(count).contains { session.binds($0) }
    let isSetting = isDone && SessionCommand.trimmed(statement[...]).hasPrefix("set ")
    // The random numbers that come next are part of the state, as names are.
    let isDraw =
      session.lowering.frames[0].stream != place || !session.lowering.stream.isSame(as: stream)
    if isBinding || isSetting || isDraw { isChanged = true }
    return isDone
  }

  /// Keeps a state to come back to; the oldest ones go where together they take a quarter of what
  /// values may take.
  private mutating func remember(_ before: Session, _ text: String) {
    past.append((before, text, before.bytes(besides: session)))
    var held = past.reduce(0) { $0 + $1.bytes }
    let most = session.settings.memory / 4
    var first = 0
    while past.count - first > 1, past.count - first > Conversation.mostUndone || held > most {
      held -= past[first].bytes
      first += 1
    }
    past.removeFirst(first)
  }

  /// Takes submissions back; returns their texts, the newest first.
  mutating func undo(_ count: Int) -> [String] {
    var texts: [String] = []
    while texts.count < count, let last = past.popLast() {
      session = last.session
      texts.append(last.text)
    }
    return texts
  }
}
