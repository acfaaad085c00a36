/// A program with the numbers that another system computes for it.
public struct ProgramCase: Sendable, CustomStringConvertible {
  /// The program.
  public var program = ""
  /// How far its numbers may be away.
  public var tolerance = 0.0
  /// The numbers, row by row, each array with the name that the program binds it to.
  public var values: [(name: String, numbers: [Double])] = []

  /// The program, by which tests tell cases apart.
  public var description: String { program }

  /// The cases of a file, each with an empty line behind it: lines of a program, `= NAME NUMBERS`,
  /// and `~ TOLERANCE`, which holds for the cases below as well.
  public static func all(in path: String) -> [ProgramCase] {
    var cases: [ProgramCase] = []
    var next = ProgramCase()
    var program: [Substring] = []
    for line in (Folder.text(path) ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("~ ") {
        next.tolerance = Double(line.dropFirst(2)) ?? 0
      } else if line.hasPrefix("= ") {
        let words = line.split(separator: " ").dropFirst()
        next.values.append((String(words.first ?? ""), words.dropFirst().compactMap { Double($0) }))
      } else if !line.isEmpty {
        program.append(line)
      } else if !program.isEmpty {
        next.program = program.joined(separator: "\n")
        cases.append(next)
        next.values = []
        program = []
      }
    }
    return cases
  }
}
