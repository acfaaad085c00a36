/// How many slips of the finger lie between two words, and which word was meant.
public enum EditDistance {
  /// The candidate nearest to a word, nil when none is near.
  ///
  /// Words of one to four characters may be off by one, longer ones by two, from eight characters
  /// on by three. Upper and lower case count as the same letter, but the same spelling is nearer.
  public static func suggestion(for word: String, among candidates: some Sequence<String>)
    -> String?
  {
    let count = word.unicodeScalars.count
    let limit = count <= 4 ? 1 : count < 8 ? 2 : 3
    let folded = word.lowercased()
    var best: (candidate: String, cost: Int)?
    for candidate in candidates where candidate != word {
      let distance = between(folded, candidate.lowercased(), limit: limit)
      // A short word shares a letter with what it stands for, or all words would be near it.
      guard distance <= limit, distance < count else { continue }
      let cost = 2 * distance + (candidate.first == word.first ? 0 : 1)
      if cost < (best?.cost ?? .max) { best = (candidate, cost) }
    }
    return best?.candidate
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
  /// (Damerau and Levenshtein, each letter edited once); `limit + 1` when it takes more than a
  /// limit.
  public static func between(_ first: String, _ second: String, limit: Int = .max - 1) -> Int {
    let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    if abs(a.count - b.count) > limit { return limit + 1 }
    var before: [Int] = []
    var above = Array(0...b.count)
    for (row, letter) in a.enumerated() {
      var line = [row + 1]
      for (column, other) in b.enumerated() {
        var cost = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1)
        cost = min(cost, line[column] + 1)
        if row > 0, column > 0, letter == b[column - 1], a[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        line.append(cost)
      }
      (before, above) = (above, line)
    }
    return min(above[b.count], limit + 1)
  }
}
