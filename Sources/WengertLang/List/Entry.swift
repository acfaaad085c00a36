/// One line of a Wengert list: an operation and what it reads.
///
/// Two operands lie inline; an entry with more, with static parameters or with a body keeps them in
/// the list's details.
struct Entry: Sendable {
  /// The row's number in the `Catalogue`.
  var code: UInt16
  /// Whether `a` is a place in the list's details.
  var hasDetail: Bool
  /// How many operands lie inline.
  var inlineCount: UInt8
  /// The number of its shape in the list's shapes.
  var shape: Int32
  /// The first operand, the place of the detail, the offset of a number's elements, or the count of
  /// a parameter.
  var a: Int32
  /// The second operand, or which part of a loop or branch this is.
  var b: Int32

  /// Whether it is a number or an input.
  @inline(__always)
  var isGiven: Bool { code == Code.number || code == Code.input }

  /// Whether it is an operation that makes a number of one or two operands, of which long lists
  /// consist.
  @inline(__always)
  var isPlainNumber: Bool {
    shape == 0 && !hasDetail && inlineCount > 0 && code >= Code.firstOperation
  }
}

/// What an entry needs beyond two operands.
struct Detail: Sendable {
  var operands: [Slot] = []
  var statics: [Int] = []
  var structure: Structure?
}

/// The bodies of entries that are no plain operation.
enum Structure: Sendable {
  case loop(Loop)
  case branch(Branch)
  case custom(Custom)
  case print(PrintItems)

  /// Whether it prints, or something in its bodies does.
  var isEffect: Bool {
    switch self {
    case .print: true
    case .loop(let loop): loop.body.hasEffects
    case .branch(let branch): branch.then.hasEffects || branch.otherwise.hasEffects
    case .custom: false
    }
  }
}

/// A loop: a body that is run turn by turn, with values carried from turn to turn.
///
/// The operands of its entry are, in this order: the count (where there is no condition), the
/// starts of the carried values, the arrays walked along their first axis, the captured outside
/// values. The parameters of the body are the carried values, one element of each walk, the
/// captures, and the number of the turn. Its results are the next carried values and then the
/// values to stack.
final class Loop: Sendable {
  let body: List
  /// Reads the parameters of the carried values and captures; nil where the loop has a count.
  let condition: List?
  let carried: Int
  let walks: Int
  let captures: Int
  let stacks: Int
  /// Whether walks, stacks and the number of the turn run from the last to the first.
  let isBackward: Bool
  /// Set where each turn is a sweep of a Jacobian or Hessian.
  let purpose: Sweeps?
  /// Whether it is the training of a `minimize`: its first stack holds what becomes small.
  let isTraining: Bool

  init(
    body: List, condition: List? = nil, carried: Int, walks: Int, captures: Int, stacks: Int = 0,
    isBackward: Bool = false, purpose: Sweeps? = nil, isTraining: Bool = false
  ) {
    self.body = body
    self.condition = condition
    self.carried = carried
    self.walks = walks
    self.captures = captures
    self.stacks = stacks
    self.isBackward = isBackward
    self.purpose = purpose
    self.isTraining = isTraining
  }

  /// Where the starts stand among the operands.
  var startPlaces: Range<Int> { offset..<(offset + carried) }
  /// Where the walked arrays stand among the operands.
  var walkPlaces: Range<Int> { (offset + carried)..<(offset + carried + walks) }
  /// Where the captured values stand among the operands.
  var capturePlaces: Range<Int> {
    (offset + carried + walks)..<(offset + carried + walks + captures)
  }
  private var offset: Int { condition == nil ? 1 : 0 }

  /// The body's parameter that an operand of the entry is handed to, nil for the count.
  func parameter(forOperand place: Int) -> Slot? {
    place < offset ? nil : body.parameters[place - offset]
  }
  /// The body's parameter that holds the number of the turn.
  var turn: Slot { body.parameters[carried + walks + captures] }
}

/// What the turns of a loop are where each is a sweep: how a Jacobian was found.
struct Sweeps: Hashable, Sendable {
  /// Forward from a seed, or in reverse, or a run at shifted inputs, or in complex numbers.
  enum Way: String, Sendable {
    case forward, reverse, difference, complexStep
  }

  var way: Way
  /// How many sweeps there are without colouring.
  var places: Int
}

/// A branch: two bodies with the same parameters and results; the first operand is the condition.
final class Branch: Sendable {
  let then: List
  let otherwise: List

  init(then: List, otherwise: List) {
    self.then = then
    self.otherwise = otherwise
  }
}

/// The items of a `print`: text, and values with formats; `operand` counts the entry's operands.
struct PrintItems: Sendable {
  enum Item: Sendable {
    case text(String)
    /// A value in the default layout, or in a format of the kind `.3f` or `!r`.
    case value(operand: Int, format: String?)
  }
  /// Items with a blank between, each of pieces.
  var items: [[Item]]
  /// Where the operands go instead, as arrays with names.
  var save: Save?

  struct Save: Sendable {
    var path: String
    var names: [String]
    /// Where the path is written.
    var span: Span
  }
}
