import CLineEditor
import Glibc
import WengertKernels
import WengertLang

/// Runs programs from files, standard input and the command line, one behind the other.
struct Runner {
  var conversation: Conversation
  var presenter: Presenter

  init(_ invocation: Invocation) {
    presenter = Presenter(invocation)
    var settings = Settings()
    if let memory = invocation.memory {
      settings.memory = memory
      settings.mostMemory = memory
    }
    if let entries = invocation.entries {
      settings.entries = entries
      settings.mostEntries = entries
    }
    var files = Files.access(most: settings.memory)
    files.isAllowed = invocation.allowsFiles
    var session = Session(files: files)
    session.settings = settings
    session.settings.width = Terminal.width
    session.settings.echoes = invocation.isJSON && !invocation.isQuiet
    if let digits = invocation.digits { session.settings.digits = digits }
    if let threads = invocation.threads { wl_blas_threads(Int32(clamping: threads)) }
    for (name, formula) in invocation.presets {
      guard let diagnostic = session.preset(name, to: formula) else { continue }
      presenter.show(diagnostic, session.sources)
    }
    conversation = Conversation(session, files: files)
  }

  /// A text to run and what messages call it.
  struct Text {
    let name: String
    let bytes: [UInt8]
    var folder = ""
  }

  /// Reads every program before the first one runs; nil when one cannot be read, which is shown.
  mutating func read(_ invocation: Invocation) -> [Text]? {
    // A value for an input that cannot be had, for example.
    if presenter.exitStatus != ExitStatus.success { return nil }
    var texts: [Text] = []
    for path in invocation.files {
      do throws(Files.Failure) {
        if path == "-" {
          let bytes = try Files.read(STDIN_FILENO, most: Files.longestProgram)
          texts.append(Text(name: "<stdin>", bytes: bytes))
        } else {
          let folder = FileAccess.folder(of: path)
          let bytes = try Files.read(path, most: Files.longestProgram)
          texts.append(Text(name: path, bytes: bytes, folder: folder))
        }
      } catch {
        if wl_interrupt_requested() != 0 {
          presenter.show(.stopped(at: Span(0, 0)), [SourceFile(name: path, bytes: [])])
        } else {
          presenter.show(.cannotRead(path, reason: error.reason))
        }
        return nil
      }
    }
    for code in invocation.code { texts.append(Text(name: "-e", bytes: Array(code.utf8))) }
    return texts
  }

  /// Runs texts until one of them fails.
  mutating func run(
    _ texts: [Text], isShown: (Event) -> Bool = { _ in true }
  ) -> Bool {
    guard texts.allSatisfy({ run($0, isShown: isShown) }) else { return false }
    for name in conversation.session.unusedPresets {
      presenter.show(.unusedPreset(name, names: conversation.session.names.map(\.name)))
    }
    return presenter.exitStatus == ExitStatus.success
  }

  /// Runs one text; what the session says is shown, unless `isShown` says no.
  mutating func run(_ text: Text, isShown: (Event) -> Bool = { _ in true }) -> Bool {
    let isDone = conversation.run(text.bytes, name: text.name, folder: text.folder) {
      if isShown($0) { presenter.show($0, $1) }
    }
    presenter.endStatements()
    return isDone
  }

  /// The exit code after a run.
  func exitStatus(_ isDone: Bool) -> Int32 {
    if wl_signals_interrupted() != 0 { return ExitStatus.interrupted }
    if presenter.exitStatus != ExitStatus.success { return presenter.exitStatus }
    return isDone ? ExitStatus.success : ExitStatus.failure
  }

  /// Runs what an invocation names, from start to exit code.
  static func run(_ invocation: Invocation) -> Int32 {
    wl_signals_catch(wl_interrupt_set, 1)
    Watch.begin(invocation)
    var runner = Runner(invocation)
    let texts = runner.read(invocation)
    let isDone = texts.map { runner.run($0) } ?? false
    if invocation.isInteractive, texts != nil {
      Watch.rest()
      Prompt(
        runner.conversation, runner.presenter, isQuiet: invocation.isQuiet,
        seconds: invocation.seconds
      ).run()
      return ExitStatus.success
    }
    let code = runner.exitStatus(isDone)
    runner.presenter.finish(code)
    return code
  }
}
