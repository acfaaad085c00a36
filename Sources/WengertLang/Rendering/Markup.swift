/// Text whose parts know what they are, but not how they look.
public struct Markup: Hashable, Sendable, ExpressibleByStringLiteral {
  /// What a part of a text is.
  public enum Role: String, Sendable, CaseIterable {
    case plain, keyword, name, number, string, operation, comment
    case value, adjoint, tangent, shape
    case heading, dimmed, underline
    case error, warning, note, help, success
  }

  /// A stretch of text in one role.
  public struct Piece: Hashable, Sendable {
    /// What it is.
    public var role: Role
    /// The text.
    public var text: String
  }

  /// The text, piece by piece.
  public private(set) var pieces: [Piece] = []

  /// An empty text.
  public init() {}

  /// A text in one role.
  public init(_ text: String, _ role: Role = .plain) { append(text, role) }

  /// A plain text.
  public init(stringLiteral text: String) { append(text) }

  /// Adds text; neighbours in the same role become one piece.
  public mutating func append(_ text: String, _ role: Role = .plain) {
    if text.isEmpty { return }
    if let last = pieces.last, last.role == role {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append(Piece(role: role, text: text))
    }
  }

  /// Adds another text behind this one.
  public mutating func append(_ other: Markup) {
    for piece in other.pieces { append(piece.text, piece.role) }
  }

  /// Adds a line: text and a line break.
  public mutating func appendLine(_ other: Markup = Markup()) {
    append(other)
    append("\n")
  }

  /// Adds blanks.
  public mutating func pad(_ count: Int) {
    if count > 0 { append(String(repeating: " ", count: count)) }
  }

  /// Takes the line breaks away that it ends with.
  mutating func dropLastBreaks() {
    while let last = pieces.last, last.text.utf8.last == UInt8(ascii: "\n") {
      pieces[pieces.count - 1].text.unicodeScalars.removeLast()
      if pieces[pieces.count - 1].text.isEmpty { pieces.removeLast() }
    }
  }

  /// Whether there is no text.
  public var isEmpty: Bool { pieces.isEmpty }

  /// The text alone.
  public var plain: String { pieces.map(\.text).joined() }

  /// Two texts, one behind the other.
  public static func + (first: Markup, second: Markup) -> Markup {
    var sum = first
    sum.append(second)
    return sum
  }

  /// Adds another text behind this one.
  public static func += (first: inout Markup, second: Markup) { first.append(second) }
}

extension [Markup] {
  /// The texts in a row, with another between each two.
  func joined(by separator: Markup) -> Markup {
    var row = first ?? Markup()
    for text in dropFirst() { row += separator + text }
    return row
  }
}
