@testable import WengertLang

/// A program that has been read and run, and what can be told of it.
struct Told {
  let session: Session
  let output: String

  init(_ program: String) {
    var session = Session()
    var output = ""
    _ = session.run(program, name: "test") { event in
      switch event {
      case .printed(let text): output += text + "\n"
      case .diagnostic(let diagnostic): output += "\(diagnostic.code) \(diagnostic.title)\n"
      default: break
      }
    }
    self.session = session
    self.output = output
  }

  var list: List { session.lowering.program }
  var symbols: Symbols { session.lowering.symbols }

  func slot(_ name: String) -> Slot {
    guard let symbol = symbols.find(name), case .slot(let slot, _)? = session.lowering.find(symbol)
    else { return Slot(-1) }
    return slot
  }

  func list(_ name: String, running: Bool = false) throws -> String {
    let listing = try Listing.make(of: slot(name), in: list, symbols: symbols, running: running)
    return ListRenderer().render(listing, values: running).plain + "\n"
  }

  func trace(_ name: String, wrt names: [String] = [], rows: Bool = false) throws -> String {
    let trace = try Trace.make(of: slot(name), wrt: names.map(slot), in: list, symbols: symbols)
    return TraceRenderer(rows: rows).render(trace).plain + "\n"
  }

  func tangent(_ name: String, _ seeds: [String: [Double]]) throws -> String {
    let seeds = seeds.map { (slot: slot($0), tangent: $1) }
    let trace = try TangentTrace.make(of: slot(name), seeds: seeds, in: list, symbols: symbols)
    return TangentRenderer().render(trace).plain + "\n"
  }

  func adjoint(_ name: String, wrt names: [String] = []) throws -> String {
    let program = try AdjointProgram.make(
      of: slot(name), wrt: names.map(slot), in: list, symbols: symbols)
    return ProgramRenderer().render(program).plain + "\n"
  }

  /// The elements of a value.
  func elements(_ name: String) -> [Double] {
    session.lowering.values.view(slot(name), in: list)?.array ?? []
  }
}
