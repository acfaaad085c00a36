/// Reads a program text into a tree.
///
/// It never fails: where a statement cannot be read it says why, puts `erroneous` in its place and
/// goes on behind it, so that every independent mistake of a file is told at once.
struct Parser {
  /// Thrown inside of the parser when the diagnostic is given and the statement is lost.
  struct Interruption: Error {}

  /// Blocks and brackets nest no deeper.
  static let maximumDepth = 200
  /// Nobody reads more diagnostics than this.
  static let maximumDiagnostics = 200

  let source: SourceFile
  let file: Int
  var lexer: Lexer
  var current = Token(kind: .end, start: 0, end: 0)
  /// The kind and the end of the token before the current one.
  var lastKind = Token.Kind.newline
  var lastEnd: UInt32 = 0
  var symbols: Symbols
  var tree: Tree
  var diagnostics: [Diagnostic] = []
  /// Nodes of lists that are being read.
  var pending: [Int32] = []
  var depth = 0
  /// Whether reading was stopped from outside; what follows from that is not told.
  var isStopped = false
  /// A missing `}` is told of once.
  var isOpenReported = false
  /// A `|` that opened an absolute value is told of; its partner is not.
  var hasOpenBar = false
  /// `a..b` ends an index rather than being a range.
  var isInIndex = false
  /// Directly inside of `[ ]`, where a blank might be meant as a comma.
  var isInArray = false
  /// Whether plain bindings are recognised by their bytes; the program means the same without.
  var readsPlain = true

  /// Reads a program.
  static func parse(
    _ source: SourceFile, file: Int, symbols: inout Symbols, readsPlain: Bool = true
  ) -> (tree: Tree, diagnostics: [Diagnostic]) {
    var parser = Parser(source, tree: Tree(file: file), symbols: &symbols)
    // Untouched memory costs nothing; growing by doubling would copy large programs.
    parser.tree.records.reserveCapacity(source.bytes.count / 3 + 16)
    parser.tree.children.reserveCapacity(source.bytes.count / 3 + 16)
    parser.tree.plains.reserveLarge(source.bytes.count / 16 + 16)
    parser.symbols.reserve(source.bytes.count)
    parser.readsPlain = readsPlain
    parser.advance()
    parser.program()
    swap(&symbols, &parser.symbols)
    return (parser.tree, parser.diagnostics)
  }

  /// Reads a program that was read before, without a word, and to its end in any case.
  static func parseAgain(
    _ source: SourceFile, file: Int, symbols: inout Symbols, readsPlain: Bool
  ) -> Tree {
    var parser = Parser(source, tree: Tree(file: file), symbols: &symbols)
    parser.readsPlain = readsPlain
    parser.isStopped = true
    parser.advance()
    parser.program()
    swap(&symbols, &parser.symbols)
    return parser.tree
  }

  /// Takes the symbols over while it reads; whoever made the parser takes them back.
  private init(_ source: SourceFile, tree: Tree, symbols: inout Symbols) {
    self.source = source
    self.tree = tree
    self.symbols = Symbols()
    file = tree.file
    lexer = Lexer(source.bytes)
    swap(&symbols, &self.symbols)
  }

  // MARK: Tokens

  /// Goes on to the next token; one that cannot stand is told of and mended.
  @inline(__always)
  mutating func advance() {
    lastKind = current.kind
    lastEnd = current.end
    current = lexer.next()
    if current.kind.rawValue >= Token.Kind.starStar.rawValue { mend() }
  }

  /// The token behind the current one.
  func peek() -> Token {
    var ahead = lexer
    return ahead.next()
  }

  /// Whether the current token is a word that means something in its place only.
  func isWord(_ word: StaticString) -> Bool { lexer.isWord(current, word) }

  /// Takes a token of a kind; says whether there was one.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes a word of this spelling; says whether there was one.
  mutating func take(word: StaticString) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  /// The symbol of a token.
  @inline(__always)
  mutating func symbol(of token: Token) -> Symbol {
    symbol(from: Int(token.start), to: Int(token.end))
  }

  /// The symbol of the text between two offsets.
  @inline(__always)
  mutating func symbol(from start: Int, to end: Int) -> Symbol {
    lexer.bytes.withUnsafeBufferPointer {
      symbols.intern(UnsafeBufferPointer(rebasing: $0[start..<end]))
    }
  }

  /// Takes a name or says what was expected.
  mutating func name(_ expected: String) throws(Interruption) -> Token {
    guard current.kind == .name else { throw unexpected(expected) }
    let token = current
    advance()
    return token
  }

  /// A node for a name.
  @inline(__always)
  mutating func nameNode(_ token: Token) -> Node {
    tree.add(.name, token.start, token.end, a: symbol(of: token).index)
  }

  // MARK: Diagnostics

  func span(_ token: Token) -> Span { Span(Int(token.start), Int(token.end), file: file) }

  func text(_ token: Token) -> String { source.text(span(token)) }

  func text(_ node: Node) -> String { source.text(tree.span(node)) }

  /// Keeps a diagnostic.
  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Parser.maximumDiagnostics, !isStopped { diagnostics.append(diagnostic) }
  }

  /// Keeps a diagnostic; for `throw`.
  ///
  /// What is wrong with the token behind a sign that was skipped comes from that sign, which was
  /// told of.
  mutating func failure(_ diagnostic: Diagnostic) -> Interruption {
    if !isBehindSign || diagnostic.primary?.span.start != current.start { report(diagnostic) }
    return Interruption()
  }

  /// Whether a sign that was told of stood just before the current token.
  var isBehindSign: Bool {
    guard let sign = diagnostics.last?.primary?.span else { return false }
    return sign.start >= lastEnd && sign.end <= current.start && sign.start < sign.end
  }

  /// The current token is not what the grammar asks for.
  mutating func unexpected(_ expected: String) -> Interruption {
    if expected == "a formula", current.kind == .if {
      return failure(.conditionalFormula(at: span(current)))
    }
    if current.kind.isReserved, expected.contains("name") || expected == "a formula" {
      return failure(.reservedWord(text(current), at: span(current)))
    }
    if expected == "a formula", let arrow { return failure(.lambda(source.text(arrow), at: arrow)) }
    let place = current.kind == .end || current.kind == .newline ? endOfLine : span(current)
    return failure(.unexpected(found: describe(current), expected: expected, at: place))
  }

  /// Just behind the last token.
  var endOfLine: Span { Span(Int(lastEnd), Int(lastEnd) + 1, file: file) }

  /// What a token is called in messages.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end of the text"
    case .newline: "the end of the line"
    case .number: "the number `\(text(token))`"
    case .string: "a string"
    default: "`\(text(token))`"
    }
  }
}
