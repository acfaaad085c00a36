import Testing
import WengertKernels

/// Products of numbers at the lower end of what doubles can hold.
@Suite struct SubnormalTests {
  /// How many rounds of random factors are tried.
  private static let count = 400_000

  private func compare(_ x: Double, _ y: Double) -> Bool {
    wl_subnormal_product(x, y).bitPattern == (x * y).bitPattern
  }

  @Test func `products have the bits of the processor's`() {
    var generator = Repeatable(state: 7)
    var wrong: [(Double, Double)] = []
    for round in 0..<Self.count {
      let bits = generator.next()
      let x = Double(bitPattern: round % 3 == 0 ? bits >> 12 | bits << 63 : bits)
      let exponent = UInt64.random(in: 0...1100, using: &generator)
      let fraction = generator.next()
      let y = Double(
        bitPattern: exponent << 52 | fraction >> 12 | (round % 2 == 0 ? 1 << 63 : 0))
      if !x.isNaN, !compare(x, y) || !compare(y, x) { wrong.append((x, y)) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test func `halves go to the even one, and what is beside them to its side`() {
    let least = Double.leastNonzeroMagnitude
    var wrong: [(Double, Double)] = []
    for whole in 0..<300 {
      for factor in [0.5, 0.25, 0.75, 0.125, 0.375, 0x1p-52, 0x1p-1022, 0x1.8p-1022, 0x1p-1074] {
        for y in [factor, factor.nextUp, factor.nextDown, -factor] {
          let x = least * Double(whole)
          if !compare(x, y) { wrong.append((x, y)) }
          let large = (Double(whole) + 0.5) * 0x1p-500
          if !compare(large, 0x1p-574) { wrong.append((large, 0x1p-574)) }
          if !compare(large, y * 0x1p-573) { wrong.append((large, y * 0x1p-573)) }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test func `large factors, zeros and infinities keep their signs`() {
    for x in [0, least, 0x1p-1022, 0x1p-1022.nextDown, 0.5, 1, 1e300, Double.infinity] {
      for y in [0, least, 0x1p-1022, 0.5.nextDown, 1.5, 1e308, Double.infinity] {
        for (x, y) in [(x, y), (-x, y), (x, -y), (-x, -y)] where !(x * y).isNaN {
          #expect(compare(x, y), "\(x) \(y)")
        }
      }
    }
    #expect(wl_subnormal_product(0, .infinity).isNaN)
    #expect(wl_subnormal_product(.nan, least).isNaN)
  }

  private let least = Double.leastNonzeroMagnitude
}
