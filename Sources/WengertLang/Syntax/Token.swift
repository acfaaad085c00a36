/// A word, number or sign of a program: what it is and where it stands.
struct Token: Sendable {
  /// What a token is.
  enum Kind: UInt8, Sendable {
    case end, newline, semicolon, comment
    case name, starred, number, string
    // reserved words
    case `for`, `repeat`, `while`, `if`, `else`, `return`, print, and, or, not
    // brackets and signs
    case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, colon, dot, dotDot, prime
    case assign, addAssign, subtractAssign, multiplyAssign, divideAssign
    case plus, minus, star, slash, percent, at, caret
    case less, greater, lessEqual, greaterEqual, equal, notEqual
    // what the parser mends, with a diagnostic
    case starStar, faultyNumber, openString, singleQuoted, curlyQuoted, foreign
  }

  var kind: Kind
  /// A blank or a line break stands before it.
  var spaced = false
  /// It is the first of its line.
  var fresh = false
  var start: UInt32
  var end: UInt32
}

extension Token {
  /// Whether a token behind `.. by` begins a step, so that `by` is no name: `.. by 2`, `.. by -1`,
  /// but not `..by]`, `..by - 1`, `..by(1)`.
  func beginsStep(before next: Token) -> Bool {
    switch kind {
    case .name, .starred, .number, .string: true
    case .leftParen, .leftBracket: spaced
    case .minus: spaced && !next.spaced
    default: false
    }
  }
}

extension Token.Kind {
  /// The infix operator it stands for.
  var binary: BinaryOperator? {
    switch self {
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .remainder
    case .at: .matrix
    case .caret, .starStar: .power
    case .less: .less
    case .greater: .greater
    case .lessEqual: .lessEqual
    case .greaterEqual: .greaterEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .and: .and
    case .or: .or
    default: nil
    }
  }

  /// How tightly it binds as an infix operator; 0 when it is none.
  var rank: UInt8 {
    switch self {
    case .or: Rank.or
    case .and: Rank.and
    case .less, .greater, .lessEqual, .greaterEqual, .equal, .notEqual: Rank.comparison
    case .dotDot: Rank.range
    case .plus, .minus: Rank.sum
    case .star, .slash, .percent, .at: Rank.term
    case .caret, .starStar: Rank.power
    default: 0
    }
  }

  /// The operator of `+=` and its kin.
  var update: UpdateOperator? {
    switch self {
    case .addAssign: .add
    case .subtractAssign: .subtract
    case .multiplyAssign: .multiply
    case .divideAssign: .divide
    default: nil
    }
  }

  /// Reserved words cannot be names.
  var isReserved: Bool { rawValue >= Self.for.rawValue && rawValue <= Self.not.rawValue }

  /// The reserved words; each is spelled as its case.
  static let reserved = (Self.for.rawValue...Self.not.rawValue).compactMap { Self(rawValue: $0) }

  /// The letters that reserved words begin with, each a bit: that of `a` is 1.
  static let reservedLetters = reserved.reduce(into: UInt32(0)) { letters, word in
    for letter in "\(word)".utf8.prefix(1) { letters |= 1 << UInt32(letter & 31) }
  }

  /// Whether a statement may begin with the reserved word.
  var beginsStatement: Bool { ![.else, .and, .or, .not].contains(self) }

  /// A line that ends in such a token goes on.
  var isContinuing: Bool { self == .comma || rank > 0 || self == .not }

  /// A formula may end in such a token.
  var endsOperand: Bool {
    switch self {
    case .name, .number, .string, .rightParen, .rightBracket, .prime: true
    default: false
    }
  }
}

/// How tightly operators bind, loosest first.
enum Rank {
  static let or: UInt8 = 1
  static let and: UInt8 = 2
  static let not: UInt8 = 3
  static let comparison: UInt8 = 4
  static let range: UInt8 = 5
  static let sum: UInt8 = 6
  static let term: UInt8 = 7
  static let unary: UInt8 = 8
  static let power: UInt8 = 9
}
