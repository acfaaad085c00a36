extension EntryCheck {
  /// A list with the entry at its point, and with what its rule says.
  struct Trial {
    private var list: List
    private let steps: [Double]
    private let isElementwise: Bool
    private let point: [Double]
    private let direction: [Double]
    private let weights: [Double]
    private let input: Slot
    private let result: Slot
    /// The entry at shifted points; those of large values are run one by one.
    private var above: [Slot] = []
    private var below: [Slot] = []
    private let pushed: Slot?
    private let pulled: Slot?

    init(
      _ slot: Slot, of whole: List, at points: [[Double]], moving index: Int,
      along direction: [Double], _ directions: inout Directions
    ) throws(ShapeMismatch) {
      list = List(like: whole)
      let shapes = whole.operands(slot).map { whole.shape($0) }
      var inputs: [Slot] = []
      for (point, shape) in zip(points, shapes) {
        inputs.append(list.appendData(point, shape: shape, isInput: true))
      }
      input = inputs[index]
      result = list.appendEntry(slot, of: whole, reading: inputs)
      let count = list.shape(result).count
      let isLarge = max(count, points[index].count) > EntryCheck.fewElements
      steps = DifferenceSweep.steps(isLarge ? 12 : DifferenceSweep.most)
      if !isLarge {
        for step in steps + steps.map({ -$0 }) {
          var operands = inputs
          operands[index] = list.appendData(
            points[index].moved(step, along: direction), shape: shapes[index], isInput: true)
          let moved = list.appendEntry(slot, of: whole, reading: operands)
          if step > 0 { above.append(moved) } else { below.append(moved) }
        }
      }
      isElementwise = whole.primitive(slot).isElementwise && points[index].count == count
      (point, self.direction) = (points[index], direction)
      weights = count == 1 ? [1] : directions.weights(count)
      let tangent = list.appendData(direction, shape: shapes[index], isInput: true)
      pushed = try list.appendTangent(seeds: [(input, tangent)])[result]
      let bar = list.appendData(weights, shape: list.shape(result), isInput: true)
      pulled = try list.appendAdjoint(seeds: [(result, bar)], wrt: [input])[input]
    }

    /// What is compared of a value: the elements of an element-wise operation, or one weighted sum.
    private func projected(_ value: [Double]) -> [Double] {
      isElementwise ? Array(value.prefix(EntryCheck.fewElements)) : [value.inner(weights)]
    }

    /// What rounding may make of what is compared; of a rule by what its value is made of.
    private func valueErrors(_ values: Values) -> [Double] {
      let value = list.elements(result, in: values)
      let errors = list.roundingErrors(
        result, value, operands: list.operands(result).map { list.elements($0, in: values) })
      return isElementwise
        ? Array(errors.prefix(EntryCheck.fewElements))
        : [zip(errors, weights).reduce(0) { $0 + ($1.0 * $1.1).magnitude }]
    }

    /// The entry at the shifted points, with steps of one sign.
    private func moved(
      _ sign: Double, _ slots: [Slot], _ values: Values
    ) throws(Fault) -> [[Double]] {
      guard slots.isEmpty else { return slots.map { projected(list.elements($0, in: values)) } }
      let alone = Evaluation(list, inputs: [input], roots: [result])
      var found: [[Double]] = []
      for step in steps {
        let place = point.moved(sign * step, along: direction)
        let values = try alone.values(of: [result], replacing: [(input, place)])
        found.append(projected(values.first ?? []))
      }
      return found
    }

    /// What the rule says: the slopes that are compared, and the sum of all both ways.
    private struct Claims {
      var slopes: [Double]
      var forward: Double
      var reverse: Double
      /// What the sums are sums of, without signs.
      var size: Double
    }

    private func claims(_ values: Values) -> Claims {
      let count = list.shape(result).count
      let pushed =
        pushed.map { list.elements($0, in: values) } ?? Array(repeating: 0, count: count)
      let pulled = pulled.map { list.elements($0, in: values) } ?? []
      return Claims(
        slopes: projected(pushed), forward: pushed.inner(weights),
        reverse: pulled.inner(direction),
        size: zip(pushed, weights).reduce(0) { $0 + ($1.0 * $1.1).magnitude })
    }

    /// Runs the list and compares.
    ///
    /// - Parameter beside: pairs of trials near by, which say what rounding makes of the claims.
    func finding(beside: () -> [[Trial]]) throws(Fault) -> Finding {
      let values = try list.evaluated()
      let claims = claims(values)
      let center = projected(list.elements(result, in: values))
      let errors = valueErrors(values)
      let (upper, lower) = (try moved(1, above, values), try moved(-1, below, values))
      let length = direction.count == 1 ? direction[0] : 1
      var (worst, place) = (Finding.unclear, 0)
      for index in center.indices {
        if Kernel.isStopped { throw Fault(.interrupted) }
        let sweep = DifferenceSweep(
          center: center[index], valueError: errors[index], steps: steps,
          above: upper.map { $0.at(index) }, below: lower.map { $0.at(index) })
        // The slope by a number is told by one of it, not by the length of the direction.
        let unit = isElementwise ? direction.at(index) : length
        let finding = EntryCheck.judge(claims.slopes.at(index), sweep).scaled(by: 1 / unit)
        if index == 0 || finding.weight > worst.weight { (worst, place) = (finding, index) }
      }
      let unit = isElementwise ? direction.at(place) : length
      if case .wrong = worst, try isConfirmed(claims, at: isElementwise ? place : nil) {
        return .unclear
      }
      if case .wrong(let claimed, let found) = worst,
        try isRounding((claimed - found.slope) * unit, in: claims, beside, { $0.slopes.at(place) })
      {
        return .unclear
      }
      let gap = claims.forward - claims.reverse
      if worst.weight < Finding.jumps(used: 0).weight, gap.isFinite,
        gap.magnitude > 1e-7 * max(claims.size, claims.reverse.magnitude),
        try !isRounding(gap, in: claims, beside, { $0.forward - $0.reverse }),
        try gap.magnitude > 4 * roundingOfBoth()
      {
        return .notTransposed(
          reverse: claims.reverse / length, forward: claims.forward / length)
      }
      return worst
    }

    /// Whether complex numbers, which need no steps, say the same as the rule.
    private func isConfirmed(_ claims: Claims, at place: Int?) throws(Fault) -> Bool {
      var list = list
      let tangent = list.appendData(direction, shape: list.shape(input), isInput: true)
      let step = list.appendStep(along: direction)
      let found = try? list.appendImaginaryStep(of: result, wrt: input, along: tangent, step)
      guard let found, found.refused == nil else { return false }
      let values = try unlessLimited { () throws(Fault) in try list.evaluated() }
      guard let values else { return false }
      let slopes = list.elements(found.slot, in: values)
      let (slope, claimed) =
        place.map { (slopes.at($0), claims.slopes.at($0)) }
        ?? (slopes.inner(weights), claims.forward)
      return slope != 0 && (slope - claimed).magnitude <= 1e-9 * slope.magnitude
    }

    /// What rounding may make of the reverse reading and of the forward one, 0 without a bound.
    private func roundingOfBoth() throws(Fault) -> Double {
      guard let pushed, let pulled else { return 0 }
      let written = try unlessLimited { () throws(Fault) in
        try Straightener.straighten(list, roots: [pushed, pulled])
      }
      guard let written else { return 0 }
      var sum = 0.0
      for (slot, weights) in [(pushed, weights), (pulled, direction)] {
        guard let place = written.places[slot] else { continue }
        sum += try RoundingBound.total(of: place, in: written, weights: weights) ?? 0
      }
      return sum
    }

    /// Whether an error is no larger than what rounding makes of a part of the claims.
    ///
    /// That shows in how far the mean of both sides is from the middle.
    private func isRounding(
      _ error: Double, in claims: Claims, _ beside: () -> [[Trial]], _ part: (Claims) -> Double
    ) throws(Fault) -> Bool {
      var spread = 0.0
      for pair in beside() {
        var sides: [Double] = []
        for trial in pair {
          let values = try unlessLimited { () throws(Fault) in try trial.list.evaluated() }
          if let values { sides.append(part(trial.claims(values))) }
        }
        guard sides.count == 2 else { continue }
        spread = max(spread, ((sides[0] + sides[1]) / 2 - part(claims)).magnitude)
      }
      return error.magnitude <= 8 * spread
    }
  }
}

extension List {
  /// Appends a copy of an entry of another list, each of its operands in a place of its own.
  mutating func appendEntry(
    _ slot: Slot, of whole: List, reading operands: [Slot]
  ) -> Slot {
    let copy = copy(slot, from: whole, places: Array(repeating: operands[0], count: whole.count))
    replaceOperands(of: copy, by: operands)
    return copy
  }
}

extension [Double] {
  /// An element, nan where there is none.
  fileprivate func at(_ index: Int) -> Double { indices.contains(index) ? self[index] : .nan }
}
