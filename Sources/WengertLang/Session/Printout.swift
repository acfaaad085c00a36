/// What a command puts out, such as a trace.
public struct Printout: CustomStringConvertible {
  /// The text, whose parts know their role.
  public var markup: Markup
  /// The same as a structure, where there is one.
  public var json: JSON?
  /// The program text, where it is one.
  var program: String?
  /// What files of some endings get, each made when it is asked for.
  var files: [String: () -> String] = [:]

  /// The text, without colours.
  public var description: String { program ?? markup.plain }
}
