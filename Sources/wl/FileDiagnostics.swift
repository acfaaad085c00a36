import WengertLang

/// What can go wrong with files, code family E06.
extension Diagnostic {
  static let unreadableCode = "E0601"
  static let unwritableCode = "E0602"

  /// A program that is not there, with the nearest name of its folder.
  static func cannotRead(_ path: String, reason: String) -> Diagnostic {
    let folder = Files.folder(of: path)
    let name = String(path.dropFirst(folder.count))
    let neighbours = Files.list(folder).filter { $0.hasSuffix(".wl") || name.contains(".") }
    var diagnostic = Diagnostic(unreadableCode, "`\(path)` cannot be read: \(reason)", at: nil)
    if let near = EditDistance.suggestion(for: name, among: neighbours) {
      diagnostic.help.append("did you mean `\(folder)\(near)`?")
    } else if neighbours.contains(name + ".wl") {
      diagnostic.help.append("did you mean `\(path).wl`?")
    }
    if path.contains("=") {
      diagnostic.help.append("an input gets a value with `--set \(path)`")
    }
    return diagnostic
  }

  static func cannotWrite(_ path: String, reason: String) -> Diagnostic {
    Diagnostic(unwritableCode, "`\(path)` cannot be written: \(reason)", at: nil)
  }
}
