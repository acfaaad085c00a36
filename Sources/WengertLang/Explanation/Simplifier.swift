/// Formulas as a person would write them: collected, factored, ordered.
///
/// What may be done is read from the rows: which operations are sums, products and powers of their
/// operands, which are linear, which undo themselves. Where the formula is a number the simpler one
/// is the same number; it may be one at more points (`x^2 / x` at 0).
struct Simplifier: Sendable {
  /// Formulas with more parts than this are left as they are.
  var limit = 3000
  /// Sums of products with more terms than this are not multiplied out.
  var expansionLimit = 24

  /// The simplest form that was found; the formula itself where it is too long.
  func simplify(_ term: Term) -> Term {
    var term = term
    for _ in 0..<Self.rounds {
      guard !Kernel.isStopped, term.size <= limit, let simple = try? simple(term), simple != term
      else { return term }
      term = simple
    }
    return term
  }

  /// How often a simpler form is looked at once more.
  private static let rounds = 6

  private func simple(_ term: Term) throws(ShapeMismatch) -> Term {
    if case .slope(let row, let part) = term.kind {
      return Term(.slope(row, simplify(part)), term.shape)
    }
    guard case .apply(let row, let parts, let statics) = term.kind else { return term }
    let found =
      row.isAlgebraic
      ? try best(try collected(term)) : try atom(row, parts, statics, shape: term.shape)
    return try found.stretched(to: term.shape)
  }

  // MARK: collecting

  func collected(_ term: Term) throws(ShapeMismatch) -> Collected {
    switch term.kind {
    case .number(let value): return Collected(number: value)
    case .apply where Kernel.isStopped: return Collected(term)
    case .apply(let row, let parts, let statics):
      let parts = row.isAlgebraic ? parts.map { $0.unstretched(beside: parts, in: term) } : parts
      if let factors = row.identity.sum {
        var sum = Collected()
        for (part, factor) in zip(parts, factors) { sum.add(try collected(part), times: factor) }
        return sum
      }
      if let exponents = row.identity.product {
        var product = Collected(number: 1)
        for (part, exponent) in zip(parts, exponents) {
          product = try times(product, try power(try collected(part), exponent))
        }
        return product
      }
      if row.identity.isPower, parts.count == 2,
        let exponent = parts[1].number ?? simplify(parts[1]).number
      {
        return try power(try collected(parts[0]), exponent)
      }
      let atom = try atom(row, parts, statics, shape: term.shape)
      if case .apply(let other, _, _) = atom.kind, other.isAlgebraic, !other.identity.isPower {
        return try collected(atom)
      }
      return atom.number.map(Collected.init(number:)) ?? Collected(atom)
    default: return Collected(term)
    }
  }

  func times(_ a: Collected, _ b: Collected) throws(ShapeMismatch) -> Collected {
    if let number = a.number { return b.scaled(by: number) }
    if let number = b.number { return a.scaled(by: number) }
    let (first, second) = (try factors(a), try factors(b))
    var product = Collected()
    product.add(first.product.times(second.product), first.coefficient * second.coefficient)
    return product
  }

  /// A sum of one term as it is; a longer one as a number times a factor.
  func factors(
    _ sum: Collected
  ) throws(ShapeMismatch) -> (product: Collected.Product, coefficient: Double) {
    if sum.terms.count == 1 { return sum.terms[0] }
    let content = sum.content
    let base = try build(sum.scaled(by: 1 / content))
    return (Collected.Product(factors: [.init(base: base, exponent: 1)]), content)
  }

  private func power(_ base: Collected, _ exponent: Double) throws(ShapeMismatch) -> Collected {
    if exponent == 1 { return base }
    let isWhole = exponent == exponent.rounded() && exponent.magnitude < 1e6
    if let number = base.number {
      let value = Primitive.pow.kernel.scalarValue([number, exponent]) ?? .nan
      if value.isFinite, isWhole || value == value.rounded() { return Collected(number: value) }
      return Collected(.number(number), exponent: exponent)
    }
    let (product, coefficient) = try factors(base)
    let scale = Primitive.pow.kernel.scalarValue([coefficient, exponent]) ?? .nan
    // (x^2)^0.5 is |x|, and sqrt(x y) is no product of roots where both are negative.
    let isSafe =
      isWhole
      || coefficient == 1 && product.factors.count == 1
        && product.factors[0].exponent.truncatingRemainder(dividingBy: 2) != 0
    guard isSafe, scale.isFinite else { return Collected(try build(base), exponent: exponent) }
    var raised = Collected()
    raised.add(
      .init(
        factors: product.factors.map { .init(base: $0.base, exponent: $0.exponent * exponent) }),
      scale)
    return raised
  }

