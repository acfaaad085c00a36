/// What is said when a run goes wrong.
extension Diagnostic {
  static func fault(_ fault: Fault, in lowering: Lowering) -> Diagnostic {
    let span = fault.span
    switch fault.reason {
    case .index(let index, let extent, let axis):
      let text = NumberFormat.significant(index, digits: 12)
      return Diagnostic(
        "E0303",
        index.rounded() == index
          ? "the index \(text) is outside of axis \(axis), which has \(extent) entries"
          : "an index is a whole number, not \(text)",
        at: span, "0 … \(extent - 1), or -1 … -\(extent) from the end",
        notes: ["indices count from 0, and a range holds both ends"])
    case .count(let count):
      return Diagnostic(
        "E0503", "a loop cannot take \(NumberFormat.significant(count, digits: 12)) turns",
        at: span, "a whole number, 0 or more")
    case .noTurn:
      return Diagnostic(
        "E0504", "a loop took no turn, so what its body makes has no value", at: span,
        "asks for a value of the last turn", help: ["give the name a value before the loop"])
    case .noValue:
      let open = lowering.openInputs.sorted().compactMap { lowering.program.name($0) }
      let name = open.first.map { lowering.symbols[$0] } ?? "x1"
      return Diagnostic(
        "E0505", "the input `\(name)` has no value yet", at: span, "needs its value",
        help: ["bind it: `\(name) = 3`, or look at one value: `forward f at \(name) = 3`"])
    case .condition:
      return Diagnostic(
        "E0506", "a condition is not a number", at: span, "nan is neither true nor false")
    case .interrupted:
      return Diagnostic("E0803", "interrupted", at: span, "stopped here")
    case .memory(let bytes):
      let size = bytes == Int.max ? "more memory than there is" : "\(bytes >> 20) MiB"
      return Diagnostic(
        "E0801", "this needs \(size), which is more than allowed", at: span, "too large",
        notes: ["the limit is \(lowering.limits.memory >> 20) MiB"])
    case .other(let text):
      return Diagnostic("E0507", text, at: span, "here")
    }
  }
}
