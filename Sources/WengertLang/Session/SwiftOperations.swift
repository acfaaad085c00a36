/// The functions of the Swift library, a function for each row of the derivative table.
enum SwiftOperations {
  /// The source file, before it is laid out.
  static var source: String {
    var text = "// This file is made by `make docs` from the derivative table.\n"
    for (title, rows) in Catalogue.families {
      let functions = rows.compactMap(function)
      if !functions.isEmpty { text += "\n// MARK: \(title)\n\n" + functions.joined() }
    }
    return text
  }

  /// Words of Swift, which stand in backticks as names.
  private static let keywords: Set<String> = [
    "as", "case", "default", "do", "else", "for", "if", "in", "is", "let", "repeat", "return",
    "switch", "throw", "try", "var", "where", "while",
  ]

  /// A row as a function; nil where an operator or a subscript stands for it.
  private static func function(_ row: Primitive) -> String? {
    guard !row.isInternal, row.forArrays == nil else { return nil }
    var parameters: [String] = []
    var operands: [String] = []
    var list: String?
    var statics: [String] = []
    for argument in row.arguments {
      let name = argument.name
      switch argument.kind {
      case .operand:
        parameters.append("_ \(name): Variable")
        operands.append(name)
      case .operands:
        parameters.append("_ \(name): [Variable]")
        list = name
      case .axis:
        parameters.append("\(name): Int? = nil")
        statics.append("[\(name) ?? Argument.noAxis]")
      case .flag:
        parameters.append("\(name): Bool = false")
        statics.append("[\(name) ? 1 : 0]")
      case .integer(let standard):
        parameters.append(standard.map { "\(name): Int = \($0)" } ?? "_ \(name): Int")
        statics.append("[\(name)]")
      case .shape:
        parameters.append("_ \(name): [Int]")
        statics.append(name)
      case .slices: return nil
      }
    }
    let values = list ?? "[\(operands.joined(separator: ", "))]"
    let extra = statics.isEmpty ? "" : ", " + statics.joined(separator: " + ")
    let name = keywords.contains(row.name) ? "`\(row.name)`" : row.name
    let head = "public func \(name)(\(parameters.joined(separator: ", "))) -> Variable"
    return "/// \(row.summary)\n\(head) { operation(\"\(row.name)\", \(values)\(extra)) }\n"
  }
}
