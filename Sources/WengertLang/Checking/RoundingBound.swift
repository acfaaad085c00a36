/// What rounding does to a value: each entry's error, weighted by its adjoint.
///
/// An entry that is right to half a unit in its last place is wrong by |v| u, u = 2^-53, which
/// moves y by |a| |v| u, to first order (Iri, Simultaneous computation of functions, partial
/// derivatives and estimates of rounding errors, 1984). Where an adjoint is 0 the entry is moved,
/// to see what the first order does not.
struct RoundingBound: Sendable {
  /// One entry with its share.
  struct Share: Sendable {
    var slot: Slot
    var value: [Double]
    var adjoint: [Double]
    /// What its rounding may move y by.
    var bound: Double
    /// Whether rounding may take its operands to where it jumps or ends: no bound is known then.
    var isAtJump = false
  }

  let straight: StraightList
  let output: Slot
  /// The entries in the order of the list.
  var shares: [Share] = []
  /// What the numbers that were worked out before may move y by.
  private(set) var numbers = 0.0
  /// What all of them may move y by.
  var total: Double { shares.reduce(numbers) { $0 + $1.bound } }
  private let size: Double
  let weights: [Double]
  /// The elements of y.
  let value: [Double]

  /// The unit that results are rounded by.
  static let unit = Rounding.unit

  /// Whether a number that is too large for 64 bits has a part in y.
  var hasOverflow = false

  /// How much is looked at.
  enum Depth: Comparable {
    /// What adjoints tell.
    case first
    /// What they do not tell as well.
    case whole
    /// That too, entry by entry, where the list is short.
    case each
  }

