import Testing

@testable import WengertLang

@Suite struct HistoryFileTests {
  @Test(arguments: ["a = 1", "z = (a\n+ 1)", #"print "\n""#, #"\\n"#, "β = 日本", "a\n\\"])
  func `entries come back as they were`(_ entry: String) {
    let line = HistoryFile.line(entry)
    #expect(line.dropLast().contains("\n") == false)
    #expect(HistoryFile.entries(Array(line.utf8)) == [entry])
  }

  @Test func `private entries and repeated neighbours are not kept`() {
    #expect(!HistoryFile.keeps(" secret", after: nil))
    #expect(!HistoryFile.keeps("", after: nil))
    #expect(!HistoryFile.keeps("a", after: "a"))
    #expect(HistoryFile.keeps("a", after: "b"))
    #expect(HistoryFile.entries(Array("a\na\nb\n\na".utf8)) == ["a", "b", "a"])
  }
}
