extension Completion {
  /// Where candidates come from.
  struct Source {
    let conversation: Conversation
    let list: (_ folder: String) -> [String]

    typealias Found = (typed: Substring, candidates: [Candidate])

    /// File names: folders, and what lies in the folder of the path.
    func files(_ path: Substring, suffix: String) -> Found {
      let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      let typed = path[slash...]
      let names = list(String(path[..<slash])).filter { !$0.hasPrefix(".") || typed.hasPrefix(".") }
      return (
        typed,
        names.map {
          Candidate(word: $0, suffix: $0.hasSuffix("/") ? "" : suffix, description: "")
        }
      )
    }

    /// What may follow `:` and `?`.
    func command(_ line: Substring) -> Found {
      let body = line.dropFirst()
      if line.first == "?" { return (body.drop { $0 == " " }, topics) }
      guard let blank = body.firstIndex(of: " ") else {
        let candidates = SessionCommand.words.map {
          Candidate(
            word: $0.name, suffix: $0.operands.isEmpty ? "" : " ",
            description: $0.operands.isEmpty ? $0.summary : "\($0.operands)  \($0.summary)")
        }
        return (body, candidates)
      }
      let operand = body[blank...].drop { $0 == " " }
      let found = SessionCommand.find(String(body[..<blank]))
      guard found.count == 1, let word = found.first else { return (operand, []) }
      switch word {
      case .language(let word):
        return self.word(in: "\(word.rawValue) \(operand)"[...], begins: false)
      case .session(let command):
        switch command.operand {
        case .none: return (operand, [])
        case .file: return files(operand, suffix: "")
        case .topic: return (operand, topics)
        case .name: return (lastWord(of: operand), names)
        case .setting:
          guard operand.contains(" ") else { return (operand, settings) }
          return self.word(in: "set \(operand)"[...], begins: false)
        case .statement: return self.word(in: operand)
        }
      }
    }

    /// What may stand where a word of the language stands.
    func word(in line: Substring, begins: Bool = true) -> Found {
      let typed = lastWord(of: line)
      let isFirst = begins && line.drop { $0 == " " }.count == typed.count
      let words = line.split(separator: " ")
      let before = typed.isEmpty ? words.last : words.dropLast().last
      if !isFirst, let before, let first = words.first,
        let choices = Self.choices(behind: before, in: first)
      {
        return (typed, choices.map { Candidate(word: $0, suffix: " ", description: "") })
      }
      if typed.isEmpty {
        // An empty line takes an indent; elsewhere the names in sight may help.
        let indent = Candidate(word: "  ", suffix: "", description: "")
        return (typed, isFirst ? [indent] : names)
      }
      if !isFirst, words.first == "set", words.count < 3 { return (typed, settings) }
      if words.first == "minimize", words.dropLast().last == "by" { return (typed, optimizers) }
      if !isFirst, words.first == "explain" { return (typed, pages) }
      let known = Set(names.map(\.word))
      let isLoop = before != "for" && words.last { $0 == "for" || $0 == "in" } == "for"
      let others = (isFirst ? commands : []) + (isLoop ? [Self.in] : [])
      return (
        typed,
        names + others + keywords.filter { !known.contains($0.word) }
          + operations.filter { !known.contains($0.word) }
      )
    }

    /// What stands between the names of a loop and what it walks.
    private static let `in` = Candidate(word: "in", suffix: " ", description: "")

    /// What may stand behind a word of a statement that has one of several behind it.
    private static func choices(behind word: Substring, in statement: Substring) -> [String]? {
      switch (statement, word) {
      case ("set", "plan"): ["lean", "plain"]
      case ("show", "show"): Stage.allCases.map(\.rawValue)
      default: choices[String(word)]
      }
    }

    /// Words that are followed by one of several in every statement.
    private static let choices = [
      "notation": TraceNotation.allCases.map(\.rawValue),
      "mode": Derivation.Mode.allCases.map(\.rawValue),
      "kinks": KinkChoice.allCases.map(\.rawValue), "zeros": ZeroRule.allCases.map(\.rawValue),
    ]

    private func lastWord(of line: Substring) -> Substring {
      var start = line.endIndex
      while start > line.startIndex {
        let before = line.index(before: start)
        guard line[before].isLetter || line[before].isNumber || line[before] == "_" else { break }
        start = before
      }
      return line[start...]
    }

    // MARK: Kinds

    private var names: [Candidate] {
      conversation.session.names.map {
        Candidate(
          word: $0.name, suffix: $0.isFunction ? "(" : "", description: $0.description)
      }
    }

    private var commands: [Candidate] {
      CommandWord.allCases.map {
        Candidate(word: $0.rawValue, suffix: " ", description: "\($0.operands)  \($0.summary)")
      }
    }

    private var keywords: [Candidate] {
      (Token.Kind.reserved.map { "\($0)" } + CommandWord.statements + ["wrt"])
        .map { Candidate(word: $0, suffix: " ", description: "") }
    }

    private var operations: [Candidate] {
      Catalogue.allSpellings.map {
        Candidate(
          word: $0, suffix: "(", description: Catalogue.rows(spelled: $0).first?.summary ?? "")
      } + Form.table.map { Candidate(word: $0.name, suffix: "(", description: $0.summary) }
    }

    private var optimizers: [Candidate] {
      Optimizer.all.map { Candidate(word: $0.name, suffix: "(", description: $0.summary) }
    }

    private var topics: [Candidate] {
      let commands = SessionCommand.words.map {
        Candidate(word: $0.name, suffix: "", description: $0.summary)
      }
      let bare = (names + operations).map {
        Candidate(word: $0.word, suffix: "", description: $0.description)
      }
      return commands + bare + ideas
    }

    /// What `explain` has pages on.
    private var pages: [Candidate] {
      let known = Set(operations.map(\.word))
      let bare = operations.map {
        Candidate(word: $0.word, suffix: "", description: $0.description)
      }
      return bare + ideas.filter { !known.contains($0.word) }
    }

    private var ideas: [Candidate] {
      Concept.all.map {
        Candidate(word: $0.name, suffix: "", description: $0.text.first ?? "")
      } + MessagePage.codes.map { Candidate(word: $0, suffix: "", description: "a message") }
    }

    private var settings: [Candidate] {
      Setting.all.map {
        Candidate(
          word: $0.name, suffix: " ",
          description: "\($0.value(conversation.session.settings))  \($0.summary)")
      }
    }
  }
}
