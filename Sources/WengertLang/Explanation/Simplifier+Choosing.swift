/// Choosing between forms of a sum.
extension Simplifier {
  /// The shortest of some forms of a sum: as collected, with common factors in front, multiplied
  /// out.
  func best(_ sum: Collected) throws(ShapeMismatch) -> Term {
    if let merged = try choicesMerged(sum) { return try best(merged) }
    if !sum.hasArrays, sum.terms.count > 1, let common = sum.commonChange {
      return try pulled(common, out: sum)
    }
    if !sum.hasArrays, sum.hasChangeInSum, let long = try expanded(sum) { return try build(long) }
    var forms = [try build(sum)]
    if !sum.hasArrays, !sum.terms.contains(where: { $0.product.isOfChange }) {
      forms += [try factored(sum)].compactMap { $0 }
      if let long = try expanded(sum) {
        forms.append(try build(long))
        forms += [try factored(long)].compactMap { $0 }
      }
    }
    var shortest = forms[0]
    for form in forms.dropFirst() where form.effort < shortest.effort { shortest = form }
    return shortest
  }

  /// The sum with choices by one condition made one: `where(c, a, 0) + where(c, 0, b)`.
  private func choicesMerged(_ sum: Collected) throws(ShapeMismatch) -> Collected? {
    var known: [Term: (arms: [Term], place: Int)] = [:]
    for (place, term) in sum.terms.enumerated() {
      guard term.product.factors.count == 1, term.product.factors[0].exponent == 1,
        case .apply(let row, let parts, let statics) = term.product.factors[0].base.kind,
        case .select = row.kernel
      else { continue }
      let scale = Term.number(term.coefficient)
      var arms: [Term] = []
      for part in parts.dropFirst() { arms.append(try .apply(.mul, [scale, part])) }
      guard let other = known[parts[0]] else {
        known[parts[0]] = (arms, place)
        continue
      }
      var merged: [Term] = [parts[0]]
      for (a, b) in zip(other.arms, arms) { merged.append(simplify(try .apply(.add, [a, b]))) }
      var rest = Collected()
      for (index, term) in sum.terms.enumerated() where index != place && index != other.place {
        rest.add(term.product, term.coefficient)
      }
      rest.add(Collected(try .apply(row, merged, statics)), times: 1)
      return rest
    }
    return nil
  }

  /// The sum multiplied out; nil where there is nothing to multiply out, or too much.
  private func expanded(_ sum: Collected) throws(ShapeMismatch) -> Collected? {
    var long = Collected()
    var isLonger = false
    for (product, coefficient) in sum.terms {
      var part = Collected(number: coefficient)
      for factor in product.factors {
        guard factor.base.isSum, (1...4).contains(factor.exponent),
          factor.exponent == factor.exponent.rounded()
        else {
          part = try times(part, .init(factor.base, exponent: factor.exponent), out: true)
          continue
        }
        isLonger = true
        let inner = try collected(factor.base)
        for _ in 0..<Int(factor.exponent) {
          part = try times(part, inner, out: true)
          guard part.terms.count <= expansionLimit else { return nil }
        }
      }
      long.add(part, times: 1)
      guard long.terms.count <= expansionLimit else { return nil }
    }
    return isLonger ? long : nil
  }

  private func times(
    _ a: Collected, _ b: Collected, out: Bool
  ) throws(ShapeMismatch) -> Collected {
    var product = Collected()
    for first in a.terms {
      for second in b.terms {
        product.add(
          first.product.times(second.product), first.coefficient * second.coefficient)
      }
    }
    return product
  }

  /// The sum with what all of its terms have in common in front; nil where that is nothing.
  private func factored(_ sum: Collected) throws(ShapeMismatch) -> Term? {
    guard sum.terms.count > 1, let first = sum.terms.first else { return nil }
    var common: [Collected.Factor] = []
    for factor in first.product.factors {
      let exponents = sum.terms.map { term in
        term.product.factors.first { $0.base == factor.base }?.exponent ?? 0
      }
      if let least = exponents.min(), least > 0 {
        common.append(.init(base: factor.base, exponent: least))
      } else if let most = exponents.max(), most < 0 {
        common.append(.init(base: factor.base, exponent: most))
      }
    }
    guard !common.isEmpty else { return nil }
    return try pulled(common, out: sum)
  }

  /// Common factors in front of what remains.
  private func pulled(
    _ common: [Collected.Factor], out sum: Collected
  ) throws(ShapeMismatch) -> Term {
    let inverse = Collected.Product(
      factors: common.map { .init(base: $0.base, exponent: -$0.exponent) })
    var rest = Collected()
    for term in sum.terms { rest.add(term.product.times(inverse), term.coefficient) }
    let (inner, content) = try factors(try collected(try best(rest)))
    return try build(inner.times(.init(factors: common)), content)
  }
}

extension Collected.Product {
  /// Whether a change is one of its factors.
  fileprivate var isOfChange: Bool { factors.contains { $0.base.isChangeSymbol } }
}

extension Collected {
  /// The adjoint or derivative that every term has as a factor.
  fileprivate var commonChange: [Factor]? {
    guard let first = terms.first,
      let change = first.product.factors.first(where: { $0.base.isChangeSymbol }),
      terms.allSatisfy({ $0.product.factors.contains(change) })
    else { return nil }
    return [change]
  }

  /// Whether a change stands in a sum that is a factor: what is multiplied out shows its share.
  fileprivate var hasChangeInSum: Bool {
    terms.contains { $0.product.factors.contains { $0.base.isSum && $0.base.isChange } }
  }
}
