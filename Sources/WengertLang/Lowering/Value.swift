/// What a formula stands for while a list is written: an entry of a list, or a tuple of values.
enum Value: Sendable {
  /// An entry of the list at some depth: 0 is the program, deeper ones are bodies being written.
  case slot(Slot, depth: Int)
  /// Several values; tuples exist only while a list is written.
  case tuple([Value])

  /// The entries in it, in order.
  var leaves: [(slot: Slot, depth: Int)] {
    switch self {
    case .slot(let slot, let depth): [(slot, depth)]
    case .tuple(let parts): parts.flatMap(\.leaves)
    }
  }

  /// The same structure with other entries; `leaves` are taken from the front.
  func replacing(_ leaves: inout ArraySlice<Value>) -> Value {
    switch self {
    case .slot: leaves.popFirst() ?? self
    case .tuple(let parts): .tuple(parts.map { $0.replacing(&leaves) })
    }
  }
}

/// What a name stands for before `(` and `'`.
indirect enum Function: Sendable {
  /// A function of the program.
  case defined(Definition)
  /// The rows of the table with this spelling.
  case rows(String)
  /// The derivative of a function of one argument, that many times.
  case derivative(Function, order: Int)
  /// `grad(f)`, `jacobian(f)`, `hessian(f)`: a function of the same arguments.
  case derived(Mode, Function)

  /// A derivative that is taken of a function as a whole.
  enum Mode: String, Sendable {
    case gradient = "grad"
    case jacobian, hessian
  }
}

/// A function of the program, as written.
final class Definition: Sendable {
  /// What makes a definition a row of its own.
  struct Rule: Sendable {
    var value: Node
    var parts: [RulePart]
    var isUnchecked: Bool
  }

  let name: Symbol
  let span: Span
  let parameters: [Symbol]
  let body: FunctionBody
  let tree: Tree
  /// The scope that its free names are looked up in.
  let home: Int
  /// What it derives by.
  let derivations: Derivations
  /// A row of its own: a rule with its partials or adjoints.
  let rule: Rule?

  init(
    name: Symbol, span: Span, parameters: [Symbol], body: FunctionBody, tree: Tree, home: Int,
    derivations: Derivations = Derivations(), rule: Rule? = nil
  ) {
    self.name = name
    self.span = span
    self.parameters = parameters
    self.body = body
    self.tree = tree
    self.home = home
    self.derivations = derivations
    self.rule = rule
  }
}

/// What names stand for: few names in a table, the many of a program or of a long body in an array
/// by their numbers.
struct Bindings: Sendable {
  private var few: [Symbol: Value] = [:]
  /// For each name the entry of the list that it stands for, or one of the numbers below; plain
  /// numbers count down from the last of those.
  private var many: [Int32] = []
  private let isDense: Bool
  /// The depth of the list.
  private let depth: Int

  private static let nothing: Int32 = -1
  /// It stands for something else, which is in the table.
  private static let other: Int32 = -2
  private static let firstPlain: Int32 = -3

  init(isDense: Bool = false, depth: Int = 0) {
    self.isDense = isDense
    self.depth = depth
  }

  /// The entry of the list that a name stands for, and whether it is known to be a number that was
  /// computed; nil where it stands for nothing, or for something else.
  @inline(__always)
  func slot(_ name: Symbol) -> (slot: Slot, isPlain: Bool)? {
    guard isDense else {
      if case .slot(let slot, depth)? = few[name] { return (slot, false) }
      return nil
    }
    let place = Int(name.index)
    guard place < many.count else { return nil }
    let known = many[place]
    if known >= 0 { return (Slot(Int(known)), false) }
    return known <= Self.firstPlain ? (Slot(Int(Self.firstPlain - known)), true) : nil
  }

  /// Whether a name stands for nothing.
  @inline(__always)
  func isFree(_ name: Symbol) -> Bool {
    guard isDense else { return few[name] == nil }
    let place = Int(name.index)
    return place >= many.count || many[place] == Self.nothing
  }

  subscript(_ name: Symbol) -> Value? {
    get {
      guard isDense else { return few.isEmpty ? nil : few[name] }
      let place = Int(name.index)
      guard place < many.count, many[place] != Self.nothing else { return nil }
      return slot(name).map { .slot($0.slot, depth: depth) } ?? few[name]
    }
    set {
      guard isDense else { return few[name] = newValue }
      switch newValue {
      case nil: set(name, Self.nothing)
      case .slot(let slot, depth)?: set(name, slot.index)
      case let other?:
        set(name, Self.other)
        few[name] = other
      }
    }
  }

  /// Makes room for names.
  mutating func reserve(_ names: Int) {
    guard isDense, names > many.count else { return }
    many.reserveLarge(names)
    many.append(contentsOf: repeatElement(Self.nothing, count: names - many.count))
  }

  /// Binds a name to a number of the list that was computed.
  @inline(__always)
  mutating func setPlain(_ name: Symbol, _ slot: Slot) {
    guard isDense else { return few[name] = .slot(slot, depth: depth) }
    set(name, Self.firstPlain - slot.index)
  }

