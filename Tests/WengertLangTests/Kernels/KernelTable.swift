import Testing
import WengertKernels

/// The kernels of one operand under their names, to be called on arrays.
struct UnaryKernel: Sendable, CustomTestStringConvertible {
  typealias Loop =
    @convention(c) @Sendable (
      UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int
    ) -> Void

  let name: String
  let loop: Loop

  var testDescription: String { name }

  func callAsFunction(_ x: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: x.count) { buffer, count in
      loop(x, buffer.baseAddress, x.count)
      count = x.count
    }
  }

  func callAsFunction(_ x: Double) -> Double { self([x])[0] }

  static let all: [UnaryKernel] = [
    .init(name: "exp", loop: wl_exp), .init(name: "expm1", loop: wl_expm1),
    .init(name: "log", loop: wl_log), .init(name: "log1p", loop: wl_log1p),
    .init(name: "sin", loop: wl_sin), .init(name: "cos", loop: wl_cos),
    .init(name: "tan", loop: wl_tan), .init(name: "asin", loop: wl_asin),
    .init(name: "acos", loop: wl_acos), .init(name: "atan", loop: wl_atan),
    .init(name: "sinh", loop: wl_sinh), .init(name: "cosh", loop: wl_cosh),
    .init(name: "tanh", loop: wl_tanh), .init(name: "asinh", loop: wl_asinh),
    .init(name: "acosh", loop: wl_acosh), .init(name: "atanh", loop: wl_atanh),
    .init(name: "sigmoid", loop: wl_sigmoid), .init(name: "softplus", loop: wl_softplus),
    .init(name: "erf", loop: wl_erf), .init(name: "sqrt", loop: wl_sqrt),
    .init(name: "floor", loop: wl_floor), .init(name: "ceil", loop: wl_ceil),
    .init(name: "round", loop: wl_round),
  ]

  static func named(_ name: String) -> UnaryKernel? { all.first { $0.name == name } }
}

/// The kernels of two operands under their names.
struct BinaryKernel: Sendable, CustomTestStringConvertible {
  typealias Loop =
    @convention(c) @Sendable (
      UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int, Int, Int
    ) -> Void

  let name: String
  let loop: Loop

  var testDescription: String { name }

  /// The results for `count` elements; an operand with one element is stretched.
  func callAsFunction(_ x: [Double], _ y: [Double], count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, written in
      loop(x, y, buffer.baseAddress, count, x.count == 1 ? 0 : 1, y.count == 1 ? 0 : 1)
      written = count
    }
  }

  func callAsFunction(_ x: Double, _ y: Double) -> Double { self([x], [y], count: 1)[0] }

  static let add = BinaryKernel(name: "add", loop: wl_add)
  static let max = BinaryKernel(name: "max", loop: wl_max)
  static let min = BinaryKernel(name: "min", loop: wl_min)
  static let pow = BinaryKernel(name: "pow", loop: wl_pow)
  static let mod = BinaryKernel(name: "mod", loop: wl_mod)
  static let xlogy = BinaryKernel(name: "xlogy", loop: wl_xlogy)
  static let all: [BinaryKernel] = [
    add, max, min, pow, mod, xlogy, .init(name: "sub", loop: wl_sub),
    .init(name: "mul", loop: wl_mul), .init(name: "div", loop: wl_div),
    .init(name: "atan2", loop: wl_atan2), .init(name: "hypot", loop: wl_hypot),
  ]
}

/// Numbers that repeat from run to run: a linear congruential sequence.
struct Repeatable: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

extension Array where Element == Double {
  /// Numbers of all sizes and both signs, with the special ones among them.
  static func sample(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var generator = Repeatable(state: seed)
    let special: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, 1, -1, 0.5, 2.5, -0x1p-1030, .leastNonzeroMagnitude,
      709.79, -746, 1e6,
      1e22, .greatestFiniteMagnitude, -2, 2,
    ]
    let scales: [Double] = [1e-9, 0.1, 1, 1, 30, 800, 2e6]
    return (0..<count).map { place in
      if place % 7 == 3, let number = special.randomElement(using: &generator) { return number }
      let scale = scales.randomElement(using: &generator) ?? 1
      return .random(in: -scale...scale, using: &generator)
    }
  }

  /// Ordinary numbers between -1 and 1.
  static func ordinary(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var generator = Repeatable(state: seed)
    return (0..<count).map { _ in .random(in: -1...1, using: &generator) }
  }

  /// The bits of each element, so that signs of zeros and NaN can be compared.
  var bits: [UInt64] { map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern } }
}
