/// Forward mode, step by step: each entry with its value and its tangent.
struct TangentTrace: Sendable {
  /// The tangent of one entry.
  struct Step: Sendable {
    var slot: Slot
    /// What the tangents of the operands give; none for seeds, nil where a loop gives it.
    var terms: [Term?]
    var tangent: [Double]
  }

  let straight: StraightList
  let labels: Labels
  let output: Slot
  /// The entries that have a tangent, in the order of the labels.
  private(set) var steps: [Step] = []

  /// Carries tangents forward to y.
  ///
  /// - Parameter seeds: inputs with the elements of their tangents, of their shapes.
  static func make(
    of y: Slot, seeds: [(slot: Slot, tangent: [Double])], in list: List, symbols: Symbols
  ) throws(ExplanationError) -> TangentTrace {
    let straight = try StraightList(list, roots: [y] + seeds.map(\.slot))
    return try TangentTrace(straight, y: y, seeds: seeds, symbols: symbols)
  }

  private init(
    _ straight: StraightList, y: Slot, seeds: [(slot: Slot, tangent: [Double])], symbols: Symbols
  ) throws(ExplanationError) {
    guard let output = straight.places[y] else { throw .notThere }
    self.output = output
    var straight = straight
    let list = straight.list
    var wanted: [(slot: Slot, tangent: Slot)] = []
    for (slot, elements) in seeds {
      guard let place = straight.places[slot], elements.count == list.shape(place).count else {
        throw .notThere
      }
      let tangent = straight.list.appendData(elements, shape: list.shape(place), isInput: true)
      wanted.append((place, tangent))
    }
    labels = Labels(straight, roots: [output] + wanted.map(\.slot), symbols: symbols)
    let tangent: Tangent
    do {
      tangent = try straight.list.appendTangent(seeds: wanted)
    } catch {
      throw .shapes(error)
    }
    do { try straight.run() } catch { throw .fault(error) }
    self.straight = straight
    let seeded = Set(wanted.map(\.slot))
    for slot in labels.lines where !Kernel.isStopped {
      guard let place = tangent[slot] else { continue }
      let elements = straight.values.view(place, in: straight.list)?.array ?? []
      do {
        let terms = seeded.contains(slot) ? [] : try Self.terms(of: slot, tangent, in: list)
        steps.append(Step(slot: slot, terms: terms, tangent: elements))
      } catch {
        throw .shapes(error)
      }
    }
  }

  private static func terms(
    of slot: Slot, _ tangent: Tangent, in list: List
  ) throws(ShapeMismatch) -> [Term?] {
    let isCustom = list[slot].code == Code.custom
    guard isCustom || !list.primitive(slot).isInternal else { return [nil] }
    var terms: [Term?] = []
    for (index, operand) in list.operands(slot).enumerated() where tangent[operand] != nil {
      guard let term = try Term.pushforward(of: slot, from: index, in: list) else {
        if isCustom { return [nil] }
        continue
      }
      terms.append(term)
    }
    return terms
  }
}
