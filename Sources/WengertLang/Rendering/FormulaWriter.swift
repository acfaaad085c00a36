/// Formulas as text, read off the notations of their rows.
struct FormulaWriter {
  let form: FormulaForm
  /// What the value, the adjoint and the tangent of an entry are called.
  let name: (Term.Kind) -> Markup
  /// Significant digits of numbers in printouts.
  var digits = 6

  init(form: FormulaForm, name: @escaping (Term.Kind) -> Markup) {
    self.form = form
    self.name = name
  }

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
    /// Whether a sign stands between its parts, which holds looser than none.
    var hasSign = false
    /// Whether it begins with a digit, so that a number in front needs a sign.
    var startsWithDigit = false

    func parenthesized(if condition: Bool, in form: FormulaForm = .text) -> Markup {
      condition ? form.parentheses(text) : text
    }
  }

  /// The formula as text.
  func write(_ term: Term) -> Markup { written(term).text }

  /// One entry as a call: `add(x1, x1)`, starred where an array is stretched.
  func call(_ term: Term) -> Markup {
    guard case .apply(let row, let operands, let statics) = term.kind else { return write(term) }
    if case .slice = row.notation { return write(term) }
    // `and` is a word of the language, and no name that a program could call.
    if form == .program, case .infix(row.name, _, _, _) = row.notation { return write(term) }
    let name = Self.name(of: row, operands: operands.map(\.shape), result: term.shape)
    return form.isTypeset ? write(term) : function(name, row, operands, statics)
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

  /// The formula with its precedence; nothing once it is to stop.
  func written(_ term: Term) -> Written {
    if Kernel.isStopped { return Written(text: Markup(), precedence: .atom) }
    return switch term.kind {
    case .value, .adjoint, .tangent, .local: Written(text: name(term.kind), precedence: .atom)
    case .number(let value): number(value)
    case .phrase(let pieces): phrase(pieces)
    case .apply(let row, let operands, let statics): apply(row, operands, statics)
    case .slope(let row, let operand): slope(row, operand)
    case .derivative where form == .program: Written(text: name(term.kind), precedence: .atom)
    case .derivative(let term, let slot):
      Written(
        text: form.derivative(
          of: written(term).parenthesized(if: !term.isName, in: form),
          by: name(.value(slot)), isName: term.isName), precedence: .atom)
    }
  }

  private func phrase(_ pieces: [Term.Piece]) -> Written {
    var text = Markup()
    for piece in pieces {
      switch piece {
      case .text(let words): text += form.phrase(words)
      case .term(let term):
        let part = written(term)
        text += part.parenthesized(if: part.precedence < .atom, in: form)
      }
    }
    return Written(text: text, precedence: .atom)
  }

  private func number(_ value: Double) -> Written {
    let text =
      form == .program
      ? NumberFormat.literal(value) : NumberFormat.significant(value, digits: digits)
    let isNegative = text.hasPrefix("-")
    return Written(
      text: form.number(text), precedence: isNegative ? .prefix : .atom,
      startsWithMinus: isNegative, isNumber: true, startsWithDigit: !isNegative)
  }

  /// The derivative of an operation by its name: `sigmoid'(Z1)`.
  private func slope(_ row: Primitive, _ operand: Term) -> Written {
    let name = form.function(Self.name(of: row), row.notation) + form.prime
    return Written(text: name + form.parentheses(write(operand)), precedence: .atom)
  }

  private func apply(_ row: Primitive, _ operands: [Term], _ statics: [Int]) -> Written {
    switch (row.notation, operands.count) {
    case (.infix(let language, let text, let latex, let precedence), 2)
    where form != .program || Self.isOperator(row, language):
      if let fraction = fraction(row, operands) { return fraction }
      return infix(row, form.sign(language, text, latex), precedence, operands[0], operands[1])
    case (.prefix(let language, let text, let latex), 1):
      return prefix(form.sign(language, text, latex), operands[0])
    case (.power, 2): return power(written(operands[0]), written(operands[1]))
    case (.fixedPower(let exponent), 1) where form != .program:
      return power(written(operands[0]), number(Double(exponent)))
    case (.transpose, 1):
      let operand = written(operands[0])
      return Written(
        text: form.transposed(
          operand.parenthesized(if: operand.precedence < .atom || operand.isRaised, in: form)),
        precedence: .atom, isRaised: form != .program)
    case (.raised(let sign, let latex), 1) where form != .program:
      let operand = written(operands[0])
      let isBare = operand.precedence >= .atom && !operand.isRaised
      return Written(
        text: form.raised(operand.parenthesized(if: !isBare, in: form), sign, latex),
        precedence: .atom, isRaised: true)
    case (.slice, 1): return slice(operands[0], statics)
    case (.enclosed(let open, let close), 1) where form.isTypeset:
      return Written(text: form.enclosed(open, write(operands[0]), close), precedence: .atom)
    default:
      return Written(text: function(row.name, row, operands, statics), precedence: .atom)
    }
  }

  /// A quotient as a fraction, where it is typeset and short enough for one.
  private func fraction(_ row: Primitive, _ operands: [Term]) -> Written? {
    guard form.isTypeset, row.identity.product == [1, -1], operands.allSatisfy({ $0.effort < 12 })
    else { return nil }
    return Written(
      text: form.fraction(write(operands[0]), write(operands[1])), precedence: .power)
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
    if form != .program, precedence == .product, row.identity.negator != nil, a.isNumber,
      !b.isNumber, !right.isChange, !b.startsWithMinus, !b.startsWithDigit, left.number != 1,
      b.precedence >= .power || b.precedence == .sum && !right.isOfNumbers
    {
      return Written(
        text: a.text + form.blank + b.parenthesized(if: b.precedence == .sum, in: form),
        precedence: .prefix, startsWithMinus: a.startsWithMinus, isJuxtaposed: true,
        startsWithDigit: a.startsWithDigit)
    }
    let first = a.parenthesized(
      if: a.precedence < precedence || symbol.isEmpty && a.hasSign, in: form)
    let second = b.parenthesized(
      if: b.startsWithMinus || b.precedence < precedence
        || b.isJuxtaposed && precedence == .product && !joins(row, right)
        || b.precedence == precedence && !joins(row, right), in: form)
    let isOfArrays = form != .program && !left.shape.isScalar && !right.shape.isScalar
    let symbol = isOfArrays ? form.arraySigns[symbol] ?? symbol : symbol
    return Written(
      text: first + form.between(symbol) + second, precedence: precedence,
      startsWithMinus: a.startsWithMinus, hasSign: !symbol.isEmpty,
      startsWithDigit: a.startsWithDigit && a.precedence >= precedence)
  }

  /// Whether `a op (b op c)` needs no parentheses in print.
  private func joins(_ row: Primitive, _ right: Term) -> Bool {
    guard form != .program, case .apply(let inner, _, _) = right.kind,
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
    if form != .program, inner.precedence == .product, case .apply(let row, _, _) = operand.kind,
      row.identity.right == 1, !inner.startsWithMinus
    {
      needs = false
    }
    return Written(
      text: form.sign(symbol) + inner.parenthesized(if: needs, in: form),
      precedence: isWord ? .conjunction : min(inner.precedence, .prefix),
      startsWithMinus: !isWord)
  }

  private func power(_ base: Written, _ exponent: Written) -> Written {
    Written(
      text: form.power(
        base.parenthesized(
          if: base.precedence <= .power || form.isTypeset && base.isRaised, in: form),
        exponent.parenthesized(
          if: !form.isTypeset && exponent.precedence < .power && !exponent.isNumber, in: form)),
      precedence: .power, startsWithDigit: base.startsWithDigit && base.precedence > .power)
  }

  private func slice(_ operand: Term, _ statics: [Int]) -> Written {
    let inner = written(operand)
    return Written(
      text: inner.parenthesized(if: inner.precedence < .atom, in: form)
        + form.words(Self.indices(statics, of: operand.shape)), precedence: .atom)
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
        parts.append(form.words("axis = \(axis)"))
      case .flag:
        guard let flag = statics.popFirst(), flag != 0 else { continue }
        parts.append(form.words("\(argument.name) = \(flag)"))
      case .integer:
        guard let value = statics.popFirst() else { continue }
        parts.append(form.number(String(value)))
      case .shape:
        parts.append(form.words("[" + statics.map(String.init).joined(separator: ", ") + "]"))
        statics = []
      case .slices:
        let rank = row.arguments.count > index + 1 ? statics.count / (AxisSlice.width + 1) : 0
        let count = rank > 0 ? rank * AxisSlice.width : statics.count
        parts += AxisSlice.decode(statics.prefix(count)).map { form.words($0.description) }
        statics = statics.dropFirst(count)
      }
    }
    var list = Markup()
    for (index, part) in parts.enumerated() { list += index == 0 ? part : form.comma + part }
    return form.function(name, row.notation) + form.parentheses(list)
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
