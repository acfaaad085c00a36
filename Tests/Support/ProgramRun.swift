import WengertLang

/// A program that has run: what it printed, what it was told, what its names stand for.
public struct ProgramRun {
  /// The session after the run, to go on with.
  public private(set) var session = Session()
  /// What `print` put out, a line each.
  public private(set) var output: [String] = []
  /// The codes of errors and warnings, in order.
  public private(set) var codes: [String] = []
  /// The errors and warnings.
  public private(set) var diagnostics: [Diagnostic] = []
  /// The printouts of commands.
  public private(set) var reports: [String] = []
  /// Whether all of it ran.
  public private(set) var isDone = true

  /// Runs a program; at a prompt every statement is run for itself.
  public init(_ program: String, atPrompt: Bool = false) {
    session.settings.digits = 17
    session.settings.echoes = atPrompt
    go(on: program)
  }

  /// Runs some more.
  public mutating func go(on program: String) {
    var events: [Event] = []
    isDone = session.run(program, name: "test") { events.append($0) }
    for event in events {
      switch event {
      case .printed(let text): output.append(text)
      case .report(let markup, _), .steps(let markup, _): reports.append(markup.plain)
      case .diagnostic(let diagnostic):
        diagnostics.append(diagnostic)
        codes.append(diagnostic.code)
      default: break
      }
    }
  }

  /// The numbers in the value of a name, row by row; empty where it has none.
  public func numbers(_ name: String) -> [Double] {
    ProgramRun.numbers(in: session.value(of: name) ?? "")
  }

  /// The names in sight with their values as texts.
  public var state: [String] {
    session.names.map { "\($0.name): \($0.description) = \(session.value(of: $0.name) ?? "?")" }
  }

  /// The numbers in a text.
  public static func numbers(in text: String) -> [Double] {
    text.split { "[](), \n".contains($0) }.compactMap { part in
      var part = String(part)
      if part.hasSuffix(".") { part.removeLast() }
      return Double(part)
    }
  }
}

/// How far two lists of numbers are apart, as a fraction of their size; infinite if not comparable.
public func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count, !a.isEmpty else { return .infinity }
  var worst = 0.0
  for (x, y) in zip(a, b) where x != y {
    let difference = (x - y).magnitude / max(1, x.magnitude, y.magnitude)
    worst = difference.isNaN ? .infinity : max(worst, difference)
  }
  return worst
}
