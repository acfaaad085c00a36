/// Why a value or a gradient is what it is: where it stops being a finite number, where it becomes
/// zero, and how it grows along a loop.
struct Reasons: Sendable {
  /// Where a number stopped being finite on the way forward.
  struct Forward: Sendable {
    var slot: Slot
    var meeting: Meeting
  }

  /// Where an adjoint stopped being finite.
  struct Reverse: Sendable {
    /// The entry whose adjoint it is.
    var slot: Slot
    /// The entry that hands it back.
    var source: Slot
    /// What it hands back.
    var term: Term?
    var meeting: Meeting
    /// The entries from the output down to it, each with its adjoint.
    var path: [(slot: Slot, adjoint: [Double])]
  }

  /// Why a gradient is zero.
  enum Zero: Sendable {
    /// Nothing leads from the input to the value.
    case independent
    /// It only decides which way the program takes.
    case decides
    /// Only entries without a slope do.
    case detached(Slot)
    /// The slope of an entry is zero at some operands: it hands nothing back, though its adjoint is
    /// not zero.
    case flat(Slot, at: [Slot])
    /// The same in so many of its elements, and the others lead elsewhere.
    case partlyFlat(Slot, elements: Int)
    /// An entry has an adjoint, in other elements than those of the input.
    case elsewhere(Slot)
    /// The terms of an adjoint cancel.
    case cancelled(Slot)
    /// The output's adjoint is zero from the start, or every path is.
    case unknown
  }

  /// The sizes of the adjoint along the turns of a loop, from the first to the last.
  struct Growth: Sendable {
    var norms: [Double]
    /// What a turn multiplies the adjoint by on the way back, on average.
    var factor: Double
  }

  let straight: StraightList
  let labels: Labels
  let output: Slot
  let targets: [Slot]
  /// The number of entries of the forward list.
  private let count: Int
  private let sweep: Adjoint
  /// The targets that the program needs, if only for conditions and counts.
  private let deciding: Set<Slot>
  private(set) var forward: Forward?
  /// Where infinities met so that there was no number left, behind the first of them.
  private(set) var undefined: Forward?
  private(set) var reverse: Reverse?
  private(set) var zeros: [Slot: Zero] = [:]
  private(set) var growth: Growth?
  /// The entries at their kinks on the way to the value, the first first; a pole that an adjoint
  /// met is none of them.
  private(set) var kinks: [KinkUse] = []
  /// What the targets decide beside what they hand on.
  private(set) var decisions: [Slot: [DecidingInput]] = [:]

  static func make(
    of y: Slot, wrt targets: [Slot], in list: List, symbols: Symbols
  ) throws(ExplanationError) -> Reasons {
    var reasons = try Reasons(y, targets, list, symbols)
    reasons.findForward()
    try reasons.findReverse()
    for target in reasons.targets {
      reasons.decisions[target] = reasons.straight.decisions(by: [target])
      let gradient = reasons.adjoint(target)
      guard gradient.allSatisfy({ $0 == 0 }) else { continue }
      reasons.zeros[target] = reasons.zero(target)
    }
    reasons.growth = reasons.findGrowth()
    reasons.kinks = reasons.findKinks()
    return reasons
  }

  private init(
    _ y: Slot, _ targets: [Slot], _ list: List, _ symbols: Symbols
  ) throws(ExplanationError) {
    var straight = try StraightList(list, roots: [y] + targets)
    guard let output = straight.places[y] else { throw .notThere }
    self.output = output
    let wanted = targets.compactMap { straight.places[$0] }
    let labels = Labels(straight, roots: [output] + wanted, symbols: symbols)
    let inputs = labels.lines.filter { straight.list[$0].code == Code.input }
    self.labels = labels
    self.targets = wanted.isEmpty ? inputs : wanted
    count = straight.list.count
    let reached = list.reached(from: [y])
    deciding = Set(targets.filter { reached[$0.place] }.compactMap { straight.places[$0] })
    let shape = straight.list.shape(output)
    let ones = Array(repeating: 1.0, count: shape.count)
    let seed = straight.list.appendData(ones, shape: shape, isInput: true)
    do {
      sweep = try straight.list.appendAdjoint(
        seeds: [(output, seed)], wrt: self.targets, recording: true)
    } catch {
      throw .shapes(error)
    }
    do { try straight.run() } catch { throw .fault(error) }
    self.straight = straight
  }

