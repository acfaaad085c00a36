/// Text inside XML and HTML.
enum XML {
  /// The text with the characters that would end it written as entities; control characters, which
  /// XML has no way to hold, become blanks.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result += scalar.value < 32 && scalar != "\n" ? " " : String(scalar)
      }
    }
  }
}
