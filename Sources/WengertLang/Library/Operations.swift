// This file is made by `make docs` from the derivative table.

// MARK: Arithmetic

/// The sum of a and b.
public func add(_ a: Variable, _ b: Variable) -> Variable { operation("add", [a, b]) }
/// The difference of a and b.
public func sub(_ a: Variable, _ b: Variable) -> Variable { operation("sub", [a, b]) }
/// The product of two arrays, element by element.
public func hadamard(_ a: Variable, _ b: Variable) -> Variable { operation("hadamard", [a, b]) }
/// The quotient of a and b.
public func div(_ a: Variable, _ b: Variable) -> Variable { operation("div", [a, b]) }
/// The number with the other sign.
public func neg(_ a: Variable) -> Variable { operation("neg", [a]) }
/// The remainder of a by b, with the sign of b.
public func mod(_ a: Variable, _ b: Variable) -> Variable { operation("mod", [a, b]) }
/// The value itself, as an entry of its own.
public func copy(_ a: Variable) -> Variable { operation("copy", [a]) }
/// The product of an adjoint g and a partial p, and 0 where g is 0.
public func chain(_ g: Variable, _ p: Variable) -> Variable { operation("chain", [g, p]) }

// MARK: Powers

/// The square of x.
public func square(_ x: Variable) -> Variable { operation("square", [x]) }
/// The square root of x.
public func sqrt(_ x: Variable) -> Variable { operation("sqrt", [x]) }
/// √(x² + y²), the length of (x, y), without overflow on the way.
public func hypot(_ x: Variable, _ y: Variable) -> Variable { operation("hypot", [x, y]) }
/// x to the power y.
public func pow(_ x: Variable, _ y: Variable) -> Variable { operation("pow", [x, y]) }
/// One divided by x.
public func reciprocal(_ x: Variable) -> Variable { operation("reciprocal", [x]) }

// MARK: Exponentials and logarithms

/// e to the power x.
public func exp(_ x: Variable) -> Variable { operation("exp", [x]) }
/// The natural logarithm of x.
public func log(_ x: Variable) -> Variable { operation("log", [x]) }
/// exp(x) - 1, exact for small x.
public func expm1(_ x: Variable) -> Variable { operation("expm1", [x]) }
/// log(1 + x), exact for small x.
public func log1p(_ x: Variable) -> Variable { operation("log1p", [x]) }
/// The logistic function 1 / (1 + exp(-x)).
public func sigmoid(_ x: Variable) -> Variable { operation("sigmoid", [x]) }
/// log(1 + exp(x)), a smooth relu.
public func softplus(_ x: Variable) -> Variable { operation("softplus", [x]) }
/// x log(y), and 0 where x is 0.
public func xlogy(_ x: Variable, _ y: Variable) -> Variable { operation("xlogy", [x, y]) }
/// The error function 2/√π ∫ exp(-t²) dt from 0 to x.
public func erf(_ x: Variable) -> Variable { operation("erf", [x]) }

// MARK: Trigonometry

/// The sine of x, in radians.
public func sin(_ x: Variable) -> Variable { operation("sin", [x]) }
/// The cosine of x, in radians.
public func cos(_ x: Variable) -> Variable { operation("cos", [x]) }
/// The tangent of x, in radians.
public func tan(_ x: Variable) -> Variable { operation("tan", [x]) }
/// The angle between -π/2 and π/2 whose sine is x.
public func asin(_ x: Variable) -> Variable { operation("asin", [x]) }
/// The angle between 0 and π whose cosine is x.
public func acos(_ x: Variable) -> Variable { operation("acos", [x]) }
/// The angle between -π/2 and π/2 whose tangent is x.
public func atan(_ x: Variable) -> Variable { operation("atan", [x]) }
/// The angle of the point (x, y), between -π and π.
public func atan2(_ y: Variable, _ x: Variable) -> Variable { operation("atan2", [y, x]) }

// MARK: Hyperbolic functions

