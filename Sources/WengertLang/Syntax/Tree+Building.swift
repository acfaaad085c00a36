/// How the parser fills a tree.
extension Tree {
  /// No formula has more levels than this, so that whoever walks one may recurse.
  static let maximumHeight: UInt16 = 1000

  /// Adds a node.
  @inline(__always)
  mutating func add(
    _ kind: Kind, _ start: UInt32, _ end: UInt32, detail: UInt8 = 0, a: Int32 = -1, b: Int32 = -1,
    height: UInt16 = 0
  ) -> Node {
    let node = Node(index: Int32(truncatingIfNeeded: records.count))
    records.append(
      Record(kind: kind, detail: detail, height: height, start: start, end: end, a: a, b: b))
    return node
  }

  /// Adds nodes one behind the other; their place.
  @inline(__always)
  mutating func add(_ nodes: ArraySlice<Int32>) -> Nodes {
    let start = Int32(truncatingIfNeeded: children.count)
    for node in nodes { children.append(node) }
    return Nodes(start: start, end: Int32(truncatingIfNeeded: children.count))
  }

  /// Adds a list with its length before it; what `list(at:)` reads.
  mutating func addCounted(_ nodes: ArraySlice<Int32>) -> Int32 {
    let place = Int32(truncatingIfNeeded: children.count)
    children.append(Int32(truncatingIfNeeded: nodes.count))
    children.append(contentsOf: nodes)
    return place
  }

  /// Adds a node whose field `b` is a list: its length stands in `detail` while it fits.
  mutating func add(
    _ kind: Kind, _ start: UInt32, _ end: UInt32, a: Int32, list: ArraySlice<Int32>, height: UInt16
  ) -> Node {
    if list.count < 255 {
      let nodes = add(list)
      return add(
        kind, start, end, detail: UInt8(truncatingIfNeeded: list.count), a: a, b: nodes.start,
        height: height)
    }
    let place = addCounted(list)
    return add(kind, start, end, detail: 255, a: a, b: place, height: height)
  }

  /// The levels of formulas below a node.
  func height(_ node: Node) -> UInt16 { records[Int(node.index)].height }
}
