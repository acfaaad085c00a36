/// The words that begin a command line.
enum CommandWord: String, CaseIterable, Sendable {
  case list, forward, trace, tangent, step, adjoint, derive, check, why, errors, cost
  case graph, plot, table
  case save, set, show, explain

  /// Its operands stand with blanks between, as in `set digits 12`.
  var takesWords: Bool { self == .set || self == .show }

  /// Its operand is the rest of the line, as in `explain chain rule`.
  var takesText: Bool { self == .explain }

  /// The words that begin statements and are names elsewhere.
  static let statements = ["input", "rule", "minimize"]

  /// All words that a statement may begin with.
  static let beginnings =
    Token.Kind.reserved.filter(\.beginsStatement).map { "\($0)" } + statements
    + allCases.map(\.rawValue)

  /// What other tools and textbooks call a command.
  static let foreign = [
    "reverse": "trace", "backward": "trace", "backprop": "trace", "gradcheck": "check",
    "differentiate": "derive", "eval": "print", "evaluate": "print", "echo": "print",
    "puts": "print", "display": "print", "draw": "plot",
  ]

  /// Words behind the operands that take no values: what follows them is another option.
  static let flags: Set<String> = [
    "loglog", "semilogx", "semilogy", "rows", "plain", "full", "folded",
  ]

  /// Words behind the operands that take one value, once.
  static let single: Set<String> = ["notation", "mode", "in", "xlabel", "ylabel", "title"]

  /// The clauses that say something to it.
  var clauses: [String] {
    switch self {
    case .trace, .tangent, .step, .adjoint, .derive, .check, .why, .cost, .graph:
      ["wrt", "at", "to"]
    case .list, .forward, .errors: ["at", "to"]
    case .plot, .table, .save, .show, .explain: ["to"]
    case .set: []
    }
  }

  /// The words behind the operands that say something to it.
  var options: [String] {
    switch self {
    case .list, .forward, .trace, .tangent, .step: ["notation", "rows"]
    case .derive: ["notation", "rows", "mode", "plain"]
    case .check: ["full", "in"]
    case .graph: ["folded"]
    case .plot:
      [
        "over", "loglog", "semilogx", "semilogy", "styles", "labels", "xlabel", "ylabel", "title",
        "tangents", "slopes", "path",
      ]
    case .adjoint, .why, .errors, .cost, .table, .save, .set, .show, .explain: []
    }
  }
}
