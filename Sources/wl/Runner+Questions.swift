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

  /// Runs programs, then prints a value and its gradient.
  static func gradient(_ invocation: Invocation, of target: String?, wrt: String?) -> Int32 {
    answer(invocation) { runner in
      guard let target = target ?? runner.conversation.defaultOperand else {
        runner.presenter.show(.nothingBound)
        return false
      }
      let inputs =
        wrt.map { names($0).map { (label: $0, name: $0) } }
        ?? runner.conversation.nameInputs(of: target)
      guard let gradients = runner.gradients(of: target, inputs.map(\.name)) else { return false }
      let labels = [target] + inputs.map { "d\(target)/d\($0.label)" }
      for (label, value) in zip(labels, gradients) {
        runner.presenter.show(.echoed(name: label, value: value), [])
      }
      return true
    }
  }

  /// A value and its gradients as text; nil when there are none, which is shown.
  private mutating func gradients(of target: String, _ inputs: [String]) -> [String]? {
    guard conversation.session.value(of: target) != nil else {
      // What is wrong with the name is told by the statement that needs it.
      _ = run(Text(name: "<command>", bytes: Array("list \(target)".utf8))) {
        if case .diagnostic = $0 { true } else { false }
      }
      return nil
    }
    let names = inputs.indices.map { "gradient_\($0 + 1)" }
    if !inputs.isEmpty {
      let arguments = ([target] + inputs).joined(separator: ", ")
      let text = "\(names.joined(separator: ", ")) = grad(\(arguments))"
      let isDone = run(Text(name: "<command>", bytes: Array(text.utf8))) {
        if case .diagnostic = $0 { true } else { false }
      }
      guard isDone else { return nil }
    }
    return ([target] + names).map { conversation.session.value(of: $0) ?? "?" }
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

  private static func names(_ list: String) -> [String] {
    list.split(separator: ",").map { $0.filter { $0 != " " } }
  }
}

extension Diagnostic {
  static let nothingBound = Diagnostic(
    "E1011", "the program binds no name", at: nil, help: ["name an output: --of f"])
}
