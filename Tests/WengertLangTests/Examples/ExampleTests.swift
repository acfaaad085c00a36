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
    let shown = Set(Self.mistakes.map { String($0.prefix { $0 != "-" }) })
    let beyond = Set(MessageCodes.beyondPrograms.keys).union(MessageCodes.unreachable.keys)
    #expect(MessageCodes.all.subtracting(shown).subtracting(beyond).sorted() == [])
    #expect(shown.union(beyond).subtracting(MessageCodes.all).sorted() == [])
    #expect(beyond.intersection(shown).sorted() == [])
  }

  @Test func `the path through the examples names each of them`() {
    let guide = Folder.text(Self.folder + "/README.md") ?? ""
    for path in Self.programs { #expect(guide.contains("(\(path))"), "\(path)") }
  }

  private static func output(_ path: String, in folder: String) -> String {
    folder + "/" + path.dropLast(3) + ".out"
  }
}
