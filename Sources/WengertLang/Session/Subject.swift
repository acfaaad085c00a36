/// What a command is about: a value of the program, on a copy of it that the command may change.
struct Subject {
  var lowering: Lowering
  /// The entry that the command names.
  private(set) var output = Slot(0)
  /// The function that was asked about, which gives the entry a name.
  private(set) var title: String?
  /// The parameters of that function, which are no later versions of names.
  private var parameters: Set<Symbol> = []
  /// The entries behind `wrt`.
  private(set) var targets: [Slot] = []
  /// The changes given with `wrt x = 1`, by entry.
  private(set) var seeds: [(slot: Slot, tangent: [Double])] = []
  let settings: Settings
  /// The programs that spans point into.
  private(set) var sources: [SourceFile] = []
  private(set) var span = Span(0, 0)
  /// Words such as `rows` behind the operands.
  private(set) var options: Set<String> = []
  /// Words with another behind them: `mode reverse`.
  private(set) var words: [String: String] = [:]
  /// Where those words stand.
  private var places: [String: Span] = [:]
  /// Whether `at` gives values.
  private(set) var hasPoint = false

  var list: List { lowering.program }
  var symbols: Symbols { lowering.symbols }

  /// Reads a command: the value, the inputs, and what `at` gives other values.
  init(_ command: Command, in tree: Tree, of session: Session) throws(Refusal) {
    lowering = session.lowering
    lowering.outlet = Outlet()
    lowering.warnings = []
    settings = session.settings
    sources = session.sources
    span = command.wordSpan
    let symbols = session.lowering.symbols
    options = Set(command.options.map { symbols[$0.word] })
    var words: [String: String] = [:]
    for (word, values) in command.options {
      guard let value = tree[values].first else { continue }
      if case .name(let name) = tree.expression(value) { words[symbols[word]] = symbols[name] }
      places[symbols[word]] = tree.span(value)
    }
    let source = session.sources[tree.file]
    words["command"] =
      source.text(command.wordSpan) + " "
      + (tree[command.operands].first.map { source.text(tree.span($0)) } ?? "")
    self.words = words
    hasPoint = !tree[command.at].isEmpty
    let operands = tree[command.operands]
    guard operands.count == 1, let operand = operands.first else {
      throw Refusal(diagnostic: .oneOperand(symbols[command.word], at: command.wordSpan))
    }
    var given = try givenValues(tree[command.at], tree)
    if case .name(let name) = tree.expression(operand), lowering.find(name) == nil,
      case .defined(let definition)? = lowering.findFunction(name)
    {
      output = try open(definition, &given, at: tree.span(operand))
      title = symbols[name]
    }
    for (name, value, place) in given { try replace(name, by: value, session, at: place) }
    if output == Slot(0) {
      let value = try lowering.lower(operand, in: tree)
      output = try lowering.single(value, at: tree.span(operand))
      // A formula without a name is called y.
      if list.name(output) == nil, symbols.find("y") == nil { title = "y" }
    }
    try lowering.flush()
    warnOfUnread(given.map(\.name), operand, tree, of: session)
    try readInputs(tree[command.wrt], tree)
  }

  /// A value of a list that no text tells of.
  init(
    _ lowering: Lowering, output: Slot, targets: [Slot],
    seeds: [(slot: Slot, tangent: [Double])], settings: Settings
  ) {
    self.lowering = lowering
    self.output = output
    self.targets = targets
    self.seeds = seeds
    self.settings = settings
  }

  /// The values behind `at`.
  private mutating func givenValues(
    _ nodes: [Node], _ tree: Tree
  ) throws(Refusal) -> [(name: Symbol, value: Lowering.Given, place: Span)] {
    var given: [(name: Symbol, value: Lowering.Given, place: Span)] = []
    for node in nodes {
      guard case .named(let name, let formula) = tree.expression(node) else { continue }
      let slot = try lowering.single(try lowering.lower(formula, in: tree), at: tree.span(node))
      try lowering.flush()
      guard let view = lowering.values.view(slot, in: list) else {
        throw Refusal(diagnostic: .fault(Fault(.noValue), in: lowering))
      }
      let start = Int(tree.span(node).start)
      let place = Span(start, start + symbols[name].utf8.count, file: tree.file)
      given.append((name, .init(elements: view.array, shape: view.shape), place))
    }
    return given
  }

