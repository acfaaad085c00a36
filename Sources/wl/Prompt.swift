import CLineEditor
import Glibc
import WengertKernels
import WengertLang

/// The interactive prompt: read, run, show, until the user leaves.
final class Prompt {
  private var conversation: Conversation
  private var presenter: Presenter
  private let isQuiet: Bool
  /// How long each submission may take.
  private let seconds: Double?
  /// Where statements come from when the editor cannot work.
  private var plain = PlainReader()
  private var editor: LineEditor?
  private var history: History?
  private let isTerminal = Terminal.isTerminal(STDIN_FILENO)
  /// Whether the rest of a `step` is not wanted.
  private var isStopped = false

  init(
    _ conversation: Conversation, _ presenter: Presenter, isQuiet: Bool, seconds: Double? = nil
  ) {
    self.conversation = conversation
    self.presenter = presenter
    self.isQuiet = isQuiet
    self.seconds = seconds
    self.conversation.speak()
    self.presenter.announcesFiles = true
  }

  /// Talks until the user leaves.
  func run() {
    wl_signals_catch(wl_interrupt_set, 0)
    _ = wl_terminal_use_utf8()
    if isTerminal, Terminal.isTerminal(STDOUT_FILENO), !Terminal.isDumb, !presenter.isJSON {
      openEditor()
    }
    greet()
    while !conversation.isOver {
      presenter.output.flush()
      switch editor?.read() ?? plain.read(ask: ask) {
      case .text(let text): answer(text)
      case .cancelled:
        _ = wl_signals_interrupted()
        if editor == nil { presenter.output.write("\n") }
      case .end:
        if isTerminal { presenter.output.write("\n") }
        close()
        return
      }
    }
    close()
  }

  private func openEditor() {
    editor = LineEditor(drawsColors: presenter.drawsColors)
    history = History()
    for entry in history?.entries ?? [] { editor?.remember(entry) }
    editor?.complete = { [unowned self] text in
      Completion(of: text, in: conversation, list: Files.list).action(width: Terminal.width)
    }
  }

  private func close() {
    editor?.close()
    presenter.output.flush()
  }

  private func greet() {
    guard isTerminal, !isQuiet, !presenter.isJSON else { return }
    presenter.output.writeLine(
      "wl \(CommandLineTool.version) - Wengert lists.  :tour shows around, :help helps, Ctrl-D leaves"
    )
  }

  private func ask(_ prompt: String) {
    guard isTerminal, !presenter.isJSON else { return }
    presenter.output.write(prompt)
    presenter.output.flush()
  }

  // MARK: Answers

  private func answer(_ text: String) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    if let editor, history?.append(text) == true { editor.remember(text) }
    wl_interrupt_set(0)
    _ = wl_signals_interrupted()
    isStopped = false
    Watch.begin(seconds: seconds)
    conversation.setWidth(Terminal.width)
    let outcome = conversation.submit(text) { event, sources in show(event, sources) }
    presenter.endStatements()
    if outcome.skipped > 0 {
      let count = outcome.skipped == 1 ? "1 statement" : "\(outcome.skipped) statements"
      presenter.output.complain("\(count) behind the error did not run\n")
    }
    Watch.rest()
    wl_interrupt_set(0)
  }

  private func show(_ event: Event, _ sources: [SourceFile]) {
    if isStopped { return }
    let isInterrupted = wl_signals_interrupted() != 0
    if case .progress = event {
      // The line of training goes, and what the terminal wrote behind it for Ctrl-C goes with it.
      return presenter.show(event, sources)
    }
    if isInterrupted, isTerminal { presenter.output.complain("\n") }
    switch event {
    case .pause: pause()
    case .steps(let markup, _) where isTerminal && !presenter.isJSON:
      for line in markup.lines where !isStopped {
        presenter.show(.report(line, json: nil), sources)
        pause()
      }
    default: presenter.show(event, sources)
    }
  }

  /// Waits for a key between the steps of a printout.
  private func pause() {
    guard isTerminal, !presenter.isJSON else { return }
    let hint = "-- Enter goes on, q stops --"
    presenter.output.write(hint)
    presenter.output.flush()
    let key = wl_terminal_key()
    let blank = String(repeating: " ", count: hint.count)
    presenter.output.write("\r\(blank)\r")
    isStopped = key < 0 || key == Int32(UInt8(ascii: "q")) || key == 4
  }
}
