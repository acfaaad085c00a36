import WengertKernels

/// A conversation, as a value: copying one keeps a state to come back to.
public struct Session: Sendable {
  /// What the user has set.
  public var settings = Settings()
  /// Where files are read from.
  public var files: FileAccess
  /// The source files read so far, which diagnostics point into.
  public internal(set) var sources: [SourceFile] = []

  var lowering = Lowering(outlet: Outlet())
  /// Whether plain bindings are recognised by their bytes; the program means the same without.
  var readsPlain = true
  /// The statements that made the program.
  private(set) var statements = WrittenStatements()
  /// What `set` lines said, each before the statement with its index.
  private(set) var settingLines: [(index: Int, text: String)] = []
  typealias Place = WrittenStatements.Place
  /// The programs that the statements stand in; of a long one only the file that it stands in once
  /// it is written.
  private var trees: [Tree] = []

  /// A session in which nothing has been said.
  public init(files: FileAccess = .none) { self.files = files }

  /// Runs a program text: statement by statement, until an error.
  ///
  /// - Returns: whether all of it ran. After an error the statements before it stay.
  public mutating func run(
    _ text: [UInt8], name: String, emit: (Event) -> Void
  ) -> Bool {
    run(SourceFile(name: name, bytes: text), emit: emit)
  }

  /// Runs a program text whose lines are known.
  mutating func run(_ source: SourceFile, emit: (Event) -> Void) -> Bool {
    sources.append(source)
    lowering.files[sources.count - 1] = files
    let (tree, diagnostics) = Parser.parse(
      source, file: sources.count - 1, symbols: &lowering.symbols, readsPlain: readsPlain)
    trees.append(tree)
    return run(diagnostics, emit: emit)
  }