  /// A function's name stands for its list, with its parameters as inputs.
  private mutating func open(
    _ definition: Definition, _ given: inout [(name: Symbol, value: Lowering.Given, place: Span)],
    at span: Span
  ) throws(Refusal) -> Slot {
    var arguments: [Value] = []
    parameters = Set(definition.parameters)
    lowering.list.span = span
    for parameter in definition.parameters {
      let value = given.first { $0.name == parameter }?.value
      let slot =
        value.map { lowering.list.appendData($0.elements, shape: $0.shape, isInput: true) }
        ?? lowering.list.appendInput(shape: .scalar)
      if value == nil { lowering.openInputs.insert(slot) }
      lowering.list.setName(slot, parameter)
      lowering.bind(parameter, .slot(slot, depth: 0), at: span)
      arguments.append(.slot(slot, depth: 0))
      given.removeAll { $0.name == parameter }
    }
    let value = try lowering.call(
      .defined(definition), with: arguments, in: Tree(file: 0), at: span)
    let slot = try lowering.single(value, at: span)
    lowering.bindEntry(definition.name, value, at: span)
    return slot
  }

  /// Says which of the names that `at` gives values do not go into the output, neither as entries
  /// nor as a size or a count by which its entries are written.
  private mutating func warnOfUnread(
    _ names: [Symbol], _ operand: Node, _ tree: Tree, of session: Session
  ) {
    let reached = list.reached(from: [output])
    let unread = names.filter { name in
      guard case .slot(let slot, 0)? = lowering.scopes[0].value(name) else { return false }
      return !reached[slot.place]
    }
    guard !unread.isEmpty else { return }
    var before = session.lowering
    before.outlet = Outlet()
    if let value = try? before.lower(operand, in: tree),
      let known = try? before.single(value, at: span),
      !list.makes(output, as: before.program, makes: known)
    {
      return
    }
    for name in unread {
      lowering.warnings.append(
        .valueUnread(lowering.displayName(output), symbols[name], at: span))
    }
  }

  /// Runs the same program with the latest binding of a name replaced.
  private mutating func replace(
    _ name: Symbol, by value: Lowering.Given, _ session: Session, at span: Span
  ) throws(Refusal) {
    guard case .slot(let slot, 0)? = lowering.scopes[0].value(name) else {
      throw Refusal(diagnostic: lowering.unknownName(name, at: span))
    }
    let isWorkedOut = list.number(slot) != nil
    if list.shape(slot) == value.shape, !isWorkedOut, !lowering.isStructural(slot) {
      lowering.list.replaceWithInput(slot, value.elements)
      lowering.openInputs.remove(slot)
      lowering.values.truncate(to: slot.place)
    } else {
      try session.rewrite(into: &lowering, replacing: name, by: value)
    }
    try lowering.flush()
  }

  /// The names behind `wrt`, with the changes that some are given.
  private mutating func readInputs(_ nodes: [Node], _ tree: Tree) throws(Refusal) {
    for node in nodes {
      switch tree.expression(node) {
      case .name(let name): targets += try slots(of: name, at: tree.span(node))
      case .named(let name, let formula):
        let slots = try slots(of: name, at: tree.span(node))
        let change = try lowering.single(
          try lowering.lower(formula, in: tree), at: tree.span(formula))
        guard slots.count == 1, list.shape(change) == list.shape(slots[0]) else {
          throw Refusal(diagnostic: .seedShape(symbols[name], at: tree.span(node)))
        }
        try lowering.flush()
        guard let view = lowering.values.view(change, in: list) else {
          throw Refusal(diagnostic: .fault(Fault(.noValue), in: lowering))
        }
        targets += slots
        seeds.append((slots[0], view.array))
      default: throw Refusal(diagnostic: .gradientByFormula(at: tree.span(node)))
      }
    }
  }

  /// The entries of a name; refused where it was bound again after the output was computed.
  private mutating func slots(of name: Symbol, at span: Span) throws(Refusal) -> [Slot] {
    guard let value = lowering.find(name) else {
      throw Refusal(diagnostic: lowering.unknownName(name, at: span))
    }
    guard !value.leaves.contains(where: lowering.isNumber) else {
      throw Refusal(diagnostic: .gradientByNumber(symbols[name], at: span))
    }
    let slots = value.leaves.map(\.slot)
    guard !parameters.contains(name) else { return slots }
    let reaches = Activity(list, targets: slots, end: output.place + 1)[output]
    let command = words["command"] ?? ""
    try lowering.judgeVersions(
      Lowering.Place(slot: output, depth: 0), name, reaches, at: span
    ) { _, x in "\(command) wrt \(x)" }
    return slots
  }
}

/// The printouts of the commands.
extension Subject {
  mutating func listing(withValues: Bool) throws(Refusal) -> Printout {
    let wish = try wish()
    return try explained { subject throws(ExplanationError) in
      let listing = try Listing.make(
        of: subject.output, in: subject.list, symbols: subject.symbols, running: withValues)
      let renderer = ListRenderer(digits: subject.settings.digits, width: subject.settings.width)
      return subject.printout(
        wish, standard: { renderer.render(listing, values: withValues) },
        json: renderer.json(listing, values: withValues)
      ) { .list(listing, values: withValues, $0, $1) }
    }
  }

