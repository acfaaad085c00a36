/// The largest and the smallest elements, and where they are.
extension Primitive {
  static let extremes: [Primitive] = [largest, smallest, argmax, argmin]

  static let largest: Primitive = .init(
    "max", "The largest of all elements, or along an axis.", spellings: ["amax"],
    arguments: alongAxis,
    kernel: .reduction { line, count, stride in
      line[Lines.extreme(line, count, stride, beats: >) * stride]
    },
    rule: .extreme(at: { argmax }),
    analytic: .chosen(by: { argmax }),
    shape: .nonEmptyReduction,
    notation: .function(latex: #"\max"#),
    domain: reductionTrials,
    kinks: [
      Kink(
        place: "several largest", convention: "shared among them; all of it goes to the first",
        point: [1, 1], slopes: [1, 0], distance: { $0.lead(of: largest, at: argmax) },
        sides: .extreme(largest, isBehind: less, other: .left))
    ],
    example: Example("max([[1, 5], [4, 2]], axis = 1)", "[5. 4.]"))

  static let smallest: Primitive = .init(
    "min", "The smallest of all elements, or along an axis.", spellings: ["amin"],
    arguments: alongAxis,
    kernel: .reduction { line, count, stride in
      line[Lines.extreme(line, count, stride, beats: <) * stride]
    },
    rule: .extreme(at: { argmin }),
    analytic: .chosen(by: { argmin }),
    shape: .nonEmptyReduction,
    notation: .function(latex: #"\min"#),
    domain: reductionTrials,
    kinks: [
      Kink(
        place: "several smallest", convention: "shared among them; all of it goes to the first",
        point: [1, 1], slopes: [1, 0], distance: { $0.lead(of: smallest, at: argmin) },
        sides: .extreme(smallest, isBehind: greater, other: .right))
    ],
    example: Example("min([[1, 5], [4, 2]], axis = 1)", "[1. 2.]"))

  static let argmax: Primitive = .init(
    "argmax", "The index of the first largest element, counted row by row, or along an axis.",
    arguments: [.discrete("A"), .axis, .keepdims],
    kernel: .reduction { line, count, stride in
      Double(Lines.extreme(line, count, stride, beats: >))
    },
    rule: .flat,
    shape: .nonEmptyReduction,
    notation: .function(latex: #"\operatorname{arg\,max}"#),
    domain: reductionTrials,
    kinks: [
      Kink(
        place: "several largest", convention: "the first is told; the index jumps, its slope is 0",
        point: [1, 1], slopes: [0, 0], distance: { $0.lead(of: largest, at: argmax) })
    ],
    example: Example("argmax([1, 5, 4])", "1"))

  static let argmin: Primitive = .init(
    "argmin", "The index of the first smallest element, counted row by row, or along an axis.",
    arguments: [.discrete("A"), .axis, .keepdims],
    kernel: .reduction { line, count, stride in
      Double(Lines.extreme(line, count, stride, beats: <))
    },
    rule: .flat,
    shape: .nonEmptyReduction,
    notation: .function(latex: #"\operatorname{arg\,min}"#),
    domain: reductionTrials,
    kinks: [
      Kink(
        place: "several smallest", convention: "the first is told; the index jumps, its slope is 0",
        point: [1, 1], slopes: [0, 0], distance: { $0.lead(of: smallest, at: argmin) })
    ],
    example: Example("argmin([3, 1, 4])", "1"))
}

extension Rule {
  /// The slope goes to the element that was chosen; `index` finds it.
  fileprivate static func extreme(at index: @escaping @Sendable () -> Primitive) -> Rule {
    .general(
      pullbacks: { o in [.of(.choose, [o.isChosen(index()), .kept(o.bar, o), 0])] },
      pushforward: { o in
        [.of(.sum, [.of(.choose, [o.isChosen(index()), o.bar, 0])], o.statics)]
      })
  }
}

extension AnalyticForm {
  /// The element that a reduction of the real parts chose.
  fileprivate static func chosen(by index: @escaping @Sendable () -> Primitive) -> AnalyticForm {
    .composed { c in
      .of(.sum, [.of(.choose, [c.o.isChosen(index()), c.o.x, 0])], c.o.statics)
    }
  }
}

extension Operands {
  /// 1 for the elements that a reduction chose, 0 for the others.
  func isChosen(_ index: Primitive) -> Formula {
    let shape = shapes[0]
    guard statics[0] != Argument.noAxis else {
      let places = Formula.counting(shape.count)
      return .of(
        .equal,
        [
          index(x, statics: [Argument.noAxis, 0]),
          shape.rank == 1 ? places : .reshaped(places, shape),
        ])
    }
    let axis = shape.axisIndex(statics[0])
    let places = Formula.counting(shape[axis])
    return .of(
      .equal,
      [
        index(x, statics: [axis, 1]),
        axis == shape.rank - 1 ? places : .reshaped(places, shape.only(axis: axis)),
      ])
  }
}

extension Lines {
  /// The place of the first element that beats all others; NaN beats all.
  static func extreme(
    _ line: UnsafePointer<Double>, _ count: Int, _ stride: Int, beats: (Double, Double) -> Bool
  ) -> Int {
    var best = 0
    for k in 1..<max(count, 1) where !line[best * stride].isNaN {
      let value = line[k * stride]
      if beats(value, line[best * stride]) || value.isNaN { best = k }
    }
    return best
  }
}