  /// Runs the program that was read last, if there is nothing wrong with it.
  private mutating func run(_ diagnostics: [Diagnostic], emit: (Event) -> Void) -> Bool {
    for diagnostic in diagnostics { emit(.diagnostic(diagnostic)) }
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      trees.removeLast()
      return false
    }
    return withoutActuallyEscaping(emit) { emit in
      lowering.apply(settings)
      lowering.outlet.receive = { emit(.printed($0)) }
      lowering.outlet.progress = { emit(.progress($0)) }
      lowering.outlet.file = { emit(.file(path: $0, contents: $1, at: $2)) }
      defer {
        lowering.outlet.receive = nil
        lowering.outlet.progress = nil
        lowering.outlet.file = nil
      }
      return run(emit)
    }
  }

  /// Runs a program text: statement by statement, until an error.
  public mutating func run(_ text: String, name: String, emit: (Event) -> Void) -> Bool {
    run(Array(text.utf8), name: name, emit: emit)
  }

  /// Runs the program that was read last.
  private mutating func run(_ emit: (Event) -> Void) -> Bool {
    let number = trees.count - 1
    let (before, first) = (settings.echoes ? nil : lowering, statements.count)
    let count = trees[number].statements.count
    lowering.reserve(count)
    var isDone = true
    lowering.faultPlace = nil
    var next = 0
    while next < count {
      let written = writePlains(from: next, of: number)
      next += written
      guard written == 0 else { continue }
      isDone = run(trees[number].statements[next], in: trees[number], emit)
      next += 1
      guard isDone else { break }
    }
    let last = trees[number].statements.last.map { trees[number].span($0) }
    if trees[number].plains.count > Session.longest {
      trees[number] = Tree(file: trees[number].file)
    }
    if isDone {
      isDone = report(emit, at: last) { session throws(Refusal) in try session.lowering.flush() }
    }
    if !isDone, let before { forgetFault(since: before, first) }
    return isDone
  }

  /// Trees of more plain bindings are let go.
  private static let longest = 10_000

  /// The tree of a number; one that was let go is read again, so ask once for many statements.
  func tree(_ number: Int32) -> Tree {
    let tree = trees[Int(number)]
    guard tree.statements.isEmpty, sources.indices.contains(tree.file) else { return tree }
    var symbols = lowering.symbols
    return Parser.parseAgain(
      sources[tree.file], file: tree.file, symbols: &symbols, readsPlain: readsPlain)
  }

  /// How many trees there are.
  var treeCount: Int { trees.count }

  /// Hands statements on one by one, each with its tree.
  func forEach<E: Error>(
    _ places: some Sequence<Place>, _ body: (Tree, Node) throws(E) -> Void
  ) throws(E) {
    var known: (number: Int32, tree: Tree)?
    for place in places {
      let tree = known?.number == place.tree ? known?.tree : nil
      let found = tree ?? self.tree(place.tree)
      if tree == nil { known = (place.tree, found) }
      try body(found, place.node)
    }
  }

  /// Forgets the statement whose entries could not run and those behind it: more can follow.
  ///
  /// Statements run together, so it may be long behind: those before it are written again.
  private mutating func forgetFault(since before: Lowering, _ first: Int) {
    guard let place = lowering.faultPlace else { return }
    statements.truncate(to: statements.firstIndex(from: first, reaching: place))
    var again = before
    again.symbols = lowering.symbols
    again.outlet = Outlet()
    do {
      try forEach(statements[first...]) { tree, node throws(Refusal) in
        try again.lower(statement: node, in: tree)
      }
      again.printed = again.program.count
      try again.flush()
    } catch {
      statements.truncate(to: first)
      again = before
    }
    again.outlet = lowering.outlet
    again.warnings = []
    lowering = again
  }

  /// Writes plain bindings from a statement on, as long as they come; says how many.
  private mutating func writePlains(from first: Int, of number: Int) -> Int {
    guard !settings.echoes else { return 0 }
    let tree = trees[number]
    let count = lowering.writePlains(first..<tree.statements.count, in: tree) {
      tree.statements[$0]
    }
    statements.append(
      count, from: place(of: tree.statements[first]), entries: lowering.program.count)
    return count
  }

  private func place(of node: Node) -> Place {
    Place(tree: Int32(truncatingIfNeeded: trees.count - 1), node: node)
  }

  /// Runs one statement; what was written before a mistake in it is forgotten.
  private mutating func run(_ node: Node, in tree: Tree, _ emit: (Event) -> Void) -> Bool {
    if case .command(let command) = tree.statement(node) {
      return report(emit, at: tree.span(node)) { session throws(Refusal) in
        try session.lowering.flush()
        try session.lowering.checkGrowth(at: tree.span(node))
        try session.run(command, in: tree, emit)
        session.noteSetting(node, command, in: tree)
        try session.lowering.checkGrowth(at: tree.span(node))
      }
    }
    let written = settings.echoes ? lowering.writeAlone(tree.plain(node), file: tree.file) : nil
    let checkpoint = written ?? lowering.checkpoint(withNames: settings.echoes)
    let isDone = report(emit, at: tree.span(node)) { session throws(Refusal) in
      try session.lowering.checkGrowth(at: tree.span(node))
      if written == nil { try session.lowering.lower(statement: node, in: tree) }
      if case .rule(let rule) = tree.statement(node) { try session.check(rule, in: tree) }
      if session.settings.echoes { try session.lowering.flush() }
    }
    guard isDone else {
      lowering.goBack(to: checkpoint)
      return false
    }
    statements.append(place(of: node), entries: lowering.program.count)
    if settings.echoes { echo(node, tree, emit) }
    return true
  }

  /// Keeps a `set` line, which counts for what comes behind it.
  private mutating func noteSetting(_ node: Node, _ command: Command, in tree: Tree) {
    guard lowering.symbols[command.word] == CommandWord.set.rawValue else { return }
    settingLines.append((statements.count, sources[tree.file].text(tree.span(node))))
  }

  /// Does some work for a statement; a refusal becomes a diagnostic, after the output that came
  /// before it.
  mutating func report(
    _ emit: (Event) -> Void, at span: Span?, _ work: (inout Session) throws(Refusal) -> Void
  ) -> Bool {
    var refusal: Refusal?
    do {
      try work(&self)
    } catch {
      refusal = error
      if lowering.faultPlace == nil { try? lowering.flush() }
    }
    for warning in lowering.warnings { emit(.diagnostic(warning)) }
    lowering.warnings = []
    if let refusal {
      var diagnostic = diagnostic(of: refusal)
      // Work that was stopped may not know where it was; whoever wrote the statement does.
      if diagnostic.primary == nil, let span { diagnostic = diagnostic.pointing(at: span) }
      emit(.diagnostic(diagnostic))
    }
    return refusal == nil
  }

  /// The diagnostic of a refusal; the data file that it is about becomes one of the sources.
  private mutating func diagnostic(of refusal: Refusal) -> Diagnostic {
    var diagnostic = refusal.diagnostic
    guard let excerpt = refusal.excerpt else { return diagnostic }
    sources.append(excerpt.source)
    let span = Span(excerpt.place.lowerBound, excerpt.place.upperBound, file: sources.count - 1)
    diagnostic.secondary.append(.init(span, excerpt.label))
    return diagnostic
  }

  /// Answers a binding with its value.
  private func echo(_ node: Node, _ tree: Tree, _ emit: (Event) -> Void) {
    var names = lowering.assignedNames(node, tree)
    // Training answers with what became small.
    if case .minimize = tree.statement(node) { names = names.suffix(1) }
    for name in names {
      guard let text = value(of: lowering.symbols[name]) else { continue }
      emit(.echoed(name: lowering.symbols[name], value: text))
    }
  }

  /// About how many bytes are held by this state and not by a later one: values, and the list,
  /// which each state has a copy of.
  func bytes(besides later: Session) -> Int {
    lowering.values.bytes(besides: later.lowering.values)
      + lowering.program.count * MemoryLayout<Entry>.stride * 2
  }

  /// Gives an input a new value before a program runs: `--set x1=3`.
  ///
  /// The first binding of the name in the program is replaced by the value of the formula.
  /// - Returns: what is wrong with the formula, nil where nothing is.
  public mutating func preset(_ name: String, to formula: String) -> Diagnostic? {
    let source = SourceFile(name: "--set", text: formula)
    sources.append(source)
    lowering.files[sources.count - 1] = files
    let (tree, diagnostics) = Parser.parse(
      source, file: sources.count - 1, symbols: &lowering.symbols)
    if let diagnostic = diagnostics.first(where: { $0.severity == .error }) { return diagnostic }
    guard tree.statements.count == 1, let node = tree.statements.first,
      case .bare(let value) = tree.statement(node)
    else {
      return .presetNeedsValue
    }
    do {
      guard let given = try lowering.compute(value, in: tree) else { return nil }
      let symbol = lowering.symbols.intern(name)
      lowering.presets[symbol] = .init(
        elements: given.elements, shape: given.shape, formula: formula)
      return nil
    } catch {
      return error.diagnostic
    }
  }

  /// Names given with `preset` that no statement has bound.
  public var unusedPresets: [String] {
    lowering.presets.keys.map { lowering.symbols[$0] }.sorted()
  }
}

