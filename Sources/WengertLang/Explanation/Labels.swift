/// What printouts call the entries of a list: v1 … vN, and names that are told apart.
struct Labels: Sendable {
  /// The entries in the order of their labels: inputs first, then what is computed.
  let lines: [Slot]
  /// The entries that were asked for.
  let roots: [Slot]
  /// The number of each entry's line, counted from 1, 0 for entries without a line.
  private let numbers: [Int32]
  /// The name of each entry.
  private let names: [String]
  /// Further names of entries.
  private let aliases: [Slot: [String]]
  /// The names, to look one up, where they stand for labels.
  private let known: Set<String>
  /// Whether a name looks like a label, so that names stand for the labels.
  let namesAreLabels: Bool
  /// The names that the program uses, none of which may be made up.
  private let taken: Set<String>

  /// Labels for the entries that `roots` need.
  init(_ straight: StraightList, roots: [Slot], symbols: Symbols) {
    self.roots = roots
    let list = straight.list
    let needed = list.reached(from: roots)
    var inputs: [Slot] = []
    var computed: [Slot] = []
    for place in 0..<list.count where needed[place] {
      let slot = Slot(place)
      switch list[slot].code {
      case Code.loop, Code.branch: continue
      case Code.input: inputs.append(slot)
      default: if list.number(slot) == nil || roots.contains(slot) { computed.append(slot) }
      }
    }
    lines = inputs + computed
    var numbers = Array(repeating: Int32(0), count: list.count)
    for (index, slot) in lines.enumerated() { numbers[slot.place] = Int32(index + 1) }
    self.numbers = numbers
    taken = Set(symbols.all)
    names = Labels.names(straight, lines: lines, symbols: symbols, taken: taken)
    aliases = straight.aliases.mapValues { $0.map { symbols[$0] } }
    namesAreLabels = lines.contains { slot in
      straight.written[slot.place].map { Labels.looksLikeLabel(symbols[$0]) } ?? false
    }
    known = namesAreLabels ? Set(names) : []
  }

  /// The number of an entry's line, counted from 1.
  func number(_ slot: Slot) -> Int { Int(numbers[slot.place]) }
  /// The name of an entry.
  func name(_ slot: Slot) -> String { names[slot.place] }

  /// All names of an entry, as a list shows them: `v2 = Y1`.
  func names(_ slot: Slot) -> String {
    ([name(slot)] + (aliases[slot] ?? [])).joined(separator: " = ")
  }

  /// `v3`, or the name where names stand for labels.
  func value(_ slot: Slot) -> String {
    namesAreLabels ? name(slot) : "v\(number(slot))"
  }

  /// `a3`; where names stand for labels the adjoint of v3 is a3, that of x is dy/dx.
  func adjoint(_ slot: Slot, of output: Slot) -> String {
    guard namesAreLabels else { return "a\(number(slot))" }
    let name = name(slot)
    if name.hasPrefix("v"), Labels.looksLikeLabel(name) {
      let adjoint = "a" + name.dropFirst()
      if !known.contains(adjoint) { return adjoint }
    }
    return "d\(self.name(output))/d\(name)"
  }

  /// A name that the program does not use.
  func fresh(_ name: String) -> String {
    var name = name
    while taken.contains(name) { name += "_" }
    return name
  }

  /// Whether a name is v or a and digits.
  static func looksLikeLabel(_ name: String) -> Bool {
    guard let first = name.utf8.first, first == UInt8(ascii: "v") || first == UInt8(ascii: "a")
    else { return false }
    let digits = name.utf8.dropFirst()
    return !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
  }

  // MARK: names

  /// The names of all lines: `z_3` at the third turn, `w_1` for an earlier version of w, `t1` where
  /// the user gave none.
  private static func names(
    _ straight: StraightList, lines: [Slot], symbols: Symbols, taken: Set<String>
  ) -> [String] {
    var names = Array(repeating: "", count: straight.list.count)
    var versions: [String: Int] = [:]
    for slot in lines {
      guard let symbol = straight.written[slot.place] else { continue }
      let name = symbols[symbol] + suffix(straight.namingTurn(slot), in: straight)
      names[slot.place] = name
      versions[name, default: 0] += 1
    }
    var used = taken.union(versions.keys)
    func made(_ wish: String) -> String {
      var name = wish
      while used.contains(name) { name += "_" }
      used.insert(name)
      return name
    }
    // A name means its latest version; earlier ones are numbered.
    var seen: [String: Int] = [:]
    for slot in lines where !names[slot.place].isEmpty {
      let name = names[slot.place]
      let number = seen[name, default: 0] + 1
      seen[name] = number
      if number < versions[name, default: 0] { names[slot.place] = made("\(name)_\(number)") }
    }
    var next = 1
    for slot in lines where names[slot.place].isEmpty {
      while used.contains("t\(next)") { next += 1 }
      names[slot.place] = "t\(next)"
      next += 1
    }
    return names
  }

  private static func suffix(_ turn: StraightList.Turn?, in straight: StraightList) -> String {
    guard let turn else { return "" }
    let outer = turn.outer.flatMap {
      straight.turns.indices.contains($0) ? straight.turns[$0] : nil
    }
    return suffix(outer, in: straight) + "_\(turn.number)"
  }
}
