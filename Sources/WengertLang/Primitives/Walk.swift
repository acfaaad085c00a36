import WengertKernels

/// A walk over an array in the order of another: each element of the target has a place in the
/// source.
///
/// Stretching, slicing, reversing and transposing differ only in where they start and in their
/// strides.
struct Walk {
  let start: Int
  /// Axes that go on where the next one ends are one.
  let extents: [Int]
  let strides: [Int]

  /// A walk over a target with these extents; neighbours along an axis are a stride apart in the
  /// source.
  init(start: Int = 0, extents: [Int], strides: [Int]) {
    self.start = start
    var kept: (extents: [Int], strides: [Int]) = ([], [])
    for (extent, stride) in zip(extents, strides) where extent != 1 {
      if let last = kept.strides.last, last == stride * extent {
        kept.extents[kept.extents.count - 1] *= extent
        kept.strides[kept.strides.count - 1] = stride
      } else {
        kept.extents.append(extent)
        kept.strides.append(stride)
      }
    }
    self.extents = kept.extents
    self.strides = kept.strides
  }

  /// The walk that stretches a smaller array.
  init(stretching source: Shape, to target: Shape) {
    self.init(extents: target.extents, strides: source.strides(stretchedTo: target))
  }

  /// The walk over a part of an array.
  init(over slices: [AxisSlice], of shape: Shape) {
    let strides = shape.strides
    // Of no indices the first may lie anywhere, and one has no distance to the next.
    let isEmpty = slices.contains { $0.count == 0 }
    self.init(
      start: isEmpty ? 0 : zip(slices, strides).reduce(0) { $0 + $1.0.start * $1.1 },
      extents: slices.map(\.count),
      strides: zip(slices, strides).map { $0.count > 1 ? $0.step * $1 : 0 })
  }

