/// Products of elements, and their derivatives.
extension Primitive {
  static let products: [Primitive] = [prod, prodslope]

  static let prod: Primitive = .init(
    "prod", "The product of all elements, or along an axis.",
    arguments: alongAxis,
    kernel: .reduction { line, count, stride in
      var product = 1.0
      for k in 0..<count { product *= line[k * stride] }
      return product
    },
    rule: .general(
      pullbacks: { o in
        [.kept(o.bar, o) * prodslope(o.x, statics: [o.statics[0]])]
      },
      pushforward: { o in
        [sum(prodslope(o.x, statics: [o.statics[0]]) * o.bar, statics: o.statics)]
      }),
    analytic: .composed { c in c.halvedProduct },
    shape: .reduction,
    domain: reductionTrials,
    proof: ["The product is linear in each element; the slope is the product of the others."],
    example: Example("prod([2, 3, 4])", "24"))

  /// The derivatives of a product to every order, without a division, so that zeros do no harm.
  ///
  /// Of A alone: for each element the product of the others. With further arrays u, v, …: the
  /// derivative of that along u, v, …, so that its own derivatives are the same operation with one
  /// array more.
  static let prodslope: Primitive = .init(
    "prodslope", "For each element the product of the others; its derivative along further arrays.",
    arguments: [.operands("A"), .axis],
    kernel: .dense { call in call.productSlopes() },
    rule: .general(
      pullbacks: { o in o.slopesOfProduct },
      pushforward: { o in o.slopesOfProduct }),
    analytic: AnalyticForm(pairs: { .productSlope($0, $1) }),
    shape: ShapeRule { operands, statics throws(ShapeMismatch) in
      if statics[0] != Argument.noAxis { _ = try operands[0].axis(statics[0]) }
      for operand in operands where operand != operands[0] {
        throw ShapeMismatch(
          "\(operand.inWords) beside \(operands[0].inWords)",
          needs: "prodslope takes arrays of one shape")
      }
      guard operands.count <= 12 else {
        throw ShapeMismatch("a derivative of a product of an order above 12")
      }
      return operands[0]
    },
    domain: Domain(shapes: [
      .init([[3]], [Argument.noAxis]), .init([[4], [4]], [0]), .init([[2, 3], [2, 3]], [0]),
      .init([[4], [4], [4]], [Argument.noAxis]),
    ]),
    example: Example("prodslope([2, 3, 4])", "[12.  8.  6.]"))
}

extension Operands {
  /// The derivatives of `prodslope`: it is symmetric, so they are the same in both directions.
  ///
  /// A product of n numbers is linear in each, so that n derivatives use them up.
  fileprivate var slopesOfProduct: [Formula?] {
    let length = Lines(shapes[0], axis: statics[0]).length
    return (0..<count).map { index in
      guard index > 0 || count < length else { return nil }
      let operands = (0..<count).map { $0 == index && $0 > 0 ? bar : self[$0] }
      return .of(.prodslope, index == 0 ? operands + [bar] : operands, statics)
    }
  }
}

extension DenseCall {
  /// The kernel of `prodslope`.
  ///
  /// Numbers are extended by one unit e with e² = 0 for each array after A; coefficients are kept
  /// by the set of units, a bit each. The product without element k of all (A + u e₁ + v e₂ + …)
  /// has the result as the coefficient of all units.
  fileprivate func productSlopes() {
    let units = operands.count - 1
    let width = 1 << units
    let lines = Lines(shapes[0], axis: statics[0])
    let times = { (number: inout ArraySlice<Double>, place: Int) in
      let first = number.startIndex
      for set in (0..<width).reversed() {
        var value = number[first + set] * self.operands[0][place]
        for unit in 0..<units where set & (1 << unit) != 0 {
          value += number[first + set ^ (1 << unit)] * self.operands[unit + 1][place]
        }
        number[first + set] = value
      }
    }
    let one = [1.0] + Array(repeating: 0, count: width - 1)
    for line in 0..<lines.count where !Kernel.isStopped {
      let places = Array(lines.places(line))
      var after = [one[...]]
      for place in places.dropFirst().reversed() {
        var number = after[after.count - 1]
        times(&number, place)
        after.append(number)
      }
      var before = one[...]
      for place in places {
        let rest = after.removeLast()
        result[place] = (0..<width).reduce(0) {
          $0 + before[before.startIndex + $1] * rest[rest.startIndex + (width - 1 - $1)]
        }
        times(&before, place)
      }
    }
  }
}