/// The hyperbolic sine of x.
public func sinh(_ x: Variable) -> Variable { operation("sinh", [x]) }
/// The hyperbolic cosine of x.
public func cosh(_ x: Variable) -> Variable { operation("cosh", [x]) }
/// The hyperbolic tangent of x.
public func tanh(_ x: Variable) -> Variable { operation("tanh", [x]) }
/// The number whose hyperbolic sine is x.
public func asinh(_ x: Variable) -> Variable { operation("asinh", [x]) }
/// The number from 0 up whose hyperbolic cosine is x.
public func acosh(_ x: Variable) -> Variable { operation("acosh", [x]) }
/// The number whose hyperbolic tangent is x.
public func atanh(_ x: Variable) -> Variable { operation("atanh", [x]) }

// MARK: Kinks and steps

/// The size of x, without its sign.
public func abs(_ x: Variable) -> Variable { operation("abs", [x]) }
/// -1, 0 or 1 as x is negative, zero or positive.
public func sign(_ x: Variable) -> Variable { operation("sign", [x]) }
/// x where x is positive, 0 elsewhere.
public func relu(_ x: Variable) -> Variable { operation("relu", [x]) }
/// The larger of a and b.
public func max(_ a: Variable, _ b: Variable) -> Variable { operation("max", [a, b]) }
/// The smaller of a and b.
public func min(_ a: Variable, _ b: Variable) -> Variable { operation("min", [a, b]) }
/// The largest whole number that is not above x.
public func floor(_ x: Variable) -> Variable { operation("floor", [x]) }
/// The smallest whole number that is not below x.
public func ceil(_ x: Variable) -> Variable { operation("ceil", [x]) }
/// The whole number nearest to x; of two the even one.
public func round(_ x: Variable) -> Variable { operation("round", [x]) }
/// x, which must not be 0 anywhere: there the run stops.
public func nonzero(_ x: Variable) -> Variable { operation("nonzero", [x]) }

// MARK: Comparisons

/// Whether a is less than b.
public func less(_ a: Variable, _ b: Variable) -> Variable { operation("less", [a, b]) }
/// Whether a is greater than b.
public func greater(_ a: Variable, _ b: Variable) -> Variable { operation("greater", [a, b]) }
/// Whether a is less than b or equal to it.
public func lessEqual(_ a: Variable, _ b: Variable) -> Variable { operation("lessEqual", [a, b]) }
/// Whether a is greater than b or equal to it.
public func greaterEqual(_ a: Variable, _ b: Variable) -> Variable {
  operation("greaterEqual", [a, b])
}
/// Whether a and b are equal.
public func equal(_ a: Variable, _ b: Variable) -> Variable { operation("equal", [a, b]) }
/// Whether a and b differ.
public func notEqual(_ a: Variable, _ b: Variable) -> Variable { operation("notEqual", [a, b]) }
/// Whether both conditions hold.
public func and(_ a: Variable, _ b: Variable) -> Variable { operation("and", [a, b]) }
/// Whether one of the conditions holds, or both.
public func or(_ a: Variable, _ b: Variable) -> Variable { operation("or", [a, b]) }
/// Whether the condition does not hold.
public func not(_ a: Variable) -> Variable { operation("not", [a]) }

// MARK: Choices

/// a where the condition holds, b elsewhere.
public func `where`(_ c: Variable, _ a: Variable, _ b: Variable) -> Variable {
  operation("where", [c, a, b])
}

// MARK: Matrices

/// The matrix product of A and B; of vectors as NumPy has it.
public func matmul(_ A: Variable, _ B: Variable) -> Variable { operation("matmul", [A, B]) }
/// The inner product of two vectors; of matrices their product.
public func dot(_ u: Variable, _ v: Variable) -> Variable { operation("dot", [u, v]) }
/// The matrix with rows and columns exchanged.
public func transpose(_ A: Variable) -> Variable { operation("transpose", [A]) }
/// The outer product u vᵀ of two vectors.
public func outer(_ u: Variable, _ v: Variable) -> Variable { operation("outer", [u, v]) }
/// The sum of a square matrix's diagonal.
public func trace(_ A: Variable) -> Variable { operation("trace", [A]) }
/// The matrix with a vector as diagonal, or the diagonal of a matrix.
public func diag(_ v: Variable) -> Variable { operation("diag", [v]) }

