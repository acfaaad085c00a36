/// The page of kinks: what the rows agree on, and what other systems give at the same points.
extension Reference {
  /// One point where derivatives are a convention.
  private struct Point {
    /// The inputs, the value and what is derived by.
    var inputs: String
    var formula: String
    var wrt: String
    /// What others gave when they were run there, or document.
    var jax = "·"
    var pytorch = "·"
    var chainRules = "·"

    /// What a run of this version gives.
    var here: String {
      var session = Session()
      var printed = ""
      let program = "\(inputs)\ny = \(formula)\nprint grad(y, \(wrt))\n"
      _ = session.run(program, name: "point") {
        if case .printed(let text) = $0 { printed += text }
      }
      return printed.split(separator: "\n").joined(separator: " ")
    }
  }

  /// JAX 0.10.2 and PyTorch 2.15.0 were run; ChainRules was read from its rules and tests.
  private static let points = [
    Point(inputs: "x = 0", formula: "relu(x)", wrt: "x", jax: "0", pytorch: "0"),
    Point(
      inputs: "x = 0", formula: "max(x, 0)", wrt: "x", jax: "0.5", pytorch: "0.5", chainRules: "0"),
    Point(inputs: "x = 0", formula: "min(max(x, 0), 1)", wrt: "x", jax: "0.5", pytorch: "0"),
    Point(inputs: "x = 1", formula: "min(max(x, 0), 1)", wrt: "x", jax: "0.5", pytorch: "0"),
    Point(inputs: "x = 0", formula: "abs(x)", wrt: "x", jax: "1", pytorch: "0", chainRules: "0"),
    Point(
      inputs: "a = 1; b = 1", formula: "max(a, b)", wrt: "a, b", jax: "0.5 0.5",
      pytorch: "0.5 0.5", chainRules: "0 1"),
    Point(
      inputs: "x = 0", formula: "sqrt(x)", wrt: "x", jax: "inf", pytorch: "inf", chainRules: "inf"),
    Point(inputs: "x = 0", formula: "0*sqrt(x)", wrt: "x", jax: "nan", pytorch: "nan"),
    Point(
      inputs: "v = [0, 0]", formula: "norm(v)", wrt: "v", jax: "nan", pytorch: "0 0",
      chainRules: "0 0"),
    Point(
      inputs: "x = 0; z = 0", formula: "sqrt(x^2 + z^2)", wrt: "x", jax: "nan", pytorch: "nan"),
    Point(
      inputs: "v = [0, 1]", formula: "sum(abs(v))", wrt: "v", jax: "1 1", pytorch: "0 1"),
    Point(inputs: "u = 0; x = 0", formula: "atan2(u, x)", wrt: "u, x", jax: "nan", pytorch: "0 0"),
    Point(
      inputs: "x = 0; p = 2", formula: "x^p", wrt: "x, p", jax: "0 0", pytorch: "0 0",
      chainRules: "0 0"),
    Point(
      inputs: "x = 0; p = 0", formula: "x^p", wrt: "x, p", jax: "nan 0", pytorch: "0 0",
      chainRules: "0 nan"),
    Point(
      inputs: "x = 0; p = -1", formula: "x^p", wrt: "x, p", jax: "-inf nan", pytorch: "-inf -inf",
      chainRules: "-inf nan"),
    Point(
      inputs: "x = 0; p = 0.5", formula: "x^p", wrt: "x, p", jax: "inf 0", pytorch: "inf 0",
      chainRules: "inf 0"),
    Point(
      inputs: "a = 0; b = 0", formula: "xlogy(a, b)", wrt: "a, b", jax: "-inf nan",
      pytorch: "0 nan"),
    Point(
      inputs: "x = 0", formula: "where(x > 0, log(x), 0)", wrt: "x", jax: "nan", pytorch: "nan"),
    Point(
      inputs: "x = 0", formula: "where(x > 0, sqrt(x), 0)", wrt: "x", jax: "nan", pytorch: "nan"),
    Point(
      inputs: "x = 0", formula: "where(x != 0, 1/x, 0)", wrt: "x", jax: "nan", pytorch: "nan"),
    Point(
      inputs: "v = [0, 2, 3]", formula: "prod(v)", wrt: "v", jax: "6 0 0", pytorch: "6 0 0"),
    Point(inputs: "v = [1, 1]", formula: "std(v)", wrt: "v", jax: "nan", pytorch: "0 0"),
    Point(
      inputs: "A = [[1, 2], [2, 4]]", formula: "det(A)", wrt: "A", jax: "4 -2 -2 1",
      pytorch: "0 0 0 0, which is wrong"),
  ]

  static var kinksPage: String {
    var page = "# Kinks\n\n" + origin
    page += "\nWhere an operation has no slope, it has a convention. `set kinks left`, `right`,\n"
    page +=
      "`middle`, `minimum-norm` or `error` takes another one for those that have two sides.\n\n"
    let rows = Catalogue.families.flatMap(\.rows).filter { !$0.isInternal }
    page += table(
      ["operation", "at", "convention", "left", "right"],
      rows.flatMap { row in
        row.kinks.map { kink in
          let sides = row.sides
          return [
            "`\(row.name)`", kink.place, kink.convention, words(sides?.left), words(sides?.right),
          ]
        }
      })
    page += "\n## Beside other systems\n\n"
    page += "The slopes at single points: here as this version computes them, of JAX 0.10.2 and\n"
    page += "PyTorch 2.15.0 as they were run, of ChainRules as its rules and tests say.\n\n"
    page += table(
      ["value", "at", "by", "here", "JAX", "PyTorch", "ChainRules"],
      points.map {
        ["`\($0.formula)`", "`\($0.inputs)`", $0.wrt, $0.here, $0.jax, $0.pytorch, $0.chainRules]
      })
    return page
  }

  private static func words(_ slopes: [Double]?) -> String {
    slopes.map { $0.map { NumberFormat.significant($0) }.joined(separator: " and ") } ?? "·"
  }
}
