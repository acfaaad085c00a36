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
  let count: Int
  let sweep: Adjoint
  /// The targets that the program needs, if only for conditions and counts.
  let deciding: Set<Slot>
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
  var forwardList: List {
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
