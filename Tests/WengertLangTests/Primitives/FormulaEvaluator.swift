@testable import WengertLang

/// An array as the laws of the derivative table handle it.
struct TestArray: Equatable {
  var shape: Shape
  var elements: [Double]

  init(_ shape: Shape, _ elements: [Double]) {
    self.shape = shape
    self.elements = elements
  }

  init(_ shape: Shape, filledWith value: Double) {
    self.init(shape, Array(repeating: value, count: shape.count))
  }

  init(_ number: Double) { self.init(.scalar, [number]) }

  /// The array moved along another by a distance.
  func moved(_ distance: Double, along direction: TestArray) -> TestArray {
    TestArray(shape, zip(elements, direction.elements).map { $0 + distance * $1 })
  }

  /// The inner product of two arrays of one shape.
  func inner(_ other: TestArray) -> Double {
    zip(elements, other.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The place of an element of a larger shape in this array: each index, or 0 where it is
  /// stretched.
  private func place(of index: Int, in target: Shape) -> Int {
    var rest = index
    var place = 0
    var stride = 1
    for axis in target.extents.indices.reversed() {
      let index = rest % target[axis]
      rest /= target[axis]
      let own = axis - (target.rank - shape.rank)
      guard own >= 0 else { continue }
      if shape[own] != 1 { place += index * stride }
      stride *= shape[own]
    }
    return place
  }

  func stretched(to target: Shape) -> TestArray {
    TestArray(target, (0..<target.count).map { elements[place(of: $0, in: target)] })
  }

  func summed(to target: Shape) -> TestArray {
    var result = TestArray(target, filledWith: 0)
    for index in elements.indices {
      result.elements[result.place(of: index, in: shape)] += elements[index]
    }
    return result
  }
}

/// What a kernel did that it must not do.
struct KernelMischief: Error {
  var row: String
  var what: String
}

extension Primitive {
  /// The value at some operands, by the kernel; memory around the result is watched.
  func value(_ operands: [TestArray], _ statics: [Int]) throws -> TestArray {
    let shape = try self.shape.infer(operands.map(\.shape), statics)
    switch kernel {
    case .map, .zip, .select:
      let stretched = operands.map { $0.stretched(to: shape) }
      return TestArray(
        shape,
        try (0..<shape.count).map { place in
          guard let value = kernel.scalarValue(stretched.map { $0.elements[place] }) else {
            throw KernelMischief(row: name, what: "takes another number of operands")
          }
          return value
        })
    case .motion, .dense:
      guard let run = kernel.blocks else { break }
      return try denseValue(run, operands, statics, shape)
    case .structural: break
    }
    throw KernelMischief(row: name, what: "has no kernel")
  }

  private func denseValue(
    _ run: (DenseCall) throws(Fault) -> Void, _ operands: [TestArray], _ statics: [Int],
    _ shape: Shape
  ) throws -> TestArray {
    let untouched = 1.2345e300
    let margin = 4
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: shape.count + 2 * margin)
    memory.initialize(repeating: untouched, count: shape.count + 2 * margin)
    let copies = operands.map { operand in
      let copy = UnsafeMutablePointer<Double>.allocate(capacity: operand.elements.count + 1)
      copy.initialize(from: operand.elements, count: operand.elements.count)
      return copy
    }
    defer {
      memory.deallocate()
      copies.forEach { $0.deallocate() }
    }
    try run(
      DenseCall(
        operands: copies.map { UnsafePointer($0) }, shapes: operands.map(\.shape),
        statics: statics, result: memory + margin, shape: shape))
    for place in 0..<margin
    where memory[place] != untouched || memory[margin + shape.count + place] != untouched {
      throw KernelMischief(row: name, what: "writes outside of its result")
    }
    let elements = (0..<shape.count).map { memory[margin + $0] }
    guard !elements.contains(untouched) else {
      throw KernelMischief(row: name, what: "leaves elements of its result unwritten")
    }
    return TestArray(shape, elements)
  }

  /// What the adjoint of the result gives each operand, as the rule says it.
  func pullbacks(_ operands: Operands) -> [Formula?] {
    switch rule {
    case .flat, .structural: operands.shapes.map { _ in nil }
    case .partials(let partials): partials(operands).map { $0.map { .bar * $0 } }
    case .singularPartials(let partials):
      partials(operands).map { $0.map { .of(.chain, [.bar, $0]) } }
    case .multilinear(let transposes): transposes(operands)
    case .general(let pullbacks, _): pullbacks(operands)
    }
  }

  /// What each operand's tangent gives the tangent of the result.
  func pushforwards(_ operands: Operands) -> [Formula?] {
    switch rule {
    case .flat, .structural, .partials, .singularPartials: pullbacks(operands)
    case .multilinear:
      operands.shapes.indices.map { moving in
        isDifferentiable(operand: moving)
          ? .apply(
            self, operands.shapes.indices.map { $0 == moving ? .bar : .operand($0) },
            operands.statics) : nil
      }
    case .general(_, let pushforward): pushforward(operands)
    }
  }
}

extension Formula {
  /// The value of a formula in its operands alone.
  func value(_ operands: [TestArray]) throws -> TestArray {
    switch self {
    case .operand(let index): return operands[index]
    case .number(let number): return TestArray(number)
    case .result, .bar: throw KernelMischief(row: "\(self)", what: "stands in a closed formula")
    case .apply(let row, let parts, let statics):
      return try row.value(try parts.map { try $0.value(operands) }, statics)
    }
  }

  /// The shape of a formula in its operands alone.
  func shape(_ operands: [Shape]) throws -> Shape {
    switch self {
    case .operand(let index): return operands[index]
    case .number: return .scalar
    case .result, .bar: throw KernelMischief(row: "\(self)", what: "stands in a closed formula")
    case .apply(let row, let parts, let statics):
      return try row.shape.infer(try parts.map { try $0.shape(operands) }, statics)
    }
  }

  /// The formula with the result and the adjoint put in.
  func closed(result: Formula, bar: Formula) -> Formula {
    substituting(operand: { .operand($0) }, result: result, bar: bar)
  }

  /// The derivative along a tangent of one operand, by the rules of the rows in it; nil where it
  /// is 0.
  func derivative(
    along operand: Int, tangent: Formula, shapes: [Shape]
  ) throws -> Formula? {
    guard case .apply(let row, let parts, let statics) = self else {
      return self == .operand(operand) ? tangent : nil
    }
    let tangents = try parts.map {
      try $0.derivative(along: operand, tangent: tangent, shapes: shapes)
    }
    guard tangents.contains(where: { $0 != nil }) else { return nil }
    let o = Operands(
      shapes: try parts.map { try $0.shape(shapes) }, resultShape: try shape(shapes),
      statics: statics)
    var total: Formula?
    for (push, tangent) in zip(row.pushforwards(o), tangents) {
      guard let push, let tangent else { continue }
      let term = push.substituting(operand: { parts[$0] }, result: self, bar: tangent)
      total = total.map { $0 + term } ?? term
    }
    return total.map { .of(.broadcast, [$0], o.resultShape.extents) }
  }
}
