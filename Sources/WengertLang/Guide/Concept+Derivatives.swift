/// What derivatives are called, and what they are for.
extension Concept {
  static let derivatives: [Concept] = [
    Concept(
      name: "gradient", also: ["grad", "partial derivatives"],
      text: [
        "The partial derivatives of one number by all elements of something, in its shape. It",
        "points where the number grows fastest; training walks the other way.",
      ],
      program: "W = [[1, 2], [3, 4]]\nE = sum(W^2)\nprint grad(E, W)",
      more: ["language.md"], near: ["grad", "reverse", "training"]),
    Concept(
      name: "jacobian matrix", also: ["jacobian"],
      text: [
        "All partial derivatives of a vector by a vector: row i, column j is dy_i/dx_j. Forward",
        "mode gives a column a sweep, reverse mode a row; `jacobian` takes whichever needs",
        "fewer.",
      ],
      program: "x = [2, 3]\ny = [x[0]*x[1], x[0]^2, x[1]]\nprint jacobian(y, x)",
      more: ["mathematics/matrices.md"], near: ["jvp", "vjp", "hessian matrix"]),
    Concept(
      name: "hessian matrix", also: ["hessian", "hvp", "second derivative", "higher order"],
      text: [
        "The second derivatives of a number: the Jacobian of its gradient, and symmetric. Since",
        "the derivative of a list is a list, it is derived like any other. `hvp` gives the",
        "Hessian times a vector for the price of a few gradients.",
      ],
      program: "x = [1, 2]\nE = x[0]^2*x[1]\nprint hessian(E, x)\nprint hvp(E, x = [1, 0])",
      more: ["mathematics/higher-orders.md"], near: ["hvp", "taylor series"]),
    Concept(
      name: "taylor series", also: ["taylor", "power series", "jet"],
      text: [
        "The coefficients of y(x + t dx) in powers of t: coefficient k is the derivative of",
        "order k along dx over k!. Computing with series costs far less than deriving k times.",
      ],
      program: "x = 0\ny = exp(x)\nprint taylor(y, x = 1, 4)",
      more: ["mathematics/higher-orders.md"], near: ["hessian matrix", "complex step"]),
    Concept(
      name: "implicit function",
      also: ["root", "fixpoint", "implicit function theorem", "implicit differentiation"],
      text: [
        "Where F(x, b) = 0 fixes x, its derivative is dx/db = -(∂F/∂x)⁻¹ ∂F/∂b. `root` and",
        "`fixpoint` are derived so: it does not matter how the solution was found.",
      ],
      program: "b = 2\nF(x, b) = x^2 - b\nx = root(F, 1, b)\nprint x, grad(x, b), 1/(2*x)",
      more: ["language.md"], near: ["root", "fixpoint"]),
    Concept(
      name: "matrices", also: ["matrix calculus", "matrix derivative", "trace trick"],
      text: [
        "Of Y = A B the change is dA B + A dB. The adjoint of A is the matrix whose products",
        "with dA, added up, give those of Ȳ with dA B: it is Ȳ Bᵀ. Every rule for matrices is",
        "found in this way.",
      ],
      program: "A = [[1, 2], [3, 4]]\nB = [[5], [6]]\nE = sum(A @ B)\nprint grad(E, A), grad(E, B)",
      more: ["mathematics/matrices.md"], near: ["matmul", "stretch"]),
    Concept(
      name: "training",
      also: ["minimize", "gradient descent", "sgd", "optimizer", "learning rate"],
      text: [
        "To walk against the gradient until a number is small. By hand it is a loop; `minimize`",
        "has the usual optimizers and binds the weights anew.",
      ],
      program: "w = 0\nE = (w - 3)^2\nminimize E over w by sgd(rate = 0.1) for 50 steps\n"
        + "print \"{w:.4f} {E:.2e}\"",
      more: ["tutorial.md"], near: ["gradient", "E0709"]),
  ]

  static let trust: [Concept] = [
    Concept(
      name: "gradient check",
      also: ["difference", "finite differences", "finite difference", "check"],
      text: [
        "A derivative beside a difference quotient. Central differences err by about h² from",
        "cutting the series off, and by about 1e-16/h from rounding; h near 1e-5 is best and",
        "gives ten digits. A complex step has no rounding part, so its h may be tiny.",
      ],
      program: "x = 2\ny = x^3\nprint \"{grad(y, x):.10f} {difference(y, x, 1e-5):.7f} "
        + "{complexstep(y, x):.10f}\"",
      more: ["mathematics/checking.md"], near: ["check", "complex step", "kink"]),
    Concept(
      name: "complex step", also: ["complexstep", "complex-step"],
      text: [
        "y(x + i h) is y(x) + i h y'(x) up to h²: the imaginary part over h is the derivative.",
        "Nothing is subtracted, so no digits are lost and h may be 1e-200.",
      ],
      program: "x = 2\ny = exp(x)*sin(x)\nprint \"{complexstep(y, x):.12f} {grad(y, x):.12f}\"",
      more: ["mathematics/checking.md"], near: ["complexstep", "gradient check"]),
    Concept(
      name: "kink", also: ["kinks", "subgradient", "subderivative"],
      text: [
        "A point where the slope jumps, as |x| at 0. There is no derivative there; a convention",
        "stands in: relu'(0) = abs'(0) = 0, and where two operands tie, max gives all to the",
        "first. A difference across a kink sees both sides, so checks disagree there.",
      ],
      program: "x = 0\nprint grad(abs(x), x), grad(relu(x), x)\nprint difference(relu, 0, 1e-3)",
      more: ["mathematics/kinks.md"], near: ["relu", "abs", "gradient check"]),
    Concept(
      name: "nan", also: ["not a number", "inf", "infinity"],
      text: [
        "What 0/0 or log(-1) gives; it spreads to all that is computed from it, and the run",
        "goes on. A slope may be infinite at a finite value, as that of sqrt at 0; the sweep",
        "takes 0 times it for 0, so that what does not count does no harm.",
      ],
      program: "print log(-1), 1/0, 0/0\nx = 0\nprint grad(sqrt(x), x), grad(0*sqrt(x), x)",
      more: ["mathematics/kinks.md"], near: ["chain", "kink"]),
  ]
}
