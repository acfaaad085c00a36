/// A word of the language that is written like a call but is no row: it needs names, functions or
/// shapes rather than values.
struct Form: Sendable {
  let name: String
  let operands: String
  let summary: String
  /// Which arguments are functions.
  var functionArguments: Set<Int> = []
  /// Which arguments are names that it derives by.
  var derivedArguments: Range<Int> = 0..<0
  /// Whether it derives by the names that are given changes.
  var derivesByChanges = false
  /// Whether its value depends on no name, so that it is an input.
  var readsNoNames = false
  /// Whether it takes numbers from the stream.
  var isDraw = false
  let write: @Sendable (inout Lowering, Arguments, Span) throws(Refusal) -> Value

  /// Every form by its name.
  static let all: [String: Form] = Dictionary(
    uniqueKeysWithValues: table.map { ($0.name, $0) })

  static let table: [Form] =
    derivatives + expansions + held + draws + [map, len, shape, rows, columns, append, load]

  static let map = Form(
    name: "map", operands: "f, xs", summary: "f of every element of xs along its first axis.",
    functionArguments: [0]
  ) { lowering, arguments, span throws(Refusal) in
    guard arguments.leading.isEmpty, arguments.nodes.count == 2 else {
      throw Refusal(diagnostic: .formArguments("map(f, xs)", at: span))
    }
    let function = try lowering.function(arguments.nodes[0], in: arguments.tree)
    let walked = try lowering.lower(arguments.nodes[1], in: arguments.tree)
    return try lowering.map(function, over: walked, at: span)
  }

  static let len = Form(
    name: "len", operands: "a", summary: "How many entries a tuple or a first axis has."
  ) { lowering, arguments, span throws(Refusal) in
    let value = try lowering.only(arguments, "len(a)", at: span)
    if case .tuple(let parts) = value { return lowering.number(Double(parts.count)) }
    return try lowering.extent(of: value, axis: 0, at: span)
  }

  static let shape = Form(
    name: "shape", operands: "A", summary: "How long each axis of an array is, as a vector."
  ) { lowering, arguments, span throws(Refusal) in
    let value = try lowering.only(arguments, "shape(A)", at: span)
    guard case .slot(let slot, let from) = value else {
      throw Refusal(diagnostic: .tupleInFormula(at: span))
    }
    let extents = lowering.shape(slot, depth: from).extents.map(Double.init)
    let made = lowering.list.appendData(extents, shape: Shape([extents.count]), isInput: false)
    return .slot(made, depth: lowering.depth)
  }

  static let rows = Form(
    name: "rows", operands: "A", summary: "How many rows a matrix has."
  ) { lowering, arguments, span throws(Refusal) in
    try lowering.extent(of: try lowering.only(arguments, "rows(A)", at: span), axis: 0, at: span)
  }

  static let columns = Form(
    name: "cols", operands: "A", summary: "How many columns a matrix has."
  ) { lowering, arguments, span throws(Refusal) in
    try lowering.extent(of: try lowering.only(arguments, "cols(A)", at: span), axis: 1, at: span)
  }

  static let append = Form(
    name: "append", operands: "hs, h", summary: "The tuple with one more entry."
  ) { lowering, arguments, span throws(Refusal) in
    var none: [Int: Value] = [:]
    guard arguments.count == 2 else {
      throw Refusal(diagnostic: .formArguments("append(hs, h)", at: span))
    }
    guard case .tuple(let parts) = try lowering.value(0, of: arguments, &none) else {
      throw Refusal(diagnostic: .appendToArray(at: span))
    }
    return .tuple(parts + [lowering.ofItsOwn(try lowering.value(1, of: arguments, &none))])
  }
}

extension Lowering {
  /// The one argument of a form.
  mutating func only(
    _ arguments: Arguments, _ usage: String, at span: Span
  ) throws(Refusal) -> Value {
    guard arguments.count == 1, arguments.named.isEmpty else {
      throw Refusal(diagnostic: .formArguments(usage, at: span))
    }
    var none: [Int: Value] = [:]
    return try value(0, of: arguments, &none)
  }

  /// An extent of an array, which is known while the list is written.
  mutating func extent(of value: Value, axis: Int, at span: Span) throws(Refusal) -> Value {
    guard case .slot(let slot, let from) = value else {
      throw Refusal(diagnostic: .tupleInFormula(at: span))
    }
    let shape = shape(slot, depth: from)
    guard axis < shape.rank else {
      throw Refusal(diagnostic: .noAxis(axis, shape, at: span))
    }
    return number(Double(shape[axis]))
  }
}