  /// Calls with the runs of the walk: the first place in target and source, the length, the stride.
  func forEachRun(_ body: (_ target: Int, _ source: Int, _ count: Int, _ stride: Int) -> Void) {
    guard let length = extents.last, let stride = strides.last else { return body(0, start, 1, 1) }
    let outer = extents.dropLast()
    if extents.contains(0) { return }
    var place = Array(repeating: 0, count: outer.count)
    var source = start
    var target = 0
    var left = 1 << 16
    while true {
      body(target, source, length, stride)
      left -= length
      if left < 0 {
        // Where work is to stop, what is left out does not matter.
        if Kernel.isStopped { return }
        left = 1 << 16
      }
      target += length
      var axis = outer.count - 1
      while axis >= 0 {
        place[axis] += 1
        source += strides[axis]
        if place[axis] < outer[axis] { break }
        source -= outer[axis] * strides[axis]
        place[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// The place of each element of the target.
  var places: [Int] {
    var places: [Int] = []
    forEachRun { _, source, count, stride in
      for k in 0..<count { places.append(source + k * stride) }
    }
    return places
  }

  /// Fills the target.
  func read(_ source: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>) {
    forEachRun { t, s, count, stride in
      if stride == 1 {
        (target + t).update(from: source + s, count: count)
      } else if stride == 0 {
        (target + t).update(repeating: source[s], count: count)
      } else {
        for k in 0..<count { target[t + k] = source[s + k * stride] }
      }
    }
  }

  /// Writes the target's elements to their places.
  func write(_ target: UnsafePointer<Double>, to source: UnsafeMutablePointer<Double>) {
    forEachRun { t, s, count, stride in
      for k in 0..<count { source[s + k * stride] = target[t + k] }
    }
  }

  /// Adds the target's elements to their places.
  func add(_ target: UnsafePointer<Double>, to source: UnsafeMutablePointer<Double>) {
    forEachRun { t, s, count, stride in
      if stride == 0 {
        source[s] += wl_sum(target + t, count, 1)
      } else {
        for k in 0..<count { source[s + k * stride] += target[t + k] }
      }
    }
  }
}

/// Where each element of a stretched array comes from.
struct Stretching {
  private let extents: [Int]
  private let strides: [Int]

  init(from source: Shape, to target: Shape) {
    extents = target.extents
    strides = source.strides(stretchedTo: target)
  }

  /// The place in the source of an element of the target.
  func source(_ place: Int) -> Int {
    var rest = place
    var source = 0
    for axis in extents.indices.reversed() {
      source += (rest % extents[axis]) * strides[axis]
      rest /= extents[axis]
    }
    return source
  }
}

extension Shape {
  /// How far neighbours along each axis of a larger shape are apart in an array that stretches to
  /// it.
  fileprivate func strides(stretchedTo target: Shape) -> [Int] {
    var result = Array(repeating: 0, count: target.rank)
    for (axis, stride) in strides.enumerated() where self[axis] != 1 {
      result[axis + target.rank - rank] = stride
    }
    return result
  }

  /// How far neighbours along each axis are apart, row by row.
  var strides: [Int] {
    var strides = extents
    var stride = 1
    for axis in extents.indices.reversed() {
      strides[axis] = stride
      stride *= extents[axis]
    }
    return strides
  }
}

/// The lines of an array along one axis, or the whole array as one line.
struct Lines {
  /// How many lines there are.
  let count: Int
  /// How many elements a line has.
  let length: Int
  /// The distance of neighbours on a line.
  let stride: Int

  init(_ shape: Shape, axis: Int) {
    guard axis != Argument.noAxis else {
      (count, length, stride) = (1, shape.count, 1)
      return
    }
    let axis = axis < 0 ? axis + shape.rank : axis
    length = shape[axis]
    stride = shape.extents[(axis + 1)...].reduce(1, *)
    count = shape.extents[..<axis].reduce(1, *) * stride
  }

  /// Where a line begins.
  func start(_ line: Int) -> Int { (line / stride) * stride * length + line % stride }

  /// The places of a line's elements.
  func places(_ line: Int) -> some Sequence<Int> {
    let first = start(line)
    return (0..<length).lazy.map { first + $0 * stride }
  }
}

/// What one axis of a slice keeps: the static parameters of `slice`, `unslice` and `put`.
///
/// Four numbers an axis: 0 where a number drops the axis and 1 where a range keeps it, then the
/// first index, the count and the step, all counted from 0 and inside of the array.
struct AxisSlice: Hashable, Sendable {
  /// Whether the axis goes.
  var drops: Bool
  /// The first index.
  var start: Int
  /// How many indices.
  var count: Int
  /// The distance from one index to the next, negative when they run backwards.
  var step: Int

  /// One index; the axis goes.
  static func at(_ index: Int) -> AxisSlice {
    AxisSlice(drops: true, start: index, count: 1, step: 1)
  }

  /// Several indices; the axis stays.
  static func range(_ start: Int, count: Int, step: Int = 1) -> AxisSlice {
    AxisSlice(drops: false, start: start, count: count, step: step)
  }

  /// How many numbers stand for an axis.
  static let width = 4

  /// The numbers that stand for it.
  var statics: [Int] { [drops ? 0 : 1, start, count, step] }

  /// The slices of some axes.
  static func decode(_ statics: some Collection<Int>) -> [AxisSlice] {
    let statics = Array(statics)
    return stride(from: 0, to: statics.count - statics.count % width, by: width).map {
      AxisSlice(
        drops: statics[$0] == 0, start: statics[$0 + 1], count: statics[$0 + 2],
        step: statics[$0 + 3])
    }
  }
}

extension AxisSlice: CustomStringConvertible {
  /// How programs write it: `2`, `0..3`, `4..0 by -2`, an empty range as `1..0`.
  var description: String {
    if drops { return String(start) }
    if count == 0 { return "1..0" }
    let ends = "\(start)..\(start + (count - 1) * step)"
    return step == 1 || count == 1 ? ends : ends + " by \(step)"
  }
}
