/// Dropping what nobody reads.
extension List {
  /// Which entries the given ones need; effects do not count.
  func reached(from roots: [Slot]) -> [Bool] {
    var needed = Array(repeating: false, count: count)
    for root in roots where needed.indices.contains(root.place) { needed[root.place] = true }
    for place in stride(from: count - 1, through: 0, by: -1) where needed[place] {
      let slot = Slot(place)
      for index in 0..<operandCount(slot) { needed[operand(slot, index).place] = true }
    }
    return needed
  }

  /// Which entries the results, the effects and the given roots need.
  func needed(_ roots: [Slot]) -> [Bool] {
    var needed = Array(repeating: false, count: count)
    for root in roots { needed[root.place] = true }
    for place in stride(from: count - 1, through: 0, by: -1) {
      let slot = Slot(place)
      if !needed[place], !(entries[place].hasDetail && isEffect(slot)) { continue }
      needed[place] = true
      for index in 0..<operandCount(slot) { needed[operand(slot, index).place] = true }
    }
    return needed
  }

  /// The list without entries that neither its results nor effects need; parameters stay.
  func pruned() -> List {
    var list = List()
    _ = pruned(into: &list, roots: [])
    return list
  }

  /// Copies what is needed for the results and roots into an empty list; says where each slot went.
  ///
  /// - Parameter withEffects: whether what prints or writes is needed, too.
  func pruned(into list: inout List, roots: [Slot], withEffects: Bool = true) -> [Slot] {
    let needed = withEffects ? needed(results + roots) : reached(from: results + roots)
    var places = Array(repeating: Slot(-1), count: count)
    list.reserve(count)
    for place in 0..<count {
      let slot = Slot(place)
      let entry = entries[place]
      if entry.isPlainNumber {
        if needed[place] {
          places[place] = list.appendPlainNumber(
            entry, places, name: nameNumber(place), span: spans[place])
        }
        continue
      }
      list.span = spans[place]
      if entry.code == Code.parameter {
        places[place] = list.appendParameter(shape: shape(slot))
      } else if !needed[place] {
        continue
      } else if entry.isGiven {
        places[place] = list.copyInput(slot, from: self)
      } else {
        places[place] = list.copy(slot, from: self, places: places)
      }
      if let name = name(slot) { list.setName(places[place], name) }
    }
    list.results = results.map { places[$0.place] }
    return places
  }

  /// The same without a copy, as a long body is made ready: what few entries are dropped leave
  /// their numbers and details behind.
  mutating func prune(_ roots: [Slot]) -> [Slot] {
    let needed = needed(results + roots)
    guard count > 10_000, needed.count(where: { !$0 }) < count / 16 else {
      var list = List(like: self)
      let places = pruned(into: &list, roots: roots)
      self = list
      return places
    }
    var places = Array(repeating: Slot(-1), count: count)
    var next = 0
    for place in 0..<count where needed[place] || entries[place].code == Code.parameter {
      places[place] = Slot(next)
      moveEntry(place, to: next, places)
      next += 1
    }
    dropEntries(from: next, places)
    results = results.map { places[$0.place] }
    return places
  }

  /// The entries from a place on as a list of their own, as far as the last of them; they read no
  /// earlier ones.
  func part(from first: Int, through last: Slot) -> List {
    var list = List(like: self)
    var places = Array(repeating: Slot(0), count: count)
    for place in first...max(first, last.place) {
      places[place] = list.copyQuietly(Slot(place), from: self, places: places)
    }
    return list
  }

  /// The numbers of the parameters that an entry or a result reads.
  var readParameters: Set<Int> {
    var isRead = Array(repeating: false, count: count)
    for result in results { isRead[result.place] = true }
    for place in 0..<count {
      let slot = Slot(place)
      for index in 0..<operandCount(slot) { isRead[operand(slot, index).place] = true }
    }
    return Set(parameters.indices.filter { isRead[parameters[$0].place] })
  }

  /// Leaves only some parameters, in their order; nothing reads the others.
  mutating func keepParameters(_ kept: [Slot]) {
    parameters = kept
    for (index, slot) in kept.enumerated() { setParameterNumber(slot, index) }
  }
}
