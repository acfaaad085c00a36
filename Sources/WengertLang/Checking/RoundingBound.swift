/// What rounding does to a value: each entry's error, weighted by its adjoint.
///
/// An entry that is right to half a unit in its last place is wrong by |v| u, u = 2^-53, which
/// moves y by |a| |v| u, to first order (Iri, Simultaneous computation of functions, partial
/// derivatives and estimates of rounding errors, 1984).
struct RoundingBound: Sendable {
  /// One entry with its share.
  struct Share: Sendable {
    var slot: Slot
    var value: [Double]
    var adjoint: [Double]
    /// What its rounding may move y by.
    var bound: Double
  }

  let straight: StraightList
  let output: Slot
  /// The entries in the order of the list.
  private(set) var shares: [Share] = []
  /// What all of them may move y by.
  private(set) var total = 0.0
  private let size: Double
  /// The elements of y.
  let value: [Double]

  /// The unit that results are rounded by.
  static let unit = 0x1p-53

  init(
    _ straight: StraightList, output: Slot, weights: [Double]
  ) throws(ExplanationError) {
    self.output = output
    let list = straight.list
    var swept = straight
    let needed = list.reached(from: [output])
    let inputs = (0...output.place).map { Slot($0) }.filter {
      needed[$0.place] && (list[$0].code == Code.input || list[$0].code == Code.number)
    }
    let seed = swept.list.appendData(weights, shape: list.shape(output), isInput: true)
    let sweep: Adjoint
    do {
      sweep = try swept.list.appendAdjoint(seeds: [(output, seed)], wrt: inputs)
    } catch {
      throw .shapes(error)
    }
    do { try swept.run() } catch { throw .fault(error) }
    func read(_ slot: Slot) -> [Double] {
      swept.values.view(slot, in: swept.list)?.array ?? []
    }
    value = read(output)
    size = value.inner(weights).magnitude
    for slot in (0...output.place).map({ Slot($0) }) where needed[slot.place] {
      guard let adjoint = sweep[slot], !Values.isPart(slot, list),
        list[slot].code != Code.input, list[slot].code != Code.number
      else { continue }
      let (value, bar) = (read(slot), read(adjoint))
      let errors = list.roundingErrors(slot, value, operands: list.operands(slot).map(read))
      let bound = zip(errors, bar).reduce(0.0) {
        // What does not reach y matters to it no more than what is exact.
        $0 + ($1.0 == 0 || $1.1 == 0 ? 0 : ($1.0 * $1.1).magnitude)
      }
      shares.append(Share(slot: slot, value: value, adjoint: bar, bound: bound))
    }
    total = shares.reduce(0) { $0 + $1.bound }
    self.straight = swept
  }

  /// The digits of y that can be trusted.
  var digits: Int {
    guard total.isFinite, size.isFinite else { return 0 }
    return size == 0
      ? (total == 0 ? 16 : 0) : total == 0 ? 16 : Agreement.digits(ofError: total / size)
  }
}

extension Values {
  /// Whether an entry only hands on what a loop or branch made.
  static func isPart(_ slot: Slot, _ list: List) -> Bool { Code.loop...Code.arm ~= list[slot].code }
}

extension List {
  /// What each element of an entry may be wrong by, its operands taken as they are.
  func roundingErrors(_ slot: Slot, _ value: [Double], operands: [[Double]]) -> [Double] {
    let row = primitive(slot)
    let unit = RoundingBound.unit
    if row.isElementwise {
      // What only hands numbers on, or their opposites, is exact.
      let roundings = row.identity.isRoundedOnce ? 1.0 : 2
      return value.indices.map { place in
        let isHandedOn = operands.contains {
          $0.count == value.count
            ? $0[place].magnitude == value[place].magnitude
            : $0.count == 1 && $0[0].magnitude == value[place].magnitude
        }
        return isHandedOn || value[place] == 0 ? 0 : roundings * unit * value[place].magnitude
      }
    }
    if case .custom(let custom)? = structure(slot) {
      return value.map { 2 * Double(custom.value.count) * unit * $0.magnitude }
    }
    let known = Set(operands.joined().map(\.magnitude))
    if value.allSatisfy({ $0 == 0 || known.contains($0.magnitude) }) { return value.map { _ in 0 } }
    let most = operands.map(\.count).max() ?? 1
    let roundings = Double(Swift.max(1, most / Swift.max(1, value.count)) + 1)
    return sizes(slot, value, operands).map { roundings * unit * $0 }
  }

  /// What the elements of an entry are sums of, without signs: |A| |B| for a product of matrices.
  private func sizes(_ slot: Slot, _ value: [Double], _ operands: [[Double]]) -> [Double] {
    let row = primitive(slot)
    guard case .multilinear = row.rule else { return value.map(\.magnitude) }
    var list = List(like: self)
    var places = Array(repeating: Slot(0), count: count)
    let inputs = zip(self.operands(slot), operands).map { operand, elements in
      let place = list.appendData(
        elements.map(\.magnitude), shape: shape(operand), isInput: true)
      places[operand.place] = place
      return place
    }
    let copy = list.copy(slot, from: self, places: places)
    list.replaceOperands(of: copy, by: inputs)
    guard let values = try? list.evaluated() else { return value.map(\.magnitude) }
    return list.elements(copy, in: values)
  }
}

extension Identity {
  /// Whether the operation is one of IEEE 754, whose result is rounded once.
  fileprivate var isRoundedOnce: Bool { sum != nil || product != nil }
}
