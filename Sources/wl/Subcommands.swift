import ArgumentParser
import WengertLang

/// Runs programs: what `wl FILE` is short for.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run programs; wl FILE is short for it.")

  @OptionGroup var options: RunOptions

  func run() throws {
    var invocation = options.invocation
    try leave(CommandLineTool.start(&invocation))
  }
}

/// Ends a subcommand with an exit code.
func leave(_ code: Int32) throws {
  if code != ExitStatus.success { throw ExitCode(code) }
}

/// How a printout is written.
enum PrintoutFormat: String, CaseIterable, ExpressibleByArgument { case text, json }

/// What a command about an output of a program is told.
struct OutputOptions: ParsableArguments {
  @OptionGroup var run: RunOptions

  @Option(help: ArgumentHelp("The output; else what the program binds last.", valueName: "NAME"))
  var of: String?

  @Option(help: ArgumentHelp("How to print: text or json.", valueName: "FORMAT"))
  var format = PrintoutFormat.text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write FILE; its ending names the format.", valueName: "FILE"))
  var output: String?

  /// What to run, and how to print it.
  var invocation: Invocation {
    var invocation = run.invocation
    if format == .json { invocation.isJSON = true }
    return invocation
  }

  func validate() throws {
    if run.interactive {
      throw ValidationError("no prompt follows a printout: -i goes with wl FILE")
    }
    guard let of, !Session.isName(of) else { return }
    throw ValidationError("--of takes a name, not '\(of)'")
  }

  /// Says that a command has nothing to write into a file.
  func refuseOutput(_ word: String) throws {
    guard output != nil else { return }
    throw ValidationError("wl \(word) writes no file; the shell does: wl \(word) … > FILE")
  }

  /// Runs the programs without their output, then a command of the language about the output.
  func perform(_ word: String, wrt: [String]? = nil, flags: String = "") throws {
    try leave(
      Runner.ask(invocation) { conversation in
        guard let target = of ?? conversation.defaultOperand else { return nil }
        var command = "\(word) \(target)"
        if let wrt { command += " wrt \(wrt.joined(separator: ", "))" }
        return command + flags + file
      })
  }

  /// The file that a command of the language writes into.
  private var file: String { output.map { " to \(Session.literal($0))" } ?? "" }

  /// As `perform`, of a stage that knows of no output.
  func show(_ stage: String) throws {
    try leave(Runner.ask(invocation) { _ in "show \(stage)\(file)" })
  }
}

/// What a command about derivatives of an output is told besides.
struct InputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The inputs, with commas between; else all.", valueName: "NAMES"))
  var wrt: String?

  /// The inputs by their names; nil for all.
  var names: [String]? {
    wrt?.split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
  }

  func validate() throws {
    guard let stranger = names?.first(where: { !Session.isName($0) }) else { return }
    throw ValidationError("--wrt takes names with commas between, not '\(stranger)'")
  }
}

/// The Wengert list an output needs.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the Wengert list that an output needs.")
  @OptionGroup var options: OutputOptions
  func run() throws { try options.perform("list") }
}

/// The list with its values.
struct Forward: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the Wengert list with the value of each entry.")
  @OptionGroup var options: OutputOptions
  func run() throws { try options.perform("forward") }
}

/// The forward values and the adjoint trace.
struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the forward values, then the adjoint trace.")
  @OptionGroup var options: OutputOptions
  @OptionGroup var inputs: InputOptions
  func run() throws { try options.perform("trace", wrt: inputs.names) }
}

/// The derivative list.
struct Adjoint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the derivative list as a program that can be run.")
  @OptionGroup var options: OutputOptions
  @OptionGroup var inputs: InputOptions
  func run() throws { try options.perform("adjoint", wrt: inputs.names) }
}

/// A value and its gradient.
struct Grad: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the value of an output and its gradient.")
  @OptionGroup var options: OutputOptions
  @OptionGroup var inputs: InputOptions

  func validate() throws { try options.refuseOutput("grad") }

  func run() throws {
    try leave(Runner.gradient(options.invocation, of: options.of, wrt: inputs.names))
  }
}

