/// Names: few in a table, many as marks by their numbers.
struct NameSet {
  private var few: Set<Symbol> = []
  private var marks: [Bool] = []

  /// How many names a table holds.
  private static let most = 256

  /// No names yet; marks at once where it will be asked for many.
  init(isMarked: Bool = false) {
    if isMarked { marks = [false] }
  }

  /// Adds a name; says whether it is new.
  mutating func insert(_ name: Symbol) -> Bool {
    guard !marks.isEmpty || few.count >= Self.most else { return few.insert(name).inserted }
    if marks.isEmpty {
      for name in few { mark(name) }
      few = []
    }
    guard !contains(name) else { return false }
    mark(name)
    return true
  }

  func contains(_ name: Symbol) -> Bool {
    guard !marks.isEmpty else { return few.contains(name) }
    let place = Int(name.index)
    return place < marks.count && marks[place]
  }

  private mutating func mark(_ name: Symbol) {
    let place = Int(name.index)
    if place >= marks.count {
      let room = max(place + 1, 2 * marks.count)
      marks.append(contentsOf: repeatElement(false, count: room - marks.count))
    }
    marks[place] = true
  }
}
