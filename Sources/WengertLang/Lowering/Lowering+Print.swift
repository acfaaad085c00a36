/// Output: items, and formats in braces.
extension Lowering {
  mutating func lowerPrint(_ items: [Node], _ span: Span, _ tree: Tree) throws(Refusal) {
    var operands: [Slot] = []
    var printed: [[PrintItems.Item]] = []
    for item in items {
      if case .string(let text) = tree.expression(item) {
        printed.append(try formatted(text, &operands, at: tree.span(item)))
      } else {
        let value = try lower(item, in: tree)
        printed.append(try pieces(of: value, format: nil, &operands, at: tree.span(item)))
      }
    }
    list.span = span
    _ = list.appendStructure(Code.print, operands, .print(PrintItems(items: printed)))
  }

  /// The pieces of a value; tuples print in brackets.
  mutating func pieces(
    of value: Value, format: String?, _ operands: inout [Slot], at span: Span
  ) throws(Refusal) -> [PrintItems.Item] {
    switch value {
    case .slot(let slot, let from):
      operands.append(try use(slot, depth: from, at: span))
      return [.value(operand: operands.count - 1, format: format)]
    case .tuple(let parts):
      var pieces: [PrintItems.Item] = [.text("(")]
      for (index, part) in parts.enumerated() {
        if index > 0 { pieces.append(.text(", ")) }
        pieces += try self.pieces(of: part, format: format, &operands, at: span)
      }
      return pieces + [.text(parts.count == 1 ? ",)" : ")")]
    }
  }

  /// Splits `E = {E:.3f}` into text and values.
  private mutating func formatted(
    _ text: String, _ operands: inout [Slot], at span: Span
  ) throws(Refusal) -> [PrintItems.Item] {
    var pieces: [PrintItems.Item] = []
    var plain = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == "}" {
        if rest.first == "}" { rest.removeFirst() }
        plain.append("}")
      } else if character != "{" {
        plain.append(character)
      } else if rest.first == "{" {
        rest.removeFirst()
        plain.append("{")
      } else {
        if !plain.isEmpty { pieces.append(.text(plain)) }
        plain = ""
        let (formula, format) = try Lowering.field(&rest, at: span)
        guard formula.contains(where: { !$0.isWhitespace }) else {
          throw Refusal(diagnostic: .badField(formula, nil, at: span))
        }
        let value = try lower(text: formula, at: span)
        pieces += try self.pieces(of: value, format: format, &operands, at: span)
      }
    }
    if !plain.isEmpty || pieces.isEmpty { pieces.append(.text(plain)) }
    return pieces
  }

  /// Reads `E:.3f}`: the formula up to the first `:` or `!` outside brackets, and the format.
  private static func field(
    _ rest: inout Substring, at span: Span
  ) throws(Refusal) -> (formula: String, format: String?) {
    var formula = ""
    var open = 0
    var format: String?
    while let character = rest.popFirst() {
      if character == "}", open <= 0 || format != nil {
        try check(format, at: span)
        return (formula, format)
      }
      if format != nil {
        format?.append(character)
      } else if open == 0, character == ":" {
        format = ":"
      } else if open == 0, character == "!", rest.first != "=" {
        format = "!"
      } else {
        if "([{".contains(character) { open += 1 }
        if ")]}".contains(character) { open -= 1 }
        formula.append(character)
      }
    }
    throw Refusal(diagnostic: .openBrace(at: span))
  }

  private static func check(_ format: String?, at span: Span) throws(Refusal) {
    guard let format else { return }
    do {
      _ = try FormatSpecification(field: format)
    } catch {
      throw Refusal(diagnostic: .badFormat(format, error.message, at: span))
    }
  }

  /// Writes a formula that stands inside of a string.
  private mutating func lower(text: String, at span: Span) throws(Refusal) -> Value {
    let source = SourceFile(name: "format", text: "(\(text))")
    let (tree, diagnostics) = Parser.parse(source, file: Int(span.file), symbols: &symbols)
    guard diagnostics.isEmpty, tree.statements.count == 1, let node = tree.statements.first,
      case .bare(let formula) = tree.statement(node)
    else {
      throw Refusal(diagnostic: .badField(text, diagnostics.first?.title, at: span))
    }
    do {
      return try lower(formula, in: tree)
    } catch {
      var moved = error
      moved.diagnostic.primary = .init(span, moved.diagnostic.primary?.text ?? "")
      throw moved
    }
  }
}
