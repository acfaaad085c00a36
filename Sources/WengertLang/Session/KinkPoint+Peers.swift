/// What other systems give where there is no slope: made by `scripts/make-kink-points`.
extension KinkPoint {
  static let versions = "JAX 0.10.2 and PyTorch 2.15.0"

  static let all: [KinkPoint] = [
    KinkPoint(
      inputs: "x = 0", formula: "relu(x)", wrt: "x",
      jax: "0", pytorch: "0",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "max(x, 0)", wrt: "x",
      jax: "0.5", pytorch: "0.5",
      chainRules: "0"),
    KinkPoint(
      inputs: "x = 0", formula: "min(max(x, 0), 1)", wrt: "x",
      jax: "0.5", pytorch: "0",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 1", formula: "min(max(x, 0), 1)", wrt: "x",
      jax: "0.5", pytorch: "0",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "abs(x)", wrt: "x",
      jax: "1", pytorch: "0",
      chainRules: "0"),
    KinkPoint(
      inputs: "x = 0", formula: "sign(x)", wrt: "x",
      jax: "0", pytorch: "0",
      chainRules: "0"),
    KinkPoint(
      inputs: "x = 1", formula: "floor(x)", wrt: "x",
      jax: "0", pytorch: "0",
      chainRules: "0"),
    KinkPoint(
      inputs: "x = 1", formula: "ceil(x)", wrt: "x",
      jax: "0", pytorch: "0",
      chainRules: "0"),
    KinkPoint(
      inputs: "x = 0.5", formula: "round(x)", wrt: "x",
      jax: "0", pytorch: "0",
      chainRules: "0"),
    KinkPoint(
      inputs: "x = 6; b = 3", formula: "x % b", wrt: "x, b",
      jax: "1 -2", pytorch: "1 -2",
      chainRules: "·"),
    KinkPoint(
      inputs: "a = 1; b = 1", formula: "max(a, b)", wrt: "a, b",
      jax: "0.5 0.5", pytorch: "0.5 0.5",
      chainRules: "0 1"),
    KinkPoint(
      inputs: "a = 1; b = 1", formula: "min(a, b)", wrt: "a, b",
      jax: "0.5 0.5", pytorch: "0.5 0.5",
      chainRules: "1 0"),
    KinkPoint(
      inputs: "v = [1, 2, 2]", formula: "max(v)", wrt: "v",
      jax: "0 0.5 0.5", pytorch: "0 0.5 0.5",
      chainRules: "·"),
    KinkPoint(
      inputs: "v = [1, 1, 2]", formula: "min(v)", wrt: "v",
      jax: "0.5 0.5 0", pytorch: "0.5 0.5 0",
      chainRules: "·"),
    KinkPoint(
      inputs: "A = [[1, 1], [0, 2]]", formula: "sum(max(A, axis = 1))", wrt: "A",
      jax: "0.5 0.5 0 1", pytorch: "0.5 0.5 0 1",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "where(x > 0, x, 0.1*x)", wrt: "x",
      jax: "0.1", pytorch: "0.1",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "sqrt(x)", wrt: "x",
      jax: "inf", pytorch: "inf",
      chainRules: "inf"),
    KinkPoint(
      inputs: "x = 0", formula: "0*sqrt(x)", wrt: "x",
      jax: "nan", pytorch: "nan",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 1", formula: "asin(x)", wrt: "x",
      jax: "inf", pytorch: "inf",
      chainRules: "inf"),
    KinkPoint(
      inputs: "x = 1", formula: "acos(x)", wrt: "x",
      jax: "-inf", pytorch: "-inf",
      chainRules: "-inf"),
    KinkPoint(
      inputs: "x = 1", formula: "acosh(x)", wrt: "x",
      jax: "inf", pytorch: "inf",
      chainRules: "inf"),
    KinkPoint(
      inputs: "v = [0, 0]", formula: "norm(v)", wrt: "v",
      jax: "nan nan", pytorch: "0 0",
      chainRules: "0 0"),
    KinkPoint(
      inputs: "x = 0; z = 0", formula: "sqrt(x^2 + z^2)", wrt: "x, z",
      jax: "nan nan", pytorch: "nan nan",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0; z = 0", formula: "hypot(x, z)", wrt: "x, z",
      jax: "0.5 0.5", pytorch: "nan nan",
      chainRules: "0 0"),
    KinkPoint(
      inputs: "v = [0, 1]", formula: "sum(abs(v))", wrt: "v",
      jax: "1 1", pytorch: "0 1",
      chainRules: "·"),
    KinkPoint(
      inputs: "u = 0; x = 0", formula: "atan2(u, x)", wrt: "u, x",
      jax: "nan nan", pytorch: "0 0",
      chainRules: "nan nan"),
    KinkPoint(
      inputs: "u = 0; x = -2", formula: "atan2(u, x)", wrt: "u, x",
      jax: "-0.5 0", pytorch: "-0.5 0",
      chainRules: "-0.5 0"),
    KinkPoint(
      inputs: "x = 0; p = 2", formula: "x^p", wrt: "x, p",
      jax: "0 0", pytorch: "0 0",
      chainRules: "0 0"),
    KinkPoint(
      inputs: "x = 0; p = 0", formula: "x^p", wrt: "x, p",
      jax: "nan 0", pytorch: "0 0",
      chainRules: "0 nan"),
    KinkPoint(
      inputs: "x = 0; p = -1", formula: "x^p", wrt: "x, p",
      jax: "-inf nan", pytorch: "-inf -inf",
      chainRules: "-inf nan"),
    KinkPoint(
      inputs: "x = 0; p = 0.5", formula: "x^p", wrt: "x, p",
      jax: "inf 0", pytorch: "inf 0",
      chainRules: "inf 0"),
    KinkPoint(
      inputs: "a = 0; b = 0", formula: "xlogy(a, b)", wrt: "a, b",
      jax: "-inf nan", pytorch: "0 nan",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "where(x > 0, log(x), 0)", wrt: "x",
      jax: "nan", pytorch: "nan",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "where(x > 0, sqrt(x), 0)", wrt: "x",
      jax: "nan", pytorch: "nan",
      chainRules: "·"),
    KinkPoint(
      inputs: "x = 0", formula: "where(x != 0, 1/x, 0)", wrt: "x",
      jax: "nan", pytorch: "nan",
      chainRules: "·"),
    KinkPoint(
      inputs: "v = [0, 2, 3]", formula: "prod(v)", wrt: "v",
      jax: "6 0 0", pytorch: "6 0 0",
      chainRules: "·"),
    KinkPoint(
      inputs: "v = [0, 0, 3]", formula: "prod(v)", wrt: "v",
      jax: "0 0 0", pytorch: "0 0 0",
      chainRules: "·"),
    KinkPoint(
      inputs: "v = [1, 1]", formula: "std(v)", wrt: "v",
      jax: "nan nan", pytorch: "0 0",
      chainRules: "·"),
    KinkPoint(
      inputs: "A = [[1, 2], [2, 4]]", formula: "det(A)", wrt: "A",
      jax: "4 -2 -2 1", pytorch: "0 0 0 0",
      chainRules: "·"),
  ]
}
