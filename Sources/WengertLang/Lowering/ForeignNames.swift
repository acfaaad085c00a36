/// What other languages and textbooks call a value or an operation, and how it is written here.
enum ForeignNames {
  static let table: [String: String] = [
    // Values.
    "True": "true", "False": "false",
    "None": "nan", "nil": "nan", "null": "nan", "NaN": "nan", "Inf": "inf", "infinity": "inf",
    "e": "exp(1)", "PI": "pi",
    // Functions of numbers.
    "log10": "log(x) / log(10)", "log2": "log(x) / log(2)", "lg": "log(x) / log(10)",
    "exp2": "2^x", "cbrt": "sign(x) * abs(x)^(1/3)",
    "sgn": "sign(x)", "sec": "1 / cos(x)", "csc": "1 / sin(x)", "cot": "1 / tan(x)",
    "factorial": "prod(1..5)",
    // Of arrays.
    "size": "prod(shape(A))", "ndim": "len(shape(A))", "rank": "len(shape(A))",
    "length": "len(x)", "columns": "for column in A.T { print column }",
    "enumerate": "for k, v in 0..1, x { print k, v }",
    "zip": "for v, w in x, y { print v, w }",
    "vstack": "concat(A, B)", "hstack": "concat(A, B, axis=1)",
    "flatten": "reshape(A, 4)", "ravel": "reshape(A, 4)", "squeeze": "reshape(A, 4)",
    "array": "[1, 2, 3]", "tensor": "[1, 2, 3]", "asarray": "[1, 2, 3]",
    "matvec": "A @ x", "sumsq": "sum(x^2)", "frobenius": "norm(A)",
    "one_hot": "k == 0..2", "onehot": "k == 0..2",
    // Of nets.
    "mse": "mean((x - y)^2)", "bce": "-mean(y*log(p) + (1 - y)*log(1 - p))",
    "leaky_relu": "where(x > 0, x, 0.01*x)", "elu": "where(x > 0, x, expm1(x))",
    "gelu": "x/2 * (1 + erf(x / sqrt(2)))", "swish": "x * sigma(x)", "silu": "x * sigma(x)",
    "clip": "min(max(x, 0), 1)", "clamp": "min(max(x, 0), 1)",
    // Derivatives.
    "gradient": "grad(f, x)", "derivative": "grad(f, x)", "deriv": "grad(f, x)",
    "diff": "grad(f, x)", "d": "grad(f, x)", "nabla": "grad(f, x)", "backward": "grad(f, x)",
    "value_and_grad": "grad(f, x)",
    "jac": "jacobian(x * y, x)", "jacrev": "jacobian(x * y, x)", "jacfwd": "jacobian(x * y, x)",
  ]
}
