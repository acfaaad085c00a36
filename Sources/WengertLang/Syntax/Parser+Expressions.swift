/// Formulas, by precedence: the production stands above the function that reads it.
extension Parser {
  /// A formula of operators that bind at least as tightly as a rank.
  mutating func formula(_ least: UInt8 = Rank.or) throws(Interruption) -> Node {
    try infix(try operand(least), least)
  }

  /// Goes one level down; the way back is `depth -= 1`.
  mutating func descend() throws(Interruption) {
    depth += 1
    if depth > Parser.maximumDepth {
      depth -= 1
      throw failure(.tooDeep(at: span(current), limit: Parser.maximumDepth))
    }
  }

  /// The height of a node over others; too high a formula is refused.
  func above(_ heights: UInt16...) -> UInt16 { (heights.max() ?? 0) + 1 }

  /// Adds a node over two others.
  @inline(__always)
  mutating func join(
    _ kind: Tree.Kind, _ left: Node, _ right: Node, detail: UInt8, from start: UInt32
  ) throws(Interruption) -> Node {
    let height = max(tree.height(left), tree.height(right)) + 1
    if height > Tree.maximumHeight { throw tooLong() }
    return tree.add(
      kind, start, lastEnd, detail: detail, a: left.index, b: right.index, height: height)
  }

  mutating func tooLong() -> Interruption {
    failure(.tooLong(at: span(current), limit: Int(Tree.maximumHeight)))
  }

  // MARK: Infix

  /// or, and, comparison, range, sum and term, by climbing: `first` is read already.
  mutating func infix(_ first: Node, _ least: UInt8) throws(Interruption) -> Node {
    var left = first
    let start = tree.records[Int(first.index)].start
    while true {
      let sign = current
      let rank = sign.kind.rank
      if rank == 0 {
        guard isJuxtaposed, Rank.term >= least else { return left }
        left = try juxtaposed(left, from: start)
        continue
      }
      if rank < least { return left }
      if rank == Rank.range {
        if isInIndex || least > Rank.range { return left }
        left = try range(from: left, start)
        continue
      }
      guard let operation = sign.kind.binary else { return left }
      advance()
      warnOfBlank(sign)
      let right = try formula(rank + 1)
      if rank >= Rank.comparison { refuseDerivatives(left, right) }
      left = try join(.binary, left, right, detail: operation.rawValue, from: start)
      if rank == Rank.comparison, current.kind.rank == rank {
        throw failure(chained(left, right))
      }
    }
  }

  /// `2x`: a number with a name or a bracket directly behind it.
  private var isJuxtaposed: Bool {
    lastKind == .number && !current.spaced
      && (current.kind == .name || current.kind == .starred)
  }

  private mutating func juxtaposed(_ left: Node, from start: UInt32) throws(Interruption) -> Node {
    if !isBehindSign {
      report(.juxtaposed(text(left), text(current), at: tree.span(left).joined(span(current))))
    }
    let right = try formula(Rank.unary)
    return try join(
      .binary, left, right, detail: BinaryOperator.multiply.rawValue, from: start)
  }

  /// `[1 -2]` reads 1 - 2.
  private mutating func warnOfBlank(_ sign: Token) {
    guard isInArray, sign.kind == .minus, sign.spaced, !current.spaced else { return }
    report(.blankBeforeMinus(text(current), at: span(sign)))
  }

  private mutating func chained(_ left: Node, _ middle: Node) -> Diagnostic {
    let sign = current
    let middle = text(middle)
    advance()
    let right = (try? formula(Rank.range)).map { text($0) } ?? "…"
    return .chainedComparison(
      text(left), "\(middle) \(text(sign)) \(right)", at: span(sign))
  }

  /// Reads range = sum [".." sum ["by" sum]].
  private mutating func range(from left: Node, _ start: UInt32) throws(Interruption) -> Node {
    goOverDots(behind: left)
    let to = try formula(Rank.sum)
    if isWord("by") {
      advance()
      let by = try formula(Rank.sum)
      return tree.add(
        .range, start, lastEnd, detail: 1, a: left.index, b: tree.add([to.index, by.index]).start,
        height: above(tree.height(left), tree.height(to), tree.height(by)))
    }
    if current.kind == .dotDot { throw failure(.chainedRange(at: span(current))) }
    return try join(.range, left, to, detail: 0, from: start)
  }

  /// Goes over the `..` of a range, and reports `1...3`, which would be one to `.3`.
  mutating func goOverDots(behind left: Node?) {
    let dots = current
    advance()
    guard current.kind == .number, current.start == dots.end, text(current).hasPrefix(".")
    else { return }
    let end = text(current)
    let place = Span(Int(dots.start), Int(dots.end) + 1, file: file)
    report(.threeDots(left.map { text($0) } ?? "", end, at: place))
  }

  // MARK: Prefix and power

  /// The operand that begins here: not, unary minus, or a power.
  private mutating func operand(_ least: UInt8) throws(Interruption) -> Node {
    let sign = current
    switch sign.kind {
    case .not:
      if least > Rank.not { throw failure(.looseNot(at: span(sign))) }
      advance()
      return try prefixed(.not, sign, Rank.comparison)
    case .minus:
      try refuseIncrement(sign)
      advance()
      return try prefixed(.minus, sign, Rank.unary)
    case .plus:
      try refuseIncrement(sign)
      report(.unaryPlus(at: span(sign)))
      advance()
      try descend()
      defer { depth -= 1 }
      return try formula(Rank.unary)
    default: return try power(try postfix(try primary()))
    }
  }

  /// `x++` at the end of a line.
  private mutating func refuseIncrement(_ sign: Token) throws(Interruption) {
    guard lastKind == sign.kind, !sign.spaced else { return }
    switch peek().kind {
    case .newline, .end, .semicolon: throw failure(.increment(text(sign), at: span(sign)))
    default: return
    }
  }

  private mutating func prefixed(_ operation: UnaryOperator, _ sign: Token, _ rank: UInt8)
    throws(Interruption) -> Node
  {
    try descend()
    defer { depth -= 1 }
    if operation == .not, current.kind == .not { throw failure(.looseNot(at: span(current))) }
    let inner = try formula(rank)
    refuseDerivatives(inner, inner)
    let height = tree.height(inner) + 1
    if height > Tree.maximumHeight { throw tooLong() }
    return tree.add(
      .unary, sign.start, lastEnd, detail: operation.rawValue, a: inner.index, height: height)
  }

  /// Reads power = postfix ["^" unary].
  mutating func power(_ base: Node) throws(Interruption) -> Node {
    guard current.kind == .caret || current.kind == .starStar else { return base }
    advance()
    try descend()
    defer { depth -= 1 }
    let exponent = try formula(Rank.unary)
    refuseDerivatives(base, exponent)
    return try join(
      .binary, base, exponent, detail: BinaryOperator.power.rawValue,
      from: tree.records[Int(base.index)].start)
  }

  /// `A'` as an operand is no function: a transpose is meant.
  func isDerivative(_ node: Node) -> Bool { tree.records[Int(node.index)].kind == .derivative }

  @inline(__always)
  mutating func refuseDerivatives(_ left: Node, _ right: Node) {
    if isDerivative(left) { report(.transposePrime(text(left), at: tree.span(left))) }
    if isDerivative(right), right != left {
      report(.transposePrime(text(right), at: tree.span(right)))
    }
  }
}
