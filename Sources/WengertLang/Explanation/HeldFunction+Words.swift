/// What printouts say of entries that hold a function, in the words of textbooks.
extension Term {
  /// What an entry that holds a function hands back to an operand: the implicit function theorem,
  /// or the estimator, by its name; nil where the rule has a formula, or nothing to say.
  static func inWords(of source: Slot, to index: Int, bar: Term, in list: List) -> Term? {
    guard case .custom(let custom)? = list.structure(source), let held = custom.held,
      custom.speaksInWords(operand: index), let parameter = held.parameter(forOperand: index)
    else { return nil }
    let shape = list.shape(list.operand(source, index))
    let change = "∂\(held.name)/∂\(held.parameterName(parameter))"
    switch held.use {
    case .root:
      return phrase(["-(\(change))ᵀ (\(held.slope))⁻ᵀ ", Word(term: bar)], shape)
    case .fixpoint:
      return phrase(["(\(change))ᵀ (1 - \(held.slope))⁻ᵀ ", Word(term: bar)], shape)
    case .smooth where index == 0: return estimator(source, held, bar, list)
    case .smooth:
      return phrase(
        [Word(term: bar), " · mean(\(change) at "] + place(source, "±", list) + [")"], shape)
    }
  }

  /// The tangent that an operand's tangent gives an entry that holds a function.
  static func inWords(
    of source: Slot, from index: Int, change tangent: Term, in list: List
  ) -> Term? {
    guard case .custom(let custom)? = list.structure(source), let held = custom.held,
      custom.speaksInWords(operand: index), let parameter = held.parameter(forOperand: index)
    else { return nil }
    let change = "∂\(held.name)/∂\(held.parameterName(parameter))"
    let shape = list.shape(source)
    switch held.use {
    case .root: return phrase(["-(\(held.slope))⁻¹ \(change) ", Word(term: tangent)], shape)
    case .fixpoint:
      return phrase(["(1 - \(held.slope))⁻¹ \(change) ", Word(term: tangent)], shape)
    case .smooth where index == 0: return estimator(source, held, tangent, list)
    case .smooth:
      let factor: [Word] = ["mean(\(change) at "] + place(source, "±", list)
      return phrase(factor + [") · ", Word(term: tangent)], shape)
    }
  }

  /// `mean((f(x + sigma u) - f(x - sigma u)) u) / (2 sigma)`, times an adjoint or tangent.
  private static func estimator(
    _ source: Slot, _ held: HeldFunction, _ factor: Term, _ list: List
  ) -> Term {
    let sigma = Term.value(list.operand(source, 1), in: list)
    let ahead: [Word] = [Word(text: held.name + "(")] + place(source, "+", list) + [")"]
    let behind: [Word] = [Word(text: held.name + "(")] + place(source, "-", list) + [")"]
    let width: [Word] = [") u) / (2 · ", Word(term: sigma), ")"]
    return phrase(
      [Word(term: factor), " · mean(("] + ahead + [" - "] + behind + width,
      list.shape(list.operand(source, 0)))
  }

  /// `x + sigma u`.
  private static func place(_ source: Slot, _ sign: String, _ list: List) -> [Word] {
    let x = Term.value(list.operand(source, 0), in: list)
    let sigma = Term.value(list.operand(source, 1), in: list)
    return [Word(term: x), Word(text: " \(sign) "), Word(term: sigma), " u"]
  }

  private static func phrase(_ words: [Word], _ shape: Shape) -> Term {
    Term(.phrase(words.map(\.piece)), shape)
  }
}

extension Custom {
  /// Whether an entry that holds a function has a slope by an operand that no formula says.
  func speaksInWords(operand index: Int) -> Bool {
    guard parts.indices.contains(index), let part = parts[index] else { return false }
    return !part.isPartial || Formula(part.list, operandCount: parameterNames.count) == nil
  }
}

extension HeldFunction {
  /// The derivative by the unknown.
  fileprivate var slope: String { "∂\(name)/∂\(parameterName(0))" }
}

/// A piece of a phrase, written as a text or a formula.
private struct Word: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  let piece: Term.Piece

  init(stringLiteral text: String) { piece = .text(text) }
  init(text: String) { piece = .text(text) }
  init(term: Term) { piece = .term(term) }
}
