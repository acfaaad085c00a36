#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A complex number, for derivatives by the complex step.
public struct Complex {
  /// The real part.
  public var real: Double
  /// The imaginary part.
  public var imaginary: Double

  /// A number from its parts.
  public init(_ real: Double, _ imaginary: Double = 0) {
    (self.real, self.imaginary) = (real, imaginary)
  }

  static func + (a: Self, b: Self) -> Self { Self(a.real + b.real, a.imaginary + b.imaginary) }
  static func - (a: Self, b: Self) -> Self { Self(a.real - b.real, a.imaginary - b.imaginary) }
  static func * (a: Self, b: Self) -> Self {
    Self(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }
  static func / (a: Self, b: Self) -> Self {
    let size = b.real * b.real + b.imaginary * b.imaginary
    let product = a * Self(b.real, -b.imaginary)
    return Self(product.real / size, product.imaginary / size)
  }
}

/// Reads and evaluates straight lists of scalar formulas, with nothing of the library.
public struct ComplexEvaluator {
  /// What the names stand for.
  public private(set) var values: [String: Complex] = [:]
  private var rest: Substring = ""

  /// Evaluates a program, one input moved by an imaginary step.
  public init(_ program: String, moving input: String, by step: Double) {
    for line in program.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      let name = parts[0].filter { $0 != " " }
      rest = parts[1].filter { $0 != " " }[...]
      var value = sum()
      if name == input { value.imaginary += step }
      values[name] = value
    }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func sum() -> Complex {
    var value = product()
    while true {
      if take("+") {
        value = value + product()
      } else if take("-") {
        value = value - product()
      } else {
        return value
      }
    }
  }

  private mutating func product() -> Complex {
    var value = unary()
    while true {
      if take("*") {
        value = value * unary()
      } else if take("/") {
        value = value / unary()
      } else {
        return value
      }
    }
  }

  private mutating func unary() -> Complex {
    take("-") ? Complex(0) - unary() : power()
  }

  private mutating func power() -> Complex {
    let base = primary()
    guard take("^") else { return base }
    let exponent = primary()
    return (1..<max(1, Int(exponent.real))).reduce(base) { product, _ in product * base }
  }

  private mutating func primary() -> Complex {
    if take("(") {
      let value = sum()
      _ = take(")")
      return value
    }
    let word = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "." })
    rest = rest.dropFirst(word.count)
    if let number = Double(word) { return Complex(number) }
    guard take("(") else { return values[word] ?? Complex(.nan) }
    var arguments = [sum()]
    while take(",") { arguments.append(sum()) }
    _ = take(")")
    return Self.call(word, arguments)
  }

  private static func call(_ name: String, _ x: [Complex]) -> Complex {
    let (a, b) = (x[0].real, x[0].imaginary)
    switch name {
    case "add": return x[0] + x[1]
    case "sub": return x[0] - x[1]
    case "mul": return x[0] * x[1]
    case "sin": return Complex(sin(a) * cosh(b), cos(a) * sinh(b))
    case "cos": return Complex(cos(a) * cosh(b), -sin(a) * sinh(b))
    case "exp": return Complex(exp(a) * cos(b), exp(a) * sin(b))
    case "tanh":
      return Complex(sinh(a) * cos(b), cosh(a) * sin(b))
        / Complex(cosh(a) * cos(b), sinh(a) * sin(b))
    default: return Complex(.nan)
    }
  }
}