// MARK: Linear systems

/// The solution x of A x = b, for a vector b or each column of a matrix.
public func solve(_ A: Variable, _ b: Variable) -> Variable { operation("solve", [A, b]) }
/// The inverse of a matrix.
public func inv(_ A: Variable) -> Variable { operation("inv", [A]) }
/// The determinant of a matrix.
public func det(_ A: Variable) -> Variable { operation("det", [A]) }
/// The slopes of the determinant of A by each element: the adjugate, transposed.
public func cofactor(_ A: Variable) -> Variable { operation("cofactor", [A]) }
/// The derivative of the cofactors of A along a matrix, or along several.
public func cofactoralong(_ A: [Variable]) -> Variable { operation("cofactoralong", A) }
/// The logarithm of the size of a determinant, without overflow.
public func logdet(_ A: Variable) -> Variable { operation("logdet", [A]) }
/// The lower triangular L with L Lᵀ = A; of A the symmetric part counts.
public func cholesky(_ A: Variable) -> Variable { operation("cholesky", [A]) }

// MARK: Triangular matrices

/// The matrix with zeros above its diagonal.
public func tril(_ A: Variable) -> Variable { operation("tril", [A]) }
/// The matrix with zeros below its diagonal.
public func triu(_ A: Variable) -> Variable { operation("triu", [A]) }
/// The solution x of L x = b from the top; of L the lower triangle counts.
public func solvelower(_ L: Variable, _ b: Variable) -> Variable {
  operation("solvelower", [L, b])
}
/// The solution x of U x = b from the bottom; of U the upper triangle counts.
public func solveupper(_ U: Variable, _ b: Variable) -> Variable {
  operation("solveupper", [U, b])
}

// MARK: Functions of matrices

/// The exponential of a matrix, I + A + A A / 2 + … in matrix products.
public func expm(_ A: Variable) -> Variable { operation("expm", [A]) }
/// The principal logarithm of a matrix, whose exponential it is.
public func logm(_ A: Variable) -> Variable { operation("logm", [A]) }

// MARK: Reductions

