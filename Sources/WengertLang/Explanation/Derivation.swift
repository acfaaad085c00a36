/// The symbolic derivation of one derivative: steps with reasons, down to a closed form.
struct Derivation: Sendable {
  /// In which order it goes.
  enum Mode: String, CaseIterable, Sendable {
    /// One formula, rewritten until nothing is left to derive, as on a blackboard.
    case formula
    /// Outwards from the inputs: the derivative of each entry in turn.
    case forward
    /// Inwards from the output: the derivative by each entry in turn.
    case reverse
  }

  /// Why a step may be taken.
  enum Reason: Sendable {
    /// What entries are: `z2 = z1 + x2`.
    case definitions([Slot])
    /// Which turn a value behind a loop comes from: `z = z_n for n = 20`.
    case final(Slot, of: Slot, index: String, count: Int?)
    /// Lines of the table: `d(a + b)/da = d(a + b)/db = 1`.
    case rules([(derivative: Term, value: Term)])
    case words(String)
  }

  /// One line: what is derived, and forms that are all the same.
  struct Step: Sendable {
    var left: Term
    var forms: [Term]
    var reason: Reason?
  }

  let source: DerivableList
  let labels: Labels
  let output: Slot
  let target: Slot
  /// The order that was taken, which is not the one asked for where that would be too long.
  var mode: Mode
  var steps: [Step] = []
  /// What else is to be said, such as why another order was taken.
  var note: String?
  /// The derivatives that the closed form speaks of, in the order in which they can be computed.
  var parts: [(name: Term, value: Term)] = []
  /// What the output is called, where it has no name of its own: that of a function.
  let title: String?
  /// Which entries depend on the target through slopes.
  let activity: Activity
  let simplifier: Simplifier?
  /// How long the formula of each entry is when all entries are put in, or those without a name.
  private var lengths: (all: [Int], unnamed: [Int]) = ([], [])

  var list: List { source.list }

  /// Formulas with more parts than this are not written out.
  static let lengthLimit = 120
  /// Derivations in one formula with more steps than this go entry by entry.
  static let stepLimit = 40
  /// So many steps may open entries that do not depend on the target.
  static let wholeLimit = 10
  /// What is substituted has at most this many parts.
  static let substitutionLimit = 40

  /// Derives y by x.
  ///
  /// - Parameters:
  ///   - mode: the order; nil for the one that suits.
  ///   - isPlain: whether the closed form is left as the rules give it.
  static func make(
    of y: Slot, by x: Slot, in list: List, symbols: Symbols, mode: Mode? = nil,
    isPlain: Bool = false, title: String? = nil
  ) throws(ExplanationError) -> Derivation {
    let source = try DerivableList(list, roots: [y, x], kept: [x], symbols: symbols)
    guard let output = source.places[y], let target = source.places[x] else { throw .notThere }
    var derivation = Derivation(source, output, target, symbols, isPlain: isPlain, title)
    derivation.measure()
    do { try derivation.derive(mode) } catch { throw .shapes(error) }
    // Once it is to stop, what is left of the steps is gone through without work.
    if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
    guard !derivation.steps.isEmpty else { throw .needsNumber }
    return derivation
  }

  private init(
    _ source: DerivableList, _ output: Slot, _ target: Slot, _ symbols: Symbols, isPlain: Bool,
    _ title: String?
  ) {
    self.source = source
    self.title = output == target ? nil : title
    self.output = output
    self.target = target
    let turns = source.loops.flatMap { loop in
      loop.carried.flatMap { [$0.start, $0.first, $0.after] } + loop.walks.map(\.array)
        + loop.lasts.map(\.inside)
    }
    labels = Labels(source.straight, roots: [output, target] + turns, symbols: symbols)
    simplifier = isPlain ? nil : Simplifier()
    mode = .formula
    activity = Derivation.activity(source, target)
  }

  /// What depends on x, also from turn to turn.
  private static func activity(_ source: DerivableList, _ target: Slot) -> Activity {
    var targets: Set<Slot> = [target]
    while true {
      let activity = Activity(source.list, targets: Array(targets), end: source.list.count)
      let known = targets.count
      for loop in source.loops {
        for value in loop.carried where activity[value.start] || activity[value.after] {
          targets.insert(value.before)
          if let final = value.final { targets.insert(final) }
        }
        for walk in loop.walks where activity[walk.array] { targets.insert(walk.element) }
        for last in loop.lasts where activity[last.inside] { targets.insert(last.slot) }
      }
      if targets.count == known { return activity }
    }
  }

