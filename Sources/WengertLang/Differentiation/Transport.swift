/// Where the elements of an operation's result come from, in one operand that it is linear in.
enum Transport: Hashable, Sendable {
  /// For each element of the result the places in the operand that it is made of.
  case places([[Int32]])
  /// Every element of the result may depend on every one of the operand.
  case everything

  /// Reads it off the kernel, which is run on operands chosen to tell.
  ///
  /// Where an element only moves, it is found again by its bits; where elements are added up, each
  /// is tried by itself. So a row needs to say nothing about it.
  ///
  /// - Parameters:
  ///   - index: which operand.
  ///   - others: the elements of the other operands, where they are constants or indices; nil where
  ///     any numbers will do.
  static func of(
    _ row: Primitive, operand index: Int, others: [[Double]?], shapes: [Shape], statics: [Int],
    result: Shape
  ) -> Transport {
    guard let kernel = row.kernel.blocks, result.count > 0 else { return .everything }
    var operands = others.enumerated().map { place, known in
      known ?? labels(shapes[place].count, from: 7919 * (place + 1))
    }
    let marks = labels(shapes[index].count, from: 0)
    operands[index] = marks
    let call = Call(kernel: kernel, shapes: shapes, statics: statics, shape: result)
    guard let moved = call.run(operands), call.isLinear(in: index, at: operands, moved) else {
      return .everything
    }
    let homes = Dictionary(
      marks.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    var places: [[Int32]] = []
    var open: [Int] = []
    for (element, value) in moved.enumerated() {
      let home = homes[value.magnitude]
      if value != 0, home == nil { open.append(element) }
      places.append(value == 0 ? [] : home.map { [$0] } ?? [])
    }
    guard !open.isEmpty else { return .places(places) }
    guard result.count > 1, shapes[index].count * (shapes[index].count + result.count) <= limit
    else { return .everything }
    for place in marks.indices {
      operands[index] = Array(repeating: 0, count: marks.count)
      operands[index][place] = 1
      guard let alone = call.run(operands) else { return .everything }
      for element in open where alone[element] != 0 { places[element].append(Int32(place)) }
    }
    return .places(places)
  }

  /// How many elements may be computed to try each by itself.
  private static let limit = 1 << 20

  /// Numbers between 1 and 2 that no sum of a few makes again.
  private static func labels(_ count: Int, from first: Int) -> [Double] {
    (0..<count).map { place in
      var bits = UInt64(truncatingIfNeeded: first + place + 1) &* 0x9e37_79b9_7f4a_7c15
      bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
      bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
      return 1 + Double(bits >> 12) * 0x1p-52
    }
  }
}

/// A dense kernel with all but the elements of its operands.
struct Call {
  let kernel: @Sendable (DenseCall) throws(Fault) -> Void
  let shapes: [Shape]
  let statics: [Int]
  let shape: Shape

  /// Whether the result is 0 where an operand is, and twice as much where that is twice as much,
  /// both to the bit: else its places would tell nothing, as those of a matrix exponential.
  func isLinear(in index: Int, at operands: [[Double]], _ result: [Double]) -> Bool {
    var others = operands
    others[index] = operands[index].map { _ in 0 }
    guard let none = run(others), none.allSatisfy({ $0 == 0 }) else { return false }
    others[index] = operands[index].map { 2 * $0 }
    return run(others) == result.map { 2 * $0 }
  }

  /// The elements of the result, nil where there is none.
  func run(_ operands: [[Double]]) -> [Double]? {
    guard operands.count == shapes.count else { return nil }
    var pointers: [UnsafePointer<Double>] = []
    var buffers: [UnsafeMutablePointer<Double>] = []
    defer { for buffer in buffers { buffer.deallocate() } }
    for (elements, shape) in zip(operands, shapes) {
      guard elements.count == shape.count else { return nil }
      let buffer = UnsafeMutablePointer<Double>.allocate(capacity: max(elements.count, 1))
      for (place, element) in elements.enumerated() { buffer[place] = element }
      buffers.append(buffer)
      pointers.append(UnsafePointer(buffer))
    }
    let result = UnsafeMutablePointer<Double>.allocate(capacity: max(shape.count, 1))
    defer { result.deallocate() }
    let call = DenseCall(
      operands: pointers, shapes: shapes, statics: statics, result: result, shape: shape)
    do { try kernel(call) } catch { return nil }
    return Array(UnsafeBufferPointer(start: result, count: shape.count))
  }
}