  mutating func trace() throws(Refusal) -> Printout {
    try needsOneNumber()
    let wish = try wish()
    return try explained { subject throws(ExplanationError) in
      let trace = try Trace.make(
        of: subject.output, wrt: subject.targets, in: subject.list, symbols: subject.symbols)
      let renderer = TraceRenderer(
        digits: subject.settings.digits, width: subject.settings.width, rows: wish.rows,
        sources: subject.sources)
      return subject.printout(
        wish, standard: { renderer.render(trace) }, json: renderer.json(trace)
      ) { .trace(trace, $0, $1) }
    }
  }

  mutating func tangent() throws(Refusal) -> Printout {
    if targets.isEmpty { targets = try onlyInput() }
    let wish = try wish()
    return try explained { subject throws(ExplanationError) in
      let trace = try TangentTrace.make(
        of: subject.output, seeds: subject.tangents, in: subject.list, symbols: subject.symbols)
      let renderer = TangentRenderer(
        digits: subject.settings.digits, width: subject.settings.width)
      return subject.printout(
        wish, standard: { renderer.render(trace) }, json: renderer.json(trace)
      ) { .tangent(trace, $0, $1) }
    }
  }

  /// In which notation something is told, and how.
  func wish() throws(Refusal) -> Story.Wish {
    var wish = Story.Wish(
      notation: settings.notation, digits: settings.digits, rows: options.contains("rows"),
      title: words["command"] ?? "")
    if options.contains("notation") {
      guard let notation = words["notation"].flatMap(TraceNotation.init(rawValue:)) else {
        throw Refusal(
          diagnostic: .unknownNotation(
            TraceNotation.allCases.map(\.rawValue), at: places["notation"] ?? span))
      }
      wish.notation = notation
    }
    return wish
  }

  /// A printout as text, in the standard layout or told in another notation, and as files.
  func printout(
    _ wish: Story.Wish, standard: () -> Markup, json: JSON,
    _ story: @escaping (Story.Wish, FormulaForm) -> Story
  ) -> Printout {
    let text =
      wish.notation == .standard
      ? standard()
      : StoryText(digits: settings.digits, width: settings.width).render(story(wish, .text))
    return Printout(markup: text, json: json, files: wish.files(story))
  }

  /// The input that the output depends on, where there is one: no other can be meant.
  private func onlyInput() throws(Refusal) -> [Slot] {
    let inputs = reachedInputs
    let names = inputs.compactMap { list.name($0).map { symbols[$0] } }
    guard inputs.count == 1 else {
      let name = lowering.displayName(output) ?? "y"
      throw Refusal(diagnostic: .tangentDirection(name, names, at: span))
    }
    return inputs
  }

  /// The changes of the inputs behind `wrt`; 1 where none is given.
  private var tangents: [(slot: Slot, tangent: [Double])] {
    targets.map { target in
      let ones = Array(repeating: 1.0, count: list.shape(target).count)
      return (target, seeds.first { $0.slot == target }?.tangent ?? ones)
    }
  }

  mutating func cost() throws(Refusal) -> Printout {
    try explained { subject throws(ExplanationError) in
      let cost = try Cost.make(
        of: subject.output, wrt: subject.targets, in: subject.list, symbols: subject.symbols,
        profile: subject.lowering.limits.profile)
      return Printout(markup: CostRenderer().render(cost), json: CostRenderer().json(cost))
    }
  }

  mutating func adjointProgram() throws(Refusal) -> Printout {
    try needsOneNumber()
    return try explained { subject throws(ExplanationError) in
      let program = try AdjointProgram.make(
        of: subject.output, wrt: subject.targets, in: subject.list, symbols: subject.symbols)
      let markup = ProgramRenderer().render(program)
      return Printout(markup: markup, program: markup.plain + "\n")
    }
  }

  func needsOneNumber() throws(Refusal) {
    guard list.shape(output).count != 1 else { return }
    throw Refusal(
      diagnostic: .gradientOfArray(lowering.displayName(output), list.shape(output), at: span))
  }

  /// Turns what an explanation may throw into what the user is told.
  mutating func explained(
    _ make: (inout Subject) throws(ExplanationError) -> Printout
  ) throws(Refusal) -> Printout {
    do {
      return try make(&self)
    } catch {
      switch error {
      case .fault(let fault): throw Refusal(diagnostic: .fault(fault, in: lowering))
      case .shapes(let mismatch):
        throw Refusal(diagnostic: lowering.misfit(mismatch, "grad", [], at: span))
      case .notWrittenOut: throw Refusal(diagnostic: .loopTooLong(at: span))
      case .notThere: throw Refusal(diagnostic: .unreadable(at: span))
      case .notDerivable: throw Refusal(diagnostic: .notDerivable(at: span))
      case .needsNumber: throw Refusal(diagnostic: .derivationOfArray(at: span))
      }
    }
  }
}
