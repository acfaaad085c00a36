/// A calculation as a Wengert list: entries in order, each computed once.
///
/// Made from variables with ``Variable/list(at:)``. It is a value; running it changes nothing.
public struct WengertList: Sendable {
  private var builder: ListBuilder
  private let outputs: [Variable]
  /// What holds for its derivatives, its runs and its printouts.
  public let settings: Settings

  /// The list of all that some variables need.
  ///
  /// - Parameter values: values of inputs; the shapes of inputs without one are those declared.
  ///   Values of inputs that the variables do not need change nothing.
  /// - Throws: a ``Diagnostic`` where shapes do not fit, where a derivative does not exist, such as
  ///   the gradient of an array, and where a value is given to something that is no input.
  public init(
    _ outputs: [Variable], at values: [Variable: Tensor] = [:], settings: Settings = Settings()
  ) throws(Diagnostic) {
    self.outputs = outputs
    self.settings = settings
    builder = try ListBuilder(outputs, values, settings)
  }

  /// What may be meant otherwise: a derivative by what a value does not depend on, which is 0, or
  /// two arrays that are both stretched.
  public var warnings: [Diagnostic] { builder.lowering.warnings.map(withoutPlaces) }

  /// One entry of a list.
  public struct Entry: Hashable, Sendable {
    /// Its name; nil for an entry that only others see.
    public let name: String?
    /// The operation, as the derivative table calls it; `input` and `number` for what is given.
    public let operation: String
    /// The places of the operands among the entries.
    public let operands: [Int]
    /// How many elements each axis has.
    public let shape: [Int]
  }

  /// The entries from top to bottom.
  public var entries: [Entry] {
    let list = builder.lowering.program
    return (0..<list.count).map { place in
      let slot = Slot(place)
      return Entry(
        name: list.name(slot).map { builder.lowering.symbols[$0] },
        operation: list.primitive(slot).name, operands: list.operands(slot).map(\.place),
        shape: list.shape(slot).extents)
    }
  }

  /// The names of the inputs.
  public var inputs: [String] { builder.inputs.map(\.name) }

  /// Computes the outputs.
  ///
  /// - Parameter values: other values of inputs; those that the list does not need change nothing.
  /// - Throws: a ``Diagnostic`` where an input has no value, a value has another shape than the
  ///   list was made for, or a value is given to something that is no input.
  public func run(at values: [Variable: Tensor] = [:]) throws(Diagnostic) -> [Tensor] {
    var lowering = builder.lowering
    for (variable, value) in values { try set(variable, value, in: &lowering) }
    try WengertList.flush(&lowering)
    var results: [Tensor] = []
    for output in outputs {
      guard let slot = builder.slot(of: output),
        let view = lowering.values.view(slot, in: lowering.program)
      else { throw withoutPlaces(.fault(Fault(.noValue), in: lowering)) }
      results.append(Tensor(unchecked: view.array, shape: view.shape.extents))
    }
    return results
  }

  private func set(
    _ variable: Variable, _ value: Tensor, in lowering: inout Lowering
  ) throws(Diagnostic) {
    guard let name = variable.inputName else { throw .notAnInput(variable.name) }
    guard let slot = builder.slot(of: variable) else { return }
    let shape = lowering.program.shape(slot)
    guard !value.isRagged, Shape(value.shape) == shape else {
      throw withoutPlaces(.inputShape(name, shape, Shape(value.shape), at: Span(0, 0)))
    }
    lowering.list.setInput(slot, value.elements)
    lowering.openInputs.remove(slot)
    lowering.values.truncate(to: slot.place)
  }

  private static func flush(_ lowering: inout Lowering) throws(Diagnostic) {
    do throws(Refusal) { try lowering.flush() } catch { throw withoutPlaces(error.diagnostic) }
  }

  // MARK: Printouts

  /// A printout about the first output.
  private func printout(
    wrt inputs: [(Variable, Tensor?)] = [], at values: [Variable: Tensor] = [:], runs: Bool,
    _ make: (inout Subject) throws(Refusal) -> Printout
  ) throws(Diagnostic) -> Printout {
    var lowering = builder.lowering
    for (variable, value) in values { try set(variable, value, in: &lowering) }
    var targets: [Slot] = []
    var seeds: [(slot: Slot, tangent: [Double])] = []
    for (variable, change) in inputs {
      guard let slot = builder.slot(of: variable) else { throw .notInList(variable.name) }
      targets.append(slot)
      guard let change else { continue }
      guard !change.isRagged else { throw .raggedTensor(variable.name ?? "a change") }
      guard Shape(change.shape) == lowering.program.shape(slot) else {
        throw withoutPlaces(.seedShape(variable.name ?? "x", at: Span(0, 0)))
      }
      seeds.append((slot, change.elements))
    }
    guard let output = outputs.first.flatMap(builder.slot) else { throw .noOutput }
    if runs { try WengertList.flush(&lowering) }
    var subject = Subject(
      lowering, output: output, targets: targets, seeds: seeds, settings: settings)
    do throws(Refusal) {
      return try make(&subject)
    } catch {
      throw withoutPlaces(error.diagnostic)
    }
  }

