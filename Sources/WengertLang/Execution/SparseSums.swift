/// Carried sums of arrays that are zero but for a few places.
///
/// The sweep of a loop has them for the elements `x[i]` that a turn reads: `g = add(g,
/// scatteradd(v, i))`.
///
/// A turn adds to these places and leaves the others alone, where the list adds whole arrays. The
/// bits are the same: adding zeros changes nothing but -0, which is made 0 before the first turn,
/// and turns read of such arrays nothing but what the sums add to.
struct SparseSums {
  /// An array of zeros but for a value behind indices on its first axes.
  struct Leaf {
    let entry: Slot
    let value: Slot
    let indices: [Slot]
  }

  /// In which order leaves are added.
  indirect enum Tree: Sendable {
    case leaf(Int)
    case sum(Tree, Tree)
  }

  /// What is added to one carried array.
  struct Sum {
    fileprivate(set) var tree = Tree.leaf(0)
    fileprivate(set) var leaves: [Leaf] = []
  }

  /// The sums by their next values.
  private(set) var sums: [Slot: Sum] = [:]
  /// The entries that need not be computed for them.
  private(set) var replaced = SlotSet()

  private let body: List
  private let carried: SlotSet
  private let analysis: BodyAnalysis
  private let isFree: (Slot) -> Bool
  /// With more leaves whole arrays cost less.
  private static let mostLeaves = 16

  /// Finds them among the next values that are written over carried ones which nobody else reads.
  ///
  /// - Parameter isFree: whether a turn may leave an entry out that one other reads.
  init(
    _ loop: Loop, _ analysis: BodyAnalysis, inPlace: [Slot: Slot], isFree: @escaping (Slot) -> Bool
  ) {
    body = loop.body
    carried = SlotSet(loop.body.parameters.prefix(loop.carried))
    self.analysis = analysis
    self.isFree = isFree
    for (result, parameter) in inPlace where body[result].code == Primitive.add.code {
      let operands = body.operands(result)
      guard operands.contains(parameter), operands[0] != operands[1],
        !body.shape(result).isScalar
      else { continue }
      let other = operands[0] == parameter ? operands[1] : operands[0]
      var (sum, entries) = (Sum(), [Slot]())
      guard let tree = tree(other, body.shape(result), &sum, &entries) else { continue }
      sum.tree = tree
      sums[result] = sum
      for entry in entries { replaced.insert(entry) }
    }
  }

  private func tree(
    _ slot: Slot, _ shape: Shape, _ sum: inout Sum, _ entries: inout [Slot]
  ) -> Tree? {
    guard sum.leaves.count < Self.mostLeaves, body.shape(slot) == shape, isLeftOut(slot) else {
      return nil
    }
    entries.append(slot)
    if body[slot].code == Primitive.add.code {
      let operands = body.operands(slot)
      guard let left = tree(operands[0], shape, &sum, &entries),
        let right = tree(operands[1], shape, &sum, &entries)
      else { return nil }
      return .sum(left, right)
    }
    var (value, indices) = (slot, [Slot]())
    while body[value].code == Primitive.scatteradd.code, value == slot || isLeftOut(value) {
      let index = body.operand(value, 1)
      guard body.shape(index).isScalar, isSteady(index),
        body.shape(value).axisIndex(body.statics(value)[0]) == 0
      else { return nil }
      if value != slot { entries.append(value) }
      indices.append(index)
      value = body.operand(value, 0)
    }
    guard !indices.isEmpty, isSteady(value) else { return nil }
    sum.leaves.append(Leaf(entry: slot, value: value, indices: indices))
    return .leaf(sum.leaves.count - 1)
  }

  private func isLeftOut(_ slot: Slot) -> Bool {
    analysis.readers[slot.place] == 1 && !analysis.isShared(slot) && isFree(slot)
  }

  /// Whether an entry lies in a place of its own until the turn ends.
  private func isSteady(_ slot: Slot) -> Bool {
    !carried.contains(slot) && !KernelTable.isMotion[Int(body[slot].code)]
  }
}

extension Planner {
  /// Appends what adds to the places of a carried array.
  mutating func addSparse(_ sum: SparseSums.Sum, _ slot: Slot) throws(Fault) {
    let shape = list.shape(slot)
    var operands: [UnsafePointer<Double>] = []
    var leaves: [SparseKernel.Leaf] = []
    for leaf in sum.leaves {
      let extents = Array(shape.extents.prefix(leaf.indices.count))
      leaves.append(
        SparseKernel.Leaf(
          first: operands.count, extents: extents, span: list.spans[leaf.entry.place],
          width: extents.reduce(shape.count) { $1 == 0 ? 0 : $0 / $1 }))
      operands.append(UnsafePointer(try place(leaf.value)))
      for index in leaf.indices { operands.append(UnsafePointer(try place(index))) }
    }
    let kernel = SparseKernel(tree: sum.tree, leaves: leaves)
    let call = DenseCall(
      operands: operands, shapes: [], statics: [], result: try place(slot), shape: shape)
    plan.append(.dense(kernel.add, call), slot: slot.index)
  }

  /// Appends what makes -0 in a carried array 0, as adding zeros does.
  mutating func addZeros(to slot: Slot) throws(Fault) {
    let call = DenseCall(
      operands: [], shapes: [], statics: [], result: try place(slot), shape: list.shape(slot))
    plan.append(
      .dense({ call in for place in 0..<call.count { call.result[place] += 0 } }, call),
      slot: slot.index)
  }
}

/// Adds to a few places of an array.
private struct SparseKernel: Sendable {
  struct Leaf: Sendable {
    /// Which operand its value is; its indices come behind it.
    let first: Int
    let extents: [Int]
    let span: Span
    /// How many elements its value has.
    let width: Int
  }

  let tree: SparseSums.Tree
  let leaves: [Leaf]

  @Sendable func add(_ call: DenseCall) throws(Fault) {
    var starts: [Int] = []
    for leaf in leaves { starts.append(try start(of: leaf, call)) }
    // Of parts that lie in each other each element is added to once.
    for (number, leaf) in leaves.enumerated() {
      for place in starts[number]..<(starts[number] + leaf.width) {
        let isDone = (0..<number).contains { other in
          (0..<leaves[other].width).contains(place - starts[other])
        }
        if !isDone { call.result[place] += sum(tree, at: place, starts, call) }
      }
    }
  }

  /// What all leaves have at a place.
  private func sum(
    _ tree: SparseSums.Tree, at place: Int, _ starts: [Int], _ call: DenseCall
  ) -> Double {
    switch tree {
    case .sum(let a, let b):
      return sum(a, at: place, starts, call) + sum(b, at: place, starts, call)
    case .leaf(let number):
      let (leaf, offset) = (leaves[number], place - starts[number])
      return (0..<leaf.width).contains(offset) ? 0 + call.operands[leaf.first][offset] : 0
    }
  }

  private func start(of leaf: Leaf, _ call: DenseCall) throws(Fault) -> Int {
    var start = 0
    for (axis, extent) in leaf.extents.enumerated() {
      let value = call.operands[leaf.first + 1 + axis].pointee
      guard let index = Int(exactly: value), index >= -extent, index < extent else {
        throw Fault(.index(value, extent: extent, axis: axis), at: leaf.span)
      }
      start = start * extent + (index < 0 ? index + extent : index)
    }
    return start * leaf.width
  }
}