  func value(_ slot: Slot) -> [Double] {
    straight.values.view(slot, in: straight.list)?.array ?? []
  }

  /// The adjoint of an entry, zeros where nothing reaches it.
  func adjoint(_ slot: Slot) -> [Double] {
    sweep[slot].map { value($0) }
      ?? Array(repeating: 0, count: straight.list.shape(slot).count)
  }

  private func meeting(_ slot: Slot) -> Meeting? {
    let list = straight.list
    let given = list[slot].isGiven
    return Meeting.find(
      list.primitive(slot), operands: given ? [] : list.operands(slot).map(value),
      result: value(slot))
  }

  private func findKinks() -> [KinkUse] {
    let affected = straight.list.affected(by: targets, for: output)
    return straight.kinks(of: labels.lines.filter { affected[$0.place] && $0 != reverse?.source })
      .filter { $0.count > 0 }
  }

  // MARK: not finite

  private mutating func findForward() {
    for slot in labels.lines where !value(slot).isFinite {
      guard let meeting = meeting(slot), meeting.kind != .handedOn || forward == nil else {
        continue
      }
      if forward == nil { forward = Forward(slot: slot, meeting: meeting) }
      if meeting.result.isNaN {
        if forward?.slot != slot, meeting.kind != .handedOn {
          undefined = Forward(slot: slot, meeting: meeting)
        }
        return
      }
    }
  }

  private mutating func findReverse() throws(ExplanationError) {
    for contribution in sweep.contributions where !value(contribution.total).isFinite {
      let origin = origin(contribution.amount) ?? origin(contribution.total)
      var term: Term?
      do {
        term = try Term.contribution(
          of: contribution.source, to: contribution.index, in: forwardList)
      } catch {
        throw .shapes(error)
      }
      let last = value(contribution.total).first { !$0.isFinite } ?? .nan
      let made = Meeting(
        kind: .handedOn, row: straight.list.primitive(contribution.source), operands: [],
        result: last)
      reverse = Reverse(
        slot: contribution.operand, source: contribution.source, term: term,
        meeting: origin.flatMap { meeting($0) } ?? made, path: path(to: contribution.source))
      return
    }
  }

  /// The entries without those of the sweep.
  private var forwardList: List {
    var list = straight.list
    list.truncate(to: count)
    return list
  }

  /// The first entry of the sweep on the way to a slot that is no finite number.
  private func origin(_ slot: Slot) -> Slot? {
    var (stack, seen, found): ([Slot], Set<Slot>, [Slot]) = ([slot], [], [])
    while let next = stack.popLast() {
      guard seen.insert(next).inserted, !value(next).isFinite else { continue }
      if next.place >= count { found.append(next) }
      if next.place >= count { stack += straight.list.operands(next) }
    }
    // Of the entries that made something new of finite numbers, the first one.
    return found.sorted { $0.place < $1.place }.first { meeting($0)?.kind != .handedOn }
  }

  /// A way from the output down to an entry, along which the adjoint comes.
  private func path(to slot: Slot) -> [(slot: Slot, adjoint: [Double])] {
    var givers: [Slot: Slot] = [:]
    for contribution in sweep.contributions where givers[contribution.operand] == nil {
      givers[contribution.operand] = contribution.source
    }
    var (way, next): ([Slot], Slot?) = ([], slot)
    while let current = next, way.count < 1000 {
      way.append(current)
      next = current == output ? nil : givers[current]
    }
    return way.reversed().map { ($0, adjoint($0)) }
  }

  // MARK: zero

