/// A binding with nothing but names, laid out as usual: `z = mul(x, y)`, `z = sin(x)`, `z = x + y`.
///
/// Long lists consist of them, so it is small; where its names stand follows from their lengths.
public struct PlainBinding: Sendable, BitwiseCopyable {
  /// What stands behind the `=`.
  enum Form: UInt8 {
    /// A call; `tight` without a blank behind the comma.
    case call, tight, add, subtract, multiply, divide
  }

  /// Offsets of its first byte and behind its last.
  let start: UInt32
  let end: UInt32
  /// The name that is bound, the operands; the second is -1 where there is one only.
  let target: Int32
  let a: Int32
  let b: Int32
  /// The symbol of the operation, and the form in the lowest three bits.
  private let operation: UInt32

  init(
    _ form: Form, start: Int, end: Int, target: Symbol, callee: Symbol?, a: Symbol, b: Symbol?
  ) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: end)
    self.target = target.index
    self.a = a.index
    self.b = b?.index ?? -1
    operation = UInt32(bitPattern: callee?.index ?? 0) << 3 | UInt32(form.rawValue)
  }

  /// Symbols from here on do not fit.
  static let symbolLimit: Int32 = 1 << 28

  var form: Form { Form(rawValue: UInt8(operation & 7)) ?? .call }
  /// The operation's name, nil where it is a sign.
  var callee: Symbol? { sign == nil ? Symbol(index: Int32(operation >> 3)) : nil }
  /// The sign between the operands.
  var sign: BinaryOperator? {
    switch form {
    case .call, .tight: nil
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    }
  }
}

extension Tree {
  /// A plain binding as the parser reads any other: a tree of its own, with the same places.
  func written(_ plain: PlainBinding, _ symbols: Symbols) -> (tree: Tree, binding: Node) {
    var tree = Tree(file: file)
    func length(_ name: Int32) -> UInt32 { UInt32(clamping: symbols.length(Symbol(index: name))) }
    let targetEnd = plain.start + length(plain.target)
    let target = tree.add(.name, plain.start, targetEnd, a: plain.target)
    let start = targetEnd + 3
    let value: Node
    if let sign = plain.sign {
      let aEnd = start + length(plain.a)
      let a = tree.add(.name, start, aEnd, a: plain.a)
      let b = tree.add(.name, aEnd + 3, plain.end, a: plain.b)
      value = tree.add(
        .binary, start, plain.end, detail: sign.rawValue, a: a.index, b: b.index, height: 1)
    } else {
      let name = plain.callee?.index ?? 0
      let calleeEnd = start + length(name)
      let callee = tree.add(.name, start, calleeEnd, a: name)
      let aEnd = calleeEnd + 1 + length(plain.a)
      var arguments = [tree.add(.name, calleeEnd + 1, aEnd, a: plain.a).index]
      if plain.b >= 0 {
        let from = aEnd + (plain.form == .tight ? 1 : 2)
        arguments.append(tree.add(.name, from, plain.end - 1, a: plain.b).index)
      }
      value = tree.add(
        .call, start, plain.end, a: callee.index, list: arguments[...], height: 1)
    }
    let binding = tree.addSimpleBinding(target, value, plain.start, plain.end)
    return (tree, binding)
  }
}
