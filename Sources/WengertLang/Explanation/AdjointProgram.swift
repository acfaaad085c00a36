/// The derivative of a list as a program of the language: the entries, then the sweep.
struct AdjointProgram: Sendable {
  /// One statement.
  enum Statement: Sendable {
    /// The rule of an operation that the user wrote.
    case rule(Custom, value: Formula, parts: [(isPartial: Bool, formula: Formula)?])
    /// An input, with its value where it has one.
    case input(Slot)
    /// An entry as it stands.
    case entry(Slot)
    /// A value made beforehand: a copy of `base` in which a part is replaced.
    case local(Int, base: Term, slices: [Int], value: Term)
    /// An adjoint as the sum of its terms; of none where it is zero.
    case adjoint(Slot, [Term])
    /// The adjoint that the sweep starts with.
    case seed(Slot)
    /// A step of an entry that holds a function.
    case held(HeldStep)
  }

  let straight: StraightList
  let labels: Labels
  let output: Slot
  let targets: [Slot]
  var forward: [Statement] = []
  var reverse: [Statement] = []
  var locals = 0
  /// The functions that are held, in the order of writing.
  var functions: [HeldFunction] = []
  /// For each entry that holds a function what its sweep has made beforehand.
  var pulled: [Slot: Int] = [:]
  /// For each entry whose function has free names the function without them.
  var wrappers: [Slot: Int] = [:]

  /// Writes the gradient of y as a program; without targets, with respect to all inputs.
  static func make(
    of y: Slot, wrt targets: [Slot] = [], in list: List, symbols: Symbols
  ) throws(ExplanationError) -> AdjointProgram {
    let straight = try StraightList(list, roots: [y] + targets)
    return try AdjointProgram(straight, y: y, targets: targets, symbols: symbols)
  }

  private init(
    _ straight: StraightList, y: Slot, targets: [Slot], symbols: Symbols
  ) throws(ExplanationError) {
    guard let output = straight.places[y] else { throw .notThere }
    self.straight = straight
    self.output = output
    let wanted = targets.compactMap { straight.places[$0] }
    labels = Labels(straight, roots: [output] + wanted, symbols: symbols)
    let list = straight.list
    self.targets = wanted.isEmpty ? labels.lines.filter { list[$0].code == Code.input } : wanted
    try writeForward(list)
    do { try writeReverse(list) } catch { throw .shapes(error) }
  }

  private mutating func writeForward(_ list: List) throws(ExplanationError) {
    var rules: Set<String> = []
    for slot in labels.lines where !Kernel.isStopped {
      switch list[slot].code {
      case Code.input, Code.number: forward.append(.input(slot))
      case Code.custom:
        guard case .custom(let custom)? = list.structure(slot) else { throw .notThere }
        if let held = custom.held {
          guard held.list.isStraight else { throw .notWrittenOut }
          writeHeld(slot, held)
          continue
        }
        if rules.insert(custom.name).inserted { forward.append(try statement(of: custom)) }
        forward.append(.entry(slot))
      default:
        guard !list.primitive(slot).isInternal else { throw .notWrittenOut }
        forward.append(.entry(slot))
      }
    }
  }

  private func statement(of custom: Custom) throws(ExplanationError) -> Statement {
    let count = custom.parameterNames.count
    guard let value = Formula(custom.value, operandCount: count) else { throw .notWrittenOut }
    var parts: [(isPartial: Bool, formula: Formula)?] = []
    for part in custom.parts {
      guard let part else {
        parts.append(nil)
        continue
      }
      guard let formula = Formula(part.list, operandCount: count) else { throw .notWrittenOut }
      parts.append((part.isPartial, formula))
    }
    return .rule(custom, value: value, parts: parts)
  }

  private mutating func writeReverse(_ list: List) throws(ShapeMismatch) {
    var copy = list
    let seed = copy.appendUnit(like: output)
    let sweep = try copy.appendAdjoint(seeds: [(output, seed)], wrt: targets, recording: true)
    var terms: [Slot: [Adjoint.Contribution]] = [:]
    for contribution in sweep.contributions {
      terms[contribution.operand, default: []].append(contribution)
    }
    let asked = Set(targets)
    reverse.append(.seed(output))
    for slot in labels.lines.reversed() where slot != output && !Kernel.isStopped {
      guard asked.contains(slot) || sweep[slot] != nil && list[slot].code != Code.input else {
        continue
      }
      var sum: [Term] = []
      for term in terms[slot] ?? [] {
        if let made = heldPullback(of: term.source, to: term.index, in: list) {
          sum.append(made)
          continue
        }
        guard let amount = try Term.pullback(of: term.source, to: term.index, in: list) else {
          throw ShapeMismatch("a rule that is no formula")
        }
        sum.append(lifted(amount))
      }
      reverse.append(.adjoint(slot, sum))
    }
  }

  /// The term with parts of arrays that are replaced made beforehand.
  private mutating func lifted(_ term: Term) -> Term {
    guard case .apply(let row, let operands, let statics) = term.kind else { return term }
    let inner = Term(.apply(row, operands.map { lifted($0) }, statics), term.shape)
    guard let part = inner.part else { return inner }
    locals += 1
    reverse.append(.local(locals, base: part.base, slices: part.slices, value: part.value))
    return Term(.local(locals), term.shape)
  }
}

extension Term {
  /// An array in which a part is replaced, in the pieces of `base[slices] = value`.
  var part: (base: Term, slices: [Int], value: Term)? {
    guard case .apply(let row, let operands, let statics) = kind else { return nil }
    if row == .put, operands.count == 2 { return (operands[0], statics, operands[1]) }
    if row == .unslice, let value = operands.first {
      let zeros = Term(.apply(.zeros, [], shape.extents), shape)
      return (zeros, Array(statics.dropLast(shape.rank)), value)
    }
    return nil
  }
}
