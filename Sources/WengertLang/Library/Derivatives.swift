/// Derivatives are expressions: variables like any other, which can be named, combined and derived
/// again. Each adds the entries of its sweep to the list.

/// The partial derivatives of a number, by one reverse sweep, in the shapes of the inputs.
public func grad(_ y: Variable, _ x: [Variable]) -> [Variable] {
  sweep(.gradient, y, x)
}

/// The partial derivative of a number by x, by a reverse sweep.
public func grad(_ y: Variable, _ x: Variable) -> Variable { grad(y, [x])[0] }

/// The adjoint of x where that of y is given: a vector times the Jacobian.
public func vjp(_ y: Variable, adjoint: Variable, _ x: Variable) -> Variable {
  sweep(.vjp, y, [x], [adjoint])[0]
}

/// The change of y where x changes along a direction, in forward mode: the Jacobian times a vector.
public func jvp(_ y: Variable, _ x: Variable, along direction: Variable) -> Variable {
  sweep(.jvp, y, [x], [direction])[0]
}

/// All partial derivatives; the shape of y followed by that of x.
public func jacobian(_ y: Variable, _ x: Variable) -> Variable { sweep(.jacobian, y, [x])[0] }

/// The second derivatives of a number; the shape of x twice.
public func hessian(_ y: Variable, _ x: Variable) -> Variable { sweep(.hessian, y, [x])[0] }

/// The Hessian of a number times a direction, forward over reverse, without the Hessian.
public func hvp(_ y: Variable, _ x: Variable, along direction: Variable) -> Variable {
  sweep(.hessianProduct, y, [x], [direction])[0]
}

private func sweep(
  _ kind: ExpressionNode.Sweep, _ y: Variable, _ x: [Variable], _ given: [Variable] = []
) -> [Variable] {
  let node = ExpressionNode(.sweep(kind), ([y] + x + given).map(\.node))
  return x.indices.map { Variable(ExpressionNode(.part($0), [node])) }
}
