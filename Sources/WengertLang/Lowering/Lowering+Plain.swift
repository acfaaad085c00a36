import WengertKernels

/// Plain bindings as entries.
///
/// What is written here is what the statement would be written as in any other layout; whatever is
/// not a new name for an operation on numbers of the program is left to the way of all statements.
extension Lowering {
  /// Whether plain bindings may be written as they come: at top level, where no function of the
  /// program hides a row and no input is given a value from outside.
  private var takesPlain: Bool {
    scope == 0 && frames.count == 1 && scopes.count == 1 && scopes[0].layers.count == 1
      && scopes[0].functions.isEmpty && scopes[0].layers[0].halves.isEmpty && presets.isEmpty
      && scopes[0].prefix.isEmpty
  }

  /// Makes room for the entries and names of some statements, where there are many.
  mutating func reserve(_ statements: Int) {
    guard statements > 1000, frames.count == 1, scopes.count == 1 else { return }
    frames[0].list.reserve(statements)
    scopes[0].layers[0].reserve(statements, names: symbols.count)
  }

  /// Writes a plain binding as an entry; false where that takes more than one look, and nothing is
  /// written then.
  mutating func write(_ plain: PlainBinding, file: Int) -> Bool {
    takesPlain
      && withProgram { lowering, list, layer in lowering.write(plain, file: file, &list, &layer) }
  }

  /// Writes the plain bindings of a tree, from one of its statements on, as long as each takes no
  /// more than one look; says how many it wrote.
  mutating func writePlains(from first: Int, in tree: Tree) -> Int {
    guard takesPlain else { return 0 }
    return withProgram { lowering, list, layer in
      var next = first
      while next < tree.statements.count, let plain = tree.plain(tree.statements[next]),
        list.count <= lowering.limits.entries, wl_interrupt_requested() == 0,
        lowering.write(plain, file: tree.file, &list, &layer)
      {
        next += 1
      }
      return next - first
    }
  }

  /// Works on the list and the names of the program, taken out for the while, so that a million
  /// bindings need not look for them.
  private mutating func withProgram<T>(
    _ work: (inout Lowering, inout List, inout Scope.Layer) -> T
  ) -> T {
    var (list, layer) = (List(), Scope.Layer())
    swap(&list, &frames[0].list)
    swap(&layer, &scopes[0].layers[0])
    let result = work(&self, &list, &layer)
    swap(&list, &frames[0].list)
    swap(&layer, &scopes[0].layers[0])
    return result
  }

  @inline(__always)
  private mutating func write(
    _ plain: PlainBinding, file: Int, _ list: inout List, _ layer: inout Scope.Layer
  ) -> Bool {
    let target = Symbol(index: plain.target)
    let length = symbols.length(target)
    guard let row = row(of: plain), layer.values.isFree(target),
      length > 1 || symbols[target] != "_", let a = Self.number(plain.a, layer, list)
    else { return false }
    var second: Slot?
    if plain.b >= 0 {
      guard let b = Self.number(plain.b, layer, list) else { return false }
      second = b
    }
    let span = Span(Int(plain.start) + length + 3, Int(plain.end), file: file)
    list.appendNamed(row, a, second, name: target, span: span)
    layer.bindNew(target, list.lastSlot)
    return true
  }

  /// The row of an operation on as many operands, by number.
  private mutating func row(of plain: PlainBinding) -> UInt16? {
    let known: PlainRow
    if let callee = plain.callee {
      let place = Int(callee.index)
      while plainRows.count <= place { plainRows.append(nil) }
      if let found = plainRows[place] {
        known = found
      } else {
        known = PlainRow(rows(spelled: callee).first, limits.kinks)
        plainRows[place] = known
      }
    } else {
      guard let sign = plain.sign else { return nil }
      known = PlainRow(Self.signRows[sign], limits.kinks)
    }
    guard known.kinks == limits.kinks, known.operands == (plain.b < 0 ? 1 : 2) else { return nil }
    return known.code
  }

  private static let signRows: [BinaryOperator: Primitive] = [
    .add: .add, .subtract: .sub, .multiply: .mul, .divide: .div,
  ]

  /// The entry that a name stands for, where it is a number that no operation is folded with.
  @inline(__always)
  private static func number(_ name: Int32, _ layer: Scope.Layer, _ list: List) -> Slot? {
    guard let (slot, isPlain) = layer.values.slot(Symbol(index: name)) else { return nil }
    if isPlain { return slot }
    let entry = list[slot]
    return entry.shape == 0 && entry.code != Code.number ? slot : nil
  }
}

/// The row that the operation of plain bindings is.
struct PlainRow: Sendable {
  /// How many operands it takes; 0 where it is none that they can name.
  let operands: Int
  let code: UInt16
  /// The slopes at kinks that it was looked up for.
  let kinks: KinkChoice

  init(_ row: Primitive?, _ kinks: KinkChoice) {
    self.kinks = kinks
    let plain = row.flatMap { $0.isPlain ? $0 : nil }
    operands = plain?.arguments.count ?? 0
    code = plain?.taking(kinks).code ?? 0
  }
}
