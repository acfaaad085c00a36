import WengertKernels

/// Plain bindings as entries.
///
/// What is written here is what the statement would be written as in any other layout; whatever is
/// not a name for an operation on numbers of the list is left to the way of all statements.
extension Lowering {
  /// Whether plain bindings may be written as they come: in the program and the bodies of its loops
  /// and branches, where no function of the program hides a row and no input is given a value from
  /// outside.
  private var takesPlain: Bool {
    scope == 0 && scopes.count == 1 && frames.count == scopes[0].layers.count
      && scopes[0].functions.isEmpty && presets.isEmpty && scopes[0].prefix.isEmpty
      && scopes[0].layers.allSatisfy { $0.halves.isEmpty }
  }

  /// Makes room for the entries and names of some statements, where there are many.
  mutating func reserve(_ statements: Int) {
    guard statements > 1000, frames.count == 1, scopes.count == 1 else { return }
    frames[0].list.reserve(statements)
    scopes[0].layers[0].reserve(names: symbols.count)
  }

  /// Writes a plain binding as an entry; false where that takes more than one look, and nothing is
  /// written then.
  mutating func write(_ plain: PlainBinding, file: Int) -> Bool {
    guard takesPlain else { return false }
    if depth > 0 { captureOperands(of: plain, file: file) }
    return withInnermost { lowering, list, layer in
      lowering.write(plain, file: file, &list, &layer)
    }
  }

  /// Has what a plain binding of a body reads from outside stand in the body's list.
  private mutating func captureOperands(of plain: PlainBinding, file: Int) {
    guard row(of: plain) != nil else { return }
    let layer = scopes[0].layers.count - 1
    let span = Span(Int(plain.start), Int(plain.end), file: file)
    for index in [plain.a, plain.b] where index >= 0 {
      let name = Symbol(index: index)
      guard scopes[0].layers[layer].values.isFree(name) else { continue }
      guard case .slot(let slot, let from)? = find(name), shape(slot, depth: from).isScalar,
        let inside = try? use(slot, depth: from, at: span)
      else { return }
      scopes[0].layers[layer].outer[name] = .slot(inside, depth: depth)
    }
  }

  /// Writes the plain bindings among the statements of a tree, from one of them on, as long as each
  /// takes no more than one look; says how many it wrote.
  mutating func writePlains(_ places: Range<Int>, in tree: Tree, _ node: (Int) -> Node) -> Int {
    guard let first = places.first, tree.plain(node(first)) != nil, takesPlain else { return 0 }
    return withInnermost { lowering, list, layer in
      var next = first
      while next < places.upperBound, let plain = tree.plain(node(next)),
        list.count <= lowering.limits.entries, wl_interrupt_requested() == 0,
        lowering.write(plain, file: tree.file, &list, &layer)
      {
        next += 1
      }
      return next - first
    }
  }

  /// Works on the list and the names of the program or of its innermost body, taken out for the
  /// while, so that a million bindings need not look for them.
  private mutating func withInnermost<T>(
    _ work: (inout Lowering, inout List, inout Scope.Layer) -> T
  ) -> T {
    let inner = depth
    var (list, layer) = (List(), Scope.Layer())
    swap(&list, &frames[inner].list)
    swap(&layer, &scopes[0].layers[inner])
    let result = work(&self, &list, &layer)
    swap(&list, &frames[inner].list)
    swap(&layer, &scopes[0].layers[inner])
    return result
  }

  @inline(__always)
  private mutating func write(
    _ plain: PlainBinding, file: Int, _ list: inout List, _ layer: inout Scope.Layer
  ) -> Bool {
    let target = Symbol(index: plain.target)
    let length = symbols.length(target)
    // A name of the program that is bound again has versions.
    let isNew = layer.values.isFree(target)
    guard let row = row(of: plain), isNew || frames.count > 1,
      length > 1 || symbols[target] != "_", let a = Self.number(plain.a, layer, list)
    else { return false }
    var second: Slot?
    if plain.b >= 0 {
      guard let b = Self.number(plain.b, layer, list) else { return false }
      second = b
    }
    let span = Span(Int(plain.start) + length + 3, Int(plain.end), file: file)
    list.appendNamed(row, a, second, name: target, span: span)
    if isNew {
      layer.bindNew(target, list.lastSlot)
    } else {
      layer.values.setPlain(target, list.lastSlot)
    }
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
    let name = Symbol(index: name)
    let found =
      layer.values.slot(name) ?? (layer.values.isFree(name) ? layer.outer.slot(name) : nil)
    guard let (slot, isPlain) = found else { return nil }
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
