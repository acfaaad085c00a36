/// What a value and its gradient cost, and the sweeps that its Jacobians take.
struct Cost: Sendable {
  /// What some entries cost.
  struct Amounts: Sendable {
    /// The entries that compute something.
    var entries: Int
    /// Additions, multiplications and function values, all turns of loops with them.
    var operations: Double
    /// The memory of all values, of the histories of loops with them.
    var bytes: Double
    /// Whether there are more operations, which nobody counts: steps of solvers, calls of what
    /// `smooth` averages, loops and branches inside of rules and of conditions.
    var isLeast = false
  }

  /// A loop whose turns are sweeps.
  struct SweepCount: Hashable, Sendable {
    var way: Sweeps.Way
    /// How many sweeps there are.
    var count: Int
    /// How many there would be without colouring.
    var places: Int
  }

  /// How many times the operations of a number its value and gradient together take at most, for a
  /// list of arithmetic (Baur and Strassen 1983).
  static let bound = 5.0

  let name: String
  let value: Amounts
  /// The value and its gradient together; nil where it is no number.
  let both: Amounts?
  let targets: [String]
  /// Those of the targets that the value does not depend on.
  let unread: [String]
  let sweeps: [SweepCount]
  /// How the value and its gradient are run.
  let plan: PlanSummary

  /// How many times the operations of the value both take; nil where they are not all counted.
  var ratio: Double? {
    guard let both, value.operations > 0, !value.isLeast, !both.isLeast else { return nil }
    return both.operations / value.operations
  }

  /// Counts a value; without targets, its gradient is that with respect to all inputs.
  static func make(
    of y: Slot, wrt targets: [Slot], in list: List, symbols: Symbols,
    profile: Planner.Profile = .lean
  ) throws(ExplanationError) -> Cost {
    let name = { (slot: Slot) in list.name(slot).map { symbols[$0] } ?? "the formula" }
    let needed = list.reached(from: [y])
    let inputs = needed.indices.filter { needed[$0] && list[Slot($0)].code == Code.input }
    let wanted = targets.isEmpty ? inputs.map { Slot($0) } : targets
    let value = try amounts(list, roots: [y])
    var both: Amounts?
    var (swept, roots) = (list, [y])
    var unread: [Slot] = []
    if list.shape(y).count == 1, !wanted.isEmpty {
      let gradient: [Slot]
      do {
        let one = try swept.appendOnes(list.shape(y))
        let adjoint = try swept.appendAdjoint(seeds: [(y, one)], wrt: wanted)
        gradient = wanted.compactMap { adjoint[$0] }
        unread = wanted.filter { adjoint[$0] == nil }
      } catch { throw .shapes(error) }
      roots += gradient
      both = try amounts(swept, roots: roots)
    }
    return Cost(
      name: name(y), value: value, both: both, targets: wanted.map(name),
      unread: unread.map(name),
      sweeps: list.sweepCounts(needed), plan: try plan(swept, roots, profile))
  }

  private static func plan(
    _ list: List, _ roots: [Slot], _ profile: Planner.Profile
  ) throws(ExplanationError) -> PlanSummary {
    var needed = List(like: list)
    _ = list.pruned(into: &needed, roots: roots, withEffects: false)
    do {
      return try PlanSummary(of: needed, limit: list.memory, profile: profile)
    } catch { throw .fault(error) }
  }

  private static func amounts(_ list: List, roots: [Slot]) throws(ExplanationError) -> Amounts {
    let counted: CountedList
    do { counted = try CountedList(list, roots: roots) } catch { throw .shapes(error) }
    do { return try counted.count() } catch { throw .fault(error) }
  }
}

extension List {
  /// The loops of sweeps among some entries, those in bodies with them.
  fileprivate func sweepCounts(_ needed: [Bool]) -> [Cost.SweepCount] {
    var found: [Cost.SweepCount] = []
    for place in needed.indices where needed[place] {
      let slot = Slot(place)
      guard let loop = loop(slot) else { continue }
      if let purpose = loop.purpose, let count = number(operand(slot, 0)) {
        found.append(
          .init(way: purpose.way, count: Int(count), places: purpose.places))
      }
      found += loop.body.sweepCounts(Array(repeating: true, count: loop.body.count))
    }
    return found
  }
}