  @inline(__always)
  private mutating func set(_ name: Symbol, _ slot: Int32) {
    let place = Int(name.index)
    if place >= many.count {
      let room = max(place + 1, many.count + many.count / 2)
      many.append(contentsOf: repeatElement(Self.nothing, count: room - many.count))
    }
    if many[place] == Self.other { few[name] = nil }
    many[place] = slot
  }
}

/// The names of one function call, or of the program; bodies of loops and branches lie over them.
struct Scope: Sendable {
  /// Names bound in one place.
  struct Layer: Sendable {
    var values: Bindings
    /// Names from outside of a body, with the parameters that stand for them there, as far as plain
    /// bindings have asked.
    var outer: Bindings
    /// Names that only one arm of a branch bound, so that they stand for nothing.
    var halves: [Symbol: Span] = [:]
    /// The names in the order in which they were bound first.
    var order: LazyMapSequence<NumberRuns, Symbol> { numbers.lazy.map { Symbol(index: $0) } }
    private var numbers = NumberRuns(step: 1)

    /// Names that stand for entries of the list at some depth, many of them where it is dense.
    init(isDense: Bool = false, depth: Int = 0) {
      values = Bindings(isDense: isDense, depth: depth)
      outer = values
    }

    mutating func bind(_ name: Symbol, _ value: Value) {
      if values[name] == nil { numbers.append(name.index) }
      values[name] = value
      if !halves.isEmpty { halves[name] = nil }
    }

    /// Makes room for names, of as many as there are.
    mutating func reserve(names: Int) { values.reserve(names) }

    /// Forgets that a name was bound.
    mutating func forget(_ name: Symbol) { numbers.remove(name.index) }

    /// Binds a name that stands for nothing to a number that was computed.
    @inline(__always)
    mutating func bindNew(_ name: Symbol, _ slot: Slot) {
      numbers.append(name.index)
      values.setPlain(name, slot)
    }
  }

  var layers: [Layer] = [Layer()]
  var functions: [Symbol: Function] = [:]
  /// Where names that are not here are looked up; nil for the program.
  var home: Int?
  /// What the names of entries written here begin with: `A1_`.
  var prefix = ""
  /// Names that derivatives are taken by here, whose values are entries of their own.
  var derived: Set<Symbol> = []
  /// For entries of parameters that were made for a call, what was handed over.
  var handed: [(own: Slot, depth: Int, given: (slot: Slot, depth: Int))] = []

  init(isProgram: Bool = false) { layers[0] = Layer(isDense: isProgram) }

  /// The value of a name, the innermost body first.
  func value(_ name: Symbol) -> Value? {
    for layer in layers.reversed() {
      if let value = layer.values[name] { return value }
    }
    return nil
  }
}

/// A list being written, and what it takes from the lists around it.
struct Frame: Sendable {
  /// What kind of list it is.
  enum Kind: Sendable {
    case program, body, arm
    /// A rule's list, which reads nothing but its parameters.
    case rule
    /// A formula that reads no name, run once for its value.
    case value
    /// What decides whether a `while` takes another turn.
    case condition
  }

  var list = List()
  var kind: Kind
  /// For each captured slot of the list around it the parameter that stands for it.
  var captured: [Slot: Slot] = [:]
  var captureOrder: [Slot] = []
  /// Where the entries of the statement begin that is being written.
  var statementStart = 0
  /// Carried parameters, to see what a gradient inside depends on.
  var carried: [Slot] = []
  /// The stream of random numbers where it stands now; nil while this list has not drawn.
  var stream: Slot?
  /// Gradients taken inside with respect to captured values, to be looked at when all is written.
  var gradients: [(output: Slot, input: Slot, span: Span, name: String)] = []

  init(_ kind: Kind) { self.kind = kind }
}

/// Why a statement could not be written.
///
/// It is one reference, since every formula within a formula keeps room for one on the stack.
struct Refusal: Error {
  /// What the user is told.
  var diagnostic: Diagnostic {
    get { content.diagnostic }
    set { content = Content(newValue, asksForTurns: asksForTurns, excerpt) }
  }
  /// Whether writing the loop out, turn by turn, may help.
  var asksForTurns: Bool { content.asksForTurns }
  /// The place in a data file that it is about.
  var excerpt: Excerpt? {
    get { content.excerpt }
    set { content = Content(diagnostic, asksForTurns: asksForTurns, newValue) }
  }

  private var content: Content

  init(diagnostic: Diagnostic, asksForTurns: Bool = false) {
    content = Content(diagnostic, asksForTurns: asksForTurns, nil)
  }

  /// A place in a file that is no program.
  struct Excerpt: Sendable {
    var source: SourceFile
    var place: Range<Int>
    var label: String
  }

  private final class Content: Sendable {
    let diagnostic: Diagnostic
    let asksForTurns: Bool
    let excerpt: Excerpt?

    init(_ diagnostic: Diagnostic, asksForTurns: Bool, _ excerpt: Excerpt?) {
      self.diagnostic = diagnostic
      self.asksForTurns = asksForTurns
      self.excerpt = excerpt
    }
  }
}
