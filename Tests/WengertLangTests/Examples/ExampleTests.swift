import Testing
import WengertTestSupport

/// The programs of `examples/`, held to the output beside them.
@Suite struct ExampleTests {
  private static let folder = Folder.package() + "/examples"
  static let programs = Folder.files(in: folder, ending: ".wl")
    .filter { !$0.hasPrefix("errors/") }
  static let mistakes = Folder.files(in: folder + "/errors", ending: ".wl")

  @Test(arguments: programs)
  func `an example prints what stands beside it, and nothing is wrong with it`(_ path: String) {
    let program = Folder.text(Self.folder + "/" + path) ?? ""
    let parts = path.split(separator: "/").dropLast()
    let folder = ([Self.folder] + parts.map(String.init)).joined(separator: "/")
    let transcript = Transcript(of: program, name: path, folder: folder)
    #expect(transcript.isDone && transcript.codes.isEmpty, "\(transcript.complaints)")
    guard transcript.isDone else { return }
    let complaint = Golden(Self.output(path, in: Self.folder)).complaint(about: transcript.output)
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  @Test(arguments: programs)
  func `an example begins with comments that say what it shows`(_ path: String) {
    let program = Folder.text(Self.folder + "/" + path) ?? ""
    #expect(program.hasPrefix("# "))
  }

  @Test(arguments: mistakes)
  func `an example of a mistake gets the message beside it`(_ path: String) {
    let folder = Self.folder + "/errors"
    let program = Folder.text(folder + "/" + path) ?? ""
    let transcript = Transcript(of: program, name: path, folder: folder)
    let code = String(path.prefix { $0 != "-" })
    #expect(transcript.codes.first == code)
    #expect(transcript.isDone == code.hasPrefix("W"))
    let golden = Golden(Self.output(path, in: folder))
    let complaint = golden.complaint(about: transcript.complaints)
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  @Test func `every golden file has its program`() {
    let outputs = Folder.files(in: Self.folder, ending: ".out").map { String($0.dropLast(4)) }
    let programs = Folder.files(in: Self.folder, ending: ".wl").map { String($0.dropLast(3)) }
    #expect(Set(outputs).subtracting(programs).sorted() == [])
  }

  @Test func `every message that a program can get has an example`() {
    let sources = Folder.package() + "/Sources/WengertLang"
    var codes: Set<String> = []
    for path in Folder.files(in: sources, ending: ".swift") {
      codes.formUnion(Self.codes(in: Folder.text(sources + "/" + path) ?? ""))
    }
    let shown = Set(Self.mistakes.map { String($0.prefix { $0 != "-" }) })
    #expect(codes.subtracting(shown).subtracting(Self.beyondPrograms.keys).sorted() == [])
    #expect(shown.subtracting(codes).sorted() == [])
    #expect(Set(Self.beyondPrograms.keys).subtracting(codes).sorted() == [])
  }

  @Test func `the path through the examples names each of them`() {
    let guide = Folder.text(Self.folder + "/README.md") ?? ""
    for path in Self.programs { #expect(guide.contains("(\(path))"), "\(path)") }
  }

  /// Messages that no program alone can get, with the reason.
  static let beyondPrograms = [
    "E0199": "stands in for a mistake that was shown before",
    "E0207": "the reader sees a lone `'` first (E0114)",
    "E0215": "the reader sees a wrong target first (E0128)",
    "E0220": "the reader sees an open slice first (E0106)",
    "E0228": "the reader sees a wrong parameter first (E0131)",
    "E0240": "functions in functions, with hundreds of brackets each",
    "E0507": "what no program should reach: a list that was written wrongly",
    "E0602": "an option of the command line",
    "E0606": "an option of the command line",
    "E0622": "a machine without zlib",
    "E0636": "a program in Swift", "E0637": "a program in Swift",
    "E0638": "a program in Swift", "E0639": "a program in Swift",
    "E0640": "a program in Swift", "E0641": "a program in Swift",
    "E0803": "Ctrl-C", "W0701": "Ctrl-C",
    "E0810": "a limit of the command line", "E0811": "a limit of the command line",
    "E1001": "a command at the prompt", "E1002": "a command at the prompt",
    "E1003": "a command at the prompt", "E1004": "a command at the prompt",
    "E1005": "a command at the prompt", "E1006": "a command at the prompt",
  ]

  private static func output(_ path: String, in folder: String) -> String {
    folder + "/" + path.dropLast(3) + ".out"
  }

  /// What looks like the code of a message in a source: `"E0203"`.
  private static func codes(in source: String) -> [String] {
    source.split(separator: "\"").map(String.init).filter {
      $0.count == 5 && ($0.first == "E" || $0.first == "W")
        && $0.dropFirst().allSatisfy(\.isNumber)
    }
  }
}
