/// Formulas as text, read off the notations of their rows.
struct FormulaWriter {
  /// For whom a formula is written.
  enum Form {
    /// Printouts: `2 z2`, `w2ᵀ`, `a ⊙ b`.
    case text
    /// Programs of the language: `2 * z2`, `w2.T`, `a * b`.
    case program
  }

  let form: Form
  /// What the value, the adjoint and the tangent of an entry are called.
  let name: (Term.Kind) -> Markup

  /// A text and how tightly it holds together.
  struct Written {
    var text: Markup
    var precedence: Notation.Precedence
    var startsWithMinus = false
    /// Whether it is a number, in digits.
    var isNumber = false
    /// Whether it is a product without a sign: `2 z2`.
    var isJuxtaposed = false
    /// Whether it ends in a raised sign: `Aᵀ`, `A⁻¹`.
    var isRaised = false

    func parenthesized(if condition: Bool) -> Markup {
      guard condition else { return text }
      return Markup("(") + text + Markup(")")
    }
  }

  /// The formula as text.
  func write(_ term: Term) -> Markup { written(term).text }

  /// One entry as a call: `add(x1, x1)`, starred where an array is stretched.
  func call(_ term: Term) -> Markup {
    guard case .apply(let row, let operands, let statics) = term.kind else { return write(term) }
    if case .slice = row.notation { return write(term) }
    let name = Self.name(of: row, operands: operands.map(\.shape), result: term.shape)
    return function(name, row, operands, statics)
  }

  /// How lists call an operation: a spelling that it shares with a simpler one comes first.
  static func name(of row: Primitive, operands: [Shape], result: Shape) -> String {
    let name = name(of: row)
    let isStretched = operands.count > 1 && operands.contains { !$0.isScalar && $0 != result }
    guard row.isElementwise, isStretched, Lexer.starred.contains(name) else { return name }
    return name + "*"
  }

  /// The name that lists give a row: the one it shares with another where it does, as `mul`.
  static func name(of row: Primitive) -> String {
    let shared = row.spellings.first { spelling in
      Catalogue.rows(spelled: spelling).contains { $0.name == spelling && $0 != row }
    }
    return shared ?? row.name
  }

  /// The formula with its precedence.
  func written(_ term: Term) -> Written {
    switch term.kind {
    case .value, .adjoint, .tangent, .local: Written(text: name(term.kind), precedence: .atom)
    case .number(let value): number(value)
    case .apply(let row, let operands, let statics): apply(row, operands, statics)
    }
  }

  private func number(_ value: Double) -> Written {
    let text = form == .text ? NumberFormat.significant(value) : NumberFormat.literal(value)
    let isNegative = text.hasPrefix("-")
    return Written(
      text: Markup(text, .number), precedence: isNegative ? .prefix : .atom,
      startsWithMinus: isNegative, isNumber: true)
  }

  private func apply(_ row: Primitive, _ operands: [Term], _ statics: [Int]) -> Written {
    switch (row.notation, operands.count) {
    case (.infix(let language, let text, _, let precedence), 2)
    where form == .text || Self.isOperator(row, language):
      return infix(row, form == .text ? text : language, precedence, operands[0], operands[1])
    case (.prefix(let language, let text, _), 1):
      return prefix(form == .text ? text : language, operands[0])
    case (.power, 2): return power(written(operands[0]), written(operands[1]))
    case (.fixedPower(let exponent), 1) where form == .text:
      return power(written(operands[0]), number(Double(exponent)))
    case (.transpose, 1):
      let operand = written(operands[0])
      return Written(
        text: operand.parenthesized(if: operand.precedence < .atom || operand.isRaised)
          + Markup(form == .text ? "ᵀ" : ".T", .operation), precedence: .atom,
        isRaised: form == .text)
    case (.raised(let sign, _), 1) where form == .text:
      let operand = written(operands[0])
      let isBare = operand.precedence >= .atom && !operand.isRaised
      return Written(
        text: operand.parenthesized(if: !isBare) + Markup(sign, .operation),
        precedence: .atom, isRaised: true)
    case (.slice, 1): return slice(operands[0], statics)
    default:
      return Written(text: function(row.name, row, operands, statics), precedence: .atom)
    }
  }

  /// Whether a row is what its operator means in programs; others share the symbol in printouts
  /// only.
  private static func isOperator(_ row: Primitive, _ symbol: String) -> Bool {
    let owner = Catalogue.all.first {
      if case .infix(symbol, _, _, _) = $0.notation { return true }
      return false
    }
    return row == owner || row == owner?.forArrays?()
  }

