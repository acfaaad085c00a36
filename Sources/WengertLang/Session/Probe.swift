/// A value of the program as a function of some of its numbers, evaluated point by point.
struct Probe {
  private var lowering: Lowering
  private let inputs: [Slot]
  private let output: Slot
  private let span: Span
  /// Which of the names were bound again since the value was computed from them, so that it stays.
  private(set) var unread: [Int] = []
  /// The derivative by the first input, once it is asked for.
  private var slope: Slot?

  /// A function at arguments that are numbers.
  init(
    _ function: Function, arguments count: Int, _ lowering: Lowering, at span: Span
  ) throws(Refusal) {
    self.span = span
    self.lowering = lowering
    var slots: [Slot] = []
    for _ in 0..<count {
      slots.append(self.lowering.list.appendData([0], shape: .scalar, isInput: true))
    }
    inputs = slots
    let value = try self.lowering.call(
      function, with: slots.map { .slot($0, depth: 0) }, in: Tree(file: 0), at: span)
    output = try self.lowering.single(value, at: span)
    try needsOneNumber()
  }

  /// A formula of the program, names in it being given other values.
  init(
    _ formula: Node, in tree: Tree, of names: [(name: Symbol, span: Span)], _ lowering: Lowering
  ) throws(Refusal) {
    span = tree.span(formula)
    self.lowering = lowering
    var slots: [Slot] = []
    for (name, span) in names {
      guard case .slot(let slot, 0)? = lowering.scopes[0].value(name) else {
        throw Refusal(diagnostic: lowering.unknownName(name, at: span))
      }
      guard lowering.program.shape(slot).isScalar, !lowering.isStructural(slot) else {
        throw Refusal(diagnostic: .plotOverArray(lowering.symbols[name], at: span))
      }
      slots.append(slot)
    }
    inputs = slots
    output = try self.lowering.single(try self.lowering.lower(formula, in: tree), at: span)
    let program = self.lowering.program
    let reached = program.reached(from: [output])
    unread = slots.indices.filter { index in
      !reached[slots[index].place]
        && reached.indices.contains {
          reached[$0] && program.name(Slot($0)) == names[index].name
        }
    }
    for slot in slots { self.lowering.list.replaceWithInput(slot, [0]) }
    try needsOneNumber()
  }

  /// A value of a program that has run, as a function of one of its inputs; nil where that cannot
  /// be changed.
  init?(_ lowering: Lowering, input: Slot, output: Slot) {
    guard lowering.program.shape(output).count == 1, !lowering.isStructural(input) else {
      return nil
    }
    self.lowering = lowering
    self.lowering.outlet = Outlet()
    inputs = [input]
    self.output = output
    span = lowering.program.spans[input.place]
  }

  private func needsOneNumber() throws(Refusal) {
    guard lowering.program.shape(output).count == 1 else {
      throw Refusal(diagnostic: .numberNeeded(lowering.program.shape(output), at: span))
    }
  }

  /// The value at a point.
  mutating func value(at point: [Double]) throws(Refusal) -> Double {
    try read(output, at: point)
  }

  /// The derivative by the first input at a point.
  mutating func slope(at point: [Double]) throws(Refusal) -> Double {
    if let slope { return try read(slope, at: point) }
    let one = lowering.list.appendUnit(like: output)
    do {
      let sweep = try lowering.list.appendAdjoint(seeds: [(output, one)], wrt: [inputs[0]])
      let slot = sweep[inputs[0]] ?? lowering.list.appendZeros(.scalar)
      slope = slot
      return try read(slot, at: point)
    } catch let error as ShapeMismatch {
      throw Refusal(diagnostic: lowering.misfit(error, "grad", [], at: span))
    } catch let error as Refusal {
      throw error
    } catch {
      throw Refusal(diagnostic: .unreadable(at: span))
    }
  }

  private mutating func read(_ slot: Slot, at point: [Double]) throws(Refusal) -> Double {
    for (input, value) in zip(inputs, point) {
      lowering.list.replaceWithInput(input, [value])
      lowering.openInputs.remove(input)
      lowering.values.truncate(to: min(lowering.values.count, input.place))
    }
    try lowering.flush()
    return lowering.values.view(slot, in: lowering.program)?.array.first ?? .nan
  }
}
