/// Operators build the graph; element by element they stretch their operands as NumPy does.
extension Variable {
  /// The sum.
  public static func + (a: Variable, b: Variable) -> Variable { Variable(.add, [a, b]) }
  /// The difference.
  public static func - (a: Variable, b: Variable) -> Variable { Variable(.sub, [a, b]) }
  /// The product of numbers, or element by element; ``matmul(_:_:)`` is the matrix product.
  public static func * (a: Variable, b: Variable) -> Variable { Variable(.mul, [a, b]) }
  /// The quotient.
  public static func / (a: Variable, b: Variable) -> Variable { Variable(.div, [a, b]) }
  /// The other sign.
  public static prefix func - (a: Variable) -> Variable { Variable(.neg, [a]) }

  /// The sum with a number.
  @_disfavoredOverload
  public static func + (a: Variable, b: Double) -> Variable { a + Variable(b) }
  /// The sum with a number.
  @_disfavoredOverload
  public static func + (a: Double, b: Variable) -> Variable { Variable(a) + b }
  /// The difference from a number.
  @_disfavoredOverload
  public static func - (a: Variable, b: Double) -> Variable { a - Variable(b) }
  /// The difference from a number.
  @_disfavoredOverload
  public static func - (a: Double, b: Variable) -> Variable { Variable(a) - b }
  /// The product with a number.
  @_disfavoredOverload
  public static func * (a: Variable, b: Double) -> Variable { a * Variable(b) }
  /// The product with a number.
  @_disfavoredOverload
  public static func * (a: Double, b: Variable) -> Variable { Variable(a) * b }
  /// The quotient with a number.
  @_disfavoredOverload
  public static func / (a: Variable, b: Double) -> Variable { a / Variable(b) }
  /// The quotient with a number.
  @_disfavoredOverload
  public static func / (a: Double, b: Variable) -> Variable { Variable(a) / b }

  /// The sum under the same name in Swift.
  public static func += (a: inout Variable, b: Variable) { a = a + b }
  /// The difference under the same name in Swift.
  public static func -= (a: inout Variable, b: Variable) { a = a - b }
  /// The product under the same name in Swift.
  public static func *= (a: inout Variable, b: Variable) { a = a * b }
  /// The quotient under the same name in Swift.
  public static func /= (a: inout Variable, b: Variable) { a = a / b }

  /// The matrix with rows and columns exchanged.
  public var T: Variable { Variable(.transpose, [self]) }
}
