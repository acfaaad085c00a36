/// What files can hold.
extension DataFormat {
  /// Whether the file can hold these arrays: their shapes, and several need names, each its own.
  func check(_ arrays: [DataArray]) throws(DataError) {
    if arrays.isEmpty { throw DataError(.nothingToSave) }
    try fits(arrays)
    guard holdsNames, arrays.count > 1 || needsNames else { return }
    var names: Set<String> = []
    for array in arrays {
      guard let name = array.name else { throw DataError(.saveNeedsNames(ending)) }
      guard names.insert(name).inserted else { throw DataError(.savedTwice(name)) }
    }
  }
}

/// What is said where it does not fit.
extension Diagnostic {
  static let nothingToSave = Diagnostic("E0631", "there is nothing to save", at: nil)

  static func saveNeedsNames(_ ending: String) -> Diagnostic {
    Diagnostic(
      "E0631", "a \(ending) file holds arrays by their names, and a formula has none", at: nil,
      notes: ["bind it to a name first"], help: ["g = 2*W; save g to \"g\(ending)\""])
  }

  static func savedTwice(_ name: String) -> Diagnostic {
    Diagnostic("E0631", "`\(name)` would stand in the file twice", at: nil)
  }
}
