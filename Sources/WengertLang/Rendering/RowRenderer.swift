/// Rows of the derivative table as text.
struct RowRenderer {
  /// One row: what it is, how it is called, and its rule for each operand; `withReasons` adds the
  /// shapes, and why the rule is right.
  func render(_ row: Primitive, withReasons: Bool = false) -> Markup {
    var text = Markup()
    text.appendLine(Markup(row.signature, .heading) + Markup("  ") + Markup(row.summary, .comment))
    var lines: [(String, Markup)] = []
    if !row.spellings.isEmpty {
      lines.append(("also", Markup(row.spellings.joined(separator: ", "))))
    }
    let scene = Scene(row)
    if let written = scene.written { lines.append(("written", written)) }
    lines += scene.rules
    if !row.domain.text.isEmpty { lines.append(("defined", Markup("where " + row.domain.text))) }
    for kink in row.kinks { lines.append(("kink", Markup("at \(kink.place): \(kink.convention)"))) }
    if withReasons {
      lines.append(("shapes", Markup(shapes(of: row))))
      lines += reasons(for: row)
    }
    if let example = row.example {
      let output = example.output.split(separator: "\n", omittingEmptySubsequences: false)
      lines.append(("example", Markup(example.source) + Markup("  → ") + Markup(String(output[0]))))
      let column = Cells.width(example.source) + 4
      for line in output.dropFirst() {
        lines.append(("", Markup().padded(to: column) + Markup(String(line))))
      }
    }
    let width = lines.map { Cells.width($0.0) }.max() ?? 0
    for (name, value) in lines {
      text.appendLine(Markup("  ") + Markup(name, .keyword).padded(to: width + 2) + value)
    }
    return text.withoutLastBreak
  }

  /// The rule for one operand: what it is called, `d/da`, and the formula; nil where it has none.
  func rule(_ row: Primitive, operand: Int) -> (name: String, rule: Markup)? {
    let rules = Scene(row).rules
    return rules.indices.contains(operand) ? rules[operand] : nil
  }

  /// The row as JSON.
  func json(_ row: Primitive) -> JSON {
    let rules = Scene(row).rules.map { name, rule in
      JSON.members(["of": .string(name), "rule": .string(rule.plain)])
    }
    let kinks = row.kinks.map { kink in
      JSON.members(["at": .string(kink.place), "convention": .string(kink.convention)])
    }
    return .members([
      "kind": .string("row"), "name": .string(row.name),
      "spellings": .array(row.spellings.map { .string($0) }), "summary": .string(row.summary),
      "call": .string(row.signature), "rules": .array(rules),
      "domain": .string(row.domain.text), "kinks": .array(kinks),
      "example": row.example.map {
        .members(["source": .string($0.source), "output": .string($0.output)])
      } ?? .null,
    ])
  }

  /// A row with operands that have the names of its arguments, at shapes that it takes.
  struct Scene {
    let row: Primitive
    let operands: [Term]
    let statics: [Int]
    let result: Term?
    let writer: FormulaWriter
    /// Stands for the h of a difference quotient.
    static let step = Term(.local(1), .scalar)

    init(_ row: Primitive) {
      self.row = row
      var shapes = Array(repeating: Shape.scalar, count: row.operandNames.count)
      var statics: [Int] = []
      let trials = row.domain.shapes
      let plain = trials.filter { $0.statics.first.map { $0 == Argument.noAxis } ?? true }
      let matrices = plain.first { $0.operands.contains { $0.rank == 2 } }
      if !row.isElementwise, let trial = matrices ?? plain.last ?? trials.first {
        shapes = trial.operands
        statics = trial.statics
      }
      self.statics = statics
      let names = row.operandNames
      operands = shapes.enumerated().map { Term(.value(Slot($0)), $1) }
      result = try? .apply(row, operands, statics)
      writer = FormulaWriter(form: .text) { kind in
        if case .local = kind { return Markup("h", .name) }
        if case .tangent(let slot) = kind {
          let isListed = shapes.count != names.count || !names.indices.contains(slot.place)
          let name = isListed ? "\(names.last ?? "x")\(slot.place + 1)" : names[slot.place]
          return Markup("d" + name, .tangent)
        }
        guard case .value(let slot) = kind else { return Markup("bar", .adjoint) }
        if names.indices.contains(slot.place), shapes.count == names.count {
          return Markup(names[slot.place], .name)
        }
        return Markup("\(names.last ?? "x")\(slot.place + 1)", .name)
      }
    }

    /// What a rule may know; nil where the row takes no such shapes.
    var facts: Operands? {
      result.map {
        Operands(shapes: operands.map(\.shape), resultShape: $0.shape, statics: statics)
      }
    }

    /// The operation in a formula, where that is no call.
    var written: Markup? {
      if case .function = row.notation { return nil }
      return result.map { writer.write($0) }
    }

    /// For each operand what its adjoint gets.
    var rules: [(String, Markup)] {
      guard let result, let facts else { return [] }
      let bar = Term(.adjoint(Slot(0)), result.shape)
      func text(_ formula: Formula) -> Markup {
        let term = try? Term(formula, operands: operands, result: result, bar: bar)
        return term.map { writer.write($0.inTextbookWords) } ?? Markup("…")
      }
      switch row.rule {
      case .partials(let rule), .singularPartials(let rule):
        return zip(operands, rule(facts)).map { operand, partial in
          ("d/d\(writer.write(operand).plain)", partial.map(text) ?? Markup("0"))
        }
      case .flat, .structural:
        return operands.map { ("d/d\(writer.write($0).plain)", Markup("0")) }
      case .multilinear, .general:
        return zip(operands, row.contributions(facts)).compactMap { operand, formula in
          formula.map { ("bar \(writer.write(operand).plain)", text($0)) }
        }
      }
    }
  }
}

extension Primitive {
  /// Its name and arguments as help shows a call: `sum(x, axis = …)`.
  var signature: String {
    let names = arguments.map { argument in
      switch argument.kind {
      case .operands: "\(argument.name), …"
      case .axis, .flag: "\(argument.name) = …"
      default: argument.name
      }
    }
    return "\(name)(\(names.joined(separator: ", ")))"
  }
}
