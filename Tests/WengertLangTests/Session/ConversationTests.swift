import Testing

@testable import WengertLang

@Suite struct ConversationTests {
  @Test func `a block runs statement by statement and is taken back as one`() {
    var talk = Talk()
    #expect(talk.say("a = 1\nb = (a\n + 1)\nc = a + b").isDone)
    #expect(talk.said == ["a = 1", "b = 2", "c = 3"])
    talk.say(":undo")
    #expect(talk.said == ["took back a = 1 … (4 lines)\n"])
    #expect(talk.conversation.session.names.isEmpty)
  }

  @Test func `time says how long a statement took, and what the plan made of it`() {
    var talk = Talk()
    talk.say("w = 0.5")
    talk.say(":time for i in 1..300 { s = sin(w)*i }")
    let lines = (talk.said.last ?? "").split(separator: "\n")
    #expect(lines.first?.hasPrefix("took ") == true)
    #expect(lines.dropFirst().first?.hasPrefix("  plan: 3 entries in ") == true)
    #expect(lines.last == "    loops: 1 once for all turns, 2 for 128 turns at a time")
    // What runs nothing says nothing, and the next statement is not counted.
    talk.say(":time s")
    talk.say("z = w")
    #expect(talk.said == ["z = 0.5"])
  }

  @Test func `a complaint about what is timed points at where it was typed`() {
    var talk = Talk()
    #expect(!talk.say(":time y = q").isDone)
    #expect(talk.place == "1:11 q")
  }

  @Test func `a saved program finds the files of what was loaded from elsewhere`() {
    let program = """
      X = load("x.csv")
      f(a) = a*load("../y.csv")
      w = 0
      E = sum((X - w)^2)
      minimize E over w by sgd(rate = 0.1) for 3 steps from "w.npz"
      """
    for (target, x, y, z) in [
      ("p.wl", "a/x.csv", "a/../y.csv", "z.csv"), ("a/p.wl", "x.csv", "../y.csv", "../z.csv"),
      ("a/b/p.wl", "../../a/x.csv", "../../a/../y.csv", "../../z.csv"),
      ("./a/p.wl", "../a/x.csv", "../a/../y.csv", "../z.csv"),
      ("/tmp/p.wl", "/home/me/a/x.csv", "/home/me/a/../y.csv", "/home/me/z.csv"),
      ("../p.wl", "/home/me/a/x.csv", "/home/me/a/../y.csv", "/home/me/z.csv"),
    ] {
      var talk = Talk(["a/q.wl": program, "a/x.csv": "1\n2\n", "z.csv": "7\n"], home: "/home/me/")
      #expect(talk.say(":load a/q.wl").isDone, "\(talk.said)")
      talk.say("Z = load(\"z.csv\")")
      talk.say(":save \(target)")
      let lines = (talk.files[target] ?? "").split(separator: "\n").map { String($0) }
      #expect(lines.first == "X = load(\"\(x)\")")
      #expect(lines.dropFirst().first == "f(a) = a*load(\"\(y)\")")
      #expect(lines.dropLast().last?.hasSuffix("from \"\(x.dropLast(5))w.npz\"") == true)
      #expect(lines.last == "Z = load(\"\(z)\")", "\(lines)")
    }
  }

  @Test func `a block stops at an error and counts what it left out`() {
    var talk = Talk()
    let outcome = talk.say("a = 1\nb = q\nc = 2\n\nd = 3")
    #expect(!outcome.isDone)
    #expect(outcome.skipped == 2)
    #expect(talk.conversation.session.names.map(\.name) == ["a"])
  }

  @Test func `undo holds a quarter of the memory at most, or one state`() {
    var talk = Talk()
    talk.conversation.session.settings.memory = 16 << 20
    for k in 1...6 {
      // Two megabytes or more, which only the states before the reset hold.
      talk.say("x = \(k) + zeros(262144)")
      talk.say(":reset")
      let held = talk.conversation.past.map(\.bytes)
      #expect(held.count == 1 || held.reduce(0, +) <= 4 << 20)
      #expect((held.last ?? 0) >= 2 << 20)
    }
    talk.say(":undo")
    talk.say("print x[0]")
    #expect(talk.said == ["6"])
  }

