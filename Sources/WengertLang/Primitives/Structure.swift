/// Entries that are no arithmetic: inputs, numbers, loops, branches and their parts.
extension Primitive {
  static let structure: [Primitive] = [
    input, number, parameter, loop, final, last, stacked, history, turns, branch, arm, custom,
    print,
  ]

  private static func structural(
    _ name: String, _ summary: String, operands: [Argument] = []
  ) -> Primitive {
    Primitive(name, summary, arguments: operands, kernel: .structural, rule: .structural)
  }

  static let input = structural("input", "A value that is given.")
  static let number = structural("number", "A number or an array that is written out.")
  static let parameter = structural("parameter", "What a body is handed at each turn.")
  static let loop = structural("loop", "A body that is run turn by turn.")
  static let final = structural("final", "A carried value after the last turn.")
  static let last = structural("last", "A value of a loop's body at its last turn.")
  static let stacked = structural("stacked", "The values of all turns, one behind the other.")
  static let history = structural("history", "All values that a slot of a loop's body took.")
  static let turns = structural("turns", "How many turns a loop took.")
  static let branch = structural("branch", "One of two bodies, by a condition.")
  static let arm = structural("arm", "A result of the arm that was taken.")
  static let custom = structural("custom", "An operation with a rule of its own.")
  static let print = structural("print", "Output, when its turn comes.")
}