  /// The list as `list f` prints it; it needs no values.
  ///
  /// - Throws: a ``Diagnostic`` where the list cannot be told.
  public func listing() throws(Diagnostic) -> Printout {
    try printout(runs: false) { subject throws(Refusal) in
      try subject.listing(withValues: false)
    }
  }

  /// The list with its values, as `forward f` prints it.
  ///
  /// - Throws: a ``Diagnostic`` as ``run(at:)`` does.
  public func forward(at values: [Variable: Tensor] = [:]) throws(Diagnostic) -> Printout {
    try printout(at: values, runs: true) { subject throws(Refusal) in
      try subject.listing(withValues: true)
    }
  }

  /// The values, then the adjoints with their chain rules, as `trace f wrt x` prints them.
  ///
  /// - Parameter inputs: what to derive by; all inputs when empty.
  /// - Throws: a ``Diagnostic`` as ``run(at:)`` does, where the first output is no number, and
  ///   where one of the `inputs` is not in the list.
  public func trace(
    wrt inputs: [Variable] = [], at values: [Variable: Tensor] = [:]
  ) throws(Diagnostic) -> Printout {
    try printout(wrt: inputs.map { ($0, nil) }, at: values, runs: true) {
      subject throws(Refusal) in try subject.trace()
    }
  }

  /// Values and tangents side by side, as `tangent f wrt x = 1` prints them.
  ///
  /// - Parameter changes: how the inputs change, each in the shape of its input.
  /// - Throws: a ``Diagnostic`` as ``run(at:)`` does, and where a change has another shape or is
  ///   that of a variable which is not in the list.
  public func tangent(
    along changes: [Variable: Tensor], at values: [Variable: Tensor] = [:]
  ) throws(Diagnostic) -> Printout {
    let ordered = changes.sorted { ($0.key.name ?? "") < ($1.key.name ?? "") }
    return try printout(wrt: ordered.map { ($0.key, $0.value) }, at: values, runs: true) {
      subject throws(Refusal) in try subject.tangent()
    }
  }

  /// The derivative list as a program of the language, as `adjoint f` prints it.
  ///
  /// - Parameter inputs: what to derive by; all inputs when empty.
  /// - Throws: a ``Diagnostic`` as ``trace(wrt:at:)`` does.
  public func adjoint(
    wrt inputs: [Variable] = [], at values: [Variable: Tensor] = [:]
  ) throws(Diagnostic) -> Printout {
    try printout(wrt: inputs.map { ($0, nil) }, at: values, runs: true) {
      subject throws(Refusal) in try subject.adjointProgram()
    }
  }
}

extension WengertList: CustomStringConvertible {
  /// The list as `list f` prints it.
  public var description: String { (try? listing())?.description ?? "" }
}

extension Variable {
  /// The Wengert list of all that this variable needs.
  ///
  /// - Parameter values: values of inputs; the shapes of inputs without one are those declared.
  /// - Throws: a ``Diagnostic`` as ``WengertList/init(_:at:settings:)`` does.
  public func list(
    at values: [Variable: Tensor] = [:], settings: Settings = Settings()
  ) throws(Diagnostic) -> WengertList {
    try WengertList([self], at: values, settings: settings)
  }

  /// Its value, in its own shape.
  ///
  /// - Throws: a ``Diagnostic`` where shapes do not fit or an input has no value.
  public func value(at values: [Variable: Tensor] = [:]) throws(Diagnostic) -> Tensor {
    try list(at: values).run()[0]
  }

  /// The numbers of its partial derivatives, in the shapes of the inputs; it must be a number.
  ///
  /// ``grad(_:_:)-(Variable,[Variable])`` gives them as variables, to go on with. One by an input
  /// that it does not depend on is 0: ``WengertList/warnings`` of a list says so.
  ///
  /// - Parameter inputs: what to derive by; without any there is nothing to compute.
  /// - Throws: a ``Diagnostic`` as ``value(at:)`` does, and where this variable is no number.
  public func gradient(
    wrt inputs: Variable..., at values: [Variable: Tensor] = [:]
  ) throws(Diagnostic) -> [Tensor] {
    try WengertList(grad(self, inputs), at: values).run()
  }

  /// The values, then the adjoints with their chain rules, as `trace f wrt x` prints them.
  ///
  /// - Throws: a ``Diagnostic`` as ``gradient(wrt:at:)`` does.
  public func trace(
    wrt inputs: Variable..., at values: [Variable: Tensor] = [:]
  ) throws(Diagnostic) -> Printout {
    try list(at: values).trace(wrt: inputs)
  }
}

/// A diagnostic about no text.
func withoutPlaces(_ diagnostic: Diagnostic) -> Diagnostic {
  var bare = diagnostic
  bare.primary = nil
  bare.secondary = []
  return bare
}

extension Diagnostic: CustomStringConvertible {
  /// The message as `wl` shows it, without the lines of a program.
  public var description: String { DiagnosticRenderer(sources: []).markup(self).plain }
}