  @Test func `undo passes over what changed nothing`() {
    var talk = Talk()
    for text in ["a = 1", "b = 2", "b", "print a", ":vars", "list b", "q"] { talk.say(text) }
    talk.say(":undo")
    #expect(talk.said == ["took back b = 2\n"])
    talk.say(":undo 5")
    #expect(talk.said == ["took back a = 1\n"])
    talk.say(":undo")
    #expect(talk.said == ["there is nothing to take back"])
    talk.say(":undo all")
    #expect(talk.said == ["`all` is not a number of submissions"])
  }

  @Test func `undo takes back what changes the numbers that come next, and nothing else`() {
    var talk = Talk()
    talk.say("x = 1")
    talk.say("seed(1)")
    talk.say("rand()")
    let first = talk.said
    talk.say(":undo")
    #expect(talk.said == ["took back rand()\n"])
    talk.say("rand()")
    #expect(talk.said == first && first.count == 1)
    talk.say(":undo 2")
    #expect(talk.said == ["took back rand()\ntook back seed(1)\n"])
    #expect(talk.conversation.session.names.map(\.name) == ["x"])
    talk.say("grad(x, x)")
    talk.say(":undo")
    #expect(talk.said == ["took back x = 1\n"])
  }

  @Test func `commands that take nothing refuse what stands behind them`() {
    var talk = Talk()
    talk.say("x = 1")
    for line in [":reset now", ":r x", ":vars x", ":quit now"] {
      #expect(!talk.say(line).isDone)
      #expect(talk.said.first?.hasSuffix("takes nothing behind it") == true, "\(talk.said)")
    }
    #expect(talk.conversation.session.names.map(\.name) == ["x"])
    #expect(!talk.conversation.isOver)
    talk.say(":q!")
    #expect(talk.conversation.isOver)
  }

  @Test func `reset and load are taken back too`() {
    var talk = Talk(["p.wl": "x = 3\ny = 2*x\n"])
    talk.say(":load p.wl")
    #expect(talk.said == ["x = 3", "y = 6"])
    talk.say(":reset")
    #expect(talk.conversation.session.names.isEmpty)
    talk.say(":undo")
    #expect(talk.conversation.session.names.map(\.name) == ["x", "y"])
    talk.say(":undo")
    #expect(talk.conversation.session.names.isEmpty)
    talk.say(":load q.wl")
    #expect(talk.said == ["`q.wl` cannot be read: no such file"])
  }

  @Test func `what is saved can be loaded`() {
    var talk = Talk()
    talk.say("x = 3\nf(u) = u^2\ny = f(x)")
    talk.say(":save p.wl")
    var other = Talk(talk.files)
    other.say(":load p.wl")
    #expect(other.conversation.session.names.map(\.name) == ["x", "y", "f"])
  }

  @Test func `what is saved has the settings that it was computed with`() {
    var talk = Talk()
    for line in ["x = 0", "y = relu(x)", "set kinks right", "g = grad(y, x)"] { talk.say(line) }
    talk.say(":save p.wl")
    #expect(talk.files["p.wl"] == "x = 0\ny = relu(x)\nset kinks right\ng = grad(y, x)\n")
    var other = Talk(talk.files)
    other.say(":load p.wl")
    #expect(other.conversation.session.value(of: "g") == "1")
    talk.say(":undo")
    talk.say(":undo")
    talk.say(":save p.wl")
    #expect(talk.files["p.wl"] == "x = 0\ny = relu(x)\n")
  }

  @Test func `what is saved has the values that inputs were given`() {
    var session = Session()
    #expect(session.preset("x", to: "5") == nil)
    #expect(session.preset("k", to: "[1, 2]") == nil)
    #expect(session.run("x = 3\ny = x^2\ninput k: [2], m\nz = sum(k)*y\n", name: "p.wl") { _ in })
    let text = "x = 5\ny = x^2\ninput k: [2], m\nk = [1, 2]\nz = sum(k)*y\n"
    #expect(session.programText == text)
    var again = Session()
    #expect(again.run(text, name: "p.wl") { _ in })
    #expect(again.value(of: "z") == session.value(of: "z"))
  }

