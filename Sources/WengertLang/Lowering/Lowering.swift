import WengertKernels

/// Writes programs as lists: the only place that knows both text and entries.
///
/// It is a value: a copy is a state to come back to.
struct Lowering: Sendable {
  var symbols = Symbols()
  var frames: [Frame] = [Frame(.program)]
  var scopes: [Scope] = [Scope(isProgram: true)]
  /// Where we are: the scope whose names are bound.
  var scope = 0
  var values = Values()
  var limits = Limits()
  var outlet: Outlet
  /// How each source file of the program reads others.
  var files: [Int: FileAccess] = [:]
  /// Warnings since they were last taken.
  var warnings: [Diagnostic] = []
  /// Entries whose values shapes and counts were read from.
  var structural: Set<Slot> = []
  /// Names of the program that were bound again, with their earlier entries.
  var versions: [Symbol: [Version]] = [:]
  /// How deep calls of functions are nested.
  var callDepth = 0
  /// How deep formulas are nested, those of called functions too.
  var nesting = 0
  /// The definitions whose calls are being written.
  var active: [Definition] = []
  /// Whether the next call is a statement on its own, which needs no result.
  var callIsStatement = false
  /// Whether the call that is being written is one.
  var isStatement = false
  /// The name that the entry of a call will get.
  var target: Symbol?
  /// New values for inputs, given before the program runs.
  var presets: [Symbol: Given] = [:]
  /// The formulas in whose place such values were taken.
  var presetPlaces: [(place: Span, formula: String)] = []
  /// For each name the rows that it spells, as far as they have been looked up.
  private var spelledRows: [[Primitive]?] = []
  /// For each name the row that it is as the operation of a plain binding, as far as looked up.
  var plainRows: [PlainRow?] = []
  /// Inputs that have no value yet.
  var openInputs: Set<Slot> = []
  /// The random numbers that come next at top level.
  var stream = RandomStream()
  /// Training that Ctrl-C cut short: the steps that its statement takes, when it is written again,
  /// those included that it had behind it when it went on from a file.
  var cutSteps: [Span: Int] = [:]
  /// The loops that Ctrl-C cut short in the last run.
  var cutLoops: Set<Slot> = []
  /// Comparisons that decide a value of which a derivative was asked for.
  var openTies: [OpenTie] = []
  /// Bodies of loops that were seen to draw.
  var drawingBodies: Set<Span> = []
  /// The entry of the program that could not run.
  var faultPlace: Int?
  /// Entries before this one have put out what they print.
  var printed = 0

  /// A value that comes from outside of the program.
  struct Given: Sendable {
    var elements: [Double]
    var shape: Shape
    /// How it was written; nil where it was not.
    var formula: String?
  }

  /// One binding of a name that has been bound again.
  struct Version: Sendable {
    var slots: [Slot]
    var span: Span
  }

  init(outlet: Outlet) { self.outlet = outlet }

  /// The depth of the list being written.
  var depth: Int { frames.count - 1 }

  /// The list being written.
  var list: List {
    _read { yield frames[frames.count - 1].list }
    _modify { yield &frames[frames.count - 1].list }
  }

  /// The program's own list.
  var program: List { frames[0].list }

  // MARK: names

  /// The value of a name, nil where it has none.
  func find(_ name: Symbol) -> Value? {
    var place: Int? = scope
    while let here = place {
      if let value = scopes[here].value(name) { return value }
      place = scopes[here].home
    }
    return nil
  }

  /// The rows of the table that a name spells, looked up once for each name.
  mutating func rows(spelled name: Symbol) -> [Primitive] {
    let place = Int(name.index)
    if place < spelledRows.count, let known = spelledRows[place] { return known }
    if place >= spelledRows.count {
      let missing = place + 1 - spelledRows.count
      spelledRows.append(contentsOf: repeatElement(nil, count: missing))
    }
    let rows = Catalogue.rows(spelled: symbols[name])
    spelledRows[place] = rows
    return rows
  }

  /// What a name stands for before `(`.
  func findFunction(_ name: Symbol) -> Function? { findFunction(name, from: scope) }

  /// What a name stands for before `(` in a scope.
  func findFunction(_ name: Symbol, from scope: Int) -> Function? {
    var place: Int? = scope
    while let here = place {
      if let function = scopes[here].functions[name] { return function }
      place = scopes[here].home
    }
    let spelling = symbols[name]
    return Catalogue.rows(spelled: spelling).isEmpty ? nil : .rows(spelling)
  }

