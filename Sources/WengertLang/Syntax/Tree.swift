/// The place of a node in a `Tree`.
public struct Node: Hashable, Sendable, BitwiseCopyable {
  let index: Int32
}

/// Several nodes that lie one behind the other in a tree's `children`.
public struct Nodes: Hashable, Sendable {
  let start: Int32
  let end: Int32

  var count: Int { Int(end - start) }
  var isEmpty: Bool { start == end }
  static let none = Nodes(start: 0, end: 0)
}

/// A program as written: every statement and formula with its place in the text.
///
/// The nodes lie in one flat array, so that a program of a million statements needs no million
/// allocations. `statement(_:)` and `expression(_:)` read a node as an enum with its parts;
/// `numbers` and `strings` hold the values of literals.
public struct Tree: Sendable {
  /// What a node is; what its fields `a` and `b` mean stands beside its builder and its accessor.
  enum Kind: UInt8, Sendable {
    // expressions
    case number, string, name, call, starredCall, method, index, slice, tuple, array, unary, binary
    case range, derivative, transpose, named
    // statements
    case bind, update, bare, function, forLoop, repeatLoop, whileLoop, ifElse, block, returns
    case prints, inputs, rule, minimize, command, erroneous
  }

  /// One node in 20 bytes.
  struct Record: Sendable {
    var kind: Kind
    var detail: UInt8 = 0
    /// Levels of formulas below it, kept so that no formula is too deep to be walked.
    var height: UInt16 = 0
    var start: UInt32
    var end: UInt32
    var a: Int32 = -1
    var b: Int32 = -1
  }

  var file: Int
  var records: [Record] = []
  var children: [Int32] = []
  var numbers: [Double] = []
  var strings: [String] = []
  /// Bindings such as `z = mul(x, y)`, of which long lists are made.
  var plains: [PlainBinding] = []
  /// The statements of the program, in order; those below 0 are plain bindings, in blocks too.
  var statements: LazyMapSequence<NumberRuns, Node> {
    statementNumbers.lazy.map { Node(index: $0) }
  }
  private var statementNumbers = NumberRuns(step: -1)

  init(file: Int) { self.file = file }

  /// Adds a statement of the program.
  mutating func append(statement: Node) { statementNumbers.append(statement.index) }

  /// Where a node stands in the text.
  func span(_ node: Node) -> Span {
    if let plain = plain(node) { return Span(Int(plain.start), Int(plain.end), file: file) }
    let record = records[Int(node.index)]
    return Span(Int(record.start), Int(record.end), file: file)
  }

  /// The plain binding that a statement is, nil for any other.
  @inline(__always)
  func plain(_ node: Node) -> PlainBinding? { node.index < 0 ? plains[Int(~node.index)] : nil }

  /// One node of a list.
  func node(_ nodes: Nodes, _ index: Int) -> Node {
    Node(index: children[Int(nodes.start) + index])
  }

  /// The nodes of a list, in order.
  subscript(_ nodes: Nodes) -> [Node] {
    children[Int(nodes.start)..<Int(nodes.end)].map { Node(index: $0) }
  }
}

/// The infix operators of formulas.
enum BinaryOperator: UInt8, Sendable, CaseIterable {
  case add, subtract, multiply, divide, remainder, matrix, power
  case less, greater, lessEqual, greaterEqual, equal, notEqual, and, or

  /// How it is written.
  var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .matrix: "@"
    case .power: "^"
    case .less: "<"
    case .greater: ">"
    case .lessEqual: "<="
    case .greaterEqual: ">="
    case .equal: "=="
    case .notEqual: "!="
    case .and: "and"
    case .or: "or"
    }
  }
}

/// The prefix operators of formulas.
enum UnaryOperator: UInt8, Sendable {
  case minus, not
}

