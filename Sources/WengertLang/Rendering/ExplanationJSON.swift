extension ListRenderer {
  /// The entries as JSON, with their values where they were run.
  func json(_ straight: StraightList, _ labels: Labels, values: Bool) -> JSON {
    .members([
      "kind": .string(values ? "forward" : "list"),
      "of": .array(labels.roots.map { .string(labels.name($0)) }),
      "entries": ExplanationJSON.entries(straight, labels, values: values),
    ])
  }

  /// The entries as JSON, with their values where they were run.
  func json(_ listing: Listing, values: Bool) -> JSON {
    json(listing.straight, listing.labels, values: values)
  }
}

extension TraceRenderer {
  /// The entries with their values, and the adjoints from the output down, as JSON.
  func json(_ trace: Trace) -> JSON { ExplanationJSON.trace(trace) }
}

extension TangentRenderer {
  /// The entries with their values and tangents, as JSON.
  func json(_ trace: TangentTrace) -> JSON { ExplanationJSON.tangent(trace) }
}

/// Lists, traces and tangents as JSON: everything that is printed, and nothing left out.
enum ExplanationJSON {

  /// The entries with their values, and the adjoints from the output down.
  static func trace(_ trace: Trace) -> JSON {
    let labels = trace.labels
    let output = labels.name(trace.output)
    let writer = writer(labels, output: trace.output)
    let steps = trace.steps.mapUntilStopped { step -> JSON in
      let terms = step.contributions.map { term -> JSON in
        .members([
          "from": .array(term.sources.map { .string(labels.name($0)) }),
          "rule": term.formula.map { .string(writer.write($0).plain) } ?? .null,
          "total": array(term.total, trace.straight.list.shape(step.slot).extents[...]),
        ])
      }
      return .members([
        "label": .string(labels.adjoint(step.slot, of: trace.output)),
        "name": .string("d\(output)/d\(labels.name(step.slot))"),
        "of": .string(labels.name(step.slot)),
        "shape": shape(trace.straight.list.shape(step.slot)),
        "terms": .array(terms),
        "value": array(step.value, trace.straight.list.shape(step.slot).extents[...]),
      ])
    }
    return .members([
      "kind": .string("trace"), "of": .string(output),
      "wrt": .array(trace.targets.map { .string(labels.name($0)) }),
      "forward": entries(trace.straight, labels, values: true), "reverse": .array(steps),
    ])
  }

  /// The entries with their values and tangents.
  static func tangent(_ trace: TangentTrace) -> JSON {
    let labels = trace.labels
    let writer = writer(labels, output: trace.output)
    let steps = trace.steps.mapUntilStopped { step -> JSON in
      .members([
        "of": .string(labels.name(step.slot)),
        "terms": .array(
          step.terms.map { term in term.map { .string(writer.write($0).plain) } ?? .null }),
        "value": array(step.tangent, trace.straight.list.shape(step.slot).extents[...]),
      ])
    }
    return .members([
      "kind": .string("tangent"), "of": .string(labels.name(trace.output)),
      "forward": entries(trace.straight, labels, values: true), "tangents": .array(steps),
    ])
  }

  /// Derivations, each with its steps and its closed form.
  static func derivations(_ derivations: [Derivation]) -> JSON {
    .members([
      "kind": .string("derivation"),
      "derivations": .array(derivations.map { derivation($0) }),
    ])
  }

  private static func derivation(_ derivation: Derivation) -> JSON {
    let words = DerivationWords(derivation, form: .text)
    let program = DerivationProgram(derivation)
    let steps = derivation.steps.mapUntilStopped { step -> JSON in
      .members([
        "of": .string(words.write(step.left).plain),
        "shape": shape(step.left.shape),
        "forms": .array(words.pieces(step).map { .string($0.plain) }),
        "reason": words.reason(step.reason).map { .string($0.plain) } ?? .null,
      ])
    }
    return .members([
      "of": .string(derivation.name(derivation.output)),
      "wrt": .string(derivation.name(derivation.target)),
      "mode": .string(derivation.mode.rawValue), "steps": .array(steps),
      "closed": .string(program.render().plain),
    ])
  }

  // MARK: parts

  private static func writer(_ labels: Labels, output: Slot) -> FormulaWriter {
    FormulaWriter(form: .text) { kind in
      switch kind {
      case .value(let slot): Markup(labels.name(slot))
      case .adjoint(let slot): Markup(labels.adjoint(slot, of: output))
      case .tangent(let slot): Markup("d" + labels.name(slot))
      default: Markup()
      }
    }
  }

  static func entries(
    _ straight: StraightList, _ labels: Labels, values: Bool
  ) -> JSON {
    let list = straight.list
    let writer = writer(labels, output: Slot(0))
    return .array(
      labels.lines.mapUntilStopped { slot in
        let entry = Term.entry(slot, in: list)
        var members: [JSON.Member] = [
          .init(name: "label", value: .string(labels.value(slot))),
          .init(name: "name", value: .string(labels.name(slot))),
          .init(name: "shape", value: shape(list.shape(slot))),
        ]
        if let entry {
          members.append(.init(name: "operation", value: .string(list.primitive(slot).name)))
          let operands = list.operands(slot).map { operand -> JSON in
            list.number(operand).map { .number($0) } ?? .string(labels.name(operand))
          }
          members.append(.init(name: "operands", value: .array(operands)))
          members.append(.init(name: "text", value: .string(writer.call(entry).plain)))
        }
        if let turn = straight.turn(slot) {
          members.append(.init(name: "turn", value: .int(turn.number)))
        }
        if values, let view = straight.values.view(slot, in: list) {
          members.append(.init(name: "value", value: array(view.array, view.shape.extents[...])))
        }
        return .object(members)
      })
  }

  private static func shape(_ shape: Shape) -> JSON { .array(shape.extents.map { .int($0) }) }

  /// The elements, nested row by row.
  static func array(_ elements: [Double], _ extents: ArraySlice<Int>) -> JSON {
    array(elements[...], extents)
  }

  private static func array(_ elements: ArraySlice<Double>, _ extents: ArraySlice<Int>) -> JSON {
    guard let extent = extents.first else { return .number(elements.first ?? .nan) }
    let inner = extents.dropFirst()
    let size = inner.reduce(1, *)
    return .array(
      (0..<extent).map { array(elements.dropFirst($0 * size).prefix(size), inner) })
  }
}
