/// What is said when a run goes wrong.
extension Diagnostic {
  static func fault(_ fault: Fault, in lowering: Lowering) -> Diagnostic {
    let span = fault.span
    switch fault.reason {
    case .index(let index, let extent, let axis):
      let text = NumberFormat.significant(index, digits: 12)
      let entries = extent.counting("entry", "entries")
      return Diagnostic(
        "E0303",
        index.rounded() == index
          ? "the index \(text) is outside of axis \(axis), which has \(entries)"
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
      let name = missingInput(span, in: lowering) ?? "x1"
      return Diagnostic(
        "E0505", "the input `\(name)` has no value yet", at: span, "needs its value",
        help: ["bind it: `\(name) = 3`, or look at one value: `forward f at \(name) = 3`"])
    case .condition:
      return Diagnostic(
        "E0506", "a condition is not a number", at: span, "nan is neither true nor false")
    case .seed(let seed): return .notASeed(seed, at: span)
    case .interval(let low, let high): return .emptyInterval(low, high, at: span)
    case .interrupted: return stopped(at: span)
    case .memory(let bytes):
      let size = bytes == Int.max ? "more memory than there is" : MemoryUnit.text(bytes)
      return Diagnostic(
        "E0801", "this needs \(size), which is more than allowed", at: span, "too large",
        notes: ["the limit is \(MemoryUnit.text(lowering.limits.memory))" + taken(fault.taken)])
    case .kink: return .slopeAtKink(at: span)
    case .singular, .notPositiveDefinite, .noLogarithm: return matrixFault(fault.reason, at: span)
    case .notConverged(let word, let residual, let steps):
      return notConverged(word, residual, steps, at: span)
    case .singularStep(let word, let residual, let point):
      return singularStep(word, residual, point, at: span)
    case .other(let text):
      return Diagnostic("E0507", text, at: span, "here")
    }
  }

  /// The input without a value that what is written at a place needs.
  private static func missingInput(_ span: Span?, in lowering: Lowering) -> String? {
    let program = lowering.program
    let faulty = (0..<program.count).filter { program.spans[$0] == span }.map { Slot($0) }
    let reached = program.reached(from: faulty)
    let open = lowering.openInputs.sorted().filter { program.name($0) != nil }
    let missing = open.first { reached[$0.place] } ?? open.first
    return missing.flatMap { program.name($0) }.map { lowering.symbols[$0] }
  }

  /// What other values take, where it is worth a word.
  private static func taken(_ bytes: Int) -> String {
    bytes < 1 << 16 ? "" : ", and other values take \(MemoryUnit.text(bytes)) of it"
  }

  private static func slopeAtKink(at span: Span?) -> Diagnostic {
    Diagnostic(
      "E0721", "a slope is asked for where there is none", at: span, "at its kink",
      notes: ["`set kinks error` allows no convention"],
      help: ["set kinks convention", "set kinks minimum-norm"])
  }

  /// What is said of matrices that an operation is not defined for.
  private static func matrixFault(_ reason: Fault.Reason, at span: Span?) -> Diagnostic {
    switch reason {
    case .singular:
      return Diagnostic(
        "E0510", "the matrix is singular", at: span, "has no inverse",
        notes: ["some row is a sum of multiples of the others, so A x = b has no single solution"],
        help: ["look at it: `print A`, `print det(A)`"])
    case .notPositiveDefinite:
      return Diagnostic(
        "E0511", "the matrix is not positive definite", at: span, "has no Cholesky factor",
        notes: ["A = L Lᵀ needs xᵀ A x > 0 for every x; of A the symmetric part counts"],
        help: ["add to the diagonal: `cholesky(A + 1e-6 * eye(len(A)))`"])
    default:
      return Diagnostic(
        "E0512", "the matrix has no principal logarithm", at: span,
        "an eigenvalue is 0 or negative, or too near to that",
        notes: ["logm needs every eigenvalue off the negative real axis, 0 included"])
    }
  }
}
