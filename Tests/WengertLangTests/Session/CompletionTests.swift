import Testing

@testable import WengertLang

@Suite struct CompletionTests {
  private func complete(_ text: String, after program: String = "") -> Completion {
    var talk = Talk()
    if !program.isEmpty { talk.say(program) }
    return Completion(of: text, in: talk.conversation) { folder in
      folder.isEmpty ? ["a.wl", "data/", ".hidden"] : folder == "data/" ? ["x.csv"] : []
    }
  }

  private func inserted(_ text: String, after program: String = "") -> String? {
    guard case .replace(let count, let word) = complete(text, after: program).action(width: 80)
    else { return nil }
    return String(text.unicodeScalars.dropLast(count)) + word
  }

  @Test func `the only way to go on is inserted, with what follows it`() {
    #expect(inserted("z = softp") == "z = softplus(")
    #expect(inserted("y = 2*myV", after: "myValue = 3") == "y = 2*myValue")
    #expect(inserted("y = myF", after: "myFunction(x) = x") == "y = myFunction(")
    #expect(inserted(":un") == ":undo ")
    #expect(inserted(":qui") == ":quit")
    #expect(inserted("?softp") == "?softplus")
    #expect(inserted("set dig") == "set digits ")
    #expect(inserted(":set dig") == ":set digits ")
    #expect(inserted("trace f notation le") == "trace f notation leibniz ")
    #expect(inserted("derive f mode rev") == "derive f mode reverse ")
    #expect(inserted("set notation de") == "set notation delta ")
    #expect(inserted("set plan l") == "set plan lean ")
    #expect(inserted(":set plan l") == ":set plan lean ")
    #expect(inserted("show l") == "show list ")
    #expect(inserted(":show l") == ":show list ")
  }

  @Test func `a loop's names are followed by in`() {
    for (line, isOffered) in [
      ("for i i", true), ("repeat 3 { for a, b i", true), ("for i", false), ("x = i", false),
      ("for i in i", false),
    ] {
      #expect(complete(line).candidates.map(\.word).contains("in") == isOffered, "\(line)")
    }
  }

  @Test func `another case is better than nothing`() {
    #expect(inserted("y = MYV", after: "myValue = 3") == "y = myValue")
  }

  @Test func `files complete behind load, save and an open quote`() {
    #expect(inserted(":load a") == ":load a.wl")
    #expect(inserted(":load d") == ":load data/")
    #expect(inserted("X = load(\"data/") == "X = load(\"data/x.csv\"")
    #expect(complete(":load ").candidates.map(\.word) == ["a.wl", "data/"])
  }

  @Test func `several ways are shown with what they are`() {
    guard case .show(let lines) = complete("y = sin").action(width: 80) else {
      Issue.record("nothing is shown")
      return
    }
    #expect(lines.plain.contains("sinh"))
    #expect(lines.plain.contains("hyperbolic"))
    #expect(lines.plain.split(separator: "\n").allSatisfy { Cells.width($0) < 80 })
  }

  @Test func `an empty line is indented`() {
    #expect(inserted("") == "  ")
    #expect(complete("qqqq").action(width: 80) == .beep)
  }
}
