/// Appending operations with the identities and shapes of their rows.
extension List {
  /// Appends `primitive(operands)`, or finds it: shapes are inferred, exact identities applied.
  mutating func append(
    _ primitive: Primitive, _ operands: [Slot], _ statics: [Int] = []
  ) throws(ShapeMismatch) -> Slot {
    let shapes = operands.map { shape($0) }
    var row = primitive
    if let plain = row.identity.plain, let factor = number(operands[0]), factor != 0 {
      row = plain()
    }
    if let forArrays = row.forArrays, !shapes.contains(where: \.isScalar) { row = forArrays() }
    let result = try row.shape.infer(shapes, statics)
    guard result.isScalar || result.isCountable else {
      throw ShapeMismatch("\(result.inWords) are too many elements")
    }
    if statics.isEmpty,
      let known = folded(row, operands) ?? simplified(row, operands, shape: result)
    {
      return known
    }
    return appendOperation(row.code, operands, statics, shape: result)
  }

  /// The operand that a result is, by the exact identities of a row.
  private func simplified(_ row: Primitive, _ operands: [Slot], shape result: Shape) -> Slot? {
    guard operands.count == 2 else { return nil }
    let (a, b) = (operands[0], operands[1])
    if let number = number(b), number == row.identity.right, shape(a) == result,
      numberError(b) == 0
    {
      return a
    }
    if let number = number(a), number == row.identity.left, shape(b) == result,
      numberError(a) == 0
    {
      return b
    }
    return nil
  }

  /// Appends a formula of a rule, its operands standing for slots of this list.
  mutating func append(
    _ formula: Formula, operands: [Slot], result: Slot, bar: Slot
  ) throws(ShapeMismatch) -> Slot {
    switch formula {
    case .operand(let index): return operands[index]
    case .result: return result
    case .bar: return bar
    case .number(let value): return appendNumber(value)
    case .apply(let primitive, let parts, let statics):
      var slots: [Slot] = []
      slots.reserveCapacity(parts.count)
      for part in parts {
        slots.append(try append(part, operands: operands, result: result, bar: bar))
      }
      return try append(primitive, slots, statics)
    }
  }

  /// Appends the entries of another list, its parameters standing for slots of this one.
  ///
  /// - Returns: where each of its slots went. Effects are left out.
  mutating func inline(_ list: List, arguments: [Slot]) -> [Slot] {
    var places: [Slot] = []
    places.reserveCapacity(list.count)
    let written = span
    for place in 0..<list.count {
      let slot = Slot(place)
      let entry = list[slot]
      span = list.spans[place]
      if entry.code == Code.parameter {
        // A parameter that nothing reads may be handed over no more.
        let number = Int(entry.a)
        let isKept = number < list.parameters.count && list.parameters[number] == slot
        places.append(isKept ? arguments[number] : Slot(-1))
      } else if entry.isGiven {
        places.append(copyGiven(slot, from: list, isInput: false))
      } else if entry.code == Code.print {
        places.append(Slot(-1))
      } else {
        places.append(copyQuietly(slot, from: list, places: places))
      }
      if let name = list.name(slot), places[place] == lastSlot, count > 0 {
        setName(places[place], name)
      }
    }
    span = written
    return places
  }

  /// Appends a copy of any entry but a parameter; it prints nothing.
  mutating func copyQuietly(_ slot: Slot, from list: List, places: [Slot]) -> Slot {
    let code = list[slot].code
    if list[slot].isGiven { return copyGiven(slot, from: list, isInput: false) }
    guard list.isEffect(slot), let quiet = list.structure(slot)?.quiet else {
      return copy(slot, from: list, places: places)
    }
    return appendStructure(
      code, list.operands(slot).map { places[$0.place] }, quiet, shape: list.shape(slot))
  }

  /// Appends an entry of its own with the value of another.
  mutating func appendCopy(of slot: Slot) -> Slot {
    appendOperation(Primitive.copy.code, [slot], [], shape: shape(slot))
  }

  /// Appends an entry of its own that a name stands for which was bound to another entry.
  ///
  /// Where nobody asks for it, printouts show that one in its place.
  mutating func appendRename(of slot: Slot) -> Slot {
    appendOperation(Primitive.copy.code, [slot], [Self.renames], shape: shape(slot))
  }

  /// The parameter of a copy that the program does not write.
  private static let renames = 1

  /// Whether an entry is only another name of its operand.
  func isRename(_ slot: Slot) -> Bool {
    self[slot].code == Primitive.copy.code && statics(slot) == [Self.renames]
  }

  /// Appends a copy of a number or an input, which stays an input.
  mutating func copyInput(_ slot: Slot, from list: List) -> Slot {
    copyGiven(slot, from: list, isInput: list[slot].code == Code.input)
  }

  private mutating func copyGiven(_ slot: Slot, from list: List, isInput: Bool) -> Slot {
    if let number = appendNumber(slot, from: list) { return number }
    guard let elements = list.elements(slot) else { return appendInput(shape: list.shape(slot)) }
    return appendData(
      elements, shape: list.shape(slot), isInput: isInput, error: list.numberError(slot))
  }

  /// Appends a copy of one entry of another list, whose operands went to `places`.
  mutating func copy(_ slot: Slot, from list: List, places: [Slot]) -> Slot {
    var entry = list[slot]
    entry.shape = intern(list.shape(slot))
    if entry.hasDetail {
      var detail = list.details[Int(entry.a)]
      detail.operands = detail.operands.map { places[$0.place] }
      entry.a = appendDetail(detail)
    } else {
      if entry.inlineCount > 0 { entry.a = places[Int(entry.a)].index }
      if entry.inlineCount > 1 { entry.b = places[Int(entry.b)].index }
    }
    return append(entry)
  }
}

extension Structure {
  /// The same without what it prints; nil for a print itself.
  var quiet: Structure? {
    switch self {
    case .loop(let loop):
      .loop(
        Loop(
          body: loop.body.quiet, condition: loop.condition, carried: loop.carried,
          walks: loop.walks, captures: loop.captures, stacks: loop.stacks,
          isBackward: loop.isBackward, purpose: loop.purpose, isTraining: loop.isTraining))
    case .branch(let branch):
      .branch(Branch(then: branch.then.quiet, otherwise: branch.otherwise.quiet))
    case .custom: self
    case .print: nil
    }
  }
}

extension List {
  /// The same entries, none of which prints; every slot keeps its place.
  fileprivate var quiet: List {
    var list = self
    list.silence()
    return list
  }
}
