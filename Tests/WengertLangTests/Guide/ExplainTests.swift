import Testing
import WengertTestSupport

@testable import WengertLang

/// The pages that `explain` prints.
@Suite struct ExplainTests {
  private static let errors = Folder.package() + "/examples/errors"
  static let mistakes = Folder.files(in: errors, ending: ".wl")
  static let rows = Catalogue.all.filter { !$0.isInternal }

  private func page(_ topic: String) -> String? {
    try? Session().explanation(of: topic).get().plain
  }

  @Test(arguments: mistakes)
  func `a message has a page with its program, its meaning and the way out`(_ path: String) {
    let code = String(path.prefix { $0 != "-" })
    guard let page = page(code) else {
      Issue.record("no page on \(code): add it to MEANINGS.txt and run scripts/make-messages")
      return
    }
    for part in ["means", "mend it"] { #expect(page.contains("\n\(part)  "), "\(code)") }
    let message = Folder.text(Self.errors + "/" + path.dropLast(3) + ".out") ?? "no message"
    for line in message.split(separator: "\n") where !line.allSatisfy({ " |".contains($0) }) {
      #expect(page.contains("  " + line), "\(path): run scripts/make-messages")
    }
  }

  @Test func `every code of the sources has a page`() {
    let missing = MessageCodes.all.subtracting(MessageCodes.unreachable.keys)
      .subtracting(MessagePage.codes)
    #expect(missing.sorted() == [], "add them to examples/errors/MEANINGS.txt")
    #expect(Set(MessagePage.codes).subtracting(MessageCodes.all).sorted() == [])
  }

  @Test func `a page says what its message is about`() {
    for (code, family) in [
      ("E0601", "files"), ("E0602", "the command line"), ("E0603", "files"),
      ("E0604", "the command line"), ("E0605", "files"), ("E0606", "files"),
      ("E0633", "files"), ("E0636", "the Swift library"), ("E0641", "the Swift library"),
      ("E0650", "pictures"), ("E0661", "pictures"), ("E0700", "draws"), ("W0702", "training"),
    ] {
      let kind = code.hasPrefix("W") ? "a warning" : "an error"
      #expect(page(code)?.hasPrefix("\(code)  \(kind) about \(family)\n") == true, "\(code)")
    }
  }

  @Test(arguments: rows.map(\.name))
  func `an operation has a page with shapes and a proof of at most five lines`(_ name: String) {
    let page = page(name) ?? ""
    #expect(page.contains("\n  shapes "), "\(page)")
    let row = Catalogue.rows(spelled: name)[0]
    let proof = RowRenderer().reasons(for: row).filter { $0.0 != "checked" }
    #expect(proof.count <= 5, "\(page)")
    for (_, line) in proof { #expect(line.width <= 110, "\(line.plain)") }
  }

  @Test func `the numbers beside a rule agree with it`() {
    var count = 0
    for row in Self.rows {
      guard let check = RowRenderer().reasons(for: row).first(where: { $0.0 == "checked" })
      else { continue }
      for part in check.1.plain.split(separator: ";") {
        let numbers = part.split { !"-+.e0123456789".contains($0) }.compactMap { Double($0) }
        guard numbers.count >= 2 else { continue }
        let (rule, quotient) = (numbers[numbers.count - 2], numbers[numbers.count - 1])
        #expect(abs(rule - quotient) <= 2e-5 * max(1, abs(rule)), "\(row.name): \(check.1.plain)")
        count += 1
      }
    }
    #expect(count >= 50)
  }

  @Test(arguments: Concept.all.map(\.name))
  func `an idea has a program that prints something`(_ name: String) {
    let concept = Concept.find(name)
    let transcript = Transcript(of: concept?.program ?? "", name: name)
    #expect(transcript.isDone && transcript.codes == [], "\(transcript.complaints)")
    #expect(!transcript.output.isEmpty)
    #expect(page(name)?.contains(transcript.output.split(separator: "\n")[0]) == true)
    for page in concept?.more ?? [] {
      #expect(Folder.exists(Folder.package() + "/docs/" + page), "\(page)")
    }
    for near in concept?.near ?? [] { #expect(page(near) != nil, "\(name): \(near)") }
  }

  @Test func `no word stands for two ideas`() {
    let words = Concept.all.flatMap { [$0.name] + $0.also }
    #expect(
      Set(words).count == words.count, "\(words.filter { w in words.filter { $0 == w }.count > 1 })"
    )
  }

  @Test func `reserved words and plurals have pages as statements, too`() {
    for (topic, title) in [
      ("if", "branch"), ("print", "output"), ("for", "loop"), ("functions", "function"),
      ("chain rule", "chain rule"), ("slices", "index"), ("Kinks", "kink"),
    ] {
      #expect(Transcript(of: "explain \(topic)\n", name: "t").output.hasPrefix(title), "\(topic)")
      #expect(page(topic)?.contains(title) == true)
    }
    #expect(Transcript(of: "explain = 2\nprint explain and 1\n", name: "t").codes == [])
  }

  @Test func `a slip of the finger gets a suggestion`() {
    for (typed, meant) in [
      ("revers", "reverse"), ("sigmiod", "sigmoid"), ("E0320", "E0302"),
      ("chian rule", "chain rule"), ("jacobain", "jacobian"),
    ] {
      guard case .failure(let diagnostic) = Session().explanation(of: typed) else {
        Issue.record("\(typed) has a page")
        continue
      }
      #expect(diagnostic.code == "E1012")
      if !typed.hasPrefix("E") { #expect(diagnostic.help == ["did you mean `\(meant)`?"]) }
    }
  }

  @Test func `each word, optimizer and setting has a page, and explain alone lists them all`() {
    let overview = Set((page("") ?? "").split { ", \n".contains($0) }.map(String.init))
    let words =
      Form.table.map(\.name) + CommandWord.allCases.map(\.rawValue) + ["minimize"]
      + Optimizer.all.map(\.name) + Setting.all.map(\.name) + Self.rows.map(\.name)
    for word in words {
      #expect(page(word) != nil, "\(word)")
      #expect(overview.contains(word), "\(word)")
    }
    #expect(page("adam")?.contains("beta1") == true)
    #expect(page("digits")?.contains("from 1 to 17") == true)
  }

  @Test func `help on a word tells of the operation, the setting, the idea and the command`() {
    let conversation = Conversation(Session(), files: .none)
    func help(_ topic: String) -> String { Help.page(on: topic, in: conversation)?.plain ?? "" }
    #expect(help("trace").contains("bar A"))
    #expect(help("trace").contains("trace f wrt x1, x2  "))
    #expect(help("list").contains("wengert list") && help("list").contains("  list f  "))
    #expect(help("zeros").contains("An array of zeros") && help("zeros").contains("structural"))
    #expect(help("kinks").contains("minimum-norm") && help("kinks").contains("subgradient"))
    #expect(help("set kinks").contains("minimum-norm"))
    #expect(help("functions").hasPrefix("function") && help("print").hasPrefix("output"))
  }

  @Test func `the settings stand in columns`() {
    let lines = Help.settings(of: Session()).plain.split(separator: "\n").map(String.init)
    let columns = zip(lines, Setting.all).map { line, setting in
      Array(line).count - Array(setting.summary).count
    }
    #expect(lines.count == Setting.all.count && Set(columns).count == 1, "\(lines)")
  }

  @Test func `explain is a command, and leaves names of that word alone`() {
    let program = "explain = 3\nprint explain\nexplain chain rule\n"
    let transcript = Transcript(of: program, name: "test")
    #expect(transcript.output.hasPrefix("3\nchain rule"), "\(transcript.output)")
  }

  @Test func `the tour runs without a message and binds nothing`() {
    var conversation = Conversation(Session(), files: .none)
    conversation.speak()
    _ = conversation.submit("x1 = 7") { _, _ in }
    var pauses = 0
    var text = ""
    let outcome = conversation.submit(":tour") { event, _ in
      switch event {
      case .pause: pauses += 1
      case .report(let markup, _): text += markup.plain + "\n"
      case .diagnostic(let diagnostic): Issue.record("\(diagnostic)")
      default: break
      }
    }
    #expect(outcome.isDone && TourStep.all.count == 8 && pauses == 7)
    for number in 1...8 { #expect(text.contains("\(number) of 8")) }
    #expect(conversation.session.names.map(\.name) == ["x1"])
    #expect(conversation.session.value(of: "x1") == "7")
  }
}
