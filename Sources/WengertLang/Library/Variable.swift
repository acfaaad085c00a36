import WengertKernels

/// A quantity in a calculation: an input, a number, or what an operation makes of others.
///
/// Operators and functions of variables compute nothing. They note what is to be computed, and
/// ``list(at:)`` makes a Wengert list of it, which runs, prints, and has derivatives:
///
///     let x1 = Variable("x1"), x2 = Variable("x2")
///     let f = square(x1 + x1 + x2).named("f")
///     print(try f.trace(at: [x1: 3, x2: 4]))
///
/// Shapes are checked when the list is made, so a mistake is an error that is thrown.
public struct Variable: Sendable {
  let node: ExpressionNode

  init(_ node: ExpressionNode) { self.node = node }

  init(_ row: Primitive, _ operands: [Variable], _ statics: [Int] = []) {
    node = ExpressionNode(.operation(row, statics), operands.map(\.node))
  }

  /// An input of the calculation, which gets its value when the list runs.
  ///
  /// - Parameter shape: how many elements each axis has; empty for a number.
  public init(_ name: String, shape: [Int] = []) {
    node = ExpressionNode(.input(nil, shape), [], name: name)
  }

  /// An input with a value, which a run may replace.
  public init(_ name: String, _ value: Tensor) {
    node = ExpressionNode(.input(value, value.shape), [], name: name)
  }

  /// A constant.
  public init(_ value: Tensor) { node = ExpressionNode(.constant(value), []) }

  /// A constant.
  public init(_ number: Double) { self.init(Tensor(number)) }

  /// The same quantity under a name, which printouts show: `let f = (x * y).named("f")`.
  ///
  /// An input keeps the name that it has.
  public func named(_ name: String) -> Variable {
    if case .input = node.kind { return self }
    return Variable(ExpressionNode(node.kind, node.operands, name: name))
  }

  /// What it is called; nil without a name.
  public var name: String? { node.name }
}

extension Variable: Hashable {
  /// Inputs are equal by their names; everything else is equal to itself only.
  public static func == (a: Variable, b: Variable) -> Bool {
    a.node === b.node || (a.inputName != nil && a.inputName == b.inputName)
  }

  /// Inputs are equal by their names; everything else is equal to itself only.
  public func hash(into hasher: inout Hasher) {
    if let inputName { return hasher.combine(inputName) }
    hasher.combine(ObjectIdentifier(node))
  }

  var inputName: String? {
    if case .input = node.kind { return node.name }
    return nil
  }
}

extension Variable: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A constant.
  public init(floatLiteral value: Double) { self.init(value) }
  /// A constant.
  public init(integerLiteral value: Int) { self.init(Double(value)) }
}

/// A node of the graph that operators build.
///
/// Immutable, but for giving up its operands when it dies.
final class ExpressionNode: @unchecked Sendable {
  enum Kind: Sendable {
    case input(Tensor?, [Int])
    case constant(Tensor)
    case operation(Primitive, [Int])
    case slice([Variable.Part])
    /// A sweep; its results are read by parts.
    case sweep(Sweep)
    /// One result of the sweep that is the operand.
    case part(Int)
  }

  /// A derivative; the operands are y, then what it is taken by, then changes or the seed.
  enum Sweep: Sendable {
    case gradient, vjp, jvp, jacobian, hessian, hessianProduct
  }

  let kind: Kind
  let name: String?
  private(set) var operands: [ExpressionNode]
  /// Later nodes have higher numbers, so that lists keep the order in which they were written.
  let serial: Int

  init(_ kind: Kind, _ operands: [ExpressionNode], name: String? = nil) {
    self.kind = kind
    self.operands = operands
    self.name = name
    serial = wl_next_serial()
  }

  deinit {
    // A long chain would be released by as many calls within each other, more than a stack holds.
    var dying = operands
    operands = []
    while var node = dying.popLast() {
      guard isKnownUniquelyReferenced(&node) else { continue }
      dying += node.operands
      node.operands = []
    }
  }
}
