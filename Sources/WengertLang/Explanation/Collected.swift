/// A sum of products, the form in which a formula is collected.
///
/// Equal products become one, and equal factors of a product one power. Where the formula as it
/// stood was a number, what is collected is the same number.
struct Collected: Sendable {
  /// A formula to some power.
  struct Factor: Hashable, Sendable {
    var base: Term
    var exponent: Double
  }

  /// A product of factors, as a key: two products of the same factors are one.
  struct Product: Hashable, Sendable {
    var factors: [Factor] = []
  }

  /// The products in order, with what each is multiplied by.
  private(set) var terms: [(product: Product, coefficient: Double)] = []
  private var places: [Product: Int] = [:]

  init() {}

  init(number: Double) {
    if number != 0 { add(Product(), number) }
  }

  init(_ base: Term, exponent: Double = 1, coefficient: Double = 1) {
    add(Product(factors: [Factor(base: base, exponent: exponent)]), coefficient)
  }

  /// The number that it is, if it is one.
  var number: Double? {
    if terms.isEmpty { return 0 }
    return terms.count == 1 && terms[0].product.factors.isEmpty ? terms[0].coefficient : nil
  }

  /// Whether arrays stand in it: then the order in which it was written is kept.
  var hasArrays: Bool { terms.contains { $0.product.hasArrays } }

  mutating func add(_ product: Product, _ coefficient: Double) {
    if let place = places[product] {
      terms[place].coefficient += coefficient
      if terms[place].coefficient == 0 {
        terms.remove(at: place)
        places = [:]
        for (index, term) in terms.enumerated() { places[term.product] = index }
      }
    } else if coefficient != 0 {
      places[product] = terms.count
      terms.append((product, coefficient))
    }
  }

  mutating func add(_ other: Collected, times factor: Double) {
    for term in other.terms { add(term.product, term.coefficient * factor) }
  }

  func scaled(by factor: Double) -> Collected {
    var scaled = Collected()
    scaled.add(self, times: factor)
    return scaled
  }

  /// The terms as they are written: by falling degree, and not with a minus first if that can be.
  var ordered: [(product: Product, coefficient: Double)] {
    var sorted = terms
    if !hasArrays {
      let keys = Dictionary(
        uniqueKeysWithValues: terms.map { ($0.product, ($0.product.degree, $0.product.key)) })
      sorted.sort { first, second in
        guard let a = keys[first.product], let b = keys[second.product] else { return false }
        return a.0 != b.0 ? a.0 > b.0 : a.1 < b.1
      }
    }
    if let first = sorted.first, first.coefficient < 0,
      let place = sorted.firstIndex(where: { $0.coefficient > 0 })
    {
      sorted.insert(sorted.remove(at: place), at: 0)
    }
    return sorted
  }

  /// What all coefficients share, so that the terms have none in common: 4 of `8 x1 + 4 x2`.
  ///
  /// It has the sign of the term that comes first by degree.
  var content: Double {
    guard let first = terms.first else { return 1 }
    var lead = first
    for term in terms where term.product.key < lead.product.key { lead = term }
    let sign = (hasArrays ? ordered[0] : lead).coefficient < 0 ? -1.0 : 1.0
    let sizes = terms.map(\.coefficient.magnitude)
    if sizes.allSatisfy({ $0 == sizes[0] }) { return sign * sizes[0] }
    guard sizes.allSatisfy({ $0 == $0.rounded() && $0 < 1e9 }) else { return sign }
    return sign * sizes.reduce(0, Collected.commonDivisor)
  }

  private static func commonDivisor(_ a: Double, _ b: Double) -> Double {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a.truncatingRemainder(dividingBy: b)) }
    return a
  }
}

extension Collected.Product {
  var hasArrays: Bool { factors.contains { !$0.base.shape.isScalar } }

  /// The sum of the powers.
  var degree: Double { factors.reduce(0) { $0 + $1.exponent } }

  /// What products are sorted by.
  var key: String {
    factors.map { $0.base.key + ($0.exponent == 1 ? "" : "^\($0.exponent)") }
      .joined(separator: "·")
  }

  /// The product of two, with equal factors as one.
  ///
  /// Entries come first, in their order, then functions and sums; arrays keep their order.
  func times(_ other: Collected.Product) -> Collected.Product {
    var product = self
    for factor in other.factors {
      if let place = product.factors.firstIndex(where: { $0.base == factor.base }) {
        product.factors[place].exponent += factor.exponent
      } else {
        product.factors.append(factor)
      }
    }
    product.factors.removeAll { $0.exponent == 0 }
    product.sort()
    return product
  }

  mutating func sort() {
    let keyed = factors.enumerated().map { place, factor in
      (key: factor.base.shape.isScalar ? factor.base.key : "~", place: place, factor: factor)
    }
    factors = keyed.sorted { $0.key != $1.key ? $0.key < $1.key : $0.place < $1.place }
      .map(\.factor)
  }
}

extension Term {
  /// How many parts it has.
  var size: Int {
    switch kind {
    case .apply(_, let parts, _): parts.reduce(1) { $0 + $1.size }
    case .derivative(let term, _), .slope(_, let term): 1 + term.size
    default: 1
    }
  }

  /// What terms are sorted by: numbers, entries, functions, sums, derivatives.
  var key: String {
    switch kind {
    case .number(let value): return "0\(value)"
    case .value(let slot): return "1" + Term.padded(slot.place)
    case .apply(let row, let parts, _):
      let rank = row.identity.sum == nil ? "2" : "3"
      return rank + row.name + "(" + parts.map(\.key).joined(separator: ",") + ")"
    case .slope(let row, let part): return "2" + row.name + "'" + part.key
    case .derivative(let term, let slot): return "4" + term.key + Term.padded(slot.place)
    case .adjoint(let slot): return "5" + Term.padded(slot.place)
    case .tangent(let slot): return "6" + Term.padded(slot.place)
    case .local(let number): return "7" + Term.padded(number)
    case .phrase(let pieces):
      return pieces.reduce("8") { key, piece in
        switch piece {
        case .text(let words): key + words
        case .term(let term): key + term.key
        }
      }
    }
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }
}
