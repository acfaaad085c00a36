/// What stands behind the operands of a command, held to what the command knows.
extension Session {
  /// Refuses what a command would pass over without a word.
  func refuseUnread(_ command: Command, of word: CommandWord, in tree: Tree) throws(Refusal) {
    // `save` tells of its own what it does not take.
    guard word != .save else { return }
    let known = word.clauses + word.options
    for option in command.options where !word.options.contains(lowering.symbols[option.word]) {
      let spelling = lowering.symbols[option.word]
      throw Refusal(
        diagnostic: word == .plot
          ? .unknownPlotWord(spelling, word.options, at: command.wordSpan)
          : .unknownWord(spelling, known, at: command.wordSpan))
    }
    for (word, values) in command.options where CommandWord.single.contains(lowering.symbols[word])
    {
      let spelling = lowering.symbols[word]
      if let second = tree[values].dropFirst().first {
        throw Refusal(diagnostic: .oneValue(spelling, at: tree.span(second)))
      }
      guard command.options.count(where: { $0.word == word }) > 1 else { continue }
      throw Refusal(diagnostic: .repeated(spelling, at: command.wordSpan))
    }
    let clauses = [
      ("wrt", tree[command.wrt].first), ("at", tree[command.at].first), ("to", command.to),
    ]
    for (clause, node) in clauses where !word.clauses.contains(clause) {
      guard let node else { continue }
      throw Refusal(
        diagnostic: .unknownWord(clause, known, at: command.wordSpan)
          .pointing(at: tree.span(node), "nothing is done with this"))
    }
    guard word != .tangent else { return }
    for node in tree[command.wrt] {
      guard case .named(let name, _) = tree.expression(node) else { continue }
      throw Refusal(
        diagnostic: .changeWithoutTangent(
          word.rawValue, lowering.symbols[name], at: tree.span(node)))
    }
  }
}
