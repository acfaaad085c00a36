/// One point where derivatives are a convention.
struct KinkPoint {
  /// The inputs, the value and what is derived by.
  var inputs: String
  var formula: String
  var wrt: String
  /// What others gave when they were run there, or document; a dot for nothing.
  var jax: String
  var pytorch: String
  var chainRules: String

  /// What a run of this version gives, element by element.
  var here: String {
    var session = Session()
    var printed = ""
    let program = "\(inputs)\ny = \(formula)\nprint grad(y, \(wrt))\n"
    _ = session.run(program, name: "point") {
      if case .printed(let text) = $0 { printed += text }
    }
    let numbers = printed.split { " \n[](),".contains($0) }
    return numbers.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }.joined(separator: " ")
  }
}

/// The page of kinks: what the rows agree on, and what other systems give at the same points.
extension Reference {
  static var kinksPage: String {
    var page = "# Kinks\n\n" + origin
    page += """

      Where an operation has no slope, it has a convention. `set kinks left`, `right`,
      `middle` or `minimum-norm` takes another one; a dot means that it stays, since the
      value jumps or ends there. `set kinks error` stops the run at each of these places.
      A trace marks every entry that is at one or next to it, with the distance.


      """
    let rows = Catalogue.families.flatMap(\.rows).filter { !$0.isInternal }
    page += table(
      ["operation", "at", "convention", "left", "right", "middle", "minimum-norm"],
      rows.flatMap { row in
        row.kinks.map { kink in
          ["`\(row.name)`", kink.place, kink.convention]
            + [.left, .right, .middle, .minimumNorm].map { words(kink, $0) }
        }
      })
    page += "\n## Beside other systems\n\n"
    page += "The slopes at single points: here as this version computes them, of\n"
    page += "\(KinkPoint.versions) as they were run, of ChainRules as its rules say.\n\n"
    page += table(
      ["value", "at", "by", "here", "JAX", "PyTorch", "ChainRules"],
      KinkPoint.all.map {
        ["`\($0.formula)`", "`\($0.inputs)`", $0.wrt, $0.here, $0.jax, $0.pytorch, $0.chainRules]
      })
    return page
  }

  /// The slopes that a choice takes; a dot where they are those of the convention.
  private static func words(_ kink: Kink, _ choice: KinkChoice) -> String {
    guard let slopes = kink.sides.slopes(choice) else { return "·" }
    return slopes.map { NumberFormat.significant($0, digits: 3) }.joined(separator: " and ")
  }
}