  /// Binds a name in the innermost body.
  mutating func bind(_ name: Symbol, _ value: Value, at span: Span) {
    if scope == 0, scopes[0].layers.count == 1, let before = scopes[0].layers[0].values[name] {
      let slots = before.leaves.map(\.slot)
      versions[name, default: []].append(
        Version(slots: slots, span: slots.first.map { program.spans[$0.place] } ?? span))
    }
    let layer = scopes[scope].layers.count - 1
    scopes[scope].layers[layer].bind(name, value)
  }

  // MARK: entries

  /// The slot that a value has in the list being written, captured from outside where need be.
  mutating func use(_ slot: Slot, depth from: Int, at span: Span) throws(Refusal) -> Slot {
    var slot = slot
    guard from < depth else { return slot }
    for level in (from + 1)...depth { slot = try capture(slot, level: level, at: span) }
    return slot
  }

  private mutating func capture(_ outer: Slot, level: Int, at span: Span) throws(Refusal) -> Slot {
    if let known = frames[level].captured[outer] { return known }
    let outside = frames[level - 1].list
    if let number = frames[level].list.appendNumber(outer, from: outside) { return number }
    guard frames[level].kind != .rule, frames[level].kind != .value else {
      throw Refusal(diagnostic: .ruleReadsOutside(at: span))
    }
    let shape = frames[level - 1].list.shape(outer)
    let inner = frames[level].list.appendParameter(shape: shape)
    if let name = frames[level - 1].list.name(outer) { frames[level].list.setName(inner, name) }
    frames[level].captured[outer] = inner
    frames[level].captureOrder.append(outer)
    return inner
  }

  /// The shape of an entry.
  func shape(_ slot: Slot, depth: Int) -> Shape { frames[depth].list.shape(slot) }

  /// Appends an operation on values that are in use in this list.
  mutating func append(
    _ row: Primitive, _ operands: [Slot], _ statics: [Int] = [], at span: Span
  ) throws(Refusal) -> Value {
    list.span = span
    do {
      return .slot(try list.append(row.taking(limits.kinks), operands, statics), depth: depth)
    } catch {
      throw Refusal(diagnostic: misfit(error, FormulaWriter.name(of: row), operands, at: span))
    }
  }

  /// A number written in the program.
  mutating func number(_ value: Double) -> Value { .slot(list.appendNumber(value), depth: depth) }

  /// The one entry that a value is.
  mutating func single(_ value: Value, at span: Span) throws(Refusal) -> Slot {
    guard case .slot(let slot, let from) = value else {
      throw Refusal(diagnostic: .tupleInFormula(at: span))
    }
    return try use(slot, depth: from, at: span)
  }

  /// Stops work that was interrupted, or that makes a list longer than memory allows.
  func checkGrowth(at span: Span) throws(Refusal) {
    guard wl_interrupt_requested() == 0 else {
      throw Refusal(diagnostic: .fault(Fault(.interrupted, at: span), in: self))
    }
    guard list.count <= limits.entries else {
      throw Refusal(diagnostic: .tooManyEntries(limits.entries, at: span))
    }
  }

  // MARK: running

  /// Runs the entries of the program that have not run.
  ///
  /// - Parameter training: a loop that keeps what it has when somebody stops it.
  mutating func flush(stopping training: Slot? = nil) throws(Refusal) {
    let first = values.count
    guard first < program.count else { return }
    do {
      let waiting = try waitingEntries()
      let bytes = values.bytes
      try values.extend(to: program, limit: limits.memory, without: waiting)
      var planner = Planner(
        program, pointers: values.pointers, first: first,
        memory: Memory(limit: limits.memory, besides: values.bytes), profile: limits.profile)
      planner.silentBefore = printed
      planner.waiting = waiting
      // A loop must know which histories are read, so lists with loops are planned as a whole.
      let slice = program.hasStructure(in: first..<program.count) ? program.count : Planner.slice
      let runner = Runner(output: outlet.take)
      defer { warnings += outlet.notices().map { .notice($0) } }
      runner.progress = outlet.progress.map { Progress(receive: $0) }
      for start in stride(from: first, to: program.count, by: slice) {
        let plan = try planner.make(start..<min(start + slice, program.count))
        for (slot, call) in planner.loops {
          call.isKept = call.loop.isTraining && !call.isSilent
          call.mayBeCut = slot == training
        }
        try runner.run(plan)
        outlet.planned?.add(plan, of: program)
      }
      outlet.planned?.bytes += limits.memory - bytes - planner.memory.budget
      for (slot, call) in planner.loops {
        guard let trouble = call.trouble else { continue }
        warnings.append(.trainingNotFinite(trouble, at: program.spans[slot.place]))
      }
      for span in runner.astray { warnings.append(.trainingEndedAstray(at: span)) }
      cutLoops = Set(planner.loops.filter { $0.value.isCut }.keys)
      for (slot, loop) in planner.lasts where !loop.hasLast(program.part(slot)) {
        values.forget(slot)
      }
      printed = max(printed, program.count)
      tellTies()
    } catch {
      values.truncate(to: first)
      openTies = []
      faultPlace = error.place
      throw Refusal(diagnostic: .fault(error, in: self))
    }
  }

