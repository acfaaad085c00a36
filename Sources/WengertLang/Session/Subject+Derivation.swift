/// `derive f wrt x`: the derivation, for each input in turn.
extension Subject {
  mutating func derivation() throws(Refusal) -> Printout {
    let mode = try derivationMode()
    let isPlain = options.contains("plain")
    let wish = try wish()
    let inputs = targets.isEmpty ? reachedInputs : targets
    return try explained { subject throws(ExplanationError) in
      let renderer = DerivationRenderer(
        digits: subject.settings.digits, width: subject.settings.width, notation: wish.notation)
      var markup = Markup()
      var programs: [Markup]? = []
      var derivations: [Derivation] = []
      for (index, input) in inputs.enumerated() {
        let derivation = try Derivation.make(
          of: subject.output, by: input, in: subject.list, symbols: subject.symbols, mode: mode,
          isPlain: isPlain, title: subject.title)
        derivations.append(derivation)
        if index > 0 {
          markup.append("\n\n")
        }
        markup += renderer.render(derivation)
        if let whole = DerivationProgram(derivation).whole() {
          programs?.append(whole)
        } else {
          programs = nil
        }
        if subject.hasPoint {
          markup.append("\n")
          markup += renderer.values(derivation, gradient: try subject.slope(by: input))
        }
      }
      return Printout(
        markup: markup, json: ExplanationJSON.derivations(derivations),
        program: programs?.map { $0.plain + "\n" }.joined(),
        files: wish.files { .derivations(derivations, $0, $1) })
    }
  }

  /// The inputs that the output is computed from.
  var reachedInputs: [Slot] {
    let needed = list.reached(from: [output])
    return (0..<list.count).map { Slot($0) }.filter {
      needed[$0.place] && list[$0].code == Code.input && list.name($0) != nil
    }
  }

  /// The order behind `mode`.
  private func derivationMode() throws(Refusal) -> Derivation.Mode? {
    guard options.contains("mode") else { return nil }
    guard let mode = words["mode"].flatMap(Derivation.Mode.init(rawValue:)) else {
      throw Refusal(
        diagnostic: .unknownMode(Derivation.Mode.allCases.map(\.rawValue), at: span))
    }
    return mode
  }

  /// The derivative as a sweep computes it.
  private func slope(by input: Slot) throws(ExplanationError) -> [Double] {
    var straight = try StraightList(list, roots: [output, input])
    guard let y = straight.places[output], let x = straight.places[input] else { throw .notThere }
    do {
      let result: Slot?
      if straight.list.shape(y).count == 1 {
        let one = straight.list.appendUnit(like: y)
        result = try straight.list.appendAdjoint(seeds: [(y, one)], wrt: [x])[x]
      } else {
        result = try straight.list.appendTangent(seeds: [(x, straight.list.appendNumber(1))])[y]
      }
      do { try straight.run() } catch { throw ExplanationError.fault(error) }
      guard let result else { return Array(repeating: 0, count: straight.list.shape(x).count) }
      return straight.values.view(result, in: straight.list)?.array ?? []
    } catch let error as ExplanationError {
      throw error
    } catch let error as ShapeMismatch {
      throw .shapes(error)
    } catch {
      throw .notThere
    }
  }
}