  init(
    _ straight: StraightList, output: Slot, weights: [Double], depth: Depth = .whole
  ) throws(ExplanationError) {
    self.output = output
    self.weights = weights
    let list = straight.list
    var swept = straight
    let needed = list.reached(from: [output])
    let inputs = (0...output.place).map { Slot($0) }.filter {
      needed[$0.place] && list[$0].isGiven
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
    var hidden: [Hidden] = []
    let isLong = needed.count { $0 } > Self.fewEntries
    for slot in (0...output.place).map({ Slot($0) }) where needed[slot.place] {
      let given = list.numberError(slot)
      if given > 0 { numbers += given * (sweep[slot].flatMap { read($0).first } ?? 0).magnitude }
      guard !Values.isPart(slot, list), !list[slot].isGiven else { continue }
      let value = read(slot)
      let operands = list.operands(slot).map(read)
      let errors = list.roundingErrors(slot, value, operands: operands)
      let bar = sweep[slot].map(read) ?? value.map { _ in 0 }
      let bound = zip(errors, bar).reduce(0.0) {
        // What does not reach y matters to it no more than what is exact.
        $0 + ($1.0 == 0 || $1.1 == 0 ? 0 : ($1.0 * $1.1).magnitude)
      }
      if Kernel.isStopped { throw .fault(Fault(.interrupted)) }
      let share = Share(slot: slot, value: value, adjoint: bar, bound: bound)
      if sweep[slot] != nil { shares.append(share) }
      guard depth > .first else { continue }
      let row = list.primitive(slot)
      if let found = Hidden(share, row, errors, operands, isLong: isLong) { hidden.append(found) }
    }
    self.straight = swept
    try weigh(hidden, in: straight, depth)
  }

  /// What rounding may make of a value, nil where no bound is known; only a limit is thrown.
  static func total(
    of output: Slot, in straight: StraightList, weights: [Double]
  ) throws(Fault) -> Double? {
    do {
      let bound = try RoundingBound(straight, output: output, weights: weights)
      // Where the bound itself leaves the range of numbers it says nothing.
      return bound.total.isFinite || bound.hasOverflow ? bound.total : nil
    } catch .fault(let fault) where fault.isLimit {
      throw fault
    } catch {
      return nil
    }
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
    // Conditions, whole numbers and indices are exact.
    if case .flat = row.rule { return value.map { _ in 0 } }
    if row.isElementwise { return elementErrors(slot, value, operands) }
    if case .custom(let custom)? = structure(slot) {
      let own = value.map { 2 * Double(custom.value.count) * unit * $0.magnitude }
      guard let held = custom.held else { return roundingErrors(of: 0, custom, slot, operands) }
      guard held.isSolved else { return own }
      // What rounding makes of the residual moves the solution as far as Newton's step from there.
      let steps = roundingErrors(of: 1, custom, slot, [value] + operands.dropFirst())
      return zip(own, steps).map { $0 + 2 * $1 }
    }
    let shapes = self.operands(slot).map(shape)
    if let rounding = row.rounding, zip(operands, shapes).allSatisfy({ $0.count == $1.count }),
      value.count == shape(slot).count
    {
      return rounding.errors(
        Rounding.Call(
          operands: operands, shapes: shapes, statics: statics(slot), value: value))
    }
    if isMotion(slot, value, operands) || Kernel.isStopped { return value.map { _ in 0 } }
    let most = operands.map(\.count).max() ?? 1
    let roundings = Double(Swift.max(1, most / Swift.max(1, value.count)))
    guard case .multilinear = row.rule,
      // What the elements are sums of, without signs: |A| |B| for a product of matrices.
      let sizes = applied(slot, to: operands, { _, number in number.magnitude }),
      // And of how many: the product of ones.
      let terms = applied(slot, to: operands, { _, _ in 1 })
    else { return value.map { (roundings + 1) * unit * $0.magnitude } }
    let lost = lostProducts(slot, operands, sizes)
    let grain = operands.reduce(1) { $0 * Self.grain(of: $1) }
    return sizes.indices.map {
      // Multiples of one power of two add up without rounding as long as they are not too many.
      let multiple = value[$0] / grain
      let isFew = sizes[$0] * Double(most) < 0x1p53 * grain
      guard !isFew || multiple.rounded() != multiple else { return 0 }
      return (Swift.max(roundings, terms[$0]) + 1) * unit * sizes[$0] + lost[$0] * Rounding.least
    }
  }

  /// Those of an element-wise operation.
  private func elementErrors(_ slot: Slot, _ value: [Double], _ operands: [[Double]]) -> [Double] {
    let row = primitive(slot)
    let operands = zip(operands, self.operands(slot)).map { elements, operand in
      stretched(elements, shape(operand), to: shape(slot))
    }
    return value.indices.map { place in
      let numbers = operands.compactMap { $0.indices.contains(place) ? $0[place] : nil }
      return row.elementError(numbers, value[place])
    }
  }

  /// What the elements of a result of a rule may be wrong by, from what it is made of.
  private func roundingErrors(
    of number: Int, _ custom: Custom, _ slot: Slot, _ operands: [[Double]]
  ) -> [Double] {
    var inside = List(like: self)
    let arguments = zip(operands, self.operands(slot)).map { elements, operand in
      inside.appendData(elements, shape: shape(operand), isInput: true)
    }
    let places = inside.inline(custom.value, arguments: arguments)
    let count = shape(slot).count
    let unknown = Array(repeating: Double.infinity, count: count)
    guard custom.value.results.indices.contains(number) else { return unknown }
    let last = places[custom.value.results[number].place]
    guard
      var straight = try? Straightener.straighten(inside, roots: [last]),
      let result = straight.places[last], (try? straight.run()) != nil
    else { return unknown }
    // Of long values all elements have the bound of their sum.
    let isLong = count > Self.mostElements
    var errors: [Double] = []
    for place in 0..<(isLong ? 1 : count) {
      let weights = (0..<count).map { isLong || $0 == place ? 1.0 : 0 }
      let bound = try? RoundingBound.total(of: result, in: straight, weights: weights)
      guard let bound = bound ?? nil else { return unknown }
      errors.append(bound)
    }
    return isLong ? Array(repeating: errors[0], count: count) : errors
  }

  /// A value with more elements has one bound for all.
  private static var mostElements: Int { 64 }

  /// The largest power of two that all numbers are multiples of; 0 where that is none.
  private static func grain(of numbers: [Double]) -> Double {
    numbers.reduce(.infinity) { least, number in
      guard number != 0 else { return least }
      guard number.isNormal else { return 0 }
      let bits = number.significandBitPattern
      let zeros = bits == 0 ? Double.significandBitCount : bits.trailingZeroBitCount
      return Swift.min(least, number.ulp * Double(sign: .plus, exponent: zeros, significand: 1))
    }
  }

  /// How many products of an element may have lost digits because they are so small.
  private func lostProducts(
    _ slot: Slot, _ operands: [[Double]], _ sizes: [Double]
  ) -> [Double] {
    let none = sizes.map { _ in 0.0 }
    guard operands.count > 1, sizes.contains(where: { $0 < 0x1p-960 }) else { return none }
    let products = applied(slot, to: operands, { _, number in number == 0 ? 0 : 1 })
    return zip(products ?? none, sizes).map { $1 < 0x1p-960 ? $0 : 0 }
  }

  /// An operand of an element-wise entry, as large as the result.
  private func stretched(_ elements: [Double], _ shape: Shape, to target: Shape) -> [Double] {
    guard shape != target, elements.count == shape.count else { return elements }
    return Walk(stretching: shape, to: target).places.map { elements[$0] }
  }

  /// Whether an entry only hands numbers on, as it does with any others.
  private func isMotion(_ slot: Slot, _ value: [Double], _ operands: [[Double]]) -> Bool {
    let known = Set(operands.joined().map(\.magnitude))
    guard !Kernel.isStopped, value.allSatisfy({ $0 == 0 || known.contains($0.magnitude) }) else {
      return false
    }
    var others: Set<Double> = [0]
    let moved = applied(slot, to: operands) { place, _ in
      // No two of these add up to a third.
      let number = (1 + Double(place)).squareRoot() + 0.1
      others.insert(number)
      return number
    }
    return moved?.allSatisfy { others.contains($0.magnitude) } ?? false
  }

  /// What an entry would be of other operands; those that have no slope, such as indices, stay.
  private func applied(
    _ slot: Slot, to operands: [[Double]], _ other: (_ place: Int, Double) -> Double
  ) -> [Double]? {
    var list = List(like: self)
    var places = Array(repeating: Slot(0), count: count)
    var inputs: [Slot] = []
    var start = 0
    for (index, (operand, elements)) in zip(self.operands(slot), operands).enumerated() {
      let isKept = !primitive(slot).isDifferentiable(operand: index)
      let others = isKept ? elements : elements.enumerated().map { other(start + $0, $1) }
      start += elements.count
      let place = list.appendData(others, shape: shape(operand), isInput: true)
      places[operand.place] = place
      inputs.append(place)
    }
    let copy = list.copy(slot, from: self, places: places)
    list.replaceOperands(of: copy, by: inputs)
    guard let values = try? list.evaluated() else { return nil }
    return list.elements(copy, in: values)
  }
}