/// A verdict on a gradient.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say whether a gradient can be trusted; exit code 2 when it is wrong.")
  @OptionGroup var options: OutputOptions
  @OptionGroup var inputs: InputOptions

  @Flag(help: "Print the evidence too.")
  var full = false

  func run() throws {
    try options.perform("check", wrt: inputs.names, flags: full ? " full" : "")
  }
}

/// The canonical layout.
struct Fmt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lay programs out in the canonical form.")

  @Argument(help: "Programs; - prints standard input.", completion: .file(extensions: ["wl"]))
  var files: [String]

  @Flag(help: "Change nothing; exit code 2 when a file would be changed.")
  var check = false

  func run() throws { try leave(Layout.run(files, isCheck: check)) }
}

/// The derivative table.
struct Table: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the derivative table, or the row of one operation.")

  @Argument(help: "The operation, as in mul.") var name: String?
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard options.files.isEmpty, options.code.isEmpty, options.presets.isEmpty,
      !options.interactive
    else {
      throw ValidationError("wl table prints one row, or all, and runs no program")
    }
  }

  func run() throws { try leave(DerivativeTable.run(options.invocation, name)) }
}

/// Pages on operations, messages and ideas.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain an operation, a message or an idea.",
    discussion: "wl explain mul, wl explain E0302, wl explain reverse; alone it lists the pages.")

  @Argument(help: "An operation, a code or an idea, as in mul, E0302, chain rule.")
  var topic: [String] = []
  @Option(help: ArgumentHelp("How to print: text or json.", valueName: "FORMAT"))
  var format = PrintoutFormat.text

  func run() throws {
    var invocation = Invocation()
    invocation.isJSON = format == .json
    try leave(Runner.explain(topic.joined(separator: " "), invocation))
  }
}

/// The stages of the interpreter.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what a stage of the interpreter makes of a program.")

  /// Stages in the order of the work.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case tokens, tree, list, adjoint, plan
  }

  @Argument(help: "tokens, tree, list, adjoint or plan.") var stage: Choice
  @OptionGroup var options: OutputOptions
  @OptionGroup var inputs: InputOptions

  func validate() throws {
    guard stage != .adjoint else { return }
    if options.of != nil || inputs.wrt != nil {
      throw ValidationError("wl show \(stage.rawValue) is about all of the program, not an output")
    }
    guard stage == .tokens || stage == .tree else { return }
    try options.refuseOutput("show \(stage.rawValue)")
    if !options.run.presets.isEmpty {
      throw ValidationError("wl show \(stage.rawValue) reads programs and runs none: --set is idle")
    }
  }

  func run() throws {
    switch stage {
    case .tokens: try leave(Runner.show(.tokens, options.invocation))
    case .tree: try leave(Runner.show(.tree, options.invocation))
    case .list, .plan: try options.show(stage.rawValue)
    case .adjoint: try options.perform("adjoint", wrt: inputs.names)
    }
  }
}

/// What the program finds around it.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which version this is, and what it found on this machine.")
  func run() { Examination.run() }
}

/// Completion scripts.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a completion script for a shell.")

  /// The shells there are scripts for.
  enum Shell: String, CaseIterable, ExpressibleByArgument { case bash, zsh, fish }

  @Argument(help: "bash, zsh or fish.") var shell: Shell

  func run() {
    var output = Output()
    output.writeLine(Root.completionScript(for: .init(rawValue: shell.rawValue) ?? .bash))
    output.flush()
  }
}

/// The pages of the reference, as `make docs` writes them.
struct ReferencePage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print a page of the reference in Markdown.",
    shouldDisplay: false)

  /// The pages there are.
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case primitives, kinks, commands, concepts, operations
  }

  @Argument(help: "primitives, kinks, commands, concepts or operations.") var page: Choice

  func run() {
    var output = Output()
    output.write(Reference(rawValue: page.rawValue)?.page ?? "")
    if page == .commands { output.write(CommandLinePage.text) }
    output.flush()
  }
}
