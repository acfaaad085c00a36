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

/// The two sides of a kink.
struct KinkSides: Sendable {
  /// How far the operands are from the kink: 0 there, of another sign on each side.
  let distance: @Sendable (Operands) -> Formula
  /// The partials on the side where the distance is negative.
  let left: [Double]
  /// The partials on the side where the distance is positive.
  let right: [Double]

  /// The partials that a choice takes; nil where the row's own ones stay, or there are none.
  func slopes(_ choice: KinkChoice) -> [Double]? {
    switch choice {
    case .convention, .error: return nil
    case .left: return left
    case .right: return right
    case .middle: return between(0.5)
    case .minimumNorm:
      // The point of the segment that is nearest to 0.
      let steps = zip(left, right).map { $1 - $0 }
      let length = steps.reduce(0) { $0 + $1 * $1 }
      let share = length == 0 ? 0 : -zip(left, steps).reduce(0) { $0 + $1.0 * $1.1 } / length
      return between(min(1, max(0, share)))
    }
  }

  private func between(_ share: Double) -> [Double] {
    zip(left, right).map { $0 + share * ($1 - $0) }
  }
}

extension Primitive {
  /// The operation with the slopes that a choice takes at its kink; itself where it has none.
  func taking(_ choice: KinkChoice) -> Primitive {
    let row = base ?? self
    guard row.sides != nil else { return self }
    return Catalogue.kinked[row]?[choice] ?? row
  }

  /// Rows like this one that take other slopes at the kink, one a choice.
  var kinkedRows: [KinkChoice: Primitive] {
    guard let sides, base == nil, case .partials(let partials) = rule else { return [:] }
    var rows: [KinkChoice: Primitive] = [:]
    for choice in KinkChoice.allCases where choice != .convention {
      let slopes = sides.slopes(choice)
      let rule = Rule.partials { o in
        partials(o).enumerated().map { index, partial in
          guard let partial else { return nil }
          let distance = sides.distance(o)
          guard let slopes else {
            let guarded = Formula.of(.nonzero, [distance])
            return .of(.choose, [.of(.equal, [guarded, 0]), 0, partial])
          }
          return .of(.choose, [.of(.equal, [distance, 0]), .number(slopes[index]), partial])
        }
      }
      rows[choice] = Primitive(
        row: self, rule: rule, kinks: kinks.map { $0.taking(slopes, choice) })
    }
    return rows
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

extension Kink {
  /// The same with other slopes.
  fileprivate func taking(_ slopes: [Double]?, _ choice: KinkChoice) -> Kink {
    guard let slopes, slopes.count == self.slopes.count else { return self }
    let numbers = slopes.map { $0.rounded() == $0 ? "\(Int($0))" : "\($0)" }
    return Kink(
      place: place,
      convention: "\(choice.rawValue): \(numbers.joined(separator: " and ")) "
        + (numbers.count == 1 ? "is" : "are") + " used",
      point: point, slopes: slopes)
  }
}
