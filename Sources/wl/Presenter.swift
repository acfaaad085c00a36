import Glibc
import WengertLang

/// Shows what a session says: as text for people, or as JSON Lines for programs.
struct Presenter {
  var output = Output()
  let isJSON: Bool
  let showsWarnings: Bool
  private let resultInk: Ink
  private let complaintInk: Ink
  /// Whether to say that a file was written.
  var announcesFiles = false
  /// The most telling exit code of the errors shown so far.
  private(set) var exitStatus = ExitStatus.success
  /// How many diagnostics the texts that run now have brought.
  private var shown = 0
  /// The line on the terminal that says how training gets on.
  private var bar: ProgressBar

  /// The events of `--json` and their members, for the reference.
  static let events: [(event: String, members: String)] = [
    ("print", "`text`: a line of `print`"),
    ("value", "`name`, `value`: what a statement bound, unless `--quiet`"),
    ("report", "`report`: what a command tells, null where it is only text; `text`: its printout"),
    (
      "diagnostic",
      "`code`, `severity`, `message`, `file`, `primary` and `secondary` (places), `notes`; "
        + "`rendered`: the message as a terminal shows it"
    ),
    ("file", "`path`, `bytes`: a file that was written"),
    ("progress", "`step`, `steps`, `value`, `seconds`: how training gets on"),
    ("done", "`ok`, `exit`: the last line, with the exit status"),
  ]

  init(_ invocation: Invocation) {
    isJSON = invocation.isJSON
    showsWarnings = !invocation.isQuiet
    resultInk = Terminal.isColored(STDOUT_FILENO, invocation.color) ? .ansi : .none
    bar = ProgressBar(isShown: !invocation.isJSON && !invocation.isQuiet)
    complaintInk = Terminal.isColored(STDERR_FILENO, invocation.color) ? .ansi : .none
  }

  /// Whether results are coloured.
  var drawsColors: Bool { resultInk == .ansi }

  /// Shows one event; spans point into the sources.
  mutating func show(_ event: Event, _ sources: [SourceFile]) {
    if case .progress(let progress) = event { return show(progress) }
    if let text = bar.erased() { output.complain(text) }
    switch event {
    case .printed(let text):
      if isJSON { line("print", ["text": .string(text)]) } else { output.writeLine(text) }
    case .echoed(let name, let value):
      if isJSON {
        line("value", ["name": .string(name), "value": .string(value)])
      } else {
        output.writeLine(Event.echo(name, value))
      }
    case .report(let markup, let json), .steps(let markup, let json):
      if isJSON {
        line("report", ["report": json ?? .null, "text": .string(markup.plain)])
      } else {
        output.writeLine(resultInk.draw(markup))
      }
    case .diagnostic(let diagnostic): show(diagnostic, sources)
    case .file(let path, let contents, let span):
      write(contents, to: path, at: span, sources)
    case .pause, .progress: break
    }
  }

  /// Shows how training gets on: as a line that is drawn over itself, or as JSON.
  private mutating func show(_ progress: TrainingProgress?) {
    guard isJSON else {
      if let text = bar.text(progress) { output.complain(text) }
      return
    }
    guard let progress else { return }
    let members: KeyValuePairs<String, JSON> = [
      "step": .int(progress.step), "steps": .int(progress.steps),
      "value": .number(progress.value), "seconds": .number(progress.seconds),
    ]
    line("progress", members)
    output.flush()
  }

  /// Shows an error or a warning.
  mutating func show(_ diagnostic: Diagnostic, _ sources: [SourceFile] = []) {
    if diagnostic.severity == .error {
      exitStatus = Presenter.moreTelling(exitStatus, Presenter.exitStatus(of: diagnostic))
    } else if !showsWarnings {
      return
    }
    shown += 1
    let width = isJSON ? Int.max : Terminal.complaintWidth
    let renderer = DiagnosticRenderer(sources: sources, width: width)
    if isJSON {
      line("diagnostic", renderer.json(of: diagnostic))
    } else if shown <= DiagnosticRenderer.limit {
      let gap = shown > 1 ? "\n" : ""
      output.complain(gap + complaintInk.draw(renderer.markup(diagnostic)))
    }
  }

  /// Ends the diagnostics of one run: says how many more there were than can be read.
  mutating func endStatements() {
    let rest = shown - DiagnosticRenderer.limit
    if rest > 0, !isJSON { output.complain("\nand \(rest) more\n") }
    shown = 0
  }

  /// Says how the run ended, for programs that read along.
  mutating func finish(_ exitStatus: Int32) {
    if isJSON {
      line("done", ["ok": .bool(exitStatus == 0), "exit": .int(Int(exitStatus))])
    }
    output.flush()
  }

  private mutating func write(
    _ contents: [UInt8], to path: String, at span: Span?, _ sources: [SourceFile]
  ) {
    do throws(Files.Failure) {
      try Files.write(contents, to: path)
      if isJSON {
        line("file", ["path": .string(path), "bytes": .int(contents.count)])
      } else if announcesFiles {
        output.writeLine("wrote \(path)")
      }
    } catch {
      show(.cannotWrite(path, reason: error.reason, at: span), sources)
    }
  }

  private mutating func line(_ event: String, _ members: KeyValuePairs<String, JSON>) {
    line(event, JSON.members(members))
  }

  /// One line of JSON: what happened, and the members that tell more.
  private mutating func line(_ event: String, _ object: JSON) {
    guard case .object(let first) = JSON.members(["event": .string(event)]),
      case .object(let rest) = object
    else { return }
    output.writeLine(JSON.object(first + rest).text)
  }

  // MARK: Exit codes

  /// What an error means for the caller: checks that disagree and interrupts have numbers of their
  /// own.
  private static func exitStatus(of diagnostic: Diagnostic) -> Int32 {
    switch diagnostic.code.dropFirst().prefix(2) {
    case "08": diagnostic.code == "E0810" ? ExitStatus.timedOut : ExitStatus.limit
    case "07" where diagnostic.code == "E0720": ExitStatus.disagreement
    default:
      switch diagnostic.code {
      case Diagnostic.unreadableCode: ExitStatus.noInput
      case Diagnostic.unwritableCode: ExitStatus.cannotWrite
      default: ExitStatus.failure
      }
    }
  }

  /// An error of the program tells more than a check that said no.
  private static func moreTelling(_ first: Int32, _ second: Int32) -> Int32 {
    if first == ExitStatus.success || first == ExitStatus.disagreement { return second }
    return first
  }
}
