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
  /// What `.svg` and `.png` get, drawn when it is asked for.
  var picture: (() -> Picture)?
  /// What is wrong with what is printed.
  var complaint: Diagnostic?

  /// The text, without colours.
  public var description: String { program ?? markup.plain }
}

extension Printout {
  /// The text of a file with that ending; nil where there is none.
  func text(_ suffix: String) -> String? {
    switch suffix {
    case ".txt": markup.plain + "\n"
    case ".json": json.map { $0.text + "\n" }
    case ".wl": program
    case ".svg": picture.map { SVGWriter().write($0()) }
    default: files[suffix]?()
    }
  }

  /// The endings that it has a file for.
  var suffixes: [String] {
    [".txt"] + (json == nil ? [] : [".json"]) + (program == nil ? [] : [".wl"])
      + (picture == nil ? [] : [".svg", ".png"]) + files.keys.sorted()
  }
}
