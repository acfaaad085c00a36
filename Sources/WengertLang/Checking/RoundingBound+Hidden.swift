/// What the first order does not see.
extension RoundingBound {
  /// An entry whose error the first order does not tell, and what it might have been.
  struct Hidden {
    var slot: Slot
    var value: [Double]
    /// By how much each element may be wrong.
    var errors: [Double]
    /// What it moves y by to first order.
    var bound: Double
    /// Whether numbers are too large for 64 bits: how far they are from the largest is not known.
    var isOverflow = false

    /// Nil where there is nothing to see: what is exact, and in long lists what has an adjoint.
    ///
    /// Where an adjoint is 0 an error counts by its square, and a number that is too large for 64
    /// bits by all that it was.
    init?(
      _ share: Share, _ row: Primitive, _ errors: [Double], _ operands: [[Double]], isLong: Bool
    ) {
      let (value, bar) = (share.value, share.adjoint)
      guard errors.count == value.count, bar.count == value.count else { return nil }
      (self.slot, self.value, bound) = (share.slot, value, share.bound)
      isOverflow =
        value.contains(where: \.isInfinite)
        && Meeting.find(row, operands: operands, result: value)?.kind == .overflow
      self.errors = zip(errors, bar).map { $0.isFinite && ($1 == 0 || !isLong) ? $0 : 0 }
      guard isOverflow || self.errors.contains(where: { $0 > 0 }) else { return nil }
    }

    /// The value, as near to what is too large as numbers come.
    var clipped: [Double] {
      let most = Double.greatestFiniteMagnitude
      return value.map { max(-most, min(most, $0)) }
    }
  }

  /// Of longer lists only what has no adjoint is moved, and all of it at once.
  static let fewEntries = 64

  /// Adds what the value is moved by where hidden entries are moved, beyond the first order.
  mutating func weigh(
    _ hidden: [Hidden], in straight: StraightList, _ depth: Depth
  ) throws(ExplanationError) {
    guard value.isFinite else { return }
    let lost = hidden.filter(\.isOverflow)
    if let first = lost.first, try distance(moving: lost.map { ($0, 1) }, in: straight) > 0 {
      hasOverflow = true
      add(.infinity, to: first)
    }
    let wrong = hidden.filter { !$0.isOverflow }
    guard let last = wrong.last else { return }
    // Two factors that are both 0 by rounding move their product together only.
    let together = try [[1.0, 1], [-1, -1], [1, -1]].map { signs throws(ExplanationError) in
      let moves = wrong.enumerated().map { ($1, signs[$0 % 2]) }
      return try excess(moves, in: straight)
    }
    let most = together.reduce(0, max)
    guard most > 0 else { return }
    var sum = 0.0
    if depth == .each, straight.list.count <= 4 * Self.fewEntries {
      for one in wrong {
        let sides = [
          try excess([(one, 1)], in: straight), try excess([(one, -1)], in: straight),
        ]
        let bound = sides.reduce(0, max)
        sum += bound
        add(bound, to: one)
      }
    }
    if most > sum { add(most - sum, to: last) }
  }

  /// Twice what entries move the value by, where that is clearly more than the first order says.
  private func excess(
    _ moves: [(Hidden, Double)], in straight: StraightList
  ) throws(ExplanationError) -> Double {
    let distance = try distance(moving: moves, in: straight)
    let known = moves.reduce(0) { $0 + $1.0.bound }
    let size = zip(value, weights).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
    // That the value is computed anew is no error of it.
    let rounding = known == 0 ? 0 : 8 * Self.unit * size
    return distance > 4 * known + rounding ? 2 * distance : 0
  }

  /// Adds to the share of an entry.
  private mutating func add(_ bound: Double, to hidden: Hidden) {
    guard bound > 0 else { return }
    let index = shares.firstIndex { $0.slot >= hidden.slot } ?? shares.count
    if index == shares.count || shares[index].slot != hidden.slot {
      shares.insert(
        Share(slot: hidden.slot, value: hidden.value, adjoint: [], bound: 0), at: index)
    }
    shares[index].bound += bound
  }

  /// How far the value is from where it would be.
  private func distance(
    moving hidden: [(Hidden, Double)], in straight: StraightList
  ) throws(ExplanationError) -> Double {
    if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
    let moved = straight.list.moved(hidden, root: output)
    let found: [Double]?
    do {
      found = try unlessLimited { () throws(Fault) in
        moved.list.elements(moved.root, in: try moved.list.evaluated())
      }
    } catch { throw .fault(error) }
    guard let found, found.count == value.count else { return 0 }
    let distance = zip(zip(found, value), weights).reduce(0) {
      $0 + ($1.0.0 == $1.0.1 ? 0 : ($1.0.0 - $1.0.1) * $1.1)
    }
    return distance.isNaN ? .infinity : distance.magnitude
  }
}

extension List {
  /// What a root needs, with errors added to some entries before others read them.
  fileprivate func moved(
    _ hidden: [(RoundingBound.Hidden, Double)], root: Slot
  ) -> (list: List, root: Slot) {
    let moves = Dictionary(hidden.map { ($0.0.slot, $0) }) { first, _ in first }
    let needed = reached(from: [root])
    var list = List(like: self)
    var places = Array(repeating: Slot(-1), count: count)
    for slot in (0...root.place).map({ Slot($0) }) where needed[slot.place] {
      places[slot.place] =
        self[slot].isGiven
        ? list.copyInput(slot, from: self) : list.copy(slot, from: self, places: places)
      guard let (one, sign) = moves[slot] else { continue }
      if one.isOverflow {
        places[slot.place] = list.appendData(one.clipped, shape: shape(slot), isInput: true)
        continue
      }
      let error = list.appendData(
        one.errors.map { sign * $0 }, shape: shape(slot), isInput: true)
      if let sum = try? list.append(.add, [places[slot.place], error]) { places[slot.place] = sum }
    }
    list.silence()
    return (list, places[root.place])
  }
}
