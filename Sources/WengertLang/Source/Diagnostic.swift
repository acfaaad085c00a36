/// One thing to tell the user about a program: what, where, why, and what to type instead.
///
/// Diagnostics are data, made by named factories in the file `…Diagnostics.swift` of the layer that
/// finds them; `Rendering` draws them.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Sendable {
    case error, warning
  }

  /// A place in a text and what is to be said of it.
  public struct Label: Hashable, Sendable {
    /// The place.
    public var span: Span
    /// A few words, drawn behind the underline.
    public var text: String

    /// A place and its words.
    public init(_ span: Span, _ text: String) {
      self.span = span
      self.text = text
    }
  }

  /// The stable code, `E0302`: letter by severity, family by the first two digits.
  public var code: String
  /// The fact in one line: lower case, no full stop, names in backticks.
  public var title: String
  /// Where it is; nil when no text is to blame.
  public var primary: Label?
  /// Other places that explain it.
  public var secondary: [Label] = []
  /// Facts that help to understand.
  public var notes: [String] = []
  /// What to type instead; a line that can be pasted.
  public var help: [String] = []

  /// A diagnostic at a place.
  public init(
    _ code: String, _ title: String, at span: Span?, _ label: String = "",
    secondary: [Label] = [], notes: [String] = [], help: [String] = []
  ) {
    self.code = code
    self.title = title
    self.primary = span.map { Label($0, label) }
    self.secondary = secondary
    self.notes = notes
    self.help = help
  }

  /// The same diagnostic at a place in the program.
  func pointing(at span: Span, _ text: String = "") -> Diagnostic {
    var placed = self
    placed.primary = Label(span, text)
    return placed
  }

  /// The highest number of a file that it points into; -1 where it points nowhere.
  var lastFile: Int {
    max(primary.map { Int($0.span.file) } ?? -1, secondary.map { Int($0.span.file) }.max() ?? -1)
  }

  /// Warnings have codes that begin with W.
  public var severity: Severity { code.hasPrefix("W") ? .warning : .error }
}
