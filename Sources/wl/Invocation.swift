import WengertLang

/// What the command line asks a run to do.
struct Invocation {
  /// When output is coloured.
  enum Color: String, CaseIterable { case auto, always, never }

  /// The programs in order: paths, and `-` for standard input.
  var files: [String] = []
  /// Statements given with `-e`, run behind the files.
  var code: [String] = []
  /// New values for inputs: name and formula.
  var presets: [(name: String, formula: String)] = []
  var digits: Int?
  var threads: Int?
  /// Bytes that a run may take, entries of its list, and its seconds.
  var memory: Int?
  var entries: Int?
  var seconds: Double?
  var color = Color.auto
  var isJSON = false
  var isQuiet = false
  /// Whether programs may read and write files.
  var allowsFiles = true
  /// Whether the prompt follows.
  var isInteractive = false
}

/// One option of the command line; the quick way and the argument parser both read this table.
struct OptionRow: Sendable {
  /// How it is spelled, the short form first.
  let names: [String]
  /// What stands behind it; nil when nothing does.
  let operand: String?
  let help: String
  /// Takes the operand over; false when it is none of those that `wants` describes.
  let apply: @Sendable (inout Invocation, String) -> Bool
  /// What the operand must be.
  var wants = ""
  /// All operands there are, when they can be listed.
  var choices: [String] = []

  static let all = [
    code, set, digits, threads, memory, entries, timeout, color, json, quiet, noFiles, interactive,
  ]

  static let code = OptionRow(
    names: ["-e", "--execute"], operand: "CODE",
    help: "Run CODE after the files; may be given several times."
  ) { invocation, value in
    invocation.code.append(value)
    return true
  }

  static let set = OptionRow(
    names: ["--set"], operand: "NAME=FORMULA",
    help: "Give an input another value; may be given several times.",
    apply: { invocation, value in
      guard let sign = value.firstIndex(of: "=") else { return false }
      let name = value[..<sign].filter { $0 != " " }
      let formula = String(value[value.index(after: sign)...])
      guard !name.isEmpty, formula.contains(where: { $0 != " " }) else { return false }
      invocation.presets.append((name, formula))
      return true
    },
    wants: "a name, = and a formula, as in --set x1=3")

  static let digits = OptionRow(
    names: ["--digits"], operand: "N", help: "Print numbers with N significant digits (6).",
    apply: { invocation, value in
      guard let count = Int(value), (1...17).contains(count) else { return false }
      invocation.digits = count
      return true
    },
    wants: "a whole number from 1 to 17")

  static let threads = OptionRow(
    names: ["--threads"], operand: "N", help: "Let large matrix products use N threads (1).",
    apply: { invocation, value in
      guard let count = Int(value), (1...1024).contains(count) else { return false }
      invocation.threads = count
      return true
    },
    wants: "a whole number from 1 to 1024")

  static let memory = OptionRow(
    names: ["--max-memory"], operand: "SIZE",
    help: "Let values take SIZE of memory at most, and all else of a run 64 MB beside.",
    apply: { invocation, value in
      guard let bytes = MemoryUnit.bytes(value), (1 << 20...1 << 61).contains(bytes) else {
        return false
      }
      invocation.memory = bytes
      return true
    },
    wants: "a size from 1MB on, as in 64MB or 4GB")

  static let entries = OptionRow(
    names: ["--max-entries"], operand: "N", help: "Let a list have N entries at most.",
    apply: { invocation, value in
      guard let count = Double(value).flatMap({ Int(exactly: $0) }),
        (1000...1 << 30).contains(count)
      else { return false }
      invocation.entries = count
      return true
    },
    wants: "a whole number from 1000 to 2^30")

  static let timeout = OptionRow(
    names: ["--timeout"], operand: "SECONDS",
    help: "Stop a run after SECONDS, at the prompt each statement.",
    apply: { invocation, value in
      guard let seconds = Double(value), seconds >= 0.001, seconds <= 1e9 else { return false }
      invocation.seconds = seconds
      return true
    },
    wants: "seconds from 0.001 to 1e9")

  static let color = OptionRow(
    names: ["--color"], operand: "WHEN",
    help: "Colour the output: auto (on terminals), always or never.",
    apply: { invocation, value in
      guard let choice = Invocation.Color(rawValue: value) else { return false }
      invocation.color = choice
      return true
    },
    wants: "auto, always or never",
    choices: Invocation.Color.allCases.map(\.rawValue))

  static let json = OptionRow(
    names: ["--json"], operand: nil, help: "Print JSON Lines, one event a line, and nothing else."
  ) { invocation, _ in
    invocation.isJSON = true
    return true
  }

  static let quiet = OptionRow(
    names: ["-q", "--quiet"], operand: nil, help: "No banner, no warnings, no echo."
  ) { invocation, _ in
    invocation.isQuiet = true
    return true
  }

  static let noFiles = OptionRow(
    names: ["--no-files"], operand: nil, help: "Let programs neither read nor write files."
  ) { invocation, _ in
    invocation.allowsFiles = false
    return true
  }

  static let interactive = OptionRow(
    names: ["-i", "--interactive"], operand: nil, help: "Go on at the prompt afterwards."
  ) { invocation, _ in
    invocation.isInteractive = true
    return true
  }
}

extension Invocation {
  /// Reads arguments in which everything is as the table says.
  ///
  /// - Returns: nil when something is not; the argument parser then finds out what and says it.
  init?(plainly arguments: [String]) {
    self.init()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        files += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        files.append(argument)
        continue
      }
      let sign = argument.hasPrefix("--") ? argument.firstIndex(of: "=") : nil
      let name = sign.map { String(argument[..<$0]) } ?? argument
      guard let row = OptionRow.all.first(where: { $0.names.contains(name) }) else { return nil }
      var value = sign.map { String(argument[argument.index(after: $0)...]) }
      if row.operand != nil, value == nil { value = rest.popFirst() }
      guard (row.operand == nil) == (value == nil) else { return nil }
      guard row.apply(&self, value ?? "") else { return nil }
    }
  }
}
