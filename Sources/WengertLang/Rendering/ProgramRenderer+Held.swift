/// Entries that hold functions, as statements of the language.
extension ProgramWriting {
  /// The lines of a step.
  func lines(of step: HeldStep) -> [Markup] {
    guard case .custom(let custom)? = list.structure(step.source), let held = custom.held,
      program.functions.indices.contains(step.function)
    else { return [] }
    let call = HeldCall(
      f: functionName(step.function), held: held, x: labels.name(step.source),
      operands: list.operands(step.source).map { writer.write(.value($0, in: list)).plain })
    switch step.action {
    case .define: return definition(step.function)
    case .wrap(let number):
      let free = Array(call.operands.suffix(held.freeCount))
      let u = call.fresh("u", besides: free)
      let given = ([u] + free).joined(separator: ", ")
      return [Markup("\(local(number))(\(u)) = \(call.f)(\(given))")]
    case .call:
      let f = program.wrappers[step.source].map { local($0) } ?? call.f
      let kept = held.use == .smooth ? Array(call.operands.prefix(3)) : call.operands
      let given = ([f] + kept).joined(separator: ", ")
      return [bind(call.x, Markup("\(custom.name)(\(given))"))]
    case .residual(let number):
      let value = "\(call.f)(\(([call.x] + call.operands.dropFirst()).joined(separator: ", ")))"
      return [bind(local(number), Markup(held.use == .root ? value : "\(call.x) - \(value)"))]
    case .multiplier(let number, let residual):
      return [bind(local(number), multiplier(step.source, residual))]
    case .solved(let number, let function, let multiplier):
      return solved(call, number, function, multiplier)
    case .estimate(let number, let function):
      return estimate(step.source, call, number, function)
    case .averaged(let number, let function):
      return averaged(step.source, call, number, function)
    case .entry(let number, let whole, let place):
      return [bind(local(number), Markup("\(local(whole))[\(place)]"))]
    }
  }

  /// What a step speaks of: the function's name, the entry's name, its operands as texts.
  struct HeldCall {
    let f: String
    let held: HeldFunction
    let x: String
    let operands: [String]

    /// A name that is not among those that are taken.
    func fresh(_ name: String, besides taken: [String]) -> String {
      var name = name
      while taken.contains(name) || name == f { name += "_" }
      return name
    }

    /// Names for the parameters behind the first, none of them among those that are taken.
    func parameters(besides taken: [String]) -> [String] {
      var taken = Set(taken + [f, x])
      return held.list.parameters.indices.dropFirst().map { index in
        var name = held.parameterName(index)
        while !taken.insert(name).inserted { name += "_" }
        return name
      }
    }
  }

  /// The seed of the sweep through the residual: it solves the transposed system.
  private func multiplier(_ source: Slot, _ residual: Int) -> Markup {
    let (x, r, bar) = (labels.name(source), local(residual), adjoint(source))
    let shape = list.shape(source)
    if shape.isScalar { return Markup("-(\(bar) / grad(\(r), \(x)))") }
    if shape.rank == 1 { return Markup("-solve(jacobian(\(r), \(x)).T, \(bar))") }
    let n = shape.count
    let flat = "solve(reshape(jacobian(\(r), \(x)), [\(n), \(n)]).T, reshape(\(bar), [\(n)]))"
    return Markup("reshape(-\(flat), \(shape))")
  }

  /// The slopes of the residual by everything but the unknown.
  private func solved(
    _ call: HeldCall, _ number: Int, _ function: Int, _ multiplier: Int
  ) -> [Markup] {
    let names = call.parameters(besides: [local(multiplier)])
    let value = "\(call.f)(\(([call.x] + names).joined(separator: ", ")))"
    let sign = call.held.use == .root ? "" : "-"
    let sum = "\(sign)sum(\(local(multiplier)) * \(value))"
    return [
      Markup("\(local(function))(\(names.joined(separator: ", "))) = \(sum)"),
      gradient(number, of: function, at: Array(call.operands.dropFirst())),
    ]
  }

  private func gradient(_ number: Int, of function: Int, at operands: [String]) -> Markup {
    bind(
      local(number), Markup("grad(\(local(function)))(\(operands.joined(separator: ", ")))"))
  }