  private mutating func derive(_ wanted: Mode?) throws(ShapeMismatch) {
    let isOfNumbers = (0..<list.count).allSatisfy {
      !activity[Slot($0)] || list.shape(Slot($0)).isScalar
    }
    let hasRules = (0..<list.count).allSatisfy {
      !activity[Slot($0)] || list[Slot($0)].code != Code.custom
    }
    switch wanted {
    case .formula?, nil:
      let hasTurns = source.loops.contains { loop in loop.carried.contains { activity[$0.before] } }
      if isOfNumbers, hasRules, !hasTurns, try writeFormula(opensAll: true) { return }
      if isOfNumbers, hasRules, !hasTurns, try writeFormula(opensAll: false) { return }
      try derive(isOfNumbers && hasTurns || !list.shape(output).isScalar ? .forward : .reverse)
    case .forward?:
      mode = .forward
      try writeForward()
    case .reverse?:
      guard list.shape(output).count == 1 else { return }
      mode = .reverse
      try writeReverse()
    }
  }

  // MARK: names

  /// What an entry is called; those below 0 are the operands of a rule: a, b, c.
  func name(_ slot: Slot) -> String {
    guard slot.place >= 0 else {
      return String(UnicodeScalar(UInt8(97 + min(25, -1 - slot.place))))
    }
    if slot == output, let title { return title }
    return source.names[slot] ?? labels.name(slot)
  }

  /// Whether the user named it: others are written out.
  func isNamed(_ slot: Slot) -> Bool {
    slot == output || slot == target || source.names[slot] != nil
      || list[slot].code == Code.input || source.straight.written[slot.place] != nil
  }

  /// What an entry computes; what only copies a value is that value.
  func entry(_ slot: Slot) -> Term? {
    guard slot.place >= 0, let entry = Term.entry(slot, in: list) else { return nil }
    guard case .apply(let row, let parts, _) = entry.kind, row.identity.sum == [1] else {
      return entry
    }
    return parts.first
  }

  func isInput(_ slot: Slot) -> Bool { list[slot].code == Code.input }

  func value(_ slot: Slot) -> Term { .value(slot, in: list) }

  func derivative(_ slot: Slot) -> Term {
    Term(.derivative(value(slot), by: target), list.shape(slot))
  }

  /// The derivative of the output by an entry.
  func adjoint(_ slot: Slot) -> Term { Term(.adjoint(slot), list.shape(slot)) }

  func simplified(_ term: Term) -> Term { simplifier?.simplify(term) ?? term }

  // MARK: closing

  /// Measures the formulas of all entries, each from those of its operands.
  private mutating func measure() {
    for place in 0..<list.count {
      let slot = Slot(place)
      let operands = entry(slot) == nil ? [] : list.operands(slot)
      lengths.all.append(operands.reduce(1) { min(100_000, $0 + lengths.all[$1.place]) })
      let inner = operands.reduce(1) { min(100_000, $0 + lengths.unnamed[$1.place]) }
      lengths.unnamed.append(isNamed(slot) ? 1 : inner)
    }
  }

  /// The formula with entries put in, down to the inputs; entries whose formula is too long stay.
  func closed(_ term: Term, keepingNames: Bool) -> Term {
    let sizes = keepingNames ? lengths.unnamed : lengths.all
    func isPutIn(_ slot: Slot) -> Bool {
      slot.place >= 0 && slot != target && !(keepingNames && isNamed(slot)) && !Kernel.isStopped
        && sizes[slot.place] <= Self.lengthLimit
    }
    func put(_ term: Term) -> Term {
      term.replacing { kind in
        guard case .value(let slot) = kind, isPutIn(slot) else { return nil }
        return entry(slot).map(put)
      }
    }
    let whole = put(term)
    if whole.size <= 4 * Self.lengthLimit { return whole }
    return keepingNames ? term : closed(term, keepingNames: true)
  }
}

extension Term {
  /// The formula with some of its parts replaced; a derivative is one part.
  func replacing(_ replace: (Kind) -> Term?) -> Term {
    if let other = replace(kind) { return other }
    switch kind {
    case .apply(let row, let parts, let statics):
      return Term(.apply(row, parts.map { $0.replacing(replace) }, statics), shape)
    case .slope(let row, let part): return Term(.slope(row, part.replacing(replace)), shape)
    default: return self
    }
  }
}
