import Testing
import WengertTestSupport

@testable import WengertLang

/// What stands behind a command's operands is used, or refused.
@Suite struct CommandWordTests {
  private static let about: [CommandWord: String] = [
    .table: "add", .set: "digits 12", .show: "list", .explain: "mul",
  ]

  @Test(arguments: CommandWord.allCases.filter { $0 != .save })
  func `a command refuses the words and clauses that it does nothing with`(_ word: CommandWord) {
    let words = Set(CommandWord.allCases.flatMap(\.options) + CommandWord.flags + ["banana"])
    // What stands behind `explain` up to `to` is the topic.
    let unknown = word == .explain ? [] : words.subtracting(word.options).map { ($0, "3") }
    let clauses = [("wrt", "x"), ("at", "x = 3"), ("to", "\"f.txt\"")]
    let foreign = clauses.filter { word != .explain && !word.clauses.contains($0.0) }
    for (spelling, operand) in unknown + foreign {
      let isFlag = CommandWord.flags.contains(spelling)
      let tail = isFlag ? spelling : "\(spelling) \(operand)"
      let command = "\(word.rawValue) \(Self.about[word] ?? "y") \(tail)"
      let transcript = Transcript(of: "x = 2\ny = x^2\n\(command)\n", name: "t")
      let codes = word == .plot ? ["E0464", "E0651"] : ["E0464", "E1007", "E1008", "E1009"]
      #expect(!transcript.isDone && codes.contains(transcript.codes.last ?? ""), "\(command)")
      #expect(transcript.output == "", "\(command)")
    }
  }

  @Test(arguments: ["trace", "step", "adjoint", "derive", "check", "why", "cost", "graph"])
  func `a change of an input is for tangent alone`(_ word: String) {
    let transcript = Transcript(of: "x = 2\ny = x^2\n\(word) y wrt x = 5\n", name: "t")
    #expect(transcript.codes == ["E0464"] && transcript.output == "")
  }

  @Test(arguments: CommandWord.allCases)
  func `a command writes the files that help says, and no others`(_ word: CommandWord) {
    let all = Set(CommandWord.allCases.flatMap(\.endings) + [".banana"])
    let written = all.filter { ending in
      let command = "\(word.rawValue) \(Self.about[word] ?? "y") to \"f\(ending)\""
      var session = Session(files: FileAccess { _ throws(FileAccess.Failure) in [] })
      var isWritten = false
      _ = session.run("x = 2\ny = x^2\n\(command)\n", name: "t") { event in
        if case .file = event { isWritten = true }
      }
      return isWritten
    }
    #expect(written.sorted() == word.endings.sorted())
  }

  @Test(arguments: [
    "notation delta bar", "plan plain lean", "kinks left 3", "digits 5 6 7", "kinks",
  ])
  func `a setting takes one value`(_ words: String) {
    #expect(Transcript(of: "set \(words)\n", name: "t").codes == ["E1007"])
  }

  @Test func `check knows in full alone, and plot a style and a label for each curve`() {
    let start = "x = 2\nv = [1, 2, 3]\ny = x^2\n"
    func codes(_ statement: String) -> [String] {
      Transcript(of: start + statement + "\n", name: "t").codes
    }
    #expect(codes("check y in full") == [] && codes("check y in short") == ["E0464"])
    #expect(codes("plot v, v styles \"r\", \"b\" labels \"a\", \"b\"") == [])
    #expect(codes("plot v styles \"r\", \"b\"") == ["E0655"])
    #expect(codes("plot v, v labels \"a\", \"b\", \"c\"") == ["E0655"])
  }

  @Test func `a plan that finds no room is an error`() {
    let program = "A = zeros(100, 100)\nx = 1\nB = A + x\nset memory 64kB\nshow plan\n"
    #expect(Transcript(of: program, name: "t").codes == ["E0801"])
  }

  @Test func `show is about all of the program, and table about every row that is named`() {
    #expect(Transcript(of: "x = 2\nshow list x\n", name: "t").codes == ["E1009"])
    let rows = Transcript(of: "table add, sub\n", name: "t").output
    let alone = Transcript(of: "table add\n", name: "t").output
    #expect(rows.hasPrefix(alone) && rows.contains("sub(a, b)"))
  }
}