/// A state of a program that is being written, to come back to.
struct Checkpoint {
  var entries: Int
  /// The random numbers that come next.
  var stream: RandomStream
  var streamPlace: Slot?
  /// What to do about the names of the program.
  var names: Names

  enum Names {
    /// Leave them, where only what is half written is to be forgotten.
    case left
    /// Have those again that there were.
    case kept(scope: Scope, versions: [Symbol: [Lowering.Version]])
    /// Forget one, which is new.
    case new(Symbol)
  }

  /// All of it, where an input waits for its value: the statement that gives it changes old
  /// entries.
  var whole: [Lowering] = []
}

extension Lowering {
  /// The state before a statement; keeping the names costs as much as there are.
  func checkpoint(withNames: Bool) -> Checkpoint {
    Checkpoint(
      entries: program.count, stream: stream, streamPlace: frames[0].stream,
      names: withNames ? .kept(scope: scopes[0], versions: versions) : .left,
      whole: withNames && !openInputs.isEmpty ? [self] : [])
  }

  /// Writes a plain binding of a new name, and says how to come back from it, which costs nothing;
  /// nil, and nothing done, where it is none or takes more than one look.
  mutating func writeAlone(_ plain: PlainBinding?, file: Int) -> Checkpoint? {
    guard let plain, openInputs.isEmpty else { return nil }
    var checkpoint = checkpoint(withNames: false)
    checkpoint.names = .new(Symbol(index: plain.target))
    return write(plain, file: file) ? checkpoint : nil
  }

  /// Forgets what a statement wrote that could not be finished.
  mutating func goBack(to checkpoint: Checkpoint) {
    frames.removeSubrange(1...)
    scopes.removeSubrange(1...)
    scopes[0].layers.removeSubrange(1...)
    scope = 0
    active = []
    callDepth = 0
    nesting = 0
    target = nil
    stream = checkpoint.stream
    frames[0].stream = checkpoint.streamPlace
    if let whole = checkpoint.whole.first {
      let reported = warnings
      self = whole
      warnings = reported
      return
    }
    switch checkpoint.names {
    case .left: return
    case .kept(let scope, let versions):
      scopes[0] = scope
      self.versions = versions
    case .new(let name):
      scopes[0].layers[0].values[name] = nil
      scopes[0].layers[0].forget(name)
    }
    let entries = checkpoint.entries
    frames[0].list.truncate(to: entries)
    values.truncate(to: entries)
    openInputs = openInputs.filter { $0.place < entries }
    structural = structural.filter { $0.place < entries }
    printed = min(printed, entries)
  }
}
