/// Why a gradient is zero.
extension Reasons {
  func zero(_ target: Slot) -> Zero {
    let list = straight.list
    let needed = list.reached(from: [output])
    guard needed[target.place] else { return deciding.contains(target) ? .decides : .independent }
    let activity = Activity(list, targets: [target], end: count)
    guard activity[output] else { return detached(target, activity) }
    var elsewhere: Slot?
    // The sweep goes down: the first entry that has an adjoint and hands none on.
    for contribution in sweep.contributions where activity[contribution.operand] {
      let source = contribution.source
      guard source == output || adjoint(source).contains(where: { $0 != 0 }),
        value(contribution.amount).allSatisfy({ $0 == 0 })
      else { continue }
      let causes = causes(of: source, to: contribution.index)
      let isMoved = causes.isEmpty && !list.primitive(source).isElementwise
      if isMoved, elsewhere != nil { continue }
      guard isFlat(contribution) else { return .cancelled(contribution.operand) }
      // What only moves elements is not to blame: what came to it lies in others.
      guard isMoved else { return .flat(source, at: causes) }
      elsewhere = source
    }
    return cancelled(activity) ?? partlyFlat(activity) ?? elsewhere.map { .elsewhere($0) }
      ?? .unknown
  }

  /// The first entry without a slope, where nothing else leads from the target to the value.
  private func detached(_ target: Slot, _ activity: Activity) -> Zero {
    let list = straight.list
    let affected = list.affected(by: [target], for: output)
    let flat = (0..<count).map { Slot($0) }.first { slot in
      affected[slot.place] && !activity[slot] && list.operands(slot).contains { activity[$0] }
    }
    return flat.map { .detached($0) } ?? .unknown
  }

  /// The first entry that is handed terms which add up to 0.
  private func cancelled(_ activity: Activity) -> Zero? {
    sweep.contributions.first { contribution in
      activity[contribution.operand]
        && adjoint(contribution.operand).allSatisfy { $0 == 0 }
        && value(contribution.amount).contains { $0 != 0 }
    }.map { .cancelled($0.operand) }
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

  /// Whether an entry that hands nothing back has no slope where it has an adjoint.
  ///
  /// Else what its elements hand back adds up to 0, as does not happen with other weights.
  private func isFlat(_ contribution: Adjoint.Contribution) -> Bool {
    let source = contribution.source
    let shape = straight.list.shape(source)
    guard shape.count > 1 else { return true }
    var (list, random) = (forwardList, Directions())
    let weighted = zip(adjoint(source), random.weights(shape.count)).map { $0 * $1 }
    let seed = list.appendData(weighted, shape: shape, isInput: true)
    let again = try? list.appendAdjoint(
      seeds: [(source, seed)], wrt: [contribution.operand], recording: true)
    let handed = again?.contributions.first {
      $0.source == source && $0.index == contribution.index
    }
    guard let handed,
      let amounts = try? Evaluation(list, inputs: [], roots: [handed.amount])
        .values(of: [handed.amount], replacing: [])
    else { return true }
    return amounts.allSatisfy { $0.allSatisfy { $0 == 0 } }
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
