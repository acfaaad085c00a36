/// What depends on what, with or without slopes.
extension List {
  /// What a change of some entries changes, also where no slope goes, of what y needs.
  func affected(by targets: [Slot], for y: Slot) -> [Bool] { affected(by: targets, for: [y]) }

  /// What a change of some entries changes, also where no slope goes, of what others need.
  func affected(by targets: [Slot], for roots: [Slot]) -> [Bool] {
    let needed = reached(from: roots)
    var affected = Array(repeating: false, count: count)
    for target in targets { affected[target.place] = needed[target.place] }
    for place in 0..<count where needed[place] && !affected[place] {
      affected[place] = operands(Slot(place)).contains { affected[$0.place] }
    }
    return affected
  }
}
