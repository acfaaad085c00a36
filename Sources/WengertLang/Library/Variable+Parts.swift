/// Parts of arrays, as `A[1, 2..]` in the language.
extension Variable {
  /// What a part keeps of one axis.
  public enum Part: ExpressibleByIntegerLiteral, Sendable {
    /// One index, counted from the end when negative; the axis is dropped.
    case index(Int)
    /// Indices from the first to the last, both kept; nil is the end of the axis.
    case range(Int?, Int?, by: Int = 1)

    /// All of an axis.
    public static let all = Part.range(nil, nil)

    /// One index.
    public init(integerLiteral value: Int) { self = .index(value) }
  }

  /// A part of the array: `A[1, .all]` is the second row, `A[.range(0, 2)]` the first three.
  public subscript(_ parts: Part...) -> Variable {
    Variable(ExpressionNode(.slice(parts), [node]))
  }
}

/// The row of the table with a name and a number of operands.
///
/// `Operations.swift` is made from the table, so there is one; a test looks.
func operation(_ name: String, _ operands: [Variable], _ statics: [Int] = []) -> Variable {
  let rows = Catalogue.rows(spelled: name).filter { $0.name == name }
  let row = rows.first { $0.operandNames.count == operands.count } ?? rows.first ?? .copy
  return Variable(row, operands, statics)
}