/// A formula, one level deep.
enum Expression: Sendable {
  /// `3`, `2.5e-3`
  case number(Double)
  /// `"…"`, escapes resolved
  case string(String)
  /// `x1`
  case name(Symbol)
  /// `f(a, b, axis = 1)`; the callee is a name, a derivative `f'` or a call such as `grad(f)`
  case call(callee: Node, arguments: Nodes)
  /// `add*(a, b)`: the name without its star
  case starredCall(Symbol, arguments: Nodes)
  /// `a.op(b)`: `op(a, b)`
  case method(receiver: Node, Symbol, arguments: Nodes)
  /// `A[i, j]`; each index is an expression or a `slice`
  case index(base: Node, indices: Nodes)
  /// `a..b by s` inside `[ ]`, each part may be missing
  case slice(from: Node?, to: Node?, by: Node?)
  /// `(a, b)`, `(a,)`, `()`
  case tuple(Nodes)
  /// `[a, b]`
  case array(Nodes)
  /// `-a`, `not a`
  case unary(UnaryOperator, Node)
  /// `a + b`
  case binary(BinaryOperator, Node, Node)
  /// `a..b`, `a..b by s` outside of `[ ]`
  case range(from: Node, to: Node, by: Node?)
  /// `f'`, `f''`: the function's name and how many primes
  case derivative(Symbol, order: Int)
  /// `a.T`
  case transpose(Node)
  /// `axis = 1`, `x = dx` among arguments
  case named(Symbol, Node)
  /// stands where no formula could be read; a diagnostic was given
  case erroneous
}

/// The operator of `+=` and its kin.
typealias UpdateOperator = BinaryOperator

/// A statement, one level deep.
enum Statement: Sendable {
  /// `a, w[1] = b = exprs`: one list of targets for each `=`; a target is a name or an index
  case bind(targets: [Nodes], values: Nodes)
  /// `a = add(x, y)`, `a = x + y` with nothing but names, laid out as usual
  case plain(PlainBinding)
  /// `w += e`, `w[1] *= e`
  case update(target: Node, UpdateOperator, value: Node)
  /// a formula on its own
  case bare(Node)
  /// `f(x, y) = …`: the body is a block, or a list of formulas that are the results
  case function(Symbol, nameSpan: Span, parameters: Nodes, body: FunctionBody)
  /// `for a, b in xs, ys { … }`
  case forLoop(names: Nodes, over: Nodes, body: Node)
  /// `repeat n { … }`
  case repeatLoop(count: Node, body: Node)
  /// `while c { … }`
  case whileLoop(condition: Node, body: Node)
  /// `if c { … } else { … }`; the other arm is a block or another `if`
  case ifElse(condition: Node, then: Node, otherwise: Node?)
  /// `{ … }`
  case block(Nodes)
  /// `return a, b`
  case returns(Nodes)
  /// `print a, "E = {E:.3f}"`
  case prints(Nodes)
  /// `input x1, X: [4, 3]`: pairs of a name node and a shape node, nil where it is a scalar
  case inputs([(name: Node, shape: Node?)])
  /// `rule cube(a) = a^3 { d/da = 3*a^2 }`
  case rule(RuleStatement)
  /// `minimize E over W1, w2 by sgd(rate = 1) for 600 steps …`
  case minimize(Minimize)
  /// `trace f wrt x1 at x2 = 3 to "f.tex"`
  case command(Command)
  /// could not be read; a diagnostic was given
  case erroneous
}

/// What stands behind the `=` of a function.
enum FunctionBody: Sendable {
  case block(Node)
  case results(Nodes)
}

/// The parts of a `rule` statement.
struct RuleStatement: Sendable {
  var name: Symbol
  var parameters: Nodes
  var value: Node
  var parts: [RulePart]
  /// Whether its derivative is to be taken as it is written.
  var isUnchecked: Bool
}

/// One line of a rule's block.
struct RulePart: Sendable {
  /// `d/da = …` is a partial, `bar A = …` an adjoint.
  var isBar: Bool
  var parameter: Symbol
  var parameterSpan: Span
  var value: Node
}

/// The parts of a `minimize` statement.
struct Minimize: Sendable {
  var objective: Node
  var over: Nodes
  var optimizer: Symbol
  var arguments: Nodes
  var batch: (size: Node, names: Nodes)?
  var steps: Node
  var every: (count: Node, items: Nodes)?
  /// After how many steps each the weights go to which file.
  var save: (count: Node, path: Node)?
  /// Which file has the weights and the steps to go on from.
  var from: Node?
}

/// The parts of a command line: `WORD exprs {clause}`.
struct Command: Sendable {
  var word: Symbol
  var wordSpan: Span
  var operands: Nodes
  /// `wrt x1, x2 = 1`: nodes are names or `named`.
  var wrt: Nodes
  /// `at x1 = 3`: nodes are `named`.
  var at: Nodes
  /// `to "file.ext"`.
  var to: Node?
  /// Any other `word exprs`: `over x`, `loglog`, `styles "r--", "b-"`, `rows`, `in full`.
  var options: [(word: Symbol, values: Nodes)]
}
