/// The derivative table: every row, in the order a reader meets them.
public enum Catalogue {
  /// The families in reading order, each with its heading in the reference.
  public static let families: [(title: String, rows: [Primitive])] = [
    ("Arithmetic", Primitive.arithmetic),
    ("Powers", Primitive.powers),
    ("Exponentials and logarithms", Primitive.exponentials),
    ("Trigonometry", Primitive.trigonometry),
    ("Hyperbolic functions", Primitive.hyperbolics),
    ("Kinks and steps", Primitive.piecewise),
    ("Comparisons", Primitive.comparisons),
    ("Choices", Primitive.choices),
    ("Matrices", Primitive.matrices),
    ("Linear systems", Primitive.systems),
    ("Triangular matrices", Primitive.triangles),
    ("Functions of matrices", Primitive.matrixFunctions),
    ("Reductions", Primitive.reductions),
    ("Products of elements", Primitive.products),
    ("Extremes", Primitive.extremes),
    ("Classifiers and losses", Primitive.losses),
    ("Shapes", Primitive.shapes),
    ("Parts of arrays", Primitive.indexing),
    ("New arrays", Primitive.arrays),
    ("Structure", Primitive.structure),
  ]

  /// Every row; those that lists themselves know come first, as `Code` counts them.
  public static let all: [Primitive] =
    Primitive.structure + families.dropLast().flatMap(\.rows) + Primitive.draws
    + families.flatMap(\.rows).flatMap { row in
      KinkChoice.allCases.compactMap { kinked[row]?[$0] }
    }

  /// The rows that take other slopes at their kinks, by the row of the table.
  static let kinked: [Primitive: [KinkChoice: Primitive]] = Dictionary(
    uniqueKeysWithValues: families.flatMap(\.rows).map { ($0, $0.kinkedRows) }
      .filter { !$1.isEmpty })

  /// The number of a row, as entries keep it.
  static let codes: [Primitive: UInt16] = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1, UInt16($0)) })

  /// The rows that a spelling may mean, first those of that name; the shape rule chooses among
  /// several.
  public static func rows(spelled name: String) -> [Primitive] { spellings[name] ?? [] }

  /// Every spelling that programs may use.
  public static var allSpellings: [String] { spellings.keys.sorted() }

  private static let spellings: [String: [Primitive]] = {
    var table: [String: [Primitive]] = [:]
    for row in all where !row.isInternal && row.base == nil {
      table[row.name, default: []].append(row)
    }
    for row in all where !row.isInternal && row.base == nil {
      for name in row.spellings { table[name, default: []].append(row) }
    }
    return table
  }()
}

extension Primitive {
  /// Its number in the table.
  var code: UInt16 { Catalogue.codes[self] ?? 0 }

  /// Whether only lists use it: programs have a notation of their own for loops, inputs
  /// and draws.
  var isInternal: Bool {
    if case .structural = kernel { return true }
    return isHidden
  }
}
