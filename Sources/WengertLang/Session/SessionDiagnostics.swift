/// What can be wrong with a command of the prompt, code family E10.
extension Diagnostic {
  static func unknownCommand(_ word: String, nearest: String?) -> Diagnostic {
    var diagnostic = Diagnostic("E1001", "there is no command called `:\(word)`", at: nil)
    if let nearest { diagnostic.help.append("did you mean `:\(nearest)`?") }
    diagnostic.notes.append("`:help` lists the commands")
    return diagnostic
  }

  static func ambiguousCommand(_ word: String, _ candidates: [String]) -> Diagnostic {
    let names = candidates.map { "`:\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      "E1002", "`:\(word)` could be several commands", at: nil, notes: ["they are \(names)"])
  }

  static func missingOperand(_ command: SessionCommand) -> Diagnostic {
    Diagnostic(
      "E1003", "`:\(command.name)` wants something behind it", at: nil,
      help: [":\(command.name) \(command.operands)"])
  }

  static func needlessOperand(_ command: SessionCommand) -> Diagnostic {
    Diagnostic(
      "E1003", "`:\(command.name)` takes nothing behind it", at: nil, help: [":\(command.name)"])
  }

  static func unknownTopic(_ topic: String, nearest: String?) -> Diagnostic {
    var diagnostic = Diagnostic("E1004", "there is no help on `\(topic)`", at: nil)
    diagnostic.help.append(
      nearest.map { "did you mean `?\($0)`?" } ?? "`:explain` lists what there are pages on")
    return diagnostic
  }

  static let nothingToUndo = Diagnostic("E1005", "there is nothing to take back", at: nil)

  static func notACount(_ text: String) -> Diagnostic {
    Diagnostic(
      "E1006", "`\(text)` is not a number of submissions", at: nil, help: [":undo 2"])
  }

  static func unknownFormat(_ suffix: String, known: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "E0603",
      suffix.isEmpty
        ? "a file's ending names its format" : "`\(suffix)` is no format of this command",
      at: span, "the ending is one of \(known.joined(separator: " "))")
  }

  static func unknownSetting(_ word: String, at span: Span) -> Diagnostic {
    let known = Setting.all.map(\.name)
    let near = EditDistance.suggestion(for: word, among: known)
    return Diagnostic(
      "E1007", "there is no such setting", at: span, "a setting and its value stand here",
      notes: ["the settings are \(known.joined(separator: ", "))"],
      help: [near.map { "did you mean `\($0)`?" } ?? "set digits 12"])
  }

  static func oneSettingValue(
    _ setting: Setting, _ settings: Settings, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "E1007", "`\(setting.name)` takes one value", at: span, "its value stands behind it",
      notes: ["it takes \(setting.wants)"],
      help: ["set \(setting.name) \(setting.value(settings))"])
  }

  static func badSetting(_ setting: Setting, _ settings: Settings, at span: Span) -> Diagnostic {
    Diagnostic(
      "E1008", "`\(setting.name)` cannot be this", at: span, "it takes \(setting.wants)",
      notes: setting.most.map { ["the most here is \($0(settings))"] } ?? [])
  }

  static func unknownStage(at span: Span) -> Diagnostic {
    let known = Stage.allCases.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      "E1009", "there is no such stage", at: span, "the name of a stage follows",
      notes: ["the stages are \(known)"], help: ["show list"])
  }

  static func stageOfAll(_ stage: String, _ operand: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E1009", "`show \(stage)` is about all of the program", at: span, "nothing is done with this",
      help: ["show \(stage)"] + (stage == "list" ? ["list \(operand)"] : []))
  }

  static func oneOperand(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E1010", "`\(word)` is about one value", at: span, "one name or formula follows",
      help: ["\(word) f"])
  }

  static func tangentDirection(_ name: String, _ inputs: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      "E1013", "a tangent is a change along inputs, and none is named", at: span,
      "`\(name)` depends on \(inputs.isEmpty ? "no input" : inputs.joined(separator: ", "))",
      help: inputs.first.map { ["tangent \(name) wrt \($0) = 1"] } ?? [])
  }
}

extension Diagnostic {
  static func noPage(_ topic: String, nearest: String?) -> Diagnostic {
    Diagnostic(
      "E1012", "there is no page on `\(topic)`", at: nil,
      notes: ["`explain` alone lists them at the prompt, `wl explain` on the command line"],
      help: nearest.map { ["did you mean `\($0)`?"] } ?? [])
  }
}

/// What is said where `save` is written.
extension Diagnostic {
  static func saveWithoutFile(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0630", "`save` needs a file", at: span,
      "`to` and a path in quotes belong behind the values",
      help: ["save W1, b1 to \"w.npz\""])
  }

  static func saveWithClause(at span: Span) -> Diagnostic {
    Diagnostic(
      "E0630", "`save` writes values as they are", at: span, "this has no place here",
      help: ["save W1, b1 to \"w.npz\""])
  }

  static func saveWithOption(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0630", "`save` has no option `\(word)`", at: span, "values, `to`, and a path in quotes",
      help: ["save W1, b1 to \"w.npz\""])
  }
}

/// What is said where `--set` gives an input a value.
extension Diagnostic {
  static let presetNeedsValue = Diagnostic(
    "E0602", "`--set` takes a name and one value", at: nil, help: ["--set x1=3"])
}