  private func estimate(
    _ source: Slot, _ call: HeldCall, _ number: Int, _ function: Int
  ) -> [Markup] {
    let f = program.wrappers[source].map { local($0) } ?? call.f
    let (x, sigma) = (call.operands[0], call.operands[1])
    let u = call.fresh("u", besides: call.operands + [f, adjoint(source)])
    let difference = "\(f)(\(x) + \(sigma) * \(u)) - \(f)(\(x) - \(sigma) * \(u))"
    let weighed = "\(adjoint(source)) * (\(difference))"
    let weight = list.shape(source).isScalar ? weighed : "sum(\(weighed))"
    let step = local(function)
    return [
      Markup("\(step)(\(u)) = \(weight) * \(u) / (2 * \(sigma))"),
      bind(local(number), Markup("mean(map(\(step), \(call.operands[2])), axis = 0)")),
    ]
  }

  private func averaged(
    _ source: Slot, _ call: HeldCall, _ number: Int, _ function: Int
  ) -> [Markup] {
    let (x, sigma, draws) = (call.operands[0], call.operands[1], call.operands[2])
    let names = call.parameters(besides: [x, sigma, draws, adjoint(source)])
    let u = call.fresh("u", besides: call.operands + names + [adjoint(source)])
    let pair = call.fresh("pair", besides: [])
    let free = names.map { ", " + $0 }.joined()
    let ahead = "\(call.f)(\(x) + \(sigma) * \(u)\(free))"
    let behind = "\(call.f)(\(x) - \(sigma) * \(u)\(free))"
    return [
      Markup("\(local(function))(\(names.joined(separator: ", "))) = {"),
      Markup("  \(pair)(\(u)) = (\(ahead) + \(behind)) / 2"),
      Markup("  sum(\(adjoint(source)) * mean(map(\(pair), \(draws)), axis = 0))"), Markup("}"),
      gradient(number, of: function, at: Array(call.operands.dropFirst(3))),
    ]
  }

  // MARK: functions

  /// The name of a function: its own, where no other has it.
  private func functionName(_ number: Int) -> String {
    let names = program.functions.map(\.name)
    let name = names[number]
    let isTaken = names[..<number].contains(name) || !Catalogue.rows(spelled: name).isEmpty
    return isTaken || !Lexer.isName(name) ? labels.fresh("function\(number + 1)") : name
  }

  /// `F(x, b) = …`, in a block where the formula would be long.
  private func definition(_ number: Int) -> [Markup] {
    let inside = program.functions[number].list
    var taken: Set<String> = []
    var names: [Slot: String] = [:]
    func fresh(_ name: String) -> String {
      var name = name
      while !taken.insert(name).inserted { name += "_" }
      return name
    }
    for (index, slot) in inside.parameters.enumerated() {
      names[slot] = fresh(program.functions[number].parameterName(index))
    }
    let given = inside.parameters.compactMap { names[$0] }.joined(separator: ", ")
    let head = "\(functionName(number))(\(given)) = "
    let parameters = inside.parameters.map { Term.value($0, in: inside) }
    if let formula = Formula(inside, operandCount: parameters.count, limit: 40),
      let term = try? Term(formula, operands: parameters, result: .number(0), bar: .number(0))
    {
      return [Markup(head) + formulaWriter(names).write(term)]
    }
    var lines = [Markup(head + "{")]
    for place in 0..<inside.count where names[Slot(place)] == nil {
      let slot = Slot(place)
      guard inside[slot].code != Code.parameter, inside.number(slot) == nil else { continue }
      names[slot] = fresh("t\(lines.count)")
      lines += entry(slot, of: inside, called: names).map { Markup("  ") + $0 }
    }
    let result = Term.value(inside.results[0], in: inside)
    return lines + [Markup("  ") + formulaWriter(names).write(result), Markup("}")]
  }

  private func formulaWriter(_ names: [Slot: String]) -> FormulaWriter {
    FormulaWriter(form: .program) { kind in
      if case .value(let slot) = kind { Markup(names[slot] ?? "?", .name) } else { Markup() }
    }
  }

  /// The lines of an entry of a function.
  private func entry(_ slot: Slot, of inside: List, called names: [Slot: String]) -> [Markup] {
    let name = names[slot] ?? "?"
    let writer = formulaWriter(names)
    guard let term = Term.entry(slot, in: inside) else {
      return [bind(name, literal(inside.elements(slot) ?? [], inside.shape(slot)))]
    }
    guard let part = term.part else { return [bind(name, writer.call(term))] }
    return [
      bind(name, writer.write(part.base)),
      Markup(name + FormulaWriter.indices(part.slices, of: part.base.shape) + " = ")
        + writer.write(part.value),
    ]
  }
}
