/// The commands of the language as the prompt's help and completion show them.
extension CommandWord {
  /// What stands behind the word.
  var operands: String {
    switch self {
    case .list, .forward, .step, .adjoint, .cost, .errors, .graph: "f"
    case .trace, .check: "f wrt x1, x2"
    case .tangent: "f wrt x1 = 1"
    case .derive, .why: "f wrt x"
    case .plot: "y1, y2 over x"
    case .table: "add"
    case .save: "W1, b1 to \"w.npz\""
    case .set: "digits 12"
    case .show: "list"
    case .explain: "mul"
    }
  }

  /// The endings of the files that it writes behind `to`.
  var endings: [String] {
    switch self {
    case .list, .forward, .trace, .tangent, .step: [".txt", ".md", ".tex", ".html", ".json"]
    case .derive: [".txt", ".md", ".tex", ".html", ".json", ".wl"]
    case .adjoint: [".txt", ".wl"]
    case .check, .why, .errors, .cost, .table, .explain: [".txt", ".json"]
    case .graph: [".txt", ".dot", ".mmd", ".svg", ".png"]
    case .plot: [".txt", ".json", ".svg", ".png"]
    case .save: [".csv", ".tsv", ".json", ".npy", ".npz", ".safetensors"]
    case .show: [".txt"]
    case .set: []
    }
  }

  /// What it prints, in one line.
  var summary: String {
    switch self {
    case .list: "the Wengert list that f needs, one entry a line"
    case .forward: "the list with the value of each entry"
    case .trace: "the forward values, then the adjoint trace"
    case .tangent: "forward mode: values and tangents side by side"
    case .step: "the trace, one entry at a time"
    case .adjoint: "the derivative list as a program"
    case .derive: "the symbolic derivation, a chain-rule step a line"
    case .check: "whether the gradient can be trusted: a verdict for each input"
    case .why: "where a NaN, a zero gradient or a kink first appears"
    case .errors: "what rounding may move f by, entry by entry"
    case .cost: "operations and memory of f and of its gradient"
    case .graph: "a picture of the list"
    case .plot: "a picture of values"
    case .table: "the row of the derivative table"
    case .save: "write values into a file"
    case .set: "change a setting"
    case .show: "what a stage makes of the program: tokens, tree, list or plan"
    case .explain: "the page of an operation, a message or an idea"
    }
  }
}
