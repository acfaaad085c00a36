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
