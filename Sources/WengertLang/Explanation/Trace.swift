/// The story of one gradient: the values forward, then the adjoints, last entry first.
struct Trace: Sendable {
  /// One term of an adjoint.
  struct Contribution: Sendable {
    /// The entry that hands it back; several where a loop stands for many steps.
    var sources: [Slot]
    /// Which of its operands gets it.
    var index: Int
    /// The term in the adjoint of `source`; nil where a loop or branch stands for many steps.
    var formula: Term?
    /// The adjoint after the term was added.
    var total: [Double]
  }

  /// The adjoint of one entry.
  struct Step: Sendable {
    var slot: Slot
    /// Its terms in the order of the sweep; none for the output, and where the adjoint is zero.
    var contributions: [Contribution]
    var value: [Double]
  }

  let straight: StraightList
  let labels: Labels
  /// The entry whose gradient it is.
  let output: Slot
  /// The entries whose adjoints were asked for.
  let targets: [Slot]
  /// The adjoints, from the output down.
  private(set) var steps: [Step] = []
  /// The entries whose slope is a convention, or nearly so.
  private(set) var kinks: [KinkUse] = []
  /// The conditions that a small change may turn.
  private(set) var ties: [DecidingInput] = []

  /// Traces the gradient of y; without targets, of y with respect to all inputs.
  ///
  /// The entries that y needs run again, so the trace shows what any run gives.
  static func make(
    of y: Slot, wrt targets: [Slot] = [], in list: List, symbols: Symbols
  ) throws(ExplanationError) -> Trace {
    let straight = try StraightList(list, roots: [y] + targets)
    return try Trace(straight, y: y, targets: targets, symbols: symbols)
  }

  private init(
    _ straight: StraightList, y: Slot, targets: [Slot], symbols: Symbols
  ) throws(ExplanationError) {
    guard let output = straight.places[y] else { throw .notThere }
    var straight = straight
    let wanted = targets.compactMap { straight.places[$0] }
    labels = Labels(straight, roots: [output] + wanted, symbols: symbols)
    let list = straight.list
    self.targets =
      wanted.isEmpty ? labels.lines.filter { list[$0].code == Code.input } : wanted
    self.output = output
    let sweep: Adjoint
    do {
      let one = straight.list.appendUnit(like: output)
      sweep = try straight.list.appendAdjoint(
        seeds: [(output, one)], wrt: self.targets, recording: true)
    } catch {
      throw .shapes(error)
    }
    if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
    do { try straight.run() } catch { throw .fault(error) }
    self.straight = straight
    steps = try makeSteps(sweep, in: list)
    let affected = list.affected(by: self.targets, for: output)
    kinks = straight.kinks(of: labels.lines.filter { affected[$0.place] })
    let reaching = self.targets.filter { affected[$0.place] }
    ties = straight.decisions(by: reaching).filter { $0.way == .tie }
  }

  /// The steps in the order of the labels, the last first.
  private func makeSteps(_ sweep: Adjoint, in list: List) throws(ExplanationError) -> [Step] {
    var terms: [Slot: [Adjoint.Contribution]] = [:]
    for contribution in sweep.contributions {
      terms[contribution.operand, default: []].append(contribution)
    }
    let asked = Set(targets)
    var steps: [Step] = []
    for slot in labels.lines.reversed() {
      if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
      let adjoint = sweep[slot]
      guard slot == output || asked.contains(slot) || adjoint != nil else { continue }
      guard slot == output || asked.contains(slot) || list[slot].code != Code.input else {
        continue
      }
      var contributions: [Contribution] = []
      for term in terms[slot] ?? [] where slot != output || term.source != slot {
        contributions.append(
          Contribution(
            sources: list.results(of: term.source).filter { sweep[$0] != nil },
            index: term.index,
            formula: try formula(of: term, in: list),
            total: value(term.total)))
      }
      let zero = Array(repeating: 0.0, count: list.shape(slot).count)
      steps.append(
        Step(slot: slot, contributions: contributions, value: adjoint.map(value) ?? zero))
    }
    return steps
  }

  /// The elements of an entry.
  func value(_ slot: Slot) -> [Double] {
    straight.values.view(slot, in: straight.list)?.array ?? []
  }

  private func formula(
    of term: Adjoint.Contribution, in list: List
  ) throws(ExplanationError) -> Term? {
    do {
      return try Term.contribution(of: term.source, to: term.index, in: list)
    } catch {
      throw .shapes(error)
    }
  }
}

/// Why something cannot be explained.
enum ExplanationError: Error {
  /// The operands of an entry do not fit: a rule is wrong.
  case shapes(ShapeMismatch)
  /// The entries cannot be run.
  case fault(Fault)
  /// A loop or rule that a program cannot have step by step: too long, or its turns are not known.
  case notWrittenOut
  /// The entry is no entry of the list.
  case notThere
  /// An entry that no formula can be written for: the values of all turns of a loop.
  case notDerivable(Slot)
  /// Neither one number nor by one number: what was asked for has no derivation here.
  case needsNumber
}

extension StraightList {
  /// The entries that some slots need, loops and branches written out.
  init(_ list: List, roots: [Slot]) throws(ExplanationError) {
    do { self = try Straightener.straighten(list, roots: roots) } catch { throw .fault(error) }
  }

  /// Whether a value needs a loop that is too long to be written out.
  func hasLoops(_ output: Slot) -> Bool {
    let needed = list.reached(from: [output])
    return needed.indices.contains { needed[$0] && list[Slot($0)].code == Code.loop }
  }
}
