/// Python's format specification, `[[fill]align][sign][0][width][,][.precision][type]`.
///
/// The types are `d e E f F g G %` and none; `!r` gives the shortest spelling that reads back.
/// Whole numbers are floats here too, so `d` takes them; other numbers it spells as `!r` does.
struct FormatSpecification: Hashable, Sendable {
  /// Where the text stands in its width; `sign` fills between the sign and the digits.
  enum Alignment: Character { case left = "<", right = ">", center = "^", sign = "=" }

  /// The largest width and precision that is taken.
  static let limit = 4096

  private(set) var fill: Character = " "
  private(set) var alignment = Alignment.right
  private(set) var positiveSign = ""
  private(set) var width = 0
  private(set) var separator: Character?
  private(set) var precision: Int?
  private(set) var type: Character?
  private(set) var isExact = false

  /// Reads what stands between the colon and the closing brace, `.3f`, `>10`, `08,.2f`, or a
  /// conversion with what follows it, `!r`, `!r:>24`.
  init(_ text: some StringProtocol) throws(FormatProblem) {
    let isFill = text.dropFirst().first.flatMap(Alignment.init) != nil
    if text.hasPrefix("!") && !isFill {
      try parse(field: Substring(text))
    } else {
      try parse(Substring(text))
    }
  }

  /// Reads what follows the formula in a replacement field: nothing, `!r`, `:.3f` or `!r:>24`.
  init(field: some StringProtocol) throws(FormatProblem) {
    try parse(field: Substring(field))
  }

  private mutating func parse(field: Substring) throws(FormatProblem) {
    var rest = field
    if rest.hasPrefix("!") {
      guard rest.hasPrefix("!r") else { throw FormatProblem("only the conversion `!r` is known") }
      isExact = true
      alignment = .left
      rest = rest.dropFirst(2)
    }
    guard let colon = rest.first else { return }
    guard colon == ":" else { throw FormatProblem("a format starts with `:`, not with `\(colon)`") }
    try parse(rest.dropFirst())
  }

  private mutating func parse(_ text: Substring) throws(FormatProblem) {
    var rest = text
    let isAligned = takeAlignment(from: &rest)
    if let sign = rest.first, "+- ".contains(sign) {
      positiveSign = sign == "-" ? "" : String(sign)
      rest.removeFirst()
    }
    if rest.first == "0", !isAligned.fill {
      fill = "0"
      if !isAligned.alignment && !isExact { alignment = .sign }
      rest.removeFirst()
    }
    width = try Self.takeNumber(from: &rest) ?? 0
    if let mark = rest.first, mark == "," || mark == "_" {
      separator = mark
      rest.removeFirst()
    }
    if rest.first == "." {
      rest.removeFirst()
      precision = try Self.takeNumber(from: &rest)
      guard precision != nil else { throw FormatProblem("digits must follow the `.`") }
    }
    try parseType(rest)
  }

  private mutating func takeAlignment(
    from rest: inout Substring
  ) -> (fill: Bool, alignment: Bool) {
    if let first = rest.first, let known = rest.dropFirst().first.flatMap(Alignment.init) {
      fill = first
      alignment = known
      rest.removeFirst(2)
      return (true, true)
    }
    guard let known = rest.first.flatMap(Alignment.init) else { return (false, false) }
    alignment = known
    rest.removeFirst()
    return (false, true)
  }

  private static func takeNumber(from rest: inout Substring) throws(FormatProblem) -> Int? {
    let digits = rest.prefix { "0" <= $0 && $0 <= "9" }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    guard let number = Int(digits), number <= limit else {
      throw FormatProblem("\(digits) is more than \(limit)")
    }
    return number
  }

  private mutating func parseType(_ rest: Substring) throws(FormatProblem) {
    if let letter = rest.first {
      guard "deEfFgG%".contains(letter) else {
        throw FormatProblem("`\(letter)` is none of the types d e E f F g G %")
      }
      guard rest.count == 1 else {
        throw FormatProblem("`\(rest.dropFirst())` follows the type `\(letter)`")
      }
      type = letter
    }
    if type == "d" && precision != nil {
      throw FormatProblem("a whole number, `d`, takes no precision")
    }
    let isPlain = type == nil && separator == nil && precision == nil && positiveSign.isEmpty
    if isExact && (!isPlain || alignment == .sign) {
      throw FormatProblem("`!r` takes only fill, alignment and width")
    }
  }
}

/// Why a format specification is not one.
struct FormatProblem: Error, Hashable, Sendable {
  /// The reason, as it is shown: lower case, no full stop.
  let message: String

  init(_ message: String) { self.message = message }
}
