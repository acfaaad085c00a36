/// The exponential of a matrix, by scaling and squaring with Padé's approximants.
///
/// The order and the scaling are those of Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 31 (2009)
/// 970–989: they look at the norms of powers, so that a matrix far from normal is not scaled too
/// much.
struct MatrixExponential {
  private let a: SquareMatrix
  private let a2: SquareMatrix
  private let a4: SquareMatrix
  private let a6: SquareMatrix

  /// The largest norm for which the approximant of each order is exact to rounding.
  private static let reach: [(order: Int, norm: Double)] = [
    (3, 1.495585217958292e-2), (5, 2.539398330063230e-1), (7, 9.504178996162932e-1),
    (9, 2.097847961257068), (13, 4.25),
  ]

  /// The exponential; nan where an element of the matrix is not finite.
  static func of(_ matrix: SquareMatrix) throws(Fault) -> SquareMatrix {
    guard matrix.isFinite else {
      return SquareMatrix(matrix.n, Array(repeating: .nan, count: matrix.n * matrix.n))
    }
    guard matrix.n > 1 else {
      return SquareMatrix(matrix.n, matrix.elements.map { Numeric.exp($0) })
    }
    // exp(A) = e^m exp(A - m I) with the mean m of the diagonal, the part that needs no matrix.
    let mean = matrix.trace / Double(matrix.n)
    guard mean.isFinite, mean.magnitude < 600 else {
      return try MatrixExponential(matrix).exponential()
    }
    var centred = matrix
    centred.addToDiagonal(-mean)
    return Numeric.exp(mean) * (try MatrixExponential(centred).exponential())
  }

  private init(_ matrix: SquareMatrix) {
    a = matrix
    a2 = a * a
    a4 = a2 * a2
    a6 = a4 * a2
  }

  private func exponential() throws(Fault) -> SquareMatrix {
    let d4 = Self.root(a4.columnNorm, 4)
    let d6 = Self.root(a6.columnNorm, 6)
    for (order, reach) in Self.reach.prefix(2)
    where max(d4, d6) <= reach && Self.extra(a, order) == 0 {
      return try approximant(order)
    }
    let a8 = a4 * a4
    let d8 = Self.root(a8.columnNorm, 8)
    for (order, reach) in Self.reach[2..<4]
    where max(d6, d8) <= reach && Self.extra(a, order) == 0 {
      return try approximant(order)
    }
    let d10 = Self.root((a4 * a6).columnNorm, 10)
    let size = min(max(d6, d8), max(d8, d10))
    guard size.isFinite else {
      return SquareMatrix(a.n, Array(repeating: .nan, count: a.n * a.n))
    }
    var halvings = Self.halvings(of: size, below: Self.reach[4].norm)
    halvings += Self.extra(Self.power(-halvings) * a, 13)
    guard halvings < 1000 else {
      return SquareMatrix(a.n, Array(repeating: .nan, count: a.n * a.n))
    }
    var result = try MatrixExponential(Self.power(-halvings) * a).approximant(13)
    for _ in 0..<halvings { result = result * result }
    return result
  }

  /// How often a number is halved until it is not above a bound.
  private static func halvings(of size: Double, below bound: Double) -> Int {
    guard size > bound else { return 0 }
    let ratio = size / bound
    return Int(ratio.exponent) + (ratio.significand > 1 ? 1 : 0)
  }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static func root(_ value: Double, _ order: Int) -> Double {
    value == 0 ? 0 : Numeric.exp(Numeric.log(value) / Double(order))
  }

  /// The leading coefficient of the backward error of each order, as its size.
  private static let errorCoefficients: [Int: Double] = [
    3: 1 / 100_800.0, 5: 1 / 10_059_033_600.0, 7: 1 / 4_487_938_430_976_000.0,
    9: 1 / 5_914_384_781_877_411_840_000.0,
    13: 1 / 113_250_775_606_021_113_483_283_660_800_000_000.0,
  ]

  /// How many more halvings rounding asks for.
  private static func extra(_ a: SquareMatrix, _ order: Int) -> Int {
    let norm = a.columnNorm
    guard norm > 0, let coefficient = errorCoefficients[order] else { return 0 }
    let error = coefficient * a.sizeNorm(power: 2 * order + 1) / norm
    guard error > 0 else { return 0 }
    guard error.isFinite else { return 1000 }
    let halvings = (Numeric.log(error / 0x1p-53) / Numeric.log(2) / Double(2 * order)).rounded(.up)
    return max(0, Int(halvings))
  }

  // MARK: approximants

  /// The coefficients of each order, from the constant up, scaled to whole numbers.
  private static let coefficients: [Int: [Double]] = [
    3: [120, 60, 12, 1],
    5: [30240, 15120, 3360, 420, 30, 1],
    7: [17_297_280, 8_648_640, 1_995_840, 277_200, 25200, 1512, 56, 1],
    9: [
      17_643_225_600, 8_821_612_800, 2_075_673_600, 302_702_400, 30_270_240, 2_162_160, 110_880,
      3960, 90, 1,
    ],
    13: [
      64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600,
      1_187_353_796_428_800, 129_060_195_264_000, 10_559_470_521_600, 670_442_572_800,
      33_522_128_640, 1_323_241_920, 40_840_800, 960_960, 16380, 182, 1,
    ],
  ]

  /// Padé's approximant of one order: (V - U)⁻¹ (V + U) with U odd and V even in A.
  private func approximant(_ order: Int) throws(Fault) -> SquareMatrix {
    let b = Self.coefficients[order] ?? []
    let (odd, even) = order == 13 ? highParts(b) : lowParts(b)
    let u = a * odd
    return try (even - u).solve(even + u)
  }

  private func lowParts(_ b: [Double]) -> (SquareMatrix, SquareMatrix) {
    var odd = SquareMatrix.unit(a.n, times: b[1])
    var even = SquareMatrix.unit(a.n, times: b[0])
    let powers = [a2, a4, a6, b.count > 8 ? a4 * a4 : a6]
    for k in 1..<(b.count / 2) {
      odd = odd + b[2 * k + 1] * powers[k - 1]
      even = even + b[2 * k] * powers[k - 1]
    }
    return (odd, even)
  }

  private func highParts(_ b: [Double]) -> (SquareMatrix, SquareMatrix) {
    let highOdd = b[13] * a6 + b[11] * a4 + b[9] * a2
    let highEven = b[12] * a6 + b[10] * a4 + b[8] * a2
    let odd = a6 * highOdd + b[7] * a6 + b[5] * a4 + b[3] * a2
    let even = a6 * highEven + b[6] * a6 + b[4] * a4 + b[2] * a2
    return (odd.plusUnit(times: b[1]), even.plusUnit(times: b[0]))
  }
}
