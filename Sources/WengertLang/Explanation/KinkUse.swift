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
  ///
  /// - Parameter isRelative: whether near is meant beside the size of the operands, where these are
  ///   large.
  func kinks(of slots: [Slot], isRelative: Bool = false) -> [KinkUse] {
    slots.compactMap { slot in
      let row = list.primitive(slot)
      guard !row.kinks.isEmpty else { return nil }
      let uses = row.kinks.compactMap { kink -> KinkUse? in
        let distances = distances(slot, kink)
        let least = distances.map(\.magnitude).filter { !$0.isNaN }.min() ?? .infinity
        let scales = isRelative ? sizes(slot, distances.count) : []
        let isNear = distances.indices.contains {
          distances[$0].magnitude < KinkUse.near * (isRelative ? max(1, scales[$0]) : 1)
        }
        guard isNear else { return nil }
        return KinkUse(
          slot: slot, kink: kink, distance: least, count: distances.count { $0 == 0 })
      }
      return uses.min { $0.distance < $1.distance }
    }
  }

  /// How large the operands of each element are; all together where each element reads several.
  private func sizes(_ slot: Slot, _ count: Int) -> [Double] {
    var sizes = Array(repeating: 0.0, count: count)
    for operand in list.operands(slot) {
      let elements = (values.view(operand, in: list)?.array ?? []).map {
        $0.isFinite ? $0.magnitude : 0
      }
      let most = elements.max() ?? 0
      for index in sizes.indices {
        sizes[index] = max(sizes[index], elements.count == count ? elements[index] : most)
      }
    }
    return sizes
  }

  /// How far the elements of an entry are from a kink of its row.
  private func distances(_ slot: Slot, _ kink: Kink) -> [Double] {
    var scratch = StraightList()
    scratch.list = List(like: list)
    func append(_ slot: Slot) -> Slot {
      scratch.list.appendData(
        values.view(slot, in: list)?.array ?? [], shape: list.shape(slot), isInput: true)
    }
    let operands = list.operands(slot).map { append($0) }
    let result = append(slot)
    guard
      let distance = try? scratch.list.append(
        kink.distance(list.ruleOperands(slot)), operands: operands, result: result, bar: result)
    else { return [] }
    do { try scratch.run() } catch { return [] }
    return scratch.values.view(distance, in: scratch.list)?.array ?? []
  }
}
