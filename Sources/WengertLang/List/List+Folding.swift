/// Operations on numbers that are worked out as they are appended.
extension List {
  /// The number that an operation on numbers makes, nil where an operand is none.
  mutating func folded(_ row: Primitive, _ operands: [Slot], _ isWritten: Bool) -> Slot? {
    guard 1...2 ~= operands.count, let first = number(operands[0]) else { return nil }
    var numbers = [first]
    if operands.count == 2 {
      guard let second = number(operands[1]) else { return nil }
      numbers.append(second)
    }
    guard let value = row.kernel.scalarValue(numbers) else { return nil }
    let errors = operands.map(numberError)
    let isGiven = isWritten && errors.allSatisfy { $0 == 0 }
    return appendNumber(value, error: isGiven ? 0 : row.foldingError(numbers, errors, value))
  }

  /// What rounding may have made of a number that a sweep has worked out.
  func numberError(_ slot: Slot) -> Double {
    numberErrors.isEmpty || number(slot) == nil ? 0 : numberErrors[self[slot].a] ?? 0
  }

  /// Appends a number of another list, as exact as it is there; nil where an entry is none.
  mutating func appendNumber(_ slot: Slot, from list: List) -> Slot? {
    list.number(slot).map { appendNumber($0, error: list.numberError(slot)) }
  }
}

extension Primitive {
  /// What an operation on numbers may be wrong by: its own rounding, and what it makes of errors.
  fileprivate func foldingError(_ numbers: [Double], _ errors: [Double], _ value: Double) -> Double
  {
    guard value.isFinite else { return 0 }
    if case .flat = rule { return 0 }
    var error = elementError(numbers, value)
    // Errors are about as small as the least steps of numbers: larger ones are tried.
    let scale = 0x1p20
    for (place, known) in errors.enumerated() where known > 0 {
      var moved = numbers
      moved[place] += scale * known
      error += ((kernel.scalarValue(moved) ?? value) - value).magnitude / scale
    }
    return error.isFinite ? error : 0
  }
}
