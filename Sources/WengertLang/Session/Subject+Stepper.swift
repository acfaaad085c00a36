/// `step f to "f.html"`: the trace as a page.
extension Subject {
  /// The most lines that a page tells.
  static let stepperLimit = 2_000

  mutating func stepping() throws(Refusal) -> Printout {
    var printout = try trace()
    let subject = self
    printout.files[".html"] = {
      let trace = try? Trace.make(
        of: subject.output, wrt: subject.targets, in: subject.list, symbols: subject.symbols)
      return trace.map(subject.page) ?? ""
    }
    return printout
  }

  /// The page of a trace.
  private func page(of trace: Trace) -> String {
    let labels = trace.labels
    let file = list.spans[output.place].file
    let source = sources.indices.contains(Int(file)) ? sources[Int(file)] : nil
    let spans = trace.straight.list.spans
    var tangents: [(seed: String, trace: TangentTrace)] = []
    // A long list is told for one input only, so that its page stays small.
    for target in scalarInputs(trace).prefix(labels.lines.count > 400 ? 1 : 6) {
      let told = try? TangentTrace.make(
        of: output, seeds: [(target, [1])], in: list, symbols: symbols)
      guard let told, let name = list.name(target) else { continue }
      tangents.append((symbols[name], told))
    }
    let differences = differences(trace)
    if Kernel.isStopped { return "" }
    var program = source?.lines.prefix(Subject.stepperLimit).map { $0 } ?? []
    while program.last?.isEmpty == true { program.removeLast() }
    let page = StepperPage(
      story: StepperStory(trace: trace, tangents: tangents, digits: settings.digits),
      program: program,
      file: source?.name ?? "",
      lineOf: { slot in
        guard spans.indices.contains(slot.place), spans[slot.place].file == file else { return nil }
        return source.map { $0.position(at: Int(spans[slot.place].start)).line - 1 }
      },
      differences: differences)
    return page.html
  }

  /// The inputs of the program that are numbers, in the order of the trace.
  private func scalarInputs(_ trace: Trace) -> [Slot] {
    let places = trace.straight.origins
    return trace.targets.compactMap { places[$0] }.filter {
      list.shape($0).isScalar && list[$0].code == Code.input
    }
  }

  /// Central differences for the inputs that are numbers, by the number of their line.
  private func differences(_ trace: Trace) -> [Int: Double] {
    var found: [Int: Double] = [:]
    for input in scalarInputs(trace).prefix(40) {
      guard let place = trace.straight.places[input],
        let x = lowering.values.view(input, in: list)?.array.first, x.isFinite,
        var probe = Probe(lowering, input: input, output: output)
      else { continue }
      let h = 6e-6 * max(1, x.magnitude)
      guard let above = try? probe.value(at: [x + h]), let below = try? probe.value(at: [x - h])
      else { continue }
      found[trace.labels.number(place)] = (above - below) / ((x + h) - (x - h))
    }
    return found
  }
}
