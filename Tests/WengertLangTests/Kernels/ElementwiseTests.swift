import Foundation
import Testing
import WengertKernels

/// The element-wise kernels: their law, their accuracy, their special values.
@Suite struct ElementwiseTests {
  @Test(arguments: UnaryKernel.all)
  func `one element gives the same bits as many`(_ kernel: UnaryKernel) {
    let x = [Double].sample(1003)
    let whole = kernel(x)
    #expect(whole.bits == x.map { kernel($0) }.bits)
    for length in [2, 3, 5, 8, 9, 17, 31, 33] {
      let part = length * 3..<length * 4
      #expect(kernel(Array(x[part])).bits == Array(whole[part]).bits)
    }
  }

  @Test(arguments: BinaryKernel.all)
  func `a stretched operand gives the same bits as its copies`(_ kernel: BinaryKernel) {
    let x = [Double].sample(301)
    let y = [Double].sample(301, seed: 2)
    let whole = kernel(x, y, count: 301)
    #expect(whole.bits == zip(x, y).map { kernel($0, $1) }.bits)
    for number in [0.7, -2, 2, 0, .nan, .infinity] {
      let copies = [Double](repeating: number, count: 301)
      #expect(kernel(x, [number], count: 301).bits == kernel(x, copies, count: 301).bits)
      #expect(kernel([number], y, count: 301).bits == kernel(copies, y, count: 301).bits)
      let both = [Double](repeating: kernel(number, 0.5), count: 3)
      #expect(kernel([number], [0.5], count: 3).bits == both.bits)
    }
  }

  @Test(arguments: UnaryKernel.all)
  func `not a number stays so`(_ kernel: UnaryKernel) {
    #expect(kernel(.nan).isNaN)
    #expect(kernel([]).isEmpty)
  }

  /// How far from the exact value a function may be, in units in the last place: 2.6 at the most.
  ///
  /// `scripts/make-kernel-cases` writes the exact values.
  static let allowed: [String: Double] = [
    "exp": 1, "expm1": 2, "log": 0.9, "log1p": 0.9, "sin": 1.65, "cos": 1.65, "tan": 2.2,
    "tanh": 2.6, "sigmoid": 2.4, "softplus": 1.65, "erf": 1.6, "pow": 1, "sqrt": 0.5001,
  ]

