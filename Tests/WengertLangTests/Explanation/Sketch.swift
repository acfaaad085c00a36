@testable import WengertLang

/// A list made by hand, with names: what lowering makes of a program.
struct Sketch {
  var list = List()
  var symbols = Symbols()

  mutating func input(_ name: String, _ value: Double) -> Slot {
    input(name, [value], .scalar)
  }

  mutating func input(_ name: String, _ rows: [[Double]]) -> Slot {
    input(name, rows.flatMap { $0 }, Shape([rows.count, rows.first?.count ?? 0]))
  }

  mutating func input(_ name: String, _ elements: [Double], _ shape: Shape) -> Slot {
    let slot = list.appendData(elements, shape: shape, isInput: true)
    list.setName(slot, symbols.intern(name))
    return slot
  }

  mutating func entry(
    _ name: String?, _ row: Primitive, _ operands: Slot..., statics: [Int] = []
  ) throws -> Slot {
    let slot = try list.append(row, operands, statics)
    if let name { list.setName(slot, symbols.intern(name)) }
    return slot
  }

  mutating func number(_ value: Double) -> Slot { list.appendNumber(value) }

  /// The list of the slides: f = (2 x1 + x2)^2 at 3 and 4.
  static func slide() throws -> (sketch: Sketch, f: Slot) {
    var sketch = Sketch()
    let x1 = sketch.input("x1", 3)
    let x2 = sketch.input("x2", 4)
    let z1 = try sketch.entry("z1", .add, x1, x1)
    let z2 = try sketch.entry("z2", .add, z1, x2)
    let f = try sketch.entry("f", .square, z2)
    return (sketch, f)
  }

  func trace(_ y: Slot, wrt targets: Slot..., rows: Bool = false) throws -> String {
    let trace = try Trace.make(of: y, wrt: targets, in: list, symbols: symbols)
    return TraceRenderer(rows: rows).render(trace).plain + "\n"
  }
}
