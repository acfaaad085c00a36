/// The steps of both sweeps and of forward mode, each one change, as the stepper page shows them.
struct StepperStory {
  let trace: Trace
  /// Forward mode, once for each input that is a number.
  let tangents: [(seed: String, trace: TangentTrace)]
  let digits: Int
  /// The adjoints of entries that are numbers.
  private let adjoints: [Slot: Double]

  init(trace: Trace, tangents: [(seed: String, trace: TangentTrace)], digits: Int) {
    self.trace = trace
    self.tangents = tangents
    self.digits = digits
    adjoints = Dictionary(
      trace.steps.map { ($0.slot, $0.value.first ?? 0) }, uniquingKeysWith: { $1 })
  }

  /// One change: what is found, how, and why.
  struct Step {
    /// The line of the entry that changes.
    var line: Int
    /// The lines of the entries that are read.
    var reads: [Int]
    /// What is found: `z1`, `a3`, `dz1`.
    var name: Markup
    /// How it is made, in formulas; the last one in numbers.
    var formulas: [Markup]
    /// Its value, or what is added to it.
    var value: [Double]
    /// The value after the step.
    var total: [Double]
    var isSum = false
    var reason = ""
  }

  private var list: List { trace.straight.list }
  private var labels: Labels { trace.labels }

  // MARK: forward

  var forward: [Step] {
    labels.lines.compactMap { slot in
      if Kernel.isStopped { return nil }
      let value = trace.value(slot)
      var step = Step(
        line: labels.number(slot), reads: [], name: Markup(labels.name(slot), .name),
        formulas: [], value: value, total: value)
      guard let term = Term.entry(slot, in: list) else {
        step.reason = list[slot].code == Code.input ? "an input" : ""
        return step
      }
      step.reads = list.operands(slot).map { labels.number($0) }.filter { $0 > 0 }
      step.formulas = [names.call(term)] + inNumbers(term)
      step.reason = list.primitive(slot).summary
      return step
    }
  }

  // MARK: reverse

  var reverse: [Step] {
    trace.steps.flatMap { step -> [Step] in
      if Kernel.isStopped { return [] }
      let name = Markup(adjoint(step.slot), .adjoint)
      let line = labels.number(step.slot)
      guard !step.contributions.isEmpty else {
        let isOutput = step.slot == trace.output
        return [
          Step(
            line: line, reads: [], name: name, formulas: isOutput ? [derivative(step.slot)] : [],
            value: step.value, total: step.value,
            reason: isOutput ? "the derivative of the result by itself" : "nothing reads it")
        ]
      }
      var before = Array(repeating: 0.0, count: step.value.count)
      return step.contributions.map { contribution in
        let amount = zip(contribution.total, before).map { $0 - $1 }
        before = contribution.total
        return told(
          contribution, of: step.slot, line, name, amount, isSum: step.contributions.count > 1)
      }
    }
  }

  private func told(
    _ contribution: Trace.Contribution, of slot: Slot, _ line: Int, _ name: Markup,
    _ amount: [Double], isSum: Bool
  ) -> Step {
    var step = Step(
      line: line, reads: contribution.sources.map { labels.number($0) }, name: name,
      formulas: [chain(contribution, to: slot)], value: amount, total: contribution.total,
      isSum: isSum)
    if let formula = contribution.formula {
      step.formulas += [names.write(formula)] + inNumbers(formula)
    }
    if let source = contribution.sources.first { step.reason = rule(of: source, to: slot) }
    return step
  }

  /// The chain rule: `a5 dv5/dv4`.
  private func chain(_ contribution: Trace.Contribution, to operand: Slot) -> Markup {
    var text = Markup()
    for source in contribution.sources {
      if !text.isEmpty { text += Markup(" + ", .operation) }
      text += Markup(adjoint(source), .adjoint)
      text += Markup(" d\(labels.value(source))/d\(labels.value(operand))")
    }
    return text
  }

  private func rule(of source: Slot, to operand: Slot) -> String {
    let row = list.primitive(source)
    guard let index = list.operands(source).firstIndex(of: operand),
      let (name, rule) = RowRenderer().rule(row, operand: index)
    else { return row.summary }
    return "\(row.name): \(name) = \(rule.plain)"
  }

