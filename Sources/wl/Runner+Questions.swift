import CLineEditor
import WengertKernels
import WengertLang

/// Subcommands that run programs in silence and then ask something about them.
extension Runner {
  /// Runs programs, then the command that `question` makes of what they bound.
  static func ask(
    _ invocation: Invocation, question: (Conversation) -> String?
  ) -> Int32 {
    answer(invocation) { runner in
      guard let command = question(runner.conversation) else {
        runner.presenter.show(.nothingBound)
        return false
      }
      return runner.run(Text(name: "<command>", bytes: Array(command.utf8)))
    }
  }

  /// Runs programs, then prints a value and its gradient by the inputs, by all without them.
  static func gradient(_ invocation: Invocation, of output: String?, wrt inputs: [String]?)
    -> Int32
  {
    answer(invocation) { runner in
      guard let output = output ?? runner.conversation.defaultOperand else {
        runner.presenter.show(.nothingBound)
        return false
      }
      let inputs =
        inputs.map { $0.map { (label: $0, name: $0) } }
        ?? runner.conversation.nameInputs(of: output)
      let values = runner.conversation.gradient(of: output, wrt: inputs.map(\.name)) {
        runner.presenter.show($0, $1)
      }
      guard let values else { return false }
      let labels = [output] + inputs.map { "d\(output)/d\($0.label)" }
      for (label, value) in zip(labels, values) {
        runner.presenter.show(.echoed(name: label, value: value), [])
      }
      return true
    }
  }

  /// Prints the page of a topic; that of all topics without one.
  static func explain(_ topic: String, _ invocation: Invocation) -> Int32 {
    var runner = Runner(invocation)
    switch runner.conversation.session.explanation(of: topic) {
    case .success(let page): runner.presenter.show(.report(page, json: nil), [])
    case .failure(let diagnostic): runner.presenter.show(diagnostic)
    }
    let code = runner.exitStatus(true)
    runner.presenter.finish(code)
    return code
  }

  /// Prints an early stage of every program.
  static func show(_ stage: Stage, _ invocation: Invocation) -> Int32 {
    var runner = Runner(invocation)
    guard let texts = runner.read(invocation) else { return runner.exitStatus(false) }
    for text in texts {
      let source = SourceFile(name: text.name, bytes: text.bytes)
      guard let shown = stage.show(source) else { continue }
      runner.presenter.show(.report(Markup(shown.text), json: nil), [source])
      for diagnostic in shown.diagnostics { runner.presenter.show(diagnostic, [source]) }
      runner.presenter.endStatements()
    }
    let code = runner.exitStatus(true)
    runner.presenter.finish(code)
    return code
  }

  /// Runs programs in silence: only their diagnostics are shown.
  private static func answer(
    _ invocation: Invocation, ask: (inout Runner) -> Bool
  ) -> Int32 {
    wl_signals_catch(wl_interrupt_set, 1)
    Watch.begin(invocation)
    var invocation = invocation
    if invocation.files.isEmpty, invocation.code.isEmpty { invocation.files = ["-"] }
    var runner = Runner(invocation)
    var isDone = false
    if let texts = runner.read(invocation) {
      isDone = runner.run(texts) { if case .diagnostic = $0 { true } else { false } }
    }
    if isDone { isDone = ask(&runner) }
    let code = runner.exitStatus(isDone)
    runner.presenter.finish(code)
    return code
  }
}

extension Diagnostic {
  static let nothingBound = Diagnostic(
    "E1011", "the program binds no name", at: nil, help: ["name an output: --of f"])
}
