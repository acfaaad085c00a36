/// The sides of kinks of operations on lines.
extension KinkSides {
  /// How much of its length a step along the diagonal of a plane makes along each axis.
  static let diagonal = 1 / (2.0).squareRoot()

  /// Of a norm at 0: the slopes along the diagonal, where all elements are alike.
  static let norm = KinkSides.lines(
    rule: { choice in
      side(choice).map { sign in
        .general(
          pullbacks: { o in
            let size = Formula.number(sign / Double(o.shapes[0].count).squareRoot())
            return [
              Primitive.choose(
                .of(.equal, [o.z, 0]), o.bar * size, Primitive.chain(o.x, o.bar / o.z))
            ]
          },
          pushforward: { o in
            let size = Formula.number(sign / Double(o.shapes[0].count).squareRoot())
            return [
              Primitive.choose(
                .of(.equal, [o.z, 0]), .total(o.bar) * size,
                .total(Primitive.chain(o.x, 1 / o.z) * o.bar))
            ]
          })
      }
    },
    slopes: [
      .left: [-diagonal, -diagonal], .right: [diagonal, diagonal], .middle: [0, 0],
      .minimumNorm: [0, 0],
    ])

  /// Of a deviation of equal elements: the slopes where the first one is below or above the others.
  static let deviation = KinkSides.lines(
    rule: { choice in
      side(choice).map { sign in
        .general(
          pullbacks: { o in
            let isEqual = Formula.of(.equal, [.kept(o.z, o), 0])
            let slope = Primitive.chain(.centred(o), .kept(o.bar / (.length(o) * o.z), o))
            return [Primitive.choose(isEqual, o.firstOut(sign) * .kept(o.bar, o), slope)]
          },
          pushforward: { o in
            let first = Primitive.sum(o.firstOut(sign) * o.bar, statics: o.statics)
            let parts = Primitive.chain(.centred(o), .kept(1 / o.z, o)) * o.bar
            let slope = Formula.of(.mean, [parts], o.statics)
            return [Primitive.choose(.of(.equal, [o.z, 0]), first, slope)]
          })
      }
    },
    slopes: [
      .left: [-0.5, 0.5], .right: [0.5, -0.5], .middle: [0, 0], .minimumNorm: [0, 0],
    ])

  /// Of the extremes of lines where several are alike: the first, the last, or a share for each.
  ///
  /// - Parameters:
  ///   - isBehind: whether an element is not one of them, beside the extreme.
  ///   - other: the side on which the last is meant.
  static func extreme(
    _ row: @autoclosure @escaping @Sendable () -> Primitive,
    isBehind: @autoclosure @escaping @Sendable () -> Primitive, other: KinkChoice
  ) -> KinkSides {
    .lines(
      rule: { choice in
        switch choice {
        case .convention, .error: nil
        case .middle, .minimumNorm: shared { $0.isTied(isBehind()) }
        default: choice == other ? toLast { $0.isTied(isBehind()) } : nil
        }
      },
      slopes: [
        other: [0, 1], other == .left ? .right : .left: [1, 0], .middle: [0.5, 0.5],
        .minimumNorm: [0.5, 0.5],
      ])
  }

  /// An equal share for each of the tied elements.
  private static func shared(_ isTied: @escaping @Sendable (Operands) -> Formula) -> Rule {
    .general(
      pullbacks: { o in
        let share = o.bar / Primitive.sum(isTied(o), statics: o.statics)
        return [Primitive.choose(isTied(o), .kept(share, o), 0)]
      },
      pushforward: { o in
        let total = Primitive.sum(Primitive.choose(isTied(o), o.bar, 0), statics: o.statics)
        return [total / Primitive.sum(isTied(o), statics: o.statics)]
      })
  }

  /// All for the last of the tied elements.
  private static func toLast(_ isTied: @escaping @Sendable (Operands) -> Formula) -> Rule {
    /// 1 for the last of them, 0 for the others: that with the largest number, counted from 1.
    @Sendable func isLast(_ o: Operands) -> Formula {
      let numbers = o.places + 1
      let last = Formula.of(
        .largest, [Primitive.choose(isTied(o), numbers, 0)], o.statics)
      return .of(.equal, [numbers, .kept(last, o)])
    }
    return .general(
      pullbacks: { o in [Primitive.choose(isLast(o), .kept(o.bar, o), 0)] },
      pushforward: { o in
        [Primitive.sum(Primitive.choose(isLast(o), o.bar, 0), statics: o.statics)]
      })
  }

  /// -1 for left, 1 for right, nil where the rule stays.
  private static func side(_ choice: KinkChoice) -> Double? {
    switch choice {
    case .left: -1
    case .right: 1
    default: nil
    }
  }
}

extension Operands {
  /// The places of a line's elements, counted from 0, in a shape that stretches over the operand.
  fileprivate var places: Formula {
    let shape = shapes[0]
    guard statics[0] != Argument.noAxis else {
      let places = Formula.counting(shape.count)
      return shape.rank == 1 ? places : .reshaped(places, shape)
    }
    let axis = shape.axisIndex(statics[0])
    let places = Formula.counting(shape[axis])
    return axis == shape.rank - 1 ? places : .reshaped(places, shape.only(axis: axis))
  }

  /// The slope of a deviation when the first of equal elements leaves the others, upwards for 1.
  fileprivate func firstOut(_ sign: Double) -> Formula {
    let count = Double(Lines(shapes[0], axis: statics[0]).length)
    guard count > 1 else { return 0 * x }
    let first = Formula.of(.equal, [places, 0])
    return .number(sign / (count - 1).squareRoot()) * (first - .number(1 / count))
  }

  /// 1 for the elements that are as the extreme is, 0 for those that are behind it.
  fileprivate func isTied(_ isBehind: Primitive) -> Formula {
    .of(.equal, [isBehind(x, .kept(z, self)), 0])
  }

  /// How far the extreme of a line is ahead of the next element.
  func lead(of extreme: Primitive, at index: Primitive) -> Formula {
    let least: Formula = .number(extreme == .largest ? -.infinity : .infinity)
    let others = Primitive.choose(isChosen(index), least, x)
    let best: Formula = .of(extreme, [x], statics)
    return Primitive.abs(best - .of(extreme, [others], statics))
  }
}
