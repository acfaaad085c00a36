import WengertKernels

/// A call of a dense kernel, made ready: where the operands are, their shapes, where to write.
final class DenseCall {
  /// The operands' elements, row by row.
  let operands: [UnsafePointer<Double>]
  let shapes: [Shape]
  let statics: [Int]
  /// Where the result goes.
  let result: UnsafeMutablePointer<Double>
  let shape: Shape
  let count: Int
  /// The bytes that the kernel may take for itself.
  let limit: Int

  init(
    operands: [UnsafePointer<Double>], shapes: [Shape], statics: [Int],
    result: UnsafeMutablePointer<Double>, shape: Shape, limit: Int = .max
  ) {
    self.limit = limit
    self.operands = operands
    self.shapes = shapes
    self.statics = statics
    self.result = result
    self.shape = shape
    self.count = shape.count
  }
  /// Writes a number into the whole result.
  func fill(_ number: Double) {
    inBlocks(count) { start, count in (result + start).update(repeating: number, count: count) }
  }

  /// Works on some elements, a block at a time, until work is to stop.
  func inBlocks(_ total: Int, _ body: (_ start: Int, _ count: Int) -> Void) {
    var start = 0
    while start < total, !Kernel.isStopped {
      let count = min(1 << 16, total - start)
      body(start, count)
      start += count
    }
  }

  /// Room for some elements, which the caller gives back with `wl_release`.
  func scratch(_ count: Int) throws(Fault) -> UnsafeMutablePointer<Double> {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 8)
    guard !overflow, bytes <= limit, let room = wl_resize(nil, count) else {
      throw Fault(.memory(overflow ? Int.max : bytes))
    }
    return room
  }
}