  // MARK: other operations

  /// An operation that is no arithmetic, its operands simplified and numbers taken out of it.
  private func atom(
    _ row: Primitive, _ parts: [Term], _ statics: [Int], shape: Shape
  ) throws(ShapeMismatch) -> Term {
    var parts = parts.map { part in
      // As it was written, if nothing is gained.
      let simple = simplify(part)
      return simple.effort < part.effort || !part.shape.isScalar ? simple : part
    }
    if row.identity.involution, case .apply(row, let inner, _)? = parts.first?.kind {
      return inner[0]
    }
    let numbers = parts.compactMap(\.number)
    if numbers.count == parts.count, !parts.isEmpty, statics.isEmpty,
      let value = row.kernel.scalarValue(numbers), value == value.rounded()
    {
      return .number(value)
    }
    guard case .multilinear = row.rule else { return Term(.apply(row, parts, statics), shape) }
    var scale = Term.number(1)
    for (place, part) in parts.enumerated() where !part.shape.isScalar {
      let (factor, rest) = try scalarFactor(of: part)
      guard factor.number != 1, rest.shape == part.shape else { continue }
      scale = try .apply(.mul, [scale, factor])
      parts[place] = rest
    }
    let inner = Term(.apply(row, parts, statics), shape)
    let factor = simplify(scale)
    if factor.number == 1 { return inner }
    return factor.number == -1 ? try .apply(.neg, [inner]) : try .apply(.mul, [factor, inner])
  }

  /// The factor of an array that is no array, and what remains.
  private func scalarFactor(of term: Term) throws(ShapeMismatch) -> (factor: Term, rest: Term) {
    guard case .apply(let row, _, _) = term.kind, row.isAlgebraic, !row.identity.isPower else {
      return (.number(1), term)
    }
    let sum = try collected(term)
    let (product, coefficient) = try factors(sum)
    let scalars = product.factors.filter(\.base.shape.isScalar)
    let arrays = product.factors.filter { !$0.base.shape.isScalar }
    guard !arrays.isEmpty, !scalars.isEmpty || coefficient != 1 else { return (.number(1), term) }
    return (
      try build(.init(factors: scalars), coefficient), try build(.init(factors: arrays), 1)
    )
  }
}

extension Primitive {
  /// Whether it is a sum, product or power of its operands.
  fileprivate var isAlgebraic: Bool {
    isElementwise && (identity.sum != nil || identity.product != nil || identity.isPower)
  }
}

extension Term {
  /// Whether it is a sum of several terms.
  var isSum: Bool {
    if case .apply(let row, let parts, _) = kind {
      row.identity.sum != nil && parts.count > 1
    } else {
      false
    }
  }

  /// How much there is to read in it: names, numbers, exponents, brackets.
  var effort: Int {
    switch kind {
    case .apply(let row, let parts, _):
      let inner = parts.reduce(0) { $0 + $1.effort }
      if row.identity.sum != nil { return inner }
      let brackets = parts.count(where: \.isSum)
      if row.identity.isPower || row.identity.product?.count == 1 {
        return inner + brackets + (parts[0].isValue ? 0 : 1)
      }
      return row.identity.product != nil ? inner + brackets : inner + 1
    case .derivative(let term, _), .slope(_, let term): return 1 + term.effort
    default: return 1
    }
  }

  /// Whether it is the adjoint, tangent or derivative of an entry.
  var isChangeSymbol: Bool {
    switch kind {
    case .tangent, .derivative, .adjoint: true
    default: false
    }
  }

  private var isValue: Bool {
    if case .value = kind { true } else { false }
  }

  /// The value of the whole, where a part of it was stretched to the size that another has anyway.
  fileprivate func unstretched(beside parts: [Term], in whole: Term) -> Term {
    guard !whole.shape.isScalar, case .apply(.broadcast, let inner, _) = kind,
      parts.contains(where: { $0 != self && $0.shape == whole.shape })
    else { return self }
    return inner[0]
  }

  /// The value stretched to a shape.
  func stretched(to target: Shape) throws(ShapeMismatch) -> Term {
    shape == target ? self : try .apply(.broadcast, [self], target.extents)
  }
}
