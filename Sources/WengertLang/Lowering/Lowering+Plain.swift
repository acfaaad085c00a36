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
    let target = Symbol(index: plain.target)
    let length = symbols.length(target)
    guard takesPlain, let row = row(of: plain), scopes[0].layers[0].values.isFree(target),
      length > 1 || symbols[target] != "_", let a = plainNumber(plain.a)
    else { return false }
    var second: Slot?
    if plain.b >= 0 {
      guard let b = plainNumber(plain.b) else { return false }
      second = b
    }
    let span = Span(Int(plain.start) + length + 3, Int(plain.end), file: file)
    frames[0].list.appendNamed(row, a, second, name: target, span: span)
    scopes[0].layers[0].bindNew(target, frames[0].list.lastSlot)
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
  private func plainNumber(_ name: Int32) -> Slot? {
    guard let slot = scopes[0].layers[0].values.slot(Symbol(index: name)) else { return nil }
    let entry = frames[0].list[slot]
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
