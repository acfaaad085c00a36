/// An entry at its kink, or so near that rounding may take it there.
struct KinkUse: Sendable {
  var slot: Slot
  var kink: Kink
  /// How far the nearest element is from the kink.
  var distance: Double
  /// How many elements are at it.
  var count: Int

  /// Distances below this are told.
  static let near = 1e-6
}

extension StraightList {
  /// The entries, among some that have run, whose slope is a convention or nearly so.
  func kinks(of slots: [Slot]) -> [KinkUse] {
    slots.compactMap { slot in
      guard let kink = list.primitive(slot).kinks.first, let distances = distances(slot) else {
        return nil
      }
      let least = distances.map(\.magnitude).min() ?? .infinity
      guard least < KinkUse.near else { return nil }
      return KinkUse(
        slot: slot, kink: kink, distance: least, count: distances.count { $0 == 0 })
    }
  }

  /// How far the elements of an entry are from its kink; nil where its row has none to choose at.
  private func distances(_ slot: Slot) -> [Double]? {
    guard let sides = list.primitive(slot).sides else { return nil }
    var scratch = StraightList()
    let operands = list.operands(slot).map { operand in
      scratch.list.appendData(
        values.view(operand, in: list)?.array ?? [], shape: list.shape(operand), isInput: true)
    }
    guard let first = operands.first,
      let distance = try? scratch.list.append(
        sides.distance(list.ruleOperands(slot)), operands: operands, result: first, bar: first)
    else { return nil }
    do { try scratch.run() } catch { return nil }
    return scratch.values.view(distance, in: scratch.list)?.array
  }
}
