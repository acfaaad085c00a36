/// The story of one gradient: the values forward, then the adjoints, last entry first.
struct Trace: Sendable {
  /// One term of an adjoint.
  struct Contribution: Sendable {
    /// The entry that hands it back; several where a loop stands for many steps.
    var sources: [Slot]
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
      let shape = list.shape(output)
      let one =
        shape.isScalar
        ? straight.list.appendNumber(1)
        : straight.list.appendData(
          Array(repeating: 1, count: shape.count), shape: shape, isInput: false)
      sweep = try straight.list.appendAdjoint(
        seeds: [(output, one)], wrt: self.targets, recording: true)
    } catch {
      throw .shapes(error)
    }
    do { try straight.run() } catch { throw .fault(error) }
    self.straight = straight
    steps = try makeSteps(sweep, in: list)
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
  /// The entry is no entry of the list.
  case notThere
}

extension StraightList {
  /// The entries that some slots need, loops and branches written out.
  init(_ list: List, roots: [Slot]) throws(ExplanationError) {
    do { self = try Straightener.straighten(list, roots: roots) } catch { throw .fault(error) }
  }
}

extension Term {
  /// What an entry hands back to one of its operands, in the adjoint of the entry.
  ///
  /// For numbers it is `adjoint · partial`, also where the partial is 1. For arrays it is the rule,
  /// summed where the operand was stretched.
  static func contribution(
    of source: Slot, to index: Int, in list: List
  ) throws(ShapeMismatch) -> Term? {
    let operands = list.operands(source).map { value($0, in: list) }
    let result = value(source, in: list)
    let bar = Term(.adjoint(source), list.shape(source))
    let row = list.primitive(source)
    let rule = list.ruleOperands(source)
    guard let target = list.operands(source).indices.contains(index) ? operands[index] : nil else {
      return nil
    }
    if bar.shape.isScalar, operands.allSatisfy(\.shape.isScalar),
      let partial = row.partials(rule).dropFirst(index).first ?? nil
    {
      let known = partial.knowing(operands.map(\.number))
      let slope = try Term(known, operands: operands, result: result, bar: bar)
      return try .apply(.mul, [bar, slope])
    }
    guard let formula = try list.contribution(of: source, to: index, rule) else { return nil }
    let known = formula.knowing(operands.map(\.number))
    let amount = try Term(known, operands: operands, result: result, bar: bar).inTextbookWords
    guard amount.shape != target.shape else { return amount }
    if amount.shape.broadcast(target.shape) == target.shape {
      return try .apply(.broadcast, [amount], target.shape.extents)
    }
    return try amount.summed(to: target.shape)
  }

  /// Sums of rows and columns by their own names.
  private var inTextbookWords: Term {
    guard case .apply(let row, let parts, let statics) = kind else { return self }
    let written = parts.map(\.inTextbookWords)
    if row == .sum, written[0].shape.rank == 2, statics.last == 1 {
      if statics[0] == 1 || statics[0] == -1 { return Term(.apply(.rowsum, written, []), shape) }
      if statics[0] == 0 || statics[0] == -2 { return Term(.apply(.colsum, written, []), shape) }
    }
    return Term(.apply(row, written, statics), shape)
  }

  /// The sum over the axes along which an operand was stretched, in the words of textbooks.
  private func summed(to target: Shape) throws(ShapeMismatch) -> Term {
    if target.isScalar { return try .apply(.sum, [self], [Argument.noAxis, 0]) }
    if shape.rank == 2, target == Shape([1, shape[1]]) { return try .apply(.colsum, [self]) }
    if shape.rank == 2, target == Shape([shape[0], 1]) { return try .apply(.rowsum, [self]) }
    return try .apply(.sumto, [self], target.extents)
  }
}

extension List {
  /// The entries that hold what an entry computes: the parts of a loop or branch, else itself.
  func results(of slot: Slot) -> [Slot] {
    guard self[slot].code == Code.loop || self[slot].code == Code.branch else { return [slot] }
    return ((slot.place + 1)..<count).map { Slot($0) }.filter { part in
      primitive(part).isPart && operand(part, 0) == slot
    }
  }

  /// What an entry hands back to one of its operands, as a formula of its rule.
  fileprivate func contribution(
    of source: Slot, to index: Int, _ rule: Operands
  ) throws(ShapeMismatch) -> Formula? {
    guard case .custom(let custom)? = structure(source) else {
      let formulas = primitive(source).contributions(rule)
      return formulas.indices.contains(index) ? formulas[index] : nil
    }
    guard custom.parts.indices.contains(index), let part = custom.parts[index],
      let formula = Formula(part.list, operandCount: custom.parameterNames.count)
    else { return nil }
    return part.isPartial ? .bar * formula : formula
  }
}

extension Primitive {
  /// Whether its entries read a part of a loop or branch.
  var isPart: Bool {
    [Primitive.final, .last, .stacked, .history, .turns, .arm].contains(self)
  }

  /// The partials of an element-wise row; none for other rows.
  func partials(_ operands: Operands) -> [Formula?] {
    switch rule {
    case .partials(let rule), .singularPartials(let rule): rule(operands)
    default: []
    }
  }
}

extension Formula {
  /// The formula with operands that are numbers put in, simplified.
  func knowing(_ numbers: [Double?]) -> Formula {
    substituting { index in
      let value = numbers.indices.contains(index) ? numbers[index] : nil
      return value.map(Formula.number) ?? .operand(index)
    }
  }

  /// The formula that a body computes, its parameters being operands, the result and its adjoint;
  /// nil where it would be very long.
  init?(_ body: List, operandCount: Int, limit: Int = 200) {
    guard let root = body.results.first else { return nil }
    var formulas: [Formula] = []
    var sizes: [Int] = []
    for place in 0..<body.count {
      let slot = Slot(place)
      let operands = body.operands(slot)
      var size = 1
      for operand in operands { size += sizes[operand.place] }
      sizes.append(size)
      if let value = body.number(slot) {
        formulas.append(.number(value))
      } else if body[slot].code == Code.parameter {
        let number = Int(body[slot].a)
        formulas.append(
          number < operandCount ? .operand(number) : number == operandCount ? .result : .bar)
      } else if !body.primitive(slot).isInternal, size <= limit {
        formulas.append(
          .apply(
            body.primitive(slot), operands.map { formulas[$0.place] }, body.statics(slot)))
      } else {
        return nil
      }
    }
    self = formulas[root.place]
  }
}
