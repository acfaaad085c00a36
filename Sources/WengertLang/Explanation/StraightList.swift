/// The entries that some values need, as one straight list: loops and branches are replaced by the
/// turns and arms that a run takes.
struct StraightList {
  /// A turn of a loop that was written out.
  struct Turn: Hashable {
    /// Which turn it is, counted from 1.
    var number: Int
    /// How many turns the loop took.
    var count: Int
    /// The turn of the loop around it, as an index into `turns`.
    var outer: Int?
  }

  /// The entries; loops that could not be written out stand as they are.
  var list = List()
  /// The name that the user gave each entry.
  private(set) var written: [Symbol?] = []
  /// The turn in which the name was given, as an index into `turns`.
  private(set) var namingTurns: [Slot: Int] = [:]
  /// The turn that each entry belongs to, as an index into `turns`, -1 outside of loops.
  private(set) var turnNumbers: [Int32] = []
  /// The turns of all loops.
  private(set) var turns: [Turn] = []
  /// Further names that the user gave entries.
  private(set) var aliases: [Slot: [Symbol]] = [:]
  /// The values of the entries, as far as they have run.
  var values = Values()
  /// Where the entries of the original list went.
  var places: [Slot: Slot] = [:]
  /// The entries of the original list that are here, the first where several are one.
  var origins: [Slot: Slot] { Dictionary(places.map { ($1, $0) }) { min($0, $1) } }
  /// What decided which way the program took, of the branches and loops that were written out.
  var decisions: [Decision] = []
  /// Whether a loop or branch was written out.
  var isUnrolled: Bool { !turns.isEmpty || !decisions.isEmpty }

  /// Says to which turn the entries belong that were appended since the last call.
  mutating func describe(turn: Int?) {
    while written.count < list.count {
      written.append(nil)
      turnNumbers.append(Int32(turn ?? -1))
    }
  }

  /// Takes over the further names of an entry, which is at a slot here; those of a name in whose
  /// place another entry is shown are not of that one.
  mutating func takeAliases(of original: Slot, in list: List, isKept: Bool, as slot: Slot) {
    guard let names = list.aliases[original], isKept || !list.isRename(original) else { return }
    aliases[slot] = names
  }

  /// Gives an entry that has no name yet one.
  mutating func setName(_ slot: Slot, _ name: Symbol, turn: Int?) {
    guard written.indices.contains(slot.place), written[slot.place] == nil else { return }
    written[slot.place] = name
    namingTurns[slot] = turn
  }

  mutating func append(_ turn: Turn) -> Int {
    turns.append(turn)
    return turns.count - 1
  }

  /// Says how many turns a loop took whose count was not known before.
  mutating func setTurnCount(_ count: Int, from first: Int) {
    for index in turns.indices.dropFirst(first) where turns[index].count == Int.max {
      turns[index].count = count
    }
  }

  /// The turn that an entry belongs to.
  func turn(_ slot: Slot) -> Turn? {
    guard turnNumbers.indices.contains(slot.place) else { return nil }
    let index = Int(turnNumbers[slot.place])
    return turns.indices.contains(index) ? turns[index] : nil
  }

  /// The turn in which an entry got its name.
  func namingTurn(_ slot: Slot) -> Turn? {
    namingTurns[slot].flatMap { turns.indices.contains($0) ? turns[$0] : nil }
  }

  /// Runs the entries that have not run yet.
  mutating func run() throws(Fault) { try list.run(into: &values) }
}
