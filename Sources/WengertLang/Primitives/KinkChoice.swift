/// Which slope an operation takes at a kink.
public enum KinkChoice: String, CaseIterable, Sendable {
  /// The one that the row documents.
  case convention
  /// That of the side where the distance is negative, or positive.
  case left, right
  /// Halfway between the two.
  case middle
  /// The shortest between the two.
  case minimumNorm = "minimum-norm"
  /// None: a run stops that asks for it.
  case error
}

extension Primitive {
  /// The operation with the slopes that a choice takes at its kinks; itself where it has no others.
  func taking(_ choice: KinkChoice) -> Primitive {
    let row = base ?? self
    return Catalogue.kinked[row]?[choice] ?? row
  }

  /// Rows like this one that take other slopes at their kinks, one a choice that changes any.
  var kinkedRows: [KinkChoice: Primitive] {
    guard base == nil, !kinks.isEmpty || Self.deciding.contains(self) else { return [:] }
    var rows: [KinkChoice: Primitive] = [:]
    for choice in KinkChoice.allCases {
      guard let rule = choice == .error ? guarded : changed(choice) else { continue }
      // What decides has to be reached by the sweep, where a tie is to stop it.
      let arguments = choice == .error ? self.arguments.map(\.withSlope) : nil
      rows[choice] = Primitive(
        row: self, rule: rule, kinks: kinks.map { $0.taking(choice) }, arguments: arguments)
    }
    return rows
  }

  /// The rule with the slopes of a choice; nil where none is another one.
  private func changed(_ choice: KinkChoice) -> Rule? {
    for kink in kinks {
      if case .lines(let rule, _) = kink.sides { return rule(choice) }
    }
    let changes = kinks.compactMap { kink in
      kink.sides.slopes(choice).map { (kink.distance, $0) }
    }
    guard !changes.isEmpty else { return nil }
    return changingPartials { partial, index, o in
      changes.reduce(partial) { formula, change in
        let isThere = Formula.of(.equal, [change.0(o), 0])
        return Primitive.choose(isThere, .number(change.1[index]), formula)
      }
    }
  }

  /// The rule with every partial changed.
  private func changingPartials(
    _ change: @escaping @Sendable (Formula, Int, Operands) -> Formula
  ) -> Rule? {
    switch rule {
    case .partials(let partials):
      .partials { o in
        partials(o).enumerated().map { index, partial in partial.map { change($0, index, o) } }
      }
    case .singularPartials(let partials):
      .singularPartials { o in
        partials(o).enumerated().map { index, partial in partial.map { change($0, index, o) } }
      }
    default: nil
    }
  }

  /// A guard: the run stops where a slope at a kink is asked for and none is agreed on.
  static let nonzero: Primitive = .init(
    "nonzero", "x, which must not be 0 anywhere: there the run stops.",
    kernel: .dense { call throws(Fault) in
      for place in 0..<call.count {
        guard call.operands[0][place] != 0 else { throw Fault(.kink) }
        call.result[place] = call.operands[0][place]
      }
    },
    rule: .multilinear { o in [o.bar] },
    analytic: .linear,
    shape: ShapeRule { operands, _ in operands[0] },
    domain: Domain(samples: [0.5...2], shapes: [.init([[]]), .init([[3]])]),
    example: Example("nonzero(3)", "3"))
}

/// The rows of `set kinks error`.
extension Primitive {
  /// Operations that hand conditions on, so that a tie of one is seen where it decides.
  fileprivate static let deciding: [Primitive] = [choose, and, or, not]

  /// The rule that stops at every kink; nil where there are none.
  private var guarded: Rule? {
    if Self.deciding.contains(self) { return decidingRule }
    guard !kinks.isEmpty else { return nil }
    let kinks = kinks
    /// A condition that never holds, and is not reached at a kink.
    @Sendable func stop(_ o: Operands) -> Formula {
      kinks.map { kink in
        // Of a series or a complex number the real part alone tells where it is.
        let isBeside = Formula.of(.notEqual, [kink.distance(o), 0])
        return Formula.of(.equal, [.of(.nonzero, [isBeside]), 0])
      }
      .reduce(nil) { all, one in all.map { .of(.or, [$0, one]) } ?? one } ?? 0
    }
    switch rule {
    case .flat where isElementwise:
      let count = operandNames.count
      return .partials { o in (0..<count).map { _ in Primitive.choose(stop(o), 0, 0) } }
    case .partials, .singularPartials:
      return changingPartials { partial, _, o in Primitive.choose(stop(o), 0, partial) }
    case .general(let pullbacks, let pushforward):
      /// The adjoint of the result goes through the guard, as each tangent's image does.
      return .general(
        pullbacks: { o in
          let bar = Primitive.choose(stop(o), 0, o.bar)
          return pullbacks(o).map {
            $0?.substituting(operand: { .operand($0) }, bar: bar)
          }
        },
        pushforward: { o in
          pushforward(o).map { $0.map { Primitive.choose(stop(o), 0, $0) } }
        })
    default: return nil
    }
  }

  /// As the row's own, with zeros for the conditions.
  private var decidingRule: Rule? {
    switch rule {
    case .flat:
      let count = operandNames.count
      return .partials { o in (0..<count).map { Primitive.choose(o[$0], 0, 0) } }
    case .general(let pullbacks, let pushforward):
      return .general(
        pullbacks: { o in pullbacks(o).map { $0 ?? Primitive.choose(o.x, 0, 0) } },
        pushforward: { o in
          pushforward(o).map { $0 ?? Primitive.choose(Formula.of(.equal, [o.bar, 0]), 0, 0) }
        })
    default: return nil
    }
  }
}

extension Argument {
  /// The same, with a slope where it is an operand.
  fileprivate var withSlope: Argument {
    if case .operand = kind { .operand(name) } else { self }
  }
}

extension Kink {
  /// The same with the slopes of a choice.
  fileprivate func taking(_ choice: KinkChoice) -> Kink {
    guard let slopes = sides.slopes(choice) else { return self }
    let numbers = slopes.map { $0.rounded() == $0 ? "\($0)".droppingFraction : "\($0)" }
    var words =
      numbers.joined(separator: " and ") + (numbers.count == 1 ? " is used" : " are used")
    // Of lines of other lengths these numbers would not be true.
    if case .lines = sides { words = "the slopes of this choice are used" }
    return Kink(
      place: place, convention: "\(choice.rawValue): \(words)", point: point, slopes: slopes,
      distance: distance, sides: sides)
  }
}

extension String {
  /// A whole number without its `.0`.
  fileprivate var droppingFraction: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
