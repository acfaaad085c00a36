/// The format of the history: UTF-8, one entry a line; in it `\n` is a line break and `\\` a
/// backslash.
public enum HistoryFile {
  /// How many entries are kept.
  public static let limit = 10_000

  /// Whether an entry is kept; one that begins with a blank is private, and neighbours differ.
  public static func keeps(_ entry: String, after last: String?) -> Bool {
    guard let first = entry.first, !first.isWhitespace else { return false }
    return entry != last
  }

  /// An entry as a line of the file, with its line break.
  public static func line(_ entry: String) -> String {
    var line = ""
    for character in entry {
      switch character {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.append(character)
      }
    }
    return line + "\n"
  }

  /// The entries of a file, the oldest first; what is not UTF-8 is repaired.
  public static func entries(_ contents: [UInt8]) -> [String] {
    var entries: [String] = []
    for line in contents.split(separator: UInt8(ascii: "\n")) {
      let entry = entry(String(decoding: line, as: UTF8.self))
      if keeps(entry, after: entries.last) { entries.append(entry) }
    }
    return entries
  }

  private static func entry(_ line: String) -> String {
    guard line.contains("\\") else { return line }
    var entry = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        entry.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        entry.append(character)
      }
    }
    return entry
  }
}
