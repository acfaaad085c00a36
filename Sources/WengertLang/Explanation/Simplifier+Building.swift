/// Writing collected sums as formulas again.
extension Simplifier {
  /// The sum as a formula: a number in front where all terms share it.
  func build(_ sum: Collected) throws(ShapeMismatch) -> Term {
    if let number = sum.number { return .number(number) }
    let content = sum.content
    let isShared =
      sum.terms.count > 1 && content.magnitude != 1
      && sum.terms.allSatisfy {
        $0.coefficient.magnitude == content.magnitude && !$0.product.factors.isEmpty
      }
    guard isShared else { return try chain(sum) }
    // 2 (yhat - y), but 8 x1 + 4 x2.
    let sign = content < 0 && sum.terms.contains { $0.coefficient > 0 } ? -1.0 : 1.0
    let scale = content * sign
    return try .apply(.mul, [.number(scale), try chain(sum.scaled(by: 1 / scale))])
  }

  /// The terms one after the other, with their signs.
  private func chain(_ sum: Collected) throws(ShapeMismatch) -> Term {
    var whole: Term?
    for (product, coefficient) in sum.ordered {
      guard let known = whole else {
        whole = try build(product, coefficient)
        continue
      }
      let term = try build(product, coefficient.magnitude)
      whole = try .apply(coefficient < 0 ? .sub : .add, [known, term])
    }
    return whole ?? .number(0)
  }

  /// A number times a product: `2 x / y`.
  func build(_ product: Collected.Product, _ coefficient: Double) throws(ShapeMismatch) -> Term {
    var factors = product.factors
    var coefficient = coefficient
    if coefficient < 0, let place = factors.lastIndex(where: { $0.exponent == 1 && $0.base.isSum })
    {
      // -(x - y) z reads better as (y - x) z.
      if let turned = try turned(factors[place].base) {
        factors[place].base = turned
        coefficient = -coefficient
      }
    }
    let (above, below) = Self.fraction(
      coefficient.magnitude, isBelow: factors.contains { $0.exponent < 0 })
    var numerator: Term? = above == 1 ? nil : .number(coefficient < 0 ? -above : above)
    var denominator: Term? = below == 1 ? nil : .number(below)
    for factor in factors where factor.exponent >= 0 {
      let power = try power(factor.base, factor.exponent)
      numerator = try joined(numerator, power)
    }
    for factor in factors where factor.exponent < 0 {
      let power = try power(factor.base, -factor.exponent)
      denominator = try joined(denominator, power)
    }
    var whole = numerator ?? .number(1)
    if let denominator { whole = try .apply(.div, [whole, denominator]) }
    guard coefficient < 0, above == 1 else { return whole }
    if let number = whole.number { return .number(-number) }
    return try .apply(.neg, [whole])
  }

  private func joined(_ known: Term?, _ factor: Term) throws(ShapeMismatch) -> Term {
    guard let known else { return factor }
    return try .apply(.mul, [known, factor])
  }

  /// The other way round: y - x for x - y; nil where it would begin with a minus.
  private func turned(_ sum: Term) throws(ShapeMismatch) -> Term? {
    guard case .apply(let row, let parts, _) = sum.kind, row == .sub else { return nil }
    if !parts[0].isSum { return try .apply(.sub, [parts[1], parts[0]]) }
    return nil
  }

  private func power(_ base: Term, _ exponent: Double) throws(ShapeMismatch) -> Term {
    if exponent == 1 { return base }
    if exponent == 0.5 { return try .apply(.sqrt, [base]) }
    return try .apply(.pow, [base, .number(exponent)])
  }

  /// A number as a fraction of whole ones where its decimals are long, or something is divided by
  /// anyway: x / 3 and 1 / (2 y), but 0.25 x.
  static func fraction(_ value: Double, isBelow: Bool) -> (above: Double, below: Double) {
    let inverse = (1 / value).rounded()
    if isBelow, value < 1, inverse <= 1000, 1 / inverse == value { return (1, inverse) }
    guard value != value.rounded(), value.isFinite, "\(value)".utf8.count > 6 else {
      return (value, 1)
    }
    for below in stride(from: 3.0, through: 360, by: 1) {
      let above = (value * below).rounded()
      if above > 0, above / below == value { return (above, below) }
    }
    return (value, 1)
  }
}