  @Test func `paths in a loaded program count from its folder`() {
    var talk = Talk(["sub/p.wl": "x = 2\ny = x^2\nlist y to \"y.txt\"\n"])
    #expect(talk.say(":load sub/p.wl").isDone)
    #expect(talk.files.keys.sorted() == ["sub/y.txt"])
  }

  @Test func `the first letters of a command are enough when they fit one only`() {
    var talk = Talk()
    talk.say("x = 1")
    talk.say(":v")
    #expect(talk.said == ["  x  1\n"])
    #expect(!talk.say(":t x").isDone)
    #expect(talk.said == ["`:t` could be several commands"])
    talk.say(":undoo")
    #expect(talk.said == ["there is no command called `:undoo`"])
  }

  @Test(arguments: [
    (":undoo", "1:1 :undoo"), ("  :undoo 3", "1:3 :undoo 3"), (":t x", "1:1 :t x"), (":", "1:1 :"),
    (":load", "1:1 :load"), (":load  q.wl", "1:8 q.wl"), (":undo", "1:1 :undo"),
    (":undo è è", "1:7 è è"), ("?nothing", "1:2 nothing"), (": help nothing", "1:8 nothing"),
    (":save", "1:1 :save"), (":reset now", "1:8 now"), ("explain nothing", "1:9 nothing"),
  ])
  func `what is wrong with a command is shown where it stands`(line: String, place: String) {
    var talk = Talk()
    #expect(!talk.say(line).isDone)
    #expect(talk.place == place, "\(talk.said)")
  }

  @Test func `commands of the language take a colon, and the last value when nothing is named`() {
    var talk = Talk()
    talk.say("x = 3\nf = x^2")
    for command in ["trace f", ":trace f", ":trac", ": trace f"] {
      talk.say(command)
      #expect(talk.said.first?.hasPrefix("forward") == true, "\(command)")
    }
  }

  @Test func `commands that are about no value say alone what there is`() {
    var talk = Talk()
    talk.say("x = 3")
    #expect(talk.say(":table").isDone)
    #expect(talk.said == [Catalogue.overview.plain])
    #expect(talk.say(":table add").isDone)
    #expect(!talk.say(":show").isDone)
    #expect(talk.said == ["there is no such stage"] && talk.place == "1:1 :show")
    #expect(talk.say(":show list").isDone)
  }

  @Test func `habits of other prompts get an answer, unless they are names here`() {
    var talk = Talk()
    talk.say("whos")
    #expect(talk.said == ["that is `:vars` here\n"])
    talk.say("%time")
    #expect(talk.said == ["that is `:time` here\n"])
    talk.say("help")
    #expect(talk.said.first?.contains(":undo") == true)
    talk.say("time f = 2")
    #expect(talk.said == ["that is `:time f = 2` here\n"])
    talk.say("load a.wl")
    #expect(talk.said == ["that is `:load a.wl` here\n"])
    talk.say("time = 4")
    talk.say("time * 2")
    #expect(talk.said == ["8"])
    talk.say("exit = 3")
    talk.say("exit")
    #expect(talk.said == ["3"])
    #expect(!talk.conversation.isOver)
    talk.say("quit")
    #expect(talk.conversation.isOver)
  }

  @Test func `every command has a page, and every topic is found`() {
    let talk = Talk()
    for topic in Help.topics(in: talk.conversation) {
      #expect(Help.page(on: topic, in: talk.conversation)?.isEmpty == false, "\(topic)")
    }
    let words = SessionCommand.words
    #expect(Set(words.map(\.name)).count == words.count)
  }

  @Test(arguments: [
    (2.5, "2.5 s"), (123.4, "123 s"), (0.0123, "12.3 ms"), (0.000_001_5, "1.5 µs"),
  ])
  func `durations have three digits`(_ seconds: Double, _ text: String) {
    #expect(Help.duration(seconds) == text)
  }
}
