/// Operations on numbers that are worked out as they are appended.
extension List {
  /// The number that an operation on numbers makes, nil where an operand is none, or where errors
  /// of the operands are more than a small part of what comes out.
  mutating func folded(_ row: Primitive, _ operands: [Slot]) -> Slot? {
    guard 1...2 ~= operands.count, let first = number(operands[0]) else { return nil }
    var numbers = [first]
    if operands.count == 2 {
      guard let second = number(operands[1]) else { return nil }
      numbers.append(second)
    }
    guard let value = row.kernel.scalarValue(numbers),
      let error = row.foldingError(numbers, operands.map(numberError), value)
    else { return nil }
    return appendNumber(value, error: error)
  }

  /// What rounding may have made of a number that was worked out before.
  func numberError(_ slot: Slot) -> Double {
    guard !numberErrors.isEmpty, self[slot].isGiven, self[slot].shape == 0 else { return 0 }
    return numberErrors[self[slot].a] ?? 0
  }

  /// Appends a number as an entry of its own, as exact as it is; nil where an entry is none.
  mutating func appendOwn(_ slot: Slot, isInput: Bool = false) -> Slot? {
    number(slot).map {
      appendData([$0], shape: .scalar, isInput: isInput, error: numberError(slot))
    }
  }

  /// Appends a number of another list, as exact as it is there; nil where an entry is none.
  mutating func appendNumber(_ slot: Slot, from list: List) -> Slot? {
    list.number(slot).map { appendNumber($0, error: list.numberError(slot)) }
  }
}

extension Primitive {
  /// What an operation on numbers may be wrong by: its own rounding, and what it makes of errors;
  /// nil where that is not known.
  fileprivate func foldingError(
    _ numbers: [Double], _ errors: [Double], _ value: Double
  ) -> Double? {
    if case .flat = rule { return isSame(value, of: numbers, errors) ? 0 : nil }
    var error = elementError(numbers, value)
    // Errors are about as small as the least steps of numbers: larger ones are tried.
    let scale = 0x1p20
    for (place, known) in errors.enumerated() where known > 0 {
      // Sums and products of what is right to some digits are so too.
      let isSmall = known * scale * scale < numbers[place].magnitude
      guard identity.sum != nil || identity.product != nil && isSmall else { return nil }
      var moved = numbers
      moved[place] += scale * known
      guard let other = kernel.scalarValue(moved) else { return nil }
      error += (other - value).magnitude / scale
    }
    guard value.isFinite else { return 0 }
    return error.isFinite ? error : nil
  }

  /// Whether errors do not take the operands of a condition or a whole number to another value.
  private func isSame(_ value: Double, of numbers: [Double], _ errors: [Double]) -> Bool {
    guard errors.contains(where: { $0 > 0 }) else { return true }
    return [[1.0, 1], [1, -1], [-1, 1], [-1, -1]].allSatisfy { signs in
      let moved = numbers.indices.map { place in
        let step = errors[place] == 0 ? 0 : max(errors[place], numbers[place].ulp)
        return numbers[place] + signs[place] * step
      }
      return kernel.scalarValue(moved) == value
    }
  }
}