  /// The entries that wait for an input without a value; one that prints cannot wait.
  private func waitingEntries() throws(Fault) -> [Bool] {
    guard !openInputs.isEmpty else { return [] }
    var waiting = Array(repeating: false, count: program.count)
    for input in openInputs { waiting[input.place] = true }
    for place in waiting.indices where !waiting[place] {
      let slot = Slot(place)
      waiting[place] = program.operands(slot).contains { waiting[$0.place] }
      if waiting[place], program.isEffect(slot) {
        var fault = Fault(.noValue)
        fault.span = program.spans[place]
        fault.place = place
        throw fault
      }
    }
    return waiting
  }

  /// Whether shapes or counts were read from an entry, or from what was computed from it.
  func isStructural(_ slot: Slot) -> Bool {
    structural.contains(slot)
      || !structural.isEmpty && program.reached(from: Array(structural))[slot.place]
  }

  /// The number that an entry is known to be while the list is written, nil inside bodies where
  /// only the run knows it.
  mutating func staticNumber(_ slot: Slot, depth: Int) throws(Refusal) -> Double? {
    let list = frames[depth].list
    guard list.shape(slot).isScalar else { return nil }
    if let number = list.number(slot) { return number }
    if depth == 0 {
      structural.insert(slot)
      if list[slot].code == Code.input { return list.elements(slot)?.first }
      try flush()
      return values.view(slot, in: program)?.number
    }
    if list[slot].code == Code.parameter {
      guard let outer = frames[depth].captured.first(where: { $0.value == slot })?.key else {
        return nil
      }
      return try staticNumber(outer, depth: depth - 1)
    }
    return try staticResult(slot, depth: depth)
  }

  /// The number that an entry of a body is known to be, from what it reads, each entry once.
  private mutating func staticResult(_ slot: Slot, depth: Int) throws(Refusal) -> Double? {
    var known: [Slot: Double] = [:]
    var waiting = [slot]
    while let next = waiting.last {
      let list = frames[depth].list
      let operands = list.operands(next)
      if let missing = operands.first(where: { known[$0] == nil }) {
        let isLeaf = list.operandCount(missing) == 0
        guard isLeaf else {
          waiting.append(missing)
          continue
        }
        guard let value = try staticNumber(missing, depth: depth) else { return nil }
        known[missing] = value
        continue
      }
      guard list.shape(next).isScalar,
        let value = list.primitive(next).kernel.scalarValue(operands.compactMap { known[$0] })
      else { return nil }
      known[next] = value
      waiting.removeLast()
    }
    return known[slot]
  }

  /// The number that a formula is known to be while the list is written.
  mutating func staticNumber(_ node: Node, in tree: Tree) throws(Refusal) -> Double {
    let span = tree.span(node)
    let value = try lower(node, in: tree)
    guard case .slot(let slot, let from) = value else {
      throw Refusal(diagnostic: .tupleInFormula(at: span))
    }
    guard shape(slot, depth: from).isScalar else {
      throw Refusal(diagnostic: .numberNeeded(shape(slot, depth: from), at: span))
    }
    guard let number = try staticNumber(slot, depth: from) else {
      throw Refusal(diagnostic: .notKnownYet(at: span), asksForTurns: true)
    }
    return number
  }

  /// The whole number that a formula is known to be while the list is written.
  mutating func staticInteger(_ node: Node, in tree: Tree) throws(Refusal) -> Int {
    let number = try staticNumber(node, in: tree)
    guard let whole = Int(exactly: number) else {
      throw Refusal(diagnostic: .wholeNumberNeeded(number, at: tree.span(node)))
    }
    return whole
  }
}

/// What a program may use.
struct Limits: Sendable {
  /// The slopes that operations take at their kinks.
  var kinks = KinkChoice.convention
  /// What reverse sweeps make of zeros that stand for nothing.
  var zeros = ZeroRule.structural
  /// Bytes of values.
  var memory = 8 << 30
  /// How lists are planned.
  var profile = Planner.Profile.lean
  /// Turns of a loop that is written out.
  var writtenTurns = 10_000
  /// Entries of a list.
  var entries = 1 << 26
  /// The highest power of a Taylor series.
  var seriesOrder = 200
  /// Formulas within each other, those of called functions too; a call counts for eight.
  var nesting = 1800
  /// Calls of functions within each other.
  var callDepth = 64
}
