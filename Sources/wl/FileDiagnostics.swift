import WengertLang

/// What can go wrong with files and with `--set`, code family E06.
extension Diagnostic {
  /// By these the exit status tells what cannot be read from what cannot be written.
  static let unreadableCode = "E0601"
  static let unwritableCode = "E0605"

  /// A program that is not there, with the nearest name of its folder.
  static func cannotRead(_ path: String, reason: String) -> Diagnostic {
    let folder = FileAccess.folder(of: path)
    let name = String(path.dropFirst(folder.count))
    let neighbours = Files.list(folder).filter { $0.hasSuffix(".wl") || name.contains(".") }
    var diagnostic = unreadableFile(path, reason: reason)
    if let near = EditDistance.suggestion(for: name, among: neighbours) {
      diagnostic.help.append("did you mean `\(folder)\(near)`?")
    } else if neighbours.contains(name + ".wl") {
      diagnostic.help.append("did you mean `\(path).wl`?")
    }
    let commands = CommandName.allCases.map(\.rawValue)
    if !path.contains("."), let near = EditDistance.suggestion(for: path, among: commands) {
      diagnostic.help.append("did you mean the command `wl \(near)`?")
    }
    if path.contains("=") {
      diagnostic.help.append("an input gets a value with `--set \(path)`")
    }
    return diagnostic
  }

  static func cannotWrite(_ path: String, reason: String, at span: Span?) -> Diagnostic {
    Diagnostic(unwritableCode, "`\(path)` cannot be written: \(reason)", at: span)
  }

  static func unusedPreset(_ name: String, names: [String]) -> Diagnostic {
    var diagnostic = Diagnostic(
      "E0604", "`--set \(name)` has no use: the program binds no `\(name)`", at: nil)
    if let near = EditDistance.suggestion(for: name, among: names) {
      diagnostic.help.append("did you mean `\(near)`?")
    }
    return diagnostic
  }
}