  @Test(arguments: allowed.keys.sorted())
  func `functions are accurate to the last places`(_ name: String) throws {
    let allowed = try #require(Self.allowed[name])
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "kernel-cases.txt"), encoding: .utf8)
    let cases = text.split(separator: "\n").map { $0.split(separator: " ") }
    var (count, largest) = (0, 0.0)
    for fields in cases where fields[0] == name {
      let x = try #require(Double(fields[1]))
      let expected = try #require(Double(fields[3]))
      let offset = try #require(Double(fields[4]))
      var value = Double.nan
      if let y = Double(fields[2]) {
        value = BinaryKernel.pow(x, y)
      } else if let kernel = UnaryKernel.named(name) {
        value = kernel(x)
      }
      let distance = abs((value - expected) / expected.ulp - offset)
      #expect(distance <= allowed, "\(name)(\(x)) is \(distance) units away")
      largest = max(largest, distance)
      count += 1
    }
    #expect(count >= 120)
    // A bound that is far from what is reached would hide that something got worse.
    #expect(largest > 0.75 * allowed || wl_vector_level(-1) == 0, "\(name): \(largest)")
  }

  @Test func `exact powers are exact`() {
    for base in 1...300 {
      var (exact, exponent) = (1.0, 0.0)
      while exact < 0x1p53 / Double(base), exponent < 60 {
        #expect(BinaryKernel.pow(Double(base), exponent) == exact)
        let isOdd = exponent.truncatingRemainder(dividingBy: 2) != 0
        #expect(BinaryKernel.pow(-Double(base), exponent) == (isOdd ? -exact : exact))
        exact *= Double(base)
        exponent += 1
      }
      #expect(BinaryKernel.pow(Double(base * base), 0.5) == Double(base))
    }
  }

  @Test func `special powers are those of the C library`() {
    let numbers: [Double] = [
      0, -0.0, 1, -1, .infinity, -.infinity, .nan, 2, -2, 3, -3, 0.5, -0.5, 1e300, -1e300, 1e-310,
      -1e-310, 0x1p53 + 2, 1e20, -1e20, 1.5, -2.5,
    ]
    for x in numbers {
      for y in numbers {
        #expect([BinaryKernel.pow(x, y)].bits == [Foundation.pow(x, y)].bits, "\(x)^\(y)")
      }
    }
  }

  @Test(arguments: [
    ("sin", -0.0, -0.0), ("tanh", -0.0, -0.0), ("expm1", -0.0, -0.0), ("log1p", -0.0, -0.0),
    ("sqrt", -0.0, -0.0), ("round", -0.4, -0.0), ("round", 2.5, 2), ("round", 3.5, 4),
    ("round", -2.5, -2), ("exp", -Double.infinity, 0), ("exp", 710, Double.infinity),
    ("exp", -746, 0), ("log", 0, -Double.infinity), ("log", Double.infinity, Double.infinity),
    ("log1p", -1, -Double.infinity), ("expm1", -Double.infinity, -1), ("tanh", 400, 1),
    ("tanh", -Double.infinity, -1), ("sigmoid", -800, 0), ("sigmoid", 800, 1), ("cos", 0, 1),
    ("sigmoid", -Double.infinity, 0), ("sigmoid", Double.infinity, 1), ("sigmoid", 0, 0.5),
    ("softplus", -Double.infinity, 0), ("softplus", 800, 800), ("expm1", 710, Double.infinity),
    ("softplus", Double.infinity, Double.infinity), ("log", 1, 0),
  ])
  func `ends of the range have their limits`(name: String, x: Double, expected: Double) throws {
    let kernel = try #require(UnaryKernel.named(name))
    #expect(kernel(x).bitPattern == expected.bitPattern)
  }

  @Test func `outside the domain is not a number`() {
    for (name, x) in [("log", -1), ("log1p", -2), ("sqrt", -1), ("sin", Double.infinity)] {
      #expect(UnaryKernel.named(name)?(x).isNaN == true)
    }
  }

  @Test func `two operands follow NumPy at the edges`() {
    #expect(BinaryKernel.max(.nan, 1).isNaN && BinaryKernel.max(1, .nan).isNaN)
    #expect(BinaryKernel.min(.nan, 1).isNaN && BinaryKernel.min(1, .nan).isNaN)
    #expect(BinaryKernel.mod(-7, 3) == 2 && BinaryKernel.mod(7, -3) == -2)
    #expect(BinaryKernel.mod(-5, .infinity) == .infinity && BinaryKernel.mod(5, 0).isNaN)
    #expect(BinaryKernel.mod(-6, 3).bitPattern == (0.0).bitPattern)
    #expect(BinaryKernel.xlogy(0, 0) == 0 && BinaryKernel.xlogy(0, -1) == 0)
    #expect(BinaryKernel.xlogy(0, .nan).isNaN && BinaryKernel.xlogy(2, 0) == -.infinity)
    #expect(BinaryKernel.pow(0, 0) == 1 && BinaryKernel.pow(.nan, 0) == 1)
    #expect(BinaryKernel.pow(0.1, 2) == 0.1 * 0.1 && BinaryKernel.pow(-2, 3) == -8)
  }

  /// The widths of vectors are a matter of speed.
  ///
  /// Without fused multiply-add the last bits differ, and all laws hold again. The level is
  /// global, so it is changed in a child process.
  @Test func `every vector level keeps the laws`() async {
    await #expect(processExitsWith: .success) {
      let x = [Double].sample(1003)
      let top = UnaryKernel.all.map { $0(x).bits }
      guard wl_vector_level(-1) > 0 else { return }
      wl_vector_level(1)
      #expect(UnaryKernel.all.map { $0(x).bits } == top)
      wl_vector_level(0)
      for kernel in UnaryKernel.all {
        #expect(kernel(x).bits == x.map { kernel($0) }.bits, "\(kernel.name)")
      }
      for name in ElementwiseTests.allowed.keys {
        try ElementwiseTests().`functions are accurate to the last places`(name)
      }
    }
  }
}
