import CFuzzClock
import WengertKernels

@testable import WengertLang

/// Whole programs, with limits as the command line has them.
enum ProgramTarget {
  /// Seconds of processor time until a run is asked to stop, and until it must have.
  private static let seconds = 1.0
  private static let memory = 16 << 20

  static func run(_ text: [UInt8]) {
    var conversation = begin()
    limited {
      var reports = 0
      let isDone = conversation.run(text, name: "fuzz") { look($0, $1, &reports) }
      if !isDone, reports == 0 { broken("what fails says why") }
    }
  }

  /// The same text as if it was typed, and a probe of the session behind it.
  static func runAtPrompt(_ text: [UInt8]) {
    var conversation = begin()
    conversation.speak()
    limited {
      for line in text.split(separator: UInt8(ascii: "\n")).prefix(40) {
        var reports = 0
        let outcome = conversation.submit(String(decoding: line, as: UTF8.self)) {
          look($0, $1, &reports)
        }
        if conversation.isOver { return }
        if !outcome.isDone, reports == 0 { broken("what fails says why") }
      }
    }
    guard !conversation.isOver else { return }
    // What is set stays set: the answer is compared as a number.
    var answer = ""
    _ = conversation.submit("print 12345 + 2") { event, _ in
      if case .printed(let text) = event { answer += text }
    }
    if !answer.hasPrefix("1"), !answer.hasPrefix("E") { broken("the session goes on: \(answer)") }
  }

  private static func begin() -> Conversation {
    let files = FileAccess(
      read: { path throws(FileAccess.Failure) in
        guard let contents = DataFiles.all[path] else { throw .init("No such file or directory") }
        return contents
      }, list: { _ in DataFiles.all.keys.sorted() })
    var session = Session(files: files)
    session.settings.memory = memory
    session.settings.mostMemory = memory
    session.settings.entries = 20_000
    session.settings.mostEntries = 20_000
    return Conversation(session, files: files)
  }

  private static func limited(_ work: () -> Void) {
    wl_interrupt_set(Int32(WL_STOP_NONE))
    fuzz_clock(seconds, wl_interrupt_set, Int32(WL_STOP_TIME))
    work()
    fuzz_clock(0, nil, 0)
    wl_interrupt_set(Int32(WL_STOP_NONE))
  }

  private static func look(_ event: Event, _ sources: [SourceFile], _ reports: inout Int) {
    switch event {
    case .diagnostic(let diagnostic):
      reports += 1
      Laws.check(diagnostic, sources)
    case .report(let markup, _), .steps(let markup, _): _ = markup.plain
    default: break
    }
  }
}

/// The files that programs find.
enum DataFiles {
  static let all: [String: [UInt8]] = [
    "a.csv": Array("x,y\n1,2\n3,4\n".utf8), "a.json": Array("{\"x\": [1, 2], \"y\": 3}".utf8),
    "b.json": Array("[[1, 2], [3, 4]]".utf8), "a.tsv": Array("1\t2\n".utf8), "b.csv": [],
  ]
}