  private func infix(
    _ row: Primitive, _ symbol: String, _ precedence: Notation.Precedence, _ left: Term,
    _ right: Term
  ) -> Written {
    let a = written(left)
    let b = written(right)
    // `2 z2`: a number in front of what does not begin with one.
    if form == .text, precedence == .product, row.identity.negator != nil, a.isNumber,
      !b.isNumber, !right.isTangent, !b.startsWithMinus,
      b.precedence >= .power || b.precedence == .sum
    {
      return Written(
        text: a.text + Markup(" ") + b.parenthesized(if: b.precedence == .sum),
        precedence: .prefix, startsWithMinus: a.startsWithMinus, isJuxtaposed: true)
    }
    let first = a.parenthesized(if: a.precedence < precedence)
    let second = b.parenthesized(
      if: b.startsWithMinus || b.precedence < precedence
        || b.isJuxtaposed && precedence == .product && !joins(row, right)
        || b.precedence == precedence && !joins(row, right))
    let isOfArrays = form == .text && !left.shape.isScalar && !right.shape.isScalar
    let symbol = isOfArrays ? Self.arraySigns[symbol] ?? symbol : symbol
    let sign = symbol.isEmpty ? Markup(" ") : Markup(" \(symbol) ", .operation)
    return Written(
      text: first + sign + second, precedence: precedence, startsWithMinus: a.startsWithMinus)
  }

  /// The signs that printouts use between two arrays, by those between numbers.
  private static let arraySigns: [String: String] = {
    var signs: [String: String] = [:]
    for row in Catalogue.all {
      if let forArrays = row.forArrays, case .infix(_, let sign, _, _) = row.notation,
        case .infix(_, let arraySign, _, _) = forArrays().notation
      {
        signs[sign] = arraySign
      }
    }
    return signs
  }()

  /// Whether `a op (b op c)` needs no parentheses in print.
  private func joins(_ row: Primitive, _ right: Term) -> Bool {
    guard form == .text, case .apply(let inner, _, _) = right.kind,
      case .infix(_, let outerSign, _, _) = row.notation,
      case .infix(_, let innerSign, _, _) = inner.notation
    else { return false }
    let isAssociative = { (row: Primitive) in
      row.identity.left != nil && row.identity.left == row.identity.right
    }
    return (isAssociative(row) || outerSign == innerSign) && isAssociative(inner)
      || row == inner && isAssociative(row)
  }

  private func prefix(_ symbol: String, _ operand: Term) -> Written {
    let inner = written(operand)
    let isWord = symbol.hasSuffix(" ")
    var needs = inner.startsWithMinus || inner.precedence < .prefix
    if form == .text, inner.precedence == .product, case .apply(let row, _, _) = operand.kind,
      row.identity.right == 1, !inner.startsWithMinus
    {
      needs = false
    }
    return Written(
      text: Markup(symbol, .operation) + inner.parenthesized(if: needs),
      precedence: isWord ? .conjunction : min(inner.precedence, .prefix),
      startsWithMinus: !isWord)
  }

  private func power(_ base: Written, _ exponent: Written) -> Written {
    Written(
      text: base.parenthesized(if: base.precedence <= .power) + Markup("^", .operation)
        + exponent.parenthesized(if: exponent.precedence < .power && !exponent.isNumber),
      precedence: .power)
  }

  private func slice(_ operand: Term, _ statics: [Int]) -> Written {
    let inner = written(operand)
    return Written(
      text: inner.parenthesized(if: inner.precedence < .atom)
        + Markup(Self.indices(statics, of: operand.shape)), precedence: .atom)
  }

  /// Indices in brackets: `[1..2, 0]`, `..` for a whole axis.
  static func indices(_ statics: [Int], of shape: Shape) -> String {
    let indices = zip(AxisSlice.decode(statics), shape.extents).map { slice, extent in
      slice == .range(0, count: extent) ? ".." : slice.description
    }
    return "[" + indices.joined(separator: ", ") + "]"
  }

  private func function(
    _ name: String, _ row: Primitive, _ operands: [Term], _ statics: [Int]
  ) -> Markup {
    var parts: [Markup] = []
    var operands = operands[...]
    var statics = statics[...]
    for (index, argument) in row.arguments.enumerated() {
      switch argument.kind {
      case .operand: if let operand = operands.popFirst() { parts.append(write(operand)) }
      case .operands:
        parts += operands.map { write($0) }
        operands = []
      case .axis:
        guard let axis = statics.popFirst(), axis != Argument.noAxis else { continue }
        parts.append(Markup("axis = \(axis)"))
      case .flag:
        guard let flag = statics.popFirst(), flag != 0 else { continue }
        parts.append(Markup("\(argument.name) = \(flag)"))
      case .integer:
        guard let value = statics.popFirst() else { continue }
        parts.append(Markup(String(value), .number))
      case .shape:
        parts.append(Markup("[" + statics.map(String.init).joined(separator: ", ") + "]"))
        statics = []
      case .slices:
        let rank = row.arguments.count > index + 1 ? statics.count / (AxisSlice.width + 1) : 0
        let count = rank > 0 ? rank * AxisSlice.width : statics.count
        parts += AxisSlice.decode(statics.prefix(count)).map { Markup($0.description) }
        statics = statics.dropFirst(count)
      }
    }
    var text = Markup(name, .name) + Markup("(")
    for (index, part) in parts.enumerated() { text += index == 0 ? part : Markup(", ") + part }
    return text + Markup(")")
  }
}

extension NumberFormat {
  /// A number as programs write it: the shortest digits that read back, whole numbers without a
  /// point.
  static func literal(_ value: Double) -> String {
    let text = shortest(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
