/// The codes of messages, for tests that ask something of each.
public enum MessageCodes {
  /// Every code that the sources of the library and of the command name.
  public static let all: Set<String> = {
    let sources = Folder.package() + "/Sources"
    let paths = Folder.files(in: sources, ending: ".swift")
    return Set(paths.flatMap { codes(in: Folder.text(sources + "/" + $0) ?? "") })
  }()

  /// Messages that nothing should ever get, with the reason; they have neither example nor page.
  public static let unreachable = [
    "E0199": "stands in for a mistake that was shown before",
    "E0215": "the reader sees a wrong target first (E0128)",
    "E0220": "the reader sees an open slice first (E0106)",
    "E0228": "the reader sees a wrong parameter first (E0131)",
    "E0507": "what no program should reach: a list that was written wrongly",
  ]

  /// Messages that no program of a few lines can get alone, with the reason; they have a page.
  public static let beyondPrograms = [
    "E0240": "functions in functions, with hundreds of brackets each",
    "E0602": "an option of the command line", "E0604": "an option of the command line",
    "E0605": "a folder that takes no files", "E0606": "an option of the command line",
    "E0622": "a machine without zlib",
    "E0636": "a program in Swift", "E0637": "a program in Swift",
    "E0638": "a program in Swift", "E0639": "a program in Swift",
    "E0640": "a program in Swift", "E0641": "a program in Swift",
    "E0803": "Ctrl-C", "W0701": "Ctrl-C",
    "E0810": "a limit of the command line", "E0811": "a limit of the command line",
    "E1001": "a command at the prompt", "E1002": "a command at the prompt",
    "E1003": "a command at the prompt", "E1004": "a command at the prompt",
    "E1005": "a command at the prompt", "E1006": "a command at the prompt",
    "E1011": "a question of the command line",
  ]

  /// What looks like the code of a message in a source: `"E0203"`.
  private static func codes(in source: String) -> [String] {
    source.split(separator: "\"").map(String.init).filter {
      $0.count == 5 && ($0.first == "E" || $0.first == "W")
        && $0.dropFirst().allSatisfy(\.isNumber)
    }
  }
}
