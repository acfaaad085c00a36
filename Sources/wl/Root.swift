import ArgumentParser
import WengertLang

/// The command line as the argument parser sees it: help, completion scripts, messages.
struct Root: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wl",
    abstract: "Wengert lists: programs whose derivatives are programs.",
    usage: "wl [options] [FILE ...]\n       wl COMMAND ...",
    discussion: """
      wl                       the prompt, or a program from a pipe
      wl FILE                  run a program
      wl -e 'f = sin(2)' -e 'print f'
      wl trace FILE --of f --wrt x1,x2
      """,
    version: CommandLineTool.version,
    subcommands: CommandName.allCases.map(\.command),
    defaultSubcommand: Run.self)

  /// Parses, runs, and says what is wrong with the arguments.
  static func start(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      return ExitStatus.success
    } catch {
      let text = fullMessage(for: error)
      // Help and the version are results; the parser would not see that they were not written.
      guard exitCode(for: error).isSuccess, !text.isEmpty else { exit(withError: error) }
      Output.writeAll(text)
      return ExitStatus.success
    }
  }
}

/// The options of a run, read from the table of options.
struct RunOptions: ParsableArguments {
  @Argument(help: "Programs; - is standard input.", completion: .file(extensions: ["wl"]))
  var files: [String] = []

  @Option(
    name: .init(.code), parsing: .unconditionalSingleValue, help: .init(.code),
    completion: .init(.code), transform: OptionRow.code.checked)
  var code: [String] = []
  @Option(
    name: .init(.set), parsing: .unconditionalSingleValue, help: .init(.set),
    completion: .init(.set), transform: OptionRow.set.checked)
  var presets: [String] = []
  @Option(
    name: .init(.digits), parsing: .unconditionalSingleValue, help: .init(.digits),
    completion: .init(.digits), transform: OptionRow.digits.checked)
  var digits: [String] = []
  @Option(
    name: .init(.threads), parsing: .unconditionalSingleValue, help: .init(.threads),
    completion: .init(.threads), transform: OptionRow.threads.checked)
  var threads: [String] = []
  @Option(
    name: .init(.memory), parsing: .unconditionalSingleValue, help: .init(.memory),
    completion: .init(.memory), transform: OptionRow.memory.checked)
  var memory: [String] = []
  @Option(
    name: .init(.entries), parsing: .unconditionalSingleValue, help: .init(.entries),
    completion: .init(.entries), transform: OptionRow.entries.checked)
  var entries: [String] = []
  @Option(
    name: .init(.timeout), parsing: .unconditionalSingleValue, help: .init(.timeout),
    completion: .init(.timeout), transform: OptionRow.timeout.checked)
  var timeout: [String] = []
  @Option(
    name: .init(.color), parsing: .unconditionalSingleValue, help: .init(.color),
    completion: .init(.color), transform: OptionRow.color.checked)
  var color: [String] = []
  @Flag(name: .init(.json), help: .init(.json)) var json = false
  @Flag(name: .init(.quiet), help: .init(.quiet)) var quiet = false
  @Flag(name: .init(.noFiles), help: .init(.noFiles)) var noFiles = false
  @Flag(name: .init(.interactive), help: .init(.interactive)) var interactive = false

  var invocation: Invocation {
    var invocation = Invocation()
    invocation.files = files
    let values: [(OptionRow, [String])] = [
      (.code, code), (.set, presets), (.digits, digits), (.threads, threads),
      (.memory, memory), (.entries, entries), (.timeout, timeout), (.color, color),
    ]
    for (row, values) in values {
      for value in values { _ = row.apply(&invocation, value) }
    }
    for (row, isGiven) in [
      (OptionRow.json, json), (.quiet, quiet), (.noFiles, noFiles), (.interactive, interactive),
    ] where isGiven {
      _ = row.apply(&invocation, "")
    }
    return invocation
  }
}

extension OptionRow {
  /// The operand as it stands, when the row understands it.
  var checked: @Sendable (String) throws -> String {
    { value in
      var scratch = Invocation()
      guard apply(&scratch, value) else { throw ValidationError("wanted is \(wants)") }
      return value
    }
  }
}

extension ArgumentHelp {
  init(_ row: OptionRow) { self.init("\(row.help)", valueName: row.operand) }
}

extension CompletionKind {
  init(_ row: OptionRow) { self = row.choices.isEmpty ? .default : .list(row.choices) }
}

extension NameSpecification {
  init(_ row: OptionRow) {
    self.init(
      row.names.map { name in
        let bare = String(name.drop { $0 == "-" })
        return name.hasPrefix("--") ? .customLong(bare) : .customShort(bare.first ?? "?")
      })
  }
}