  // MARK: tangents

  func steps(of tangents: TangentTrace) -> [Step] {
    let labels = tangents.labels
    let changes = Dictionary(
      tangents.steps.map { ($0.slot, $0.tangent.first ?? 0) }, uniquingKeysWith: { $1 })
    return tangents.steps.compactMap { step in
      if Kernel.isStopped { return nil }
      var told = Step(
        line: self.labels.number(named: labels.name(step.slot)), reads: [],
        name: Markup("d" + labels.name(step.slot), .tangent), formulas: [], value: step.tangent,
        total: step.tangent)
      let terms = step.terms.compactMap { $0 }
      guard !terms.isEmpty, terms.count == step.terms.count else {
        told.reason = step.terms.isEmpty ? "the seed" : "what the loop hands on"
        return told
      }
      let writer = writer { slot in labels.name(slot) }
      told.formulas = [sum(terms.map { writer.written($0) })]
      if terms.allSatisfy(\.isAllNumbers) {
        let numbers = terms.map { term in
          term.knowing { kind in
            switch kind {
            case .value(let slot): tangents.value(slot)
            case .tangent(let slot): changes[slot]
            default: nil
            }
          }
        }
        told.formulas.append(sum(numbers.map { writer.written($0) }))
      }
      let row = tangents.straight.list.primitive(step.slot)
      told.reason = "\(row.name), applied to the changes of what it reads"
      return told
    }
  }

  private func sum(_ terms: [FormulaWriter.Written]) -> Markup {
    var sum = Markup()
    for (index, term) in terms.enumerated() {
      if index > 0 { sum += Markup(" + ", .operation) }
      sum += term.parenthesized(if: index > 0 && term.startsWithMinus)
    }
    return sum
  }

  // MARK: words

  private func adjoint(_ slot: Slot) -> String { labels.adjoint(slot, of: trace.output) }

  private func derivative(_ slot: Slot) -> Markup {
    Markup("d\(labels.name(trace.output))/d\(labels.name(slot))", .adjoint)
  }

  private var names: FormulaWriter { writer { slot in labels.name(slot) } }

  private func writer(_ name: @escaping (Slot) -> String) -> FormulaWriter {
    FormulaWriter(form: .text) { kind in
      switch kind {
      case .adjoint(let slot): Markup(adjoint(slot), .adjoint)
      case .value(let slot): Markup(name(slot), .name)
      case .tangent(let slot): Markup("d" + name(slot), .tangent)
      default: Markup()
      }
    }
  }

  /// The formula with numbers for names, where all of it are numbers.
  private func inNumbers(_ term: Term) -> [Markup] {
    guard term.isAllNumbers, case .apply = term.kind else { return [] }
    let numbers = term.knowing { kind in
      switch kind {
      case .value(let slot): trace.value(slot).first
      case .adjoint(let slot): adjoints[slot]
      default: nil
      }
    }
    return [names.write(numbers)]
  }
}

extension Term {
  /// Whether every part of it is a number.
  fileprivate var isAllNumbers: Bool {
    guard shape.isScalar else { return false }
    if case .apply(_, let parts, _) = kind { return parts.allSatisfy(\.isAllNumbers) }
    return true
  }

  /// The formula with numbers in the place of what is known.
  fileprivate func knowing(_ value: (Kind) -> Double?) -> Term {
    if case .apply(let row, let parts, let statics) = kind {
      return Term(.apply(row, parts.map { $0.knowing(value) }, statics), shape)
    }
    return value(kind).map(Term.number) ?? self
  }
}

extension TangentTrace {
  /// The first element of an entry.
  fileprivate func value(_ slot: Slot) -> Double? {
    straight.values.view(slot, in: straight.list)?.array.first
  }
}

extension Labels {
  /// The number of the line that has a name, 0 for none.
  fileprivate func number(named name: String) -> Int {
    lines.first { self.name($0) == name }.map { number($0) } ?? 0
  }
}