/// The sum of all elements, or along an axis.
public func sum(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("sum", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The sum of each row of a matrix, as a column.
public func rowsum(_ A: Variable) -> Variable { operation("rowsum", [A]) }
/// The sum of each column of a matrix, as a row.
public func colsum(_ A: Variable) -> Variable { operation("colsum", [A]) }
/// The mean of all elements, or along an axis.
public func mean(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("mean", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The mean square distance from the mean, of all elements or along an axis.
public func `var`(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("var", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The standard deviation, the root of the variance, of all elements or along an axis.
public func std(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("std", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The root of the sum of squares: a vector's length, a matrix's Frobenius norm.
public func norm(_ A: Variable) -> Variable { operation("norm", [A]) }
/// log(sum(exp(A))) without overflow, over everything or along an axis.
public func logSumExp(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("logSumExp", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The running sums along an axis; without one, of all elements as one vector.
public func cumsum(_ A: Variable, axis: Int? = nil) -> Variable {
  operation("cumsum", [A], [axis ?? Argument.noAxis])
}

// MARK: Products of elements

/// The product of all elements, or along an axis.
public func prod(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("prod", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// For each element the product of the others; its derivative along further arrays.
public func prodslope(_ A: [Variable], axis: Int? = nil) -> Variable {
  operation("prodslope", A, [axis ?? Argument.noAxis])
}

// MARK: Extremes

/// The largest of all elements, or along an axis.
public func max(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("max", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The smallest of all elements, or along an axis.
public func min(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("min", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The index of the first largest element, counted row by row, or along an axis.
public func argmax(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("argmax", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}
/// The index of the first smallest element, counted row by row, or along an axis.
public func argmin(_ A: Variable, axis: Int? = nil, keepdims: Bool = false) -> Variable {
  operation("argmin", [A], [axis ?? Argument.noAxis] + [keepdims ? 1 : 0])
}

// MARK: Classifiers and losses

/// exp(A) over its sum, row by row: each row becomes probabilities.
public func softMax(_ A: Variable) -> Variable { operation("softMax", [A]) }
/// The logarithm of softMax, row by row, without overflow.
public func logSoftMax(_ A: Variable) -> Variable { operation("logSoftMax", [A]) }
/// The cross entropy -sum(Y log P) of the target Y and the prediction P.
public func crossEnt(_ Y: Variable, _ P: Variable) -> Variable { operation("crossEnt", [Y, P]) }
/// The sum of the squared differences of y and t.
public func squaredError(_ y: Variable, _ t: Variable) -> Variable {
  operation("squaredError", [y, t])
}

// MARK: Shapes

/// The same elements, row by row, in another shape.
public func reshape(_ A: Variable, _ shape: [Int]) -> Variable { operation("reshape", [A], shape) }
/// The array stretched to a larger shape.
public func broadcast(_ A: Variable, _ shape: [Int]) -> Variable {
  operation("broadcast", [A], shape)
}
/// The sum over the axes along which a smaller array was stretched.
public func sumto(_ A: Variable, _ shape: [Int]) -> Variable { operation("sumto", [A], shape) }
/// Arrays joined along an axis, the first when none is given.
public func concat(_ A: [Variable], axis: Int? = nil) -> Variable {
  operation("concat", A, [axis ?? Argument.noAxis])
}
/// Arrays of one shape side by side along a new axis, the first when none is given.
public func stack(_ A: [Variable], axis: Int? = nil) -> Variable {
  operation("stack", A, [axis ?? Argument.noAxis])
}
/// The array backwards along an axis, along all when none is given.
public func flip(_ A: Variable, axis: Int? = nil) -> Variable {
  operation("flip", [A], [axis ?? Argument.noAxis])
}

// MARK: Parts of arrays

/// The elements along an axis at an index, or at each index of a vector.
public func gather(_ A: Variable, _ index: Variable, axis: Int? = nil) -> Variable {
  operation("gather", [A, index], [axis ?? Argument.noAxis])
}
/// An array of zeros, with the elements of v added at an index along an axis.
public func scatteradd(_ v: Variable, _ index: Variable, axis: Int? = nil, _ shape: [Int])
  -> Variable
{ operation("scatteradd", [v, index], [axis ?? Argument.noAxis] + shape) }
/// A copy of A with the elements at an index along an axis replaced by v, stretched.
public func scatter(_ A: Variable, _ index: Variable, _ v: Variable, axis: Int? = nil) -> Variable {
  operation("scatter", [A, index, v], [axis ?? Argument.noAxis])
}

// MARK: New arrays

/// An array of zeros.
public func zeros(_ shape: [Int]) -> Variable { operation("zeros", [], shape) }
/// An array of ones.
public func ones(_ shape: [Int]) -> Variable { operation("ones", [], shape) }
/// An array that is filled with a number.
public func full(_ shape: [Int], _ value: Variable) -> Variable {
  operation("full", [value], shape)
}
/// The unit matrix with n rows.
public func eye(_ n: Int) -> Variable { operation("eye", [], [n]) }
/// count numbers from a on, a step apart.
public func range(_ a: Variable, _ count: Int, _ step: Variable) -> Variable {
  operation("range", [a, step], [count])
}
/// n numbers from a to b, both included, evenly spaced.
public func linspace(_ a: Variable, _ b: Variable, n: Int = 50) -> Variable {
  operation("linspace", [a, b], [n])
}
/// n numbers from 10^a to 10^b, both included, with evenly spaced logarithms.
public func logspace(_ a: Variable, _ b: Variable, n: Int = 50) -> Variable {
  operation("logspace", [a, b], [n])
}