  private func zero(_ target: Slot) -> Zero {
    let list = straight.list
    let needed = list.reached(from: [output])
    guard needed[target.place] else { return deciding.contains(target) ? .decides : .independent }
    let activity = Activity(list, targets: [target], end: count)
    guard activity[output] else {
      let affected = list.affected(by: [target], for: output)
      let flat = (0..<count).map { Slot($0) }.first { slot in
        affected[slot.place] && !activity[slot]
          && list.operands(slot).contains { activity[$0] }
      }
      return flat.map { .detached($0) } ?? .unknown
    }
    var elsewhere: Slot?
    // The sweep goes down: the first entry that has an adjoint and hands none on.
    for contribution in sweep.contributions where activity[contribution.operand] {
      guard
        contribution.source == output || adjoint(contribution.source).contains(where: { $0 != 0 })
      else { continue }
      if value(contribution.amount).allSatisfy({ $0 == 0 }) {
        let source = contribution.source
        let causes = causes(of: source, to: contribution.index)
        guard causes.isEmpty, !list.primitive(source).isElementwise else {
          return .flat(source, at: causes)
        }
        // It only moves elements: what came to it lies in others.
        elsewhere = elsewhere ?? source
      }
    }
    for contribution in sweep.contributions where activity[contribution.operand] {
      if adjoint(contribution.operand).allSatisfy({ $0 == 0 }),
        value(contribution.amount).contains(where: { $0 != 0 })
      {
        return .cancelled(contribution.operand)
      }
    }
    return partlyFlat(activity) ?? elsewhere.map { .elsewhere($0) } ?? .unknown
  }

  /// The first operation, from the output on, that hands nothing back in some elements alone.
  private func partlyFlat(_ activity: Activity) -> Zero? {
    for contribution in sweep.contributions where activity[contribution.operand] {
      let (given, handed) = (adjoint(contribution.source), value(contribution.amount))
      guard straight.list.primitive(contribution.source).isElementwise, given.count == handed.count
      else { continue }
      let flat = zip(given, handed).count { $0 != 0 && $1 == 0 }
      if flat > 0 { return .partlyFlat(contribution.source, elements: flat) }
    }
    return nil
  }

  /// The operands on which a slope depends, none where it depends on no value.
  ///
  /// Where these are factors, they are those that make it 0.
  private func causes(of source: Slot, to index: Int) -> [Slot] {
    let operands = straight.list.operands(source)
    guard operands.indices.contains(index) else { return [] }
    var read = (try? Term.contribution(of: source, to: index, in: forwardList))?.values ?? []
    if read.contains(source) { read.formUnion(operands) }
    var causes: [Slot] = []
    for slot in operands where read.contains(slot) && !causes.contains(slot) {
      causes.append(slot)
    }
    if let powers = straight.list.primitive(source).identity.product {
      let zeros = zip(operands, powers).filter { slot, power in
        value(slot).allSatisfy { power > 0 ? $0 == 0 : $0.isInfinite }
      }
      let found = causes.filter { cause in zeros.contains { $0.0 == cause } }
      if !found.isEmpty { return found }
    }
    return causes
  }

  // MARK: loops

  /// Fewer turns than these tell nothing of growth.
  private static let leastTurns = 4
  /// An adjoint that grows or shrinks by less than this all in all is no trouble.
  private static let leastChange = 1e3

  private func findGrowth() -> Growth? {
    var norms: [Int: Double] = [:]
    for place in (0..<count).reversed() {
      let slot = Slot(place)
      guard let turn = straight.turn(slot), turn.outer == nil, norms[turn.number] == nil,
        sweep[slot] != nil
      else { continue }
      norms[turn.number] = adjoint(slot).map(\.magnitude).max() ?? 0
    }
    let sizes = norms.sorted { $0.key < $1.key }.map(\.value)
    guard sizes.count >= Self.leastTurns, let first = sizes.first, let last = sizes.last,
      last > 0, last.isFinite
    else { return nil }
    let change = first / last
    guard !(change < Self.leastChange && change > 1 / Self.leastChange) else { return nil }
    let steps = Double(sizes.count - 1)
    let factor = Primitive.pow.kernel.scalarValue([change, 1 / steps]) ?? .nan
    return Growth(norms: sizes, factor: factor)
  }
}

extension Term {
  /// The entries whose values stand in it.
  fileprivate var values: Set<Slot> {
    switch kind {
    case .value(let slot): [slot]
    case .apply(_, let parts, _): parts.reduce(into: []) { $0.formUnion($1.values) }
    case .derivative(let term, _), .slope(_, let term): term.values
    case .phrase(let pieces):
      pieces.reduce(into: []) { values, piece in
        if case .term(let term) = piece { values.formUnion(term.values) }
      }
    default: []
    }
  }
}
